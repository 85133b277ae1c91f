import { addAll } from "./add-all";
import { always } from "./guard";
import { limits } from "./limits";
import { encloses, type Span } from "./source";
import type {
  Definite,
  Entry,
  Known,
  MapValue,
  Option,
  Piece,
  ReasonKind,
  Ref,
  Text,
  Trace,
  Unknown,
  Value,
} from "./value";

/** A text of known characters. */
export function text(characters: string, at: Span, more: { ref?: Ref; traces?: readonly Trace[] } = {}): Text {
  if (characters === "") return { kind: "text", pieces: [], at };
  const { ref, traces = noTraces } = more;
  const piece: Known =
    ref === undefined
      ? { kind: "known", text: characters, at, traces }
      : { kind: "known", text: characters, at, ref, traces };
  return { kind: "text", pieces: [piece], at };
}

/** One list for all that no credential runs through: nearly everything. */
export const noTraces: readonly Trace[] = [];

/** A value that is not known. `what` names the cause as the user wrote it. */
export function unknown(
  kind: ReasonKind,
  what: string,
  at: Span,
  more: { id?: string; ref?: Ref; traces?: readonly Trace[] } = {},
): Unknown {
  const { id, ref, traces = noTraces } = more;
  const reason = { kind, what };
  // Part by part, as `textWithRef`: there are many.
  if (ref === undefined) {
    return id === undefined ? { kind: "unknown", reason, at, traces } : { kind: "unknown", reason, at, id, traces };
  }
  return id === undefined
    ? { kind: "unknown", reason, at, ref, traces }
    : { kind: "unknown", reason, at, id, ref, traces };
}

/** An entry of a map that is there in any case. Its key stands where its value does, if nothing else is said. */
export function entry(key: string, value: Value, keyAt: Span = value.at): Entry {
  return { key, keyAt, guard: always, value };
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

/** The characters of pieces, with U+0000 or others for each that is not known. */
export function charactersIn(pieces: readonly Piece[], unknown = "\u0000"): string {
  return pieces.map((piece) => (piece.kind === "known" ? piece.text : unknown)).join("");
}

/** The known characters that a text begins with. */
export function knownStart(value: Value | undefined): string {
  if (value?.kind !== "text") return "";
  const end = value.pieces.findIndex((piece) => piece.kind !== "known");
  return charactersIn(end < 0 ? value.pieces : value.pieces.slice(0, end), "");
}

/** The known characters that a text ends with. */
export function knownEnd(value: Value | undefined): string {
  if (value?.kind !== "text") return "";
  const before = value.pieces.findLastIndex((piece) => piece.kind !== "known");
  return charactersIn(value.pieces.slice(before + 1), "");
}

/** Is a text known to its last character? */
export function isKnown({ pieces }: Text): boolean {
  return pieces.every((piece) => piece.kind === "known");
}

/** Characters of pieces; one that is not known counts as one. */
export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (piece.kind === "known" ? piece.text.length : 1), 0);
}

/**
 * Where a value is written: a part of a text has the text's place, and its characters stand elsewhere where all of them
 * come from there, such as the password of a URL from a default.
 */
