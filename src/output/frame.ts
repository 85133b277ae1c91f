import type { Place } from "../core/report";
import { characterWidth, toAscii, widthOf, wrap } from "./columns";
import type { RenderOptions } from "./format";
import { paint, type Style } from "./paint";

/** A place in a frame: its line, with what is said of it under the line. */
export interface Block {
  readonly place: Place;
  readonly marks: readonly Mark[];
}

/** A part of the block's line that is underlined. `start` and `end` are offsets into the snippet, as a place's are. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly style: Style;
  readonly label?: string;
}

/** A line of words at the end of a frame: `help: …` */
export interface Footer {
  readonly word: string;
  readonly text: string;
  readonly style: Style;
}

interface Glyphs {
  readonly first: string;
  readonly next: string;
  readonly bar: string;
  readonly foot: string;
  readonly last: string;
  readonly strong: string;
  readonly weak: string;
  readonly cut: string;
}

const unicode: Glyphs = {
  first: "╭─▸",
  next: "├─▸",
  bar: "│",
  foot: "├─",
  last: "╰─",
  strong: "━",
  weak: "─",
  cut: "…",
};
const ascii: Glyphs = {
  first: "-->",
  next: "-->",
  bar: "|",
  foot: "=",
  last: "=",
  strong: "^",
  weak: "-",
  cut: "...",
};

/** Blocks one under the other, joined by a bar, with the footers at its end. Lines without line ends. */
export function frame(blocks: readonly Block[], footers: readonly Footer[], options: RenderOptions): readonly string[] {
  const glyphs = options.unicode ? unicode : ascii;
  const gutter = Math.max(...blocks.map(({ place }) => String(place.start.line).length), 1) + 1;
  const layout: Layout = { glyphs, gutter, room: Math.max(20, options.width - gutter - 3), options };
  const bar = margin(layout, "", glyphs.bar);
  return [
    ...blocks.flatMap((block, i) => blockLines(block, i === 0, layout)),
    bar,
    ...footers.flatMap((footer, i) => footerLines(footer, i === footers.length - 1, layout)),
  ];
}

interface Layout {
  readonly glyphs: Glyphs;
  /** Columns before the bar. */
  readonly gutter: number;
  /** Columns after the bar and its space. */
  readonly room: number;
  readonly options: RenderOptions;
}

function margin({ gutter, options }: Layout, line: string, glyph: string): string {
  return paint(`${line.padStart(gutter - 1)} ${glyph}`, "frame", options);
}

function blockLines({ place, marks }: Block, first: boolean, layout: Layout): readonly string[] {
  const { glyphs, options } = layout;
  const { file, start, snippet } = place;
  const where = words(`${options.display(file)}:${start.line}:${start.column}`, options);
  const header = `${margin(layout, "", first ? glyphs.first : glyphs.next)} ${where}`;
  if (snippet.text.trim() === "") return [header, ...marks.flatMap((mark) => labelLines(mark.label, 0, layout))];
  const view = viewOf(place, marks, layout);
  const code = `${margin(layout, String(start.line), glyphs.bar)} ${view.text}`;
  return [header, code, ...markLines(marks, view, layout)];
}

/** The part of a line that fits, drawn: tabs as spaces, cut where it is too long. */
interface View {
  readonly text: string;
  /** The column of an offset into the snippet. */
  column(offset: number): number;
}

interface Cell {
  readonly offset: number;
  readonly text: string;
  readonly width: number;
}

const tabWidth = 4;

function viewOf({ snippet }: Place, marks: readonly Mark[], { room, options, glyphs }: Layout): View {
  const cells = cellsOf(snippet.text, options);
  const marked = {
    start: Math.min(...marks.map((mark) => mark.start)),
    end: Math.max(...marks.map((mark) => mark.end)),
  };
  const { from, to } = windowOf(cells, marked, room - 2 * glyphs.cut.length);
  const shown = cells.slice(from, to);
  const before = snippet.cutBefore || cells.slice(0, from).some((cell) => cell.text.trim() !== "") ? glyphs.cut : "";
  const after = snippet.cutAfter || cells.slice(to).some((cell) => cell.text.trim() !== "") ? glyphs.cut : "";
  return {
    text: (before + shown.map((cell) => cell.text).join("") + after).trimEnd(),
    column(offset) {
      let column = before.length;
      for (const cell of shown) {
        if (cell.offset >= offset) break;
        column += cell.width;
      }
      return column;
    },
  };
}

