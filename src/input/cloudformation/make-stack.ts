import { choose, type Alternative } from "../../core/choice";
import { flatten, slice } from "../../core/flat";
import { always, both, either, negate, type Guard } from "../../core/guard";
import { limits, type Limit } from "../../core/limits";
import type { Span } from "../../core/source";
import { knownText, optionsOf, tracesOf, unknown } from "../../core/text";
import type { Entry, Item, ListValue, MapValue, Text, Unknown, Value } from "../../core/value";
import { conditionOf, opaqueNamed } from "./conditions";
import { withReferences } from "./dynamic-reference";
import { callFunction } from "./functions";
import { asText } from "./pieces";
import type { Condition, ResourceValues, Stack, StackResource } from "./stack";
import { fieldOf, type Named, type ResourceBody, type Template } from "./template";

/** What the stacks of one unit share. */
export interface UnitContext {
  readonly values: ResourceValues;
  /** The template that a resource nests, where it is in the input. */
  nestedTemplate(resource: StackResource): Template | undefined;
  /** A name that means nothing, told once a place. */
  readonly invalid: (at: Span, what: string) => void;
  readonly limit: (at: Span, limit: Limit) => void;
  /** Places of defaults of parameters that nobody sets. */
  readonly defaults: Span[];
  readonly noEcho: Set<string>;
  /** Evaluations that wait for each other. */
  depth: number;
  /** Nested stacks so far. */
  stacks: number;
}

/** How a stack comes to be: the root has no parameters given. */
export interface Deployment {
  readonly template: Template;
  readonly prefix: string;
  readonly guard: Guard;
  /** The entries that give each parameter its value: several, or one under a guard, where conditions decide. */
  readonly parameters: ReadonlyMap<string, readonly Entry[]> | undefined;
  /** Paths of the templates that it is nested in. */
  readonly within: readonly string[];
}

export function makeStack(deployment: Deployment, unit: UnitContext): Stack {
  const { template, prefix } = deployment;
  const evaluated = new WeakMap<Value, Value>();
  const conditions = new Map<string, Condition | "waiting">();
  const byName = new Map<string, StackResource>();
  const stack: Stack = {
    template,
    prefix,
    noEcho: unit.noEcho,
    get resources() {
      return [...byName.values()];
    },
    evaluate: (value) => evaluate(value, stack, unit, evaluated),
    condition(name, at) {
      const known = conditions.get(name);
      // A condition that hangs on itself is wrong; it is told where it is found.
      if (known === "waiting") unit.invalid(at, `The condition ${name} refers to itself`);
      if (known !== undefined) return known === "waiting" ? opaqueNamed(`${prefix}${name}`) : known;
      conditions.set(name, "waiting");
      const condition = conditionNamed(name, at, stack, unit);
      conditions.set(name, condition);
      return condition;
    },
    refer: (name, at) => refer(name, at, { stack, byName, deployment, unit }),
    attribute: (name, attribute, at) => attributeOf(name, attribute, at, { stack, byName, deployment, unit }),
  };
  for (const body of template.resources.values()) {
    const guard = guardOf(body, stack, deployment.guard);
    if (guard !== undefined) byName.set(body.name, makeResource(body, guard, stack, deployment, unit));
  }
  return stack;
}

/** Undefined where the resource cannot exist. */
function guardOf(body: ResourceBody, stack: Stack, outer: Guard): Guard | undefined {
  const field = fieldOf(body.value, "Condition");
  const name = knownText(field);
  if (field === undefined || name === undefined) return outer;
  const condition = stack.condition(name, field.at);
  if (condition.kind === "decided") return condition.holds ? outer : undefined;
  return both(outer, condition.holds);
}

function conditionNamed(name: string, at: Span, stack: Stack, unit: UnitContext): Condition {
  const written = stack.template.conditions.get(name);
  if (written === undefined) {
    unit.invalid(at, `There is no condition ${name}`);
    return opaqueNamed(`${stack.prefix}${name}`);
  }
  return conditionOf(written.value, stack);
}

function makeResource(
  body: ResourceBody,
  guard: Guard,
  stack: Stack,
  deployment: Deployment,
  unit: UnitContext,
): StackResource {
  const metadata = fieldOf(body.value, "Metadata");
  const properties = fieldOf(body.value, "Properties");
  const path = metadata?.kind === "map" ? knownText(fieldOf(metadata, "aws:cdk:path")) : undefined;
  let nested: Stack | "waiting" | undefined;
  const resource: StackResource = {
    stack,
    name: body.name,
    type: body.type,
    address: stack.prefix + body.name,
    at: body.at,
    guard,
    construct: path,
    property(name) {
      const isWritten = properties?.kind === "map" && !isFunction(properties);
      const map = isWritten ? properties : resource.properties();
      const alternatives = map.entries
        .filter((entry) => entry.key === name)
        .flatMap((entry) => present(entry.guard, stack.evaluate(entry.value)));
      const [only] = alternatives;
      if (only === undefined) return map.rest && isMade(properties) ? map.rest : undefined;
      return alternatives.length === 1 && only.guard.length === 0 ? only.value : choose(alternatives, only.value.at);
    },
    properties() {
      const value = properties && stack.evaluate(properties);
      if (value === undefined || value.kind === "null") return { kind: "map", entries: [], at: body.at };
      if (value.kind === "map") return value;
      const rest = unknown("unsupported", "properties", value.at, { traces: tracesOf(value) });
      return { kind: "map", entries: [], rest, at: value.at };
    },
    metadata: () => metadata && stack.evaluate(metadata),
    nested() {
      if (nested === undefined) {
        nested = "waiting";
        nested = nestedStack(resource, deployment, unit);
      }
      return nested === "waiting" ? undefined : nested;
    },
  };
  return resource;
}

