import { parseExpression } from "./expression";
import { parseFor } from "./for";
import {
  atKeyword,
  close,
  failExpecting,
  open,
  peek,
  peekSecond,
  setLineEnds,
  startOf,
  take,
  takeName,
  type Parser,
} from "./parser-state";
import type { Expression, ObjectItem } from "./syntax";

/** `[a, b]`, or `[for …]`. Line ends mean nothing inside. */
export function parseTuple(p: Parser): Expression {
  const start = startOf(p);
  const lineEnds = open(p, false);
  if (atKeyword(p, "for")) return parseFor(p, start, "]", lineEnds);
  const items: Expression[] = [];
  let height = 0;
  while (peek(p) !== "]") {
    items.push(parseExpression(p));
    height = Math.max(height, p.height);
    if (peek(p) !== ",") break;
    take(p);
  }
  close(p, "]", lineEnds, '"," or "]" after the item', { what: "the list", at: start });
  p.height = height + 1;
  return { kind: "tuple", items, start, end: p.end };
}

/** `{ a = b, c = d }`, or `{for …}`. Items end with a comma or their line. */
export function parseObject(p: Parser): Expression {
  const start = startOf(p);
  const lineEnds = open(p, true);
  if (startsFor(p)) return parseFor(p, start, "}", lineEnds);
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
    if (next !== "," && next !== "newline") break;
    take(p);
  }
  close(p, "}", lineEnds, 'a new line, "," or "}" after the item', opening);
  p.height = height + 1;
  return { kind: "object", items, start, end: p.end };
}

/** `for` may follow on another line than the brace. Then line ends do not count from there on. */
function startsFor(p: Parser): boolean {
  if (peek(p) !== "newline") return atKeyword(p, "for");
  setLineEnds(p, false);
  if (atKeyword(p, "for")) return true;
  p.lineEndsCount = true;
  return false;
}

function parseKey(p: Parser): ObjectItem["key"] {
  if (peek(p) === "identifier") {
    const after = peekSecond(p);
    if (after === "=" || after === ":") return { kind: "name", name: takeName(p) };
  }
  return { kind: "expression", value: parseExpression(p) };
}
