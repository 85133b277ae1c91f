import { choose } from "../../../core/choice";
import { when } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { entriesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, Entry, MapValue, NullValue, Value } from "../../../core/value";
import { asBool, asNumber, asText, described } from "../evaluate/convert";
import { callFunction } from "../functions";
import { invalid, isError, type CallContext } from "../functions/context";
import { uncovered } from "../functions/distribute";
import type { Expression } from "../parse/syntax";

/** A type constraint of a variable (Terraform language: "Type Constraints"). */
export type Type = PrimitiveType | ListType | MapType;

interface PrimitiveType {
  readonly kind: "any" | "string" | "number" | "bool";
}

type ListType =
  { readonly kind: "list" | "set"; readonly of: Type } | { readonly kind: "tuple"; readonly of: readonly Type[] };

type MapType =
  | { readonly kind: "map"; readonly of: Type }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, ObjectAttribute> };

interface ObjectAttribute {
  readonly type: Type;
  readonly optional: boolean;
  readonly default: Expression | undefined;
}

const any: Type = { kind: "any" };

/** What is no type stands for any: it is reported where the variable is used wrongly, if it is. */
export function typeOf(e: Expression | undefined): Type {
  if (e === undefined) return any;
  switch (e.kind) {
    case "variable":
      return named(e.name);
    case "template":
      return named(e.parts.map((part) => (part.kind === "text" ? part.text : "")).join(""));
    case "parentheses":
      return typeOf(e.value);
    case "call":
      return constructed(e.name.text, e.args[0]);
    case "literal":
    case "get-attribute":
    case "index":
    case "splat":
    case "splat-item":
    case "unary":
    case "binary":
    case "conditional":
    case "tuple":
    case "object":
    case "for-tuple":
    case "for-object":
    case "invalid":
      return any;
  }
}

/** `list` and `map` alone, and types in quotes, are of Terraform 0.11. */
function named(name: string): Type {
  switch (name) {
    case "string":
    case "number":
    case "bool":
      return { kind: name };
    case "list":
    case "set":
    case "map":
      return { kind: name, of: any };
  }
  return any;
}

function constructed(constructor: string, argument: Expression | undefined): Type {
  switch (constructor) {
    case "list":
    case "set":
    case "map":
      return { kind: constructor, of: typeOf(argument) };
    case "tuple":
      return argument?.kind === "tuple" ? { kind: "tuple", of: argument.items.map(typeOf) } : any;
    case "object":
      return argument?.kind === "object" ? objectType(argument) : any;
  }
  return any;
}

function objectType(e: Extract<Expression, { kind: "object" }>): Type {
  const attributes = new Map<string, ObjectAttribute>();
  for (const { key, value } of e.items) {
    const name = key.kind === "name" ? key.name.text : nameIn(key.value);
    if (name !== undefined) attributes.set(name, objectAttribute(value));
  }
  return { kind: "object", attributes };
}

function nameIn(e: Expression): string | undefined {
  const [part] = e.kind === "template" ? e.parts : [];
  return part?.kind === "text" ? part.text : undefined;
}

function objectAttribute(e: Expression): ObjectAttribute {
  if (e.kind !== "call" || e.name.text !== "optional") return { type: typeOf(e), optional: false, default: undefined };
  return { type: typeOf(e.args[0]), optional: true, default: e.args[1] };
}

/** What a conversion needs: the place for errors, the functions, and how defaults of attributes are evaluated. */
interface Conversion {
  /** The variable, for errors: `var.users`. */
  readonly what: string;
  readonly context: CallContext;
  evaluate(e: Expression): Value;
}

/** A value of the type, what is not known of it, or the error that it has none. */
export function converted(value: Value, type: Type, conversion: Conversion, depth = 0): Value {
  if (type.kind === "any" || depth > limits.depth) return value;
  if (value.kind !== "choice") return convertedDefinite(value, type, conversion, depth);
  return choose(
    value.options.map(({ guard, value: one }) => ({ guard, value: convertedDefinite(one, type, conversion, depth) })),
    value.at,
  );
}

function convertedDefinite(value: Definite, type: Type, conversion: Conversion, depth: number): Value {
  const { what, context } = conversion;
  if (isError(value)) return value;
  if (value.kind === "null") return { ...value, type: nullType(type) };
  switch (type.kind) {
    case "any":
      return value;
    case "string":
      return asText(value, what, context.at);
    case "number":
      return asNumber(value, what, context.at);
    case "bool":
      return eitherWay(asBool(value, what, context.at));
    case "list":
    case "set":
    case "tuple":
      return value.kind === "unknown" ? value : convertedList(value, type, conversion, depth);
    case "map":
    case "object":
      return value.kind === "unknown" ? value : convertedMap(value, type, conversion, depth);
  }
}

