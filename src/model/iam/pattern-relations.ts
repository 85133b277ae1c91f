import type { Because } from "../../core/finding";
import { allOf, truth, type Truth } from "../../core/truth";
import { colon, fieldPairs } from "./arn-pattern";
import { any, hasHoles, isLiteral, one, sameToken, unknownsIn, type Pattern, type Token } from "./pattern";

/** The holes of `a` that leave it open whether `b` overlaps it: of ARNs, those in the fields that decide. */
export function decidingUnknowns(a: Pattern, b: Pattern): readonly Because[] {
  const fields = fieldPairs(a, b) ?? [[a, b]];
  return fields.flatMap(([x, y]) => (overlap(x, y) === "maybe" ? unknownsIn(x) : []));
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

function widened(pattern: Pattern): Pattern {
  return pattern.map((token) => (typeof token === "number" ? token : any));
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
