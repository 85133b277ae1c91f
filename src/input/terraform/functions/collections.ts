import { addAll } from "../../../core/add-all";
import { distribute } from "../../../core/distribute";
import { charactersOf } from "../../../core/encode";
import { both, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { compareCodePoints } from "../../../core/scalar";
import { firstUnknown, optionsOf, unknown } from "../../../core/text";
import type { Item, ListValue, Unknown, Value } from "../../../core/value";
import { isError } from "./context";
import { unifyItems } from "./conversions";
import { toText } from "./convert";
import { binary, ternary, unary, unknownResult, variadic, type Builtin } from "./define";
import { isSpreadable, spreadChoices, without } from "./distribute";
import { sameValue } from "./equal";
import { failIfCertain, keyOf, joinRests, listOf, listOfValues, ordered } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { unify } from "./unify";
import { emptiness } from "./pieces";

/** Choices of lists become items under guards, so that any number of conditions stays exact. */
const concat = variadic("is", param.whole, (call, args) => {
  if (args.length === 0) return fail(call, "a list is required");
  const isExact = args.every((arg) => isSpreadable(arg, (option) => option.kind === "list" && option.shape === "list"));
  return isExact ? concatAll(call, args) : distribute(args, call.at, (ones) => concatAll(call, ones));
});

function concatAll(call: Call, args: readonly Value[]): Value {
  const items: Item[] = [];
  const rests: (Unknown | undefined)[] = [];
  for (const { guard, value } of args.flatMap(optionsOf)) {
    if (isError(value)) return value;
    if (value.kind === "unknown") {
      rests.push(value);
      continue;
    }
    if (value.kind !== "list" || value.shape === "set") return fail(call, "the arguments must be lists");
    addAll(items, underGuard(value.items, guard));
    rests.push(value.rest);
    if (items.length > limits.items) break;
  }
  const lists = args.flatMap(optionsOf).map((option) => option.value);
  return listOf(areTyped(lists) ? ofOneType(items) : items, call, joinRests(rests, call));
}

/** Lists of elements of one type give another; where one is a tuple the result is one. */
function areTyped(lists: readonly Value[]): boolean {
  return lists.length > 1 && lists.every((list) => list.kind === "list" && list.typed === true);
}

function ofOneType(items: readonly Item[]): readonly Item[] {
  const unified = unify(items.map((item) => item.value));
  return items.map((item, i) => ({ ...item, value: unified?.[i] ?? item.value }));
}

function underGuard(items: readonly Item[], guard: Guard): readonly Item[] {
  if (guard.length === 0) return items;
  return items.flatMap((item) => {
    const joint = both(guard, item.guard);
    return joint === undefined ? [] : [{ guard: joint, value: item.value }];
  });
}

const flatten = unary("is", param.list, (call, list) => {
  const flat: Flattened = { items: [], rests: [list.rest] };
  for (const item of ordered(list, call).items) flattenInto(flat, item, call, 0);
  return listOf(flat.items, call, joinRests(flat.rests, call));
});

interface Flattened {
  readonly items: Item[];
  readonly rests: (Unknown | undefined)[];
}

function flattenInto(into: Flattened, { guard, value }: Item, call: Call, depth: number): void {
  if (into.items.length > limits.items) return;
  if (value.kind === "choice") {
    for (const item of spreadChoices([{ guard, value }])) flattenInto(into, item, call, depth);
  } else if (value.kind === "list" && depth < limits.depth) {
    const inner = ordered(value, call);
    into.rests.push(inner.rest);
    for (const item of underGuard(inner.items, guard)) flattenInto(into, item, call, depth + 1);
  } else if (value.kind === "list") {
    into.rests.push(unknown("limit", "depth", value.at));
  } else if (value.kind === "unknown" && !isError(value) && !isScalar(value)) {
    // It may be a list of any length.
    into.rests.push(value);
  } else {
    into.items.push({ guard, value });
  }
}

/** Attributes that are strings in every resource. */
function isScalar(value: Unknown): boolean {
  return value.ref !== undefined && scalars.has(value.ref.attribute);
}

const scalars: ReadonlySet<string> = new Set([
  "arn",
  "id",
  "name",
  "unique_id",
  "secret",
  "ses_smtp_password_v4",
  "json",
]);

/**
 * Of equal items the first stays. One that may equal another, because something in it is not known, makes the number
 * of items unknown.
 */
const distinct = unary("is", param.list, (call, of) => {
  const list = ordered(of, call);
  const items = unifyItems(spreadChoices(list.items));
  if (items === undefined) return failIfCertain(call, "the items have different types", [list]);
  const kept: Kept = { items: [], guards: new Map(), opaque: [] };
  const rests: (Unknown | undefined)[] = [list.rest];
  for (const item of items) rests.push(keepDistinct(kept, item));
  return listOf(kept.items, call, joinRests(rests, call));
});

interface Kept {
  readonly items: Item[];
  /** The guards of the items with one key. */
  readonly guards: Map<string, Guard[]>;
  /** Values that are not told apart by a key. */
  readonly opaque: Value[];
}

/** Adds an item where it is not there yet; gives what makes that uncertain. */
function keepDistinct(kept: Kept, item: Item): Unknown | undefined {
  const key = keyOf(item.value);
  const before = key === undefined ? undefined : kept.guards.get(key);
  const cause = firstUnknown(item.value);
  const others = cause === undefined ? kept.opaque : [...kept.opaque, ...kept.items.map((one) => one.value)];
  const isClear = before !== undefined || others.every((other) => sameValue(other, item.value) === "no");
  if (cause !== undefined && before === undefined) {
    if (kept.opaque.length < opaqueKept) kept.opaque.push(item.value);
    if (!isClear || kept.opaque.length === opaqueKept) return cause;
  }
  let guards: readonly Guard[] = [item.guard];
  for (const known of before ?? []) {
    guards = guards.flatMap((guard) => without(guard, known));
    if (guards.length > limits.options) return unknown("limit", "options", item.value.at);
  }
  for (const guard of guards) kept.items.push({ guard, value: item.value });
  if (key !== undefined) kept.guards.set(key, [...(before ?? []), item.guard]);
  return isClear ? undefined : (cause ?? firstOf(kept.opaque));
}

/** Comparisons with values that have no key are made one by one; with more of them the number of items is not known. */
const opaqueKept = 200;

function firstOf(values: readonly Value[]): Unknown | undefined {
  return values.map(firstUnknown).find((found) => found !== undefined);
}

/** Without nulls and empty strings; what may be one of them is part of the rest. */
const compact = unary("is", param.list, (call, of) => {
  const list = ordered(of, call);
  const items: Item[] = [];
  const rests: (Unknown | undefined)[] = [list.rest];
  for (const item of spreadChoices(list.items)) {
    if (item.value.kind === "null" || item.value.kind === "choice") continue;
    const text = item.value.kind === "unknown" ? item.value : toText(item.value);
    if (text === undefined) return failIfCertain(call, "the items must be strings", [list]);
    if (isError(text)) return text;
    const isEmpty = emptiness(text);
    if (isEmpty === undefined) rests.push(firstUnknown(text));
    else if (!isEmpty) items.push({ guard: item.guard, value: text });
  }
  return listOf(items, call, joinRests(rests, call));
});

/** By code point. With an item that is not known the order is not known either. */
const sort = unary("is", param.list, (call, of) => {
  const keyed: { readonly key: string; readonly item: Item }[] = [];
  const rests: (Unknown | undefined)[] = [of.rest];
  const others: Item[] = [];
  for (const item of spreadChoices(of.items)) {
    const text = item.value.kind === "choice" ? undefined : toText(item.value);
    if (text === undefined) return failIfCertain(call, "the items must be strings", [of]);
    const key = charactersOf(text);
    if (key === undefined) {
      others.push(item);
      rests.push(firstUnknown(text));
    } else {
      keyed.push({ key, item: { guard: item.guard, value: text } });
    }
  }
  keyed.sort((a, b) => compareCodePoints(a.key, b.key));
  const items = [...keyed.map(({ item }) => item), ...others];
  return listOf(items, call, items.length > 1 || of.rest !== undefined ? joinRests(rests, call) : undefined);
});

const reverse = unary("is", param.list, (call, list) => {
  const { items, rest } = ordered(list, call);
  return listOf([...items].reverse(), call, rest);
});

const slice = ternary("is", [param.items, param.integer, param.integer], (call, list, from, to) => {
  if (list.shape === "set") return fail(call, "a set has no order");
  if (list.rest !== undefined) return listOf([], call, unknownResult([list.rest, ...list.items], "is", call));
  if (from < 0 || from > to || to > list.items.length) return fail(call, "an index is outside the list");
  return listOfValues(list.items.slice(from, to), call);
});

const chunklist = binary("is", [param.items, param.integer], (call, list, size) => {
  if (size < 0) return fail(call, "the size is negative");
  if (list.rest !== undefined) return listOf([], call, unknownResult([list.rest, ...list.items], "is", call));
  if (list.items.length === 0) return listOf([], call);
  const values = unify(list.items);
  if (values === undefined) {
    return failIfCertain(call, "the items have different types", [listOfValues(list.items, call)]);
  }
  const step = size === 0 ? values.length : size;
  const chunks: ListValue[] = [];
  for (let from = 0; from < values.length; from += step) {
    chunks.push(listOfValues(values.slice(from, from + step), call));
  }
  return listOfValues(chunks, call);
});

export const collections: Readonly<Record<string, Builtin>> = {
  chunklist,
  compact,
  concat,
  distinct,
  flatten,
  reverse,
  slice,
  sort,
};
