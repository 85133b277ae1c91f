import { addAll } from "../../../core/add-all";
import type { RE2JS } from "re2js";
import { rendered } from "../../../core/encode";
import { flatten, slice, type Flat } from "../../../core/flat";
import { limits } from "../../../core/limits";
import { isKnown, lengthOf, mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Entry, Piece, Text, Unknown, Value } from "../../../core/value";
import { binary, ternary, unknownResult, type Builtin } from "./define";
import { loadRegex } from "./lazy";
import { listOfValues, mapOf } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { convertedHole, result, through } from "./pieces";

/** The first match: the text, a list of the groups, or a map of the named groups. */
const regex = binary("may", [param.known, param.known], (call, pattern, of) => {
  const compiled = compile(pattern.characters, call);
  if (compiled.kind === "unknown") return compiled;
  const matches = matchesOf(compiled.regex, of.characters, 1);
  if (matches === undefined) return overSteps(of, call);
  const [first] = matches;
  return first === undefined ? fail(call, "the pattern does not match") : captured(compiled, of, first, call);
});

/** Every match, as `regex` gives one. */
const regexall = binary("may", [param.known, param.known], (call, pattern, of) => {
  const compiled = compile(pattern.characters, call);
  if (compiled.kind === "unknown") return compiled;
  const matches = matchesOf(compiled.regex, of.characters, limits.items + 1);
  if (matches === undefined) return overSteps(of, call);
  return listOfValues(
    matches.map((match) => captured(compiled, of, match, call)),
    call,
  );
});

interface Compiled {
  readonly kind: "compiled";
  readonly regex: RE2JS;
  /** The names of the groups by their number; empty where none has a name. */
  readonly names: ReadonlyMap<number, string>;
}

/** Characters of a pattern, which must be compiled: a few milliseconds. */
const patternLength = 20_000;

/** `groups`: `regex` gives all groups by their names or all by their numbers. */
function compile(pattern: string, call: Call, groups: "uniform" | "mixed" = "uniform"): Compiled | Unknown {
  if (pattern.length > patternLength) return unknown("limit", "steps", call.at);
  const { RE2JS } = loadRegex();
  try {
    const regex = RE2JS.compile(pattern);
    const names = new Map(Object.entries(regex.namedGroups()).map(([name, group]) => [group, name]));
    const isMixed = names.size > 0 && names.size < regex.groupCount();
    if (isMixed && groups === "uniform") return fail(call, "the pattern mixes named and unnamed groups");
    return { kind: "compiled", regex, names };
  } catch {
    return fail(call, "the pattern is not valid");
  }
}

/** Start and end of a match and its groups, in UTF-16 units; a group that took no part is undefined. */
type Match = readonly ({ readonly start: number; readonly end: number } | undefined)[];

/**
 * Matches one after the other, at most so many. An empty one directly behind another does not count, as in Go.
 * Undefined where pattern and text would take too long: RE2 is linear for one match, but not for all of them.
 */
