import type { Span } from "../../../core/source";
import { knownText } from "../../../core/text";
import type { Definite, Unknown, Value } from "../../../core/value";
import { consequence, invalid } from "../functions/context";
import { toBool, toNumber, toText } from "../functions/convert";

/** A string, or the error that the value has no string form. `use` says what the string is for. */
export function asText(value: Definite, use: string, at: Span): Definite {
  if (value.kind === "unknown") return value;
  return toText(value) ?? invalid(`${use} must be a string, not ${described(value)}`, at);
}

/** A number, what is not known of it, or the error that the value is none. */
export function asNumber(value: Definite, use: string, at: Span): Definite {
  if (value.kind === "unknown") return value;
  return toNumber(value) ?? unconverted(value, `${use} must be a number, not ${described(value)}`, at);
}

/** A bool, what is not known of it, or the error that the value is none. */
export function asBool(value: Definite, use: string, at: Span): Definite {
  if (value.kind === "unknown") return value;
  return toBool(value) ?? unconverted(value, `${use} must be true or false, not ${described(value)}`, at);
}

/** A text with holes may be what is wanted. */
function unconverted(value: Definite, what: string, at: Span): Unknown {
  return value.kind === "text" && knownText(value) === undefined ? consequence([value], at) : invalid(what, at);
}

/** The kind of a value, for an error. */
export function described(value: Value): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "text":
      return "a string";
    case "number":
    case "bool":
    case "map":
    case "choice":
      return `a ${value.kind}`;
    case "list":
      return `a ${value.shape}`;
    case "unknown":
      return "an unknown value";
  }
}
