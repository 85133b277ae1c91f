import type { Diagnostic } from "../../../core/diagnostic";
import { label } from "../../../core/message";
import { identifierEnd } from "./characters";
import { topLevel, type Naming, type Shape, type Takes } from "./language";
import { allProblems, noProblems, report, type Problems } from "./problems";
import type { Attribute, Block, Body, ConfigFile, Expression, Name, Node, ObjectCons } from "./syntax";

/**
 * What the language refuses in a file that its syntax takes: names, arguments and blocks that are not there or missing, and
 * values of the wrong kind, as `terraform validate` tells them without any provider. What a later version or OpenTofu
 * takes is taken, and so are types and references in quotes, as Terraform 0.11 had them. An override need not be whole.
 */
export function malformed(file: ConfigFile, isOverride: boolean): readonly Diagnostic[] {
  const problems = noProblems({ path: file.path, text: "" }, true, "invalid");
  const check = { problems, isOverride };
  for (const { name } of file.body.attributes)
    tell(check, name, `The argument ${label(name.text).text} stands in no block`);
  for (const block of file.body.blocks) checkBlock(block, topLevel, check);
  return allProblems(problems);
}

interface Check {
  readonly problems: Problems;
  readonly isOverride: boolean;
}

/** Blocks of other types are a provider's, or told where they are read. */
function checkBlock(block: Block, shapes: Shape["blocks"], check: Check): void {
  const shape = Object.hasOwn(shapes, block.type.text) ? shapes[block.type.text] : undefined;
  if (shape === undefined) return;
  checkLabels(block, shape, check);
  checkAttributes(block, shape, check);
  const seen = new Set<string>();
  for (const inner of block.body.blocks) {
    const type = inner.type.text;
    const known = Object.hasOwn(shape.blocks, type) ? shape.blocks[type] : undefined;
    if (known === undefined && (shape.others === undefined || shape.isFlat))
      tell(check, inner.type, `${aBlock(block.type)} has no block ${label(type).text}`);
    if (known?.once === true && seen.has(type)) tell(check, inner.type, `${aBlock(block.type)} has one block ${type}`);
    seen.add(type);
    checkBlock(inner, shape.blocks, check);
  }
}

function checkLabels({ type, labels }: Block, shape: Shape, check: Check): void {
  if (labels.length !== shape.labels.length) {
    const count = ["no labels", "one label", "two labels"][shape.labels.length] ?? "";
    tell(check, type, `${aBlock(type)} has ${count}`);
  }
  labels.forEach((name, i) => {
    checkName(name, shape.labels[i] ?? "any", check);
  });
}

function checkAttributes({ type, body }: Block, shape: Shape, check: Check): void {
  for (const attribute of body.attributes) {
    const { name, value } = attribute;
    const takes = Object.hasOwn(shape.arguments, name.text) ? shape.arguments[name.text] : shape.others;
    checkName(name, shape.names, check);
    if (takes === undefined) tell(check, name, `${aBlock(type)} has no argument ${label(name.text).text}`);
    else if (!isTaken(value, takes)) tell(check, value, `The argument ${name.text} takes ${wanted[takes]}`);
  }
  if (!check.isOverride) checkMissing(type, body, shape, check);
  const [count, forEach] = ["count", "for_each"].map((name) => attributeOf(body, name));
  if (count !== undefined && forEach !== undefined) {
    tell(check, forEach.name, `${aBlock(type)} has count or for_each, and not both`);
  }
}

function checkMissing(type: Name, body: Body, shape: Shape, check: Check): void {
  for (const name of shape.required) {
    const isThere = attributeOf(body, name) !== undefined || body.blocks.some((block) => block.type.text === name);
    const kind = Object.hasOwn(shape.blocks, name) ? "a block" : "the argument";
    if (!isThere) tell(check, type, `${aBlock(type)} needs ${kind} ${name}`);
  }
}

