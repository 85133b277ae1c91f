import { identifierEnd, isDigit, nextOf } from "./characters";
import { lexTemplate } from "./template-lexer";
import { push, type Lexer } from "./lexer-state";
import type { TokenKind, Tokens } from "./token";

/**
 * The tokens of a configuration or of a template file, in linear time. Every text has tokens; what the language does not
 * know becomes a token that no parser rule takes.
 */
export function lex(text: string, what: "configuration" | "template"): Tokens {
  const lexer: Lexer = {
    text,
    kinds: [],
    starts: [],
    ends: [],
    comments: [],
    at: text.charCodeAt(0) === byteOrderMark ? 1 : 0,
    braces: 0,
    modes: what === "template" ? [{ kind: "bare" }] : [],
    steppedOver: 0,
  };
  do {
    while (lexer.at < text.length) {
      const mode = lexer.modes[lexer.modes.length - 1];
      if (mode === undefined || mode.kind === "sequence") lexCode(lexer);
      else lexTemplate(lexer, mode);
    }
  } while (stepOverHeredoc(lexer));
  push(lexer, "end of file", text.length, text.length);
  return lexer;
}

const byteOrderMark = 0xfeff;

const notBlank = /[^ \t]/g;

/** Tokens outside of template text, until a template begins or goes on. */
function lexCode(lexer: Lexer): void {
  const { text, modes } = lexer;
  const depth = modes.length;
  let at = lexer.at;
  while (at < text.length && modes.length === depth) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) {
      at = nextOf(notBlank, text, at + 1);
      continue;
    }
    const end = identifierEnd(text, at);
    if (end > at) {
      push(lexer, "identifier", at, end);
      at = end;
    } else {
      at = lexPunctuation(lexer, code, at);
    }
  }
  lexer.at = at;
}

/** Pushes the token at `at` and returns where the next may start. */
function lexPunctuation(lexer: Lexer, code: number, at: number): number {
  switch (code) {
    case 10:
      push(lexer, "newline", at, at + 1);
      return at + 1;
    case 34: // "
      return lexString(lexer, at);
    case 40: // ( ) * + , -
    case 41:
    case 42:
    case 43:
    case 44:
    case 45:
      push(lexer, single[code] ?? "invalid", at, at + 1);
      return at + 1;
    case 123: // {
      lexer.braces++;
      push(lexer, "{", at, at + 1);
      return at + 1;
    case 125: // }
      return closeBrace(lexer, at, at + 1);
    default:
      return isDigit(code) ? lexNumber(lexer, at) : lexRare(lexer, code, at);
  }
}

function lexNumber(lexer: Lexer, at: number): number {
  const end = numberEnd(lexer.text, at + 1);
  push(lexer, "number", at, end);
  return end;
}

/** What may be more than its first character. */
function lexRare(lexer: Lexer, code: number, at: number): number {
  const { text } = lexer;
  const next = text.charCodeAt(at + 1);
  if (code === 35 || (code === 47 && next === 47)) return lineComment(lexer, at);
  if (code === 47 && next === 42) return blockComment(lexer, at);
  if (code === 126 && next === 125) return closeBrace(lexer, at, at + 2);
  if (code === 60 && next === 60) {
    const end = lexHeredocOpening(lexer, at);
    if (end > at) return end;
  }
  if (code === 13 && next === 10) {
    push(lexer, "newline", at, at + 2);
    return at + 2;
  }
  if (code === 46 && next === 46 && text.charCodeAt(at + 2) === 46) {
    push(lexer, "...", at, at + 3);
    return at + 3;
  }
  const kind = double(code, next) ?? single[code] ?? "invalid";
  const end = at + (kind === "invalid" ? characterSize(text, at) : kind.length);
  push(lexer, kind, at, end);
  return end;
}

