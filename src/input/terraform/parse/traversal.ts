import { parseExpression, parseNumber } from "./expression";
import {
  bounded,
  close,
  descend,
  endOf,
  expect,
  setLineEnds,
  failExpecting,
  peek,
  startOf,
  take,
  takeName,
  type Parser,
} from "./parser-state";
import { report } from "./problems";
import type { Expression, Splat, SplatItem } from "./syntax";

/** What follows a term: `.name`, `[key]`, `.0`, `[*]` and `.*`. */
export function parseSteps(p: Parser, term: Expression): Expression {
  let result = term;
  for (;;) {
    const kind = peek(p);
    if (kind === ".") result = parseDot(p, result);
    else if (kind === "[") result = parseBracket(p, result);
    else return result;
    if (!bounded(p)) return result;
  }
}

function parseDot(p: Parser, of: Expression): Expression {
  const dot = startOf(p);
  take(p);
  const kind = peek(p);
  if (kind === "identifier") return getAttribute(p, of);
  if (kind === "number") return legacyIndex(p, of);
  if (kind === "*") return attributeSplat(p, of, dot);
  return failExpecting(p, 'an attribute name after "."');
}

function getAttribute(p: Parser, of: Expression): Expression {
  const name = takeName(p);
  p.height++;
  return { kind: "get-attribute", of, name, start: of.start, end: name.end };
}

/** `.0` from the days before `[0]`. `.0.1` lexes as one number, which Terraform refuses; read as what it means. */
function legacyIndex(p: Parser, of: Expression): Expression {
  const start = startOf(p);
  const text = p.text.slice(start, endOf(p));
  if (!text.includes(".")) {
    const height = p.height;
    const key = parseNumber(p);
    p.height = height + 1;
    return { kind: "index", of, key, start: of.start, end: key.end };
  }
  report(p.problems, start, endOf(p), "Two legacy indexes cannot follow each other; write them in brackets");
  take(p);
  let result = of;
  let at = start;
  for (const digits of text.split(".")) {
    const end = at + digits.length;
    const key: Expression = { kind: "literal", value: { kind: "number", text: digits }, start: at, end };
    result = { kind: "index", of: result, key, start: of.start, end };
    p.height++;
    at = end + 1;
  }
  return result;
}

/** `.*` goes on over the attributes that follow, and no further: in `a.*.b[0]` the index is that of the whole list. */
function attributeSplat(p: Parser, of: Expression, dot: number): Expression {
  take(p);
  const item: SplatItem = { kind: "splat-item", start: dot, end: p.end };
  const height = p.height;
  p.height = 1;
  let each: Expression = item;
  while (peek(p) === "." && bounded(p)) {
    take(p);
    const kind = peek(p);
    if (kind === "identifier") each = getAttribute(p, each);
    else if (kind === "number") each = legacyIndex(p, each);
    else if (kind === "*")
      failExpecting(p, 'an attribute name in the ".*" splat (a splat in a splat is written "[*]")');
    else failExpecting(p, 'an attribute name after "."');
  }
  return splat(p, "attribute", of, each, height);
}

function parseBracket(p: Parser, of: Expression): Expression {
  const start = startOf(p);
  const height = p.height;
  take(p);
  if (peek(p) === "*") {
    take(p);
    expect(p, "]", '"]" after "[*"');
    return fullSplat(p, of, { kind: "splat-item", start, end: p.end }, height);
  }
  const lineEnds = setLineEnds(p, false);
  const key = parseExpression(p);
  close(p, "]", lineEnds, '"]" after the index', { what: "the index", at: start });
  p.height = Math.max(height, p.height) + 1;
  return { kind: "index", of, key, start: of.start, end: p.end };
}

/** All that follows `[*]` is done to every item. */
function fullSplat(p: Parser, of: Expression, item: SplatItem, height: number): Splat {
  const inside = descend(p);
  p.height = 1;
  const each = inside ? parseSteps(p, item) : item;
  p.depth--;
  return splat(p, "full", of, each, height);
}

function splat(p: Parser, form: Splat["form"], of: Expression, each: Expression, height: number): Splat {
  p.height = Math.max(height, p.height) + 1;
  return { kind: "splat", form, of, each, start: of.start, end: each.end };
}