function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.find((attribute) => attribute.name.text === name);
}

function aBlock({ text }: Name): string {
  return `${/^[aeio]/.test(text) ? "An" : "A"} ${text} block`;
}

function tell(check: Check, { start, end }: Node, message: string): void {
  report(check.problems, start, end, message);
}

function checkName(name: Name, naming: Naming, check: Check): void {
  if (!isNamed(name.text, naming)) tell(check, name, namings[naming]);
}

const namings: Readonly<Record<Naming, string>> = {
  name: "A name has letters, digits, dashes and underscores, and starts with a letter or an underscore",
  variable: "The name of a variable is an identifier, and none that module blocks have for themselves",
  "resource type": "A resource type is an identifier that starts with the name of a provider",
  provider: "The name of a provider has lower-case letters, digits, and single dashes between them",
  any: "",
};

function isNamed(text: string, naming: Naming): boolean {
  switch (naming) {
    case "any":
      return true;
    case "name":
      return isIdentifier(text);
    case "variable":
      return isIdentifier(text) && !reserved.has(text);
    case "provider":
      return providerName.test(text);
    case "resource type":
      return isIdentifier(text) && providerName.test((text.split("_")[0] ?? "").toLowerCase());
  }
}

function isIdentifier(text: string): boolean {
  return text !== "" && identifierEnd(text, 0) === text.length;
}

const providerName = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u;

/** Terraform keeps these for arguments of `module` blocks. */
const reserved: ReadonlySet<string> = new Set(
  "_ count depends_on for_each lifecycle locals provider providers source version".split(" "),
);

const wanted: Readonly<Record<Takes, string>> = {
  value: "a value",
  condition: "a condition that hangs on something",
  constant: "a value",
  text: "a string",
  flag: "true or false",
  version: "a version constraint",
  alias: "a name in quotes",
  requirement: "a version constraint, or an object with source, version and configuration_aliases",
  moment: "create or destroy",
  reaction: "continue or fail",
  type: "a type",
  provider: "a reference to a provider",
  address: "the address of a resource or a module",
  whole: "the address of a resource or a module with all its instances",
  references: "a list of references",
  changes: "a list of attributes, or all",
  providers: "an object of references to providers",
};

/** What could not be parsed is reported already. */
function isTaken(e: Expression, takes: Takes): boolean {
  if (e.kind === "invalid") return true;
  switch (takes) {
    case "value":
    case "constant":
      return true;
    case "condition":
      return e.kind !== "literal" && e.kind !== "tuple" && e.kind !== "object" && plainText(e) === undefined;
    case "text":
      return isPrimitive(e);
    case "flag":
      return isFlag(e);
    case "version":
      return isPrimitive(e) && isVersion(e);
    case "alias":
      return e.kind === "template" && isIdentifier(plainText(e) ?? "");
    case "requirement":
      return isRequirement(e);
    case "type":
      return isType(e) || isBareType(e);
    case "moment":
      return isOneOf(e, ["create", "destroy"]);
    case "reaction":
      return isOneOf(e, ["continue", "fail"]);
    case "provider":
      return isReference(e) || (e.kind === "literal" && e.value.kind === "null");
    case "address":
      return (e.kind === "get-attribute" || e.kind === "index") && isReference(e);
    case "whole":
      return e.kind === "get-attribute" && isWhole(e);
    case "references":
      return isReferences(e);
    case "changes":
      return isReferences(e) || (e.kind === "variable" && e.name === "all");
    case "providers":
      return e.kind === "object" && e.items.every((item) => isReference(item.value));
  }
}

/** May it be a string, number or bool? */
function isPrimitive(e: Expression): boolean {
  const isNull = e.kind === "literal" && e.value.kind === "null";
  return !isNull && e.kind !== "tuple" && e.kind !== "object" && e.kind !== "for-tuple" && e.kind !== "for-object";
}

