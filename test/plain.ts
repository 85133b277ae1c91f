import type { Piece, Value } from "../src/core/value";

/** A value as plain data, to compare: unknowns as `<reason>`, what a list or map may hold more as `...`. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case "null":
      return null;
    case "bool":
    case "number":
      return value.value;
    case "text":
      return value.pieces
        .map((piece) =>
          piece.kind === "known" ? piece.text : piece.kind === "hole" ? `<${piece.unknown.reason.what}>` : "<encoded>",
        )
        .join("");
    case "list":
      return [
        ...value.items.map((item) => plain(item.value)),
        ...(value.rest ? [`...<${value.rest.reason.what}>`] : []),
      ];
    case "map":
      return plainOf(
        Object.fromEntries([
          ...value.entries.map((entry) => [entry.key, plain(entry.value)]),
          ...(value.rest ? [["...", plain(value.rest)]] : []),
        ]),
      );
    case "unknown":
      return `<${value.reason.what}>`;
    case "choice":
      return value.options.map((option) => plain(option.value));
  }
}

/** deepEqual tells 0 from -0 and objects by prototype; neither matters here. */
export function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

export function knownPieces(value: Value): Extract<Piece, { kind: "known" }>[] {
  switch (value.kind) {
    case "text":
      return value.pieces.flatMap((piece) => (piece.kind === "known" ? [piece] : []));
    case "list":
      return value.items.flatMap((item) => knownPieces(item.value));
    case "map":
      return value.entries.flatMap((entry) => knownPieces(entry.value));
    case "null":
    case "bool":
    case "number":
    case "unknown":
    case "choice":
      return [];
  }
}
