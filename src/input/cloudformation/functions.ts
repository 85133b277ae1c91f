import { addAll } from "../../core/add-all";
import { choose, type Alternative } from "../../core/choice";
import { distribute, settle } from "../../core/distribute";
import { flatten, slice } from "../../core/flat";
import { always, either, negate, whenAmong } from "../../core/guard";
import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import { firstUnknown, knownText, mergeTraces, text, tracesOf, unknown } from "../../core/text";
import { mapTraces, through } from "../../core/trace";
import type { Definite, Encoded, Item, Path, Piece, Text, Trace, Unknown, Value } from "../../core/value";
import { askedBy } from "./exports";
import { keyNamed, nameIn } from "./names";
import { asText, piecesOf, textOf } from "./pieces";
import { argumentValue, referred } from "./references";
import type { Asked, Stack } from "./stack";
import { subParts } from "./sub";
import { fieldOf } from "../fields";

/** A function as it stands in a template. `at` is the whole call. */
interface Call {
  readonly name: string;
  readonly argument: Value;
  readonly at: Span;
  readonly stack: Stack;
}

/** What a call is worth; undefined where the name is no function's. */
export function callFunction(call: Call): Value | undefined {
  const { name, argument, stack } = call;
  switch (name) {
    case "Ref":
      return reference(call);
    case "Fn::GetAtt":
      return getAttribute(call);
    case "Fn::Sub":
      return sub(call);
    case "Fn::Join":
      return join(call);
    case "Fn::If":
      return ifFunction(call);
    case "Fn::Select":
      return select(call);
    case "Fn::Split":
      return split(call);
    case "Fn::FindInMap":
      return findInMap(call);
    case "Fn::Base64":
      return distribute([stack.evaluate(argument)], call.at, ([value]) => encoded(call, "base64", value));
    case "Fn::ToJsonString":
      return encoded(call, "json", stack.evaluate(argument));
    case "Fn::ImportValue":
      return importValue(call);
    case "Fn::GetStackOutput":
      return stackOutput(call);
    case "Fn::Length":
      return distribute([settle(stack.evaluate(argument))], call.at, ([value]) => lengthOf(call, value));
  }
  return name.startsWith("Fn::") ? unsupported(call) : undefined;
}

/** Does CloudFormation have such a function, be it worked out here or not? */
export function isFunctionName(name: string): boolean {
  return functionNames.has(name.slice("Fn::".length));
}

const functionNames: ReadonlySet<string> = new Set([
  "And",
  "Base64",
  "Cidr",
  "Contains",
  "EachMemberEquals",
  "EachMemberIn",
  "Equals",
  "FindInMap",
  "GetAZs",
  "GetAtt",
  "GetStackOutput",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "RefAll",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
  "ValueOf",
  "ValueOfAll",
]);

/** A function that this version does not work out. What it is handed may come out of it. */
function unsupported({ name, argument, at, stack }: Call): Unknown {
  return unknown("unsupported", name, at, { traces: possible(tracesOf(stack.evaluate(argument))) });
}

function invalid({ name, argument, at, stack }: Call): Unknown {
  return unknown("invalid", name, at, { traces: tracesOf(stack.evaluate(argument)) });
}

function possible(traces: readonly Trace[]): readonly Trace[] {
  return mergeTraces(traces.map((trace) => ({ ...trace, certainty: "may" })));
}

/** Unknown for the reason of what it is made from. */
function because(value: Value | undefined, call: Call, traces: readonly Trace[]): Unknown {
  const { kind, what } = (value && firstUnknown(value))?.reason ?? { kind: "unsupported", what: call.name };
  return unknown(kind, what, call.at, { traces });
}

/** The arguments of a function that takes a list of so many. */
function argumentsOf({ argument }: Call, least: number): readonly Value[] | undefined {
  if (argument.kind !== "list" || argument.items.length < least) return undefined;
  return argument.items.map((item) => item.value);
}

function reference(call: Call): Value {
  const name = nameIn(call.stack.evaluate(call.argument));
  return name === undefined ? invalid(call) : referred(name, call.argument.at, call.stack);
}

/** `["Resource", "Attribute"]` or `"Resource.Attribute"`; an attribute may have dots, and may be a reference. */
function getAttribute(call: Call): Value {
  const { argument, stack } = call;
  const [first, second] = argumentsOf(call, 2) ?? [];
  const whole = first === undefined ? knownText(argument) : undefined;
  if (whole?.includes(".") === true) {
    const dot = whole.indexOf(".");
    return stack.attribute(whole.slice(0, dot), whole.slice(dot + 1), argument.at);
  }
  const resource = nameIn(first && stack.evaluate(first));
  if (first === undefined || resource === undefined || second === undefined) return invalid(call);
  const at = referenceAt(first.at, second.at);
  return distribute([stack.evaluate(second)], at, ([attribute]) => {
    const name = nameIn(attribute);
    return name === undefined ? unknown("unsupported", call.name, at) : stack.attribute(resource, name, at);
  });
}

