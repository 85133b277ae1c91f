import { choose } from "../../../core/choice";
import { always, both, type Guard } from "../../../core/guard";
import { put } from "../../../core/map";
import { compareCodePoints } from "../../../core/scalar";
import type { Span } from "../../../core/source";
import { knownText, mergeTraces, refOf, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, Entry, Item, ListValue, MapValue, Unknown, Value } from "../../../core/value";
import { isError } from "../functions/context";
import { without } from "../functions/distribute";
import type { Expression, ForObject, ForTuple, Splat, TemplateFor } from "../parse/syntax";
import { described } from "./convert";
import { decide } from "./decide";
import { handed } from "./handed";
import { evaluate, keysIn, withOther } from "./expression";
import { bind, failure, overLimit, placeOf, valueOfKey, type BoundNames, type ElementKey, type Scope } from "./scope";
import { isOverSize, limited } from "./size";

type Loop = ForTuple | ForObject | TemplateFor;

/** What a loop goes over: the turns that are known, and what stands for those that are not. */
interface Turns {
  readonly known: readonly Turn[];
  readonly rest?: OtherTurns;
  readonly error?: Unknown;
}

/** One turn that stands for all that are not known, and why they are not. */
interface OtherTurns {
  readonly cause: Unknown;
  readonly turn: Turn;
}

interface Turn extends BoundNames {
  readonly guard: Guard;
  readonly label: string;
}

/** The turns of a `for` over one collection: maps and sets in the order of their keys, as Terraform goes over them. */
export function turnsOf(collection: Definite, loop: Loop, scope: Scope): Turns {
  const pairs = pairsOf(collection);
  if (pairs === undefined) {
    const error = isError(collection)
      ? collection
      : failure(`"for" goes over a list, set or map, not over ${described(collection)}`, loop.collection, scope);
    return { known: [], error };
  }
  // Of two equal names the item's counts.
  const names = loop.key === undefined ? [loop.item] : [loop.item, loop.key];
  const turn = ({ guard, key, value }: Pair, label: string): Turn => ({
    kind: "names",
    guard,
    names,
    values: loop.key === undefined ? [value] : [value, valueOfKey(key)],
    label: `${loop.item} ${label}`,
  });
  const known = pairs.known.map((pair, i) => turn(pair, String(i)));
  if (pairs.rest === undefined) return { known };
  const { rest } = pairs;
  const { key, value } = othersOf(rest);
  const others = { guard: rest.any ?? always, key, value: rest.each ?? value };
  return { known, rest: { cause: rest, turn: turn(others, "*") } };
}

export interface Pair {
  readonly guard: Guard;
  readonly key: ElementKey;
  readonly value: Value;
}

/** One that stands for all elements that are not known. */
export interface Others extends Pair {
  readonly key: Value;
}

/** Keys and values of a collection; undefined where it is none. An unknown one is all rest. */
export function pairsOf(collection: Definite): { known: readonly Pair[]; rest?: Unknown } | undefined {
  switch (collection.kind) {
    case "list":
      return { known: pairsOfList(collection), ...(collection.rest && { rest: collection.rest }) };
    case "map":
      return { known: pairsOfMap(collection), ...(collection.rest && { rest: collection.rest }) };
    case "unknown":
      return isError(collection) ? undefined : { known: [], rest: collection };
    case "null":
    case "bool":
    case "number":
    case "text":
      return undefined;
  }
}

function pairsOfList({ items, shape, rest }: ListValue): readonly Pair[] {
  if (shape === "set") {
    const sorted = items.every((item) => knownText(item.value) !== undefined)
      ? items.toSorted((a, b) => compareCodePoints(knownText(a.value) ?? "", knownText(b.value) ?? ""))
      : items;
    return sorted.map(({ guard, value }) => ({ guard, key: value, value }));
  }
  let countedUpTo = rest === undefined ? items.findIndex((item) => item.guard.length > 0) : 0;
  if (countedUpTo < 0) countedUpTo = items.length;
  return items.map(({ guard, value }, i) => {
    const key: Value =
      i <= countedUpTo && rest === undefined
        ? { kind: "number", value: i, at: value.at }
        : unknown("unsupported", "an index after an item that may not be there", value.at);
    return { guard, key, value };
  });
}

