import type {
  Attribute,
  Block,
  Body,
  Expression,
  Name,
  Node,
  ObjectItem,
  TemplatePart,
} from "../../src/input/terraform/parse/syntax";

type Visited = Attribute | Block | Body | Expression | Name | TemplatePart;

/** Goes over every node with the node around it. */
export function visitBody(body: Body, visit: (node: Visited, around: Node) => void): void {
  for (const attribute of body.attributes) {
    visit(attribute, body);
    visit(attribute.name, attribute);
    visitExpression(attribute.value, attribute, visit);
  }
  for (const block of body.blocks) {
    visit(block, body);
    for (const name of [block.type, ...block.labels]) visit(name, block);
    visit(block.body, block);
    visitBody(block.body, visit);
  }
}

export function visitExpression(
  expression: Expression,
  around: Node,
  visit: (node: Visited, around: Node) => void,
): void {
  visit(expression, around);
  const name = nameIn(expression);
  if (name !== undefined) visit(name, expression);
  for (const inner of expressionsIn(expression)) visitExpression(inner, expression, visit);
  if (expression.kind === "object") {
    for (const item of expression.items) if (item.key.kind === "name") visit(item.key.name, expression);
  }
  if (expression.kind === "template") visitParts(expression.parts, expression, visit);
}

function visitParts(parts: readonly TemplatePart[], around: Node, visit: (node: Visited, around: Node) => void): void {
  for (const part of parts) {
    visit(part, around);
    switch (part.kind) {
      case "text":
        break;
      case "interpolation":
        visitExpression(part.value, part, visit);
        break;
      case "if":
        visitExpression(part.condition, part, visit);
        visitParts([...part.then, ...part.otherwise], part, visit);
        break;
      case "for":
        visitExpression(part.collection, part, visit);
        visitParts(part.body, part, visit);
        break;
    }
  }
}

function nameIn(expression: Expression): Name | undefined {
  return expression.kind === "get-attribute" || expression.kind === "call" ? expression.name : undefined;
}

function expressionsIn(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "template":
    case "variable":
    case "splat-item":
    case "invalid":
      return [];
    case "get-attribute":
      return [expression.of];
    case "index":
      return [expression.of, expression.key];
    case "splat":
      return [expression.of, expression.each];
    case "call":
      return expression.args;
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.condition, expression.then, expression.otherwise];
    case "tuple":
      return expression.items;
    case "object":
      return expression.items.flatMap(expressionsOfItem);
    case "for-tuple":
      return [expression.collection, expression.value, ...present(expression.condition)];
    case "for-object":
      return [expression.collection, expression.keyValue, expression.value, ...present(expression.condition)];
    case "parentheses":
      return [expression.value];
  }
}

function expressionsOfItem({ key, value }: ObjectItem): readonly Expression[] {
  return key.kind === "expression" ? [key.value, value] : [value];
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
