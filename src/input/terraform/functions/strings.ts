import { rendered } from "../../../core/encode";
import { cut, flatten, slice, type Flat } from "../../../core/flat";
import { limits } from "../../../core/limits";
import { isKnown, knownEnd, knownStart, unknown } from "../../../core/text";
import type { Known, Piece, Text, Value } from "../../../core/value";
import { binary, ternary, unary, unknownResult, type Builtin } from "./define";
import { graphemes } from "./graphemes";
import * as param from "./param";
import { fail, type Call } from "./param";
import { bool, convertCharacters, convertedHole, made, result } from "./pieces";

/** Go maps rune by rune: what would become several characters (`ß` to `SS`) stays. */
const lower = unary("may", param.text, (call, of) =>
  convertCharacters(of, call, (characters) => eachRune(characters, (rune) => rune.toLowerCase())),
);

const upper = unary("may", param.text, (call, of) =>
  convertCharacters(of, call, (characters) => eachRune(characters, (rune) => rune.toUpperCase())),
);

function eachRune(characters: string, convert: (rune: string) => string): string {
  if (isAscii.test(characters)) return convert(characters);
  let converted = "";
  for (const rune of characters) {
    const [first = rune, ...more] = convert(rune);
    // JavaScript keeps the dot of a capital I with dot as a character of its own.
    converted += more.length === 0 || rune === "\u0130" ? first : rune;
  }
  return converted;
}

const isAscii = /^[\u0000-\u007f]*$/;

/** As Go's strings.Title: a letter is first in a word where no letter, digit or underscore stands before it. */
const title = unary("may", param.known, (call, of) => {
  let converted = "";
  let before = " ";
  for (const rune of of.characters) {
    converted += isSeparator(before) ? eachRune(rune, (one) => one.toUpperCase()) : rune;
    before = rune;
  }
  return sameLength(of, converted, call);
});

function isSeparator(rune: string): boolean {
  if (isAscii.test(rune)) return !/\w/.test(rune);
  return /\s/.test(rune) && !/[\p{L}\p{Nd}]/u.test(rune);
}

/** Converted characters in the pieces that they come from, where they correspond. */
function sameLength(of: Flat, converted: string, call: Call): Value {
  if (converted === of.characters) return result(of.pieces, call);
  const isOne = of.pieces.length === 1 && converted.length === of.characters.length;
  const text: Text = slice(of, 0, of.characters.length);
  return isOne ? convertCharacters(text, call, () => converted) : result(made(converted, call).pieces, call);
}

const strrev = unary("may", param.known, (call, of) =>
  result(made([...graphemes(of.characters)].reverse().join(""), call, tracesIn(of)).pieces, call),
);

function tracesIn(of: Flat): Known["traces"] {
  return of.pieces.flatMap((piece) => (piece.kind === "known" ? cut(piece, 0, 0).traces : []));
}

const trim = binary("may", [param.text, param.known], (call, of, cutset) => {
  const runes = new Set(cutset.characters);
  return trimEnds(rendered(of), call, ["start", "end"], (rune) => runes.has(rune));
});

const trimspace = unary("is", param.text, (call, of) =>
  trimEnds(renderedButJson(of), call, ["start", "end"], (rune) => /^[\s\u0085]$/.test(rune) && rune !== "\ufeff"),
);

const chomp = unary("is", param.text, (call, of) =>
  trimEnds(renderedButJson(of), call, ["end"], (rune) => rune === "\n" || rune === "\r"),
);

type End = "start" | "end";

function trimEnds(of: Text, call: Call, ends: readonly End[], isCut: (rune: string) => boolean): Value {
  let { pieces } = of;
  for (const end of ends) pieces = trimEnd(pieces, call, end, isCut);
  return result(pieces, call);
}

