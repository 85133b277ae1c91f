import { isSpace, nextOf } from "./characters";
import { push, type Heredoc, type Lexer, type Mode } from "./lexer-state";
import type { TokenKind } from "./token";

/**
 * Tokens of template text, until the template ends or a sequence begins. Where text is cut into tokens follows the
 * reference scanner, since trim markers and `<<-` look at one token only: at line ends, and before and after a `$` or `%`
 * that begins no sequence.
 */
export function lexTemplate(lexer: Lexer, mode: Exclude<Mode, { kind: "sequence" }>): void {
  if (mode.kind === "quoted") lexQuoted(lexer);
  else lexLines(lexer, mode.kind === "heredoc" ? mode : undefined);
}

const inQuotes = /["\\$%\r\n]/g;

function lexQuoted(lexer: Lexer): void {
  const { text } = lexer;
  let kind: TokenKind = "text";
  let from = lexer.at;
  let at = nextOf(inQuotes, text, from);
  for (; at < text.length; at = nextOf(inQuotes, text, at)) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      kind = "escaped text";
      const next = text.charCodeAt(at + 1);
      at += next === 10 || next === 13 ? 1 : 2;
      continue;
    }
    pushText(lexer, kind, from, at);
    if (code === 34) {
      push(lexer, "close quote", at, at + 1);
      lexer.modes.pop();
      lexer.at = at + 1;
      return;
    }
    if (code === 10 || code === 13) {
      breakString(lexer, at);
      return;
    }
    const end = lexMarker(lexer, code, at);
    if (end === undefined) return;
    kind = "text";
    from = at = end;
  }
  pushText(lexer, kind, from, text.length);
  lexer.at = text.length;
}

const inLines = /[\n\r$%]/g;

/** Text of a heredoc, or of a template file, a token a line. */
function lexLines(lexer: Lexer, heredoc: Heredoc | undefined): void {
  const { text } = lexer;
  let from = lexer.at;
  let at = from;
  for (;;) {
    if (heredoc?.atLineStart === true && closeHeredoc(lexer, heredoc, from)) return;
    at = nextOf(inLines, text, at);
    if (at === text.length) break;
    const code = text.charCodeAt(at);
    // At a lone carriage return the reference scanner stops, and Terraform takes the rest of a template file as it is.
    if (code === 13 && text.charCodeAt(at + 1) !== 10 && heredoc === undefined) break;
    if (heredoc !== undefined) heredoc.atLineStart = code === 10;
    if (code === 13 && text.charCodeAt(at + 1) === 10) {
      at++;
      continue;
    }
    if (code === 10) {
      pushText(lexer, "text", from, at + 1);
      from = at = at + 1;
      continue;
    }
    pushText(lexer, "text", from, at);
    const end = code === 13 ? carriageReturn(lexer, at) : lexMarker(lexer, code, at);
    if (end === undefined) return;
    from = at = end;
  }
  pushText(lexer, "text", from, text.length);
  lexer.at = text.length;
}

function carriageReturn(lexer: Lexer, at: number): number {
  push(lexer, "carriage return", at, at + 1);
  return at + 1;
}

/** `$` or `%`: begins a sequence (undefined), is an escape, or stands for itself; then where it ends. */
function lexMarker(lexer: Lexer, code: number, at: number): number | undefined {
  const { text } = lexer;
  const next = text.charCodeAt(at + 1);
  if (next === 123) {
    const end = text.charCodeAt(at + 2) === 126 ? at + 3 : at + 2;
    push(lexer, code === 36 ? "open interpolation" : "open directive", at, end);
    lexer.modes.push({ kind: "sequence", braces: ++lexer.braces });
    lexer.at = end;
    return undefined;
  }
  if (next === code && text.charCodeAt(at + 2) === 123) {
    push(lexer, "template escape", at, at + 3);
    return at + 3;
  }
  push(lexer, "text", at, at + 1);
  return at + 1;
}

/**
 * A quoted string ends with its line, so that one missing quote does not turn the rest of the file inside out: strings
 * and sequences are closed, up to a heredoc around them. The parser says what is wrong where it finds this token.
 */
function breakString(lexer: Lexer, at: number): void {
  push(lexer, "line end in string", at, at);
  for (;;) {
    const mode = lexer.modes[lexer.modes.length - 1];
    if (mode?.kind === "quoted") {
      push(lexer, "close quote", at, at);
    } else if (mode?.kind === "sequence") {
      push(lexer, "close sequence", at, at);
      lexer.braces = mode.braces - 1;
    } else {
      break;
    }
    lexer.modes.pop();
  }
  lexer.at = at;
}

/** Is the line at `at` the heredoc's marker, spaces aside, with a line end after it? Then the heredoc ends. */
function closeHeredoc(lexer: Lexer, heredoc: Heredoc, at: number): boolean {
  const { text } = lexer;
  let start = at;
  while (isBlank(text, start)) start++;
  if (!text.startsWith(heredoc.marker, start)) return false;
  const end = start + heredoc.marker.length;
  let newline = end;
  while (isBlank(text, newline)) newline++;
  if (text.charCodeAt(newline) !== 10) return false;
  push(lexer, "close heredoc", start, end);
  lexer.modes.pop();
  lexer.at = text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  return true;
}

/** A carriage return is one only before a line feed. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code !== 10 && isSpace(code) && (code !== 13 || text.charCodeAt(at + 1) === 10);
}

function pushText(lexer: Lexer, kind: TokenKind, start: number, end: number): void {
  if (end > start) push(lexer, kind, start, end);
}
