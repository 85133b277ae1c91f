import { coarse, flatten, slice, spanOf, type Flat } from "./flat";
import { always } from "./guard";
import { limits, type Limit } from "./limits";
import { largePartEnd, largePartsOf, type LargeParts } from "./json-parts";
import { escapeAt, scalarEnd } from "./json-token";
import type { Source, Span } from "./source";
import { mergeTraces, tracesOf, unknown } from "./text";
import type { Encoded, Entry, Hole, Item, Known, ListValue, MapValue, Piece, Text, Unknown, Value } from "./value";

export type Decoded = { readonly kind: "value"; readonly value: Value } | DecodeFailure;

/** `message` goes on from the name of the file, and never quotes the text, which may hold a credential. */
export interface DecodeFailure {
  readonly kind: "failed";
  readonly message: string;
  readonly at: Span;
  readonly limit?: Limit;
}

/** A JSON file (RFC 8259): what JSON.parse accepts, and a byte order mark before it. */
export function readJson(source: Source): Decoded {
  const at = { file: source.path, start: 0, end: source.text.length };
  return decodeJson({ kind: "text", at, pieces: [{ kind: "known", text: source.text, at, traces: [] }] });
}

/**
 * The value of a JSON text. Every part has its exact place, inside strings and escapes too. A hole inside a string
 * stays a hole of that string; where a value is expected it is an unknown value; elsewhere in a list or map it may be
 * any number of items, so it is the rest. A value that was encoded as JSON is itself. Of equal keys the last counts.
 */
export function decodeJson(text: Text): Decoded {
  const flat = flatten(text);
  const start = flat.characters.charCodeAt(0) === 0xfeff ? 1 : 0;
  const isLarge = flat.base !== undefined && flat.characters.length >= largeText;
  const document = { flat, large: isLarge ? largePartsOf(flat.characters, start) : undefined };
  const reader = readerAt(document, start);
  const value = readValue(reader, 0);
  if (value.kind === "failed") return value;
  skipSpace(reader);
  if (reader.pos < reader.text.length) return fail(reader, "has more text after the JSON value");
  if (document.large !== undefined) texts.set(value, flat.characters);
  return { kind: "value", value: atMark(reader) ? readGlued(reader, [value]) : value };
}

/** The text of a large file that is this value, for a quick look at parts that are not read; undefined of any other. */
export function jsonText(whole: Value): string | undefined {
  return texts.get(whole);
}

/** Beside the values: what is made from one of them by changing it has another text. */
const texts = new WeakMap<Value, string>();

interface Document {
  readonly flat: Flat;
  /** Of a large text that was found to be right: what is read when it is asked for. */
  readonly large: LargeParts | undefined;
}

/** Characters. A smaller text is read at once. */
const largeText = 20_000;

interface Reader extends Document {
  readonly document: Document;
  readonly text: string;
  pos: number;
  /** Offset of the next mark, or the end of the text. */
  stop: number;
  /** Index of the next mark. */
  mark: number;
}

function readerAt(document: Document, pos: number): Reader {
  const { flat, large } = document;
  const stop = flat.marks[0]?.offset ?? flat.characters.length;
  return { document, flat, large, text: flat.characters, pos, stop, mark: 0 };
}

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

function fail(reader: Reader, message: string, pos = reader.pos): DecodeFailure {
  const at = spanOf(reader.flat, pos, Math.min(pos + 1, reader.text.length));
  return {
    kind: "failed",
    message: reader.pos >= reader.text.length ? "ends before its JSON value does" : message,
    at,
  };
}

function readValue(reader: Reader, depth: number): Value | DecodeFailure {
  skipSpace(reader);
  if (atMark(reader)) return readMarked(reader);
  const code = reader.text.charCodeAt(reader.pos);
  if (code === quote) return readText(reader);
  if (code === openBrace || code === openBracket) {
    const end = reader.large && largePartEnd(reader.large, reader.pos);
    if (end !== undefined) return readLater(reader, end);
    if (depth >= limits.depth) {
      return { ...fail(reader, `nests deeper than ${String(limits.depth)} levels`), limit: "depth" };
    }
    return code === openBrace ? readMap(reader, depth + 1) : readList(reader, depth + 1);
  }
  return readScalar(reader);
}

