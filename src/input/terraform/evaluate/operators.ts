import { choose } from "../../../core/choice";
import { always, both } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { unknown } from "../../../core/text";
import type { Definite, NumberValue, Value } from "../../../core/value";
import { consequence, isError } from "../functions/context";
import { calculated, compared, type Operator } from "../functions/big-number";
import { sameValue } from "../functions/equal";
import { sameWhen } from "../functions/same-when";
import type { Binary, Call, Expression, Unary } from "../parse/syntax";
import { asNumber } from "./convert";
import { decide, twoWays, undecided, type Branch } from "./decide";
import { evaluate } from "./expression";
import { overBoth } from "./reference";
import { failure, overLimit, spends, type Scope } from "./scope";
import { stepsOver } from "./size";

export function evaluateUnary(e: Unary, scope: Scope): Value {
  const at = scope.at(e);
  const operand = evaluate(e.operand, scope);
  if (e.operator === "!") {
    return ofBranches(
      decide(operand, e.operand, scope).map(({ guard, value }) => ({
        guard,
        value: typeof value === "boolean" ? !value : value,
      })),
      at,
    );
  }
  return overBoth(operand, operand, at, (one) => {
    const number = asNumber(one, "an operand", at);
    return number.kind === "number" ? negative(number, at) : consequence([number], at);
  });
}

function negative({ value, digits }: NumberValue, at: Span): NumberValue {
  const opposite = digits?.startsWith("-") === true ? digits.slice(1) : `-${digits ?? ""}`;
  return { kind: "number", value: -value, at, ...(digits !== undefined && { digits: opposite }) };
}

export function evaluateBinary(e: Binary, scope: Scope): Value {
  switch (e.operator) {
    case "&&":
    case "||":
      return logical(e, scope);
    case "==":
    case "!=":
      return equality(e, scope);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(e, e.operator, scope);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return arithmetic(e, e.operator, scope);
  }
}

/** A condition as a value: a bool, or a choice of both. */
function ofBranches(branches: readonly Branch[], at: Span): Value {
  const alternatives = branches.map(({ guard, value }) => ({
    guard,
    value: typeof value === "boolean" ? bool(value, at) : value,
  }));
  return choose(alternatives, at);
}

function bool(value: boolean, at: Span): Definite {
  return { kind: "bool", value, at };
}

/** The right operand counts only where the left one leaves it open. */
function logical(e: Binary, scope: Scope): Value {
  const decides = e.operator === "||";
  const branches: Branch[] = [];
  let right: readonly Branch[] | undefined;
  for (const left of decide(evaluate(e.left, scope), e.left, scope)) {
    if (left.value !== !decides) {
      branches.push(left);
      continue;
    }
    right ??= decide(evaluate(e.right, scope), e.right, scope);
    for (const branch of right) {
      const guard = both(left.guard, branch.guard);
      if (guard !== undefined) branches.push({ guard, value: branch.value });
    }
  }
  return ofBranches(branches, scope.at(e));
}

function equality(e: Binary, scope: Scope): Value {
  const at = scope.at(e);
  const sides = [evaluate(e.left, scope), evaluate(e.right, scope)] as const;
  if (!spends(scope.evaluation.budget, stepsOver(sides))) return overLimit("steps", at);
  return overBoth(...sides, at, (left, right) => {
    if (isError(left)) return left;
    if (isError(right)) return right;
    const branches = equal(left, right, e) ?? twoWays(undecided({ ...e, operator: "==" }, scope));
    const wanted = e.operator === "==";
    return ofBranches(
      branches.map(({ guard, value }) => ({ guard, value: value === wanted })),
      at,
    );
  });
}

/** Undefined where it is undecided, and no id says what decides it. */
function equal(left: Definite, right: Definite, e: Binary): readonly Branch[] | undefined {
  if (isWhole(left, right) || isWhole(right, left)) return [{ guard: always, value: false }];
  const guard = sameWhen(left, right);
  if (guard !== undefined) return twoWays(guard);
  const answer = sameValue(left, right);
  if (answer === "maybe") return undefined;
  if (answer === "yes" && (left.kind === "list" || left.kind === "map") && left !== right) {
    const isSame = isOfOneType(left, right, e);
    return isSame === undefined ? undefined : [{ guard: always, value: isSame }];
  }
  return [{ guard: always, value: answer === "yes" }];
}

