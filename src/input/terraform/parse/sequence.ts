import { invalid, parseExpression } from "./expression";
import { parseForIntroduction } from "./for";
import { close, endOf, failExpecting, open, peek, resumeAt, startOf, take, type Parser } from "./parser-state";
import type { Sequence } from "./template-part";

/** `${…}`. One that is wrong is a hole: the text around it is still there. */
export function parseInterpolation(p: Parser): Sequence {
  const start = startOf(p);
  const value = parseSequence(p, () => parseExpression(p));
  return { kind: "interpolation", value: value ?? invalid(p), start, end: p.end };
}

/** `%{…}`. Undefined where it is wrong and what it was meant to be cannot be told. */
export function parseDirective(p: Parser): Sequence | undefined {
  const start = startOf(p);
  let keyword = "";
  const directive = parseSequence(p, () => {
    if (peek(p) !== "identifier") return failExpecting(p, directives);
    keyword = keywordOf(p);
    return parseAfterKeyword(p, keyword);
  });
  const end = p.end;
  if (directive !== undefined && directive.kind !== "invalid") return { ...directive, start, end };
  // The end of what it opened may still be there, and has nothing wrong with it.
  if (keyword === "if") return { kind: "if", condition: invalid(p), start, end };
  if (keyword === "for") return { kind: "for", key: undefined, item: "", collection: invalid(p), start, end };
  return undefined;
}

const directives = '"if", "else", "endif", "for" or "endfor" after "%{"';

function keywordOf(p: Parser): string {
  return p.text.slice(startOf(p), endOf(p));
}

function parseAfterKeyword(p: Parser, keyword: string) {
  p.height = 0;
  switch (keyword) {
    case "if":
      take(p);
      return { kind: "if", condition: parseExpression(p) } as const;
    case "for": {
      const introduction = parseForIntroduction(p);
      return introduction && ({ kind: "for", ...introduction } as const);
    }
    case "else":
    case "endif":
    case "endfor":
      take(p);
      return { kind: keyword } as const;
    default:
      return failExpecting(p, directives);
  }
}

/** The inside of a sequence, from its opening to its closing token. Undefined where something in it is wrong. */
function parseSequence<T>(p: Parser, inside: () => T): T | undefined {
  const opening = p.index;
  const start = startOf(p);
  const { depth } = p;
  const lineEnds = open(p, false);
  const result = inside();
  close(p, "close sequence", lineEnds, '"}" at the end of the sequence', { what: "it", at: start });
  p.depth = depth;
  if (!p.failed) return result;
  stepOver(p, opening);
  return undefined;
}

/** Goes behind the closing token of the sequence at `opening`. Where there is none, the parser stays failed. */
function stepOver(p: Parser, opening: number): void {
  if (p.lost) return;
  const { kinds } = p.tokens;
  let open = 0;
  for (let i = opening; i < kinds.length; i++) {
    const kind = kinds[i];
    if (kind === "open interpolation" || kind === "open directive") open++;
    else if (kind === "close sequence" && --open === 0) {
      resumeAt(p, i + 1);
      return;
    }
  }
  p.lost = true;
}
