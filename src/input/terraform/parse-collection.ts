import { parseExpression } from "./parse-expression";
import { parseFor } from "./parse-for";
import { atKeyword, failExpecting, peek, peekSecond, startOf, take, takeName, type Parser } from "./parser";
import type { Expression, ObjectItem } from "./syntax";

/** `[a, b]`, or `[for …]`. Line ends mean nothing inside. */
export function parseTuple(p: Parser): Expression {
  const start = startOf(p);
  const lineEndsCount = p.lineEndsCount;
  p.lineEndsCount = false;
  take(p);
  const result = atKeyword(p, "for") ? parseFor(p, start, "]") : parseItems(p, start);
  p.lineEndsCount = lineEndsCount;
  return result;
}

function parseItems(p: Parser, start: number): Expression {
  const items: Expression[] = [];
  let height = 0;
  while (peek(p) !== "]") {
    items.push(parseExpression(p));
    height = Math.max(height, p.height);
    const next = peek(p);
    if (next === ",") take(p);
    else if (next !== "]") return failExpecting(p, '"," or "]" after the item', { what: "the list", at: start });
  }
  take(p);
  p.height = height + 1;
  return { kind: "tuple", items, start, end: p.end };
}

/** `{ a = b, c = d }`, or `{for …}`. Items end with a comma or their line. */
export function parseObject(p: Parser): Expression {
  const start = startOf(p);
  const lineEndsCount = p.lineEndsCount;
  p.lineEndsCount = true;
  take(p);
  const result = startsFor(p) ? parseObjectFor(p, start) : parseObjectItems(p, start);
  p.lineEndsCount = lineEndsCount;
  return result;
}

/** `for` may follow on another line than the brace. */
function startsFor(p: Parser): boolean {
  const { kinds } = p.tokens;
  const before = p.index;
  while (kinds[p.index] === "newline") p.index++;
  if (atKeyword(p, "for")) return true;
  p.index = before;
  return false;
}

function parseObjectFor(p: Parser, start: number): Expression {
  p.lineEndsCount = false;
  return parseFor(p, start, "}");
}

function parseObjectItems(p: Parser, start: number): Expression {
  const items: ObjectItem[] = [];
  const opening = { what: "the object", at: start };
  let height = 0;
  for (;;) {
    while (peek(p) === "newline") take(p);
    if (peek(p) === "}") break;
    const key = parseKey(p);
    height = Math.max(height, p.height);
    const separator = peek(p);
    if (separator !== "=" && separator !== ":") return failExpecting(p, '"=" after the key', opening);
    take(p);
    items.push({ key, value: parseExpression(p) });
    height = Math.max(height, p.height);
    const next = peek(p);
    if (next === "," || next === "newline") take(p);
    else if (next !== "}") return failExpecting(p, 'a new line, "," or "}" after the item', opening);
  }
  take(p);
  p.height = height + 1;
  return { kind: "object", items, start, end: p.end };
}

function parseKey(p: Parser): ObjectItem["key"] {
  if (peek(p) === "identifier") {
    const after = peekSecond(p);
    if (after === "=" || after === ":") return { kind: "name", name: takeName(p) };
  }
  return { kind: "expression", value: parseExpression(p) };
}
