import type { Diagnostic } from "../../../core/diagnostic";
import { limits } from "../../../core/limits";
import { decimalText } from "../../../core/scalar";
import type { Entry, Known, MapValue, Value } from "../../../core/value";
import { comment, constructOf, stackConstruct, withOutputConstructs } from "./cdktf";
import { expressionOf, literalOf, templateOf, type JsonString } from "./json-text";
import { nestedShape, plainShape, topLevel, type Shape, type Takes } from "./language";
import { allProblems, noProblems, report, type Problems } from "./problems";
import type { Attribute, Block, Body, ConfigFile, Expression, Name, ObjectItem } from "./syntax";

/**
 * A file of Terraform JSON syntax as the tree that native syntax gives (Terraform: "JSON Configuration Syntax"). `value` is
 * what `readJson` made of the file. Which properties are blocks is known for Terraform's own block types; in resources,
 * providers and other bodies that a provider's schema describes, all others are attributes whose value is an object or a
 * list of objects. Strings are templates, with the place of every part. Never throws.
 */
export function configFromJson(
  path: string,
  value: Value,
): { readonly file: ConfigFile; readonly problems: readonly Diagnostic[] } {
  const problems = noProblems({ path, text: "" }, true);
  const body = withOutputConstructs(readBody({ value, shape: fileShape, problems }), value);
  const construct = stackConstruct(body, value);
  const file = { path, body, comments: [], ...(construct !== undefined && { construct }) };
  return { file, problems: capped(problems) };
}

const fileShape: Shape = { ...plainShape, blocks: topLevel };

type Reading = "template" | "literal" | "expression";

interface BodyInput {
  readonly value: Value;
  readonly shape: Shape;
  readonly problems: Problems;
}

/** A body is an object, or a list of objects that stands for one object with all their properties. */
function readBody({ value, shape, problems }: BodyInput): Body {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  const names = new Set<string>();
  for (const entry of propertiesOf(value, problems, "a block")) {
    if (entry.key === comment) continue; // CDKTF and people write comments under this key.
    const inner = blockShape(shape, entry);
    if (inner !== undefined) {
      const input = { value: entry.value, shape: inner, problems };
      for (const block of readBlocks(input, nameOf(entry), [])) blocks.push(block);
    } else if (names.has(entry.key)) {
      report(problems, entry.keyAt.start, entry.keyAt.end, "The attribute is already set in this block");
    } else {
      names.add(entry.key);
      const read = readExpression(entry.value, readingOf(shape, entry.key), problems);
      attributes.push({ name: nameOf(entry), value: read, start: entry.keyAt.start, end: read.end });
    }
  }
  return { attributes, blocks, start: value.at.start, end: value.at.end };
}

/** A type that is not known at the top of a file is one of a later version of Terraform: a block all the same. */
function blockShape(shape: Shape, { key, value }: Entry): Shape | undefined {
  const known = Object.hasOwn(shape.blocks, key) ? shape.blocks[key] : undefined;
  if (known !== undefined) return known;
  if (shape === fileShape) return plainShape;
  return Object.hasOwn(shape.blocks, "dynamic") && hasDynamic(value, 0) ? nestedShape : undefined;
}

/** Asked of a value at every level that is around it. */
const withDynamic = new WeakMap<Value, boolean>();

/** No attribute has `dynamic` blocks in it. */
function hasDynamic(value: Value, depth: number): boolean {
  if (depth > limits.depth || (value.kind !== "list" && value.kind !== "map")) return false;
  const known = withDynamic.get(value);
  if (known !== undefined) return known;
  const found =
    value.kind === "list"
      ? value.items.some((item) => hasDynamic(item.value, depth + 1))
      : value.entries.some(({ key, value: inner }) =>
          key === "dynamic" ? makesBlocks(inner) : hasDynamic(inner, depth + 1),
        );
  withDynamic.set(value, found);
  return found;
}

/** `{ "condition": [{ "for_each": …, "content": … }] }` */
function makesBlocks(value: Value): boolean {
  if (value.kind !== "map") return false;
  return value.entries.some(({ value: made }) => {
    const one = made.kind === "list" ? made.items[0]?.value : made;
    return one?.kind === "map" && one.entries.some(({ key }) => key === "content");
  });
}

function readingOf(shape: Shape, key: string): Reading {
  return readings[(Object.hasOwn(shape.arguments, key) ? shape.arguments[key] : shape.others) ?? "value"];
}

/** References that native syntax has without quotes are expressions, what is read before anything is evaluated is itself. */
const readings: Readonly<Record<Takes, Reading>> = {
  value: "template",
  condition: "template",
  constant: "literal",
  text: "literal",
  flag: "literal",
  version: "literal",
  alias: "literal",
  requirement: "literal",
  moment: "literal",
  reaction: "literal",
  type: "expression",
  provider: "expression",
  address: "expression",
  whole: "expression",
  references: "expression",
  changes: "expression",
  providers: "expression",
};

