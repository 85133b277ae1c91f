import { knownText } from "../../core/text";
import type { Stack } from "./stack";
import { fieldOf, type ResourceBody } from "./template";

/** The construct paths of a CDK app's stacks and of what is in them. A template is named by its path. */
export interface ConstructPaths {
  stack(template: string): string | undefined;
  element(template: string, logicalId: string): string | undefined;
}

/** Plain templates have none, but for what their resources say themselves. */
export const noConstructPaths: ConstructPaths = { stack: () => undefined, element: () => undefined };

/** The construct path of everything in the stacks, by its address. What is in a stack is at least that. */
export function constructsOf(stacks: readonly Stack[], paths: ConstructPaths): ReadonlyMap<string, string> {
  const constructs = new Map<string, string>();
  for (const { template, prefix } of stacks) {
    const around = paths.stack(template.path);
    const add = (address: string, path: string | undefined): void => {
      const construct = path ?? around;
      if (construct !== undefined) constructs.set(prefix + address, construct);
    };
    for (const name of template.mappings.keys()) add(`Mappings.${name}`, paths.element(template.path, name));
    for (const name of template.outputs.keys()) add(`Outputs.${name}`, paths.element(template.path, name));
    for (const name of template.parameters.keys()) add(name, paths.element(template.path, name));
    for (const [name, body] of template.resources) add(name, writtenPath(body) ?? paths.element(template.path, name));
  }
  return constructs;
}

/** What CDK writes into the metadata of a resource. */
function writtenPath(body: ResourceBody): string | undefined {
  const metadata = fieldOf(body.value, "Metadata");
  return metadata?.kind === "map" ? knownText(fieldOf(metadata, "aws:cdk:path")) : undefined;
}