/** A large list or map: steps over it, and reads what is in it when that is asked for. */
function readLater(reader: Reader, end: number): ListValue | MapValue {
  const { document, pos: start } = reader;
  reader.pos = end;
  const at = spanOf(document.flat, start, end);
  return reader.text.charCodeAt(start) === openBrace ? laterMap(document, start, at) : laterList(document, start, at);
}

function laterMap(document: Document, start: number, at: Span): MapValue {
  let entries: readonly Entry[] | undefined;
  return {
    kind: "map",
    at,
    get entries() {
      return (entries ??= entriesOf(readMap(readerAt(document, start), 0)));
    },
  };
}

function laterList(document: Document, start: number, at: Span): ListValue {
  let items: readonly Item[] | undefined;
  return {
    kind: "list",
    shape: "list",
    at,
    get items() {
      return (items ??= itemsOf(readList(readerAt(document, start), 0)));
    },
  };
}

/** What was found to be right can be read. */
function entriesOf(read: Value | DecodeFailure): readonly Entry[] {
  return read.kind === "map" ? read.entries : [];
}

function itemsOf(read: Value | DecodeFailure): readonly Item[] {
  return read.kind === "list" ? read.items : [];
}

/** What may come next inside a list or map: after an unknown part, anything. */
interface Allowed {
  readonly item: boolean;
  readonly comma: boolean;
  readonly close: boolean;
}
const first: Allowed = { item: true, comma: false, close: true };
const afterItem: Allowed = { item: false, comma: true, close: true };
const afterComma: Allowed = { item: true, comma: false, close: false };
const afterHole: Allowed = { item: true, comma: true, close: true };

function readMap(reader: Reader, depth: number): Value | DecodeFailure {
  const start = reader.pos++;
  const entries: Entry[] = [];
  let rest: Unknown | undefined;
  for (let allowed = first; ;) {
    skipSpace(reader);
    if (atMark(reader)) {
      rest = joined(rest, takeMark(reader));
      allowed = afterHole;
      continue;
    }
    const code = reader.text.charCodeAt(reader.pos);
    if (code === quote && allowed.item) {
      const key = readText(reader);
      if (key.kind === "failed") return key;
      skipSpace(reader);
      if (atMark(reader) || reader.text.charCodeAt(reader.pos) !== colon)
        return fail(reader, "has a key without a colon");
      reader.pos++;
      const value = readValue(reader, depth);
      if (value.kind === "failed") return value;
      const hole = addEntry(entries, key, value);
      if (hole !== undefined) rest = joined(rest, hole);
      allowed = afterItem;
    } else if (code === comma && allowed.comma) {
      reader.pos++;
      allowed = afterComma;
    } else if (code === closeBrace && allowed.close) {
      reader.pos++;
      const at = spanOf(reader.flat, start, reader.pos);
      const last = withoutDuplicates(entries);
      return rest === undefined ? { kind: "map", entries: last, at } : { kind: "map", entries: last, rest, at };
    } else {
      return fail(reader, allowed.comma ? "lacks a comma or a closing brace" : "lacks a key in quotes");
    }
  }
}

