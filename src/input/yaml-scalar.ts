import { addAll } from "../core/add-all";
import { coarse, slice } from "../core/flat";
import { numberOf } from "../core/json";
import { limits } from "../core/limits";
import type { Span } from "../core/source";
import { text as textOf, unknown } from "../core/text";
import type { Known, NumberValue, Piece, Text, Value } from "../core/value";
import { marksBefore, offsetIn, placeIn, type View } from "./yaml-view";

/** What `parseEvents` says of a scalar. */
interface ScalarRange {
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly style: 1 | 2 | 3 | 4 | 5;
  readonly chomping: 1 | 2 | 3;
  readonly indent: number;
}

const plainStyle = 1;
const singleQuoted = 2;
const doubleQuoted = 3;
const literalBlock = 4;
const foldedBlock = 5;
const strip = 2;
const keep = 3;

const lineFeed = 10;
const carriageReturn = 13;
const backslash = 92;
const apostrophe = 39;

export function isPlain(scalar: ScalarRange): boolean {
  return scalar.style === plainStyle;
}

/**
 * The text of a scalar: runs as they are written, each escape and each fold a piece of its own, and of a block each
 * line. (YAML 1.2.2, chapters 7 and 8.)
 */
export function scalarText(view: View, scalar: ScalarRange): Text {
  const { style } = scalar;
  const whole = asWritten(view, scalar);
  if (whole !== undefined) return { kind: "text", pieces: [whole], at: whole.at };
  const { start, end } = writtenRange(view, scalar);
  const isBlock = style === literalBlock || style === foldedBlock;
  const isQuoted = !isBlock && style !== plainStyle;
  const pieces = isBlock ? blockPieces(view, scalar) : flowPieces(view, scalar);
  // Nothing can be pointed at in an empty string but its quotes.
  const at = isQuoted && pieces.length === 0 ? placeIn(view, start - 1, end + 1) : placeIn(view, start, end);
  return { kind: "text", pieces: pieces.length > limits.items ? coarse(pieces, at) : pieces, at };
}

/** Most scalars are one run of characters of a text of one piece, which stand for themselves; undefined for others. */
export function asWritten(view: View, scalar: ScalarRange): Known | undefined {
  const { valueStart, valueEnd } = scalar;
  const { text, flat, inserted } = view;
  if (inserted.length > 0 || flat.base === undefined || !isVerbatim(view, scalar)) return undefined;
  const at = placeIn(view, valueStart, valueEnd);
  return { kind: "known", text: text.slice(valueStart, valueEnd), at, traces: flat.traces };
}

/** Are there characters, which all stand for themselves? */
export function isVerbatim({ text }: View, { style, valueStart, valueEnd }: ScalarRange): boolean {
  if (valueStart >= valueEnd || style > doubleQuoted) return false;
  const escape = style === singleQuoted ? apostrophe : style === doubleQuoted ? backslash : lineFeed;
  for (let pos = valueStart; pos < valueEnd; pos++) {
    const code = text.charCodeAt(pos);
    if (code === lineFeed || code === carriageReturn || code === escape) return false;
  }
  return true;
}

/** What is written of a scalar: a block's range has the indentation before it and the line ends after it too. */
function writtenRange(view: View, scalar: ScalarRange): { readonly start: number; readonly end: number } {
  let { valueStart: start, valueEnd: end } = scalar;
  if (scalar.style !== literalBlock && scalar.style !== foldedBlock) return { start, end };
  while (end > start && view.text.charCodeAt(end - 1) <= 32) end--;
  while (start < end && view.text.charCodeAt(start) <= 32) start++;
  return { start, end };
}

/** Where a scalar ends: a quote after it belongs to it, the line ends after a block do not. */
export function scalarEnd(view: View, scalar: ScalarRange): number {
  if (isPlain(scalar)) return scalar.valueEnd;
  const isQuoted = scalar.style === singleQuoted || scalar.style === doubleQuoted;
  return isQuoted ? scalar.valueEnd + 1 : writtenRange(view, scalar).end;
}

