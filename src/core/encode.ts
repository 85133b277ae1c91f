import { isExact } from "./flat";
import { limits } from "./limits";
import { compareCodePoints } from "./scalar";
import { knownText, mergeTraces, text, tracesOf, unknown } from "./text";
import type { Span } from "./source";
import type { Encoded, Entry, Hole, Known, ListValue, MapValue, Text, Unknown, Value } from "./value";
import { became, finished, guarded, hole, isFull, loose, push, pushMade, pushScalar, type Writer } from "./writer";
import { yamlText } from "./encode-yaml";

/**
 * A value as the JSON text that Terraform's `jsonencode` writes: no spaces, keys by code point, `<`, `>`, `&`, U+2028
 * and U+2029 escaped. What is not known, or is there only under a guard, is a hole. Characters that need no escape keep
 * their place.
 */
export function jsonText(value: Value): Text {
  return jsonAt(value, 0);
}

function jsonAt(value: Value, depth: number): Text {
  const writer: Writer = { pieces: [], length: 0 };
  writeJson(writer, value, depth);
  return finished(writer, value);
}

/** A text without encoded pieces: each is rendered as its characters. */
export function rendered(of: Text): Text {
  return renderedAt(of, 0);
}

/** `depth`: how deep in lists, maps and other encodings the text lies. */
export function renderedAt(of: Text, depth: number): Text {
  if (of.pieces.every((piece) => piece.kind !== "encoded")) return of;
  const writer: Writer = { pieces: [], length: 0 };
  for (const piece of of.pieces) {
    if (piece.kind !== "encoded") push(writer, piece);
    else for (const part of encodedText(piece, depth + levelsOfEncoding).pieces) push(writer, part);
  }
  return finished(writer, of);
}

/** An encoding inside another counts as so many levels of nesting: each may double the length of what is inside. */
const levelsOfEncoding = limits.depth / 8;

/** The characters of an encoded piece, where encodings do not lie inside each other too deep. */
function encodedText(piece: Encoded, depth: number): Text {
  if (depth > limits.depth) return { kind: "text", pieces: [overDepth(piece.value)], at: piece.at };
  switch (piece.format) {
    case "json":
      return jsonAt(piece.value, depth);
    case "yaml":
      return yamlText(piece.value, depth);
    case "base64":
      return wholeText(piece, depth, (characters) => Buffer.from(characters, "utf8").toString("base64"));
    case "url":
      return urlText(piece, depth);
  }
}

/** An encoding that needs all characters at once. */
function wholeText(piece: Encoded, depth: number, encode: (characters: string) => string): Text {
  const characters = piece.value.kind === "text" ? knownText(renderedAt(piece.value, depth)) : undefined;
  const traces = mergeTraces(tracesOf(piece.value));
  if (characters !== undefined) return text(encode(characters), loose(piece.at, encode(characters)), { traces });
  return { kind: "text", pieces: [hole(piece.value, piece.at)], at: piece.at };
}

function urlText(piece: Encoded, depth: number): Text {
  if (piece.value.kind !== "text") return { kind: "text", pieces: [hole(piece.value, piece.at)], at: piece.at };
  const pieces = renderedAt(piece.value, depth).pieces.map((part) => {
    if (part.kind !== "known") return hole({ kind: "text", pieces: [part], at: piece.at }, piece.at);
    const encoded = urlEncoded(part.text);
    return encoded === part.text ? part : became(encoded, part);
  });
  return { kind: "text", pieces, at: piece.at };
}

/** As Go's url.QueryEscape: a space is `+`, and only letters, digits and `-_.~` stay. Lone surrogates are U+FFFD. */
function urlEncoded(characters: string): string {
  return encodeURIComponent(Buffer.from(characters, "utf8").toString("utf8"))
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, "+");
}

/** The characters of a text, its encoded pieces rendered, or undefined where one is not known. */
export function charactersOf(value: Value): string | undefined {
  return value.kind === "text" ? knownText(rendered(value)) : undefined;
}

