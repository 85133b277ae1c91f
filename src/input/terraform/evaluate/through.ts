import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { tracesOf } from "../../../core/text";
import type { Definite, Piece, Text, Trace, Unknown, Value } from "../../../core/value";
import { stepped } from "../functions/context";

/**
 * A value after it passed a local, a variable or an output: every trace in it has a step more. What is shared inside
 * the value stays shared, and a value without traces stays itself.
 */
export function through(value: Value, what: string, at: Span): Value {
  if (tracesOf(value).length === 0) return value;
  return mapTraces(value, (traces) => stepped(traces, what, "is", at));
}

type Change = (traces: readonly Trace[]) => readonly Trace[];

/** The same value with other traces. */
export function mapTraces(value: Value, change: Change): Value {
  return changed(value, { change, done: new Map(), depth: 0 });
}

interface Walk {
  readonly change: Change;
  readonly done: Map<Definite, Definite>;
  depth: number;
}

function changed(value: Value, walk: Walk): Value {
  if (value.kind !== "choice") return changedDefinite(value, walk);
  return {
    ...value,
    options: value.options.map(({ guard, value: option }) => ({ guard, value: changedDefinite(option, walk) })),
  };
}

/** Below the depth limit nothing is changed: nobody looks deeper. */
function changedDefinite(value: Definite, walk: Walk): Definite {
  const known = walk.done.get(value);
  if (known !== undefined) return known;
  if (walk.depth >= limits.depth) return value;
  walk.depth++;
  const result = changedKind(value, walk);
  walk.depth--;
  walk.done.set(value, result);
  return result;
}

function changedKind(value: Definite, walk: Walk): Definite {
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
      return value;
    case "text":
      return { ...value, pieces: value.pieces.map((piece) => changedPiece(piece, walk)) };
    case "unknown":
      return changedUnknown(value, walk);
    case "list": {
      const items = value.items.map((item) => ({ ...item, value: changed(item.value, walk) }));
      return { ...value, items, ...(value.rest && { rest: changedUnknown(value.rest, walk) }) };
    }
    case "map": {
      const entries = value.entries.map((entry) => ({ ...entry, value: changed(entry.value, walk) }));
      return { ...value, entries, ...(value.rest && { rest: changedUnknown(value.rest, walk) }) };
    }
  }
}

function changedUnknown(value: Unknown, { change }: Walk): Unknown {
  return value.traces.length === 0 ? value : { ...value, traces: change(value.traces) };
}

function changedPiece(piece: Piece, walk: Walk): Piece {
  switch (piece.kind) {
    case "known":
      return piece.traces.length === 0 ? piece : { ...piece, traces: walk.change(piece.traces) };
    case "hole":
      return { ...piece, unknown: changedUnknown(piece.unknown, walk) };
    case "encoded":
      return { ...piece, value: changed(piece.value, walk) };
  }
}

/** A text or unknown as the value of a resource attribute, so that who refers to it can be told. */
export function asAttribute(value: Value, address: string, attribute: string): Value {
  if (value.kind !== "choice") return definiteAsAttribute(value, address, attribute);
  return {
    ...value,
    options: value.options.map(({ guard, value: option }) => ({
      guard,
      value: definiteAsAttribute(option, address, attribute),
    })),
  };
}

/** A name is the resource's own; any other attribute may be another's name that is passed on, which stays. */
function definiteAsAttribute(value: Definite, address: string, attribute: string): Definite {
  const ref = { address, attribute };
  if (value.kind === "unknown") {
    return value.ref !== undefined && attribute !== "name" ? value : { ...value, ref };
  }
  if (value.kind !== "text" || value.pieces.length === 0) return value;
  return textAsAttribute(value, ref, attribute === "name");
}

function textAsAttribute(value: Text, ref: { address: string; attribute: string }, own: boolean): Text {
  const [only] = value.pieces;
  if (value.pieces.length > 1 || only === undefined) return value.ref !== undefined && !own ? value : { ...value, ref };
  switch (only.kind) {
    case "known":
      return only.ref !== undefined && !own ? value : { ...value, pieces: [{ ...only, ref }] };
    case "hole": {
      const { unknown } = only;
      if (unknown.ref !== undefined && !own) return value;
      return { ...value, pieces: [{ ...only, unknown: { ...unknown, ref } }] };
    }
    case "encoded":
      return value.ref !== undefined && !own ? value : { ...value, ref };
  }
}