/** The pieces of a plain or quoted scalar. */
function flowPieces(view: View, { valueStart, valueEnd, style }: ScalarRange): readonly Piece[] {
  const { text } = view;
  const pieces: Piece[] = [];
  let pos = valueStart;
  let run = pos;
  let runEnd = pos;
  while (pos < valueEnd) {
    const code = text.charCodeAt(pos);
    if (code === lineFeed || code === carriageReturn) {
      addRun(view, run, runEnd, pieces);
      const fold = skipBreaks(text, pos, valueEnd);
      const folded = fold.breaks === 1 ? " " : "\n".repeat(fold.breaks - 1);
      pieces.push(written(view, folded, runEnd, fold.end));
      pos = run = runEnd = fold.end;
    } else if (code === apostrophe && style === singleQuoted) {
      // `''` is one quote: the first of them ends the run.
      addRun(view, run, pos + 1, pieces);
      pos = run = runEnd = pos + 2;
    } else if (code === backslash && style !== singleQuoted && style !== plainStyle) {
      addRun(view, run, pos, pieces);
      const escape = readEscape(text, pos, valueEnd);
      if (escape.character !== "") pieces.push(written(view, escape.character, pos, escape.end));
      pos = run = runEnd = escape.end;
    } else {
      pos++;
      if (code !== 32 && code !== 9) runEnd = pos;
    }
  }
  addRun(view, run, style === plainStyle ? runEnd : valueEnd, pieces);
  return pieces;
}

/** Skips line ends and the blanks around them, and counts the line ends. */
function skipBreaks(text: string, from: number, limit: number): { readonly breaks: number; readonly end: number } {
  let breaks = 0;
  let pos = from;
  for (; pos < limit; pos++) {
    const code = text.charCodeAt(pos);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(pos + 1) !== lineFeed)) breaks++;
    else if (code !== 32 && code !== 9 && code !== carriageReturn) break;
  }
  return { breaks, end: pos };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);
