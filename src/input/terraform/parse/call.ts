import { parseExpression } from "./expression";
import { close, failExpecting, open, peek, take, takeName, type Parser } from "./parser-state";
import type { Expression, Name } from "./syntax";

/** A function call, after the first part of its name. Arguments may stand on lines of their own. */
export function parseCall(p: Parser, first: Name): Expression {
  const name = parseFunctionName(p, first);
  if (name === undefined) return failExpecting(p, "a function name");
  if (peek(p) !== "(") return failExpecting(p, '"(" after the function name');
  const lineEnds = open(p, false);
  const args: Expression[] = [];
  const expand = parseArguments(p, args);
  close(p, ")", lineEnds, expand ? '")" after "..."' : '"," or ")" after the argument', {
    what: "the call",
    at: name.start,
  });
  return { kind: "call", name, args, expand, start: name.start, end: p.end };
}

/** `provider::aws::arn_parse`. Undefined where a part is missing. */
function parseFunctionName(p: Parser, first: Name): Name | undefined {
  if (peek(p) !== "::") return first;
  const parts = [first.text];
  while (peek(p) === "::") {
    take(p);
    if (peek(p) !== "identifier") return undefined;
    parts.push(takeName(p).text);
  }
  return { text: parts.join("::"), start: first.start, end: p.end };
}

/** Fills `args`, up to the closing parenthesis; does `...` follow the last one? */
function parseArguments(p: Parser, args: Expression[]): boolean {
  let height = 0;
  let expand = false;
  while (peek(p) !== ")") {
    args.push(parseExpression(p));
    height = Math.max(height, p.height);
    const next = peek(p);
    if (next !== "," && next !== "...") break;
    take(p);
    expand = next === "...";
    if (expand) break;
  }
  p.height = height + 1;
  return expand;
}
