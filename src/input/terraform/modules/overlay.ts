import { firstUnknown, knownText, refOf, tracesOf } from "../../../core/text";
import { withTraces } from "../../../core/trace";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import type { Piece, Text, Value } from "../../../core/value";
import { asAttribute } from "../evaluate/as-attribute";

/**
 * What a plan or state says of the values of a unit whose sources are in the input: it decides values, and the sources
 * fill what it does not know and give the places.
 */
export interface Overlay {
  /** The file. */
  readonly path: string;
  /** A root variable's value. */
  variable(name: string): Value | undefined;
  /**
   * The keys of the instances that there are of a resource or module call, as texts; undefined where it knows of none.
   * `module` is the address of the module instance, `local` the address within it.
   */
  keys(module: string, local: string): readonly string[] | undefined;
  /** An attribute's value, as far as it is wholly known. */
  known(address: string, attribute: string): Value | undefined;
  /** Does the plan import the resource? */
  isImported(address: string): boolean;
}

/** What an argument is worth: as written where that is known or carries a credential, otherwise as recorded. */
export function filledIn(written: Value | undefined, known: () => Value | undefined): Value | undefined {
  if (written === undefined || isDecided(written) || tracesOf(written).length > 0) return written;
  const value = known();
  if (value === undefined) return written;
  const { address, attribute } = refOf(written) ?? {};
  const placed = placedAt(value, written.at, 0);
  return address === undefined || attribute === undefined ? placed : asAttribute(placed, address, attribute);
}

/** What an attribute that the configuration does not set is worth. `computed` is what its type says of it. */
export function filledAttribute(
  computed: Value,
  { known, address, name }: { readonly known: Value | undefined; readonly address: string; readonly name: string },
): Value {
  if (known === undefined || known.kind === "null" || isDecided(computed)) return computed;
  const value = withTraces(placedAt(known, computed.at, 0), tracesOf(computed));
  return asAttribute(value, address, refOf(computed)?.attribute ?? name);
}

function isDecided(value: Value): boolean {
  return value.kind !== "choice" && firstUnknown(value) === undefined;
}

/** The value as if it were written in another place: nobody looks for the lines of a plan where the source is there. */
export function placedAt(value: Value, at: Span, depth: number): Value {
  if (depth > limits.depth) return value;
  switch (value.kind) {
    case "text":
      return { ...value, at, pieces: value.pieces.map((piece) => pieceAt(piece, at)) };
    case "list":
      return { ...value, at, items: value.items.map((one) => ({ ...one, value: placedAt(one.value, at, depth + 1) })) };
    case "map": {
      const entries = value.entries.map((one) => ({ ...one, keyAt: at, value: placedAt(one.value, at, depth + 1) }));
      return { ...value, at, entries };
    }
    case "null":
    case "bool":
    case "number":
    case "unknown":
      return { ...value, at };
    case "choice":
      return value; // Recorded values are no choices.
  }
}

function pieceAt(piece: Piece, at: Span): Piece {
  return piece.kind === "known" ? { ...piece, at } : piece;
}

/** Are two values, both wholly known, the same? */
export function isSameValue(a: Value, b: Value, depth = 0): boolean {
  if (depth > limits.depth) return false;
  switch (a.kind) {
    case "text":
      return b.kind === "text" && isSameText(a, b);
    case "bool":
    case "number":
      return b.kind === a.kind && a.value === b.value;
    case "null":
      return b.kind === "null";
    case "list":
      return b.kind === "list" && sameParts(a.items, b.items, depth);
    case "map": {
      if (b.kind !== "map" || a.rest !== undefined || b.rest !== undefined) return false;
      const others = new Map(b.entries.map((entry) => [entry.key, entry]));
      const pairs = a.entries.map((entry) => others.get(entry.key));
      return (
        sameParts(
          a.entries,
          pairs.filter((entry) => entry !== undefined),
          depth,
        ) && others.size === pairs.length
      );
    }
    case "unknown":
    case "choice":
      return false;
  }
}

interface Part {
  readonly value: Value;
}

function sameParts(a: readonly Part[], b: readonly Part[], depth: number): boolean {
  return a.length === b.length && a.every(({ value }, i) => isSameValue(value, b[i]?.value ?? value, depth + 1));
}

function isSameText(a: Text, b: Text): boolean {
  const characters = knownText(a);
  return characters !== undefined && characters === knownText(b);
}
