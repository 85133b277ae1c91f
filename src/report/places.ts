import { kept, put } from "../core/map";
import type { Place, Snippet } from "../core/report";
import { compareSpans, lineStarts, positionAt, type Position, type Source, type Span } from "../core/source";
import { lineHashes, type LineHash } from "./line-hash";
import { firstEndingAfter, type Hidden } from "./mask/hidden";
import { hiddenIn } from "./mask/mask";
import { once } from "./once";
import { snippetOf } from "./snippet";

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

/** What is hidden where `evidence` points may be a credential, whatever it looks like. */
export function placesIn(sources: ReadonlyMap<string, Source>, evidence: readonly Span[]): Places {
  const pointedAt = once(() => byFile(evidence));
  const opened = new Map<string, Opened>();
  const open = (path: string) => {
    const source = sources.get(path);
    if (source === undefined) return undefined;
    return kept(opened, path, () => openSource(source, () => pointedAt().get(path) ?? []));
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
  hidden(): readonly Hidden[];
  /** What of the hidden may be a credential. */
  credentials(): readonly Hidden[];
  hashes(): readonly LineHash[];
}

function openSource(source: Source, pointedAt: () => readonly Span[]): Opened {
  const starts = lineStarts(source.text);
  const hidden = once(() => hiddenIn(source));
  return {
    text: source.text,
    starts,
    position: (offset) => positionAt(starts, offset),
    hidden,
    credentials: once(() => credentialsIn(hidden(), pointedAt())),
    hashes: once(() => lineHashes(source.text)),
  };
}

const noSnippet: Snippet = { text: "", start: 0, end: 0, cutBefore: false, cutAfter: false };

/** The line is not known: the place is the file. */
function placeWithoutText({ file, start }: Span): Place {
  const first = { line: 1, column: 1 };
  return { file, offset: start, start: first, end: first, snippet: noSnippet };
}

function placeIn(source: Opened, span: Span): Place {
  const start = source.position(span.start);
  const line = lineAt(source, start.line);
  const end = Math.max(span.start, Math.min(span.end, line.end));
  return {
    file: span.file,
    offset: span.start,
    start,
    end: { line: start.line, column: start.column + end - span.start },
    snippet: snippetOf(source.text, line, { start: span.start, end }, source.hidden()),
  };
}

/** A line without its line end. */
function lineAt({ text, starts }: Opened, line: number): { readonly start: number; readonly end: number } {
  const start = starts[line - 1] ?? text.length;
  let end = starts[line] ?? text.length;
  if (end > start && text.charAt(end - 1) === "\n") end--;
  if (end > start && text.charAt(end - 1) === "\r") end--;
  return { start, end };
}

function lineHashIn(source: Opened, span: Span): string | undefined {
  const { line } = source.position(span.start);
  const start = source.starts[line - 1] ?? 0;
  const credentials = source.credentials();
  const next = credentials[firstEndingAfter(credentials, start)];
  if (next !== undefined && next.start <= start) return undefined; // Of a file that is hidden no line need be hashed.
  const hash = source.hashes()[line - 1];
  if (hash === undefined) return undefined;
  return next !== undefined && next.start < hash.end ? undefined : hash.hash;
}

/** `pointedAt` is sorted; both lists are walked once. */
function credentialsIn(hidden: readonly Hidden[], pointedAt: readonly Span[]): readonly Hidden[] {
  let reach = 0;
  let next = 0;
  return hidden.filter((part) => {
    for (let span = pointedAt[next]; span !== undefined && span.start < part.end; span = pointedAt[++next]) {
      reach = Math.max(reach, span.end);
    }
    return part.credential || reach > part.start;
  });
}

function byFile(spans: readonly Span[]): ReadonlyMap<string, readonly Span[]> {
  const files = new Map<string, Span[]>();
  for (const span of [...spans].sort(compareSpans)) put(files, span.file, span);
  return files;
}
