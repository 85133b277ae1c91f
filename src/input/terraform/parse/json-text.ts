import { isExact } from "../../../core/flat";
import { firstIndex } from "../../../core/search";
import type { Span } from "../../../core/source";
import type { Known } from "../../../core/value";
import { parseExpressionString, parseTemplateString } from "./parse";
import { noProblems, type Problems } from "./problems";
import { relocate, relocateTemplate, type Places } from "./relocate";
import type { Expression, Template } from "./syntax";

/** A JSON string: its characters by place. Escapes are pieces of their own. */
export interface JsonString {
  readonly pieces: readonly Known[];
  readonly at: Span;
}

/** A string that is a template, as Terraform JSON syntax takes strings. */
export function templateOf(string: JsonString, problems: Problems): Template {
  const text = charactersOf(string);
  if (!text.includes("${") && !text.includes("%{")) return literalOf(string);
  return within(string, problems, (inner, places) => relocateTemplate(parseTemplateString(text, inner), places));
}

/** A string that stands for itself. */
export function literalOf({ pieces, at }: JsonString): Template {
  const parts = pieces.map((piece) => ({
    kind: "text" as const,
    text: piece.text,
    start: piece.at.start,
    end: piece.at.end,
  }));
  return { kind: "template", parts, wrapped: false, heredoc: false, start: at.start, end: at.end };
}

/** A string that is an expression, like the references in `depends_on`. */
export function expressionOf(string: JsonString, problems: Problems): Expression {
  const text = charactersOf(string);
  return within(string, problems, (inner, places) => relocate(parseExpressionString(text, inner), places));
}

/** Parses the characters; problems get their places in the file. */
function within<T>(string: JsonString, problems: Problems, parse: (problems: Problems, places: Places) => T): T {
  const places = placesOf(string);
  const inner = noProblems({ path: problems.source.path, text: "" }, true);
  const result = parse(inner, places);
  for (const problem of inner.reported) {
    const { at } = problem;
    problems.reported.push(at === undefined ? problem : { ...problem, at: { ...at, ...moved(at, places) } });
  }
  problems.unreported += inner.unreported;
  return result;
}

function moved({ start, end }: Span, places: Places): { readonly start: number; readonly end: number } {
  return { start: places.startAt(start), end: places.endAt(Math.max(start, end)) };
}

function charactersOf({ pieces }: JsonString): string {
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? only.text : pieces.map((piece) => piece.text).join("");
}

function placesOf({ pieces, at }: JsonString): Places {
  const offsets: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    offsets.push(length);
    length += piece.text.length;
  }
  const indexAt = (offset: number): number => Math.max(0, firstIndex(offsets, (start) => start > offset) - 1);
  const place = (offset: number, index: number, end: boolean): number => {
    const piece = pieces[index];
    if (piece === undefined) return end ? at.end : at.start;
    if (isExact(piece)) return piece.at.start + offset - (offsets[index] ?? 0);
    return end ? piece.at.end : piece.at.start;
  };
  return {
    startAt: (offset) => (offset >= length ? at.end : place(offset, indexAt(offset), false)),
    endAt: (offset) => (offset === 0 ? at.start : place(offset, indexAt(offset - 1), true)),
    cut(start, end) {
      const ranges: { start: number; end: number }[] = [];
      for (let i = indexAt(start); i < pieces.length && (offsets[i] ?? 0) < end; i++) {
        ranges.push({ start: Math.max(start, offsets[i] ?? 0), end: Math.min(end, offsets[i + 1] ?? length) });
      }
      return ranges;
    },
  };
}
