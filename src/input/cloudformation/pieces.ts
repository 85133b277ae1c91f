import { limits } from "../../core/limits";
import { decimalText } from "../../core/scalar";
import type { Span } from "../../core/source";
import { lengthOf, text, tracesOf, unknown } from "../../core/text";
import type { Definite, Piece, Text, Unknown, Value } from "../../core/value";

/** A value as a part of a text. CloudFormation has no text for lists and maps: there the input is wrong. */
export function piecesOf(value: Definite): readonly Piece[] {
  switch (value.kind) {
    case "text":
      return textPieces(value);
    case "bool":
      return text(String(value.value), value.at).pieces;
    case "number":
      return text(decimalText(value), value.at).pieces;
    case "null":
      return [];
    case "unknown":
      return [{ kind: "hole", unknown: value }];
    case "list":
    case "map": {
      const what = `a ${value.kind} inside a text`;
      return [{ kind: "hole", unknown: unknown("invalid", what, value.at, { traces: tracesOf(value) }) }];
    }
  }
}

/** A text that is one piece hands the resource attribute that it is to the piece. */
function textPieces({ pieces, ref }: Text): readonly Piece[] {
  const [only] = pieces;
  if (ref === undefined || pieces.length !== 1 || only?.kind !== "known" || only.ref) return pieces;
  return [{ ...only, ref }];
}

/** A text of pieces, or an unknown where it is over the limits: names that are put together from names can explode. */
export function textOf(pieces: readonly Piece[], at: Span): Text | Unknown {
  const length = lengthOf(pieces);
  if (length <= limits.textLength && pieces.length <= limits.valueSize) return { kind: "text", pieces, at };
  return unknown("limit", length > limits.textLength ? "textLength" : "valueSize", at);
}

/** The value as the text that CloudFormation makes of it; what is no text stays as it is. */
export function asText(value: Value): Value {
  if (value.kind !== "bool" && value.kind !== "number") return value;
  return { kind: "text", pieces: piecesOf(value), at: value.at };
}
