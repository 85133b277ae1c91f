import { firstIndex } from "../../core/search";
import { masked } from "../../core/secret";
import { holdsSecret, namesCredential, printableParts } from "./shapes";

/**
 * A part of a source that is not shown: UTF-16 offsets, half-open. `as` stands in its place. `credential` says that it
 * may hold the text of a credential, so that not even a hash over it may be shown.
 */
export interface Hidden {
  readonly start: number;
  readonly end: number;
  readonly as: string;
  readonly credential: boolean;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a reader of tokens puts what is hidden. It judges only what somebody asks for: a few lines of a large file. */
export interface Hiding {
  isAsked(range: Range): boolean;
  /** Is nothing asked for from this offset on? */
  isDone(at: number): boolean;
  hide(part: Hidden): void;
}

/** All of a text is asked for. */
export function hidingAll(into: Hidden[]): Hiding {
  return { isAsked: () => true, isDone: () => false, hide: (part) => into.push(part) };
}

/** Parts of a text are asked for, which are sorted and apart. */
export function hidingWithin(asked: readonly Range[], into: Hidden[]): Hiding {
  const end = asked.at(-1)?.end ?? 0;
  return {
    isAsked: (range) => touches(asked, range),
    isDone: (at) => at >= end,
    hide: (part) => into.push(part),
  };
}

/** Does one of the sorted ranges share a character with this one? */
function touches(ranges: readonly Range[], { start, end }: Range): boolean {
  return (ranges[firstEndingAfter(ranges, start)]?.start ?? end) < end;
}

export function wholeOf(text: string): Range {
  return { start: 0, end: text.length };
}

/** Hides the words of a comment, which may hold anything. */
export function hideComment(text: string, range: Range, into: Hiding): void {
  if (!into.isAsked(range)) return;
  const words = text.slice(range.start, range.end);
  if (words.trim() === "") return;
  into.hide({ ...range, as: " …", credential: holdsSecret(words) || namesCredential(words) });
}

/** Hides the words of a block comment that begins at the offset. Gives the offset behind it. */
export function hideBlockComment(text: string, at: number, into: Hiding): number {
  const close = text.indexOf("*/", at + 2);
  hideComment(text, { start: at + 2, end: close < 0 ? text.length : close }, into);
  return close < 0 ? text.length : close + 2;
}

/** Hides a name that could be a credential. */
export function hideWord(text: string, range: Range, into: Hiding): void {
  if (!into.isAsked(range) || !holdsSecret(text.slice(range.start, range.end))) return;
  into.hide({ ...range, as: masked, credential: true });
}

/** Hides a literal's text, but for the parts of it that may be shown. */
export function hideLiteral(text: string, range: Range, credential: boolean, into: Hiding): void {
  let at = range.start;
  const hideUpTo = (end: number) => {
    if (end > at) into.hide({ start: at, end, as: masked, credential });
  };
  for (const part of printableParts(text.slice(range.start, range.end))) {
    const start = range.start + part.index;
    hideUpTo(start);
    at = start + part[0].length;
  }
  hideUpTo(range.end);
}

/** Ranges in their order, with those that touch as one. */
export function joinRanges(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || range.start > last.end) joined.push(range);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return joined;
}

/** Sorted, with overlapping parts joined, so that a part is hidden as soon as one reading of it says so. */
export function joinHidden(parts: readonly Hidden[]): readonly Hidden[] {
  const joined: Hidden[] = [];
  for (const part of [...parts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (last === undefined || part.start >= last.end) joined.push(part);
    else {
      const end = Math.max(last.end, part.end);
      joined[joined.length - 1] = { ...last, end, credential: last.credential || part.credential };
    }
  }
  return joined;
}

/** The first of the sorted ranges that ends after the offset: its index, or their number. */
export function firstEndingAfter(ranges: readonly Range[], offset: number): number {
  return firstIndex(ranges, ({ end }) => end > offset);
}
