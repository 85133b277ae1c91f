import { charactersOf, rendered } from "../../../core/encode";
import { limits } from "../../../core/limits";
import { kept } from "../../../core/map";
import { compareCodePoints, decimalText } from "../../../core/scalar";
import { firstUnknown, mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, Entry, Item, ListValue, MapValue, Text, Unknown, Value } from "../../../core/value";
import { compared } from "./big-number";
import { anyGuard, spreadChoices } from "./distribute";
import { fail, type Call } from "./param";

/** A list as a function's result. Over the limit it keeps its first items and has a rest. */
export function listOf(
  items: readonly Item[],
  call: Call,
  rest?: Unknown,
  shape: ListValue["shape"] = "list",
): ListValue {
  const left = items.slice(limits.items).map((item) => item.value);
  const more = left.length > 0 ? joinRests([overItems(left, call), rest], call) : rest;
  const kept = items.length > limits.items ? items.slice(0, limits.items) : items;
  return { kind: "list", shape, items: kept, at: call.at, ...(more && { rest: more }) };
}

/** A list of values that are all there. */
export function listOfValues(values: readonly Value[], call: Call, rest?: Unknown): ListValue {
  return listOf(
    values.map((value) => ({ guard: [], value })),
    call,
    rest,
  );
}

export function mapOf(entries: readonly Entry[], call: Call, rest?: Unknown): MapValue {
  const left = entries.slice(limits.items).map((entry) => entry.value);
  const more = left.length > 0 ? joinRests([overItems(left, call), rest], call) : rest;
  const kept = entries.length > limits.items ? entries.slice(0, limits.items) : entries;
  return { kind: "map", entries: kept, at: call.at, ...(more && { rest: more }) };
}

/** What a list that is too long has no room for. */
export function overItems(left: readonly Value[], call: Call): Unknown {
  const traces = stepped(mergeTraces(left.flatMap(tracesOf)), call.name, "may", call.at);
  return unknown("limit", "items", call.at, { traces });
}

/** An error of the items of lists; where some may not be there, or are not known, it is not certain, and they may be in it. */
export function failIfCertain(call: Call, cause: string, lists: readonly Pick<ListValue, "items" | "rest">[]): Unknown {
  const isCertain = lists.every((list) => list.rest === undefined && list.items.every(isThere));
  if (isCertain) return fail(call, cause);
  const values = lists.flatMap(({ items, rest }) => [...items.map((item) => item.value), ...(rest ? [rest] : [])]);
  const traces = stepped(mergeTraces(values.flatMap(tracesOf)), call.name, "may", call.at);
  return unknown("unsupported", `${call.name}() under a condition`, call.at, { traces });
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

/** One text for equal values, and for unknowns with one id; undefined where no text decides what is equal. */
export function keyOf(value: Value): string | undefined {
  const parts: string[] = [];
  return writeKey(value, parts, 0) ? parts.join("") : undefined;
}

/** Parts of a key. A value that has more, since many of its parts are shared, has none. */
const keyPartsKept = 10_000;

/** False: the value has no key. Every part says its kind and length, so that no two values have one key. */
function writeKey(value: Value, parts: string[], depth: number): boolean {
  if (parts.length > keyPartsKept || depth > limits.depth) return false;
  switch (value.kind) {
    case "null":
      parts.push("null;");
      return true;
    case "bool":
    case "number":
      parts.push(`${value.kind} ${String(value.value)};`);
      return true;
    case "text":
      return writeTextKey(value, parts);
    case "list":
      parts.push(`${value.shape} ${value.items.length};`);
      if (value.rest !== undefined) return false;
      return value.items.every((item) => isPlain(item) && writeKey(item.value, parts, depth + 1));
    case "map":
      parts.push(`map ${value.entries.length};`);
      if (value.rest !== undefined) return false;
      return sorted(value.entries).every((entry) => writeEntryKey(entry, parts, depth + 1));
    case "unknown":
      if (value.id === undefined) return false;
      parts.push(`unknown ${value.id.length} ${value.id};`);
      return true;
    case "choice":
      return false;
  }
}

function isPlain(part: Item): boolean {
  return part.guard.length === 0;
}

function sorted(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => compareCodePoints(a.key, b.key));
}

function writeEntryKey(entry: Entry, parts: string[], depth: number): boolean {
  parts.push(`${entry.key.length} ${entry.key}=`);
  return isPlain(entry) && writeKey(entry.value, parts, depth);
}

/** Known characters, and holes by their ids. */
function writeTextKey(of: Text, parts: string[]): boolean {
  let characters = "";
  const flush = () => {
    if (characters !== "") parts.push(`text ${characters.length} ${characters};`);
    characters = "";
  };
  parts.push("(");
  for (const piece of rendered(of).pieces) {
    if (piece.kind === "known") {
      characters += piece.text;
      continue;
    }
    flush();
    if (piece.kind === "encoded" || !writeKey(piece.unknown, parts, 0)) return false;
  }
  flush();
  parts.push(")");
  return true;
}

/** The order of a set's elements: numbers by size, strings by code point, false before true, others as they are hashed. */
function compareElements(a: Value, b: Value): number {
  if (a.kind === "number" && b.kind === "number") return compared(a, b);
  if (a.kind === "bool" && b.kind === "bool") return Number(a.value) - Number(b.value);
  if (isCollection(a) && isCollection(b)) return compareCodePoints(hashOf(a), hashOf(b));
  const left = charactersOf(a);
  const right = charactersOf(b);
  if (left !== undefined && right !== undefined) return compareCodePoints(left, right);
  // Nulls come last, and so does what is not known.
  return rank(a) - rank(b);
}

function isCollection(value: Value): value is ListValue | MapValue {
  return value.kind === "list" || value.kind === "map";
}

/** A hash of a value, kept: sorting asks for it again and again. */
function hashOf(value: ListValue | MapValue): string {
  return kept(hashes, value, () => hashed(value, 0));
}

const hashes = new WeakMap<Value, string>();

/** A value as go-cty writes it to hash it (`makeSetHashBytes`): what is not known stands behind all else. */
function hashed(value: Value, depth: number): string {
  if (depth > limits.depth) return last;
  if (value.kind === "list") return `[${value.items.map((item) => `${hashed(item.value, depth + 1)};`).join("")}]`;
  if (value.kind === "map") {
    const entries = [...value.entries].sort((a, b) => compareCodePoints(a.key, b.key));
    const key = (one: Entry) => (value.typed === true ? `${JSON.stringify(one.key)}:` : "");
    const written = entries.map((one) => `${key(one)}${hashed(one.value, depth + 1)};`).join("");
    return value.typed === true ? `{${written}}` : `<${written}>`;
  }
  if (value.kind === "null") return "~";
  if (value.kind === "bool") return value.value ? "T" : "F";
  if (value.kind === "number") return decimalText(value);
  const characters = charactersOf(value);
  return characters === undefined ? last : JSON.stringify(characters);
}

const last = "\uffff";

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
