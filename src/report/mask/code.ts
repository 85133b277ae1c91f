import { isSpace, lineEnd } from "./characters";
import { maskData } from "./data";
import { hideInSource, unescape } from "./escaped";
import {
  hideBlockComment,
  hideComment,
  hideLiteral,
  hideWord,
  hidingAll,
  wholeOf,
  type Hidden,
  type Hiding,
  type Range,
} from "./hidden";
import { hole, holdsSecret, isPrintable, isPrintableKey, namesCredential } from "./shapes";

/**
 * Hides every string of HCL that is not printable in its position, the words of comments, and what is not printable in
 * heredocs. Names, references, numbers and operators stay. It needs tokens only, so a broken file is masked too.
 * Linear, never throws.
 */
export function maskCode(text: string, into: Hiding): void {
  const reader: Reader = { text, into, at: 0, frames: [], key: "", before: "" };
  readAll(reader);
}

/** Hides the strings of a text that is itself one template, as a string of Terraform's JSON syntax is. */
export function maskTemplate(text: string, key: string, into: Hiding): void {
  const hidden: Hidden[] = [];
  const frame: Quoted = { kind: "quoted", whole: true, start: 0, key, before: "=", code: [] };
  const reader: Reader = { text, into: hidingAll(hidden), at: 0, frames: [frame], key, before: "=" };
  readAll(reader);
  if (reader.frames.length === 1) for (const part of hidden) into.hide(part);
  // An interpolation that does not end is no code: what follows it may be anything.
  else hideLiteral(text, wholeOf(text), true, into);
}

function readAll(reader: Reader): void {
  const { text } = reader;
  while (reader.at < text.length) {
    const frame = reader.frames.at(-1);
    if (frame?.kind === "quoted") readQuoted(reader, frame);
    else if (frame?.kind === "heredoc") readHeredoc(reader, frame);
    else readCode(reader, frame);
  }
  // What is open at the end of a broken file is judged as far as it goes.
  for (const frame of reader.frames) {
    if (frame.kind === "heredoc") hideHeredoc(reader, frame, text.length);
    else if (frame.kind === "quoted") hideQuoted(reader, frame, text.length);
  }
}

interface Reader {
  readonly text: string;
  readonly into: Hiding;
  at: number;
  readonly frames: Frame[];
  /** The attribute or key that the next string belongs to. */
  key: string;
  /** The last token: an operator or bracket as written, "word" or "string". */
  before: string;
}

type Frame = Bracket | Quoted | Heredoc;

/** `{`, `[` or `(`; `${` and `%{` too, which lead back into the string when they close. */
interface Bracket {
  readonly kind: "bracket";
  readonly close: "}" | "]" | ")";
  readonly outerKey: string;
  /** Where the interpolation began, which the bracket is. */
  readonly interpolates?: number;
}

interface Quoted {
  readonly kind: "quoted";
  /** The whole text is one template, without quotes and escapes. */
  readonly whole: boolean;
  readonly start: number;
  readonly key: string;
  readonly before: string;
  readonly code: Range[];
}

interface Heredoc {
  readonly kind: "heredoc";
  readonly start: number;
  readonly key: string;
  readonly terminator: string;
  readonly code: Range[];
}

function readCode(reader: Reader, frame: Bracket | undefined): void {
  const { text, at } = reader;
  const next = text.charAt(at);
  if (isSpace(next)) reader.at++;
  else if (next === "#" || text.startsWith("//", at)) readComment(reader, lineEnd(text, at), next === "#" ? 1 : 2);
  else if (text.startsWith("/*", at)) reader.at = hideBlockComment(text, at, reader.into);
  else if (next === '"') {
    const { key, before } = reader;
    reader.frames.push({ kind: "quoted", whole: false, start: at + 1, key, before, code: [] });
    reader.at++;
  } else if (text.startsWith("<<", at)) openHeredoc(reader);
  else if (isWordStart(next)) readWord(reader);
  else if (next === "{" || next === "[" || next === "(") openBracket(reader, next);
  else if (next === "}" || next === "]" || next === ")") closeBracket(reader, frame, next);
  else {
    reader.before = isWordPart(next) ? "word" : next;
    reader.at++;
  }
}

/** A name. Before `=` it is the attribute of what follows, before a bracket the block or function. */
function readWord(reader: Reader): void {
  const { text } = reader;
  const start = reader.at;
  while (isWordPart(text.charAt(reader.at))) reader.at++;
  const word = text.slice(start, reader.at);
  hideWord(text, { start, end: reader.at }, reader.into);
  if (isAssigned(reader, start)) reader.key = word;
  else if (text.charAt(reader.at) === "(" && pathFunctions.has(word)) reader.key = "source";
  // `in` and the operators of templates stand before an expression, no label.
  reader.before = word === "in" || word === "if" ? "in" : "word";
}

const pathFunctions: ReadonlySet<string> = new Set(["file", "templatefile", "fileexists", "filebase64", "fileset"]);

function openBracket(reader: Reader, open: "{" | "[" | "("): void {
  const close = open === "{" ? "}" : open === "[" ? "]" : ")";
  reader.frames.push({ kind: "bracket", close, outerKey: reader.key });
  // `name["key"]`, with nothing between, is an index: its text is a name.
  if (open === "[" && isIndexed(reader)) reader.key = "index";
  reader.before = open;
  reader.at++;
}

function isIndexed(reader: Reader): boolean {
  const last = reader.text.charAt(reader.at - 1);
  return isWordPart(last) || last === "]" || last === ")";
}

