import { flatten, spanOf, type Flat } from "../core/flat";
import { firstIndex } from "../core/search";
import type { Span } from "../core/source";
import type { Text } from "../core/value";

/**
 * The characters that the YAML parser sees, and the way back to the text. They are the known characters of the text and
 * what is inserted: one character for every mark, and blanks that the parser asks for.
 */
export interface View {
  readonly flat: Flat;
  readonly text: string;
  /** The character that stands for a mark; undefined where there is none. */
  readonly sentinel: string | undefined;
  /** In the order of their places. */
  readonly inserted: readonly Inserted[];
}

interface Inserted {
  /** Where it starts, in the characters that the parser sees. */
  readonly at: number;
  readonly width: number;
  /** The widths, and the number of marks, up to its end. */
  readonly total: number;
  readonly marks: number;
}

/** Undefined for a text in which every character that could stand for a mark occurs. */
export function viewOf(text: Text): View | undefined {
  const flat = flatten(text);
  if (flat.marks.length === 0) return { flat, text: flat.characters, sentinel: undefined, inserted: [] };
  const sentinel = privateCharacter(flat.characters);
  if (sentinel === undefined) return undefined;
  const parts: string[] = [];
  let from = 0;
  for (const mark of flat.marks) {
    parts.push(flat.characters.slice(from, mark.offset), sentinel);
    from = mark.offset;
  }
  const inserted = flat.marks.map(({ offset }, i): Inserted => ({
    at: offset + i,
    width: 1,
    total: i + 1,
    marks: i + 1,
  }));
  return { flat, text: parts.join("") + flat.characters.slice(from), sentinel, inserted };
}

/** A character that the text does not have, and that YAML takes for part of a word. */
function privateCharacter(characters: string): string | undefined {
  for (let code = 0xe000; code <= 0xf8ff; code++) {
    const character = String.fromCharCode(code);
    if (!characters.includes(character)) return character;
  }
  return undefined;
}

/** A view in which the line of a position is indented by so many blanks more. */
export function indented(view: View, pos: number, width: number): View {
  const lineStart = Math.max(view.text.lastIndexOf("\n", pos - 1), view.text.lastIndexOf("\r", pos - 1)) + 1;
  return withBlanks(view, lineStart, width);
}

/** A view in which so many blanks more stand before a position. */
export function withBlanks(view: View, pos: number, width: number): View {
  const text = view.text.slice(0, pos) + " ".repeat(width) + view.text.slice(pos);
  const all = view.inserted.map((one) => (one.at < pos ? one : { ...one, at: one.at + width }));
  const index = all.findIndex((one) => one.at > pos);
  const before = index < 0 ? all : all.slice(0, index);
  const after = index < 0 ? [] : all.slice(index);
  const marks = before.at(-1)?.marks ?? 0;
  const total = (before.at(-1)?.total ?? 0) + width;
  const added: Inserted = { at: pos, width, total, marks };
  return { ...view, text, inserted: [...before, added, ...after.map((one) => ({ ...one, total: one.total + width }))] };
}

/** The place of a range of the parser's characters. */
export function placeIn(view: View, start: number, end: number): Span {
  const { flat, inserted } = view;
  if (inserted.length === 0 && flat.base !== undefined) {
    return { file: flat.at.file, start: flat.base + start, end: flat.base + end };
  }
  return spanOf(view.flat, offsetIn(view, start), offsetIn(view, end));
}

/** The offset in the known characters of the text. */
export function offsetIn(view: View, pos: number): number {
  const last = lastBefore(view, pos);
  if (last === undefined) return pos;
  // Inside of what is inserted is where it stands.
  return Math.max(pos, last.at + last.width) - last.total;
}

/** How many marks stand before a position. */
export function marksBefore(view: View, pos: number): number {
  return lastBefore(view, pos)?.marks ?? 0;
}

/** The last of what is inserted before a position. */
function lastBefore({ inserted }: View, pos: number): Inserted | undefined {
  return inserted[firstIndex(inserted, ({ at }) => at >= pos) - 1];
}

/** Where a list or map ends, by its start and the end of the last thing in it: with a bracket if it begins with one. */
export function closingEnd(view: View, isMap: boolean, start: number, inner: number): number {
  const [open, close] = isMap ? ["{", "}"] : ["[", "]"];
  const end = view.text.charAt(start) === open ? bracketEnd(view, Math.max(inner, start + 1), close) : undefined;
  return end ?? Math.max(inner, start);
}

/** Where a bracket closes that comes next, after blanks, comments and empty items; undefined where something else does. */
function bracketEnd({ text }: View, from: number, close: string): number | undefined {
  for (let pos = from; pos < text.length; pos++) {
    const character = text.charAt(pos);
    if (character === close) return pos + 1;
    if (character === "#") pos = !text.includes("\n", pos) ? text.length : text.indexOf("\n", pos);
    else if (!" \t\r\n,:?".includes(character)) return undefined;
  }
  return undefined;
}
