import { limits } from "./limits";
import { decimalText } from "./scalar";
import { firstUnknown, mergeTraces, tracesOf, unknown } from "./text";
import type { Span } from "./source";
import type { Hole, Known, Piece, Text, Value } from "./value";

/** Pieces under way; over the limits `pieces` stops to grow. */
export interface Writer {
  readonly pieces: Piece[];
  length: number;
}

/** Adds a piece. Neighbours without places of their own (punctuation) are joined, so that they cost little. */
export function push(writer: Writer, piece: Piece): void {
  if (isFull(writer)) return;
  writer.length += piece.kind === "known" ? piece.text.length : 1;
  writer.pieces.push(piece);
}

/** Adds characters that the encoding makes: quotes, commas. They stand at the place of what they belong to. */
export function pushMade(writer: Writer, characters: string, at: Span): void {
  const last = writer.pieces.at(-1);
  if (last?.kind === "known" && last.ref === undefined && last.traces.length === 0 && last.at.end === last.at.start) {
    writer.length += characters.length;
    writer.pieces[writer.pieces.length - 1] = { ...last, text: last.text + characters };
    return;
  }
  push(writer, { kind: "known", text: characters, at: { ...at, end: at.start }, traces: [] });
}

/** Adds a null, a bool or a number, as JSON and YAML write it. */
export function pushScalar(writer: Writer, value: Extract<Value, { readonly kind: "null" | "bool" | "number" }>): void {
  const characters =
    value.kind === "null" ? "null" : value.kind === "number" ? decimalText(value) : String(value.value);
  pushMade(writer, characters, value.at);
}

export function isFull(writer: Writer): boolean {
  return writer.length > limits.textLength || writer.pieces.length > 2 * limits.items;
}

export function finished(writer: Writer, of: Value): Text {
  if (!isFull(writer)) return { kind: "text", pieces: writer.pieces, at: of.at };
  const over = unknown("limit", "textLength", of.at, { traces: mergeTraces(tracesOf(of)) });
  return { kind: "text", pieces: [{ kind: "hole", unknown: over }], at: of.at };
}

/** A hole in place of a value that cannot be written: unknown for the reason of what is unknown in it, else for `what`. */
export function hole(value: Value, at: Span, what = "a condition inside a text"): Hole {
  if (value.kind === "unknown") return { kind: "hole", unknown: value };
  const cause = firstUnknown(value) ?? unknown("unsupported", what, at);
  const traces = mergeTraces(tracesOf(value));
  return { kind: "hole", unknown: unknown(cause.reason.kind, cause.reason.what, at, { traces }) };
}

/** What is there only under a guard cannot be written as characters, however much of it is known. */
export function guarded(value: Value): Value {
  if (firstUnknown(value) !== undefined) return value;
  return unknown("unsupported", "a condition inside a text", value.at, { traces: mergeTraces(tracesOf(value)) });
}

/** The piece that another one became: other characters, from the same place, with its traces. */
export function became(characters: string, of: Known): Known {
  return { kind: "known", text: characters, at: loose(of.at, characters), traces: of.traces };
}

/** A place for characters that do not correspond to it one to one: never as long as they are. */
export function loose(at: Span, characters: string): Span {
  return at.end - at.start === characters.length && at.end > at.start ? { ...at, end: at.end - 1 } : at;
}