function writeJson(writer: Writer, value: Value, depth: number): void {
  if (isFull(writer)) return;
  if (depth > limits.depth) {
    push(writer, overDepth(value));
    return;
  }
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
      pushScalar(writer, value);
      return;
    case "text":
      writeString(writer, value, depth);
      return;
    case "list":
      writeList(writer, value, depth);
      return;
    case "map":
      writeMap(writer, value, depth);
      return;
    case "unknown":
    case "choice":
      push(writer, hole(value, value.at));
      return;
  }
}

function overDepth(value: Value): Hole {
  return { kind: "hole", unknown: unknown("limit", "depth", value.at, { traces: mergeTraces(tracesOf(value)) }) };
}

function writeString(writer: Writer, value: Text, depth: number): void {
  pushMade(writer, '"', value.at);
  for (const piece of renderedAt(value, depth).pieces) {
    if (piece.kind !== "known") push(writer, piece);
    else for (const part of escapedPieces(piece)) push(writer, part);
  }
  pushMade(writer, '"', value.at);
}

// What Go's encoding/json escapes with HTML escaping on.
const escaped = /["\\<>&\u0000-\u001f\u2028\u2029\p{Cs}]/gu;

/** The runs between escapes keep their exact places; a piece without escapes is itself, with its ref. */
function escapedPieces(piece: Known): readonly Known[] {
  const parts: Known[] = [];
  let run = 0;
  for (const match of piece.text.matchAll(escaped)) {
    if (match.index > run) parts.push(part(piece, run, match.index));
    parts.push({ ...became(escapeOf(match[0]), piece), at: part(piece, match.index, match.index + 1).at });
    run = match.index + match[0].length;
  }
  if (run === 0) return [piece];
  if (run < piece.text.length) parts.push(part(piece, run, piece.text.length));
  return parts;
}

/** A part of a piece whose other parts stand beside it, so that a trace through the whole stays certain. */
function part(piece: Known, from: number, to: number): Known {
  const at = isExact(piece) ? { ...piece.at, start: piece.at.start + from, end: piece.at.start + to } : piece.at;
  return { kind: "known", text: piece.text.slice(from, to), at, traces: piece.traces };
}

function escapeOf(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  // A lone surrogate is no character: Go writes U+FFFD.
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A part of a list or map as it is written: certain, or a hole for what may be there. */
type Written = { readonly kind: "certain"; write(): void } | Hole;

function writeList(writer: Writer, list: ListValue, depth: number): void {
  const parts = list.items.map(({ guard, value }): Written => {
    if (guard.length > 0) return hole(guarded(value), value.at);
    return {
      kind: "certain",
      write: () => {
        writeJson(writer, value, depth + 1);
      },
    };
  });
  writeParts(writer, { parts, rest: list.rest, open: "[", close: "]", at: list.at });
}

function writeMap(writer: Writer, map: MapValue, depth: number): void {
  const entries = [...map.entries].sort((a, b) => compareCodePoints(a.key, b.key));
  const parts = entries.map((entry): Written => {
    if (entry.guard.length > 0) return hole(guarded(entry.value), entry.value.at);
    return {
      kind: "certain",
      write: () => {
        writeEntry(writer, entry, depth);
      },
    };
  });
  writeParts(writer, { parts, rest: map.rest, open: "{", close: "}", at: map.at });
}

function writeEntry(writer: Writer, entry: Entry, depth: number): void {
  writeString(writer, text(entry.key, entry.keyAt), depth);
  pushMade(writer, ":", entry.keyAt);
  writeJson(writer, entry.value, depth + 1);
}

interface Parts {
  readonly parts: readonly Written[];
  readonly rest: Unknown | undefined;
  readonly open: string;
  readonly close: string;
  readonly at: Span;
}

/** A hole stands for the part with its comma, or for nothing. What is the rest may be at any place. */
function writeParts(writer: Writer, { parts, rest, open, close, at }: Parts): void {
  const more: Hole | undefined = rest && { kind: "hole", unknown: rest };
  pushMade(writer, open, at);
  if (more !== undefined) push(writer, more);
  let isFirst = true;
  for (const one of parts) {
    if (one.kind === "hole") {
      push(writer, one);
      continue;
    }
    if (!isFirst) pushMade(writer, ",", at);
    one.write();
    if (more !== undefined) push(writer, more);
    isFirst = false;
  }
  pushMade(writer, close, at);
}
