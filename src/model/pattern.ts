import type { Because } from "../core/finding";
import { limits } from "../core/limits";
import type { Span } from "../core/source";
import { allOf, truth, type Truth } from "../core/truth";
import type { Text, Unknown } from "../core/value";

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
export type PatternCase = "fold" | "keep";

/** The pattern that a text of the input is. `variables`: `${…}` is a policy variable, as in Resource. */
export function patternOf(text: Text | Unknown, mode: PatternCase, variables = false): Pattern {
  if (text.kind === "unknown") return [hole(text)];
  const tokens: Token[] = [];
  for (const piece of text.pieces) {
    if (tokens.length > limits.patternLength) return [tooLong(text.at)];
    if (piece.kind === "hole") tokens.push(hole(piece.unknown));
    else if (piece.kind === "encoded") tokens.push(encodedHole(piece.format, piece.at));
    else pushKnown(tokens, mode === "fold" ? piece.text.toLowerCase() : piece.text, variables, piece.at);
  }
  return tokens.length > limits.patternLength ? [tooLong(text.at)] : tokens;
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

/** The holes of `a` that leave it open whether `b` overlaps it: of ARNs, those in the fields that decide. */
export function decidingUnknowns(a: Pattern, b: Pattern): readonly Because[] {
  const fields = fieldPairs(a, b) ?? [[a, b]];
  return fields.flatMap(([x, y]) => (overlap(x, y) === "maybe" ? unknownsIn(x) : []));
}

/** Has it a `*` or `?`? */
export function hasWildcards(pattern: Pattern): boolean {
  return pattern.some((token) => token === any || token === one);
}

export function hasHoles(pattern: Pattern): boolean {
  return pattern.some((token) => typeof token !== "number");
}

/**
 * Is there a text that both patterns match? ARNs are compared field by field: a hole is not taken to hold a colon.
 * Time and space are the product of the lengths.
 */
export function overlaps(a: Pattern, b: Pattern): Truth {
  const fields = fieldPairs(a, b);
  if (fields !== undefined) return allOf(fields.map(([x, y]) => overlap(x, y)));
  return overlap(a, b);
}

function overlap(a: Pattern, b: Pattern): Truth {
  if (isLiteral(b) && !hasHoles(a)) return truth(matches(a, b));
  if (meets(a, b)) return "yes";
  if (!hasHoles(a) && !hasHoles(b)) return "no";
  return meets(widened(a), widened(b)) ? "maybe" : "no";
}

/** Does `a` match every text that `b` matches? Time is the product of the lengths. */
export function covers(a: Pattern, b: Pattern): Truth {
  if (includes(a, b)) return "yes";
  if (!hasHoles(a) && !hasHoles(b)) return "no";
  if (!meets(widened(a), widened(b))) return "no";
  if (!hasHoles(b) && !includes(widened(a), b)) return "no";
  return "maybe";
}

/** Texts that both patterns match, as one pattern. `exact`: these are all such texts. */
export interface Meet {
  readonly pattern: Pattern;
  readonly exact: boolean;
}

/** Undefined where the patterns surely or possibly exclude each other. ARNs are compared field by field. */
export function meetOf(a: Pattern, b: Pattern): Meet | undefined {
  const fields = fieldPairs(a, b);
  if (fields === undefined) return meet(a, b);
  const tokens: Token[] = [];
  let exact = true;
  for (const [x, y] of fields) {
    const met = meet(x, y);
    if (met === undefined) return undefined;
    if (tokens.length > 0) tokens.push(colon);
    for (const token of met.pattern) tokens.push(token);
    exact &&= met.exact;
  }
  return { pattern: tokens, exact };
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

/**
 * An ARN pattern with the n-th field (0 is `arn`) widened to `*`, all six fields written out. Others stay as they are:
 * in `arn:*:identity/a` it is not known which fields the star stands for.
 */
export function widenField(pattern: Pattern, n: number): Pattern {
  const fields = startsAsArn(pattern) ? fieldsOf(pattern) : undefined;
  if (fields === undefined) return pattern;
  return fields.flatMap((field, i) => [...(i > 0 ? [colon] : []), ...(i === n ? [any] : field)]);
}

/** Where the sixth field of an ARN pattern starts. */
export function resourceStart(pattern: Pattern): number {
  let fields = 0;
  return pattern.findIndex((token) => token === colon && ++fields === 5) + 1;
}

/** The service field of an ARN pattern, where it is known. */
export function serviceField(pattern: Pattern): string | undefined {
  const field = fieldsOf(pattern)?.[2];
  if (field === undefined || !isLiteral(field)) return undefined;
  return prefixOf(field);
}

/** The known characters before the first wildcard or hole. */
export function prefixOf(pattern: Pattern): string {
  const end = pattern.findIndex((token) => typeof token !== "number" || token < 0);
  const known = end < 0 ? pattern : pattern.slice(0, end);
  return known.map((token) => (typeof token === "number" ? String.fromCodePoint(token) : "")).join("");
}

const colon = 58;
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

function widened(pattern: Pattern): Pattern {
  return pattern.map((token) => (typeof token === "number" ? token : any));
}

export function sameToken(a: Token, b: Token): boolean {
  if (a === b) return true;
  return typeof a !== "number" && typeof b !== "number" && a.id !== undefined && a.id === b.id;
}

/** Can two tokens that are no `*` stand for one text? A hole is a text of its own. */
function compatible(a: Token, b: Token): boolean {
  if (a === one) return typeof b === "number";
  if (b === one) return typeof a === "number";
  return sameToken(a, b);
}

/**
 * Do the languages meet, whatever text fills the holes? A hole counts as one letter of its own that only `*` and the
 * same hole match: what holds for the letter holds for every text in its place.
 */
function meets(a: Pattern, b: Pattern): boolean {
  return meetTable(a, b)[0] === 1;
}

function isLiteral(pattern: Pattern): boolean {
  return pattern.every((token) => typeof token === "number" && token >= 0);
}

/** Does a pattern without holes match a text? The last `*` takes one character more whenever the rest does not fit. */
function matches(pattern: Pattern, characters: Pattern): boolean {
  let i = 0;
  let j = 0;
  let back = -1;
  let taken = 0;
  while (j < characters.length) {
    if (pattern[i] === any) {
      back = ++i;
      taken = j;
    } else if (pattern[i] === one || (i < pattern.length && pattern[i] === characters[j])) {
      i++;
      j++;
    } else if (back >= 0) {
      i = back;
      j = ++taken;
    } else return false;
  }
  while (pattern[i] === any) i++;
  return i === pattern.length;
}

/** For every pair of places, as `i * (b.length + 1) + j`: do the rests of the patterns meet? */
function meetTable(a: Pattern, b: Pattern): Uint8Array {
  const width = b.length + 1;
  const table = new Uint8Array((a.length + 1) * width);
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      table[i * width + j] = meetsAt(a[i], b[j], table, i * width + j, width) ? 1 : 0;
    }
  }
  return table;
}

