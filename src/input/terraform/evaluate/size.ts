import { limits } from "../../../core/limits";
import { lengthOf, tracesOf, unknown } from "../../../core/text";
import type { Piece, Unknown, Value } from "../../../core/value";

/**
 * The value, or an unknown where it is over a limit. Locals that stand twice in each other double forty times without
 * taking memory; whoever walks the value would walk all of it.
 */
export function limited(value: Value): Value {
  const { count, depth } = measureOf(value);
  if (count > limits.valueSize) return unknown("limit", "valueSize", value.at, { traces: tracesOf(value) });
  if (depth > limits.depth) return unknown("limit", "depth", value.at, { traces: tracesOf(value) });
  if (value.kind === "text" && lengthOf(value.pieces) > limits.textLength) {
    return unknown("limit", "textLength", value.at, { traces: tracesOf(value) });
  }
  return value;
}

/** The steps that it takes to go over values once. */
export function stepsOver(values: readonly Value[]): number {
  return values.reduce((sum, value) => sum + stepsOverOne(measureOf(value)), 0);
}

/** A step of evaluation is worth some items, and many characters, that a function looks at. */
function stepsOverOne({ count, length }: Measure): number {
  return Math.floor(count / 4 + length / 256);
}

/** Is something in the value unknown? Most values have nothing to look for. */
export function hasUnknown(value: Value): boolean {
  return value.kind === "text" ? value.pieces.some(isUnknownPiece) : measureOf(value).hasUnknown;
}

/** Does something in the value hang on a guard? */
export function hasGuard(value: Value): boolean {
  return value.kind === "text" ? value.pieces.some(isGuardedPiece) : measureOf(value).hasGuard;
}

function isUnknownPiece(piece: Piece): boolean {
  return piece.kind === "hole" || (piece.kind === "encoded" && hasUnknown(piece.value));
}

function isGuardedPiece(piece: Piece): boolean {
  return piece.kind === "encoded" && hasGuard(piece.value);
}

/** Has a collection in the making become too large? Told before it takes the memory. */
export function isOverSize(parts: readonly { readonly value: Value }[]): boolean {
  if (parts.length % checkedEach !== 0) return false;
  return parts.reduce((sum, part) => sum + measureOf(part.value).count, 0) > limits.valueSize;
}

/** Parts are counted every so many, so that counting stays cheap. */
const checkedEach = 256;

interface Measure {
  /** Values and pieces, each counted as often as it stands there. */
  readonly count: number;
  readonly depth: number;
  /** Known characters, counted likewise. */
  readonly length: number;
  readonly hasUnknown: boolean;
  readonly hasGuard: boolean;
}

const known: Measure = { count: 1, depth: 0, length: 0, hasUnknown: false, hasGuard: false };
const notKnown: Measure = { ...known, hasUnknown: true };

function measureOf(value: Value): Measure {
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
      return known;
    case "unknown":
      return notKnown;
    case "text":
    case "list":
    case "map":
    case "choice":
      return remembered.get(value) ?? measured(value);
  }
}

/** Values are immutable, so a measure stands. Of small values it is taken again, which costs less than to keep it. */
const remembered = new WeakMap<Value, Measure>();
const keptFrom = 16;

function measured(value: Exclude<Value, Unknown>): Measure {
  const sum: Sum = { count: 1, depth: 0, length: 0, hasUnknown: false, hasGuard: value.kind === "choice" };
  switch (value.kind) {
    case "text":
      for (const piece of value.pieces) {
        if (piece.kind === "encoded") add(sum, piece.value);
        else sum.count++;
        if (piece.kind === "hole") sum.hasUnknown = true;
        if (piece.kind === "known") sum.length += piece.text.length;
      }
      break;
    case "list":
      for (const item of value.items) addPart(sum, item);
      if (value.rest !== undefined) sum.hasUnknown = true;
      break;
    case "map":
      for (const entry of value.entries) addPart(sum, entry);
      if (value.rest !== undefined) sum.hasUnknown = true;
      break;
    case "choice":
      for (const option of value.options) addPart(sum, option);
      break;
    case "null":
    case "bool":
    case "number":
      break;
  }
  if (sum.count >= keptFrom) remembered.set(value, sum);
  return sum;
}

type Sum = { -readonly [K in keyof Measure]: Measure[K] };

function add(sum: Sum, value: Value): void {
  const part = measureOf(value);
  sum.count += part.count;
  sum.length += part.length;
  if (part.depth >= sum.depth) sum.depth = part.depth + 1;
  if (part.hasUnknown) sum.hasUnknown = true;
  if (part.hasGuard) sum.hasGuard = true;
}

function addPart(sum: Sum, part: { readonly guard: readonly unknown[]; readonly value: Value }): void {
  add(sum, part.value);
  if (part.guard.length > 0) sum.hasGuard = true;
}
