import { knownEnd, knownStart, knownText } from "../../core/text";
import type { Truth } from "../../core/truth";
import type { Piece, Value } from "../../core/value";

/**
 * Are two values one region? Yes where their characters are the same, or what they are put together from: the same
 * reference is the same region, whatever it is. No where the known characters exclude it: `${var.area}-west-1` is
 * never `eu-central-1`.
 */
export function isSameRegion(a: Value, b: Value): Truth {
  const [left, right] = [piecesOf(a), piecesOf(b)];
  if (left === undefined || right === undefined) return "maybe";
  const [one, other] = [keyOf(left), keyOf(right)];
  if (one !== undefined && one === other) return "yes";
  return canBeSame(a, b) ? "maybe" : "no";
}

/** The region in characters, as hosts have it: undefined where some are not known. */
export function regionText(value: Value | undefined): string | undefined {
  return knownText(value)?.toLowerCase();
}

function piecesOf(value: Value): readonly Piece[] | undefined {
  if (value.kind === "text") return value.pieces;
  return value.kind === "unknown" ? [{ kind: "hole", unknown: value }] : undefined;
}

/** One text for one region, to compare regions by; undefined where a piece is nothing that could be compared. */
function keyOf(pieces: readonly Piece[]): string | undefined {
  let key = "";
  for (const piece of pieces) {
    if (piece.kind === "encoded") return undefined;
    const part = piece.kind === "known" ? piece.text.toLowerCase() : idOf(piece.unknown);
    if (part === undefined) return undefined;
    key += part;
  }
  return key;
}

function idOf({ id, ref }: { readonly id?: string; readonly ref?: { address: string; attribute: string } }) {
  if (id !== undefined) return `\${${id}}`;
  return ref && `\${${ref.address}.${ref.attribute}}`;
}

/** Do the known characters at the start and at the end of two texts agree, as far as both have some? */
function canBeSame(a: Value, b: Value): boolean {
  const [one, other] = [regionText(a), regionText(b)];
  if (one !== undefined && other !== undefined) return one === other;
  const [start, otherStart] = [knownStart(a).toLowerCase(), knownStart(b).toLowerCase()];
  const [end, otherEnd] = [knownEnd(a).toLowerCase(), knownEnd(b).toLowerCase()];
  const starts = start.startsWith(otherStart) || otherStart.startsWith(start);
  return starts && (end.endsWith(otherEnd) || otherEnd.endsWith(end));
}
