import { isBlank, isSpace, lineEnd } from "./characters";
import { hideInSource, unescape } from "./escaped";
import {
  firstEndingAfter,
  hideComment,
  hideLiteral,
  hidingAll,
  wholeOf,
  type Hidden,
  type Hiding,
  type Range,
} from "./hidden";
import { hole, holdsSecret, isPrintable, isPrintableKey, isReference, namesCredential } from "./shapes";

/** A part of a text that holds data: JSON, YAML, a heredoc, a template, or anything else that is not code. */
interface DataRegion extends Range {
  /** Parts that are code and are judged elsewhere: the interpolations of a heredoc. Sorted. */
  readonly code: readonly Range[];
  /** The name of the setting that holds the data. */
  readonly key: string;
  /** Hides what is not printable of a string that is a template, where the data has such: Terraform's JSON syntax. */
  readonly maskTemplate?: (text: string, key: string, into: Hiding) => void;
}

/**
 * Hides every scalar of a piece of data, quoted or not, that is not printable in its position. Structure and keys stay.
 * It knows no dialect: what reads as JSON or YAML is taken so, and any other word is a scalar. Linear, never throws.
 */
export function maskData(text: string, region: DataRegion, into: Hiding): void {
  const reader: Reader = { text, region, into, at: region.start, key: region.key, outer: [] };
  while (reader.at < region.end && !into.isDone(reader.at)) readToken(reader);
}

interface Reader {
  readonly text: string;
  readonly region: DataRegion;
  readonly into: Hiding;
  at: number;
  /** The key that the next scalar belongs to. */
  key: string;
  /** The keys of the brackets that are open. */
  readonly outer: string[];
}

function readToken(reader: Reader): void {
  const { text, at } = reader;
  const next = text.charAt(at);
  const interpolation = codeAt(reader, at);
  if (interpolation !== undefined) reader.at = interpolation.end;
  else if (isSpace(next)) reader.at++;
  else if (next === '"' || next === "'") readQuoted(reader, next);
  else if (next === "#") readComment(reader);
  else if (next === "[" || next === "{") {
    reader.outer.push(reader.key);
    reader.at++;
  } else if (next === "]" || next === "}") {
    reader.key = reader.outer.pop() ?? reader.key;
    reader.at++;
  } else if (next === "," || next === ":") reader.at++;
  else readPlain(reader);
}

function readComment(reader: Reader): void {
  const end = Math.min(lineEnd(reader.text, reader.at), reader.region.end);
  hideComment(reader.text, { start: reader.at + 1, end }, reader.into);
  reader.at = end;
}

/** A quoted scalar; one that a colon follows is a key. */
function readQuoted(reader: Reader, quote: '"' | "'"): void {
  const start = reader.at + 1;
  const end = closingQuote(reader, start, quote);
  reader.at = Math.min(end + 1, reader.region.end);
  const colon = skipSpaces(reader, reader.at);
  if (reader.text.charAt(colon) === ":" && colon < reader.region.end) takeKey(reader, { start, end });
  else hideScalar(reader, { start, end });
}

/** The offset of the quote that closes, or of the region's end. YAML doubles a single quote, and escapes no other. */
function closingQuote(reader: Reader, start: number, quote: '"' | "'"): number {
  const { text, region } = reader;
  let at = start;
  while (at < region.end) {
    const code = codeAt(reader, at);
    const next = text.charAt(at);
    if (code !== undefined) at = code.end;
    else if (next === quote && quote === "'" && text.charAt(at + 1) === "'") at += 2;
    else if (next === quote) return at;
    else at += next === "\\" && quote === '"' ? 2 : 1;
  }
  return region.end;
}

/**
 * What no quote begins: the mark, tag or anchor of YAML before an item or scalar (`- `, `!Sub `, `&name `), or an unquoted
 * scalar up to the end of the line, a comment, or the end of the item where a bracket is open.
 */
function readPlain(reader: Reader): void {
  const { text, at: start } = reader;
  const [mark] = /^(?:[-?]|![\w:!]*|&\w+)(?=\s|$)/.exec(text.slice(start, start + 100)) ?? [];
  if (mark !== undefined) {
    if (mark.startsWith("!")) takeFunction(reader, mark.slice(1));
    reader.at = start + mark.length;
    return;
  }
  const isLine = reader.outer.length === 0 && beginsLine(reader);
  const end = plainEnd(reader);
  reader.at = end;
  if (text.charAt(end) === ":" && end < reader.region.end) takeKey(reader, trimmed(text, start, end));
  else takePlain(reader, { start, end }, isLine);
}