function readList(reader: Reader, depth: number): Value | DecodeFailure {
  const start = reader.pos++;
  const items: Item[] = [];
  let rest: Unknown | undefined;
  for (let allowed = first; ;) {
    skipSpace(reader);
    if (atMark(reader) && !isJson(reader.flat.marks[reader.mark]?.piece)) {
      rest = joined(rest, takeMark(reader));
      allowed = afterHole;
      continue;
    }
    const code = atMark(reader) ? quote : reader.text.charCodeAt(reader.pos);
    if (code === comma && allowed.comma) {
      reader.pos++;
      allowed = afterComma;
    } else if (code === closeBracket && allowed.close) {
      reader.pos++;
      const at = spanOf(reader.flat, start, reader.pos);
      return rest === undefined
        ? { kind: "list", shape: "list", items, at }
        : { kind: "list", shape: "list", items, rest, at };
    } else if (allowed.item) {
      const value = readValue(reader, depth);
      if (value.kind === "failed") return value;
      items.push({ guard: always, value });
      allowed = afterItem;
    } else {
      return fail(reader, "lacks a comma or a closing bracket");
    }
  }
}

/** Adds an entry; where the key is not known, gives what the map then has as its rest. */
function addEntry(entries: Entry[], key: Text, value: Value): Hole | undefined {
  const [only] = key.pieces;
  if (only === undefined) {
    entries.push({ key: "", keyAt: key.at, guard: always, value });
  } else if (only.kind === "known" && key.pieces.length === 1) {
    entries.push({ key: only.text, keyAt: key.at, guard: always, value });
  } else {
    let characters = "";
    for (const piece of key.pieces) {
      if (piece.kind !== "known") return { kind: "hole", unknown: keyUnknown(piece, value) };
      characters += piece.text;
    }
    entries.push({ key: characters, keyAt: key.at, guard: always, value });
  }
  return undefined;
}

function keyUnknown(piece: Hole | Encoded, value: Value): Unknown {
  const cause = markUnknown(piece);
  return unknown(cause.reason.kind, cause.reason.what, cause.at, { traces: tracesOf(value) });
}

/** The last of equal keys counts, at its place. In linear time: a set, once a map is large. */
function withoutDuplicates(entries: Entry[]): readonly Entry[] {
  if (entries.length < 2) return entries;
  if (entries.length <= 8) {
    const isRepeated = entries.some((entry, i) => entries.some((other, j) => j > i && other.key === entry.key));
    return isRepeated
      ? entries.filter((entry, i) => !entries.some((other, j) => j > i && other.key === entry.key))
      : entries;
  }
  const last = new Map<string, Entry>();
  for (const entry of entries) last.set(entry.key, entry);
  return last.size === entries.length ? entries : entries.filter((entry) => last.get(entry.key) === entry);
}

function readText(reader: Reader): Text | DecodeFailure {
  const { text, flat } = reader;
  const start = reader.pos + 1;
  let pos = start;
  let code = text.charCodeAt(pos);
  while (code !== quote && code !== backslash && code >= 32) code = text.charCodeAt(++pos);
  if (code !== quote || reader.stop <= pos || pos === start || flat.base === undefined) {
    return readPieces(reader, start, pos);
  }
  reader.pos = pos + 1;
  const at = { file: flat.at.file, start: flat.base + start, end: flat.base + pos };
  return { kind: "text", pieces: [{ kind: "known", text: text.slice(start, pos), at, traces: flat.traces }], at };
}

/** A string with escapes or marks: `pos` is where the first of them, or the end, may stand. */
function readPieces(reader: Reader, start: number, from: number): Text | DecodeFailure {
  const { text, flat } = reader;
  const pieces: Piece[] = [];
  let run = start;
  let pos = from;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code === quote) break;
    if (code === backslash) {
      const escape = readEscape(reader, pos);
      if (escape.kind === "failed") return escape;
      pieces.push(...slice(flat, run, pos).pieces, escape.piece);
      pos = escape.end;
      run = pos;
    } else if (code >= 32) {
      pos++;
    } else {
      reader.pos = pos;
      return fail(reader, "has a control character in a string");
    }
  }
  pieces.push(...slice(flat, run, pos).pieces);
  reader.pos = pos + 1;
  skipMarks(reader, pos);
  // Nothing can be pointed at in an empty string but its quotes.
  const at = pieces.length === 0 ? spanOf(flat, start - 1, pos + 1) : spanOf(flat, start, pos);
  return { kind: "text", pieces: pieces.length > limits.items ? coarse(pieces, at) : pieces, at };
}

