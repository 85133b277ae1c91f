import { limits } from "../../../core/limits";
import { kept } from "../../../core/map";
import type { ReasonKind, Unknown, Value } from "../../../core/value";
import { evaluate } from "../evaluate/expression";
import type { Scope } from "../evaluate/scope";
import { composed } from "../functions/convert";
import type { Call, Expression, GetAttribute, ObjectItem, Template } from "../parse/syntax";
import { argumentsIn, ownBlocks } from "./block";
import type { BlockSource } from "./block-source";
import type { ResourceInstance, Wanted } from "./unit-tree";
import type { Module } from "./module-instance";
import { isRepeated } from "./repetition";
import type { Resource } from "./resource-group";

/**
 * The instances of a large unit of which something may be reported. Of the others it is known, by a look at how they
 * are written, that no word in them is relevant, that no credential gets into them, and that nothing is wrong in
 * them: they are not made, and what they hold is not put together. The look works out what a name stands for, and every
 * expression but texts, lists and objects; so it says nothing that the values would not.
 */
export function relevant(modules: readonly Module[], wanted: Wanted): readonly ResourceInstance[] {
  const isRelevant = remembering(wanted.isRelevant);
  const silent = new Map<Value, number>();
  return modules.flatMap(({ resourceGroups, scopeIn }) => {
    const groups = new Map(resourceGroups.map((group) => [group.local, group]));
    const look: Look = { instancesOf: wanted.instancesOf, isRelevant, silent, groups, scopeIn, left: 0 };
    return resourceGroups.filter((group) => !isSilent(group, look)).flatMap((group) => group.instances());
  });
}

/** Names of arguments and short texts come again and again. */
function remembering(isRelevant: Wanted["isRelevant"]): Wanted["isRelevant"] {
  const known = new Map<string, boolean>();
  return (text) => (text.length > shortText ? isRelevant(text) : kept(known, text, isRelevant));
}

const shortText = 40;

interface Look extends Wanted {
  /** Maps and lists in which nothing is, with their parts: tags are handed to most resources of a module. */
  readonly silent: Map<Value, number>;
  /** The resources of the module by their address within it. */
  readonly groups: ReadonlyMap<string, Resource>;
  readonly scopeIn: (file: string) => Scope;
  /** Parts of values that may still be looked at in a resource: what one with more of them holds may be over a limit. */
  left: number;
}

const partsLooked = 10_000;
/** A value that was looked at before stands within that, so that together they are over no limit. */
const depthLooked = limits.depth / 2;
/** So many characters count as a part. */
const partLength = 100;

/** How many there are of a repeated resource may be wrong, and what is in one may hang on which it is. */
function isSilent({ source, mode, type }: Resource, look: Look): boolean {
  if (isRepeated(source)) return false;
  switch (look.instancesOf(mode, type)) {
    case "all":
      return false;
    case "relevant":
      look.left = partsLooked;
      return isSilentBlock(source, look);
    case "none":
      return true;
  }
}

function isSilentBlock(block: BlockSource, look: Look): boolean {
  for (const { name, value, file } of argumentsIn(block)) {
    if (!isSilentName(name.text, look) || !isSilentExpression(value, 0, look.scopeIn(file), look)) return false;
  }
  return block.blocks.every((inner) => {
    const type = inner.type.text;
    if (!isSilentName(type, look) || type === "dynamic") return false;
    return ownBlocks.has(type) || isSilentBlock(inner, look);
  });
}

/** What a provisioner does may be reported, whatever its words are. In Terraform JSON syntax it may be an argument. */
function isSilentName(name: string, { isRelevant }: Look): boolean {
  return name !== "provisioner" && !isRelevant(name);
}

function isSilentExpression(e: Expression, depth: number, scope: Scope, look: Look): boolean {
  if (depth > depthLooked) return false;
  switch (e.kind) {
    case "literal":
      return true;
    case "parentheses":
      return isSilentExpression(e.value, depth, scope, look);
    case "tuple":
      return e.items.every((item) => isSilentExpression(item, depth + 1, scope, look));
    case "object":
      return e.items.every((item) => isSilentItem(item, depth + 1, scope, look));
    case "template":
      return isSilentTemplate(e, depth, scope, look);
    case "get-attribute":
      return isAfterApply(e, look) || isSilentValue(evaluate(e, scope), depth, look);
    case "call":
      return isSilentMerge(e, depth, scope, look) || isSilentValue(evaluate(e, scope), depth, look);
    case "variable":
    case "index":
    case "splat":
    case "splat-item":
    case "unary":
    case "binary":
    case "conditional":
    case "for-tuple":
    case "for-object":
    case "invalid":
      return isSilentValue(evaluate(e, scope), depth, look);
  }
}

