import type { Event } from "js-yaml";
import type { RepeatedKey } from "../core/equal-keys";
import { limits } from "../core/limits";
import { printable } from "../core/message";
import { knownText, mergeTraces, text as textOf, tracesOf, unknown } from "../core/text";
import type { Entry, MapValue, Unknown, Value } from "../core/value";
import { scalarEvent, type Builder, type YamlProblem } from "./yaml-builder";
import { isPlain, scalarText } from "./yaml-scalar";

/** `<<` as YAML 1.1 has it (yaml.org/type/merge.html). */
export function isMerge(builder: Builder, event: Event | undefined): boolean {
  if (event?.type !== scalarEvent || event.valueEnd - event.valueStart !== 2 || !isPlain(event)) return false;
  return event.tagStart < 0 && builder.view.text.startsWith("<<", event.valueStart);
}

/** The maps that a merge key names; undefined where its value is no map. */
export function mapsOf(value: Value): readonly MapValue[] | undefined {
  if (value.kind === "map") return [value];
  if (value.kind !== "list") return undefined;
  const maps = value.items.flatMap((item) => (item.value.kind === "map" ? [item.value] : []));
  return maps.length === value.items.length ? maps : undefined;
}

/** The entries that merged maps add: of equal keys the first map's, and none that the map has itself. */
export function mergedEntries(builder: Builder, own: readonly Entry[], merged: readonly MapValue[]): readonly Entry[] {
  const keys = new Set(own.map((entry) => entry.key));
  const added: Entry[] = [];
  for (const map of merged) {
    builder.expanded += map.entries.length;
    if (builder.expanded > limits.aliasNodes) {
      builder.problems.push({ message: "has aliases that repeat too much", at: map.at, limit: "aliasNodes" });
      return added;
    }
    for (const entry of map.entries) {
      if (keys.has(entry.key)) continue;
      keys.add(entry.key);
      added.push(entry);
    }
  }
  return added;
}

/** CloudFormation's keys are text as written. What is not known of a key is not a key. */
export function keyText(builder: Builder, key: Value, event: Event | undefined): string | undefined {
  switch (key.kind) {
    case "text":
      return knownText(key);
    case "null":
    case "bool":
    case "number": {
      const isWritten = builder.dialect === "cloudformation" && event?.type === scalarEvent;
      if (isWritten) return event.valueStart < 0 ? "" : knownText(scalarText(builder.view, event));
      return key.kind === "null" ? "null" : String(key.value);
    }
    case "list":
    case "map":
    case "choice":
    case "unknown":
      return undefined;
  }
}

export function withRest(builder: Builder, rest: Unknown | undefined, key: Value, value: Value): Unknown {
  const isHole = key.kind === "text" || key.kind === "unknown";
  if (!isHole) builder.problems.push({ message: "has a key that is no text", at: key.at });
  const traces = mergeTraces([...(rest?.traces ?? []), ...tracesOf(value)]);
  return unknown(isHole ? "unsupported" : "invalid", "a key", key.at, { traces });
}

/** What is reported of a key that is there twice. */
export function repetition({ again: { key, keyAt: at }, first }: RepeatedKey): YamlProblem {
  return { message: `has the key ${printable(textOf(key, at))} twice`, at, first: first.keyAt };
}
