import { firstIndex } from "./search";

/** A text file of the input. `path` is relative to the root of the run, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The directory that holds what has a path; "" is the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A piece of a source: UTF-16 offsets, start inclusive, end exclusive. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** 1-based line and column in UTF-16 units, as SARIF's utf16CodeUnits. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets of the first character of every line. A line ends at LF, CRLF or a lone CR. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  let feed = text.indexOf("\n");
  let carriage = text.indexOf("\r");
  while (feed >= 0 || carriage >= 0) {
    const isFeed = carriage < 0 || (feed >= 0 && feed <= carriage + 1);
    const start = (isFeed ? feed : carriage) + 1;
    starts.push(start);
    if (feed >= 0 && feed < start) feed = text.indexOf("\n", start);
    if (carriage >= 0 && carriage < start) carriage = text.indexOf("\r", start);
  }
  return starts;
}

/** The position of an offset in a text with these starts of lines (see lineStarts). */
export function positionAt(starts: readonly number[], offset: number): Position {
  const line = firstIndex(starts, (start) => start > offset);
  return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
}

export function sameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

/** One text for one place, to tell places apart. */
export function spanKey({ file, start, end }: Span): string {
  return `${start} ${end} ${file}`;
}

/** Is one a part of the other, or the same? */
export function encloses(outer: Span, { file, start, end }: Span): boolean {
  return outer.file === file && outer.start <= start && outer.end >= end;
}

/** Orders by file, start and end, by code unit: the same on every machine and locale. */
export function compareSpans(a: Span, b: Span): number {
  return compareText(a.file, b.file) || a.start - b.start || a.end - b.end;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
