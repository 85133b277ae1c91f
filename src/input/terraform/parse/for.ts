import { parseExpression } from "./expression";
import {
  atKeyword,
  close,
  failExpecting,
  peek,
  setLineEnds,
  startOf,
  take,
  takeName,
  type Parser,
} from "./parser-state";
import { report } from "./problems";
import type { Expression } from "./syntax";

/** The names and the collection of a `for`, in an expression or a template directive. */
interface ForIntroduction {
  readonly key: string | undefined;
  readonly item: string;
  readonly collection: Expression;
}

/**
 * A `for` expression from its `for`; `start` is that of the bracket or brace before it, and `lineEnds` whether line ends
 * count behind the closing one.
 */
export function parseFor(p: Parser, start: number, closer: "]" | "}", lineEnds: boolean): Expression {
  setLineEnds(p, false);
  const introduction = parseForIntroduction(p);
  if (introduction === undefined) return failed(p, start);
  let height = p.height;
  if (peek(p) !== ":") return failExpecting(p, '":" after the collection of "for"', { what: '"for"', at: start });
  take(p);
  let value = parseExpression(p);
  height = Math.max(height, p.height);
  let keyValue: Expression | undefined;
  if (peek(p) === "=>") {
    take(p);
    keyValue = value;
    value = parseExpression(p);
    height = Math.max(height, p.height);
  }
  const ellipsis = peek(p) === "..." ? startOf(p) : undefined;
  if (ellipsis !== undefined) take(p);
  let condition: Expression | undefined;
  if (atKeyword(p, "if")) {
    take(p);
    condition = parseExpression(p);
    height = Math.max(height, p.height);
  }
  close(p, closer, lineEnds, `"${closer}" after the "for"`, { what: '"for"', at: start });
  p.height = height + 1;
  const parts = { ...introduction, condition, value, start, end: p.end };
  return closer === "]" ? forTuple(p, parts, keyValue, ellipsis) : forObject(p, parts, keyValue, ellipsis);
}

/** From the keyword up to the collection. Undefined where the parser has failed. */
export function parseForIntroduction(p: Parser): ForIntroduction | undefined {
  take(p);
  let item = parseVariable(p);
  let key: string | undefined;
  if (peek(p) === ",") {
    take(p);
    key = item;
    item = parseVariable(p);
  }
  if (item === undefined) return undefined;
  if (!atKeyword(p, "in")) {
    failExpecting(p, `"in" after the ${key === undefined ? "name" : "names"} of "for"`);
    return undefined;
  }
  take(p);
  return { key, item, collection: parseExpression(p) };
}

function parseVariable(p: Parser): string | undefined {
  if (peek(p) === "identifier") return takeName(p).text;
  failExpecting(p, 'a variable name after "for"');
  return undefined;
}

interface ForParts extends ForIntroduction {
  readonly condition: Expression | undefined;
  readonly value: Expression;
  readonly start: number;
  readonly end: number;
}

function forTuple(p: Parser, parts: ForParts, keyValue: Expression | undefined, ellipsis: number | undefined) {
  if (keyValue !== undefined) {
    report(p.problems, keyValue.start, keyValue.end, 'A "for" in brackets makes a list, which has no keys');
  } else if (ellipsis !== undefined) {
    report(
      p.problems,
      ellipsis,
      ellipsis + 3,
      '"..." groups by key; a "for" in brackets makes a list, which has no keys',
    );
  } else {
    return { kind: "for-tuple", ...parts } as const;
  }
  return failed(p, parts.start);
}

function forObject(
  p: Parser,
  parts: ForParts,
  keyValue: Expression | undefined,
  ellipsis: number | undefined,
): Expression {
  if (keyValue !== undefined) return { kind: "for-object", ...parts, keyValue, grouped: ellipsis !== undefined };
  const { value } = parts;
  report(
    p.problems,
    value.start,
    value.end,
    'A "for" in braces makes an object: it needs a key and "=>" before the value',
  );
  return failed(p, parts.start);
}

/** What stands here is no value, although its end was found. */
function failed(p: Parser, start: number): Expression {
  return { kind: "invalid", start, end: p.end };
}
