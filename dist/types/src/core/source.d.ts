/** A text file of the input. `path` is relative to the root of the run, with forward slashes. */
export interface Source {
    readonly path: string;
    readonly text: string;
}
/** The directory that holds what has a path; "" is the root. */
export declare function directoryOf(path: string): string;
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
export declare function lineStarts(text: string): readonly number[];
/** The position of an offset in a text with these starts of lines (see lineStarts). */
export declare function positionAt(starts: readonly number[], offset: number): Position;
export declare function sameSpan(a: Span, b: Span): boolean;
/** One text for one place, to tell places apart. */
export declare function spanKey({ file, start, end }: Span): string;
/** Is one a part of the other, or the same? */
export declare function encloses(outer: Span, { file, start, end }: Span): boolean;
/** Orders by file, start and end, by code unit: the same on every machine and locale. */
export declare function compareSpans(a: Span, b: Span): number;
export declare function compareText(a: string, b: string): number;