/** Goes through the levels of labels; then an object is one block, a list several, and null none. */
function readBlocks(input: BodyInput, type: Name, labels: readonly Name[]): readonly Block[] {
  const { value, shape, problems } = input;
  if (labels.length < shape.labels.length) {
    const what = `the labels of "${type.text}"`;
    const properties = propertiesOf(value, problems, what);
    if (properties.length === 0 && (value.kind === "map" || value.kind === "list")) {
      report(problems, value.at.start, value.at.end, `Expected a property for ${what}, found none`);
    }
    return properties.flatMap((entry) =>
      readBlocks({ ...input, value: entry.value }, type, [...labels, nameOf(entry)]),
    );
  }
  if (value.kind === "null") return [];
  if (value.kind === "list") {
    return value.items.map((item) => blockOf({ ...input, value: item.value }, type, labels));
  }
  return [blockOf(input, type, labels)];
}

function blockOf(input: BodyInput, type: Name, labels: readonly Name[]): Block {
  const body = readBody(input);
  const { start, end } = labels[labels.length - 1] ?? type;
  const construct = constructOf(input.value);
  return {
    type: { text: type.text, start, end },
    labels: labels.map(({ text }) => ({ text, start, end })),
    body,
    start: body.start,
    end: body.end,
    ...(construct !== undefined && { construct }),
  };
}

function propertiesOf(value: Value, problems: Problems, what: string): readonly Entry[] {
  if (value.kind === "map") return value.entries;
  const isObjects = value.kind === "list" && value.items.every((item) => item.value.kind === "map");
  if (!isObjects) {
    const { start, end } = value.at;
    report(problems, start, end, `Expected an object for ${what}, found ${kindOf(value)}`);
  }
  if (value.kind !== "list") return [];
  return value.items.flatMap((item) => (item.value.kind === "map" ? item.value.entries : []));
}

function kindOf(value: Value): string {
  switch (value.kind) {
    case "text":
      return "a string";
    case "bool":
      return "a boolean";
    case "list":
      return "a list that has other items than objects";
    case "null":
      return "null";
    case "number":
    case "map":
    case "unknown":
    case "choice":
      return `a ${value.kind}`;
  }
}

function readExpression(value: Value, reading: Reading, problems: Problems): Expression {
  const { start, end } = value.at;
  switch (value.kind) {
    case "text":
      return readString(
        { pieces: value.pieces.filter((piece) => piece.kind === "known"), at: value.at },
        reading,
        problems,
      );
    case "number":
      return { kind: "literal", value: { kind: "number", text: decimalText(value) }, start, end };
    case "bool":
      return { kind: "literal", value: { kind: "bool", value: value.value }, start, end };
    case "null":
      return { kind: "literal", value: { kind: "null" }, start, end };
    case "list": {
      const items = value.items.map((item) => readExpression(item.value, reading, problems));
      return { kind: "tuple", items, start, end };
    }
    case "map":
      return readObject(value, reading, problems);
    case "choice":
    case "unknown":
      return { kind: "invalid", start, end };
  }
}

function readString(string: JsonString, reading: Reading, problems: Problems): Expression {
  switch (reading) {
    case "template":
      return templateOf(string, problems);
    case "literal":
      return literalOf(string);
    case "expression":
      return expressionOf(string, problems);
  }
}

/** Keys are templates too. */
function readObject(value: MapValue, reading: Reading, problems: Problems): Expression {
  const items = value.entries.map((entry): ObjectItem => {
    const read = readExpression(entry.value, reading, problems);
    const isTemplate = reading === "template" && /[$%]\{/.test(entry.key);
    if (!isTemplate) return { key: { kind: "name", name: nameOf(entry) }, value: read };
    const key: Known = { kind: "known", text: entry.key, at: entry.keyAt, traces: [] };
    return {
      key: { kind: "expression", value: templateOf({ pieces: [key], at: entry.keyAt }, problems) },
      value: read,
    };
  });
  return { kind: "object", items, start: value.at.start, end: value.at.end };
}

function nameOf({ key, keyAt }: Entry): Name {
  return { text: key, start: keyAt.start, end: keyAt.end };
}

/** As many problems as a file may have: each string had its own count. */
function capped(problems: Problems): readonly Diagnostic[] {
  const over = Math.max(0, problems.reported.length - limits.problemsPerFile);
  return allProblems({
    ...problems,
    reported: problems.reported.slice(0, limits.problemsPerFile),
    unreported: problems.unreported + over,
  });
}
