import { numberText } from "../../../core/scalar";
import { knownText, text } from "../../../core/text";
import type { BoolValue, Definite, NumberValue, Text } from "../../../core/value";

/** A primitive as a string, or undefined where the value has no string form. An unknown is a text of one hole. */
export function toText(value: Definite): Text | undefined {
  switch (value.kind) {
    case "text":
      return value;
    case "number":
      return text(numberText(value.value), value.at);
    case "bool":
      return text(String(value.value), value.at);
    case "unknown":
      return { kind: "text", pieces: [{ kind: "hole", unknown: value }], at: value.at };
    case "null":
    case "list":
    case "map":
      return undefined;
  }
}

/** A text of one hole is the unknown itself; others are themselves. */
export function fromText(value: Text): Text | Definite {
  const [piece] = value.pieces;
  return piece?.kind === "hole" && value.pieces.length === 1 ? piece.unknown : value;
}

/** A number, or a string that is one in decimal; undefined where it is neither or not known. */
export function toNumber(value: Definite): NumberValue | undefined {
  if (value.kind === "number") return value;
  const characters = knownText(value);
  if (characters === undefined || !decimal.test(characters)) return undefined;
  return { kind: "number", value: Number(characters), at: value.at };
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A bool, or "true", "false", "1", "0"; undefined where it is neither or not known. */
export function toBool(value: Definite): BoolValue | undefined {
  if (value.kind === "bool") return value;
  const characters = knownText(value);
  if (characters === "true" || characters === "1") return { kind: "bool", value: true, at: value.at };
  if (characters === "false" || characters === "0") return { kind: "bool", value: false, at: value.at };
  return undefined;
}
