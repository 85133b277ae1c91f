import type { RepeatedKey } from "./equal-keys";
import { spanOf, type Flat } from "./flat";
import type { LargeParts } from "./json-parts";
import { closeBrace, closeBracket, comma } from "./json-token";
import type { Later } from "./later";
import type { Limit } from "./limits";
import type { Span } from "./source";
import { mergeTraces, tracesOf, unknown } from "./text";
import type { Encoded, Hole, Unknown, Value } from "./value";

/** `message` goes on from the name of the file, and never quotes the text, which may hold a credential. */
export interface DecodeFailure {
  readonly kind: "failed";
  readonly message: string;
  readonly at: Span;
  readonly limit?: Limit;
}

/** Of equal keys in a map the last counts, as for JSON.parse, or the map has all of them. */
export type Keys = "last" | "all";

export interface Document {
  readonly flat: Flat;
  readonly keys: Keys;
  /** Of a large text that was found to be right: what is read when it is asked for. */
  readonly large: LargeParts | undefined;
  readonly later: Later;
}

export interface Reader extends Omit<Document, "later"> {
  readonly document: Document;
  readonly text: string;
  pos: number;
  /** Offset of the next mark, or the end of the text. */
  stop: number;
  /** Index of the next mark. */
  mark: number;
  /** Of the maps that were read. */
  readonly repeated: RepeatedKey[];
}

export function readerAt(document: Document, pos: number): Reader {
  const { flat, keys, large } = document;
  const stop = flat.marks[0]?.offset ?? flat.characters.length;
  return { document, flat, keys, large, text: flat.characters, pos, stop, mark: 0, repeated: [] };
}

export function fail(reader: Reader, message: string, pos = reader.pos): DecodeFailure {
  const at = spanOf(reader.flat, pos, Math.min(pos + 1, reader.text.length));
  return {
    kind: "failed",
    message: reader.pos >= reader.text.length ? "ends before its JSON value does" : message,
    at,
  };
}

/** A mark where a value is expected is the value, if nothing is glued to it. */
export function readMarked(reader: Reader): Value {
  const { piece } = reader.flat.marks[reader.mark] ?? {};
  const unread = takeMark(reader).unknown;
  const value = piece?.kind === "encoded" && piece.format === "json" ? piece.value : unread;
  return atMark(reader) || !isDelimiter(reader) ? readGlued(reader, [value]) : value;
}

/** Characters and marks side by side, where a value is expected, are a value that is not known. */
export function readGlued(reader: Reader, before: readonly Value[]): Unknown {
  const parts = [...before];
  for (;;) {
    if (atMark(reader) || (reader.stop < reader.pos && reader.mark < reader.flat.marks.length)) {
      parts.push(takeMark(reader).unknown);
    } else if (isDelimiter(reader)) {
      break;
    } else {
      reader.pos++;
    }
  }
  const cause = parts.find((part) => part.kind === "unknown");
  const traces = mergeTraces(parts.flatMap(tracesOf));
  const at = before[0]?.at ?? reader.flat.at;
  return cause === undefined
    ? unknown("unsupported", "JSON with values side by side", at, { traces })
    : unknown(cause.reason.kind, cause.reason.what, cause.at, { traces });
}

function isDelimiter(reader: Reader): boolean {
  if (reader.pos >= reader.text.length) return true;
  const code = reader.text.charCodeAt(reader.pos);
  return isSpace(code) || code === comma || code === closeBrace || code === closeBracket;
}

export function skipSpace(reader: Reader): void {
  const { text, stop } = reader;
  let pos = reader.pos;
  while (pos < stop && isSpace(text.charCodeAt(pos))) pos++;
  reader.pos = pos;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

export function atMark(reader: Reader): boolean {
  return reader.pos === reader.stop && reader.mark < reader.flat.marks.length;
}

export function isJson(piece: Hole | Encoded | undefined): boolean {
  return piece?.kind === "encoded" && piece.format === "json";
}

/** Steps over the mark and gives it as something that is not known. */
export function takeMark(reader: Reader): Hole {
  const { flat } = reader;
  const mark = flat.marks[reader.mark];
  reader.mark++;
  reader.stop = flat.marks[reader.mark]?.offset ?? flat.characters.length;
  return mark === undefined
    ? { kind: "hole", unknown: unknown("unsupported", "JSON", flat.at) }
    : { kind: "hole", unknown: markUnknown(mark.piece) };
}

export function skipMarks(reader: Reader, end: number): void {
  while (reader.mark < reader.flat.marks.length && reader.stop <= end) takeMark(reader);
}

export function markUnknown(piece: Hole | Encoded): Unknown {
  if (piece.kind === "hole") return piece.unknown;
  return unknown("unsupported", `a ${piece.format} encoding inside JSON`, piece.at, { traces: tracesOf(piece.value) });
}

export function joined(rest: Unknown | undefined, { unknown: next }: Hole): Unknown {
  if (rest === undefined) return next;
  const traces = mergeTraces([...rest.traces, ...next.traces]);
  return unknown(rest.reason.kind, rest.reason.what, rest.at, { traces });
}
