import { choose, type Alternative } from "../../../core/choice";
import { distribute } from "../../../core/distribute";
import { always, both } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { knownText, refOf, text, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, ListValue, MapValue, Unknown, Value } from "../../../core/value";
import { orElse, valueByKey } from "../functions/by-key";
import { consequence, invalid, isError } from "../functions/context";
import { uncovered } from "../functions/distribute";
import { asNumber, asText, described } from "./convert";
import type { Evaluation } from "./scope";

/** `value.name`. `at` is the whole traversal. */
export function attributeOf(value: Value, name: string, at: Span, evaluation: Evaluation): Value {
  if (value.kind !== "choice") return attributeOfDefinite(value, name, at, evaluation);
  const alternatives = value.options.map((option) => ({
    guard: option.guard,
    value: attributeOfDefinite(option.value, name, at, evaluation),
  }));
  return choose(alternatives, at);
}

function attributeOfDefinite(value: Definite, name: string, at: Span, evaluation: Evaluation): Value {
  switch (value.kind) {
    case "map":
      return fromMap(value, text(name, at), `the object has no attribute ${name}`, at);
    case "unknown":
      return attributeOfUnknown(value, name, at, evaluation);
    case "null":
    case "bool":
    case "number":
    case "text":
    case "list":
      return invalid(`${described(value)} has no attribute ${name}`, at);
  }
}

function attributeOfUnknown(value: Unknown, name: string, at: Span, evaluation: Evaluation): Value {
  if (isError(value)) return value;
  const instance = value.ref?.attribute === "" ? evaluation.instance(value.ref.address) : undefined;
  return instance?.attribute(name, at) ?? partOf(value, `.${name}`, at);
}

/** A part of something unknown is the same unknown wherever it is taken from the same. */
function partOf(value: Unknown, accessor: string, at: Span): Unknown {
  const { kind, what } = value.reason;
  const id = value.id === undefined ? {} : { id: value.id + accessor };
  return unknown(kind, what, at, { ...id, traces: stepped(value.traces, accessor, "may", at) });
}

/** `value[key]`. `at` is the whole traversal. */
export function elementOf(value: Value, key: Value, at: Span, evaluation: Evaluation): Value {
  return distribute([value, key], at, ([of, by]) =>
    of === undefined || by === undefined ? consequence([value, key], at) : elementOfDefinite(of, by, at, evaluation),
  );
}

function elementOfDefinite(value: Definite, key: Definite, at: Span, evaluation: Evaluation): Value {
  if (isError(value)) return value;
  if (isError(key)) return key;
  switch (value.kind) {
    case "map":
      return elementOfMap(value, key, at);
    case "list":
      return elementOfList(value, key, at);
    case "unknown":
      return elementOfUnknown(value, key, at, evaluation);
    case "null":
    case "bool":
    case "number":
    case "text":
      return invalid(`${described(value)} has no elements`, at);
  }
}

function elementOfUnknown(value: Unknown, key: Definite, at: Span, evaluation: Evaluation): Value {
  const known = knownText(asText(key, "an index", at));
  if (known === undefined) return unknown(value.reason.kind, value.reason.what, at, { traces: partly(value, at) });
  if (key.kind === "text" && value.ref?.attribute === "") return attributeOfUnknown(value, known, at, evaluation);
  return partOf(value, `[${key.kind === "number" ? known : JSON.stringify(known)}]`, at);
}

function elementOfMap(value: MapValue, key: Definite, at: Span): Value {
  const by = asText(key, "a key", at);
  return isError(by) ? by : fromMap(value, by, "the map has no element with this key", at);
}

function fromMap(map: MapValue, key: Definite, missing: string, at: Span): Value {
  const otherwise = {
    missing: (rest: Unknown | undefined) => (rest === undefined ? invalid(missing, at) : restPart(rest, at)),
    opaque: () => consequence([key], at, partly(map, at)),
  };
  return valueByKey(map, key, otherwise, at);
}

function restPart(rest: Unknown, at: Span): Unknown {
  return unknown(rest.reason.kind, rest.reason.what, at, { traces: partly(rest, at) });
}

function partly(value: Value, at: Span): Unknown["traces"] {
  return stepped(tracesOf(value), "an element", "may", at);
}

function elementOfList(value: ListValue, key: Definite, at: Span): Value {
  if (value.shape === "set") return invalid("a set has no elements by index", at);
  const by = asNumber(key, "an index", at);
  if (by.kind !== "number") {
    return isError(by) ? by : consequence([by], at, partly(value, at));
  }
  const index = by.value;
  if (!Number.isInteger(index) || index < 0) return invalid("an index is a whole number from 0", at);
  return itemAt(value, index, at);
}

/** Items under guards move those behind them: every way to have `index` items before an item is an option. */
function itemAt(list: ListValue, index: number, at: Span): Value {
  const beyond = invalid("the index is beyond the list", at);
  if (list.rest !== undefined) return inOpenList(list, list.rest, at);
  const sure = surelyThere(list);
  if (index < sure || sure === list.items.length) return list.items[index]?.value ?? beyond;
  const found: Alternative[] = [];
  let ways: readonly { guard: Alternative["guard"]; before: number }[] = [{ guard: always, before: 0 }];
  for (const item of list.items) {
    const next: { guard: Alternative["guard"]; before: number }[] = [];
    for (const way of ways) {
      const there = both(way.guard, item.guard);
      if (there !== undefined && way.before === index) found.push({ guard: there, value: item.value });
      else if (there !== undefined) next.push({ guard: there, before: way.before + 1 });
      if (item.guard.length === 0) continue;
      for (const absent of uncovered([item.guard])) {
        const guard = both(way.guard, absent);
        if (guard !== undefined) next.push({ guard, before: way.before });
      }
    }
    if (next.length + found.length > limits.options)
      return unknown("limit", "options", at, { traces: partly(list, at) });
    ways = next;
  }
  return choose([...found, ...ways.map(({ guard }) => ({ guard, value: beyond }))], at);
}

/** How many items at the start of a list hang on no guard. Of a long list it is kept, so that many lookups stay linear. */
function surelyThere(list: ListValue): number {
  const known = surelyThereIn.get(list);
  if (known !== undefined) return known;
  const guarded = list.items.findIndex((item) => item.guard.length > 0);
  const sure = guarded < 0 ? list.items.length : guarded;
  if (list.items.length >= 16) surelyThereIn.set(list, sure);
  return sure;
}

const surelyThereIn = new WeakMap<ListValue, number>();

/** More items may stand in any place. Of instances that one stands for, it stands for each. */
function inOpenList(list: ListValue, rest: Unknown, at: Span): Value {
  const [item] = list.items;
  const standsForAll =
    item !== undefined && list.items.length === 1 && refOf(item.value)?.address === rest.ref?.address;
  if (standsForAll && rest.ref !== undefined)
    return orElse([item], () => invalid("the index is beyond the list", at), at);
  return { ...restPart(rest, at), traces: partly(list, at) };
}