const notPlain = /["\\$%\r\n]/g;

function lexString(lexer: Lexer, at: number): number {
  const end = nextOf(notPlain, lexer.text, at + 1);
  if (lexer.text.charCodeAt(end) === 34) {
    push(lexer, "plain string", at, end + 1);
    return end + 1;
  }
  push(lexer, "open quote", at, at + 1);
  lexer.modes.push({ kind: "quoted" });
  return at + 1;
}

const single: TokenKind[] = [];
for (const kind of [
  "(",
  ")",
  "[",
  "]",
  "{",
  "=",
  "<",
  ">",
  "!",
  "+",
  "-",
  "*",
  "/",
  "%",
  "?",
  ":",
  ".",
  ",",
] as const) {
  single[kind.charCodeAt(0)] = kind;
}

function double(code: number, next: number): TokenKind | undefined {
  switch (next) {
    case 61: // =
      return code === 61 ? "==" : code === 33 ? "!=" : code === 60 ? "<=" : code === 62 ? ">=" : undefined;
    case 62: // >
      return code === 61 ? "=>" : undefined;
    case 38: // &
      return code === 38 ? "&&" : undefined;
    case 124: // |
      return code === 124 ? "||" : undefined;
    case 58: // :
      return code === 58 ? "::" : undefined;
    default:
      return undefined;
  }
}

function characterSize(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** As the reference scanner takes numbers: several points and exponents too, which the parser then refuses. */
function numberEnd(text: string, at: number): number {
  let end = at;
  for (let i = at; ; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) end = i + 1;
    else if (code === 101 || code === 69) {
      const sign = text.charCodeAt(i + 1);
      const digit = sign === 43 || sign === 45 ? i + 2 : i + 1;
      if (!isDigit(text.charCodeAt(digit))) return end;
      i = digit;
      end = i + 1;
    } else if (code !== 46) return end;
  }
}

/** The line end is not a part of the comment: it ends an attribute like any other. */
function lineComment(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const newline = text.indexOf("\n", at);
  let end = newline < 0 ? text.length : newline;
  if (newline >= 0 && text.charCodeAt(end - 1) === 13) end--;
  lexer.comments.push({ start: at, end });
  return end;
}

function blockComment(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const close = text.indexOf("*/", at + 2);
  if (close >= 0) {
    lexer.comments.push({ start: at, end: close + 2 });
    return close + 2;
  }
  push(lexer, "endless comment", at, at + 2);
  return text.length;
}

/** `}` or `~}`: a brace, or the end of a template sequence. */
function closeBrace(lexer: Lexer, at: number, end: number): number {
  const mode = lexer.modes[lexer.modes.length - 1];
  if (mode?.kind === "sequence" && mode.braces === lexer.braces) {
    lexer.modes.pop();
    push(lexer, "close sequence", at, end);
  } else {
    push(lexer, end - at === 2 ? "invalid" : "}", at, end);
  }
  lexer.braces--;
  return end;
}

/** `<<NAME` or `<<-NAME` and the line end, with nothing between. Returns `at` where it is something else. */
function lexHeredocOpening(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const name = text.charCodeAt(at + 2) === 45 ? at + 3 : at + 2;
  const end = identifierEnd(text, name);
  if (end === name) return at;
  const newline = text.charCodeAt(end) === 13 ? end + 1 : end;
  if (text.charCodeAt(newline) !== 10) return at;
  const marker = text.slice(name, end);
  lexer.modes.push({ kind: "heredoc", marker, start: at, token: lexer.kinds.length, atLineStart: true });
  push(lexer, "open heredoc", at, newline + 1);
  return newline + 1;
}

/**
 * A heredoc whose marker never comes would take the rest of the file. Instead it ends where the next top-level block
 * begins a line; the number of times is limited, since each looks through the rest of the text. Returns whether there is
 * more to lex.
 */
function stepOverHeredoc(lexer: Lexer): boolean {
  const heredoc = lexer.modes.find((mode) => mode.kind === "heredoc");
  if (heredoc === undefined) return false;
  const { kinds, starts, ends, comments, text } = lexer;
  const openingEnd = ends[heredoc.token] ?? text.length;
  kinds.length = starts.length = ends.length = heredoc.token;
  while ((comments[comments.length - 1]?.start ?? -1) >= heredoc.start) comments.pop();
  push(lexer, "endless heredoc", heredoc.start, openingEnd);
  push(lexer, "newline", openingEnd, openingEnd);
  if (lexer.modes[0]?.kind === "bare") return false;
  lexer.modes.length = 0;
  lexer.braces = 0;
  topLevelBlock.lastIndex = openingEnd;
  const next = lexer.steppedOver++ < stepsOver ? topLevelBlock.exec(text) : null;
  if (next === null) return false;
  lexer.at = next.index;
  return true;
}

const stepsOver = 20;

const topLevelBlock =
  /^(?:resource|data|ephemeral|variable|output|module|provider|locals|terraform|moved|import|removed|check)[ \t"][^\n={]*\{/gm;
