import { limits } from "../../core/limits";
import { report, reportDepth, type Opening, type Problems } from "./problems";
import type { ForPart, IfPart, Part } from "./template-part";
import type { TemplatePart, TemplateText } from "./syntax";

/** A row of parts, and how far the building of the tree has come. */
interface Builder {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly problems: Problems;
  at: number;
  depth: number;
  deepest: number;
}

export interface Built {
  readonly parts: readonly TemplatePart[];
  /** Levels of directives in each other. */
  readonly depth: number;
}

/** Puts `if` … `endif` and `for` … `endfor` together, and neighbouring texts that were written side by side. */
export function buildTemplate(text: string, parts: readonly Part[], problems: Problems): Built {
  const builder: Builder = { text, parts, problems, at: 0, depth: 0, deepest: 0 };
  const result: TemplatePart[] = [];
  for (;;) {
    result.push(...buildUntilMark(builder));
    const mark = parts[builder.at++];
    if (mark === undefined) return { parts: result, depth: builder.deepest };
    if (mark.kind !== "run") {
      report(
        problems,
        mark.start,
        mark.end,
        `"${mark.kind}" has no ${mark.kind === "endfor" ? '"for"' : '"if"'} before it`,
      );
      result.push(hole(mark.start, mark.end));
    }
  }
}

/** The parts up to an `else`, `endif` or `endfor`, or to the end. */
function buildUntilMark(builder: Builder): readonly TemplatePart[] {
  const result: TemplatePart[] = [];
  for (;;) {
    const part = builder.parts[builder.at];
    if (part === undefined) return result;
    switch (part.kind) {
      case "run":
        result.push(...buildTexts(builder));
        break;
      case "interpolation":
        builder.at++;
        result.push(part);
        break;
      case "if":
        result.push(buildDirective(builder, part, buildIf));
        break;
      case "for":
        result.push(buildDirective(builder, part, buildFor));
        break;
      case "else":
      case "endif":
      case "endfor":
        return result;
    }
  }
}

function buildDirective<P extends IfPart | ForPart>(
  builder: Builder,
  part: P,
  build: (builder: Builder, part: P) => TemplatePart,
): TemplatePart {
  builder.at++;
  builder.depth++;
  builder.deepest = Math.max(builder.deepest, builder.depth);
  if (builder.depth > limits.depth) {
    reportDepth(builder.problems, part.start, part.end);
    builder.at = builder.parts.length;
  }
  const built = build(builder, part);
  builder.depth--;
  return built;
}

function buildIf(builder: Builder, part: IfPart): TemplatePart {
  const then = buildUntilMark(builder);
  let otherwise: readonly TemplatePart[] = [];
  if (builder.parts[builder.at]?.kind === "else") {
    builder.at++;
    otherwise = buildUntilMark(builder);
  }
  const end = close(builder, "endif", part);
  if (end === undefined) return hole(part.start, part.end);
  return { kind: "if", condition: part.condition, then, otherwise, start: part.start, end };
}

function buildFor(builder: Builder, part: ForPart): TemplatePart {
  const body = buildUntilMark(builder);
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
  if (builder.depth <= limits.depth) reportUnclosed(builder, kind, opened);
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

/** The texts of neighbouring runs, in as few parts as their places allow. */
function buildTexts(builder: Builder): readonly TemplateText[] {
  const result: TemplateText[] = [];
  let from = 0;
  let end = -1;
  const flush = () => {
    if (end > from) result.push({ kind: "text", text: builder.text.slice(from, end), start: from, end });
    end = -1;
  };
  for (let part = builder.parts[builder.at]; part?.kind === "run"; part = builder.parts[++builder.at]) {
    for (const text of part.texts) {
      const exact = text.end - text.start === text.text.length;
      if (!exact || text.start !== end) flush();
      if (!exact) result.push(text);
      else {
        if (end < 0) from = text.start;
        end = text.end;
      }
    }
  }
  flush();
  return result;
}

/** Stands where a directive could not be read: the text there is not known. */
function hole(start: number, end: number): TemplatePart {
  return { kind: "interpolation", value: { kind: "invalid", start, end }, start, end };
}
