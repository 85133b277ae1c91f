import { knownText } from "../core/text";
import type { Entry, Value } from "../core/value";

// Reads documents whose shape other programs decide: plans, manifests, templates. What has another type than it should
// have is as if it were not there.

/** The value of a key of a map; the first one where the key stands there twice. */
export function fieldOf(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind !== "map") return undefined;
  for (const entry of value.entries) if (entry.key === key) return entry.value;
  return undefined;
}

/** The text of a key of a map, where it is wholly known. */
export function textField(value: Value | undefined, key: string): string | undefined {
  return knownText(fieldOf(value, key));
}

export function entriesIn(value: Value | undefined): readonly Entry[] {
  return value?.kind === "map" ? value.entries : [];
}

export function itemsIn(value: Value | undefined): readonly Value[] {
  return value?.kind === "list" ? value.items.map((item) => item.value) : [];
}

export function isTrue(value: Value | undefined): boolean {
  return value?.kind === "bool" && value.value;
}
