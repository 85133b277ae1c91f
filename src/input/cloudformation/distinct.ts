import type { Span } from "../../core/source";

/** The first of what stands at one place. */
export function distinct<T>(items: readonly T[], placeOf: (item: T) => Span): readonly T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    const { file, start, end } = placeOf(item);
    const key = `${start} ${end} ${file}`;
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}