export function writtenAt(value: Value): Span {
  const { at } = value;
  const [first] = value.kind === "text" ? value.pieces : [];
  if (value.kind !== "text" || first?.kind !== "known") return at;
  return value.pieces.some((piece) => piece.kind !== "known" || encloses(at, piece.at)) ? at : first.at;
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

/** The same value as an attribute of a resource, so that it is recognised where it is referred to. */
export function withRef(value: Value, ref: Ref): Value {
  if (value.kind !== "choice") return definiteWithRef(value, ref);
  const options = value.options.map((option) => ({ ...option, value: definiteWithRef(option.value, ref) }));
  return { ...value, options };
}

function definiteWithRef(value: Definite, ref: Ref): Definite {
  if (value.kind === "text") return textWithRef(value, ref);
  return value.kind === "unknown" ? { ...value, ref } : value;
}

/** Part by part: V8 gives what is spread and then added to a shape for each object, which is larger than the text. */
export function textWithRef({ pieces, at }: Text, ref: Ref): Text {
  return { kind: "text", pieces, at, ref };
}

/**
 * The first thing that is not known in a text or value, if any. Choices are known; their values may not be. A part that
 * many share is looked at once, since sharing makes a value far larger than its memory.
 */
export function firstUnknown(value: Value): Unknown | undefined {
  return value.kind === "unknown" ? value : findUnknown(value, { depth: 0 });
}

interface Walk {
  /** Made for the first part that many may share: most values are texts, and have none. */
  seen?: Set<Value | Piece>;
  depth: number;
}

function findUnknown(value: Value, walk: Walk): Unknown | undefined {
  switch (value.kind) {
    case "unknown":
      return value;
    case "text":
      return findIn(value, walk, () => firstOf(value.pieces.map(pieceValue), walk));
    case "list":
      return value.rest ?? findIn(value, walk, () => firstOf(value.items.map(valueOf), walk));
    case "map":
      return value.rest ?? findIn(value, walk, () => firstOf(value.entries.map(valueOf), walk));
    case "choice":
      return findIn(value, walk, () => firstOf(value.options.map(valueOf), walk));
    case "null":
    case "bool":
    case "number":
      return undefined;
  }
}

/** What lies deeper than the limit is not looked at, and so is not known. */
function findIn(value: Value, walk: Walk, look: () => Unknown | undefined): Unknown | undefined {
  const seen = (walk.seen ??= new Set());
  if (seen.has(value)) return undefined;
  if (walk.depth >= limits.depth) return unknown("limit", "depth", value.at);
  seen.add(value);
  walk.depth++;
  const found = look();
  walk.depth--;
  return found;
}

function valueOf(part: { readonly value: Value }): Value {
  return part.value;
}

function pieceValue(piece: Piece): Value | undefined {
  if (piece.kind === "hole") return piece.unknown;
  return piece.kind === "encoded" ? piece.value : undefined;
}

function firstOf(values: readonly (Value | undefined)[], walk: Walk): Unknown | undefined {
  for (const value of values) {
    const found = value && findUnknown(value, walk);
    if (found) return found;
  }
  return undefined;
}

/**
 * The credentials whose text runs through a value: one trace per credential and form, the surest and then the
 * shortest. A list or map carries what its parts carry.
 */
export function tracesOf(value: Value): readonly Trace[] {
  const found: Trace[] = [];
  collectTraces(value, found, { depth: 0 });
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
export function optionsOf(value: Value): readonly Option[] {
  return value.kind === "choice" ? value.options : [{ guard: [], value }];
}

/** The entries of a map with one key: one, or several under guards that exclude each other. */
export function entriesOf(map: MapValue, key: string): readonly Entry[] {
  return map.entries.filter((entry) => entry.key === key);
}

function collectTraces(value: Value, into: Trace[], walk: Walk): void {
  switch (value.kind) {
    case "text":
      for (const piece of value.pieces) {
        if (piece.kind === "encoded") collectFrom(piece, [piece.value], into, walk);
        else addAll(into, piece.kind === "hole" ? piece.unknown.traces : piece.traces);
      }
      return;
    case "unknown":
      addAll(into, value.traces);
      return;
    case "list":
      collectFrom(value, value.items.map(valueOf), into, walk);
      if (value.rest) addAll(into, value.rest.traces);
      return;
    case "map":
      collectFrom(value, value.entries.map(valueOf), into, walk);
      if (value.rest) addAll(into, value.rest.traces);
      return;
    case "choice":
      collectFrom(value, value.options.map(valueOf), into, walk);
      return;
    case "null":
    case "bool":
    case "number":
      return;
  }
}

/** The parts of a value. What many share, and what lies deeper than the limit, is left out. */
function collectFrom(whole: Value | Piece, parts: readonly Value[], into: Trace[], walk: Walk): void {
  const seen = (walk.seen ??= new Set());
  if (seen.has(whole) || walk.depth >= limits.depth) return;
  seen.add(whole);
  walk.depth++;
  for (const part of parts) collectTraces(part, into, walk);
  walk.depth--;
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