/** An unquoted scalar. `NAME=value` has its own key; any other line of its own has none: it may be prose or a command. */
function takePlain(reader: Reader, { start, end }: Range, isLine: boolean): void {
  const { text, key: outer } = reader;
  const [assigned] =
    /^(?:export\s|Environment=)?\s*[A-Za-z_][\w.-]{0,80}(?:=|\s=\s)/.exec(text.slice(start, end)) ?? [];
  if (assigned !== undefined) reader.key = assigned.replace(/^export\s|[\s=]/g, "");
  else if (isLine) reader.key = "";
  const value = trimmed(text, start + (assigned ?? "").length, end);
  if (assigned !== undefined && /["']/.test(text.charAt(value.start))) {
    reader.at = value.start; // A quoted scalar, which is read next, under this key.
    return;
  }
  hideScalar(reader, value);
  reader.key = outer;
}

function plainEnd(reader: Reader): number {
  const { text, region, outer } = reader;
  let at = reader.at;
  while (at < region.end) {
    const code = codeAt(reader, at);
    const next = text.charAt(at);
    if (code !== undefined) {
      at = code.end;
      continue;
    }
    if (next === "\n" || next === "\r") return at;
    if (next === ":" && (at + 1 === region.end || isSpace(text.charAt(at + 1)))) return at;
    if (next === "#" && isSpace(text.charAt(at - 1))) return at;
    if (outer.length > 0 && (next === "," || next === "]" || next === "}")) return at;
    at++;
  }
  return region.end;
}

function takeKey(reader: Reader, range: Range): void {
  const key = reader.text.slice(range.start, range.end);
  if (reader.into.isAsked(range) && !isPrintableKey(key)) hideScalar(reader, range);
  takeFunction(reader, key);
}

/** A function stands between a key and its value; those whose argument is a name are positions of their own. */
function takeFunction(reader: Reader, key: string): void {
  const named = /^(?:Fn::)?(Ref|GetAtt|ImportValue|FindInMap|Condition)$/.exec(key);
  if (named !== null) reader.key = named[1] === "Ref" || named[1] === "Condition" ? key : `Fn::${named[1] ?? ""}`;
  else if (!/^(?:Fn::\w+|Sub|Join|If|Select|Split|Base64|Equals|Not|And|Or|Transform|Cidr|GetAZs|!\w*)$/.test(key)) {
    reader.key = key;
  }
}

/** Hides what is not printable of a scalar: all of it, or the parts between its interpolations. */
function hideScalar(reader: Reader, range: Range): void {
  if (range.start >= range.end || !reader.into.isAsked(range)) return;
  const { text, key } = reader;
  const parts = partsOf(reader, range);
  const shape = parts.map((part) => (part.kind === "hole" ? hole : text.slice(part.start, part.end))).join("");
  if (isPrintable(shape, key) || hideInside(reader, range, shape)) return;
  // A scalar without a key is a line of a script or of prose: it may be anything.
  const credential = key === "" || namesCredential(key) || holdsSecret(shape);
  for (const part of parts) {
    if (part.kind === "hole" || isPrintable(text.slice(part.start, part.end), "")) continue;
    hideLiteral(text, part, credential, reader.into);
  }
}

/** A scalar that holds data itself, or a template, is judged by its parts. Each level doubles the escapes: they end. */
function hideInside(reader: Reader, range: Range, shape: string): boolean {
  const { text, region, key } = reader;
  const maskTemplate = /[$%]\{/.test(shape) ? region.maskTemplate : undefined;
  if (maskTemplate === undefined && !/^\s*[[{][\s\S]*\\"/.test(shape)) return false;
  const inside = unescape(text, range, codeWithin(region.code, range));
  const hidden: Hidden[] = [];
  if (maskTemplate !== undefined) maskTemplate(inside.text, key, hidingAll(hidden));
  else maskData(inside.text, { ...wholeOf(inside.text), code: inside.code, key }, hidingAll(hidden));
  hideInSource(hidden, inside, reader.into);
  return true;
}

interface Part extends Range {
  readonly kind: "text" | "hole";
}

/** The literal parts of a scalar and the interpolations between them. */
function partsOf(reader: Reader, range: Range): readonly Part[] {
  const { text } = reader;
  const parts: Part[] = [];
  let start = range.start;
  let at = range.start;
  const takeHole = (end: number) => {
    if (at > start) parts.push({ kind: "text", start, end: at });
    parts.push({ kind: "hole", start: at, end });
    at = end;
    start = end;
  };
  while (at < range.end) {
    const code = codeAt(reader, at);
    if (code !== undefined) takeHole(Math.min(code.end, range.end));
    else if (text.startsWith("${", at)) {
      // References are short: looking no further keeps the whole linear.
      const inside = text.slice(at + 2, Math.min(at + 160, range.end));
      const close = inside.indexOf("}");
      if (close >= 0 && isReference(inside.slice(0, close))) takeHole(at + 2 + close + 1);
      else at += 2;
    } else at++;
  }
  if (at > start) parts.push({ kind: "text", start, end: at });
  return parts;
}

function codeWithin(code: readonly Range[], { start, end }: Range): readonly Range[] {
  return code.slice(firstEndingAfter(code, start), firstEndingAfter(code, end));
}

/** The interpolation that begins at, or holds, the offset. */
function codeAt(reader: Reader, at: number): Range | undefined {
  const { code } = reader.region;
  if (code.length === 0) return undefined;
  const range = code[firstEndingAfter(code, at)];
  return range !== undefined && range.start <= at ? range : undefined;
}

function beginsLine(reader: Reader): boolean {
  let at = reader.at - 1;
  while (at >= reader.region.start && isBlank(reader.text.charAt(at))) at--;
  return at < reader.region.start || reader.text.charAt(at) === "\n" || reader.text.charAt(at) === "\r";
}

function trimmed(text: string, start: number, end: number): Range {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charAt(from))) from++;
  while (to > from && isSpace(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

function skipSpaces(reader: Reader, from: number): number {
  let at = from;
  while (at < reader.region.end && isBlank(reader.text.charAt(at))) at++;
  return at;
}
