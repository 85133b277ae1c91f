import { knownText } from "../../../core/text";
import type { Entry, Value } from "../../../core/value";

// Plans are data of somebody else: what has another type than it should have is as if it were not there.

export function field(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "map" ? value.entries.find((entry) => entry.key === key)?.value : undefined;
}

export function textField(value: Value | undefined, key: string): string | undefined {
  return knownText(field(value, key));
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
