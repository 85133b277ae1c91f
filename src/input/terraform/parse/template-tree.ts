import { limits } from "../../../core/limits";
import { report, type Opening, type Problems } from "./problems";
import type { ForPart, IfPart, Part } from "./template-part";
import type { TemplatePart } from "./syntax";

/** A row of parts, and how far the building of the tree has come. */
interface Builder {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly problems: Problems;
  at: number;
  depth: number;
  deepest: number;
}

interface Built {
  readonly parts: readonly TemplatePart[];
  /** Levels of directives in each other. Over `limits.depth` the parts end there, and it is for the caller to tell. */
  readonly depth: number;
}

/** Puts `if` … `endif` and `for` … `endfor` together, and neighbouring texts that were written side by side. */
export function buildTemplate(text: string, parts: readonly Part[], problems: Problems): Built {
  const builder: Builder = { text, parts, problems, at: 0, depth: 0, deepest: 0 };
  const result: TemplatePart[] = [];
  for (;;) {
    buildUntilMark(builder, result);
    const mark = parts[builder.at++];
    if (mark === undefined) return { parts: result, depth: builder.deepest };
    if (mark.kind !== "run") {
      const opener = mark.kind === "endfor" ? '"for"' : '"if"';
      report(problems, mark.start, mark.end, `"${mark.kind}" has no ${opener} before it`);
      result.push(hole(mark.start, mark.end));
    }
  }
}

/** Adds the parts up to an `else`, `endif` or `endfor`, or to the end. */
function buildUntilMark(builder: Builder, into: TemplatePart[]): void {
  for (;;) {
    const part = builder.parts[builder.at];
    if (part === undefined) return;
    switch (part.kind) {
      case "run":
        buildTexts(builder, into);
        break;
      case "interpolation":
        builder.at++;
        into.push(part);
        break;
      case "if":
      case "for":
        into.push(buildDirective(builder, part));
        break;
      case "else":
      case "endif":
      case "endfor":
        return;
    }
  }
}

function buildDirective(builder: Builder, part: IfPart | ForPart): TemplatePart {
  builder.at++;
  builder.depth++;
  builder.deepest = Math.max(builder.deepest, builder.depth);
  if (builder.depth > limits.depth) builder.at = builder.parts.length;
  const built = part.kind === "if" ? buildIf(builder, part) : buildFor(builder, part);
  builder.depth--;
  return built;
}

function buildInner(builder: Builder): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  buildUntilMark(builder, parts);
  return parts;
}

function buildIf(builder: Builder, part: IfPart): TemplatePart {
  const then = buildInner(builder);
  let otherwise: readonly TemplatePart[] = [];
  if (builder.parts[builder.at]?.kind === "else") {
    builder.at++;
    otherwise = buildInner(builder);
  }
  const end = close(builder, "endif", part);
  if (end === undefined) return hole(part.start, part.end);
  return { kind: "if", condition: part.condition, then, otherwise, start: part.start, end };
}

function buildFor(builder: Builder, part: ForPart): TemplatePart {
  const body = buildInner(builder);
  const end = close(builder, "endfor", part);
  if (end === undefined) return hole(part.start, part.end);
  const { key, item, collection, start } = part;
  return { kind: "for", key, item, collection, body, start, end };
}

/** Goes over the closing directive and returns its end; undefined where another one, or none, stands there. */
function close(builder: Builder, kind: "endif" | "endfor", opened: IfPart | ForPart): number | undefined {
  const mark = builder.parts[builder.at];
  if (mark?.kind === kind) {
    builder.at++;
    return mark.end;
  }
  if (builder.deepest <= limits.depth) reportUnclosed(builder, kind, opened);
  return undefined;
}

function reportUnclosed(builder: Builder, kind: "endif" | "endfor", opened: IfPart | ForPart): void {
  const mark = builder.parts[builder.at];
  const opening: Opening = { what: `the "${opened.kind}"`, at: opened.start };
  const at = mark === undefined || mark.kind === "run" ? opened : mark;
  const foundText = mark === undefined ? "the end of the template" : `"${mark.kind}"`;
  report(
    builder.problems,
    at.start,
    at.end,
    `Expected "${kind}" for the "${opened.kind}", found ${foundText}`,
    opening,
  );
  if (mark !== undefined) builder.at++;
}

/** Adds the texts of neighbouring runs, in as few parts as their places allow. */
function buildTexts(builder: Builder, into: TemplatePart[]): void {
  let from = 0;
  let end = -1;
  const flush = () => {
    if (end > from) into.push({ kind: "text", text: builder.text.slice(from, end), start: from, end });
    end = -1;
  };
  for (let part = builder.parts[builder.at]; part?.kind === "run"; part = builder.parts[++builder.at]) {
    for (const text of part.texts) {
      const exact = text.end - text.start === text.text.length;
      if (!exact || text.start !== end) flush();
      if (!exact) into.push(text);
      else {
        if (end < 0) from = text.start;
        end = text.end;
      }
    }
  }
  flush();
}

/** Stands where a directive could not be read: the text there is not known. */
function hole(start: number, end: number): TemplatePart {
  return { kind: "interpolation", value: { kind: "invalid", start, end }, start, end };
}