interface Escape {
  readonly kind: "escape";
  readonly piece: Known;
  readonly end: number;
}

function readEscape(reader: Reader, pos: number): Escape | DecodeFailure {
  const { text, flat } = reader;
  const { character, end } = escapeAt(text, pos);
  const isCut = flat.marks.length > 0 && slice(flat, pos + 1, end - 1).pieces.some((piece) => piece.kind !== "known");
  if (character === undefined || isCut) {
    reader.pos = Math.min(pos + 1, text.length);
    return fail(reader, "has a wrong escape in a string", pos);
  }
  return {
    kind: "escape",
    end,
    piece: { kind: "known", text: character, at: spanOf(flat, pos, end), traces: noTraces },
  };
}

/** A number, `true`, `false` or `null`. */
function readScalar(reader: Reader): Value | DecodeFailure {
  const { text, flat, pos: start } = reader;
  const end = scalarEnd(text, start);
  if (end === undefined) return fail(reader, "has something that is no JSON value");
  reader.pos = end;
  const at = spanOf(flat, start, end);
  const word = text.slice(start, end);
  const value: Value =
    word === "null"
      ? { kind: "null", at }
      : word === "true" || word === "false"
        ? { kind: "bool", value: word === "true", at }
        : { kind: "number", value: Number(word), at };
  // `1${x}` is some other number.
  return reader.stop <= end && reader.mark < flat.marks.length ? readGlued(reader, [value]) : value;
}

/** A mark where a value is expected is the value, if nothing is glued to it. */
function readMarked(reader: Reader): Value {
  const { piece } = reader.flat.marks[reader.mark] ?? {};
  const unread = takeMark(reader).unknown;
  const value = piece?.kind === "encoded" && piece.format === "json" ? piece.value : unread;
  return atMark(reader) || !isDelimiter(reader) ? readGlued(reader, [value]) : value;
}

/** Characters and marks side by side, where a value is expected, are a value that is not known. */
function readGlued(reader: Reader, before: readonly Value[]): Unknown {
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

function skipSpace(reader: Reader): void {
  const { text, stop } = reader;
  let pos = reader.pos;
  while (pos < stop && isSpace(text.charCodeAt(pos))) pos++;
  reader.pos = pos;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function atMark(reader: Reader): boolean {
  return reader.pos === reader.stop && reader.mark < reader.flat.marks.length;
}

function isJson(piece: Hole | Encoded | undefined): boolean {
  return piece?.kind === "encoded" && piece.format === "json";
}

/** Steps over the mark and gives it as something that is not known. */
function takeMark(reader: Reader): Hole {
  const { flat } = reader;
  const mark = flat.marks[reader.mark];
  reader.mark++;
  reader.stop = flat.marks[reader.mark]?.offset ?? flat.characters.length;
  return mark === undefined
    ? { kind: "hole", unknown: unknown("unsupported", "JSON", flat.at) }
    : { kind: "hole", unknown: markUnknown(mark.piece) };
}

function skipMarks(reader: Reader, end: number): void {
  while (reader.mark < reader.flat.marks.length && reader.stop <= end) takeMark(reader);
}

function markUnknown(piece: Hole | Encoded): Unknown {
  if (piece.kind === "hole") return piece.unknown;
  return unknown("unsupported", `a ${piece.format} encoding inside JSON`, piece.at, { traces: tracesOf(piece.value) });
}

function joined(rest: Unknown | undefined, { unknown: next }: Hole): Unknown {
  if (rest === undefined) return next;
  const traces = mergeTraces([...rest.traces, ...next.traces]);
  return unknown(rest.reason.kind, rest.reason.what, rest.at, { traces });
}

const noTraces: Known["traces"] = [];