function pairsOfMap({ entries }: MapValue): readonly Pair[] {
  return entries
    .toSorted((a, b) => compareCodePoints(a.key, b.key))
    .map((entry) => ({ guard: entry.guard, key: entry, value: handed(entry) }));
}

/** Key and value of elements that are not known: the same wherever the same collection is gone over. */
export function othersOf(rest: Unknown): { key: Value; value: Unknown } {
  const { kind, what } = rest.reason;
  const id = (part: string) => (rest.id === undefined ? {} : { id: `${rest.id}[*].${part}` });
  const value = { ...unknown(kind, what, rest.at, { ...id("value"), traces: rest.traces }) };
  return {
    key: unknown(kind, what, rest.at, id("key")),
    value: rest.ref === undefined ? value : { ...value, id: rest.id ?? "", ref: rest.ref },
  };
}

export function overChoice(collection: Value, at: Span, make: (one: Definite) => Value): Value {
  if (collection.kind !== "choice") return make(collection);
  return choose(
    collection.options.map((option) => ({ guard: option.guard, value: make(option.value) })),
    at,
  );
}

export function evaluateForTuple(e: ForTuple, scope: Scope): Value {
  const at = scope.at(e);
  return overChoice(evaluate(e.collection, scope), at, (collection) => {
    const turns = turnsOf(collection, e, scope);
    if (turns.error !== undefined) return turns.error;
    const items: Item[] = [];
    const standsForOthers = turns.rest?.cause.each === undefined ? [] : [turns.rest.turn];
    for (const turn of [...turns.known, ...standsForOthers]) {
      const inside = bind(scope, turn, turn.label);
      const error = forEachWay(turn, e.condition, inside, (guard) => {
        items.push({ guard, value: evaluate(e.value, inside) });
      });
      if (error !== undefined) return error;
      if (items.length > 0 && isOverSize(items)) return overLimit("valueSize", at);
    }
    const rest = turns.rest && restValue(turns.rest.cause, turns.rest.turn, e.value, scope, at);
    return limited({ kind: "list", shape: "list", items, at, ...(rest && { rest }) });
  });
}

/** Calls back with every guard under which the condition takes the turn, and gives the error that the condition is. */
function forEachWay(
  turn: Turn,
  condition: Expression | undefined,
  inside: Scope,
  take: (guard: Guard) => void,
): Unknown | undefined {
  if (condition === undefined) {
    take(turn.guard);
    return undefined;
  }
  for (const branch of decide(evaluate(condition, inside), condition, inside)) {
    if (typeof branch.value !== "boolean") return branch.value;
    const guard = branch.value ? both(turn.guard, branch.guard) : undefined;
    if (guard !== undefined) take(guard);
  }
  return undefined;
}

/** What stands for the results of turns that are not known. */
function restValue(cause: Unknown, turn: Turn, e: Expression, scope: Scope, at: Span): Unknown {
  return asRest(evaluate(e, bind(scope, turn, turn.label)), cause, at);
}

/** What stands for the entries of turns that are not known, and for those whose key is not. */
function restOfObject({ cause, turn }: OtherTurns, e: ForObject, draft: ObjectDraft, scope: Scope): Unknown {
  const key = tracesOf(evaluate(e.keyValue, bind(scope, turn, turn.label)));
  const value = restValue(cause, turn, e.value, scope, scope.at(e));
  const more = [...key, ...(draft.rest?.traces ?? [])];
  return more.length === 0 ? value : { ...value, traces: mergeTraces([...value.traces, ...more]) };
}

/** A value of which there may be any number, as the unknown rest of a list or map. */
function asRest(value: Value, cause: Unknown, at: Span): Unknown {
  if (value.kind === "unknown" && !isError(value)) return value;
  const ref = refOf(value);
  return unknown(cause.reason.kind, cause.reason.what, at, { traces: tracesOf(value), ...(ref && { ref }) });
}

