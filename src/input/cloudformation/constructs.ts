import { put } from "../../core/map";
import { firstIndex } from "../../core/search";
import type { Span } from "../../core/source";
import { knownText } from "../../core/text";
import type { Stack } from "./stack";
import { fieldOf } from "../fields";
import { type Named, type ResourceBody } from "./template";

/** The construct paths of a CDK app's stacks and of what is in them. A template is named by its path. */
export interface ConstructPaths {
  stack(template: string): string | undefined;
  element(template: string, logicalId: string): string | undefined;
  /** Where the program makes a construct, as far as that is in the input. Not there where no program is. */
  readonly source?: (construct: string) => Span | undefined;
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
    for (const [name, body] of template.resources) {
      const path = writtenPath(body) ?? paths.element(template.path, name);
      add(name, path);
      if (body.type === "AWS::IAM::User") add(`${name}.LoginProfile`, path); // The model has it apart from the user.
    }
  }
  return constructs;
}

/** What CDK writes into the metadata of a resource. */
function writtenPath(body: ResourceBody): string | undefined {
  const metadata = fieldOf(body.value, "Metadata");
  return metadata?.kind === "map" ? knownText(fieldOf(metadata, "aws:cdk:path")) : undefined;
}

/**
 * Where the program makes what stands at a place of a template: a resource, an output, a parameter. Worked out when it is
 * first asked for, since most templates have no findings.
 */
export function sourcesOf(
  stacks: readonly Stack[],
  constructs: () => ReadonlyMap<string, string>,
  source: (construct: string) => Span | undefined,
): (at: Span) => Span | undefined {
  let elements: ReadonlyMap<string, readonly Element[]> | undefined;
  return (at) => {
    elements ??= elementsOf(stacks);
    const ofFile = elements.get(at.file) ?? [];
    const element = ofFile[firstIndex(ofFile, ({ start }) => start > at.start) - 1];
    const construct = element === undefined || at.end > element.end ? undefined : constructs().get(element.address);
    return construct === undefined ? undefined : source(construct);
  };
}

/** What has a logical id, from its name to its end. */
interface Element {
  readonly start: number;
  readonly end: number;
  readonly address: string;
}

/** By file, in the order of their places. */
function elementsOf(stacks: readonly Stack[]): ReadonlyMap<string, readonly Element[]> {
  const files = new Map<string, Element[]>();
  for (const { template, prefix } of stacks) {
    const add = ({ at, value }: Named, address: string): void => {
      put(files, at.file, { start: at.start, end: value.at.end, address: prefix + address });
    };
    for (const named of template.resources.values()) add(named, named.name);
    for (const named of template.parameters.values()) add(named, named.name);
    for (const named of template.outputs.values()) add(named, `Outputs.${named.name}`);
    for (const named of template.mappings.values()) add(named, `Mappings.${named.name}`);
  }
  for (const elements of files.values()) elements.sort((a, b) => a.start - b.start);
  return files;
}
