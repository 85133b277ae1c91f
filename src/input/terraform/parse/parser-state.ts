import { limits } from "../../../core/limits";
import type { Source } from "../../../core/source";
import { report, reportDepth, type Opening, type Problems } from "./problems";
import type { Invalid, Name } from "./syntax";
import { found, type TokenKind, type Tokens } from "./token";

/**
 * The state of one pass over the tokens. After the first thing that is wrong in an attribute's value the place is the end
 * of the file, where every loop of the grammar ends; what called for the value then goes to where parsing can go on.
 */
export interface Parser {
  readonly text: string;
  readonly tokens: Tokens;
  readonly problems: Problems;
  /** May a top-level block at the start of a line end the blocks around it? So where a brace is missing. */
  readonly resync: boolean;
  /** The next token that counts, and its kind. */
  index: number;
  kind: TokenKind;
  /** Where the last token that was taken ends. */
  end: number;
  /** Do line ends end something here? Not in parentheses, brackets, `for` and template sequences. */
  lineEndsCount: boolean;
  /** Levels of nesting around the place. */
  depth: number;
  /** Levels below the node that was made last, so that no chain (`a.b.c`, `a + b + c`) makes a tree too deep to walk. */
  height: number;
  failed: boolean;
  /** No end of a template sequence follows: there is no use in looking again. */
  lost: boolean;
  /** Was anything skipped, or cut short? */
  recovered: boolean;
  /** Was it reported that something has no end? The blocks around it have none either. */
  cutShort: boolean;
}

export function newParser(source: Source, tokens: Tokens, problems: Problems, resync: boolean): Parser {
  return {
    text: source.text,
    tokens,
    problems,
    resync,
    index: 0,
    kind: tokens.kinds[0] ?? "end of file",
    end: 0,
    lineEndsCount: true,
    depth: 0,
    height: 0,
    failed: false,
    lost: false,
    recovered: false,
    cutShort: false,
  };
}

/** The kind of the next token that counts. */
export function peek(p: Parser): TokenKind {
  return p.kind;
}

/** The kind of the token right after the next one. */
export function peekSecond(p: Parser): TokenKind {
  return p.tokens.kinds[p.index + 1] ?? "end of file";
}

/** Where the next token starts. */
export function startOf(p: Parser): number {
  return p.tokens.starts[p.index] ?? p.text.length;
}

export function endOf(p: Parser): number {
  return p.tokens.ends[p.index] ?? p.text.length;
}

/** Goes over the next token. */
export function take(p: Parser): void {
  const { kinds, ends } = p.tokens;
  p.end = ends[p.index] ?? p.text.length;
  let next = p.index + 1;
  if (!p.lineEndsCount) while (kinds[next] === "newline") next++;
  p.index = next;
  p.kind = kinds[next] ?? "end of file";
}

function moveTo(p: Parser, index: number): void {
  const { kinds } = p.tokens;
  let next = index;
  if (!p.lineEndsCount) while (kinds[next] === "newline") next++;
  p.index = next;
  p.kind = kinds[next] ?? "end of file";
}

/** From the next token on, do line ends count? Returns whether they did, for `close`. */
export function setLineEnds(p: Parser, count: boolean): boolean {
  const before = p.lineEndsCount;
  p.lineEndsCount = count;
  moveTo(p, p.index);
  return before;
}

/** Goes over an opening token, behind which line ends count or not. Returns whether they did, for `close`. */
export function open(p: Parser, lineEndsCount: boolean): boolean {
  const before = p.lineEndsCount;
  p.lineEndsCount = lineEndsCount;
  take(p);
  return before;
}

/** Goes over the closing token, or fails: `what` is what had to stand here. Behind it line ends count as before. */
export function close(p: Parser, kind: TokenKind, before: boolean, what: string, opening?: Opening): boolean {
  p.lineEndsCount = before;
  return expect(p, kind, what, opening);
}

/** Goes over the identifier that comes next. */
export function takeName(p: Parser): Name {
  const start = startOf(p);
  take(p);
  return { text: p.text.slice(start, p.end), start, end: p.end };
}

/** Is the next token this identifier? */
export function atKeyword(p: Parser, keyword: string): boolean {
  if (peek(p) !== "identifier") return false;
  const start = startOf(p);
  return endOf(p) - start === keyword.length && p.text.startsWith(keyword, start);
}

/** Goes over a token of this kind, or fails: `what` is what had to stand here, for the message. */
export function expect(p: Parser, kind: TokenKind, what: string, opening?: Opening): boolean {
  if (peek(p) !== kind) {
    failExpecting(p, what, opening);
    return false;
  }
  take(p);
  return true;
}

export function failExpecting(p: Parser, what: string, opening?: Opening): Invalid {
  return fail(p, unexpected(p, what), opening);
}

/** What to say where the next token is not what had to stand there. */
export function unexpected(p: Parser, what: string): string {
  const kind = peek(p);
  if (kind === "endless heredoc") {
    p.cutShort = true;
    return "The heredoc has no closing marker on a line of its own";
  }
  if (kind === "endless comment") return 'The comment has no closing "*/"';
  return `Expected ${what}, found ${kind === "invalid" ? foundCharacter(p) : found(kind)}`;
}

function foundCharacter(p: Parser): string {
  const character = p.text.charAt(startOf(p));
  if (character === "'" || character === "`") return `"${character}"; strings stand in double quotes`;
  return /[!-~]/.test(character) ? `"${character}"` : found("invalid");
}

/** Says what is wrong at the next token, and gives the value up. */
function fail(p: Parser, message: string, opening?: Opening): Invalid {
  const start = startOf(p);
  const end = endOf(p);
  // Closing tokens without width were added where a string had no end, which was reported.
  const isReported = p.failed || (start === end && p.kind !== "end of file");
  if (!isReported) report(p.problems, start, end, message, opening);
  return giveUp(p, start);
}

/** Is the tree that was made last, at this depth, still one that can be walked? Fails where not. */
export function bounded(p: Parser): boolean {
  return p.height <= limits.depth || tooDeep(p);
}

/** One level further down. Fails where that is too deep. */
export function descend(p: Parser): boolean {
  p.height = 0;
  return ++p.depth <= limits.depth || tooDeep(p);
}

function tooDeep(p: Parser): false {
  const start = startOf(p);
  if (!p.failed) reportDepth(p.problems, start, endOf(p));
  giveUp(p, start);
  return false;
}

function giveUp(p: Parser, start: number): Invalid {
  p.failed = true;
  moveTo(p, p.tokens.kinds.length - 1);
  return { kind: "invalid", start, end: start };
}

/** Goes on at a token after something failed. */
export function resumeAt(p: Parser, index: number): void {
  moveTo(p, index);
  p.end = p.tokens.ends[index - 1] ?? p.end;
  p.failed = false;
  p.lost = false;
}
