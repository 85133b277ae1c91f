import { addAll } from "./add-all";
import { lastOfEqual, type RepeatedKey } from "./equal-keys";
import { coarse, flatten, slice, spanOf } from "./flat";
import { always } from "./guard";
import { largePartEnd, largePartsOf, type LargeParts } from "./json-parts";
import {
  atMark,
  fail,
  isJson,
  joined,
  markUnknown,
  readerAt,
  readGlued,
  readMarked,
  skipMarks,
  skipSpace,
  takeMark,
  type DecodeFailure,
  type Document,
  type Keys,
  type Reader,
} from "./json-reader";
import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  escapeAt,
  openBrace,
  openBracket,
  quote,
  scalarEnd,
} from "./json-token";
import { listLater, mapLater, readsOnce, type Later } from "./later";
import { limits } from "./limits";
import { numberText } from "./scalar";
import type { Source, Span } from "./source";
import { tracesOf, unknown } from "./text";
import type {
  Encoded,
  Entry,
  Hole,
  Item,
  Known,
  ListValue,
  MapValue,
  NumberValue,
  Piece,
  Text,
  Unknown,
  Value,
} from "./value";

export type { DecodeFailure } from "./json-reader";

/** `repeated`: keys that stand twice in a map, where the last of them counts. */
export type Decoded =
  { readonly kind: "value"; readonly value: Value; readonly repeated: readonly RepeatedKey[] } | DecodeFailure;

/**
 * A JSON file (RFC 8259): what JSON.parse accepts, and a byte order mark before it. For a language in which equal keys are
 * several things, `keys` is "all".
 */
export function readJson(source: Source, keys: Keys = "last"): Decoded {
  const at = { file: source.path, start: 0, end: source.text.length };
  return decodeJson({ kind: "text", at, pieces: [{ kind: "known", text: source.text, at, traces: [] }] }, keys);
}

/**
 * The value of a JSON text. Every part has its exact place, inside strings and escapes too. A hole inside a string
 * stays a hole of that string; where a value is expected it is an unknown value; elsewhere in a list or map it may be
 * any number of items, so it is the rest. A value that was encoded as JSON is itself. Of equal keys the last counts.
 */
export function decodeJson(text: Text, keys: Keys = "last"): Decoded {
  const flat = flatten(text);
  const start = flat.characters.charCodeAt(0) === 0xfeff ? 1 : 0;
  const isLarge = flat.base !== undefined && flat.characters.length >= largeText;
  const large = isLarge ? largePartsOf(flat.characters, start) : undefined;
  const document: Document = { flat, keys, large, later: readsLater(() => document, flat.base ?? 0) };
  const reader = readerAt(document, start);
  const value = readValue(reader, 0);
  if (value.kind === "failed") return value;
  skipSpace(reader);
  if (reader.pos < reader.text.length) return fail(reader, "has more text after the JSON value");
  const repeated = large === undefined ? reader.repeated : repeatedIn(document, large);
  if (large !== undefined && repeated.length === 0) texts.set(value, flat.characters);
  return { kind: "value", value: atMark(reader) ? readGlued(reader, [value]) : value, repeated };
}

function repeatedIn(document: Document, { doubtful }: LargeParts): readonly RepeatedKey[] {
  const found = doubtful.flatMap((start) => {
    const reader = readerAt(document, start);
    readMap(reader, 0);
    return reader.repeated;
  });
  // A small map is read with the one around it, too.
  return [...new Map(found.map((one) => [one.again.keyAt.start, one])).values()];
}

/**
 * The text of a large file that is this value, for a quick look at parts that are not read. Undefined of any other, and
 * where the file has a key twice: not all of it counts.
 */
export function jsonText(whole: Value): string | undefined {
  return texts.get(whole);
}

/** Beside the values: what is made from one of them by changing it has another text. */
const texts = new WeakMap<Value, string>();

/** Characters. A smaller text is read at once. */
const largeText = 20_000;

