import type { Snippet } from "../core/report";
import { harmless } from "./shown";
import { firstEndingAfter, type Hidden, type Range } from "./mask/hidden";

/** Characters shown on either side of a place: enough for the widest terminal, so that one long line stays cheap. */
const around = 200;

/** What is shown of a line for a place in it: all, or the part around the place. */
export function shownOf(text: string, line: Range, place: Range): Range {
  return {
    start: wholeCharacter(text, Math.max(line.start, Math.min(place.start, line.end) - around)),
    end: wholeCharacter(text, Math.min(line.end, Math.max(place.start, Math.min(place.end, line.end)) + around)),
  };
}

/**
 * The one way from a source's text to what is shown: a line, or the part of it around a place, with all that is hidden
 * replaced. `line` is without its line end; `hidden` is sorted. A place within a hidden part becomes the whole of what
 * stands for it.
 */
export function snippetOf(text: string, line: Range, place: Range, hidden: readonly Hidden[]): Snippet {
  const { start, end } = shownOf(text, line, place);
  const pieces = piecesOf(text, { start, end }, hidden);
  const from = offsetIn(pieces, place.start, "start");
  return {
    text: pieces.map((piece) => piece.shown).join(""),
    start: from,
    end: Math.max(from, offsetIn(pieces, place.end, "end")),
    cutBefore: start > line.start,
    cutAfter: end < line.end,
  };
}

/** A part of the source and what is shown for it; `exact` where the two correspond one to one. */
interface ShownPiece extends Range {
  readonly shown: string;
  readonly exact: boolean;
}

function piecesOf(text: string, window: Range, hidden: readonly Hidden[]): readonly ShownPiece[] {
  const pieces: ShownPiece[] = [];
  let at = window.start;
  const showUpTo = (end: number) => {
    if (end > at) pieces.push({ start: at, end, shown: harmless(text.slice(at, end), "\ufffd"), exact: true });
  };
  for (let i = firstEndingAfter(hidden, window.start); i < hidden.length; i++) {
    const part = hidden[i];
    if (part === undefined || part.start >= window.end) break;
    showUpTo(part.start);
    pieces.push({ start: part.start, end: part.end, shown: part.as, exact: false });
    at = part.end;
  }
  showUpTo(window.end);
  return pieces;
}

function offsetIn(pieces: readonly ShownPiece[], offset: number, side: "start" | "end"): number {
  let before = 0;
  for (const piece of pieces) {
    if (offset <= piece.start) return before;
    if (offset < piece.end) {
      if (piece.exact) return before + offset - piece.start;
      return side === "start" ? before : before + piece.shown.length;
    }
    before += piece.shown.length;
  }
  return before;
}

/** The offset, or the one before where it is between the halves of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
