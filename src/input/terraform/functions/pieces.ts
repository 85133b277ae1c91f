import { rendered } from "../../../core/encode";
import { limits } from "../../../core/limits";
import { lengthOf, mergeTraces, text, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Known, Piece, Text, Trace, Unknown, Value } from "../../../core/value";
import { loose } from "../../../core/writer";
import { fromText } from "./convert";
import type { Call } from "./param";

/** Characters that a function makes: they stand at its call. */
export function made(characters: string, call: Call, traces: readonly Trace[] = []): Text {
  return text(characters, loose(call.at, characters), { traces });
}

export function number(value: number, call: Call): Value {
  return { kind: "number", value, at: call.at };
}

export function bool(value: boolean, call: Call): Value {
  return { kind: "bool", value, at: call.at };
}

/** The pieces of a text after one more step of their traces. Pieces without traces, and so without a path, are kept. */
export function through(of: Text, call: Call): readonly Piece[] {
  return of.pieces.map((piece) => {
    switch (piece.kind) {
      case "known":
        return piece.traces.length === 0
          ? piece
          : { ...piece, traces: stepped(piece.traces, call.name, "is", call.at) };
      case "hole":
        return piece.unknown.traces.length === 0 ? piece : { kind: "hole", unknown: onward(piece.unknown, call) };
      case "encoded":
        return piece;
    }
  });
}

function onward(value: Unknown, call: Call): Unknown {
  return { ...value, traces: stepped(value.traces, call.name, "is", call.at) };
}

/**
 * A text of pieces as a function's result. Over the limits of a text it is unknown; a text of one hole is the unknown
 * itself.
 */
export function result(pieces: readonly Piece[], call: Call): Value {
  const kept = pieces.length > limits.items ? joinPlain(pieces) : pieces;
  const length = lengthOf(kept);
  if (length <= limits.textLength && kept.length <= limits.items) {
    return fromText({ kind: "text", pieces: kept, at: call.at });
  }
  const traces = mergeTraces(tracesOf({ kind: "text", pieces: kept, at: call.at }));
  return unknown("limit", "textLength", call.at, { traces: stepped(traces, call.name, "may", call.at) });
}

/** Neighbouring pieces that no trace or ref tells apart, as one piece at the place of the first. */
function joinPlain(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  let run: Known[] = [];
  const flush = () => {
    const [first] = run;
    const characters = run.map((piece) => piece.text).join("");
    if (first !== undefined) joined.push({ ...first, text: characters, at: loose(first.at, characters) });
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === "known" && piece.ref === undefined && piece.traces.length === 0) {
      run.push(piece);
      continue;
    }
    flush();
    joined.push(piece);
  }
  flush();
  return joined;
}

/**
 * A text converted character by character, so that what is known stays known beside holes. A hole becomes an unknown of
 * its own; of one with an id the same function, which must have no other argument, gives the same again.
 */
export function convertCharacters(of: Text, call: Call, convert: (characters: string) => string): Value {
  const pieces = rendered(of).pieces.map((piece): Piece => {
    if (piece.kind !== "known") {
      const id = piece.kind === "hole" ? piece.unknown.id : undefined;
      const converted = convertedHole(piece, call, "may");
      return { kind: "hole", unknown: id === undefined ? converted : { ...converted, id: `${call.name}(${id})` } };
    }
    const converted = convert(piece.text);
    if (converted === piece.text) return piece;
    const traces = stepped(piece.traces, call.name, "may", call.at);
    const at = converted.length === piece.text.length ? piece.at : loose(piece.at, converted);
    return { kind: "known", text: converted, at, traces };
  });
  return result(pieces, call);
}

/** What a function makes of a hole that it converts on its own. */
export function convertedHole(piece: Exclude<Piece, Known>, call: Call, certainty: Trace["certainty"]): Unknown {
  if (piece.kind === "encoded") {
    const traces = stepped(mergeTraces(tracesOf(piece.value)), call.name, certainty, call.at);
    return unknown("unsupported", `${call.name}()`, call.at, { traces });
  }
  const { reason, at, traces } = piece.unknown;
  return unknown(reason.kind, reason.what, at, { traces: stepped(traces, call.name, certainty, call.at) });
}

/** Is the text empty? Undefined: that cannot be told. */
export function emptiness(value: Text | Unknown): boolean | undefined {
  if (value.kind === "unknown") {
    // What AWS tells once the resource exists (an ARN, an id) is there and is not empty.
    return value.reason.kind === "after-apply" && value.ref !== undefined ? false : undefined;
  }
  const parts = value.pieces.map(emptinessOfPiece);
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function emptinessOfPiece(piece: Piece): boolean | undefined {
  switch (piece.kind) {
    case "known":
      return piece.text === "";
    case "hole":
      return emptiness(piece.unknown);
    case "encoded":
      // Base64 and percent-encoding leave nothing of nothing; JSON and YAML have at least quotes.
      return (piece.format === "base64" || piece.format === "url") && piece.value.kind === "text"
        ? emptiness(piece.value)
        : false;
  }
}
