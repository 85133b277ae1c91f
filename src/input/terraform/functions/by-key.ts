import { choose, type Alternative } from "../../../core/choice";
import { charactersOf } from "../../../core/encode";
import { both, when } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { put } from "../../../core/map";
import type { Span } from "../../../core/source";
import { entriesOf } from "../../../core/text";
import type { Definite, Entry, MapValue, Unknown, Value } from "../../../core/value";
import { uncovered } from "./distribute";
import { idOf } from "./same-when";

/** What there is instead of a value. */
interface Otherwise {
  /** The map has no such key, or has it in what is not known of it. */
  missing(rest: Unknown | undefined): Value;
  /** The key may be any. */
  opaque(): Value;
}

/**
 * The value of a map's key, which is a text or not known. A key that is undecided, not unknowable, makes a choice: it is
 * one of the map's keys, or it is missing.
 */
export function valueByKey(map: MapValue, key: Definite, otherwise: Otherwise, at: Span): Value {
  const known = key.kind === "text" ? charactersOf(key) : undefined;
  if (known === undefined) return byUndecidedKey(map, key, otherwise, at);
  const certain = certainValue(map, known);
  if (certain !== undefined) return certain;
  const entries = entriesWith(map, known);
  if (entries.length === 0) return otherwise.missing(map.rest);
  return orElse(entries, () => otherwise.missing(map.rest), at);
}

/** The value of a key that a map has once, in any case: nearly always there is one. */
export function certainValue(map: MapValue, key: string): Value | undefined {
  let found: Entry | undefined;
  for (const entry of map.entries.length < indexedFrom ? map.entries : entriesWith(map, key)) {
    if (entry.key !== key) continue;
    if (found !== undefined) return undefined;
    found = entry;
  }
  return found?.guard.length === 0 ? found.value : undefined;
}

function byUndecidedKey({ entries, rest }: MapValue, key: Definite, otherwise: Otherwise, at: Span): Value {
  const id = idOf(key);
  if (id === undefined || rest !== undefined || entries.length >= limits.options) return otherwise.opaque();
  const found: Alternative[] = [];
  for (const entry of entries) {
    const guard = both(entry.guard, when(id, entry.key));
    if (guard !== undefined) found.push({ guard, value: entry.value });
  }
  return orElse(found, () => otherwise.missing(undefined), at);
}

/** Of a map with many entries the keys are indexed, so that as many lookups stay linear. */
function entriesWith(map: MapValue, key: string): readonly Entry[] {
  if (map.entries.length < indexedFrom) return entriesOf(map, key);
  let index = indexes.get(map);
  if (index === undefined) {
    index = new Map<string, Entry[]>();
    for (const entry of map.entries) {
      put(index, entry.key, entry);
    }
    indexes.set(map, index);
  }
  return index.get(key) ?? [];
}

/** Fewer entries are looked through. */
const indexedFrom = 16;
const indexes = new WeakMap<MapValue, Map<string, Entry[]>>();

/** The alternatives, and another value where none of them holds. */
export function orElse(alternatives: readonly Alternative[], otherwise: () => Value, at: Span): Value {
  const guards = uncovered(alternatives.map((one) => one.guard));
  return choose([...alternatives, ...guards.map((guard) => ({ guard, value: otherwise() }))], at);
}
