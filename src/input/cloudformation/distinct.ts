import { kept } from "../../core/map";
import { spanKey, type Span } from "../../core/source";

/** The first of what stands at one place. */
export function distinct<T>(items: readonly T[], placeOf: (item: T) => Span): readonly T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    kept(first, spanKey(placeOf(item)), () => item);
  }
  return [...first.values()];
}
