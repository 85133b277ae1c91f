import { knownText } from "../../core/text";
import type { Value } from "../../core/value";
import type { Stack } from "./stack";
import { fieldOf, type Named, type Template } from "./template";

/** A template that is deployed by itself. */
export interface RootTemplate {
  readonly template: Template;
  /** Unique among those that are tied to it: what the addresses of its resources begin with. */
  readonly label: string;
  /** The name of the stack, where it is known: others may read its outputs by it. */
  readonly stackName?: string;
}

/** What a stack asks of another one: `Fn::ImportValue`, `Fn::GetStackOutput`. */
export type Asked =
  | { readonly kind: "export"; readonly name: string }
  | { readonly kind: "output"; readonly stack: string; readonly name: string };

type Tied = readonly [RootTemplate, ...RootTemplate[]];

/** The templates that belong together: one reads what another publishes, by a name that is written down in both. */
export function tiedTemplates(roots: readonly RootTemplate[]): readonly Tied[] {
  if (roots.length < 2) return roots.map((root): Tied => [root]);
  const offers = new Map<string, RootTemplate | "several">();
  for (const root of roots) {
    for (const offer of offersOf(root)) offers.set(offer, offers.has(offer) ? "several" : root);
  }
  const neighbours = new Map<RootTemplate, Set<RootTemplate>>(roots.map((root) => [root, new Set()]));
  for (const root of roots) {
    for (const asked of askedIn(root.template.root)) {
      const other = offers.get(asked.kind === "export" ? exportKey(asked.name) : stackKey(asked.stack));
      if (other === undefined || other === "several") continue; // The input does not say which one is meant.
      neighbours.get(root)?.add(other);
      neighbours.get(other)?.add(root);
    }
  }
  return components(roots, neighbours);
}

function components(
  roots: readonly RootTemplate[],
  neighbours: ReadonlyMap<RootTemplate, ReadonlySet<RootTemplate>>,
): readonly Tied[] {
  const reached = new Set<RootTemplate>();
  return roots.flatMap((root): readonly Tied[] => {
    if (reached.has(root)) return [];
    const together = new Set([root]);
    for (const one of together) for (const other of neighbours.get(one) ?? []) together.add(other);
    for (const one of together) reached.add(one);
    return [[root, ...roots.filter((one) => one !== root && together.has(one))]];
  });
}

function offersOf({ template, stackName }: RootTemplate): readonly string[] {
  const exported = [...template.outputs.values()].flatMap((output) => exportName(output) ?? []);
  return [...exported.map(exportKey), ...(stackName === undefined ? [] : [stackKey(stackName)])];
}

/** Names that are worked out hang on the name of the stack, which nobody knows. */
function exportName({ value }: Named): string | undefined {
  const exported = value.kind === "map" ? fieldOf(value, "Export") : undefined;
  return exported?.kind === "map" ? knownText(fieldOf(exported, "Name")) : undefined;
}

/** What the stacks of a unit publish for each other. */
export function publishedBy(
  stacks: readonly { readonly stack: Stack; readonly root: RootTemplate }[],
): (asked: Asked) => Value | undefined {
  const outputs = new Map<string, (() => Value) | undefined>();
  const add = (key: string, value: () => Value): void => {
    outputs.set(key, outputs.has(key) ? undefined : value);
  };
  for (const { stack, root } of stacks) {
    for (const output of stack.template.outputs.values()) {
      const written = output.value.kind === "map" ? fieldOf(output.value, "Value") : undefined;
      if (written === undefined) continue; // An output of a loop or macro has no value yet.
      const value = (): Value => stack.evaluate(written);
      const exported = exportName(output);
      if (exported !== undefined) add(exportKey(exported), value);
      if (root.stackName !== undefined) add(outputKey(root.stackName, output.name), value);
    }
  }
  return (asked) => {
    const key = asked.kind === "export" ? exportKey(asked.name) : outputKey(asked.stack, asked.name);
    return outputs.get(key)?.();
  };
}

/** Is an output exported to stacks that are not in the unit? */
export function isExportedFrom(roots: readonly RootTemplate[]): (output: Named) => boolean {
  const asked = new Set(
    roots.length < 2
      ? []
      : roots
          .flatMap((root) => askedIn(root.template.root))
          .flatMap((one) => (one.kind === "export" ? [one.name] : [])),
  );
  return (output) => {
    const name = exportName(output);
    if (name !== undefined) return !asked.has(name);
    return output.value.kind === "map" && fieldOf(output.value, "Export") !== undefined;
  };
}

/** What is asked for by names that are written down, wherever it stands. */
function askedIn(value: Value): readonly Asked[] {
  const found: Asked[] = [];
  const waiting = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.kind === "list") for (const item of one.items) waiting.push(item.value);
    if (one.kind !== "map") continue;
    for (const entry of one.entries) {
      const asked = askedBy(entry.key, entry.value);
      if (asked === undefined) waiting.push(entry.value);
      else found.push(asked);
    }
  }
  return found;
}

/** What a call asks for, with its arguments as they are known. */
export function askedBy(name: string, argument: Value): Asked | undefined {
  if (name === "Fn::ImportValue") {
    const exported = knownText(argument);
    return exported === undefined ? undefined : { kind: "export", name: exported };
  }
  if (name !== "Fn::GetStackOutput" || argument.kind !== "map") return undefined;
  const stack = knownText(fieldOf(argument, "StackName"));
  const output = knownText(fieldOf(argument, "OutputName"));
  return stack === undefined || output === undefined ? undefined : { kind: "output", stack, name: output };
}

function exportKey(name: string): string {
  return `export ${name}`;
}

function stackKey(name: string): string {
  return `stack ${name}`;
}

function outputKey(stack: string, name: string): string {
  return `output ${stack}\n${name}`;
}
