import { parseDirective, parseInterpolation } from "./sequence";
import { bounded, endOf, failExpecting, peek, startOf, take, type Parser } from "./parser-state";
import { report, type Opening } from "./problems";
import type { Template } from "./syntax";
import { plain, unescape } from "./template-escape";
import { outdent } from "./template-indent";
import { trimEnd, trimStart, type Part, type Run } from "./template-part";
import { buildTemplate } from "./template-tree";

/** A string in quotes without anything to resolve. */
export function parsePlain(p: Parser): Template {
  const start = startOf(p);
  take(p);
  p.height = 1;
  const parts = p.end - start === 2 ? [] : [plain(p.text, start + 1, p.end - 1)];
  return { kind: "template", parts, wrapped: false, heredoc: false, start, end: p.end };
}

/** A string in quotes, escapes resolved. */
export function parseQuoted(p: Parser): Template {
  const start = startOf(p);
  take(p);
  return finish(p, collect(p, { what: "the string", at: start }), start, false);
}

/** A heredoc; of `<<-` the common indentation is taken out. */
export function parseHeredoc(p: Parser): Template {
  const start = startOf(p);
  const flush = p.text.charCodeAt(start + 2) === 45;
  take(p);
  const collected = collect(p, { what: "the heredoc", at: start });
  if (flush) outdent(collected.parts);
  return finish(p, collected, start, true);
}

/** A file, or a string of Terraform JSON syntax, that is a template as a whole. */
export function parseBare(p: Parser): Template {
  const collected = collect(p);
  return { ...finish(p, collected, 0, false), start: 0, end: p.text.length };
}

function finish(p: Parser, collected: Collected, start: number, heredoc: boolean): Template {
  const { parts, height } = collected;
  const wrapped = parts.length === 1 && parts[0]?.kind === "interpolation";
  const built = buildTemplate(p.text, parts, p.problems);
  p.height = height + built.depth + 1;
  bounded(p);
  return { kind: "template", parts: built.parts, wrapped, heredoc, start, end: p.end };
}

interface Collected {
  readonly parts: readonly Part[];
  /** The height of its tallest expression. */
  readonly height: number;
}

/** Everything up to the closing token of the template, trim markers applied. Without `opening`: up to the end. */
function collect(p: Parser, opening?: Opening): Collected {
  const parts: Part[] = [];
  let height = 0;
  let trimNext = false;
  for (;;) {
    const kind = peek(p);
    if (kind === "end of file") {
      if (opening !== undefined) failExpecting(p, `the end of ${opening.what}`, opening);
      return { parts, height };
    }
    if (kind === "close quote" || kind === "close heredoc") {
      take(p);
      return { parts, height };
    }
    if (kind === "open interpolation" || kind === "open directive") {
      const previous = parts[parts.length - 1];
      if (endsWithTilde(p, endOf(p)) && previous?.kind === "run") previous.texts = trimEnd(previous.texts);
      const sequence = kind === "open interpolation" ? parseInterpolation(p) : parseDirective(p);
      if (sequence !== undefined) parts.push(sequence);
      height = Math.max(height, p.height);
      trimNext = endsWithTilde(p, p.end - 1);
    } else {
      const part = kind === "line end in string" ? unclosed(p, opening) : parseRun(p);
      if (trimNext && part.kind === "run") part.texts = trimStart(part.texts);
      parts.push(part);
      trimNext = false;
    }
  }
}

function endsWithTilde(p: Parser, end: number): boolean {
  return p.text.charCodeAt(end - 1) === 126;
}

/** The rest of the string is not there: a hole. */
function unclosed(p: Parser, opening: Opening | undefined): Part {
  const at = startOf(p);
  report(p.problems, opening?.at ?? at, at, "The string has no closing quote on its line");
  take(p);
  return { kind: "interpolation", value: { kind: "invalid", start: at, end: at }, start: at, end: at };
}

function parseRun(p: Parser): Run {
  const kind = peek(p);
  const start = startOf(p);
  take(p);
  if (kind === "escaped text") return { kind: "run", texts: unescape(p.text, start, p.end, p.problems) };
  if (kind === "template escape") {
    return { kind: "run", texts: [{ kind: "text", text: p.text.slice(start + 1, p.end), start, end: p.end }] };
  }
  if (kind === "carriage return") report(p.problems, start, p.end, "Expected a line feed after the carriage return");
  return { kind: "run", texts: [plain(p.text, start, p.end)] };
}
