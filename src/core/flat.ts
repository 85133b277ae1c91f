import { mergeTraces, tracesOf } from "./text";
import { firstIndex } from "./search";
import type { Span } from "./source";
import type { Encoded, Hole, Known, Piece, Text, Trace } from "./value";

/**
 * The known characters of a text in one string, so that a reader can scan them, with the way back to the pieces and
 * their places. Offsets are UTF-16 units into `characters`. What is not known characters has no width: it is a mark.
 */
export interface Flat {
  readonly characters: string;
  readonly pieces: readonly Piece[];
  /** The offset of every piece. */
  readonly starts: readonly number[];
  readonly marks: readonly Mark[];
  readonly at: Span;
  /** Where the text is one piece that corresponds one to one to its place: the place of offset 0. */
  readonly base: number | undefined;
  /** Where the text is one piece: the traces that a part of it may carry. */
  readonly traces: readonly Trace[];
}

/** A hole, or a value in an encoding, before the character at `offset`. */
interface Mark {
  readonly offset: number;
  readonly piece: Hole | Encoded;
}

export function flatten(text: Text): Flat {
  const { pieces, at } = text;
  const [only] = pieces;
  if (only?.kind === "known" && pieces.length === 1) {
    const base = isExact(only) ? only.at.start : undefined;
    return { characters: only.text, pieces, starts: [0], marks: [], at: only.at, base, traces: partly(only.traces) };
  }
  const texts: string[] = [];
  const starts: number[] = [];
  const marks: Mark[] = [];
  let offset = 0;
  for (const piece of pieces) {
    starts.push(offset);
    if (piece.kind === "known") {
      texts.push(piece.text);
      offset += piece.text.length;
    } else {
      marks.push({ offset, piece });
    }
  }
  return { characters: texts.join(""), pieces, starts, marks, at, base: undefined, traces: [] };
}

/** The place of a range of characters. An empty range has the place between two characters. */
export function spanOf(flat: Flat, start: number, end: number): Span {
  if (flat.base !== undefined) return { file: flat.at.file, start: flat.base + start, end: flat.base + end };
  const first = placeOf(flat, start, true);
  const last = end > start ? placeOf(flat, end - 1, false) : first;
  if (first === undefined || last === undefined) return flat.at;
  if (start === end) return { ...first, end: first.start };
  // A text that was put together from several files has no place as a whole: its first piece stands for it.
  return first.file === last.file && last.end >= first.start ? { ...first, end: last.end } : first;
}

/**
 * The text of a range, with the marks at its start, inside it and at its end. So ranges that are cut apart at a
 * delimiter have each mark once.
 */
export function slice(flat: Flat, start: number, end: number): Text {
  if (flat.base !== undefined && start < end) {
    const at = { file: flat.at.file, start: flat.base + start, end: flat.base + end };
    if (start === 0 && end === flat.characters.length) return { kind: "text", pieces: flat.pieces, at };
    const characters = flat.characters.slice(start, end);
    return { kind: "text", pieces: [{ kind: "known", text: characters, at, traces: flat.traces }], at };
  }
  const pieces: Piece[] = [];
  for (let i = firstPieceAt(flat, start); i < flat.pieces.length; i++) {
    const piece = flat.pieces[i];
    const offset = flat.starts[i] ?? 0;
    if (piece === undefined || offset > end) break;
    if (piece.kind !== "known") {
      pieces.push(piece);
      continue;
    }
    const from = Math.max(0, start - offset);
    const to = Math.min(piece.text.length, end - offset);
    if (from < to) pieces.push(cut(piece, from, to));
  }
  return { kind: "text", pieces, at: start === end ? markPlace(flat, pieces, start) : spanOf(flat, start, end) };
}

/** The place of a text without characters: of the hole that it is, or between two characters. */
function markPlace(flat: Flat, [first]: readonly Piece[], offset: number): Span {
  if (first === undefined) return spanOf(flat, offset, offset);
  return first.kind === "hole" ? first.unknown.at : first.at;
}

/** A part of a known piece. A credential that ran through the whole may run through the part. */
export function cut(piece: Known, from: number, to: number): Known {
  if (from === 0 && to === piece.text.length) return piece;
  const at = isExact(piece) ? { ...piece.at, start: piece.at.start + from, end: piece.at.start + to } : piece.at;
  return { kind: "known", text: piece.text.slice(from, to), at, traces: partly(piece.traces) };
}

/** A text of very many pieces keeps its characters, and its place as a whole, so that memory stays in proportion. */
export function coarse(pieces: readonly Piece[], at: Span): readonly Piece[] {
  const result: Piece[] = [];
  let run: Known[] = [];
  const flush = (): void => {
    const characters = run.map((piece) => piece.text).join("");
    if (run.length > 0)
      result.push({ kind: "known", text: characters, at, traces: tracesOf({ kind: "text", pieces: run, at }) });
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === "known") {
      run.push(piece);
    } else {
      flush();
      result.push(piece);
    }
  }
  flush();
  return result;
}

function partly(traces: readonly Trace[]): readonly Trace[] {
  return mergeTraces(traces.map((trace) => ({ ...trace, certainty: "may" as const })));
}

/** Do the characters of a piece correspond one to one to its place? */
export function isExact(piece: Known): boolean {
  return piece.at.end - piece.at.start === piece.text.length;
}

/** The place of one character: of the character itself, or of the whole piece where the piece is not exact. */
function placeOf(flat: Flat, offset: number, orBefore: boolean): Span | undefined {
  for (let i = firstPieceAt(flat, offset); i < flat.pieces.length; i++) {
    const piece = flat.pieces[i];
    if (piece?.kind !== "known") continue;
    const local = offset - (flat.starts[i] ?? 0);
    if (local >= piece.text.length) continue;
    if (!isExact(piece)) return piece.at;
    return { ...piece.at, start: piece.at.start + local, end: piece.at.start + local + 1 };
  }
  // Behind the last character.
  if (!orBefore || offset === 0) return undefined;
  const before = placeOf(flat, offset - 1, false);
  return before && { ...before, start: before.end };
}

/** Index of the first piece that ends at or after an offset: where the next one starts. */
function firstPieceAt({ starts }: Flat, offset: number): number {
  return Math.max(0, firstIndex(starts, (start) => start >= offset) - 1);
}
