import { put } from "../../core/map";
import { firstIndex } from "../../core/search";
import type { Span } from "../../core/source";
import type { Stack } from "./stack";
import { fieldOf, textField } from "../fields";
import type { Named, Template } from "./template";

/** The construct paths of a CDK app's stacks and of what is in them. A template is named by its path. */
export interface ConstructPaths {
  stack(template: string): string | undefined;
  element(template: string, logicalId: string): string | undefined;
  /** Where the program makes a construct, as far as that is in the input. Not there where no program is. */
  readonly source?: (construct: string) => Span | undefined;
}

/** Plain templates have none, but for what their resources say themselves. */
export const noConstructPaths: ConstructPaths = { stack: () => undefined, element: () => undefined };

/** The construct path of what has an address. What is in a stack is at least that. */
export function constructsOf(stacks: readonly Stack[], paths: ConstructPaths): (address: string) => string | undefined {
  return (address) => {
    for (const { template, prefix } of stacks) {
      if (!address.startsWith(prefix)) continue;
      const named = namedIn(template, address.slice(prefix.length));
      if (named === undefined) continue;
      return writtenPath(named) ?? paths.element(template.path, named.name) ?? paths.stack(template.path);
    }
    return undefined;
  };
}

/** What has an address within its stack. The model has the password of a user apart from it. */
function namedIn(template: Template, address: string): Named | undefined {
  const [first = "", second = ""] = address.split(".");
  switch (first) {
    case "Mappings":
      return template.mappings.get(second);
    case "Outputs":
      return template.outputs.get(second);
    default:
      if (second !== "" && second !== "LoginProfile") return undefined;
      return template.resources.get(first) ?? template.parameters.get(first);
  }
}

/** What CDK writes into the metadata of a resource. */
function writtenPath({ value }: Named): string | undefined {
  return textField(fieldOf(value, "Metadata"), "aws:cdk:path");
}

/**
 * Where the program makes what stands at a place of a template: a resource, an output, a parameter. Worked out when it is
 * first asked for, since most templates have no findings.
 */
export function sourcesOf(
  stacks: readonly Stack[],
  constructOf: (address: string) => string | undefined,
  source: (construct: string) => Span | undefined,
): (at: Span) => Span | undefined {
  let elements: ReadonlyMap<string, readonly Element[]> | undefined;
  return (at) => {
    elements ??= elementsOf(stacks);
    const ofFile = elements.get(at.file) ?? [];
    const element = ofFile[firstIndex(ofFile, ({ start }) => start > at.start) - 1];
    const construct = element === undefined || at.end > element.end ? undefined : constructOf(element.address);
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