function meetsAt(x: Token | undefined, y: Token | undefined, table: Uint8Array, at: number, width: number): boolean {
  if (x === undefined && y === undefined) return true;
  if (x === any && (table[at + width] === 1 || (y !== undefined && table[at + 1] === 1))) return true;
  if (y === any && (table[at + 1] === 1 || (x !== undefined && table[at + width] === 1))) return true;
  if (x === undefined || y === undefined || x === any || y === any) return false;
  return compatible(x, y) && table[at + width + 1] === 1;
}

/** The fields of two patterns side by side, where both can be read as ARNs and one is written as one. */
function fieldPairs(a: Pattern, b: Pattern): readonly (readonly [Pattern, Pattern])[] | undefined {
  if (!startsAsArn(a) && !startsAsArn(b)) return undefined;
  const fieldsA = fieldsOf(a);
  const fieldsB = fieldsOf(b);
  if (fieldsA === undefined || fieldsB === undefined) return undefined;
  return fieldsA.map((field, i) => [field, fieldsB[i] ?? []]);
}

function startsAsArn(pattern: Pattern): boolean {
  return pattern[0] === 97 && pattern[1] === 114 && pattern[2] === 110 && pattern[3] === colon;
}

/**
 * The six fields of an ARN pattern; the last may hold colons. A `*` at the end stands for all fields that are missing,
 * where no other `*` or hole could.
 */
