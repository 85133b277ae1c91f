import { settle } from "../../../core/distribute";
import { charactersOf, rendered } from "../../../core/encode";
import { flatten, type Flat } from "../../../core/flat";
import { decimalText } from "../../../core/scalar";
import { isKnown } from "../../../core/text";
import type { Definite, ListValue, MapValue, NumberValue, Text, Unknown, Value } from "../../../core/value";
import { invalid, type CallContext } from "./context";
import { toNumber, toText } from "./convert";
import type { Items } from "./distribute";

/** A call of one function by its name. */
export interface Call extends CallContext {
  readonly name: string;
}

/** What a function takes as an argument, and as what it gets it. */
export interface Param<T> {
  /** Made of the argument before its choices are distributed. */
  readonly prepare?: (value: Value, call: Call) => Value;
  /** Choices are not distributed, errors are handed over. */
  readonly isWhole: boolean;
  readonly isOptional: boolean;
  bind(value: Value | undefined, call: Call): Bound<T>;
}

/** `opaque`: the argument is not known, and the function cannot do without. */
type Bound<T> =
  | { readonly kind: "bound"; readonly value: T }
  | { readonly kind: "error"; readonly error: Unknown }
  | { readonly kind: "opaque" };

/** An evaluation error, reported as `element: the list is empty`. */
export function fail(call: Call, cause: string): Unknown {
  return invalid(`${call.name}: ${cause}`, call.at);
}

/** A string; an unknown one is a text of one hole. */
export const text: Param<Text> = param((value, call) => {
  const converted = toText(value);
  return converted === undefined ? wrong(call, "a string") : bound(converted);
});

/** A string whose characters must all be known. */
export const known: Param<Flat> = param((value, call) => {
  const converted = toText(value);
  if (converted === undefined) return wrong(call, "a string");
  const characters = rendered(converted);
  return isKnown(characters) ? bound(flatten(characters)) : opaque;
});

export const number: Param<number> = param((value, call) => {
  const converted = toNumber(value);
  if (converted !== undefined) return bound(converted.value);
  return isOpaque(value) ? opaque : wrong(call, "a number");
});

/** A number with all of its digits. */
export const numeric: Param<NumberValue> = param((value, call) => {
  const converted = toNumber(value);
  if (converted !== undefined) return bound(converted);
  return isOpaque(value) ? opaque : wrong(call, "a number");
});

/** A number without a fraction, within what Go's int64 takes. */
export const integer: Param<number> = param((value, call) => {
  const converted = toNumber(value)?.value;
  if (converted === undefined) return isOpaque(value) ? opaque : wrong(call, "a number");
  return Number.isInteger(converted) && Math.abs(converted) < 2 ** 63
    ? bound(converted)
    : wrong(call, "a whole number");
});

/** A number without a fraction, however large. */
export const large: Param<bigint> = param((value, call) => {
  const converted = toNumber(value);
  if (converted === undefined) return isOpaque(value) ? opaque : wrong(call, "a number");
  const digits = decimalText(converted);
  return /^-?\d+$/.test(digits) ? bound(BigInt(digits)) : wrong(call, "a whole number");
});

/** A list or set with its guards and choices; an unknown one has only a rest. */
export const list: Param<ListValue> = param((value, call) => {
  if (value.kind === "list") return bound(value);
  if (value.kind !== "unknown") return wrong(call, "a list");
  return bound({ kind: "list", shape: "list", items: [], rest: value, at: value.at });
});

/** A list or set without guards and choices among its items; an unknown one has only a rest. */
export const items: Param<Items> = {
  ...param((value, call): Bound<Items> => {
    const given = list.bind(value, call);
    if (given.kind !== "bound") return given;
    // What is not settled here was over the limit of choices, and is one unknown.
    const definite = given.value.items.flatMap((item) => (item.value.kind === "choice" ? [] : [item.value]));
    const { shape, rest, at } = given.value;
    return bound({ shape, items: definite, at, ...(rest && { rest }) });
  }),
  prepare: settle,
};

/** An unknown map has only a rest. */
export const map: Param<MapValue> = param((value, call) => {
  if (value.kind === "map") return bound(value);
  if (value.kind !== "unknown") return wrong(call, "a map");
  return bound({ kind: "map", entries: [], rest: value, at: value.at });
});

/** Anything but null. */
export const any: Param<Definite> = param((value) => bound(value));

/** Anything; the function deals with null. */
export const nullable: Param<Definite> = { ...any, bind: (value, call) => definite(value, call) };

/** Anything as it is: choices, errors and nulls too. */
export const whole: Param<Value> = {
  isWhole: true,
  isOptional: false,
  bind: (value, call) => (value === undefined ? missing(call) : bound(value)),
};

/** An argument that may be left out. */
export function optional<T>(of: Param<T>): Param<T | undefined> {
  return {
    ...of,
    isOptional: true,
    bind: (value, call) => (value === undefined ? bound(undefined) : of.bind(value, call)),
  };
}

function param<T>(bind: (value: Definite, call: Call) => Bound<T>): Param<T> {
  return {
    isWhole: false,
    isOptional: false,
    bind(value, call) {
      const given = definite(value, call);
      if (given.kind !== "bound") return given;
      return given.value.kind === "null" ? wrong(call, "an argument that is not null") : bind(given.value, call);
    },
  };
}

/** Choices are distributed before arguments are bound. */
function definite(value: Value | undefined, call: Call): Bound<Definite> {
  if (value === undefined) return missing(call);
  return value.kind === "choice" ? opaque : bound(value);
}

function bound<T>(value: T): Bound<T> {
  return { kind: "bound", value };
}

const opaque = { kind: "opaque" } as const;

function missing(call: Call): Bound<never> {
  return { kind: "error", error: fail(call, "an argument is missing") };
}

function wrong(call: Call, what: string): Bound<never> {
  return { kind: "error", error: fail(call, `${what} is required`) };
}

/** May the value be any number or bool? A text with holes may. */
export function isOpaque(value: Definite): boolean {
  return value.kind === "unknown" || (value.kind === "text" && charactersOf(value) === undefined);
}