/**
 * Are two collections with the same elements of one type? A list never equals a tuple, nor a map an object, and which it
 * is the value does not say. Undefined where the expressions do not say it either.
 */
function isOfOneType(value: Definite, other: Definite, { left, right }: Binary): boolean | undefined {
  if (value.kind === "list" && value.shape === "set") return true;
  const a = isTyped(value) ? "all" : typeOfCollection(left);
  const b = isTyped(other) ? "all" : typeOfCollection(right);
  return a === undefined || b === undefined ? undefined : a === b;
}

function isTyped(value: Definite): boolean {
  return (value.kind === "list" || value.kind === "map") && value.typed === true;
}

/** Tuples and objects have a type for each element, lists and maps have one for all. */
function typeOfCollection(e: Expression): "each" | "all" | undefined {
  switch (e.kind) {
    case "parentheses":
      return typeOfCollection(e.value);
    case "tuple":
    case "object":
    case "for-tuple":
    case "for-object":
      return "each";
    case "call":
      return typeOfCall(e);
    case "literal":
    case "template":
    case "variable":
    case "get-attribute":
    case "index":
    case "splat":
    case "splat-item":
    case "unary":
    case "binary":
    case "conditional":
    case "invalid":
      return undefined;
  }
}

function typeOfCall({ name: { text: name }, args }: Call): "each" | "all" | undefined {
  if (givesEach.has(name)) return "each";
  if (givesAll.has(name)) return "all";
  if (!givesAsGiven.has(name)) return undefined;
  const types = args.slice(0, name === "slice" ? 1 : undefined).map(typeOfCollection);
  if (types.includes(undefined)) return undefined;
  return types.includes("each") ? "each" : "all";
}

const givesEach: ReadonlySet<string> = new Set(["jsondecode", "yamldecode", "flatten"]);
const givesAsGiven: ReadonlySet<string> = new Set(["concat", "merge", "reverse", "slice"]);
const givesAll: ReadonlySet<string> = new Set([
  ...["tolist", "tomap", "split", "sort", "compact", "range", "formatlist", "distinct"],
  ...["cidrsubnets", "matchkeys", "regexall", "csvdecode"],
]);

/** A resource as a whole is an object, never null. */
function isWhole(value: Definite, other: Definite): boolean {
  return value.kind === "unknown" && value.ref?.attribute === "" && other.kind === "null";
}

function comparison(e: Binary, operator: "<" | "<=" | ">" | ">=", scope: Scope): Value {
  const at = scope.at(e);
  return overBoth(evaluate(e.left, scope), evaluate(e.right, scope), at, (left, right) => {
    const a = asNumber(left, "an operand", at);
    const b = asNumber(right, "an operand", at);
    if (a.kind === "number" && b.kind === "number") return bool(isSo(operator, compared(a, b)), at);
    const error = [a, b].find(isError);
    return error ?? ofBranches(twoWays(undecided(e, scope)), at);
  });
}

function isSo(operator: "<" | "<=" | ">" | ">=", difference: number): boolean {
  switch (operator) {
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case ">":
      return difference > 0;
    case ">=":
      return difference >= 0;
  }
}

function arithmetic(e: Binary, operator: Operator, scope: Scope): Value {
  const at = scope.at(e);
  return overBoth(evaluate(e.left, scope), evaluate(e.right, scope), at, (left, right) => {
    const a = asNumber(left, "an operand", at);
    const b = asNumber(right, "an operand", at);
    if (a.kind !== "number" || b.kind !== "number") return consequence([a, b], at);
    const result = calculated(operator, a, b, at);
    if (result === "none") return failure("an operation of zero and infinity", e, scope);
    return result ?? unknown("unsupported", "a number of this size", at);
  });
}
