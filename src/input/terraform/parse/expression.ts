import { parseCall } from "./call";
import { parseObject, parseTuple } from "./collection";
import { parseHeredoc, parsePlain, parseQuoted } from "./template";
import { parseSteps } from "./traversal";
import {
  bounded,
  close,
  descend,
  expect,
  failExpecting,
  open,
  peek,
  setLineEnds,
  startOf,
  take,
  takeName,
  type Parser,
} from "./parser-state";
import { report } from "./problems";
import type { BinaryOperator, Expression, Literal, Unary } from "./syntax";
import type { TokenKind } from "./token";

/** An expression of any kind. Where none stands here it is invalid, and the parser has failed. */
export function parseExpression(p: Parser): Expression {
  let result = descend(p) ? parseBinary(p, 1) : invalid(p);
  if (peek(p) === "?") result = parseConditional(p, result);
  p.depth--;
  bounded(p);
  return result;
}

export function invalid(p: Parser): Expression {
  return { kind: "invalid", start: p.end, end: p.end };
}

function parseConditional(p: Parser, condition: Expression): Expression {
  const height = p.height;
  take(p);
  const then = parseExpression(p);
  const heightOfThen = p.height;
  if (!expect(p, ":", '":" and the value for false', { what: "the conditional", at: condition.start })) return then;
  const otherwise = parseExpression(p);
  p.height = Math.max(height, heightOfThen, p.height) + 1;
  return { kind: "conditional", condition, then, otherwise, start: condition.start, end: otherwise.end };
}

interface Operator {
  readonly operator: BinaryOperator;
  /** Stronger ones bind first. */
  readonly strength: number;
}

const operators: ReadonlyMap<TokenKind, Operator> = new Map(
  ([["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]] as const).flatMap((level, i) =>
    level.map((operator) => [operator, { operator, strength: i + 1 }]),
  ),
);

/** Operators that bind at least as strong as `weakest`; equal ones bind from the left. */
function parseBinary(p: Parser, weakest: number): Expression {
  let left = parseOperand(p);
  for (;;) {
    const next = operators.get(p.kind);
    if (next === undefined || next.strength < weakest) return left;
    const height = p.height;
    take(p);
    const right = parseBinary(p, next.strength + 1);
    left = { kind: "binary", operator: next.operator, left, right, start: left.start, end: right.end };
    p.height = Math.max(height, p.height) + 1;
    if (!bounded(p)) return left;
  }
}

/** A term with what follows it: `-a.b` negates `a.b`. */
function parseOperand(p: Parser): Expression {
  const kind = peek(p);
  if (kind === "-" || kind === "!") return parseUnary(p, kind);
  return parseSteps(p, parseTerm(p, kind));
}

function parseUnary(p: Parser, operator: Unary["operator"]): Expression {
  const start = startOf(p);
  take(p);
  const operand = descend(p) ? parseOperand(p) : invalid(p);
  p.depth--;
  p.height++;
  return { kind: "unary", operator, operand, start, end: operand.end };
}

function parseTerm(p: Parser, kind: TokenKind): Expression {
  if (kind === "plain string") return parsePlain(p);
  if (kind === "open quote") return parseQuoted(p);
  if (kind === "identifier") return parseNamed(p);
  if (kind === "number") return parseNumber(p);
  if (kind === "[") return parseTuple(p);
  if (kind === "{") return parseObject(p);
  if (kind === "open heredoc") return parseHeredoc(p);
  if (kind === "(") return parseParentheses(p);
  return failExpecting(p, "an expression");
}

function parseNamed(p: Parser): Expression {
  const name = takeName(p);
  const next = peek(p);
  if (next === "(" || next === "::") return parseCall(p, name);
  p.height = 1;
  const { text, start, end } = name;
  switch (text) {
    case "true":
    case "false":
      return { kind: "literal", value: { kind: "bool", value: text === "true" }, start, end };
    case "null":
      return { kind: "literal", value: { kind: "null" }, start, end };
    default:
      return { kind: "variable", name: text, start, end };
  }
}

/** A number literal; one that the language does not know (`1.2.3`) is a problem and stays as written. */
export function parseNumber(p: Parser): Literal {
  const { text, start, end } = takeName(p);
  p.height = 1;
  if (!/^[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?0*[0-9]{1,9})?$/.test(text)) {
    report(p.problems, start, end, "The number has more than one decimal point or exponent, or too large an exponent");
  }
  return { kind: "literal", value: { kind: "number", text }, start, end };
}

function parseParentheses(p: Parser): Expression {
  const start = startOf(p);
  const lineEnds = open(p, false);
  const value = parseExpression(p);
  close(p, ")", lineEnds, '")"', { what: "the parenthesis", at: start });
  p.height++;
  return { kind: "parentheses", value, start, end: p.end };
}

/** The parser for a text that is one expression and nothing else. */
export function parseOnly(p: Parser): Expression {
  setLineEnds(p, false);
  const value = parseExpression(p);
  if (peek(p) !== "end of file") failExpecting(p, "the end of the expression");
  return p.failed ? { kind: "invalid", start: 0, end: p.text.length } : value;
}