function readValue(reader: Reader, depth: number): Value | DecodeFailure {
  skipSpace(reader);
  if (atMark(reader)) return readMarked(reader);
  const code = reader.text.charCodeAt(reader.pos);
  if (code === quote) return readText(reader);
  if (code === openBrace || code === openBracket) {
    const end = reader.large && largePartEnd(reader.large, reader.pos);
    if (end !== undefined) return readLater(reader, end);
    if (depth >= limits.depth) {
      return { ...fail(reader, `nests deeper than ${limits.depth} levels`), limit: "depth" };
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
  return reader.text.charCodeAt(start) === openBrace ? mapLater(at, document.later) : listLater(at, document.later);
}

/** What reads the parts of a document by their places. What was found to be right can be read. */
function readsLater(document: () => Document, base: number): Later {
  return readsOnce({
    entries(start) {
      const read = readMap(readerAt(document(), start - base), 0);
      return read.kind === "map" ? read.entries : [];
    },
    items(start) {
      const read = readList(readerAt(document(), start - base), 0);
      return read.kind === "list" ? read.items : [];
    },
  });
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
      const key = readKey(reader);
      if (key.kind === "failed") return key;
      skipSpace(reader);
      if (atMark(reader) || reader.text.charCodeAt(reader.pos) !== colon)
        return fail(reader, "has a key without a colon");
      reader.pos++;
      const value = readValue(reader, depth);
      if (value.kind === "failed") return value;
      if (key.kind === "key") entries.push({ key: key.text, keyAt: key.at, guard: always, value });
      else rest = joined(rest, { kind: "hole", unknown: keyUnknown(key.piece, value) });
      allowed = afterItem;
    } else if (code === comma && allowed.comma) {
      reader.pos++;
      allowed = afterComma;
    } else if (code === closeBrace && allowed.close) {
      reader.pos++;
      const at = spanOf(reader.flat, start, reader.pos);
      const kept = mayRepeat(reader) ? lastOfEqual(entries, reader.repeated) : entries;
      return rest === undefined ? { kind: "map", entries: kept, at } : { kind: "map", entries: kept, rest, at };
    } else {
      return fail(reader, allowed.comma ? "lacks a comma or a closing brace" : "lacks a key in quotes");
    }
  }
}

/** Is one of equal keys to be chosen, and may there be any? A large text was looked through for them. */
function mayRepeat({ keys, large }: Reader): boolean {
  return keys === "last" && (large === undefined || large.doubtful.length > 0);
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

/** A key, or what of it is not known. */
type Key =
  | { readonly kind: "key"; readonly text: string; readonly at: Span }
  | { readonly kind: "open"; readonly piece: Hole | Encoded };

function readKey(reader: Reader): Key | DecodeFailure {
  const start = reader.pos + 1;
  const end = plainEnd(reader, start);
  if (end !== undefined) {
    reader.pos = end + 1;
    return { kind: "key", text: reader.text.slice(start, end), at: spanOf(reader.flat, start, end) };
  }
  const written = readText(reader);
  if (written.kind === "failed") return written;
  let text = "";
  for (const piece of written.pieces) {
    if (piece.kind !== "known") return { kind: "open", piece };
    text += piece.text;
  }
  return { kind: "key", text, at: written.at };
}

function keyUnknown(piece: Hole | Encoded, value: Value): Unknown {
  const cause = markUnknown(piece);
  return unknown(cause.reason.kind, cause.reason.what, cause.at, { traces: tracesOf(value) });
}

function readText(reader: Reader): Text | DecodeFailure {
  const { text, flat } = reader;
  const start = reader.pos + 1;
  const end = plainEnd(reader, start);
  if (end === undefined) return readPieces(reader, start);
  reader.pos = end + 1;
  const at = spanOf(flat, start, end);
  return { kind: "text", pieces: [{ kind: "known", text: text.slice(start, end), at, traces: flat.traces }], at };
}

/** Where the quote stands of a string that is not empty and has no escapes, in a text of one piece. */
function plainEnd({ text, flat, stop }: Reader, start: number): number | undefined {
  if (flat.base === undefined) return undefined;
  let pos = start;
  let code = text.charCodeAt(pos);
  while (code !== quote && code !== backslash && code >= 32) code = text.charCodeAt(++pos);
  return code === quote && pos < stop && pos > start ? pos : undefined;
}

/** A string with escapes or marks. */
function readPieces(reader: Reader, start: number): Text | DecodeFailure {
  const { text, flat } = reader;
  const pieces: Piece[] = [];
  let run = start;
  let pos = start;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code === quote) break;
    if (code === backslash) {
      const escape = readEscape(reader, pos);
      if (escape.kind === "failed") return escape;
      addAll(pieces, slice(flat, run, pos).pieces);
      pieces.push(escape.piece);
      pos = escape.end;
      run = pos;
    } else if (code >= 32) {
      pos++;
    } else {
      reader.pos = pos;
      return fail(reader, "has a control character in a string");
    }
  }
  const last = slice(flat, run, pos);
  addAll(pieces, last.pieces);
  reader.pos = pos + 1;
  skipMarks(reader, pos);
  // Nothing can be pointed at in an empty string but its quotes; a string that is a hole has the hole's place.
  const whole = start === pos ? last.at : spanOf(flat, start, pos);
  const at = pieces.length === 0 ? spanOf(flat, start - 1, pos + 1) : whole;
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
        : numberOf(word, at);
  // `1${x}` is some other number.
  return reader.stop <= end && reader.mark < flat.marks.length ? readGlued(reader, [value]) : value;
}

/** An identifier may be a number of more digits than a double keeps. */
export function numberOf(word: string, at: Span): NumberValue {
  const value = Number(word);
  const isLong = word.length > 15 && word.length <= 160 && longNumber.test(word) && numberText(value) !== word;
  return { kind: "number", value, at, ...(isLong && { digits: word }) };
}

const longNumber = /^-?\d+(?:\.\d*[1-9])?$/;

const noTraces: Known["traces"] = [];