function matchesOf(regex: RE2JS, characters: string, atMost: number): readonly Match[] | undefined {
  const matcher = regex.matcher(characters);
  const matches: Match[] = [];
  let before = -1;
  let steps = 0;
  for (let from = 0; from <= characters.length && matches.length < atMost;) {
    steps += (characters.length - from + 1) * regex.programSize();
    if (steps > stepsKept) return undefined;
    if (!matcher.find(from)) break;
    const start = matcher.start();
    const end = matcher.end();
    if (end > start || start !== before) {
      matches.push(
        Array.from({ length: matcher.groupCount() + 1 }, (_, group) => {
          const groupStart = matcher.start(group);
          return groupStart < 0 ? undefined : { start: groupStart, end: matcher.end(group) };
        }),
      );
      before = end;
    }
    from = end > start ? end : end + ((characters.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return matches;
}

/** Steps of a machine in the worst case: about a second. */
const stepsKept = 50_000_000;

function overSteps(of: Flat, call: Call): Unknown {
  const traces = stepped(mergeTraces(tracesOf(slice(of, 0, of.characters.length))), call.name, "may", call.at);
  return unknown("limit", "steps", call.at, { traces });
}

function captured({ names }: Compiled, of: Flat, [whole, ...groups]: Match, call: Call): Value {
  if (groups.length === 0) return part(of, whole, call);
  if (names.size === 0) {
    return listOfValues(
      groups.map((group) => part(of, group, call)),
      call,
    );
  }
  const entries = new Map<string, Entry>();
  groups.forEach((group, i) => {
    const key = names.get(i + 1) ?? "";
    entries.set(key, { key, keyAt: call.at, guard: [], value: part(of, group, call) });
  });
  return mapOf([...entries.values()], call);
}

function part(of: Flat, group: Match[number], call: Call): Value {
  if (group === undefined) return { kind: "null", at: call.at };
  return result(slice(of, group.start, group.end).pieces, call);
}

/** A substring written between slashes is a regular expression. */
const replace = ternary("is", [param.text, param.known, param.text], (call, of, wanted, replacement) => {
  const { characters } = wanted;
  const isPattern = characters.length > 1 && characters.startsWith("/") && characters.endsWith("/");
  const text = rendered(of);
  if (isPattern) return replacePattern(call, text, characters.slice(1, -1), replacement);
  if (characters === "" ? !isKnown(text) : !isDecided(text, characters)) {
    return unknownResult([of, replacement], "is", call);
  }
  const between = through(replacement, call);
  const pieces: Piece[] = [];
  for (const part of runsAndHoles(text)) {
    if (part.kind === "text") {
      const flat = flatten(part);
      const replaced = splice(flat, occurrences(flat.characters, characters), () => between, call);
      if (replaced.kind === "unknown") return replaced;
      addAll(pieces, replaced.pieces);
    } else {
      // What is searched for may stand in it, and be replaced there.
      const hole = convertedHole(part, call, "is");
      const traces = mergeTraces([...hole.traces, ...stepped(tracesOf(replacement), call.name, "may", call.at)]);
      pieces.push({ kind: "hole", unknown: { ...hole, traces } });
    }
  }
  return result(pieces, call);
});

/** Known pieces in a row as one text, and the holes between them. */
function runsAndHoles(text: Text): readonly (Text | Exclude<Piece, { kind: "known" }>)[] {
  if (text.pieces.length === 0) return [text];
  const parts: (Text | Exclude<Piece, { kind: "known" }>)[] = [];
  let run: Piece[] = [];
  const flush = () => {
    if (run.length > 0) parts.push({ kind: "text", pieces: run, at: text.at });
    run = [];
  };
  for (const piece of text.pieces) {
    if (piece.kind === "known") {
      run.push(piece);
      continue;
    }
    flush();
    parts.push(piece);
  }
  flush();
  return parts;
}

/** Can what is searched for begin or end in a hole, and go on in known characters? Then nothing can be told. */
function isDecided(text: Text, wanted: string): boolean {
  const parts = runsAndHoles(text);
  return parts.every((part, i) => {
    if (part.kind !== "text") return true;
    const { characters } = flatten(part);
    const isBehind = i > 0;
    const isBefore = i < parts.length - 1;
    if (isBehind && isBefore && wanted.includes(characters)) return false;
    for (let length = 1; length < wanted.length; length++) {
      if (isBefore && characters.endsWith(wanted.slice(0, length))) return false;
      if (isBehind && characters.startsWith(wanted.slice(-length))) return false;
    }
    return true;
  });
}

/** Of an empty string there is one before every character and one at the end. */
function occurrences(characters: string, wanted: string): readonly Match[] {
  const found: Match[] = [];
  if (wanted === "") {
    let at = 0;
    for (const rune of characters) {
      found.push([{ start: at, end: at }]);
      at += rune.length;
    }
    return [...found, [{ start: at, end: at }]];
  }
  for (let at = characters.indexOf(wanted); at >= 0; at = characters.indexOf(wanted, at + wanted.length)) {
    found.push([{ start: at, end: at + wanted.length }]);
    if (found.length > limits.items) break;
  }
  return found;
}

function replacePattern(call: Call, text: Text, pattern: string, replacement: Text): Value {
  const template = rendered(replacement);
  if (!isKnown(text) || !isKnown(template)) return unknownResult([text, replacement], "is", call);
  const compiled = compile(pattern, call, "mixed");
  if (compiled.kind === "unknown") return compiled;
  const flat = flatten(text);
  const matches = matchesOf(compiled.regex, flat.characters, limits.items + 1);
  if (matches === undefined) return overSteps(flat, call);
  const parts = templateParts(flatten(template), compiled);
  const expand = (match: Match) =>
    parts.flatMap((part) => {
      if (part.kind === "text") return part.pieces;
      const group = match[part.group];
      return group === undefined ? [] : slice(flat, group.start, group.end).pieces;
    });
  const replaced = splice(flat, matches, expand, call);
  return replaced.kind === "unknown" ? replaced : result(replaced.pieces, call);
}

/** The text with what stands in place of every match. */
function splice(
  flat: Flat,
  matches: readonly Match[],
  inPlace: (match: Match) => readonly Piece[],
  call: Call,
): Text | Unknown {
  const pieces: Piece[] = [];
  let from = 0;
  let length = flat.characters.length;
  for (const match of matches) {
    const [whole] = match;
    if (whole === undefined) continue;
    const replacement = inPlace(match);
    length += lengthOf(replacement);
    if (length > limits.textLength || matches.length > limits.items) {
      const traces = stepped(mergeTraces(tracesOf(slice(flat, 0, flat.characters.length))), call.name, "may", call.at);
      return unknown("limit", "textLength", call.at, { traces });
    }
    if (whole.start > from) addAll(pieces, slice(flat, from, whole.start).pieces);
    addAll(pieces, replacement);
    from = whole.end;
  }
  if (from < flat.characters.length) addAll(pieces, slice(flat, from, flat.characters.length).pieces);
  return { kind: "text", pieces, at: call.at };
}

type TemplatePart = Text | { readonly kind: "group"; readonly group: number };

/** As Go's Regexp.Expand: `$1`, `$name`, `${name}` with the longest name; `$$` is a dollar. */
function templateParts(template: Flat, { names }: Compiled): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  const { characters } = template;
  const byName = new Map([...names].map(([group, name]) => [name, group]));
  let from = 0;
  for (const match of characters.matchAll(/\$(?:\$|(\w+)|\{(\w+)\})/g)) {
    const name = match[1] ?? match[2];
    // Of two dollars the first is kept as it is written.
    const end = name === undefined ? match.index + 1 : match.index;
    if (end > from) parts.push(slice(template, from, end));
    if (name !== undefined) {
      const group = /^\d+$/.test(name) ? Number(name) : byName.get(name);
      if (group !== undefined) parts.push({ kind: "group", group });
    }
    from = match.index + match[0].length;
  }
  if (from < characters.length) parts.push(slice(template, from, characters.length));
  return parts;
}

export const regexes: Readonly<Record<string, Builtin>> = { regex, regexall, replace };
