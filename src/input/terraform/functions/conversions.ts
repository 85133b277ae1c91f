import { firstUnknown } from "../../../core/text";
import type { Definite, Item, ListValue, NullValue, Value } from "../../../core/value";
import { toBool, toNumber, toText } from "./convert";
import { unary, unknownResult, type Builtin } from "./define";
import { spreadChoices } from "./distribute";
import { failIfCertain, ordered, setOf } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { unify } from "./unify";

/** Conversions take a null, and leave alone what is not known: the value of another type is the same value. */
function conversion(type: NullValue["type"], convert: (call: Call, value: Definite) => Value): Builtin {
  return unary("is", param.nullable, (call, value) => {
    if (value.kind === "null") return { ...value, type };
    return value.kind === "unknown" ? value : convert(call, value);
  });
}

const tostring = conversion("text", (call, value) => toText(value) ?? fail(call, "the value has no string form"));

const tonumber = conversion("number", (call, value) => {
  if (value.kind === "text" && firstUnknown(value) !== undefined) return unknownResult([value], "none", call);
  return toNumber(value) ?? fail(call, "the value is no number");
});

const tobool = conversion("bool", (call, value) => {
  if (value.kind === "text" && firstUnknown(value) !== undefined) return unknownResult([value], "none", call);
  return toBool(value) ?? fail(call, "the value is no bool");
});

export const tolist = conversion("list", (call, value) => {
  if (value.kind !== "list") return fail(call, "the value is no list");
  const list = ordered(value, call);
  const items = unifyItems(list.items);
  if (items === undefined) return failIfCertain(call, "the elements have different types", [list]);
  return { ...list, typed: true, items };
});

const toset = conversion("set", (call, value) => {
  if (value.kind !== "list") return fail(call, "the value is no list");
  return value.shape === "set"
    ? value
    : (asSet(value, call) ?? failIfCertain(call, "the elements have different types", [value]));
});

export const tomap = conversion("map", (call, value) => {
  if (value.kind !== "map") return fail(call, "the value is no map");
  const before = value.entries.map((entry) => entry.value);
  const values = unify(before);
  if (values === undefined)
    return failIfCertain(call, "the elements have different types", [
      { items: value.entries, ...(value.rest && { rest: value.rest }) },
    ]);
  if (values === before) return { ...value, typed: true };
  return {
    ...value,
    typed: true,
    entries: value.entries.map((entry, i) => ({ ...entry, value: values[i] ?? entry.value })),
  };
});

/** A list as a set, or undefined where its items are of no single type. */
function asSet(list: ListValue, call: Call): ListValue | undefined {
  const items = unifyItems(spreadChoices(list.items));
  return items && setOf(items, call, list.rest);
}

/** Items of one type; the same array where nothing is converted. */
export function unifyItems(items: readonly Item[]): readonly Item[] | undefined {
  const before = items.map((item) => item.value);
  const values = unify(before);
  if (values === before) return items;
  return values && items.map((item, i) => ({ ...item, value: values[i] ?? item.value }));
}

export const conversions: Readonly<Record<string, Builtin>> = { tobool, tolist, tomap, tonumber, toset, tostring };
