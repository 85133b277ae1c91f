import { lineEnd } from "./characters";
import { hideBlockComment, hideComment, hideLiteral, hideWord, type Hiding } from "./hidden";
import { holdsSecret, isPrintable, namesCredential } from "./shapes";

/**
 * Hides every string of a TypeScript, JavaScript or Python program that is not printable in its position, and the words
 * of comments. Needs tokens only, so that a broken file is masked too. Linear, never throws.
 */
export function maskProgram(text: string, isPython: boolean, into: Hiding): void {
  const reader: Reader = { text, isPython, into, at: 0, brackets: [], key: "", before: "", noPattern: 0, isId: false };
  while (reader.at < text.length && !into.isDone(reader.at)) readToken(reader);
}

interface Reader {
  readonly text: string;
  readonly isPython: boolean;
  readonly into: Hiding;
  at: number;
  /** Open brackets; `${` for one that leads back into a template. */
  readonly brackets: string[];
  /** The property or variable that the next string belongs to. */
  key: string;
  /** The last token: a word, or a character. */
  before: string;
  /** Up to here no regular expression ends. */
  noPattern: number;
  /** The next string is the id of a construct: it follows its scope. */
  isId: boolean;
}

function readToken(reader: Reader): void {
  const { text, at, isPython } = reader;
  const next = text.charAt(at);
  if (/\s/.test(next)) reader.at++;
  else if (isPython ? next === "#" : text.startsWith("//", at)) readComment(reader, lineEnd(text, at));
  else if (!isPython && text.startsWith("/*", at)) reader.at = hideBlockComment(text, at, reader.into);
  else if (next === '"' || next === "'") readString(reader, quoteAt(reader));
  else if (next === "`" && !isPython) readTemplate(reader, at + 1);
  else if (/[\w$]/.test(next)) readWord(reader);
  else if (next === "/" && !isPython && startsExpression(reader)) readPattern(reader);
  else readSign(reader, next);
}

function readComment(reader: Reader, end: number): void {
  hideComment(reader.text, { start: reader.at + (reader.isPython ? 1 : 2), end }, reader.into);
  reader.at = end;
}

/** Python's long strings have three quotes. */
function quoteAt({ text, at, isPython }: Reader): string {
  const quote = text.charAt(at);
  return isPython && text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
}

/** A string ends at its quote, and a short one at the end of its line. */
function readString(reader: Reader, quote: string): void {
  const { text } = reader;
  const start = reader.at + quote.length;
  let end = start;
  while (end < text.length && !text.startsWith(quote, end)) {
    if (quote.length === 1 && text.charAt(end) === "\n") break;
    end += text.charAt(end) === "\\" ? 2 : 1;
  }
  end = Math.min(end, text.length);
  hideString(reader, start, end);
  reader.at = end + (text.startsWith(quote, end) ? quote.length : 0);
  after(reader, "string");
}

/** A piece of a template, up to its end or to an expression in it. */
function readTemplate(reader: Reader, start: number): void {
  const { text } = reader;
  let end = start;
  while (end < text.length && text.charAt(end) !== "`" && !text.startsWith("${", end)) {
    end += text.charAt(end) === "\\" ? 2 : 1;
  }
  end = Math.min(end, text.length);
  hideString(reader, start, end);
  const isExpression = text.startsWith("${", end);
  reader.at = end + (isExpression ? 2 : 1);
  if (isExpression) reader.brackets.push("${");
  after(reader, isExpression ? "{" : "string");
}

function hideString(reader: Reader, start: number, end: number): void {
  if (!reader.into.isAsked({ start, end })) return;
  const written = reader.text.slice(start, end);
  const key = reader.isId ? "name" : reader.key;
  if (written === "" || isPrintable(written, key)) return;
  hideLiteral(reader.text, { start, end }, holdsSecret(written) || namesCredential(key), reader.into);
}

function readWord(reader: Reader): void {
  const { text, at: start } = reader;
  while (/[\w$]/.test(text.charAt(reader.at))) reader.at++;
  const word = text.slice(start, reader.at);
  hideWord(text, { start, end: reader.at }, reader.into);
  after(reader, word);
}

/** A regular expression: it may hold quotes. Where it does not end on its line it is none. */
function readPattern(reader: Reader): void {
  const { text, at } = reader;
  let isClass = false;
  let end = at < reader.noPattern ? text.length : at + 1;
  for (; end < text.length && text.charAt(end) !== "\n"; end++) {
    const character = text.charAt(end);
    if (character === "\\") end++;
    else if (character === "[") isClass = true;
    else if (character === "]") isClass = false;
    else if (character === "/" && !isClass) {
      hideString(reader, at + 1, end);
      reader.at = end + 1;
      after(reader, "string");
      return;
    }
  }
  reader.noPattern = Math.max(reader.noPattern, Math.min(end, lineEnd(text, at)));
  readSign(reader, "/");
}

/** Does a slash begin a regular expression here? Behind a value it divides. */
function startsExpression({ before }: Reader): boolean {
  return /^(?:|return|typeof|case|in|of|do|else|[([{,;:=!&|?+\-*%~^<>}])$/.test(before);
}

function readSign(reader: Reader, sign: string): void {
  const { brackets, before } = reader;
  reader.at++;
  if (sign === ":" || sign === "=") reader.key = /^[A-Za-z_$]/.test(before) && before !== "string" ? before : "";
  if (sign === "(" || sign === "{" || sign === ";" || (sign === "," && brackets.at(-1) !== "[")) reader.key = "";
  if (sign === "(" || sign === "[" || sign === "{") brackets.push(sign);
  const isClosing = sign === ")" || sign === "]" || sign === "}";
  const opened = isClosing ? brackets.pop() : undefined;
  if (opened === "${" && sign === "}") {
    readTemplate(reader, reader.at);
    return;
  }
  const isScope = sign === "," && /^(?:this|self|scope)$/.test(before);
  after(reader, sign);
  reader.isId = isScope;
}

function after(reader: Reader, token: string): void {
  reader.before = token;
  reader.isId = false;
}
