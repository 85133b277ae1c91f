import type { Block, Body, Expression, ObjectItem, Template } from "../../src/input/terraform/parse/syntax";
import { visitBody } from "./hcl-nodes";

/**
 * A body in the JSON that hcl2-parser gives: blocks by type and labels in lists, constants as they are, and every other
 * expression as its source in `${}`. Undefined where that JSON does not tell what it was made from: `%{ if }` and a
 * conditional in a string look the same there.
 */
export function jsonOfBody(body: Body, source: string): unknown {
  if (hasUntold(body)) return undefined;
  const json: Record<string, unknown> = {};
  for (const block of body.blocks) addBlock(json, block, source);
  for (const { name, value } of body.attributes) json[name.text] = jsonOf(value, source);
  return json;
}

/** `!1`: the reference computes constants, and says of these that it cannot. */
export function hasWrongConstant(body: Body): boolean {
  let found = false;
  visitBody(body, (node) => {
    if (!("kind" in node) || node.kind !== "unary" || node.operand.kind !== "literal") return;
    found ||= node.operand.value.kind !== (node.operator === "-" ? "number" : "bool");
  });
  return found;
}

function addBlock(json: Record<string, unknown>, block: Block, source: string): void {
  let level: Record<string, unknown> = json;
  const path = [block.type.text, ...block.labels.map((label) => label.text)];
  const last = path.pop() ?? "";
  for (const key of path) {
    const next: Record<string, unknown> = isRecord(level[key]) ? level[key] : {};
    level[key] = next;
    level = next;
  }
  const known = level[last];
  const bodies: readonly unknown[] = Array.isArray(known) ? known : [];
  level[last] = [...bodies, jsonOfBody(block.body, source)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonOf(expression: Expression, source: string): unknown {
  switch (expression.kind) {
    case "literal":
      return constantOf(expression.value);
    case "template": {
      const [only] = expression.parts;
      if (expression.wrapped && only?.kind === "interpolation") return jsonOf(only.value, source);
      return stringOf(expression, source);
    }
    case "tuple":
      return expression.items.map((item) => jsonOf(item, source));
    case "object":
      return Object.fromEntries(expression.items.map((item) => [keyOf(item, source), jsonOf(item.value, source)]));
    case "unary":
      return expression.operator === "-" && expression.operand.kind === "literal"
        ? -Number(constantOf(expression.operand.value))
        : wrapped(expression, source);
    case "variable":
    case "splat-item":
    case "invalid":
    case "get-attribute":
    case "index":
    case "splat":
    case "call":
    case "binary":
    case "conditional":
    case "for-tuple":
    case "for-object":
    case "parentheses":
      return wrapped(expression, source);
  }
}

function constantOf(value: Extract<Expression, { kind: "literal" }>["value"]): unknown {
  if (value.kind === "null") return null;
  return value.kind === "number" ? Number(value.text) : value.value;
}

function stringOf(template: Template, source: string): string {
  return template.parts
    .map((part) =>
      part.kind === "text" ? part.text : part.kind === "interpolation" ? inString(part.value, source) : "",
    )
    .join("");
}

function inString(expression: Expression, source: string): string {
  if (expression.kind === "literal") return String(constantOf(expression.value));
  return expression.kind === "template" ? stringOf(expression, source) : wrapped(expression, source);
}

function keyOf({ key }: ObjectItem, source: string): string {
  if (key.kind === "name") return key.name.text;
  const isName = key.value.kind === "get-attribute" || key.value.kind === "variable";
  return isName ? source.slice(key.value.start, key.value.end) : inString(key.value, source);
}

function wrapped({ start, end }: Expression, source: string): string {
  return `\${${source.slice(start, end)}}`;
}

function hasUntold(body: Body): boolean {
  return body.attributes.some(({ value }) => isUntold(value)) || body.blocks.some((block) => hasUntold(block.body));
}

function isUntold(expression: Expression): boolean {
  switch (expression.kind) {
    case "template":
      return expression.parts.some(
        (part) =>
          (part.kind !== "text" && part.kind !== "interpolation") ||
          (part.kind === "interpolation" &&
            (part.value.kind === "unary" ||
              part.value.kind === "conditional" ||
              (part.value.kind === "literal" && part.value.value.kind === "null") ||
              isUntold(part.value))),
      );
    case "tuple":
      return expression.items.some(isUntold);
    case "object":
      return expression.items.some(
        ({ key, value }) => isUntold(value) || (key.kind === "expression" && isUntoldKey(key.value)),
      );
    case "unary":
      return expression.operand.kind === "literal" && expression.operator === "!";
    case "literal":
    case "variable":
    case "splat-item":
    case "invalid":
    case "get-attribute":
    case "index":
    case "splat":
    case "call":
    case "binary":
    case "conditional":
    case "for-tuple":
    case "for-object":
    case "parentheses":
      return false;
  }
}

function isUntoldKey(key: Expression): boolean {
  return key.kind === "conditional" || key.kind === "index" || isUntold(key);
}