/** JSON as Terraform writes it begins and ends with neither space nor line end, and holds none: it need not be written. */
function renderedButJson(of: Text): Text {
  return of.pieces.every((piece) => piece.kind !== "encoded" || piece.format === "json") ? of : rendered(of);
}

/**
 * Cuts at one end up to the first known character that stays. A hole at that end may lose characters, and may be cut as
 * a whole: so what would be cut behind it belongs to what is unknown.
 */
function trimEnd(pieces: readonly Piece[], call: Call, end: End, isCut: (rune: string) => boolean): readonly Piece[] {
  const left = end === "start" ? [...pieces] : [...pieces].reverse();
  const kept: Piece[] = [];
  for (let piece = left.shift(); piece !== undefined; piece = left.shift()) {
    if (piece.kind === "encoded") {
      kept.push(piece);
      break;
    }
    if (piece.kind === "hole") {
      kept.push({ kind: "hole", unknown: convertedHole(piece, call, "is") });
      continue;
    }
    const trimmed = trimKnown(piece, end, isCut);
    if (trimmed === undefined) continue;
    kept.push(trimmed);
    break;
  }
  const all = [...kept, ...left];
  return end === "start" ? all : all.reverse();
}

function trimKnown(piece: Known, end: End, isCut: (rune: string) => boolean): Known | undefined {
  const runes = Array.from(piece.text);
  const first = end === "start" ? runes.findIndex((rune) => !isCut(rune)) : runes.findLastIndex((rune) => !isCut(rune));
  if (first < 0) return undefined;
  const length = runes.slice(0, end === "start" ? first : first + 1).join("").length;
  return end === "start" ? cut(piece, length, piece.text.length) : cut(piece, 0, length);
}

const trimprefix = binary("may", [param.text, param.known], (call, of, prefix) => {
  const text = rendered(of);
  const start = knownStart(text);
  const isPrefix = startsWith(text, start, prefix.characters);
  if (isPrefix === undefined) return unknownResult([of], "may", call);
  if (!isPrefix || prefix.characters === "") return result(of.pieces, call);
  return result(withoutStart(text.pieces, prefix.characters.length), call);
});

const trimsuffix = binary("may", [param.text, param.known], (call, of, suffix) => {
  const text = rendered(of);
  const isSuffix = endsWith(text, knownEnd(text), suffix.characters);
  if (isSuffix === undefined) return unknownResult([of], "may", call);
  if (!isSuffix || suffix.characters === "") return result(of.pieces, call);
  return result(withoutEnd(text.pieces, suffix.characters.length), call);
});

const startswith = binary("none", [param.text, param.known], (call, of, prefix) => {
  const text = rendered(of);
  const answer = startsWith(text, knownStart(text), prefix.characters);
  return answer === undefined ? unknownResult([of], "none", call) : bool(answer, call);
});

const endswith = binary("none", [param.text, param.known], (call, of, suffix) => {
  const text = rendered(of);
  const answer = endsWith(text, knownEnd(text), suffix.characters);
  return answer === undefined ? unknownResult([of], "none", call) : bool(answer, call);
});

const strcontains = binary("none", [param.text, param.known], (call, of, part) => {
  const text = rendered(of);
  if (runsOf(text).some((run) => run.includes(part.characters))) return bool(true, call);
  return isKnown(text) ? bool(false, call) : unknownResult([of], "none", call);
});

/** Known characters without a hole between them. */
function runsOf(of: Text): readonly string[] {
  const runs = [""];
  for (const piece of of.pieces) {
    if (piece.kind === "known") runs.push((runs.pop() ?? "") + piece.text);
    else runs.push("");
  }
  return runs;
}

function startsWith(of: Text, start: string, prefix: string): boolean | undefined {
  if (start.startsWith(prefix)) return true;
  return prefix.startsWith(start) && !isKnown(of) ? undefined : false;
}

function endsWith(of: Text, end: string, suffix: string): boolean | undefined {
  if (end.endsWith(suffix)) return true;
  return suffix.endsWith(end) && !isKnown(of) ? undefined : false;
}

