import { always } from "../../core/guard";
import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import { unknown } from "../../core/text";
import type { Entry, Item, MapValue, Piece, Value } from "../../core/value";
import type { Block, Body, Expression, Node, ObjectItem, Template, TemplatePart } from "./parse/syntax";

/**
 * A block as it is written, without evaluating anything: texts are texts, references are unknown under their own name,
 * and the arguments of a function or the branches of a condition stand as a list. Literals are looked for in this.
 */
export function writtenBlock(block: Block, file: string): MapValue {
  return writtenBody(block.body, file);
}

/** The same of what stands in a block, or of a whole variable file. */
export function writtenBody(body: Body, file: string, depth = 0): MapValue {
  const entries: Entry[] = body.attributes.map((attribute) => ({
    key: attribute.name.text,
    keyAt: span(attribute.name, file),
    guard: always,
    value: writtenValue(attribute.value, file, depth + 1),
  }));
  if (depth < limits.depth) {
    for (const block of body.blocks) {
      const key = [block.type, ...block.labels].map((one) => one.text).join(".");
      const value = writtenBody(block.body, file, depth + 1);
      entries.push({ key, keyAt: span(block.type, file), guard: always, value });
    }
  }
  return { kind: "map", entries, at: span(body, file) };
}

function writtenValue(expression: Expression, file: string, depth: number): Value {
  const at = span(expression, file);
  if (depth > limits.depth) return unknown("limit", "depth", at);
  const inner = (one: Expression): Value => writtenValue(one, file, depth + 1);
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      if (value.kind === "number") return { kind: "number", value: Number(value.text), at };
      return value.kind === "bool" ? { kind: "bool", value: value.value, at } : { kind: "null", at };
    }
    case "template":
      return writtenTemplate(expression, file, depth);
    case "object":
      return { kind: "map", entries: expression.items.flatMap((item) => objectEntry(item, file, depth)), at };
    case "tuple":
      return listOf(expression.items.map(inner), at);
    case "parentheses":
      return inner(expression.value);
    case "call":
      return listOf(expression.args.map(inner), at);
    case "conditional":
      return listOf([inner(expression.then), inner(expression.otherwise)], at);
    case "for-tuple":
    case "for-object":
      return inner(expression.value);
    case "variable":
    case "get-attribute":
    case "index":
    case "splat": {
      const id = referenceName(expression);
      return unknown("unsupported", id, at, { id });
    }
    case "splat-item":
    case "unary":
    case "binary":
    case "invalid":
      return unknown("unsupported", expression.kind, at);
  }
}

/** The names of a traversal, joined: `var.root_access_key`. What stands in brackets is left out. */
function referenceName(expression: Expression): string {
  const names: string[] = [];
  let one = expression;
  while (one.kind === "get-attribute" || one.kind === "index" || one.kind === "splat") {
    if (one.kind === "get-attribute") names.unshift(one.name.text);
    one = one.of;
  }
  if (one.kind === "variable") names.unshift(one.name);
  return names.join(".");
}

function objectEntry(item: ObjectItem, file: string, depth: number): readonly Entry[] {
  const key = item.key.kind === "name" ? item.key.name.text : writtenKey(item.key.value);
  const keyAt = span(item.key.kind === "name" ? item.key.name : item.key.value, file);
  return [{ key, keyAt, guard: always, value: writtenValue(item.value, file, depth + 1) }];
}

/** A key that is not plain text has a name that says nothing. */
function writtenKey(key: Expression): string {
  if (key.kind !== "template") return "";
  return key.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}

function writtenTemplate(template: Template, file: string, depth: number): Value {
  const at = span(template, file);
  const [only] = template.parts;
  if (template.wrapped && only?.kind === "interpolation") return writtenValue(only.value, file, depth + 1);
  return { kind: "text", pieces: template.parts.flatMap((part) => writtenPieces(part, file, depth)), at };
}

function writtenPieces(part: TemplatePart, file: string, depth: number): readonly Piece[] {
  const at = span(part, file);
  if (depth > limits.depth) return [];
  switch (part.kind) {
    case "text":
      return [{ kind: "known", text: part.text, at, traces: [] }];
    case "interpolation": {
      const value = writtenValue(part.value, file, depth + 1);
      if (value.kind === "text") return value.pieces;
      return [{ kind: "hole", unknown: value.kind === "unknown" ? value : unknown("unsupported", value.kind, at) }];
    }
    case "if":
      return [...part.then, ...part.otherwise].flatMap((one) => writtenPieces(one, file, depth + 1));
    case "for":
      return part.body.flatMap((one) => writtenPieces(one, file, depth + 1));
  }
}

function listOf(values: readonly Value[], at: Span): Value {
  const items = values.map((value): Item => ({ guard: always, value }));
  return { kind: "list", shape: "list", items, at };
}

function span(node: Node, file: string): Span {
  return { file, start: node.start, end: node.end };
}
