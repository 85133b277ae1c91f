import { limits } from "./limits";
import type { Span } from "./source";
import { mergeTraces, tracesOf } from "./text";
import type { Definite, Piece, Trace, Unknown, Value } from "./value";

/** Traces after one more step. A trace that only may be there stays so. */
export function stepped(
  traces: readonly Trace[],
  what: string,
  certainty: Trace["certainty"],
  at: Span,
): readonly Trace[] {
  return traces.map((trace) => ({
    ...trace,
    certainty: certainty === "may" ? "may" : trace.certainty,
    path: { at, what, before: trace.path },
  }));
}

/**
 * A value after it passed a name (a local, a variable, an output, a nested stack): every trace in it has a step more. What
 * is shared inside the value stays shared, and a value without traces stays itself.
 */
export function through(value: Value, what: string, at: Span): Value {
  if (tracesOf(value).length === 0) return value;
  return mapTraces(value, (traces) => stepped(traces, what, "is", at));
}

type Change = (traces: readonly Trace[]) => readonly Trace[];

/** A value with all its traces changed. */
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

/** A text or unknown that is a credential's text, whatever else it is. */
export function withTraces(value: Value, traces: readonly Trace[]): Value {
  if (traces.length === 0) return value;
  if (value.kind !== "choice") return definiteWith(value, traces);
  return { ...value, options: value.options.map((one) => ({ ...one, value: definiteWith(one.value, traces) })) };
}

function definiteWith(value: Definite, traces: readonly Trace[]): Definite {
  switch (value.kind) {
    case "unknown":
      return unknownWith(value, traces);
    case "text":
      return { ...value, pieces: value.pieces.map((piece) => pieceWith(piece, traces)) };
    case "null":
    case "bool":
    case "number":
    case "list":
    case "map":
      return value;
  }
}

function pieceWith(piece: Piece, traces: readonly Trace[]): Piece {
  switch (piece.kind) {
    case "known":
      return { ...piece, traces: mergeTraces([...piece.traces, ...traces]) };
    case "hole":
      return { ...piece, unknown: unknownWith(piece.unknown, traces) };
    case "encoded":
      return piece;
  }
}

function unknownWith(value: Unknown, traces: readonly Trace[]): Unknown {
  return { ...value, traces: mergeTraces([...value.traces, ...traces]) };
}
