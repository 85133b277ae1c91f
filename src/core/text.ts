import type { Span } from "./source";
import type { Definite, ListValue, MapValue, Piece, ReasonKind, Ref, Text, Trace, Unknown, Value } from "./value";

/** A text of known characters. */
export function text(characters: string, at: Span, more: { ref?: Ref; traces?: readonly Trace[] } = {}): Text {
  if (characters === "") return { kind: "text", pieces: [], at };
  const { ref, traces = [] } = more;
  return { kind: "text", at, pieces: [{ kind: "known", text: characters, at, traces, ...(ref && { ref }) }] };
}

/** A value that is not known. `what` names the cause as the user wrote it. */
export function unknown(
  kind: ReasonKind,
  what: string,
  at: Span,
  more: { id?: string; ref?: Ref; traces?: readonly Trace[] } = {},
): Unknown {
  const { id, ref, traces = [] } = more;
  return { kind: "unknown", reason: { kind, what }, at, traces, ...(id !== undefined && { id }), ...(ref && { ref }) };
}

/** Texts one after the other. Neighbouring pieces that were written side by side stay pieces of their own. */
export function concat(parts: readonly Text[], at: Span): Text {
  return { kind: "text", pieces: parts.flatMap((part) => part.pieces), at };
}

/** The characters of a text, or undefined where a piece is not known. Encoded pieces are not rendered: see `encode`. */
export function knownText(value: Value | undefined): string | undefined {
  if (value?.kind !== "text") return undefined;
  let result = "";
  for (const piece of value.pieces) {
    if (piece.kind !== "known") return undefined;
    result += piece.text;
  }
  return result;
}

/** The one resource attribute that a value is, as a whole. */
export function refOf(value: Value | undefined): Ref | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "unknown") return value.ref;
  if (value.kind !== "text") return undefined;
  if (value.ref !== undefined) return value.ref;
  const [piece] = value.pieces;
  if (piece === undefined || value.pieces.length !== 1) return undefined;
  if (piece.kind === "hole") return piece.unknown.ref;
  return piece.kind === "known" ? piece.ref : undefined;
}

/** The first thing that is not known in a text or value, if any. Choices are known; their values may not be. */
export function firstUnknown(value: Value): Unknown | undefined {
  switch (value.kind) {
    case "unknown":
      return value;
    case "text":
      for (const piece of value.pieces) {
        if (piece.kind === "hole") return piece.unknown;
        if (piece.kind === "encoded") {
          const inner = firstUnknown(piece.value);
          if (inner) return inner;
        }
      }
      return undefined;
    case "list":
      return value.rest ?? firstOf(value.items.map((item) => item.value));
    case "map":
      return value.rest ?? firstOf(value.entries.map((entry) => entry.value));
    case "choice":
      return firstOf(value.options.map((option) => option.value));
    case "null":
    case "bool":
    case "number":
      return undefined;
  }
}

/**
 * The credentials whose text runs through a value: one trace per credential and form, the surest and then the
 * shortest. A list or map carries what its parts carry.
 */
export function tracesOf(value: Value): readonly Trace[] {
  const found: Trace[] = [];
  collectTraces(value, found);
  return found.length < 2 ? found : mergeTraces(found);
}

/** One trace per credential and form. */
export function mergeTraces(traces: readonly Trace[]): readonly Trace[] {
  const best = new Map<string, Trace>();
  for (const trace of traces) {
    const key = `${trace.form} ${trace.credential}`;
    const known = best.get(key);
    if (known === undefined || isBetter(trace, known)) best.set(key, trace);
  }
  return [...best.values()];
}

/** The definite values that a value can have, each under its guard. */
export function optionsOf(
  value: Value,
): readonly { readonly guard: ListValue["items"][number]["guard"]; readonly value: Definite }[] {
  return value.kind === "choice" ? value.options : [{ guard: [], value }];
}

/** The entries of a map with one key: one, or several under guards that exclude each other. */
export function entriesOf(map: MapValue, key: string): MapValue["entries"] {
  return map.entries.filter((entry) => entry.key === key);
}

function collectTraces(value: Value, into: Trace[]): void {
  switch (value.kind) {
    case "text":
      for (const piece of value.pieces) collectPiece(piece, into);
      return;
    case "unknown":
      into.push(...value.traces);
      return;
    case "list":
      for (const item of value.items) collectTraces(item.value, into);
      if (value.rest) into.push(...value.rest.traces);
      return;
    case "map":
      for (const entry of value.entries) collectTraces(entry.value, into);
      if (value.rest) into.push(...value.rest.traces);
      return;
    case "choice":
      for (const option of value.options) collectTraces(option.value, into);
      return;
    case "null":
    case "bool":
    case "number":
      return;
  }
}

function collectPiece(piece: Piece, into: Trace[]): void {
  if (piece.kind === "encoded") collectTraces(piece.value, into);
  else into.push(...(piece.kind === "hole" ? piece.unknown.traces : piece.traces));
}

function isBetter(a: Trace, b: Trace): boolean {
  if (a.certainty !== b.certainty) return a.certainty === "is";
  return length(a) < length(b);
}

function length(trace: Trace): number {
  let count = 0;
  for (let path: Trace["path"] | undefined = trace.path; path; path = path.before) count++;
  return count;
}

function firstOf(values: readonly Value[]): Unknown | undefined {
  for (const value of values) {
    const found = firstUnknown(value);
    if (found) return found;
  }
  return undefined;
}