/** `Resource.Attribute` where it is written so; of a list, which may stand on several lines, the attribute. */
function referenceAt(resource: Span, attribute: Span): Span {
  return attribute.start === resource.end + 1 ? { ...resource, end: attribute.end } : attribute;
}

/** `"text"` or `["text", { name: value }]` */
function sub(call: Call): Value {
  const { argument, stack, at } = call;
  const [first, second] = argumentsOf(call, 1) ?? [argument];
  const template = first && asText(stack.evaluate(first));
  if (template?.kind !== "text") return invalid(call);
  const own = second?.kind === "map" ? second : undefined;
  const parts = subParts(template);
  const values = parts.map((part): Value => {
    if (part.kind === "text") return part.text;
    const given = own && fieldOf(own, part.name);
    return given === undefined ? named(stack, part.name, part.at) : handed(given, part.name, stack);
  });
  return distribute(values, at, (args) => {
    const [only] = args;
    // A text that is one variable is that variable's value.
    if (args.length === 1 && (only?.kind === "text" || only?.kind === "unknown")) return only;
    return textOf(args.flatMap(piecesOf), template.at);
  });
}

/** The value of a variable that a text is given: whatever the text makes of it, a credential gets in here. */
function handed(given: Value, name: string, stack: Stack): Value {
  const value = argumentValue(given, stack);
  if (tracesOf(value).length === 0) return value;
  const path = (before: Path): Path => ({ at: given.at, what: name, isHanded: true, before });
  return mapTraces(value, (traces) => traces.map((trace) => ({ ...trace, path: path(trace.path) })));
}

function named(stack: Stack, name: string, at: Span): Value {
  const dot = name.indexOf(".");
  return dot < 0 ? stack.refer(name, at) : stack.attribute(name.slice(0, dot), name.slice(dot + 1), at);
}

function join(call: Call): Value {
  const { stack, at } = call;
  const [delimiter, list] = argumentsOf(call, 2) ?? [];
  if (delimiter === undefined || list === undefined) return invalid(call);
  return distribute([argumentValue(delimiter, stack), settle(argumentValue(list, stack))], at, ([between, items]) => {
    if (between === undefined || items?.kind !== "list" || items.rest !== undefined) {
      return because(items?.kind === "list" ? items.rest : items, call, items ? tracesOf(items) : []);
    }
    const separator = piecesOf(between);
    const pieces: Piece[] = [];
    items.items.forEach((item, i) => {
      if (i > 0) addAll(pieces, separator);
      addAll(pieces, item.value.kind === "choice" ? [] : piecesOf(item.value));
    });
    return textOf(pieces, at);
  });
}

/** Only the branch that is taken is looked at, where the condition is decided. */
function ifFunction(call: Call): Value {
  const { stack, at } = call;
  const [name, then, otherwise] = argumentsOf(call, 3) ?? [];
  const condition = nameIn(name);
  if (name === undefined || condition === undefined || then === undefined || otherwise === undefined) {
    return invalid(call);
  }
  const decided = stack.condition(condition, name.at);
  if (decided.kind === "decided") return stack.evaluate(decided.holds ? then : otherwise);
  return choose(
    [
      { guard: decided.holds, value: stack.evaluate(then) },
      { guard: decided.fails, value: stack.evaluate(otherwise) },
    ],
    at,
  );
}

function select(call: Call): Value {
  const { stack, at } = call;
  const [index, list] = argumentsOf(call, 2) ?? [];
  if (index === undefined || list === undefined) return invalid(call);
  return distribute([asText(argumentValue(index, stack)), settle(argumentValue(list, stack))], at, ([which, items]) => {
    const digits = knownText(which);
    const traces = items === undefined ? [] : possible(tracesOf(items));
    if (items?.kind !== "list") return because(items, call, traces);
    if (digits === undefined || !/^\d{1,6}$/.test(digits)) return because(which, call, traces);
    const selected = items.items[Number(digits)];
    if (selected !== undefined) return selected.value;
    return items.rest === undefined ? invalid(call) : because(items.rest, call, traces);
  });
}

function split(call: Call): Value {
  const { stack, at } = call;
  const [delimiter, source] = argumentsOf(call, 2) ?? [];
  if (delimiter === undefined || source === undefined) return invalid(call);
  return distribute([argumentValue(delimiter, stack), argumentValue(source, stack)], at, ([between, whole]) => {
    const separator = knownText(between);
    const traces = whole === undefined ? [] : possible(tracesOf(whole));
    if (separator === undefined || separator === "") return because(between, call, traces);
    return whole?.kind === "text" ? splitText(whole, separator, call) : because(whole, call, traces);
  });
}