/** The pieces behind the first characters, which are known. */
function withoutStart(pieces: readonly Piece[], length: number): readonly Piece[] {
  let left = length;
  return pieces.flatMap((piece) => {
    if (left === 0 || piece.kind !== "known") return [piece];
    const from = Math.min(left, piece.text.length);
    left -= from;
    return from === piece.text.length ? [] : [cut(piece, from, piece.text.length)];
  });
}

function withoutEnd(pieces: readonly Piece[], length: number): readonly Piece[] {
  let left = length;
  const kept = [...pieces].reverse().flatMap((piece) => {
    if (left === 0 || piece.kind !== "known") return [piece];
    const to = piece.text.length - Math.min(left, piece.text.length);
    left -= piece.text.length - to;
    return to === 0 ? [] : [cut(piece, 0, to)];
  });
  return kept.reverse();
}

const substr = ternary("may", [param.text, param.integer, param.integer], (call, of, offset, length) => {
  const text = rendered(of);
  const start = knownStart(text);
  const clusters = graphemes(start);
  // A hole may go on with the last known cluster.
  const isEnough = offset >= 0 && length >= 0 && offset + length < clusters.length;
  if (!isKnown(text) && !isEnough) return unknownResult([of], "may", call);
  const from = offset < 0 ? Math.max(0, clusters.length + offset) : Math.min(offset, clusters.length);
  // Terraform takes all up to the end where a length of 0 follows a negative offset.
  const to = length < 0 || (length === 0 && offset < 0) ? clusters.length : Math.min(clusters.length, from + length);
  const before = clusters.slice(0, from).join("").length;
  const taken = clusters.slice(from, to).join("").length;
  return result(
    slice(flatten({ ...text, pieces: text.pieces.filter(isKnownPiece) }), before, before + taken).pieces,
    call,
  );
});

function isKnownPiece(piece: Piece): piece is Known {
  return piece.kind === "known";
}

/** Spaces after every line end. JSON as Terraform writes it has none, and stays. */
const indent = binary("is", [param.integer, param.text], (call, spaces, of) => {
  if (spaces < 0) return fail(call, "the number of spaces is negative");
  const lines = of.pieces.reduce((sum, piece) => sum + (piece.kind === "known" ? piece.text.split("\n").length : 1), 0);
  if (spaces * lines > limits.textLength) return unknownResult([of, tooLong(call)], "may", call);
  const pieces = of.pieces.flatMap((piece): readonly Piece[] => {
    // Of what encoders write YAML alone has lines.
    if (spaces === 0 || (piece.kind === "encoded" && piece.format !== "yaml")) return [piece];
    if (piece.kind === "known") return indentKnown(piece, " ".repeat(spaces));
    return [{ kind: "hole", unknown: convertedHole(piece, call, "is") }];
  });
  return result(pieces, call);
});

function indentKnown(piece: Known, spaces: string): readonly Known[] {
  if (!piece.text.includes("\n")) return [piece];
  const pieces: Known[] = [];
  for (let from = 0; from < piece.text.length;) {
    const end = piece.text.indexOf("\n", from) + 1 || piece.text.length;
    const line = cut(piece, from, end);
    pieces.push(line);
    const isLast = !piece.text.slice(from, end).endsWith("\n");
    if (!isLast) pieces.push({ kind: "known", text: spaces, at: { ...line.at, start: line.at.end }, traces: [] });
    from = end;
  }
  return pieces;
}

function tooLong(call: Call): Value {
  return unknown("limit", "textLength", call.at);
}

export const strings: Readonly<Record<string, Builtin>> = {
  chomp,
  endswith,
  indent,
  lower,
  startswith,
  strcontains,
  strrev,
  substr,
  title,
  trim,
  trimprefix,
  trimspace,
  trimsuffix,
  upper,
};