const hexDigits: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** The parser has checked that the escape is one. */
function readEscape(text: string, pos: number, limit: number): { readonly character: string; readonly end: number } {
  const letter = text.charAt(pos + 1);
  if (letter === "\n" || letter === "\r") return { character: "", end: skipBreaks(text, pos + 1, limit).end };
  const simple = escapes.get(letter);
  if (simple !== undefined) return { character: simple, end: pos + 2 };
  const end = pos + 2 + (hexDigits.get(letter) ?? 0);
  const code = parseInt(text.slice(pos + 2, end), 16);
  return { character: code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd", end };
}

/** The pieces of a literal or folded block, line by line. */
function blockPieces(view: View, scalar: ScalarRange): readonly Piece[] {
  const { text } = view;
  const { valueStart, valueEnd, indent, chomping } = scalar;
  const pieces: Piece[] = [];
  // Line ends that are not written yet: whether they count is known when the next line or the end comes.
  let breaks: { readonly start: number; readonly end: number }[] = [];
  let didRead = false;
  let wasMoreIndented = false;
  for (let pos = valueStart; pos < valueEnd;) {
    const lineEnd = endOfLine(text, pos, valueEnd);
    const next = nextLine(text, lineEnd, valueEnd);
    const content = Math.min(pos + Math.max(indent, 0), lineEnd);
    const isBlank = indent < 0 || isBlankUntil(text, pos, content, lineEnd);
    if (!isBlank) {
      const isMoreIndented = text.charCodeAt(content) === 32 || text.charCodeAt(content) === 9;
      const isFolded = scalar.style === foldedBlock && didRead && !isMoreIndented && !wasMoreIndented;
      addBreaks(view, breaks, isFolded, pieces);
      wasMoreIndented = isMoreIndented;
      addRun(view, content, lineEnd, pieces);
      didRead = true;
      breaks = [];
    }
    if (lineEnd < next || isBlank) breaks.push({ start: lineEnd, end: next });
    pos = next;
  }
  const kept = chomping === keep ? breaks : didRead && chomping !== strip ? breaks.slice(0, 1) : [];
  addBreaks(view, kept, false, pieces);
  // The last line of a file may lack its line end, and clipping gives it one all the same.
  if (didRead && chomping !== strip && breaks.length === 0) pieces.push(written(view, "\n", valueEnd, valueEnd));
  return pieces;
}

/** One line end between two lines of a folded block is a space; of several, the first is none. */
function addBreaks(
  view: View,
  breaks: readonly { readonly start: number; readonly end: number }[],
  isFolded: boolean,
  into: Piece[],
): void {
  const [first] = breaks;
  if (first === undefined) return;
  if (isFolded && breaks.length === 1) {
    into.push(written(view, " ", first.start, first.end));
    return;
  }
  for (const one of isFolded ? breaks.slice(1) : breaks) into.push(written(view, "\n", one.start, one.end));
}

function endOfLine(text: string, from: number, limit: number): number {
  let pos = from;
  while (pos < limit && text.charCodeAt(pos) !== lineFeed && text.charCodeAt(pos) !== carriageReturn) pos++;
  return pos;
}

function nextLine(text: string, lineEnd: number, limit: number): number {
  if (lineEnd >= limit) return limit;
  return text.charCodeAt(lineEnd) === carriageReturn && text.charCodeAt(lineEnd + 1) === lineFeed
    ? lineEnd + 2
    : lineEnd + 1;
}

/** Does a line have nothing but its indentation? */
function isBlankUntil(text: string, start: number, content: number, lineEnd: number): boolean {
  if (content < lineEnd) return false;
  for (let pos = start; pos < content; pos++) if (text.charCodeAt(pos) !== 32) return false;
  return true;
}

/** What is written from `start` to `end`, one to one, and the marks in it. */
function addRun(view: View, start: number, end: number, into: Piece[]): void {
  const { text, sentinel, flat } = view;
  if (start >= end) return;
  if (sentinel === undefined) {
    addAll(into, slice(flat, offsetIn(view, start), offsetIn(view, end)).pieces);
    return;
  }
  let next = marksBefore(view, start);
  let from = start;
  for (;;) {
    const mark = text.indexOf(sentinel, from);
    const to = mark < 0 || mark >= end ? end : mark;
    const known = from < to ? slice(flat, offsetIn(view, from), offsetIn(view, to)).pieces : [];
    addAll(
      into,
      known.filter((piece) => piece.kind === "known"),
    );
    if (to === end) return;
    const piece = flat.marks[next]?.piece;
    if (piece) into.push(piece);
    next++;
    from = mark + 1;
  }
}

/** Characters that stand for what is written from `start` to `end`. */
function written(view: View, characters: string, start: number, end: number): Known {
  return { kind: "known", text: characters, at: placeIn(view, start, end), traces: view.flat.traces };
}

/**
 * Whose reading of plain scalars. CloudFormation reads YAML 1.1 without its dates; an account id with leading zeros is
 * text there. Terraform's `yamldecode` as observed with version 1.11. "core" is YAML 1.2's core schema (section 10.3), in
 * which `off` is a text.
 */
export type Dialect = "cloudformation" | "terraform" | "core";

export function isNull(characters: string): boolean {
  return characters.length <= 4 && /^(?:~|null|Null|NULL|)$/.test(characters);
}

/** The value of a plain scalar whose characters are known. */
export function plainValue(text: Text, characters: string, dialect: Dialect): Value {
  const { at } = text;
  // Most scalars begin with a letter that no other value does.
  if (!/^[~nNtTfFyYoO0-9+.-]/.test(characters) && characters !== "") return text;
  if (isNull(characters)) return { kind: "null", at };
  if (dialect === "core" && /^(?:yes|no|on|off)$/i.test(characters)) return text;
  if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(characters)) return { kind: "bool", value: true, at };
  if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(characters)) return { kind: "bool", value: false, at };
  if (dialect === "terraform" && /^[yYnN]$/.test(characters))
    return { kind: "bool", value: /[yY]/.test(characters), at };
  const number = numberIn(characters, dialect, at);
  if (number !== undefined) return number;
  if (dialect === "terraform" && /^\d{4}-\d\d-\d\d$/.test(characters)) return textOf(`${characters}T00:00:00Z`, at);
  return text;
}

/**
 * A number stays text where writing the number would give other characters: `007`, `1.10`, and more digits than a
 * number holds are what the author wrote.
 */
function numberIn(characters: string, dialect: Dialect, at: Span): NumberValue | undefined {
  const first = characters.charCodeAt(0);
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return undefined;
  if (dialect === "terraform") {
    if (/^0(?:x[0-9a-fA-F]+|o[0-7]+)$/.test(characters)) return { kind: "number", value: Number(characters), at };
    return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(characters) ? numberOf(characters, at) : undefined;
  }
  if (!/^-?\d+(?:\.\d+)?$/.test(characters)) return undefined;
  const value = Number(characters);
  return String(value) === characters ? { kind: "number", value, at } : undefined;
}

/** The value of a scalar with a tag of YAML's own; undefined for any other tag. */
export function coreTagged(
  tag: string,
  text: Text,
  characters: string | undefined,
  dialect: Dialect,
): Value | undefined {
  switch (tag) {
    case "str":
      return text;
    case "null":
    case "bool":
    case "int":
    case "float":
      return characters === undefined ? text : plainValue(text, characters, dialect);
    case "timestamp":
      return text;
    case "binary":
      return unknown("unsupported", "!!binary", text.at);
    default:
      return undefined;
  }
}