function isMade(properties: Value | undefined): boolean {
  return properties?.kind === "map" && isFunction(properties);
}

function isFunction({ entries: [only], ...map }: MapValue): boolean {
  return only?.key.startsWith("Fn::") === true && map.rest === undefined;
}

/** The nested stack with the parameters that it is given. Stacks that nest themselves end where they do. */
function nestedStack(resource: StackResource, deployment: Deployment, unit: UnitContext): Stack | undefined {
  const template = unit.nestedTemplate(resource);
  if (template === undefined) return undefined;
  const within = [...deployment.within, deployment.template.path];
  if (within.includes(template.path)) {
    unit.invalid(resource.at, `The stack ${resource.address} nests itself`);
    return undefined;
  }
  const limit = within.length > limits.moduleDepth ? "moduleDepth" : unit.stacks > limits.moduleCalls && "moduleCalls";
  if (limit !== false) {
    unit.limit(resource.at, limit);
    return undefined;
  }
  unit.stacks++;
  const given = resource.property("Parameters");
  const entries = given?.kind === "map" ? given.entries : [];
  const names = new Set(entries.map((entry) => entry.key));
  const parameters = new Map([...names].map((name) => [name, entries.filter((entry) => entry.key === name)]));
  const prefix = `${resource.address}.`;
  return makeStack({ template, prefix, guard: resource.guard, parameters, within }, unit);
}

interface Place {
  readonly stack: Stack;
  readonly byName: ReadonlyMap<string, StackResource>;
  readonly deployment: Deployment;
  readonly unit: UnitContext;
}

function refer(name: string, at: Span, place: Place): Value {
  const { stack, byName, unit } = place;
  if (name === "AWS::NoValue") return { kind: "null", at };
  if (name.startsWith("AWS::")) {
    const id = name.startsWith("AWS::Stack") ? `${stack.prefix}${name}` : name;
    return unknown("data-source", name, at, { id });
  }
  const parameter = stack.template.parameters.get(name);
  if (parameter !== undefined) return parameterValue(parameter, at, place);
  const resource = byName.get(name);
  return resource === undefined ? noSuch(name, name, at, place) : unit.values.ref(resource, at);
}

function attributeOf(name: string, attribute: string, at: Span, place: Place): Value {
  const resource = place.byName.get(name);
  if (resource === undefined) return noSuch(name, `${name}.${attribute}`, at, place);
  const output = attribute.startsWith("Outputs.") ? attribute.slice("Outputs.".length) : undefined;
  const nested = output === undefined ? undefined : resource.nested();
  if (output === undefined || nested === undefined) return place.unit.values.attribute(resource, attribute, at);
  const written = nested.template.outputs.get(output)?.value;
  const value = written?.kind === "map" ? fieldOf(written, "Value") : undefined;
  return value === undefined
    ? noSuch(`${name}.${attribute}`, `${name}.${attribute}`, at, place)
    : nested.evaluate(value);
}

/** A name that the template does not have. A macro may make what it names; a condition may take it away. */
function noSuch(name: string, what: string, at: Span, { stack, unit }: Place): Unknown {
  const { template } = stack;
  if (template.resources.has(name)) return unknown("missing", what, at);
  if (hasMadeResources(template)) return unknown("unsupported", what, at);
  unit.invalid(at, `There is no parameter or resource ${name}`);
  return unknown("invalid", what, at);
}

/** Can there be resources that are not written down: by macros, loops, SAM or modules? */
function hasMadeResources(template: Template): boolean {
  if (template.transforms.length > 0 || template.makers.length > 0) return true;
  return [...template.resources.values()].some(
    ({ type }) => type.startsWith("AWS::Serverless::") || type.endsWith("::MODULE"),
  );
}