function isFlag(e: Expression): boolean {
  if (e.kind === "literal") return e.value.kind === "bool";
  const text = plainText(e);
  return isPrimitive(e) && (text === undefined || text === "true" || text === "false");
}

/** A word, which may stand in quotes. */
function isOneOf(e: Expression, words: readonly string[]): boolean {
  return words.includes((e.kind === "variable" ? e.name : plainText(e)) ?? "");
}

/** hashicorp/go-version: constraints with commas between them. What stands in `{{ }}` is filled in before Terraform reads it. */
function isVersion(e: Expression): boolean {
  const text = plainText(e);
  if (e.kind === "literal") return e.value.kind === "number";
  return text === undefined || text.includes("{{") || text.split(",").every((part) => constraint.test(part.trim()));
}

const constraint = /^(?:=|!=|>=?|<=?|~>)?\s*v?\d+(?:\.\d+)*(?:-?[\dA-Za-z][\w.~-]*)?(?:\+[\w.~-]+)?$/;

function isRequirement(e: Expression): boolean {
  if (e.kind !== "object") return isPrimitive(e) && isVersion(e);
  return e.items.every(({ key, value }) => {
    const name = key.kind === "name" ? key.name.text : plainText(key.value);
    if (name === "version") return value.kind !== "literal" && isPrimitive(value) && isVersion(value);
    if (name === "source") return value.kind === "template" && plainText(value) !== "";
    return name === "configuration_aliases" && isReferences(value);
  });
}

function isReferences(e: Expression): boolean {
  return e.kind === "tuple" && e.items.every(isReference);
}

/** A traversal, or one in quotes. */
function isReference(e: Expression): boolean {
  switch (e.kind) {
    case "variable":
    case "template":
    case "invalid":
      return true;
    case "get-attribute":
    case "index":
      return e.of.kind !== "template" && isReference(e.of);
    case "literal":
    case "splat":
    case "splat-item":
    case "call":
    case "unary":
    case "binary":
    case "conditional":
    case "tuple":
    case "object":
    case "for-tuple":
    case "for-object":
    case "parentheses":
      return false;
  }
}

function isWhole(e: Expression): boolean {
  return e.kind === "variable" ? e.name !== "data" : e.kind === "get-attribute" && isWhole(e.of);
}

/** `list` and `map` alone, and types in quotes, are of Terraform 0.11. */
function isBareType(e: Expression): boolean {
  const name = e.kind === "variable" ? e.name : plainText(e);
  return name === "list" || name === "map" || (e.kind === "template" && primitives.has(name ?? ""));
}

function isType(e: Expression): boolean {
  if (e.kind === "variable") return primitives.has(e.name);
  const [argument, ...others] = e.kind === "call" ? e.args : [];
  if (e.kind !== "call" || argument === undefined || others.length > 0) return false;
  switch (e.name.text) {
    case "list":
    case "set":
    case "map":
      return isType(argument);
    case "tuple":
      return argument.kind === "tuple" && argument.items.every(isType);
    case "object":
      return argument.kind === "object" && isObjectType(argument);
  }
  return false;
}

function isObjectType({ items }: ObjectCons): boolean {
  const names = items.flatMap(({ key }) => (key.kind === "name" ? [key.name.text] : []));
  const isEachType = items.every(({ value }) => isType(attributeType(value) ?? value));
  return isEachType && new Set(names).size === items.length;
}

/** `optional(string)` and `optional(string, "default")` */
function attributeType(e: Expression): Expression | undefined {
  return e.kind === "call" && e.name.text === "optional" && e.args.length <= 2 ? e.args[0] : undefined;
}

const primitives: ReadonlySet<string> = new Set(["any", "bool", "number", "string"]);

/** The characters of a template without interpolations. */
function plainText(e: Expression): string | undefined {
  if (e.kind !== "template" || e.parts.some((part) => part.kind !== "text")) return undefined;
  return e.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}
