import type { Because } from "../../core/finding";
import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import type { Piece, Text, Unknown } from "../../core/value";

/**
 * An IAM wildcard pattern (`*` any run of characters, `?` one character) as tokens. A hole is a text that is not
 * known: questions about a pattern with holes are answered for every text that could stand there, or "maybe".
 */
export type Pattern = readonly Token[];

/** A code point, one of the two wildcards below zero, or a hole. */
export type Token = number | PatternHole;

/** Two holes with one id are the same text. A policy variable (`${aws:username}`) is a hole that AWS fills. */
export interface PatternHole {
  readonly id: string | undefined;
  readonly because: Because;
}

/** `*` */
export const any = -1;
/** `?` */
export const one = -2;
/** Stands for "some character that no pattern names" in words that are tried against patterns. */
export const fresh = 0x10fffe;

/** Action names are compared without case, ARNs with it. */
type PatternCase = "fold" | "keep";

/** The pattern that a text of the input is. `variables`: `${…}` is a policy variable, as in Resource. */
export function patternOf(text: Text | Unknown, mode: PatternCase, variables = false): Pattern {
  if (text.kind === "unknown") return [hole(text)];
  const tokens: Token[] = [];
  for (const piece of variables ? withWholeVariables(text.pieces) : text.pieces) {
    if (tokens.length > limits.patternLength) return [tooLong(text.at)];
    if (piece.kind === "hole") tokens.push(hole(piece.unknown));
    else if (piece.kind === "encoded") tokens.push(encodedHole(piece.format, piece.at));
    else pushKnown(tokens, mode === "fold" ? piece.text.toLowerCase() : piece.text, variables, piece.at);
  }
  return tokens.length > limits.patternLength ? [tooLong(text.at)] : tokens;
}

/** An escape divides what is known: `$${aws:username}` is two pieces of HCL, and one policy variable. */
function withWholeVariables(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const before = whole.at(-1);
    if (before?.kind === "known" && piece.kind === "known") {
      whole[whole.length - 1] = { ...before, text: before.text + piece.text };
    } else whole.push(piece);
  }
  return whole;
}

/** A pattern that this program or its data names. */
export function literalPattern(characters: string): Pattern {
  const tokens: Token[] = [];
  pushKnown(tokens, characters, false, nowhere);
  return tokens;
}

/** Does AWS fill the hole, request by request? */
export function isPolicyVariable({ id }: PatternHole): boolean {
  return id?.startsWith("${") === true;
}

/** The holes of a pattern, as what is unknown. */
export function unknownsIn(pattern: Pattern): readonly Because[] {
  return pattern.flatMap((token) => (typeof token === "number" ? [] : [token.because]));
}

/** Has it a `*` or `?`? */
export function hasWildcards(pattern: Pattern): boolean {
  return pattern.some((token) => token === any || token === one);
}

export function hasHoles(pattern: Pattern): boolean {
  return pattern.some((token) => typeof token !== "number");
}

/**
 * Two texts that the pattern matches and that are the hardest to match for others: wildcards stand for nothing, or for
 * characters that no pattern names. Holes stay.
 */
export function hardWords(pattern: Pattern): readonly Pattern[] {
  const short = pattern.flatMap((token) => (token === any ? [] : [token === one ? fresh : token]));
  const run = new Array<Token>(3).fill(fresh);
  const long = pattern.flatMap((token) => (token === any ? run : [token === one ? fresh : token]));
  return pattern.includes(any) ? [long, short] : [short];
}

/** The known characters before the first wildcard or hole. */
export function prefixOf(pattern: Pattern): string {
  const end = pattern.findIndex((token) => typeof token !== "number" || token < 0);
  const known = end < 0 ? pattern : pattern.slice(0, end);
  return known.map((token) => (typeof token === "number" ? String.fromCodePoint(token) : "")).join("");
}

const nowhere: Span = { file: "", start: 0, end: 0 };

function hole(unknown: Unknown): PatternHole {
  return { id: unknown.id, because: { reason: unknown.reason, at: unknown.at } };
}

function encodedHole(format: string, at: Span): PatternHole {
  return { id: undefined, because: { reason: { kind: "unsupported", what: `${format} in a pattern` }, at } };
}

function tooLong(at: Span): PatternHole {
  return { id: undefined, because: { reason: { kind: "limit", what: "patternLength" }, at } };
}

function pushKnown(tokens: Token[], characters: string, variables: boolean, at: Span): void {
  for (let i = 0; i < characters.length && tokens.length <= limits.patternLength;) {
    const variable = variables ? variableAt(characters, i) : undefined;
    if (variable !== undefined) {
      tokens.push(variableToken(variable, at));
      i += variable.length + 3;
      continue;
    }
    const code = characters.codePointAt(i) ?? 0;
    tokens.push(code === 42 ? any : code === 63 ? one : code);
    i += code > 0xffff ? 2 : 1;
  }
}

/** The name in `${name}` at a place, if one is there. */
function variableAt(characters: string, i: number): string | undefined {
  if (characters.charCodeAt(i) !== 36 || characters.charCodeAt(i + 1) !== 123) return undefined;
  const end = characters.indexOf("}", i);
  return end < 0 ? undefined : characters.slice(i + 2, end);
}

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
function variableToken(variable: string, at: Span): Token {
  if (variable === "*" || variable === "?" || variable === "$") return variable.charCodeAt(0);
  const what = /^[A-Za-z0-9:/_.-]{1,60}$/.test(variable) ? `\${${variable}}` : "a policy variable";
  return { id: `\${${variable}}`, because: { reason: { kind: "after-apply", what }, at } };
}

/** In lower case, of ASCII letters alone. */
export function folded<T extends Token>(token: T): T | number {
  return typeof token === "number" && token >= 65 && token <= 90 ? token + 32 : token;
}

export function sameToken(a: Token, b: Token): boolean {
  if (a === b) return true;
  return typeof a !== "number" && typeof b !== "number" && a.id !== undefined && a.id === b.id;
}

export function isLiteral(pattern: Pattern): boolean {
  return pattern.every((token) => typeof token === "number" && token >= 0);
}