export function evaluateForObject(e: ForObject, scope: Scope): Value {
  const at = scope.at(e);
  return overChoice(evaluate(e.collection, scope), at, (collection) => {
    const turns = turnsOf(collection, e, scope);
    if (turns.error !== undefined) return turns.error;
    const draft: ObjectDraft = { entries: new Map(), rest: undefined };
    for (const turn of turns.known) {
      const inside = bind(scope, turn, turn.label);
      const failed = forEachWay(turn, e.condition, inside, (guard) => {
        addEntry(draft, e, guard, inside);
      });
      const error = failed ?? draft.error;
      if (error !== undefined) return error;
    }
    const rest = turns.rest ? restOfObject(turns.rest, e, draft, scope) : draft.rest;
    const entries = [...draft.entries.values()].flat();
    const whole = e.grouped ? grouped(entries, at) : entries;
    return limited({ kind: "map", entries: whole, at, ...(rest && { rest }) });
  });
}

interface ObjectDraft {
  readonly entries: Map<string, Entry[]>;
  rest: Unknown | undefined;
  error?: Unknown;
}

function addEntry(draft: ObjectDraft, e: ForObject, turnGuard: Guard, inside: Scope): void {
  const keyAt = placeOf(e.keyValue, inside);
  const keys = keysIn(evaluate(e.keyValue, inside), e.keyValue, inside);
  const value = evaluate(e.value, inside);
  for (const key of keys) {
    if (key.kind === "error") {
      draft.error = key.error;
      return;
    }
    if (key.kind === "unknown") {
      draft.rest = withOther(draft.rest, key.cause, value, inside.at(e));
      continue;
    }
    const guard = both(turnGuard, key.guard);
    if (guard === undefined) continue;
    const same = draft.entries.get(key.key);
    const entry = { key: key.key, keyAt, guard, value };
    if (same === undefined) draft.entries.set(key.key, [entry]);
    else if (e.grouped) same.push(entry);
    else if (guard.length === 0 && same.some((one) => one.guard.length === 0)) {
      draft.error = failure('two elements have one key; "..." after the value groups them', e.keyValue, inside);
    } else for (const free of guardsBeside(guard, same)) same.push({ ...entry, guard: free });
  }
}

/** Where two elements with one key may be, Terraform refuses the ways in which both are: the first is there alone. */
function guardsBeside(guard: Guard, entries: readonly Entry[]): readonly Guard[] {
  let free: readonly Guard[] = [guard];
  for (const entry of entries) free = free.flatMap((one) => without(one, entry.guard));
  return free;
}

/** `...`: the values of a key are a list. */
function grouped(entries: readonly Entry[], at: Span): readonly Entry[] {
  const byKey = new Map<string, Entry[]>();
  for (const entry of entries) {
    put(byKey, entry.key, entry);
  }
  return [...byKey.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const items = same.map(({ guard, value }) => ({ guard, value }));
    const present = same.some((entry) => entry.guard.length === 0) ? always : first.guard;
    return [{ ...first, guard: present, value: { kind: "list", shape: "list", items, at } as const }];
  });
}

/** `of[*]…`: on what is no list it works on a list of it alone, or of nothing where it is null. */
export function evaluateSplat(e: Splat, scope: Scope): Value {
  const at = scope.at(e);
  const each = (value: Value, label: string): Value =>
    e.each.kind === "splat-item"
      ? value
      : evaluate(e.each, bind(scope, { kind: "names", names: splatNames, values: [value] }, `* ${label}`));
  return overChoice(evaluate(e.of, scope), at, (of) => {
    if (isError(of)) return of;
    const isObject = of.kind === "unknown" && of.ref?.attribute === "";
    if (of.kind === "unknown" && !isObject) {
      const item = { ...othersOf(of).value, traces: stepped(of.traces, "[*]", "may", at) };
      return { kind: "list", shape: "list", items: [], rest: asRest(each(item, "*"), of, at), at };
    }
    const list = of.kind === "list" ? of : undefined;
    const source: readonly Item[] = list?.items ?? (of.kind === "null" ? [] : [{ guard: always, value: of }]);
    const items = source.map(({ guard, value }, i) => ({ guard, value: each(value, String(i)) }));
    const error = items.find((item) => item.guard.length === 0 && isError(item.value))?.value;
    if (error !== undefined) return error;
    const rest = list?.rest && asRest(each(list.rest, "*"), list.rest, at);
    return limited({ kind: "list", shape: "list", items, at, ...(rest && { rest }) });
  });
}

const splatNames = ["*"];
