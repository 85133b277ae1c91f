import { always } from "../../core/guard";
import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import { unknown } from "../../core/text";
import type { Entry, Item, MapValue, Piece, Text, Value } from "../../core/value";
import type { Block, Body, Call, Expression, Node, ObjectItem, Template, TemplatePart } from "./parse/syntax";

export interface WrittenIn {
  readonly file: string;
  /** The text of a file that is read by its written path, relative to the module's directory. */
  readonly read?: (path: string) => Text | undefined;
}

/**
 * A block as it is written, without evaluating anything: texts are texts, references are unknown under their own name,
 * and the arguments of a function or the branches of a condition stand as a list. Literals are looked for in this.
 */
export function writtenBlock(block: Block, within: WrittenIn): MapValue {
  return writtenBody(block.body, within);
}

/** The body of a block, or of a variable file, as it is written. */
export function writtenBody(body: Body, within: WrittenIn, depth = 0): MapValue {
  const entries: Entry[] = body.attributes.map((attribute) => ({
    key: attribute.name.text,
    keyAt: span(attribute.name, within.file),
    guard: always,
    value: writtenValue(attribute.value, within, depth + 1),
  }));
  if (depth < limits.depth) {
    for (const block of body.blocks) {
      const key = [block.type, ...block.labels].map((one) => one.text).join(".");
      const value = writtenBody(block.body, within, depth + 1);
      entries.push({ key, keyAt: span(block.type, within.file), guard: always, value });
    }
  }
  return { kind: "map", entries, at: span(body, within.file) };
}

function writtenValue(expression: Expression, within: WrittenIn, depth: number): Value {
  const at = span(expression, within.file);
  if (depth > limits.depth) return unknown("limit", "depth", at);
  const inner = (one: Expression): Value => writtenValue(one, within, depth + 1);
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      if (value.kind === "number") return { kind: "number", value: Number(value.text), at };
      return value.kind === "bool" ? { kind: "bool", value: value.value, at } : { kind: "null", at };
    }
    case "template":
      return writtenTemplate(expression, within, depth);
    case "object":
      return { kind: "map", entries: expression.items.flatMap((item) => objectEntry(item, within, depth)), at };
    case "tuple":
      return listOf(expression.items.map(inner), at);
    case "parentheses":
      return inner(expression.value);
    case "call":
      return listOf([...expression.args.map(inner), ...textRead(expression, within)], at);
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

/** The text that `file("init.sh")` or `templatefile("${path.module}/init.sh", …)` reads, as it stands in the file. */
export function textRead({ name, args: [path] }: Call, { read }: WrittenIn): readonly Text[] {
  if (read === undefined || (name.text !== "file" && name.text !== "templatefile")) return [];
  const written = path?.kind === "template" ? writtenPath(path) : undefined;
  const found = written === undefined ? undefined : read(written);
  return found === undefined ? [] : [found];
}

/** `path.module` and kin stand for the module's directory; a path that hangs on anything else is not known. */
function writtenPath({ parts }: Template): string | undefined {
  let path = "";
  for (const [i, part] of parts.entries()) {
    if (part.kind === "text") path += part.text;
    else if (i > 0 || part.kind !== "interpolation" || !isModulePath(part.value)) return undefined;
    else path = ".";
  }
  return path;
}

function isModulePath(expression: Expression): boolean {
  return referenceName(expression) === "path.module" || referenceName(expression) === "path.root";
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

function objectEntry(item: ObjectItem, within: WrittenIn, depth: number): readonly Entry[] {
  const key = item.key.kind === "name" ? item.key.name.text : writtenKey(item.key.value);
  const keyAt = span(item.key.kind === "name" ? item.key.name : item.key.value, within.file);
  return [{ key, keyAt, guard: always, value: writtenValue(item.value, within, depth + 1) }];
}

/** A key that is not plain text has a name that says nothing. */
function writtenKey(key: Expression): string {
  if (key.kind !== "template") return "";
  return key.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}

function writtenTemplate(template: Template, within: WrittenIn, depth: number): Value {
  const at = span(template, within.file);
  const [only] = template.parts;
  if (template.wrapped && only?.kind === "interpolation") return writtenValue(only.value, within, depth + 1);
  return { kind: "text", pieces: template.parts.flatMap((part) => writtenPieces(part, within, depth)), at };
}

function writtenPieces(part: TemplatePart, within: WrittenIn, depth: number): readonly Piece[] {
  const at = span(part, within.file);
  if (depth > limits.depth) return [];
  switch (part.kind) {
    case "text":
      return [{ kind: "known", text: part.text, at, traces: [] }];
    case "interpolation": {
      const value = writtenValue(part.value, within, depth + 1);
      if (value.kind === "text") return value.pieces;
      return [{ kind: "hole", unknown: value.kind === "unknown" ? value : unknown("unsupported", value.kind, at) }];
    }
    case "if":
      return [...part.then, ...part.otherwise].flatMap((one) => writtenPieces(one, within, depth + 1));
    case "for":
      return part.body.flatMap((one) => writtenPieces(one, within, depth + 1));
  }
}

function listOf(values: readonly Value[], at: Span): Value {
  const items = values.map((value): Item => ({ guard: always, value }));
  return { kind: "list", shape: "list", items, at };
}

function span(node: Node, file: string): Span {
  return { file, start: node.start, end: node.end };
}
