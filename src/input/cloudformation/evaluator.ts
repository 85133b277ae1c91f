import { choose, type Alternative } from "../../core/choice";
import { both, type Guard } from "../../core/guard";
import { isLimit } from "../../core/limits";
import { label } from "../../core/message";
import { encloses, type Span } from "../../core/source";
import { optionsOf, tracesOf, unknown } from "../../core/text";
import type { Entry, Item, ListValue, MapValue, Text, Unknown, Value } from "../../core/value";
import { hasReferences, withReferences } from "./dynamic-reference";
import { isMaker, withMade } from "./expand";
import { callFunction, isFunctionName } from "./functions";
import type { Stack } from "./stack";
import { itemsIn } from "../fields";
import { isAwsTransform } from "./template";
import type { UnitContext } from "./unit-context";

type Memo = Map<Value, Value | "waiting">;

/** Works out the functions of a template. A value that was worked out once is not worked out again. */
export function evaluator(stack: Stack, unit: UnitContext): (value: Value) => Value {
  const memo: Memo = new Map();
  return (value) => evaluate(value, stack, unit, memo);
}

function evaluate(value: Value, stack: Stack, unit: UnitContext, memo: Memo): Value {
  if (value.kind !== "list" && value.kind !== "map" && !(value.kind === "text" && hasReferences(value))) return value;
  const known = memo.get(value);
  if (known === "waiting") {
    unit.invalid(value.at, "The value refers to itself");
    return unknown("invalid", "a reference to itself", value.at);
  }
  if (known !== undefined) return known;
  memo.set(value, "waiting");
  const work = (): Value => workedOut(value, stack, unit);
  const result = stack.deeper(value.at, work, () => unknown("limit", "depth", value.at));
  memo.set(value, result);
  return result;
}

function workedOut(value: Text | ListValue | MapValue, stack: Stack, unit: UnitContext): Value {
  switch (value.kind) {
    case "text":
      return referenced(value, stack, unit);
    case "list":
      return evaluateList(value, stack);
    case "map":
      return evaluateMap(value, stack, unit);
  }
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

/** What an included file includes itself is not looked into: it could be the very same file. */
function evaluateMap(written: MapValue, stack: Stack, unit: UnitContext): Value {
  const made = withMade(written.entries, stack, unit);
  const map = isSame(made, written.entries) ? written : { ...written, entries: made };
  const [only] = map.entries;
  if (only !== undefined && map.entries.length === 1) {
    const result = callFunction({ name: only.key, argument: only.value, at: placeOf(map), stack });
    if (result !== undefined) {
      reportLimit(result, unit);
      if (isNoFunction(only.key, stack)) unit.invalid(only.keyAt, `There is no function ${label(only.key).text}`);
      if (isWrong(result, only)) unit.invalid(only.keyAt, `${only.key} cannot be worked out from these arguments`);
      return withText(result, (text) => referenced(text, stack, unit));
    }
  }
  const makers = map.entries.filter(isMaker);
  const entries = map.entries.flatMap((entry): readonly Entry[] => {
    if (isMaker(entry)) return [];
    const value = stack.evaluate(entry.value);
    if (value === entry.value && value.kind !== "null") return [entry];
    const valueAt = placeOf(entry.value);
    return present(entry.guard, value).map((one) => {
      return { ...entry, ...one, ...(!encloses(entry.value.at, one.value.at) && { valueAt }) };
    });
  });
  const [maker] = makers;
  if (maker === undefined) return isSame(entries, map.entries) ? map : { ...map, entries };
  const traces = makers.flatMap((entry) => tracesOf(stack.evaluate(entry.value)));
  return { ...map, entries, rest: unknown("unsupported", maker.key, maker.keyAt, { traces }) };
}

/** In JSON a call starts with a brace on a line of its own; what a reader looks for is the function's name. */
function placeOf(value: Value): Span {
  const [only] = value.kind === "map" ? value.entries : [];
  return only === undefined ? value.at : { ...value.at, start: Math.max(value.at.start, only.keyAt.start) };
}

/** A function that CloudFormation does not have, nor a macro: those take whatever they like. */
function isNoFunction(key: string, { template }: Stack): boolean {
  if (!key.startsWith("Fn::") || key.includes("::", "Fn::".length) || isFunctionName(key)) return false;
  return template.transforms.every(isAwsTransform);
}

/** Could CloudFormation work it out no better? What a function makes of its argument, or of a name in it, need not be known. */
function isWrong(result: Value, { key, value }: Entry): boolean {
  if (result.kind !== "unknown" || result.reason.kind !== "invalid" || result.reason.what !== key) return false;
  return value.kind !== "map" && (key !== "Fn::GetAtt" || itemsIn(value)[0]?.kind !== "map");
}

/** What is over a limit is unknown, and reported once a call: a text that explodes, a choice with too many values. */
function reportLimit(result: Value, unit: UnitContext): void {
  const over = unknownsIn(result).find(({ reason }) => reason.kind === "limit");
  if (over !== undefined && isLimit(over.reason.what)) unit.limit(over.at, over.reason.what);
}

/** Of what a call gives. What is inside a list or map was reported when it was worked out. */
function unknownsIn(value: Value): readonly Unknown[] {
  switch (value.kind) {
    case "unknown":
      return [value];
    case "text":
      return value.pieces.flatMap((piece) => (piece.kind === "hole" ? [piece.unknown] : []));
    case "choice":
      return value.options.flatMap((option) => unknownsIn(option.value));
    case "null":
    case "bool":
    case "number":
    case "list":
    case "map":
      return [];
  }
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
export function present(guard: Guard, value: Value): readonly Alternative[] {
  if (value.kind === "null") return [];
  const options = optionsOf(value);
  if (options.every((option) => option.value.kind !== "null")) return [{ guard, value }];
  return options.flatMap((option) => {
    const joined = both(guard, option.guard);
    return joined === undefined || option.value.kind === "null" ? [] : [{ guard: joined, value: option.value }];
  });
}
