import { limits } from "../../../core/limits";
import { tracesOf, unknown } from "../../../core/text";
import type { Text, Value } from "../../../core/value";

/**
 * The value, or an unknown where it is over a limit. Locals that stand twice in each other double forty times without
 * taking memory; whoever walks the value would walk all of it.
 */
export function limited(value: Value): Value {
  const { count, depth } = sizeOf(value);
  if (count > limits.valueSize) return unknown("limit", "valueSize", value.at, { traces: tracesOf(value) });
  if (depth > limits.depth) return unknown("limit", "depth", value.at, { traces: tracesOf(value) });
  if (value.kind === "text" && lengthOf(value) > limits.textLength) {
    return unknown("limit", "textLength", value.at, { traces: tracesOf(value) });
  }
  return value;
}

/** Has a collection in the making become too large? Told before it takes the memory. */
export function isOverSize(parts: readonly { readonly value: Value }[]): boolean {
  if (parts.length % checkedEach !== 0) return false;
  return parts.reduce((sum, part) => sum + sizeOf(part.value).count, 0) > limits.valueSize;
}

/** Parts are counted every so many, so that counting stays cheap. */
const checkedEach = 256;

interface Size {
  /** Values and pieces, each counted as often as it stands there. */
  readonly count: number;
  readonly depth: number;
}

const one: Size = { count: 1, depth: 0 };

/** Values are immutable, so a size that was measured once is the size. */
const sizes = new WeakMap<Value, Size>();

function sizeOf(value: Value): Size {
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
    case "unknown":
      return one;
    case "text":
      return remembered(value, () =>
        value.pieces.map((piece) => (piece.kind === "encoded" ? sizeOf(piece.value) : one)),
      );
    case "list":
      return remembered(value, () => value.items.map((item) => sizeOf(item.value)));
    case "map":
      return remembered(value, () => value.entries.map((entry) => sizeOf(entry.value)));
    case "choice":
      return remembered(value, () => value.options.map((option) => sizeOf(option.value)));
  }
}

function remembered(value: Value, parts: () => readonly Size[]): Size {
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let count = 1;
  let depth = 0;
  for (const part of parts()) {
    count += part.count;
    depth = Math.max(depth, part.depth + 1);
  }
  const size = { count, depth };
  sizes.set(value, size);
  return size;
}

function lengthOf(value: Text): number {
  return value.pieces.reduce((sum, piece) => sum + (piece.kind === "known" ? piece.text.length : 0), 0);
}
