import { charactersIn, knownText } from "../../core/text";
import type { Truth } from "../../core/truth";
import type { Piece, Text, Value } from "../../core/value";

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
  return canBeSame(left, right) ? "maybe" : "no";
}

/** The region in characters, as hosts have it: undefined where some are not known. */
export function regionText(value: Value | undefined): string | undefined {
  return knownText(value)?.toLowerCase();
}

function piecesOf(value: Value): readonly Piece[] | undefined {
  if (value.kind === "text") return value.pieces;
  return value.kind === "unknown" ? [{ kind: "hole", unknown: value }] : undefined;
}

/** The same for the same region; undefined where a piece is nothing that could be compared. */
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
function canBeSame(a: Text["pieces"], b: Text["pieces"]): boolean {
  const [left, right] = [edgesOf(a), edgesOf(b)];
  if (left.whole && right.whole) return left.start === right.start;
  const start = Math.min(left.start.length, right.start.length);
  const end = Math.min(left.end.length, right.end.length);
  const starts = left.start.slice(0, start) === right.start.slice(0, start);
  return starts && left.end.slice(left.end.length - end) === right.end.slice(right.end.length - end);
}

interface Edges {
  readonly start: string;
  readonly end: string;
  readonly whole: boolean;
}

function edgesOf(pieces: Text["pieces"]): Edges {
  const first = pieces.findIndex(({ kind }) => kind !== "known");
  const last = pieces.findLastIndex(({ kind }) => kind !== "known");
  return {
    start: charactersIn(pieces.slice(0, first < 0 ? undefined : first), "").toLowerCase(),
    end: charactersIn(pieces.slice(last + 1), "").toLowerCase(),
    whole: first < 0,
  };
}
