import type { Place, Snippet } from "../core/report";
import { lineStarts, positionAt, type Position, type Source, type Span } from "../core/source";

/** Turns spans into places that may be shown. Lines of a source are found once. */
export interface Places {
  place(span: Span): Place;
  /** Start and end of a span; undefined where its file is not among the sources. */
  positions(span: Span): { readonly start: Position; readonly end: Position } | undefined;
}

const noSnippet: Snippet = { text: "", start: 0, end: 0, cutBefore: false, cutAfter: false };

export function placesIn(sources: ReadonlyMap<string, Source>): Places {
  const lines = new Map<string, readonly number[]>();
  const startsOf = (source: Source) => {
    const known = lines.get(source.path) ?? lineStarts(source.text);
    lines.set(source.path, known);
    return known;
  };
  return {
    place(span) {
      const source = sources.get(span.file);
      const first = { line: 1, column: 1 };
      if (source === undefined) {
        return { file: span.file, offset: span.start, start: first, end: first, snippet: noSnippet };
      }
      const starts = startsOf(source);
      const start = positionAt(starts, span.start);
      const end = positionAt(starts, Math.min(span.end, starts[start.line] ?? source.text.length));
      return { file: span.file, offset: span.start, start, end, snippet: noSnippet };
    },
    positions(span) {
      const source = sources.get(span.file);
      if (source === undefined) return undefined;
      const starts = startsOf(source);
      return { start: positionAt(starts, span.start), end: positionAt(starts, span.end) };
    },
  };
}
