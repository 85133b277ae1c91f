import { guardText, type Guard } from "../../src/core/guard";
import type { Piece, Trace, Value } from "../../src/core/value";

/**
 * A value on one line: `"a${var.x}"` a text with a hole, `json(…)` an encoded piece, `[a, b if var.on, ...var.x]` a list
 * with an item under a guard and a rest, `(a if var.on or b if not var.on)` a choice, `<var.x>` an unknown. Behind it the
 * traces: `~secret` of a credential that runs through it, `~secret?` of one that may.
 */
export function show(value: Value): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "number":
      return String(value.value);
    case "text":
      return showPieces(value.pieces);
    case "list": {
      const items = value.items.map((item) => show(item.value) + condition(item.guard));
      const shown = `[${[...items, ...rest(value.rest)].join(", ")}]`;
      return value.shape === "set" ? `set${shown}` : shown;
    }
    case "map": {
      const entries = value.entries.map((entry) => `${entry.key} = ${show(entry.value)}${condition(entry.guard)}`);
      return `{${[...entries, ...rest(value.rest)].join(", ")}}`;
    }
    case "choice":
      return `(${value.options.map((option) => show(option.value) + condition(option.guard)).join(" or ")})`;
    case "unknown": {
      const name = value.id ?? `${value.reason.kind}: ${value.reason.what}`;
      return `<${name}>${value.ref === undefined ? "" : " ref"}${traces(value.traces)}`;
    }
  }
}

function showPieces(pieces: readonly Piece[]): string {
  const [only] = pieces;
  if (only?.kind === "encoded" && pieces.length === 1) return `${only.format}(${show(only.value)})`;
  const shown = pieces.map((piece) => {
    if (piece.kind === "encoded") return `\${${piece.format}(${show(piece.value)})}`;
    if (piece.kind === "hole") return `\${${show(piece.unknown).slice(1).replace(">", "")}}`;
    return JSON.stringify(piece.text).slice(1, -1) + traces(piece.traces);
  });
  return `"${shown.join("")}"`;
}

/** ` if var.on`; nothing of what is there always. */
export function condition(guard: Guard): string {
  return guard.length === 0 ? "" : ` if ${guardText(guard)}`;
}

function rest(value: Value | undefined): readonly string[] {
  return value === undefined ? [] : [`...${show(value)}`];
}

function traces(all: readonly Trace[]): string {
  return all.map((trace) => `~${trace.credential}${trace.certainty === "may" ? "?" : ""}`).join("");
}
