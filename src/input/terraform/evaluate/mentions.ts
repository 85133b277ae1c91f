import type { Expression, ForTuple, ForObject, TemplatePart } from "../parse/syntax";

/**
 * The roots of all traversals in an expression: `var`, `each`, `for` variables; and with their first attribute, `var.x`.
 * What a `for` binds inside counts as well, which only makes less shared than could be. "*" stands for the item of a
 * splat around.
 */
export function mentions(expression: Expression): ReadonlySet<string> {
  if (expression.kind === "literal") return nothing;
  const known = remembered.get(expression);
  if (known !== undefined) return known;
  const roots = new Set<string>();
  collect(expression, roots);
  remembered.set(expression, roots);
  return roots;
}

const nothing: ReadonlySet<string> = new Set();
const remembered = new WeakMap<Expression, ReadonlySet<string>>();

/** The parser limits how deep expressions are nested. */
function collect(e: Expression, roots: Set<string>): void {
  switch (e.kind) {
    case "literal":
    case "invalid":
      return;
    case "variable":
      roots.add(e.name);
      return;
    case "splat-item":
      roots.add("*");
      return;
    case "template":
      collectParts(e.parts, roots);
      return;
    case "for-tuple":
    case "for-object":
      collectFor(e, roots);
      return;
    case "object":
      for (const { key, value } of e.items) {
        if (key.kind === "expression") collect(key.value, roots);
        collect(value, roots);
      }
      return;
    case "get-attribute":
      if (e.of.kind === "variable") roots.add(`${e.of.name}.${e.name.text}`);
      collect(e.of, roots);
      return;
    case "index":
    case "splat":
    case "call":
    case "unary":
    case "binary":
    case "conditional":
    case "tuple":
    case "parentheses":
      for (const part of partsOf(e)) collect(part, roots);
      return;
  }
}

type Plain = Extract<
  Expression,
  {
    kind: "index" | "splat" | "call" | "unary" | "binary" | "conditional" | "tuple" | "parentheses";
  }
>;

function partsOf(e: Plain): readonly Expression[] {
  switch (e.kind) {
    case "index":
      return [e.of, e.key];
    case "splat":
      return [e.of, e.each];
    case "call":
      return e.args;
    case "unary":
      return [e.operand];
    case "binary":
      return [e.left, e.right];
    case "conditional":
      return [e.condition, e.then, e.otherwise];
    case "tuple":
      return e.items;
    case "parentheses":
      return [e.value];
  }
}

function collectFor(e: ForTuple | ForObject, roots: Set<string>): void {
  collect(e.collection, roots);
  if (e.kind === "for-object") collect(e.keyValue, roots);
  collect(e.value, roots);
  if (e.condition !== undefined) collect(e.condition, roots);
}

function collectParts(parts: readonly TemplatePart[], roots: Set<string>): void {
  for (const part of parts) {
    switch (part.kind) {
      case "text":
        break;
      case "interpolation":
        collect(part.value, roots);
        break;
      case "if":
        collect(part.condition, roots);
        collectParts(part.then, roots);
        collectParts(part.otherwise, roots);
        break;
      case "for":
        collect(part.collection, roots);
        collectParts(part.body, roots);
        break;
    }
  }
}
