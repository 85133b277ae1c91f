import type { Value } from "../../core/value";
import type { Asked, Stack } from "./stack";
import { fieldOf, textField } from "../fields";
import type { Named, Template } from "./template";
import { evaluatedText, writtenText, type Written } from "./written-text";

/** A template that is deployed by itself. */
export interface RootTemplate {
  readonly template: Template;
  /** The templates of the stacks that it nests, at any depth: they publish and read as it does itself. */
  readonly nested?: readonly Template[];
  /** Unique among those that are tied to it: what the addresses of its resources begin with. */
  readonly label: string;
  /** The name of the stack, where it is known: others may read its outputs by it. */
  readonly stackName?: string;
  /** The values of its parameters that the user gives. */
  readonly given?: ReadonlyMap<string, string>;
  /** Of its pseudo parameters those that are known before it is deployed, as a stack of a CDK app says: `AWS::Region`. */
  readonly pseudo?: ReadonlyMap<string, string>;
}

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
    for (const asked of wholeOf(root).flatMap(askedIn)) {
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

function wholeOf({ template, nested = [], given, pseudo }: RootTemplate): readonly Written[] {
  const known = given === undefined ? pseudo : new Map([...given, ...(pseudo ?? [])]);
  return [{ template, known }, ...nested.map((one) => ({ template: one, known: pseudo }))];
}

function offersOf(root: RootTemplate): readonly string[] {
  const { stackName } = root;
  const exported = wholeOf(root).flatMap((written) =>
    [...written.template.outputs.values()].flatMap((output) => writtenText(exportedAs(output), written) ?? []),
  );
  return [...exported.map(exportKey), ...(stackName === undefined ? [] : [stackKey(stackName)])];
}

/** The name that an output is exported by. */
function exportedAs({ value }: Named): Value | undefined {
  return fieldOf(fieldOf(value, "Export"), "Name");
}

/** What the stacks of a unit publish for each other. `stackName`: where it is known. */
export function publishedBy(
  stacks: readonly { readonly stack: Stack; readonly stackName: string | undefined }[],
): (asked: Asked) => Value | undefined {
  const outputs: Outputs = new Map();
  for (const { stack, stackName } of stacks) addOutputs(stack, stackName, outputs);
  return (asked) => {
    const key = asked.kind === "export" ? exportKey(asked.name) : outputKey(asked.stack, asked.name);
    return outputs.get(key)?.();
  };
}

/** What gives each output its value; undefined where two have the same name. */
type Outputs = Map<string, (() => Value) | undefined>;

function addOutputs(stack: Stack, stackName: string | undefined, into: Outputs): void {
  const add = (key: string, value: () => Value): void => {
    into.set(key, into.has(key) ? undefined : value);
  };
  for (const output of stack.template.outputs.values()) {
    const written = fieldOf(output.value, "Value");
    if (written === undefined) continue; // An output of a loop or macro has no value yet.
    const value = (): Value => stack.evaluate(written);
    const name = exportedAs(output);
    const exported = name && evaluatedText(stack.evaluate(name));
    if (exported !== undefined) add(exportKey(exported), value);
    if (stackName !== undefined) add(outputKey(stackName, output.name), value);
  }
}

/** Is an output exported to stacks that are not in the unit? */
export function isExportedFrom(roots: readonly RootTemplate[]): (output: Named, stack: Stack) => boolean {
  const asked = new Set(
    roots.length < 2
      ? []
      : roots
          .flatMap(wholeOf)
          .flatMap(askedIn)
          .flatMap((one) => (one.kind === "export" ? [one.name] : [])),
  );
  return (output, stack) => {
    const name = exportedAs(output);
    const exported = name && evaluatedText(stack.evaluate(name));
    if (exported !== undefined) return !asked.has(exported);
    return fieldOf(output.value, "Export") !== undefined;
  };
}

/** What is asked for by names that are written down, wherever it stands. */
function askedIn(written: Written): readonly Asked[] {
  const found: Asked[] = [];
  const waiting: Value[] = [written.template.root];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.kind === "list") for (const item of one.items) waiting.push(item.value);
    if (one.kind !== "map") continue;
    for (const entry of one.entries) {
      const asked = askedBy(entry.key, entry.value, written);
      if (asked === undefined) waiting.push(entry.value);
      else found.push(asked);
    }
  }
  return found;
}

/** What a call asks for, with its arguments as they are known; of a template, as they are written. */
export function askedBy(name: string, argument: Value, written?: Written): Asked | undefined {
  if (name === "Fn::ImportValue") {
    const exported = written === undefined ? evaluatedText(argument) : writtenText(argument, written);
    return exported === undefined ? undefined : { kind: "export", name: exported };
  }
  if (name !== "Fn::GetStackOutput" || argument.kind !== "map") return undefined;
  const stack = textField(argument, "StackName");
  const output = textField(argument, "OutputName");
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