function cellsOf(text: string, options: RenderOptions): readonly Cell[] {
  const cells: Cell[] = [];
  let offset = 0;
  for (const character of text) {
    const drawn = character === "\t" ? " ".repeat(tabWidth) : words(character, options);
    const width = character === "\t" ? tabWidth : options.unicode ? characterWidth(character) : drawn.length;
    cells.push({ offset, text: drawn, width });
    offset += character.length;
  }
  return cells;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The cells to show: all of them; without the indentation; or those around the marks, from the first one on. */
function windowOf(cells: readonly Cell[], marked: Range, room: number): { readonly from: number; readonly to: number } {
  const widths = (from: number, to: number) => cells.slice(from, to).reduce((sum, cell) => sum + cell.width, 0);
  if (widths(0, cells.length) <= room) return { from: 0, to: cells.length };
  const indent = cells.findIndex((cell) => cell.text.trim() !== "");
  const target = cells.findIndex((cell) => cell.offset >= marked.start);
  const after = cells.findIndex((cell) => cell.offset >= marked.end);
  // A third of the room before the mark shows what the place belongs to.
  let from = Math.max(indent, 0);
  while (from < target && widths(from, target) > room / 3) from++;
  while (from < target && widths(from, after < 0 ? cells.length : after) > room) from++;
  let to = from;
  for (let width = 0; to < cells.length; to++) {
    width += cells[to]?.width ?? 0;
    if (width > room) break;
  }
  while (to === cells.length && from > 0 && widths(from - 1, to) <= room) from--;
  return { from, to };
}

/** Underlines in one row; the last of them may have its label beside it, the others get a row each. */
function markLines(marks: readonly Mark[], view: View, layout: Layout): readonly string[] {
  const { room } = layout;
  const drawn = marks
    .map((mark) => {
      const column = Math.min(view.column(mark.start), room - 1);
      return { ...mark, column, width: Math.max(1, Math.min(view.column(mark.end), room) - column) };
    })
    .sort((a, b) => a.column - b.column);
  const rows = drawn.filter((mark) => mark.label !== undefined).length > 1 ? drawn.map((mark) => [mark]) : [drawn];
  return rows.flatMap((row) => rowLines(row, layout));
}

interface DrawnMark extends Mark {
  readonly column: number;
  readonly width: number;
}

function rowLines(row: readonly DrawnMark[], layout: Layout): readonly string[] {
  const { glyphs, options, room } = layout;
  let line = "";
  let end = 0;
  for (const mark of row) {
    if (mark.column < end) continue; // It lies within the one before, whose underline shows it.
    const glyph = mark.style === "frame" ? glyphs.weak : glyphs.strong;
    line += " ".repeat(mark.column - end) + paint(glyph.repeat(mark.width), mark.style, options);
    end = mark.column + mark.width;
  }
  const label = row.find((mark) => mark.label !== undefined)?.label;
  const prefix = `${margin(layout, "", glyphs.bar)} `;
  if (label === undefined) return [prefix + line];
  const text = words(label, options);
  if (end + 1 + widthOf(text) <= room) return [`${prefix}${line} ${text}`];
  return [prefix + line, ...labelLines(label, row[0]?.column ?? 0, layout)];
}

/** A label under its underline, from the same column where enough room is left there. */
function labelLines(label: string | undefined, column: number, layout: Layout): readonly string[] {
  if (label === undefined) return [];
  const { glyphs, options, room } = layout;
  const text = words(label, options);
  const start = Math.max(0, Math.min(column, room - Math.min(widthOf(text), labelRoom)));
  return wrap(text, room - start).map((line) => `${margin(layout, "", glyphs.bar)} ${" ".repeat(start)}${line}`);
}

/** Columns that a label needs to be read with ease. */
const labelRoom = 48;

function footerLines({ word, text, style }: Footer, last: boolean, layout: Layout): readonly string[] {
  const { glyphs, options, gutter } = layout;
  const lead = last ? glyphs.last : glyphs.foot;
  const column = gutter + lead.length + 1 + word.length + 2;
  const [first = "", ...rest] = wrap(words(text, options), Math.max(20, options.width - column));
  const bar = margin(layout, "", last ? " ".repeat(glyphs.bar.length) : glyphs.bar);
  return [
    `${margin(layout, "", lead)} ${paint(`${word}:`, style, options)} ${first}`,
    ...rest.map((line) => `${bar}${" ".repeat(column - gutter - glyphs.bar.length)}${line}`),
  ];
}

/** A text as this terminal can show it. */
export function words(text: string, options: RenderOptions): string {
  return options.unicode ? text : toAscii(text);
}
