import { parseExpression } from "./parse-expression";
import { failExpecting, peek, take, takeName, type Parser } from "./parser";
import type { Expression, Name } from "./syntax";

/** A function call, after the first part of its name. Arguments may stand on lines of their own. */
export function parseCall(p: Parser, first: Name): Expression {
  const name = parseFunctionName(p, first);
  if (name === undefined) return failExpecting(p, "a function name");
  if (peek(p) !== "(") return failExpecting(p, '"(" after the function name');
  const lineEndsCount = p.lineEndsCount;
  p.lineEndsCount = false;
  take(p);
  const args: Expression[] = [];
  const expand = parseArguments(p, args, name);
  p.lineEndsCount = lineEndsCount;
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

/** Fills `args`, up to and with the closing parenthesis; does `...` follow the last one? */
function parseArguments(p: Parser, args: Expression[], name: Name): boolean {
  const call = { what: "the call", at: name.start };
  let height = 0;
  while (peek(p) !== ")") {
    args.push(parseExpression(p));
    height = Math.max(height, p.height);
    if (peek(p) === ",") {
      take(p);
      continue;
    }
    const expand = peek(p) === "...";
    if (expand) take(p);
    if (peek(p) !== ")") failExpecting(p, expand ? '")" after "..."' : '"," or ")" after the argument', call);
    else take(p);
    p.height = height + 1;
    return expand;
  }
  take(p);
  p.height = height + 1;
  return false;
}
