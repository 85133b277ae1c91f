import type { Body, Expression, ObjectItem, TemplatePart } from "../../src/input/terraform/parse/syntax";

/** A body on lines of its own: `attribute = …` and `block label { … }`, every expression with its structure in brackets. */
export function dumpBody(body: Body, indent = ""): string {
  const lines = [
    ...body.attributes.map((attribute) => `${indent}${attribute.name.text} = ${dump(attribute.value)}\n`),
    ...body.blocks.map((block) => {
      const header = [block.type.text, ...block.labels.map((label) => JSON.stringify(label.text))].join(" ");
      return `${indent}${header} {\n${dumpBody(block.body, `${indent}  `)}${indent}}\n`;
    }),
  ];
  return lines.join("");
}

/** An expression as an S-expression: operators before their operands, so that precedence shows. */
export function dump(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return dumpLiteral(expression.value);
    case "template":
      return dumpTemplate(expression.parts, expression.wrapped ? "wrap" : expression.heredoc ? "heredoc" : "");
    case "variable":
      return expression.name;
    case "splat-item":
      return "_";
    case "invalid":
      return "INVALID";
    case "get-attribute":
      return `(. ${dump(expression.of)} ${expression.name.text})`;
    case "index":
      return `([] ${dump(expression.of)} ${dump(expression.key)})`;
    case "splat":
      return `(${expression.form === "full" ? "[*]" : ".*"} ${dump(expression.of)} ${dump(expression.each)})`;
    case "call":
      return `(call ${[expression.name.text, ...expression.args.map(dump)].join(" ")}${expression.expand ? "..." : ""})`;
    case "unary":
      return `(${expression.operator} ${dump(expression.operand)})`;
    case "binary":
      return `(${expression.operator} ${dump(expression.left)} ${dump(expression.right)})`;
    case "conditional":
      return `(? ${dump(expression.condition)} ${dump(expression.then)} ${dump(expression.otherwise)})`;
    case "tuple":
      return `[${expression.items.map(dump).join(" ")}]`;
    case "object":
      return `{${expression.items.map(dumpItem).join(" ")}}`;
    case "for-tuple":
    case "for-object":
      return dumpFor(expression);
    case "parentheses":
      return `(${dump(expression.value)})`;
  }
}

function dumpLiteral(value: Extract<Expression, { kind: "literal" }>["value"]): string {
  switch (value.kind) {
    case "number":
      return value.text;
    case "bool":
      return String(value.value);
    case "null":
      return "null";
  }
}

function dumpItem({ key, value }: ObjectItem): string {
  return `${key.kind === "name" ? key.name.text : dump(key.value)}=${dump(value)}`;
}

function dumpFor(expression: Extract<Expression, { kind: "for-tuple" | "for-object" }>): string {
  const { key, item, collection, condition, value } = expression;
  const names = key === undefined ? item : `${key},${item}`;
  const keyed = expression.kind === "for-object" ? `${dump(expression.keyValue)} => ` : "";
  const grouped = expression.kind === "for-object" && expression.grouped ? "..." : "";
  const filter = condition === undefined ? "" : ` if ${dump(condition)}`;
  return `(${expression.kind} ${names} in ${dump(collection)} : ${keyed}${dump(value)}${grouped}${filter})`;
}

function dumpTemplate(parts: readonly TemplatePart[], tag: string): string {
  return `${tag}<${parts.map(dumpPart).join(" ")}>`;
}

function dumpPart(part: TemplatePart): string {
  switch (part.kind) {
    case "text":
      return JSON.stringify(part.text);
    case "interpolation":
      return `\${${dump(part.value)}}`;
    case "if":
      return `(if ${dump(part.condition)} ${dumpTemplate(part.then, "")} ${dumpTemplate(part.otherwise, "")})`;
    case "for": {
      const names = part.key === undefined ? part.item : `${part.key},${part.item}`;
      return `(for ${names} in ${dump(part.collection)} ${dumpTemplate(part.body, "")})`;
    }
  }
}