/** The value that is given, or the default, or something unknown. */
function parameterValue({ name, value: written }: Named, at: Span, { stack, deployment, unit }: Place): Value {
  const id = stack.prefix + name;
  const body = written.kind === "map" ? written : undefined;
  const type = knownText(body && fieldOf(body, "Type")) ?? "String";
  if (knownText(body && asTextOf(fieldOf(body, "NoEcho"))) === "true") unit.noEcho.add(id);
  const given = deployment.parameters?.get(name) ?? [];
  const fallback = body && fieldOf(body, "Default");
  const alternatives: Alternative[] = given.map(({ guard, value }) => ({ guard, value: asText(value) }));
  for (const guard of negate(either(given.map((entry) => entry.guard)))) {
    // The default of such a parameter is the name under which Systems Manager has the value.
    const isElsewhere = fallback !== undefined && type.startsWith("AWS::SSM::Parameter::Value");
    if (fallback !== undefined && !isElsewhere) unit.defaults.push(fallback.at);
    const value = fallback === undefined || isElsewhere ? undefined : asText(stack.evaluate(fallback));
    const kind = isElsewhere ? "data-source" : "no-default";
    alternatives.push({ guard, value: value ?? unknown(kind, name, at, { id }) });
  }
  const value = choose(alternatives, at);
  return /^(?:List<|CommaDelimitedList$)/.test(type) ? listOf(value) : value;
}

function asTextOf(value: Value | undefined): Value | undefined {
  return value && asText(value);
}

/** `a, b` as a list. */
function listOf(value: Value): Value {
  if (value.kind !== "text" || value.pieces.some((piece) => piece.kind !== "known")) return value;
  const flat = flatten(value);
  const items: Item[] = [];
  let from = 0;
  for (const part of flat.characters === "" ? [] : flat.characters.split(",")) {
    const start = from + part.length - part.trimStart().length;
    items.push({ guard: always, value: slice(flat, start, Math.max(start, from + part.trimEnd().length)) });
    from += part.length + 1;
  }
  return { kind: "list", shape: "list", items, at: value.at };
}

type Memo = WeakMap<Value, Value>;

function evaluate(value: Value, stack: Stack, unit: UnitContext, memo: Memo): Value {
  if (value.kind === "text") return referenced(value, stack, unit);
  if (value.kind !== "list" && value.kind !== "map") return value;
  const known = memo.get(value);
  if (known !== undefined) return known;
  if (unit.depth >= limits.evaluationDepth) {
    unit.limit(value.at, "evaluationDepth");
    return unknown("limit", "evaluationDepth", value.at);
  }
  // Whatever refers to itself is not known while it is worked out.
  memo.set(value, unknown("invalid", "a reference to itself", value.at));
  unit.depth++;
  const result = value.kind === "list" ? evaluateList(value, stack) : evaluateMap(value, stack, unit);
  unit.depth--;
  memo.set(value, result);
  return result;
}

function referenced(value: Text, stack: Stack, unit: UnitContext): Value {
  return withReferences(value, (reading) => unit.values.stored(reading, stack));
}

/** A list without functions is itself. Items that are there under a condition are items under a guard. */
function evaluateList(list: ListValue, stack: Stack): Value {
  const items = list.items.flatMap((item): readonly Item[] => {
    const value = stack.evaluate(item.value);
    return value === item.value && value.kind !== "null" ? [item] : present(item.guard, value);
  });
  return isSame(items, list.items) ? list : { ...list, items };
}

function evaluateMap(map: MapValue, stack: Stack, unit: UnitContext): Value {
  const [only] = map.entries;
  if (only !== undefined && map.entries.length === 1) {
    const result = callFunction({ name: only.key, argument: only.value, at: map.at, stack });
    if (result !== undefined) return withText(result, (text) => referenced(text, stack, unit));
  }
  const makers = map.entries.filter(isMaker);
  const entries = map.entries.flatMap((entry): readonly Entry[] => {
    if (isMaker(entry)) return [];
    const value = stack.evaluate(entry.value);
    if (value === entry.value && value.kind !== "null") return [entry];
    return present(entry.guard, value).map((one) => ({ ...entry, ...one }));
  });
  const [maker] = makers;
  if (maker === undefined) return isSame(entries, map.entries) ? map : { ...map, entries };
  const traces = makers.flatMap((entry) => tracesOf(stack.evaluate(entry.value)));
  return { ...map, entries, rest: unknown("unsupported", maker.key, maker.keyAt, { traces }) };
}

/** Among other entries, something that makes further ones. */
function isMaker(entry: Entry): boolean {
  return entry.key === "Fn::Transform" || entry.key.startsWith("Fn::ForEach::");
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function withText(value: Value, change: (text: Text) => Value): Value {
  if (value.kind === "text") return change(value);
  if (value.kind !== "choice") return value;
  const alternatives = value.options.map((option) => ({ guard: option.guard, value: withText(option.value, change) }));
  return choose(alternatives, value.at);
}

/** What of a value is there: a branch that is `AWS::NoValue` leaves nothing under its guard. */
function present(guard: Guard, value: Value): readonly Alternative[] {
  if (value.kind === "null") return [];
  const options = optionsOf(value);
  if (options.every((option) => option.value.kind !== "null")) return [{ guard, value }];
  return options.flatMap((option) => {
    const joined = both(guard, option.guard);
    return joined === undefined || option.value.kind === "null" ? [] : [{ guard: joined, value: option.value }];
  });
}
