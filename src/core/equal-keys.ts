import { kept } from "./map";
import type { Entry } from "./value";

/** A key that stood in its map before. */
export interface RepeatedKey {
  readonly again: Entry;
  readonly first: Entry;
}

/** The last of equal keys counts, at its place; all but the first are put into `repeated`. In linear time: maps, once there are many. */
export function lastOfEqual(entries: readonly Entry[], repeated: RepeatedKey[]): readonly Entry[] {
  if (entries.length < 2 || !hasRepeated(entries)) return entries;
  const firsts = new Map<string, Entry>();
  const last = new Map<string, Entry>();
  for (const entry of entries) {
    const first = kept(firsts, entry.key, () => entry);
    if (first !== entry) repeated.push({ again: entry, first });
    last.set(entry.key, entry);
  }
  return entries.filter((entry) => last.get(entry.key) === entry);
}

function hasRepeated(entries: readonly Entry[]): boolean {
  if (entries.length > 8) return new Set(entries.map((entry) => entry.key)).size < entries.length;
  for (let i = 1; i < entries.length; i++) {
    for (let j = 0; j < i; j++) if (entries[i]?.key === entries[j]?.key) return true;
  }
  return false;
}
