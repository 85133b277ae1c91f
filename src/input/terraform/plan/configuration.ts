import { limits } from "../../../core/limits";
import { knownText } from "../../../core/text";
import type { Entry, Value } from "../../../core/value";
import { entriesIn, fieldOf, itemsIn, textField } from "../../fields";

/** A module as a plan's `configuration` has it: expressions as their constant, or as the names that stand in them. */
export interface ConfiguredModule {
  /** By address within the module, without keys. */
  readonly resources: ReadonlyMap<string, Value>;
  readonly calls: ReadonlyMap<string, ConfiguredCall>;
  readonly outputs: ReadonlyMap<string, Entry>;
  readonly variables: ReadonlyMap<string, Entry>;
}

export interface ConfiguredCall {
  readonly name: string;
  /** What is handed over, by the names of variables. */
  readonly inputs: ReadonlyMap<string, Entry>;
  readonly module: ConfiguredModule;
}

/** What nests deeper than modules may is left out: no plan of Terraform has it. */
export function configuredModule(module: Value | undefined, depth = 0): ConfiguredModule {
  const resources = new Map<string, Value>();
  for (const resource of itemsIn(fieldOf(module, "resources"))) {
    const address = textField(resource, "address");
    if (address !== undefined) resources.set(address, resource);
  }
  const calls = depth < limits.moduleDepth ? entriesIn(fieldOf(module, "module_calls")) : [];
  return {
    resources,
    calls: new Map(calls.map(({ key, value }) => [key, callOf(key, value, depth)])),
    outputs: byKey(fieldOf(module, "outputs")),
    variables: byKey(fieldOf(module, "variables")),
  };
}

function callOf(name: string, call: Value, depth: number): ConfiguredCall {
  const module = configuredModule(fieldOf(call, "module"), depth + 1);
  return { name, inputs: byKey(fieldOf(call, "expressions")), module };
}

function byKey(map: Value | undefined): ReadonlyMap<string, Entry> {
  return new Map(entriesIn(map).map((entry) => [entry.key, entry]));
}

/** An expression that is a constant. */
export function constantOf(expression: Value | undefined): Value | undefined {
  return fieldOf(expression, "constant_value");
}

/**
 * The names that stand in an expression, nested ones too, in the order in which they are written. Terraform lists
 * `aws_iam_user.mail.name`, and then what it is a part of, `aws_iam_user.mail`, which is left out.
 */
export function referencesIn(expression: Value | undefined, depth = 0): readonly string[] {
  if (expression === undefined || depth > limits.depth) return [];
  if (expression.kind === "list") return itemsIn(expression).flatMap((item) => referencesIn(item, depth + 1));
  const listed = fieldOf(expression, "references");
  if (listed === undefined) return entriesIn(expression).flatMap(({ value }) => referencesIn(value, depth + 1));
  const names = itemsIn(listed).flatMap((item) => knownText(item) ?? []);
  return [...new Set(names.filter((name, i) => i === 0 || !isPartOf(names[i - 1] ?? "", name)))];
}

function isPartOf(longer: string, name: string): boolean {
  return longer.length > name.length && longer.startsWith(name) && /[.[]/.test(longer.charAt(name.length));
}
