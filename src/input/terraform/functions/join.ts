import { addAll } from "../../../core/add-all";
import { rendered } from "../../../core/encode";
import { flatten, slice, type Flat } from "../../../core/flat";
import { limits } from "../../../core/limits";
import { isKnown } from "../../../core/text";
import type { Piece, Text, Unknown } from "../../../core/value";
import { toText } from "./convert";
import { binary, unaryWithRest, unknownResult, type Builtin } from "./define";
import { listOfValues, overItems, vagueness } from "./lists";
import * as param from "./param";
import { fail } from "./param";
import { result, through } from "./pieces";

/** Choices and guards among the items give a choice of texts. */
const join = unaryWithRest("is", [param.text, param.items], (call, separator, lists) => {
  if (lists.length === 0) return fail(call, "a list is required");
  const vague = lists.map(vagueness).find((found) => found !== undefined);
  if (vague !== undefined) {
    return unknownResult([separator, vague, ...lists.flatMap((list) => list.items)], "is", call);
  }
  const pieces: Piece[] = [];
  const between = through(separator, call);
  let isFirst = true;
  for (const item of lists.flatMap((list) => list.items)) {
    const text = toText(item);
    if (text === undefined) return fail(call, "the items must be strings");
    if (!isFirst) addAll(pieces, between);
    addAll(pieces, through(text, call));
    isFirst = false;
  }
  return result(pieces, call);
});

/** Parts between separators that are certain, with their places; what a hole may split is the rest. */
const split = binary("may", [param.known, param.text], (call, separator, of) => {
  const text = rendered(of);
  const flat = flatten(text);
  if (isKnown(text)) {
    const parts = partsOf(flat, separator.characters);
    return listOfValues(parts, call, parts.length > limits.items ? overItems([of], call) : undefined);
  }
  const rest: Unknown = unknownResult([of], "may", call);
  const isCertainBehindHoles = separator.characters.length === 1;
  if (separator.characters === "") return listOfValues([], call, rest);
  const certain: Text[] = [];
  for (const run of runsOf(text)) {
    if (run.isBehindHole && !isCertainBehindHoles) break;
    const parts = partsOf(flatten({ ...text, pieces: run.pieces }), separator.characters);
    // The first part may begin in a hole, the last may go on in one.
    addAll(certain, parts.slice(run.isBehindHole ? 1 : 0, run.isBeforeHole ? -1 : undefined));
  }
  return listOfValues(certain, call, rest);
});

interface Run {
  readonly pieces: readonly Piece[];
  readonly isBehindHole: boolean;
  readonly isBeforeHole: boolean;
}

/** Known pieces without a hole between them. */
function runsOf(of: Text): readonly Run[] {
  const runs: Run[] = [];
  let pieces: Piece[] = [];
  let isBehindHole = false;
  for (const piece of of.pieces) {
    if (piece.kind === "known") {
      pieces.push(piece);
      continue;
    }
    runs.push({ pieces, isBehindHole, isBeforeHole: true });
    pieces = [];
    isBehindHole = true;
  }
  runs.push({ pieces, isBehindHole, isBeforeHole: false });
  return runs;
}

/** At most one part more than a list may have. */
function partsOf(flat: Flat, separator: string): readonly Text[] {
  const { characters } = flat;
  const parts: Text[] = [];
  if (separator === "") {
    let from = 0;
    for (const rune of characters) {
      if (parts.length > limits.items) break;
      parts.push(slice(flat, from, from + rune.length));
      from += rune.length;
    }
    return parts;
  }
  let from = 0;
  for (let found = characters.indexOf(separator); found >= 0; found = characters.indexOf(separator, from)) {
    if (parts.length > limits.items) return parts;
    parts.push(slice(flat, from, found));
    from = found + separator.length;
  }
  parts.push(slice(flat, from, characters.length));
  return parts;
}

export const joins: Readonly<Record<string, Builtin>> = { join, split };
