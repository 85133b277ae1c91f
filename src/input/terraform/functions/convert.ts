import { charactersOf } from "../../../core/encode";
import { decimalText } from "../../../core/scalar";
import { mergeTraces, text } from "../../../core/text";
import { numberIn } from "./big-number";
import type { BoolValue, Definite, NumberValue, Piece, Text } from "../../../core/value";

/** A primitive as a string, or undefined where the value has no string form. An unknown is a text of one hole. */
export function toText(value: Definite): Text | undefined {
  switch (value.kind) {
    case "text":
      return value;
    case "number":
      return text(decimalText(value), value.at);
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

/** A number, or a string that is one in decimal or an infinity; undefined where it is neither or not known. */
export function toNumber(value: Definite): NumberValue | undefined {
  if (value.kind === "number") return value;
  const characters = charactersOf(value);
  if (characters === undefined || !decimal.test(characters)) return undefined;
  return numberIn(characters, value.at);
}

const decimal = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[iI]nf)$/;

/** A bool, or "true", "false", "1", "0"; undefined where it is neither or not known. */
export function toBool(value: Definite): BoolValue | undefined {
  if (value.kind === "bool") return value;
  const characters = charactersOf(value);
  if (characters === "true" || characters === "1") return { kind: "bool", value: true, at: value.at };
  if (characters === "false" || characters === "0") return { kind: "bool", value: false, at: value.at };
  return undefined;
}

/** Terraform's strings are in Unicode's normal form C (go-cty: "NormalizeString"), which changes nothing below U+0300. */
export function composed(characters: string): string {
  return mayCompose.test(characters) ? characters.normalize() : characters;
}

const mayCompose = /[\u0300-\uffff]/;

/** Characters compose over the pieces that they stand in: these become one piece. */
export function composedText(text: Text): Text {
  if (!text.pieces.some((piece) => piece.kind === "known" && mayCompose.test(piece.text))) return text;
  const pieces: Piece[] = [];
  for (const piece of text.pieces) {
    const before = pieces.at(-1);
    if (piece.kind !== "known") pieces.push(piece);
    else if (before?.kind !== "known") pieces.push({ ...piece, text: composed(piece.text) });
    else {
      const together = composed(before.text + piece.text);
      if (together === before.text + piece.text) pieces.push(piece);
      else if (before.text + composed(piece.text) === together) pieces.push({ ...piece, text: composed(piece.text) });
      else
        pieces.splice(-1, 1, { ...before, text: together, traces: mergeTraces([...before.traces, ...piece.traces]) });
    }
  }
  return { ...text, pieces };
}
