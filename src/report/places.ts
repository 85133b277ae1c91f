import { kept, put } from "../core/map";
import type { Place, Snippet } from "../core/report";
import { firstIndex } from "../core/search";
import { compareSpans, lineStarts, positionAt, type Position, type Source, type Span } from "../core/source";
import { lineHashes, type LineHash } from "./line-hash";
import { firstEndingAfter, joinRanges, type Hidden, type Range } from "./mask/hidden";
import { hiddenIn, hiddenWithin } from "./mask/mask";
import { once } from "../core/once";
import { shownOf, snippetOf } from "./snippet";

/** Turns spans into places that may be shown. What a source needs for it is worked out once, when first asked. */
export interface Places {
  place(span: Span): Place;
  /** Start and end of a span; undefined where its file is not among the sources. */
  positions(span: Span): Positions | undefined;
  /** GitHub's hash of the line that a span starts on; undefined where it would be over text that may be a credential. */
  lineHash(span: Span): string | undefined;
}

interface Positions {
  readonly start: Position;
  readonly end: Position;
}

/**
 * What is hidden where `evidence` points may be a credential, whatever it looks like. `others` are shown, too: a source is
 * looked through for all of them at once, and once more as a whole if a place is asked for that is not among them.
 */
export function placesIn(
  sources: ReadonlyMap<string, Source>,
  evidence: readonly Span[],
  others: readonly Span[],
): Places {
  const pointedAt = once(() => byFile(evidence));
  const expected = once(() => byFile([...evidence, ...others]));
  const opened = new Map<string, Opened>();
  const open = (path: string) => {
    const source = sources.get(path);
    if (source === undefined) return undefined;
    const of = (spans: ReadonlyMap<string, readonly Span[]>) => spans.get(path) ?? [];
    return kept(opened, path, () => openSource(source, of(pointedAt()), of(expected())));
  };
  return {
    place(span) {
      const source = open(span.file);
      return source === undefined ? placeWithoutText(span) : placeIn(source, span);
    },
    positions(span) {
      const source = open(span.file);
      return source && { start: source.position(span.start), end: source.position(span.end) };
    },
    lineHash(span) {
      const source = open(span.file);
      return source && lineHashIn(source, span);
    },
  };
}

/** A source and what is worked out of it. */
interface Opened {
  readonly text: string;
  readonly starts: readonly number[];
  position(offset: number): Position;
  /** What is hidden of a part, and perhaps of others. */
  hidden(part: Range): readonly Hidden[];
  /** May something that is hidden of a part be a credential? */
  hidesCredential(part: Range): boolean;
  hashes(): readonly LineHash[];
}

function openSource(source: Source, pointedAt: readonly Span[], expected: readonly Span[]): Opened {
  const { text } = source;
  const starts = lineStarts(text);
  const asked = once(() => joinRanges(expected.flatMap((span) => askedFor(text, starts, span))));
  const some = once(() => hiddenWithin(source, asked()));
  const all = once(() => hiddenIn(source));
  const hidden = (part: Range) => {
    if (part.start >= part.end) return [];
    const range = asked()[firstEndingAfter(asked(), part.start)];
    return range !== undefined && range.start <= part.start && range.end >= part.end ? some() : all();
  };
  const isPointedAt = pointed(pointedAt);
  return {
    text,
    starts,
    position: (offset) => positionAt(starts, offset),
    hidden,
    hidesCredential(part) {
      const parts = hidden(part);
      for (let i = firstEndingAfter(parts, part.start); (parts[i]?.start ?? part.end) < part.end; i++) {
        const one = parts[i];
        if (one !== undefined && (one.credential || isPointedAt(one))) return true;
      }
      return false;
    },
    hashes: once(() => lineHashes(text)),
  };
}

/** Of a line for a place in it: what is shown, and as much as most hashes are over. */
function askedFor(text: string, starts: readonly number[], span: Span): readonly Range[] {
  const line = lineAt(text, starts, positionAt(starts, span.start).line);
  return [shownOf(text, line, span), { start: line.start, end: Math.min(line.start + hashed, text.length) }];
}

/** Characters from the start of a line: a hash is over 100 that are no spaces. */
const hashed = 300;

const noSnippet: Snippet = { text: "", start: 0, end: 0, cutBefore: false, cutAfter: false };

/** A place in a file whose text is not at hand: its start, without a line. */
function placeWithoutText({ file, start }: Span): Place {
  const first = { line: 1, column: 1 };
  return { file, offset: start, start: first, end: first, snippet: noSnippet };
}

function placeIn(source: Opened, span: Span): Place {
  const { text, starts } = source;
  const start = source.position(span.start);
  const line = lineAt(text, starts, start.line);
  const end = Math.max(span.start, Math.min(span.end, line.end));
  const place = { start: span.start, end };
  return {
    file: span.file,
    offset: span.start,
    start,
    end: { line: start.line, column: start.column + end - span.start },
    snippet: snippetOf(text, line, place, source.hidden(shownOf(text, line, place))),
  };
}

/** A line without its line end. */
function lineAt(text: string, starts: readonly number[], line: number): Range {
  const start = starts[line - 1] ?? text.length;
  let end = starts[line] ?? text.length;
  if (end > start && text.charAt(end - 1) === "\n") end--;
  if (end > start && text.charAt(end - 1) === "\r") end--;
  return { start, end };
}

function lineHashIn(source: Opened, span: Span): string | undefined {
  const { line } = source.position(span.start);
  const start = source.starts[line - 1] ?? 0;
  // Of a file that is hidden no line need be hashed.
  if (source.hidesCredential({ start, end: start + 1 })) return undefined;
  const hash = source.hashes()[line - 1];
  return hash === undefined || source.hidesCredential({ start, end: hash.end }) ? undefined : hash.hash;
}

/** Does one of the spans, which are sorted, share a character with a part? */
function pointed(spans: readonly Span[]): (part: Range) => boolean {
  const reach: number[] = [];
  for (const { end } of spans) reach.push(Math.max(end, reach.at(-1) ?? 0));
  return ({ start, end }) => {
    const before = firstIndex(spans, (span) => span.start >= end);
    return (reach[before - 1] ?? 0) > start;
  };
}

function byFile(spans: readonly Span[]): ReadonlyMap<string, readonly Span[]> {
  const files = new Map<string, Span[]>();
  for (const span of [...spans].sort(compareSpans)) put(files, span.file, span);
  return files;
}