function fieldsOf(pattern: Pattern): readonly Pattern[] | undefined {
  const fields: Token[][] = [[]];
  for (const token of pattern) {
    if (token === colon && fields.length < 6) fields.push([]);
    else fields.at(-1)?.push(token);
  }
  if (fields.length === 6) return fields;
  if (pattern.at(-1) !== any || pattern.indexOf(any) < pattern.length - 1 || hasHoles(pattern)) return undefined;
  while (fields.length < 6) fields.push([any]);
  return fields;
}

function meet(a: Pattern, b: Pattern): Meet | undefined {
  if (includes(a, b)) return { pattern: b, exact: true };
  if (includes(b, a)) return { pattern: a, exact: true };
  const table = meetTable(a, b);
  return table[0] === 1 ? { pattern: meetPath(a, b, table), exact: false } : undefined;
}

/** One way through the table. Where there are several it stays on both wildcards, which keeps most texts. */
function meetPath(a: Pattern, b: Pattern, table: Uint8Array): Pattern {
  const width = b.length + 1;
  const open = (i: number, j: number) => table[i * width + j] === 1;
  const tokens: Token[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    if (x === any && y === any) {
      tokens.push(any);
      if (open(i + 1, j)) i++;
      else j++;
    } else if (x === any) {
      if (open(i + 1, j)) i++;
      else if (y !== undefined) tokens.push(b[j++] ?? any);
    } else if (y === any) {
      if (open(i, j + 1)) j++;
      else if (x !== undefined) tokens.push(a[i++] ?? any);
    } else {
      tokens.push(x === one ? (y ?? one) : (x ?? one));
      i++;
      j++;
    }
  }
  return tokens;
}

/**
 * Inclusion of languages, exact for patterns without holes. A run of `?` and `*` in `a` is a gap with a smallest
 * length; what `b` surely has there must fill it, so the reachable places in `b` are enough to know.
 */
function includes(a: Pattern, b: Pattern): boolean {
  const lengths = smallestLengths(b);
  let reached = new Uint8Array(b.length + 1);
  reached[0] = 1;
  for (let i = 0; i < a.length;) {
    const gap = gapAt(a, i);
    const next = new Uint8Array(b.length + 1);
    const first = reached.indexOf(1);
    if (first < 0) return false;
    if (gap.open) {
      const from = lengths[first] ?? 0;
      for (let j = first; j <= b.length; j++) if ((lengths[j] ?? 0) - from >= gap.least) next[j] = 1;
      i = gap.end;
    } else {
      const token = a[i] ?? any;
      for (let j = first; j < b.length; j++) {
        const other = b[j];
        if (reached[j] === 1 && other !== undefined && admits(token, other)) next[j + 1] = 1;
      }
      i++;
    }
    reached = next;
  }
  return reached[b.length] === 1;
}

/** The run of wildcards at a place: is there a `*` in it, and how many characters does it ask for? */
function gapAt(
  pattern: Pattern,
  start: number,
): { readonly open: boolean; readonly least: number; readonly end: number } {
  let end = start;
  let least = 0;
  let open = false;
  for (; pattern[end] === any || pattern[end] === one; end++) {
    if (pattern[end] === any) open = true;
    else least++;
  }
  return { open, least, end };
}

/** The least number of characters before each place. A hole may be empty. */
function smallestLengths(pattern: Pattern): readonly number[] {
  const lengths = [0];
  let sum = 0;
  for (const token of pattern) {
    if (typeof token === "number" && token !== any) sum++;
    lengths.push(sum);
  }
  return lengths;
}

/** Does a token of `a` that is no `*` match all that one of `b` matches? */
function admits(token: Token, other: Token): boolean {
  if (token === one) return typeof other === "number" && other !== any;
  return sameToken(token, other);
}