function nullType(type: Type): NullValue["type"] {
  switch (type.kind) {
    case "any":
    case "tuple":
    case "object":
      return undefined;
    case "string":
      return "text";
    case "number":
    case "bool":
    case "list":
    case "set":
    case "map":
      return type.kind;
  }
}

/** A bool that is not known is one or the other. */
function eitherWay(value: Definite): Value {
  if (value.kind !== "unknown" || value.id === undefined) return value;
  return undecidedBool(value.id, value.at);
}

export function undecidedBool(id: string, at: Span): Value {
  return {
    kind: "choice",
    at,
    options: [
      { guard: when(id, true), value: { kind: "bool", value: true, at } },
      { guard: when(id, false), value: { kind: "bool", value: false, at } },
    ],
  };
}

function convertedList(value: Definite, type: ListType, conversion: Conversion, depth: number): Value {
  const { what, context } = conversion;
  if (value.kind !== "list") return invalid(`${what} must be a ${type.kind}, not ${described(value)}`, context.at);
  const items = value.items.map((item, i) => ({
    ...item,
    value: converted(item.value, type.kind === "tuple" ? (type.of[i] ?? any) : type.of, conversion, depth + 1),
  }));
  const error = items.find((item) => item.guard.length === 0 && isError(item.value));
  if (error !== undefined) return error.value;
  if (type.kind === "tuple") return { ...value, items };
  // Items that were different may be the same by now.
  if (type.kind === "set") return callFunction("toset", [{ ...value, items, shape: "list" }], context);
  return callFunction("tolist", [{ ...value, items }], context);
}

function convertedMap(value: Definite, type: MapType, conversion: Conversion, depth: number): Value {
  const { what, context } = conversion;
  if (value.kind !== "map") return invalid(`${what} must be a ${type.kind}, not ${described(value)}`, context.at);
  if (type.kind === "object") return convertedObject(value, type.attributes, conversion, depth);
  const entries = value.entries.map((entry) => ({
    ...entry,
    value: converted(entry.value, type.of, conversion, depth + 1),
  }));
  const error = entries.find((entry) => entry.guard.length === 0 && isError(entry.value));
  return error?.value ?? callFunction("tomap", [{ ...value, entries }], context);
}

/**
 * Attributes that the type does not name are left out; optional ones that are not there, or null, have their default,
 * also where they are there under a guard only.
 */
function convertedObject(
  value: MapValue,
  attributes: ReadonlyMap<string, ObjectAttribute>,
  conversion: Conversion,
  depth: number,
): Value {
  const { what, context } = conversion;
  const entries: Entry[] = [];
  for (const [name, attribute] of attributes) {
    const inner = { ...conversion, what: `${what}.${name}` };
    const given = entriesOf(value, name);
    for (const entry of given) {
      const isUnset = entry.value.kind === "null" && attribute.default !== undefined;
      const now = isUnset ? defaultOf(attribute, conversion) : entry.value;
      const next = converted(now, attribute.type, inner, depth + 1);
      if (isError(next)) return next;
      entries.push({ ...entry, value: next });
    }
    for (const guard of uncovered(given.map((entry) => entry.guard))) {
      const missing = missingAttribute(value, attribute, inner);
      if (isError(missing) && given.length === 0) return missing;
      const next = converted(missing, attribute.type, inner, depth + 1);
      entries.push({ key: name, keyAt: context.at, guard, value: next });
    }
  }
  return { kind: "map", entries, at: value.at };
}

function missingAttribute(
  value: MapValue,
  attribute: ObjectAttribute,
  { what, context, ...conversion }: Conversion,
): Value {
  if (value.rest !== undefined) {
    const { reason, traces } = value.rest;
    return unknown(reason.kind, reason.what, context.at, { traces: stepped(traces, what, "may", context.at) });
  }
  if (attribute.optional) return defaultOf(attribute, { what, context, ...conversion });
  return invalid(`${what} is required and is not set`, context.at);
}

function defaultOf(attribute: ObjectAttribute, conversion: Conversion): Value {
  return attribute.default === undefined
    ? { kind: "null", at: conversion.context.at }
    : conversion.evaluate(attribute.default);
}
