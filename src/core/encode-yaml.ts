import { limits } from "./limits";
import { compareCodePoints, decimalText } from "./scalar";
import { lengthOf, unknown } from "./text";
import type { Span } from "./source";
import type { ListValue, MapValue, Piece, Text, Value } from "./value";
import { finished, hole, isFull, push, pushMade, type Writer } from "./writer";

/**
 * A value as the YAML text that Terraform's `yamlencode` writes. Strings that it would fold or write as a block (long
 * ones, ones with line ends or control characters) are holes, as is what is not known or hangs on a condition. `depth`:
 * how deep in other encodings it lies.
 */
export function yamlText(value: Value, depth: number): Text {
  const writer: Writer = { pieces: [], length: 0 };
  if (value.kind === "list" || value.kind === "map") {
    writeBlock(writer, value, depth, "");
  } else if (value.kind === "unknown" || value.kind === "choice") {
    // It may be a list or map, with lines of its own.
    push(writer, hole(value, value.at));
  } else {
    writeInline(writer, value, 0);
    // A plain scalar as a document of its own is closed.
    pushMade(writer, value.kind === "text" ? "\n" : "\n...\n", value.at);
  }
  return finished(writer, value);
}

/** Lines of a list or map. The first is written where the writer stands, the others behind `indent`. */
function writeBlock(writer: Writer, value: ListValue | MapValue, depth: number, indent: string): void {
  if (isFull(writer)) return;
  if (depth > limits.depth) {
    push(writer, { kind: "hole", unknown: unknown("limit", "depth", value.at) });
    return;
  }
  if (!isCertain(value)) {
    push(writer, hole(value, value.at));
    return;
  }
  if (sizeOf(value) === 0) {
    pushMade(writer, value.kind === "list" ? "[]\n" : "{}\n", value.at);
    return;
  }
  let isFirst = true;
  for (const { key, at, value: item } of partsOf(value)) {
    pushMade(writer, isFirst ? "" : indent, at);
    isFirst = false;
    if (key === undefined) pushMade(writer, "- ", at);
    else {
      writeString(writer, key, at);
      pushMade(writer, ":", at);
    }
    writePart(writer, item, { depth, indent, isEntry: key !== undefined });
  }
}

interface Place {
  readonly depth: number;
  readonly indent: string;
  readonly isEntry: boolean;
}

function writePart(writer: Writer, value: Value, { depth, indent, isEntry }: Place): void {
  const isBlock = (value.kind === "list" || value.kind === "map") && isCertain(value) && sizeOf(value) > 0;
  if (isBlock && isEntry) {
    // A list inside a map stands at the map's own indentation.
    const inner = value.kind === "list" ? indent : `${indent}  `;
    pushMade(writer, `\n${inner}`, value.at);
    writeBlock(writer, value, depth + 1, inner);
    return;
  }
  const isOpen = value.kind === "unknown" || value.kind === "choice";
  if (isOpen || ((value.kind === "list" || value.kind === "map") && !isCertain(value))) {
    // The hole takes in the space before the value and the line end behind it.
    push(writer, hole(value, value.at));
    return;
  }
  if (isEntry) pushMade(writer, " ", value.at);
  if (value.kind === "list" || value.kind === "map") {
    writeBlock(writer, value, depth + 1, `${indent}  `);
    return;
  }
  writeInline(writer, value, indent.length);
  pushMade(writer, "\n", value.at);
}

interface Part {
  readonly key: string | undefined;
  readonly at: Span;
  readonly value: Value;
}

function partsOf(value: ListValue | MapValue): readonly Part[] {
  if (value.kind === "list")
    return value.items.map((item) => ({ key: undefined, at: item.value.at, value: item.value }));
  return [...value.entries]
    .sort((a, b) => compareCodePoints(a.key, b.key))
    .map((entry) => ({ key: entry.key, at: entry.keyAt, value: entry.value }));
}

function sizeOf(value: ListValue | MapValue): number {
  return value.kind === "list" ? value.items.length : value.entries.length;
}

function isCertain(value: ListValue | MapValue): boolean {
  if (value.rest !== undefined) return false;
  const guards = value.kind === "list" ? value.items : value.entries;
  return guards.every(({ guard }) => guard.length === 0);
}

function writeInline(writer: Writer, value: Value, indent: number): void {
  switch (value.kind) {
    case "null":
      pushMade(writer, "null", value.at);
      return;
    case "bool":
      pushMade(writer, String(value.value), value.at);
      return;
    case "number":
      pushMade(writer, decimalText(value), value.at);
      return;
    case "text":
      writeText(writer, value, indent);
      return;
    case "list":
    case "map":
    case "unknown":
    case "choice":
      push(writer, hole(value, value.at));
      return;
  }
}

/** The known pieces keep their places where they are written as they are. */
function writeText(writer: Writer, value: Text, indent: number): void {
  const isPlain = value.pieces.every((piece) => piece.kind === "known" && plain.test(piece.text));
  const length = indent + lengthOf(value.pieces);
  if (!isPlain || (length > foldsAfter && value.pieces.some(hasSpace))) {
    push(writer, hole(value, value.at, folded));
    return;
  }
  pushMade(writer, '"', value.at);
  for (const piece of value.pieces) push(writer, piece);
  pushMade(writer, '"', value.at);
}

function hasSpace(piece: Piece): boolean {
  return piece.kind === "known" && piece.text.includes(" ");
}

function writeString(writer: Writer, characters: string, at: Span): void {
  if (plain.test(characters) && characters.length < foldsAfter) pushMade(writer, `"${characters}"`, at);
  else push(writer, { kind: "hole", unknown: unknown("unsupported", folded, at) });
}

/** Characters that need no escape between double quotes. */
const plain = /^[ !#-[\]-~\u00a1-\u00ac\u00ae-\u2027\u202a-\ud7ff]*$/u;

/** Terraform folds at column 80, where the key and the indentation count: well before it no text is folded, and none without a space. */
const foldsAfter = 30;
const folded = "a long or odd string in YAML";
