import { limits } from "../../../core/limits";
import { put } from "../../../core/map";
import { optionsOf } from "../../../core/text";
import type { Definite, ListValue, MapValue, Value } from "../../../core/value";
import { toText } from "./convert";

/**
 * Values of one type, as the elements of a list, set or map must be: where one is a string the others become strings,
 * inside lists and maps too. Undefined where no type takes them all. Unknowns, and nulls that were never given a type,
 * are of any type.
 */
export function unify(values: readonly Value[]): readonly Value[] | undefined {
  return unifyAll(values, { left: 4 * limits.items, depth: 0 });
}

interface Budget {
  /** Values that are still looked at; shared parts count each time. Over it they stay as they are. */
  left: number;
  depth: number;
}

function unifyAll(values: readonly Value[], budget: Budget): readonly Value[] | undefined {
  budget.left -= values.length;
  if (budget.left < 0 || budget.depth > limits.depth) return values;
  const kinds = new Set<Definite["kind"]>();
  for (const value of values) for (const option of optionsOf(value)) kinds.add(kindOf(option.value));
  kinds.delete("null");
  kinds.delete("unknown");
  if (kinds.has("list") || kinds.has("map")) {
    if (kinds.size > 1) return undefined;
    return unifyParts(values, budget);
  }
  if (kinds.size < 2) return values;
  return kinds.has("text") ? values.map((value) => mapOptions(value, (one) => toText(one) ?? one)) : undefined;
}

function kindOf(value: Definite): Definite["kind"] {
  if (value.kind !== "null" || value.type === undefined) return value.kind;
  return value.type === "set" ? "list" : value.type;
}

/** Converts what is inside lists, or inside maps: of objects with the same attributes, each attribute on its own. */
function unifyParts(values: readonly Value[], budget: Budget): readonly Value[] | undefined {
  const groups = groupsOf(values);
  const converted = new Map<Value, Value>();
  budget.depth++;
  for (const group of groups) {
    const unified = unifyAll(group, budget);
    if (unified === undefined) return undefined;
    group.forEach((value, i) => converted.set(value, unified[i] ?? value));
  }
  budget.depth--;
  if ([...converted].every(([before, after]) => before === after)) return values;
  return values.map((value) => mapOptions(value, (one) => rebuild(one, converted)));
}

function groupsOf(values: readonly Value[]): readonly (readonly Value[])[] {
  const wholes = values.flatMap((value) => optionsOf(value).map((option) => option.value));
  const maps = wholes.filter((value) => value.kind === "map");
  if (maps.length > 0 && haveSameKeys(maps)) {
    const byKey = new Map<string, Value[]>();
    for (const map of maps) {
      for (const entry of map.entries) {
        put(byKey, entry.key, entry.value);
      }
    }
    return [...byKey.values()];
  }
  const lists = wholes.filter((value) => value.kind === "list");
  if (maps.length === 0 && areTuples(lists))
    return (lists[0]?.items ?? []).map((_item, i) => lists.flatMap((list) => list.items[i]?.value ?? []));
  return [[...lists.flatMap(valuesIn), ...maps.flatMap(valuesIn)]];
}

function haveSameKeys(maps: readonly MapValue[]): boolean {
  const [first] = maps;
  const keys = new Set(first?.entries.map((entry) => entry.key));
  return maps.every((map) => map.entries.length === keys.size && map.entries.every((entry) => keys.has(entry.key)));
}

/** Tuples of one length keep a type for each of their elements; what is declared a list, or a set, has one for all. */
function areTuples(lists: readonly ListValue[]): boolean {
  const [first] = lists;
  return lists.every(
    (list) => list.shape === "list" && list.typed !== true && list.items.length === first?.items.length,
  );
}

function valuesIn(value: ListValue | MapValue): readonly Value[] {
  return value.kind === "list" ? value.items.map((item) => item.value) : value.entries.map((entry) => entry.value);
}

function rebuild(value: Definite, converted: ReadonlyMap<Value, Value>): Definite {
  if (value.kind === "list") {
    return {
      ...value,
      items: value.items.map((item) => ({ ...item, value: converted.get(item.value) ?? item.value })),
    };
  }
  if (value.kind !== "map") return value;
  const entries = value.entries.map((entry) => ({ ...entry, value: converted.get(entry.value) ?? entry.value }));
  return { ...value, entries };
}

/** A value, or each option of a choice, converted. */
export function mapOptions(value: Value, convert: (value: Definite) => Definite): Value {
  if (value.kind !== "choice") return convert(value);
  return { ...value, options: value.options.map((option) => ({ ...option, value: convert(option.value) })) };
}
