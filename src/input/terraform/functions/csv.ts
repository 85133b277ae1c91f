import { addAll } from "../../../core/add-all";
import { charactersOf } from "../../../core/encode";
import { slice, spanOf, type Flat } from "../../../core/flat";
import { limits } from "../../../core/limits";
import type { Entry, Piece, Text } from "../../../core/value";
import { unary } from "./define";
import { listOfValues, mapOf, overItems } from "./lists";
import * as param from "./param";
import { fail } from "./param";

/** Fields of one table. */
const fieldsKept = 4 * limits.items;

/** RFC 4180 as Go reads it: a header line, then a map of strings for every row. Fields keep their places. */
export const csvdecode = unary("may", param.known, (call, of) => {
  const rows = readRows(of);
  if (typeof rows === "string") return fail(call, rows);
  const [header, ...records] = rows;
  if (header === undefined) return fail(call, "the header line is missing");
  const names = header.map((field) => field.characters);
  if (new Set(names).size < names.length) return fail(call, "a column name is there twice");
  if (records.some((record) => record.length !== names.length)) return fail(call, "a row has a wrong number of fields");
  if (records.length * names.length > fieldsKept) return overItems([slice(of, 0, of.characters.length)], call);
  return listOfValues(
    records.map((record) =>
      mapOf(
        record.map((field, i) => entryOf(names[i] ?? "", header[i], field)),
        call,
      ),
    ),
    call,
  );
});

interface Field {
  readonly characters: string;
  readonly text: Text;
  /** Offset behind the field. */
  readonly end: number;
}

function entryOf(key: string, header: Field | undefined, field: Field): Entry {
  return { key, keyAt: header?.text.at ?? field.text.at, guard: [], value: field.text };
}

/** The rows, or what is wrong. Empty lines are left out. */
function readRows(of: Flat): readonly (readonly Field[])[] | string {
  const { characters } = of;
  const rows: Field[][] = [];
  for (let at = 0; at < characters.length;) {
    if (behindLineEnd(characters, at) > at) {
      at = behindLineEnd(characters, at);
      continue;
    }
    const row: Field[] = [];
    for (;;) {
      const field = characters[at] === '"' ? readQuoted(of, at) : readBare(of, at);
      if (typeof field === "string") return field;
      row.push(field);
      at = field.end;
      if (characters[at] !== ",") break;
      at++;
    }
    rows.push(row);
    at = behindLineEnd(characters, at);
  }
  return rows;
}

/** Offset behind a line end that stands at an offset, or the offset. */
function behindLineEnd(characters: string, at: number): number {
  if (characters.startsWith("\r\n", at)) return at + 2;
  return characters[at] === "\n" ? at + 1 : at;
}

function readBare(of: Flat, from: number): Field | string {
  let end = from;
  while (end < of.characters.length && of.characters[end] !== "," && behindLineEnd(of.characters, end) === end) end++;
  const characters = of.characters.slice(from, end);
  if (characters.includes('"')) return "a field has a quote but is not quoted";
  return { characters, text: slice(of, from, end), end };
}

/** Two quotes inside are one. */
function readQuoted(of: Flat, from: number): Field | string {
  const pieces: Piece[] = [];
  let run = from + 1;
  for (;;) {
    const quote = of.characters.indexOf('"', run);
    if (quote < 0) return "a quoted field does not end";
    if (of.characters[quote + 1] !== '"') {
      addAll(pieces, slice(of, run, quote).pieces);
      const end = quote + 1;
      const isEnd = end >= of.characters.length || of.characters[end] === ",";
      if (!isEnd && behindLineEnd(of.characters, end) === end) return "a quoted field has text behind its end";
      const text: Text = { kind: "text", pieces, at: spanOf(of, from + 1, quote) };
      return { characters: charactersOf(text) ?? "", text, end };
    }
    addAll(pieces, slice(of, run, quote + 1).pieces);
    run = quote + 2;
  }
}