/** What is not known may hold the delimiter: the items before it are certain, and the rest is not. */
function splitText(whole: Text, separator: string, call: Call): Value {
  const flat = flatten(whole);
  const firstMark = flat.marks[0]?.offset ?? Infinity;
  const items: Item[] = [];
  let from = 0;
  for (const part of flat.characters.split(separator)) {
    if (from + part.length >= firstMark) break;
    items.push({ guard: always, value: slice(flat, from, from + part.length) });
    from += part.length + separator.length;
    if (items.length >= limits.items) break;
  }
  const { at } = call;
  if (from > flat.characters.length) return { kind: "list", shape: "list", items, at };
  const mark = flat.marks[0]?.piece;
  const rest = because(mark?.kind === "hole" ? mark.unknown : undefined, call, possible(tracesOf(whole)));
  return { kind: "list", shape: "list", items, rest, at };
}

/** `[map, first key, second key]`, and with the language extensions a fourth argument `{ DefaultValue: … }`. */
function findInMap(call: Call): Value {
  const { stack, at } = call;
  const [map, first, second, more] = argumentsOf(call, 3) ?? [];
  if (map === undefined || first === undefined || second === undefined) return invalid(call);
  const keys = [map, first, second].map((key) => asText(argumentValue(key, stack)));
  const fallback = fieldOf(more, "DefaultValue");
  return distribute(keys, at, ([mapName, firstKey, secondKey]) => {
    const name = knownText(mapName);
    const { mappings } = stack.template;
    const mapping = name === undefined ? undefined : mappings.get(keyNamed(name, () => mappings.keys()))?.value;
    if (mapping === undefined) return name === undefined ? because(mapName, call, []) : invalid(call);
    return lookUp(mapping, [firstKey, secondKey], call, fallback);
  });
}

/** Under a key that is not known any of the entries can stand: each when the key is its key. */
function lookUp(map: Value, keys: readonly (Definite | undefined)[], call: Call, fallback: Value | undefined): Value {
  const [key, ...others] = keys;
  const { stack, at } = call;
  if (key === undefined) return stack.evaluate(map);
  if (map.kind !== "map") return invalid(call);
  const missing = (): Value => (fallback === undefined ? invalid(call) : stack.evaluate(fallback));
  const known = knownText(key);
  if (known !== undefined) {
    const found = fieldOf(
      map,
      keyNamed(known, () => map.entries.map((entry) => entry.key)),
    );
    return found === undefined ? missing() : lookUp(found, others, call, fallback);
  }
  const id = key.kind === "unknown" ? key.id : undefined;
  if (id === undefined || map.entries.length > limits.options) return because(key, call, []);
  // Without a fallback the stack is not made where the key is missing: it is one of those that are there.
  const written = fallback === undefined ? map.entries.map((entry) => entry.key) : undefined;
  const possible = stack.allowed.get(id) ?? written;
  const options = map.entries.flatMap((entry): readonly Alternative[] => {
    const guard = whenAmong(id, entry.key, possible);
    return guard === undefined ? [] : [{ guard, value: lookUp(entry.value, others, call, fallback) }];
  });
  const none = negate(either(options.map((option) => option.guard))).map((guard) => ({ guard, value: missing() }));
  return choose([...options, ...none], at);
}

/** A value in an encoding, with its places and traces. */
function encoded({ at, stack, argument }: Call, format: Encoded["format"], value?: Value): Value {
  const inner = value ?? stack.evaluate(argument);
  if (inner.kind === "unknown") return unknown(inner.reason.kind, inner.reason.what, at, { traces: inner.traces });
  return { kind: "text", at, pieces: [{ kind: "encoded", format, value: inner, at }] };
}

/** What another stack exports. */
function importValue(call: Call): Value {
  return distribute([call.stack.evaluate(call.argument)], call.at, ([value]) => {
    const asked = value && askedBy(call.name, value);
    return asked === undefined ? unknown("import", call.name, call.at) : published(asked, asked.name, call);
  });
}

function stackOutput(call: Call): Value {
  const asked = askedBy(call.name, call.stack.evaluate(call.argument));
  if (asked?.kind !== "output") return unknown("import", call.name, call.at);
  return published(asked, `${asked.stack}.${asked.name}`, call);
}

function published(asked: Asked, what: string, { name, at, stack }: Call): Value {
  const value = stack.published(asked);
  const id = `${name} ${what}`;
  return value === undefined ? unknown("import", id, at, { id }) : through(value, what, at);
}

function lengthOf(call: Call, value: Definite | undefined): Value {
  if (value?.kind !== "list" || value.rest !== undefined) return because(value, call, []);
  return text(String(value.items.length), call.at);
}