/** A bracket that closes nothing is left alone, as in a file that does not parse. */
function closeBracket(reader: Reader, frame: Bracket | undefined, close: string): void {
  reader.at++;
  reader.before = close;
  if (frame?.close !== close) return;
  reader.frames.pop();
  reader.key = frame.outerKey;
  if (frame.interpolates === undefined) return;
  const outer = reader.frames.at(-1);
  if (outer !== undefined && outer.kind !== "bracket") outer.code.push({ start: frame.interpolates, end: reader.at });
}

/** A quoted string ends with its line, closed or not: HCL has no other. */
function readQuoted(reader: Reader, frame: Quoted): void {
  const { text, at } = reader;
  const next = text.charAt(at);
  if (frame.whole) readTemplate(reader);
  else if (next === '"' || next === "\n" || next === "\r") {
    reader.frames.pop();
    hideQuoted(reader, frame, at);
    reader.before = "string";
    reader.at++;
  } else if (next === "\\") reader.at += /[\r\n]/.test(text.charAt(at + 1)) ? 1 : 2;
  else readTemplate(reader);
}

function readHeredoc(reader: Reader, frame: Heredoc): void {
  const { text, at } = reader;
  const begins = at === frame.start || text.charAt(at - 1) === "\n";
  if (begins && text.slice(at, lineEnd(text, at)).trim() === frame.terminator) {
    reader.frames.pop();
    hideHeredoc(reader, frame, at);
    reader.before = "string";
    reader.at = lineEnd(text, at);
  } else readTemplate(reader);
}

/** One character of a template, or the beginning of an interpolation or directive. */
function readTemplate(reader: Reader): void {
  const { text, at } = reader;
  if (text.startsWith("$${", at) || text.startsWith("%%{", at)) reader.at += 3;
  else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
    reader.frames.push({ kind: "bracket", close: "}", outerKey: reader.key, interpolates: at });
    reader.before = "(";
    reader.at += 2;
  } else reader.at++;
}

function openHeredoc(reader: Reader): void {
  const { text, at } = reader;
  const end = lineEnd(text, at);
  const terminator = /^<<-?([\w-]+)[ \t]*$/.exec(text.slice(at, Math.min(end, at + 200)))?.[1];
  if (terminator === undefined) {
    reader.at += 2;
    return;
  }
  const start = Math.min(text.length, text.charAt(end) === "\r" && text.charAt(end + 1) === "\n" ? end + 2 : end + 1);
  reader.frames.push({ kind: "heredoc", start, key: reader.key, terminator, code: [] });
  reader.at = start;
}

function hideHeredoc(reader: Reader, frame: Heredoc, end: number): void {
  maskData(reader.text, { start: frame.start, end, code: frame.code, key: frame.key }, reader.into);
}

/** Hides what is not printable of a string: nothing, all of it, or the parts between its interpolations. */
function hideQuoted(reader: Reader, frame: Quoted, end: number): void {
  if (end <= frame.start) return;
  const { text } = reader;
  const parts = partsOf(frame, end);
  const shape = parts.map((part) => text.slice(part.start, part.end)).join(hole);
  const isKey = isObjectKey(text, frame, end);
  if (isKey) reader.key = shape;
  if (!reader.into.isAsked({ start: frame.start, end })) return;
  if (isKey) {
    if (isPrintableKey(shape.replaceAll(hole, ""))) return;
  } else if (isPrintable(shape, frame.before === "word" || frame.before === "string" ? "label" : frame.key)) return;
  if (/^\s*[[{][\s\S]*"/.test(shape)) {
    hideData(reader, frame, end);
    return;
  }
  const credential = namesCredential(frame.key) || holdsSecret(shape);
  for (const part of parts) {
    if (!isPrintable(text.slice(part.start, part.end), "")) hideLiteral(text, part, credential, reader.into);
  }
}

/** A string that holds data is judged by its parts. */
function hideData({ text, into }: Reader, { whole, start, key, code }: Quoted, end: number): void {
  if (whole) {
    maskData(text, { start, end, code, key }, into);
    return;
  }
  const inside = unescape(text, { start, end }, code);
  const hidden: Hidden[] = [];
  maskData(inside.text, { ...wholeOf(inside.text), code: inside.code, key }, hidingAll(hidden));
  hideInSource(hidden, inside, into);
}

/** Text between the interpolations, one part more than there are interpolations; parts may be empty. */
function partsOf(frame: Quoted, end: number): readonly Range[] {
  const parts: Range[] = [];
  let start = frame.start;
  for (const code of frame.code) {
    parts.push({ start, end: code.start });
    start = code.end;
  }
  return [...parts, { start, end: Math.max(start, end) }];
}

/** `"key" =`, `"key" :` and `"key" =>`; the text before the colon of `a ? "b" : c` is none. */
function isObjectKey(text: string, frame: Quoted, end: number): boolean {
  return beforeKey.has(frame.before) && /^"[ \t]*(?:=(?!=)|:)/.test(text.slice(end, end + 80));
}

/** A name before `=`, or before `:` where it cannot be the middle of `a ? b : c`. */
function isAssigned({ text, at, before }: Reader, start: number): boolean {
  const after = /^[ \t]*(?:(=)(?![=>])|:)/.exec(text.slice(at, at + 80));
  if (after === null || after[1] === "=") return after !== null;
  if (before === "{" || before === ",") return true;
  const line = text.slice(Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 200), start);
  return line.trim() === "" && beforeKey.has(before);
}

/** Tokens after which, in the object that it stands in, a key may come. */
const beforeKey: ReadonlySet<string> = new Set(["", "{", ",", "word", "string", "}", "]", ")"]);

function readComment(reader: Reader, end: number, marker: number): void {
  hideComment(reader.text, { start: reader.at + marker, end }, reader.into);
  reader.at = end;
}

function isWordStart(character: string): boolean {
  return /[\p{L}_]/u.test(character);
}

function isWordPart(character: string): boolean {
  return /[\p{L}\p{N}_-]/u.test(character);
}
