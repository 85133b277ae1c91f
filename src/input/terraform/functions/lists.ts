import { charactersOf, jsonText, rendered } from "../../../core/encode";
import { limits } from "../../../core/limits";
import { compareCodePoints } from "../../../core/scalar";
import { firstUnknown, mergeTraces, tracesOf, unknown } from "../../../core/text";
import type { Definite, Entry, Item, ListValue, MapValue, Text, Unknown, Value } from "../../../core/value";
import { stepped } from "./context";
import { anyGuard, spreadChoices } from "./distribute";
import { fail, type Call } from "./param";

/** A list as a function's result. Over the limit it keeps its first items and has a rest. */
export function listOf(
  items: readonly Item[],
  call: Call,
  rest?: Unknown,
  shape: ListValue["shape"] = "list",
): ListValue {
  const more = items.length > limits.items ? overItems(items, call) : rest;
  const kept = items.length > limits.items ? items.slice(0, limits.items) : items;
  return { kind: "list", shape, items: kept, at: call.at, ...(more && { rest: more }) };
}

/** Values that are all there. */
export function listOfValues(values: readonly Value[], call: Call, rest?: Unknown): ListValue {
  return listOf(
    values.map((value) => ({ guard: [], value })),
    call,
    rest,
  );
}

export function mapOf(entries: readonly Entry[], call: Call, rest?: Unknown): MapValue {
  const more = entries.length > limits.items ? overItems(entries, call) : rest;
  const kept = entries.length > limits.items ? entries.slice(0, limits.items) : entries;
  return { kind: "map", entries: kept, at: call.at, ...(more && { rest: more }) };
}

function overItems(parts: readonly { readonly value: Value }[], call: Call): Unknown {
  const left = parts.slice(limits.items).flatMap((part) => tracesOf(part.value));
  return unknown("limit", "items", call.at, { traces: stepped(mergeTraces(left), call.name, "may", call.at) });
}

/** An error of the items of lists; where some may not be there, or are not known, it is not certain. */
export function failIfCertain(call: Call, cause: string, lists: readonly Pick<ListValue, "items" | "rest">[]): Unknown {
  const isCertain = lists.every((list) => list.rest === undefined && list.items.every(isThere));
  return isCertain ? fail(call, cause) : unknown("unsupported", `${call.name}() under a condition`, call.at);
}

function isThere(item: Item): boolean {
  return item.guard.length === 0 && item.value.kind !== "choice" && item.value.kind !== "unknown";
}

/** One rest of several, for the reason of the first. */
export function joinRests(rests: readonly (Unknown | undefined)[], call: Call): Unknown | undefined {
  const given = rests.filter((rest) => rest !== undefined);
  const [first] = given;
  if (first === undefined || given.length === 1) return first;
  const traces = mergeTraces(given.flatMap((rest) => rest.traces));
  return unknown(first.reason.kind, first.reason.what, call.at, { traces });
}

/**
 * A set: choices are told apart into items under guards, equal items are one, strings and numbers are sorted. Items
 * that are not known stay, and may be equal to others: see isVague.
 */
export function setOf(items: readonly Item[], call: Call, rest?: Unknown): ListValue {
  const unique = new Map<string, { value: Value; guards: Item["guard"][] }>();
  const others: Item[] = [];
  for (const item of spreadChoices(items)) {
    const key = keyOf(item.value);
    if (key === undefined) {
      others.push(item);
      continue;
    }
    const known = unique.get(key);
    if (known === undefined) unique.set(key, { value: item.value, guards: [item.guard] });
    else known.guards.push(item.guard);
  }
  const kept = [...unique.values()].map(({ value, guards }) => ({ value, guard: anyGuard(guards) }));
  kept.sort((a, b) => compareElements(a.value, b.value));
  return listOf([...kept, ...others], call, rest, "set");
}

/** The same for equal values, and for equal unknowns that have an id; undefined where equality cannot be told by it. */
export function keyOf(value: Value): string | undefined {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "number":
      return `${value.kind} ${String(value.value)}`;
    case "text":
      return textKey(value);
    case "list":
    case "map": {
      if (firstUnknown(value) !== undefined) return undefined;
      const characters = charactersOf(jsonText(value));
      return characters === undefined ? undefined : `${value.kind} ${characters}`;
    }
    case "unknown":
      return value.id === undefined ? undefined : `unknown ${value.id}`;
    case "choice":
      return undefined;
  }
}

/** Known characters, and holes by their ids. */
function textKey(of: Text): string | undefined {
  let key = "text ";
  for (const piece of rendered(of).pieces) {
    if (piece.kind === "known") {
      key += piece.text;
      continue;
    }
    const id = piece.kind === "hole" ? piece.unknown.id : undefined;
    if (id === undefined) return undefined;
    // No text of the input has the mark: a lone surrogate.
    key += `\ud800${id}\ud800`;
  }
  return key;
}

/** The order of a set's elements: numbers by size, strings by code point, false before true. Others stay as they are. */
export function compareElements(a: Value, b: Value): number {
  if (a.kind === "number" && b.kind === "number") return a.value - b.value;
  if (a.kind === "bool" && b.kind === "bool") return Number(a.value) - Number(b.value);
  const left = charactersOf(a);
  const right = charactersOf(b);
  if (left !== undefined && right !== undefined) return compareCodePoints(left, right);
  // Nulls come last, and so does what is not known.
  return rank(a) - rank(b);
}

function rank(value: Value): number {
  return value.kind === "unknown" ? 2 : value.kind === "null" ? 1 : 0;
}

/** May items of the set be equal, so that neither their number nor their order is known? */
export function isVague(
  list: { readonly shape: ListValue["shape"]; readonly items: readonly unknown[] },
  values: readonly Value[],
): boolean {
  return list.shape === "set" && values.length > 1 && values.some((value) => firstUnknown(value) !== undefined);
}

/**
 * A set's items as a list, in order. Where the order is not known the list has a rest as well, so that nobody counts
 * its items or takes them by their place.
 */
export function ordered(list: ListValue, call: Call): ListValue {
  if (list.shape === "list") return list;
  const values = list.items.map((item) => item.value);
  const vague = isVague(list, values) ? values.map(firstUnknown).find((found) => found !== undefined) : undefined;
  const rest = list.rest ?? (vague && unknown(vague.reason.kind, vague.reason.what, call.at));
  return { kind: "list", shape: "list", items: list.items, at: list.at, ...(rest && { rest }) };
}

/** The one thing that makes the number or order of the items unknown, if any. */
export function vagueness(list: {
  readonly shape: ListValue["shape"];
  readonly items: readonly Definite[];
  readonly rest?: Unknown;
}): Unknown | undefined {
  if (list.rest !== undefined) return list.rest;
  if (!isVague(list, list.items)) return undefined;
  return list.items.map(firstUnknown).find((found) => found !== undefined);
}
