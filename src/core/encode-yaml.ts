import { renderedAt } from "./encode";
import { cut } from "./flat";
import { limits } from "./limits";
import { compareCodePoints } from "./scalar";
import { unknown } from "./text";
import type { Span } from "./source";
import type { Known, ListValue, MapValue, Text, Value } from "./value";
import { finished, hole, isFull, loose, push, pushMade, pushScalar, type Writer } from "./writer";

/**
 * A value as the YAML text that Terraform's `yamlencode` writes. Strings that it may fold, which are long, are holes, as
 * is what is not known or hangs on a condition. `depth`: how deep in other encodings it lies.
 */
export function yamlText(value: Value, depth: number): Text {
  const writer: Writer = { pieces: [], length: 0 };
  if (value.kind === "list" || value.kind === "map") {
    writeBlock(writer, value, depth, "");
  } else if (value.kind === "unknown" || value.kind === "choice") {
    // It may be a list or map, with lines of its own.
    push(writer, hole(value, value.at));
  } else {
    writeInline(writer, value, { depth, indent: "" });
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
  writeInline(writer, value, { depth, indent });
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
  const parts = value.kind === "list" ? value.items : value.entries;
  return parts.every(({ guard }) => guard.length === 0);
}

function writeInline(writer: Writer, value: Value, place: Omit<Place, "isEntry">): void {
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
      pushScalar(writer, value);
      return;
    case "text":
      writeText(writer, value, place);
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
function writeText(writer: Writer, value: Text, { depth, indent }: Omit<Place, "isEntry">): void {
  const { pieces } = renderedAt(value, depth);
  const known = pieces.flatMap((piece) => (piece.kind === "known" ? [piece] : []));
  const characters = known.map((piece) => piece.text).join("");
  if (known.length < pieces.length) push(writer, hole(value, value.at, folded));
  else if (isLiteral(characters)) writeLiteral(writer, known, characters, `${indent}  `);
  else if (mayBeFolded(characters, indent)) push(writer, hole(value, value.at, folded));
  else {
    pushMade(writer, '"', value.at);
    for (const piece of known) push(writer, escaped(piece));
    pushMade(writer, '"', value.at);
  }
}

function writeString(writer: Writer, characters: string, at: Span): void {
  const isPlain = !characters.includes("\n") && !mayBeFolded(characters, "");
  if (isPlain) pushMade(writer, `"${characters.replace(special, escape)}"`, at);
  else push(writer, { kind: "hole", unknown: unknown("unsupported", folded, at) });
}

/**
 * Lines stand as a block where every character can stand there as it is, as go-yaml decides: none needs an escape, and no
 * line ends with a space that is followed by a line end, or by nothing.
 */
function isLiteral(characters: string): boolean {
  if (!characters.includes("\n") || / (?:\n|$)/.test(characters)) return false;
  return [...characters.matchAll(special)].every(([found]) => found === "\n" || found === '"' || found === "\\");
}

function writeLiteral(writer: Writer, pieces: readonly Known[], characters: string, indent: string): void {
  const [first] = pieces;
  if (first === undefined) return;
  const hint = /^[ \n]/.test(characters) ? "2" : "";
  const chomping = !characters.endsWith("\n") ? "-" : /(?:^|\n)\n$/.test(characters) ? "+" : "";
  pushMade(writer, `|${hint}${chomping}\n`, first.at);
  let isStart = true;
  pieces.forEach((piece, i) => {
    // The last line end is that of every value.
    const end = piece.text.length - (i === pieces.length - 1 && characters.endsWith("\n") ? 1 : 0);
    for (let from = 0; from < end;) {
      const to = Math.min(piece.text.indexOf("\n", from) + 1 || end, end);
      if (isStart && piece.text.charAt(from) !== "\n") pushMade(writer, indent, piece.at);
      push(writer, cut(piece, from, to));
      isStart = piece.text.charAt(to - 1) === "\n";
      from = to;
    }
  });
}

function escaped(piece: Known): Known {
  const text = piece.text.replace(special, escape);
  return text === piece.text ? piece : { ...piece, text, at: loose(piece.at, text) };
}

/** What is no plain character between double quotes, as go-yaml takes it: it escapes all beyond U+FFFF. */
const special = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[^\u0000-\uffff]/gu;

function escape(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code <= 0xff ? ["x", 2] : code <= 0xffff ? ["u", 4] : ["U", 8];
  return `\\${letter}${code.toString(16).toUpperCase().padStart(digits, "0")}`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["\0", "0"],
  ["\u0007", "a"],
  ["\b", "b"],
  ["\t", "t"],
  ["\n", "n"],
  ["\v", "v"],
  ["\f", "f"],
  ["\r", "r"],
  ["\u001b", "e"],
  ["\u0085", "N"],
  ["\u2028", "L"],
  ["\u2029", "P"],
]);

/**
 * Terraform folds at a space behind column 80, to which the key and the indentation count: so none is folded that has no
 * space, or is far shorter.
 */
function mayBeFolded(characters: string, indent: string): boolean {
  return characters.includes(" ") && characters.replace(special, escape).length + indent.length > foldsAfter;
}

const foldsAfter = 30;
const folded = "a long string in YAML";