/** `merge` of maps goes wrong in no way, and says what they say. */
function isSilentMerge({ name, args, expand }: Call, depth: number, scope: Scope, look: Look): boolean {
  if (name.text !== "merge" || expand) return false;
  return args.every((arg) => {
    if (arg.kind === "object") return isSilentExpression(arg, depth, scope, look);
    const value = evaluate(arg, scope);
    return value.kind === "map" && isSilentValue(value, depth, look);
  });
}

/** A key that is no text may be none at all. */
function isSilentItem({ key, value }: ObjectItem, depth: number, scope: Scope, look: Look): boolean {
  const isSilentKey =
    key.kind === "name"
      ? !look.isRelevant(key.name.text)
      : key.value.kind === "template" && !key.value.wrapped && isSilentTemplate(key.value, depth, scope, look);
  return isSilentKey && isSilentExpression(value, depth, scope, look);
}

function isSilentTemplate(e: Template, depth: number, scope: Scope, look: Look): boolean {
  const [only] = e.parts;
  if (e.wrapped && only?.kind === "interpolation") return isSilentExpression(only.value, depth, scope, look);
  return e.parts.every((part) => {
    switch (part.kind) {
      case "text":
        return isSilentText(composed(part.text), look);
      case "interpolation":
        return isSilentInText(evaluate(part.value, scope), depth, look);
      case "if":
      case "for":
        return false;
    }
  });
}

/** A value inside a text. Lists, maps and nulls are errors there, and choices multiply: these are worked out. */
function isSilentInText(value: Value, depth: number, look: Look): boolean {
  return value.kind !== "list" && value.kind !== "map" && value.kind !== "null" && value.kind !== "choice"
    ? isSilentValue(value, depth, look)
    : false;
}

/** An attribute that no argument sets, of a resource that is not made for it: nobody knows it. */
function isAfterApply({ of, name }: GetAttribute, { groups, instancesOf }: Look): boolean {
  if (of.kind !== "get-attribute" || of.of.kind !== "variable") return false;
  const group = groups.get(`${of.of.name}.${of.name.text}`);
  if (group === undefined || isRepeated(group.source) || group.source.attributes.has(name.text)) return false;
  return instancesOf(group.mode, group.type) === "relevant";
}

function isSilentValue(value: Value, depth: number, look: Look): boolean {
  if (depth > depthLooked) return false;
  if (value.kind !== "list" && value.kind !== "map") return isSilentAnew(value, depth, look);
  const parts = look.silent.get(value);
  if (parts !== undefined) {
    look.left -= parts;
    return look.left > 0;
  }
  const before = look.left;
  const isSilentWhole = isSilentAnew(value, depth, look);
  if (isSilentWhole) look.silent.set(value, before - look.left);
  return isSilentWhole;
}

function isSilentAnew(value: Value, depth: number, look: Look): boolean {
  if (--look.left < 0) return false;
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
      return true;
    case "text":
      return value.pieces.every((piece) => {
        if (piece.kind === "encoded") return isSilentValue(piece.value, depth + 1, look);
        if (piece.kind === "hole") return isSilentUnknown(piece.unknown);
        return piece.traces.length === 0 && isSilentText(piece.text, look);
      });
    case "list":
      return isSilentRest(value.rest) && value.items.every((item) => isSilentValue(item.value, depth + 1, look));
    case "map":
      return (
        isSilentRest(value.rest) &&
        value.entries.every((entry) => !look.isRelevant(entry.key) && isSilentValue(entry.value, depth + 1, look))
      );
    case "choice":
      return value.options.every((option) => isSilentValue(option.value, depth + 1, look));
    case "unknown":
      return isSilentUnknown(value);
  }
}

function isSilentText(text: string, look: Look): boolean {
  look.left -= text.length / partLength;
  return look.left > 0 && !look.isRelevant(text);
}

function isSilentRest(rest: Unknown | undefined): boolean {
  return rest === undefined || isSilentUnknown(rest);
}

function isSilentUnknown({ reason, traces }: Unknown): boolean {
  return traces.length === 0 && nothingWrong.has(reason.kind);
}

const nothingWrong: ReadonlySet<ReasonKind> = new Set([
  "no-default",
  "after-apply",
  "data-source",
  "remote-module",
  "import",
]);
