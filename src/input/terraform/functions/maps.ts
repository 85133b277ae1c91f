import { always } from "../../../core/guard";
import { put } from "../../../core/map";
import { compareCodePoints } from "../../../core/scalar";
import { firstUnknown, optionsOf, text } from "../../../core/text";
import type { Definite, Entry, Item, MapValue, Unknown, Value } from "../../../core/value";
import { charactersOf } from "../../../core/encode";
import { valueByKey } from "./by-key";
import { isError } from "./context";
import { toText } from "./convert";
import { binary, ternary, unary, unknownResult, type Builtin } from "./define";
import { anyGuard, crossed, spreadChoices } from "./distribute";
import { failIfCertain, joinRests, listOf, listOfValues, mapOf, ordered } from "./lists";
import { addEntry, addUnknown, mapOfLayers, merge, startLayers } from "./merge";
import * as param from "./param";
import { fail } from "./param";
import { membersOf } from "./sets";
import { unify } from "./unify";

const keys = unary("is", param.map, (call, map) => {
  const items: Item[] = [];
  for (const [key, entries] of sortedByKey(map)) {
    const [first] = entries;
    if (first === undefined) continue;
    items.push({ guard: anyGuard(entries.map((entry) => entry.guard)), value: text(key, first.keyAt) });
  }
  return listOf(items, call, map.rest);
});

/** In the order of the keys. */
const values = unary("is", param.map, (call, map) => {
  const items = sortedByKey(map).flatMap(([, entries]) => entries.map(({ guard, value }): Item => ({ guard, value })));
  const { any = always, each } = map.rest ?? {};
  return listOf(each === undefined ? items : [...items, { guard: any, value: each }], call, map.rest);
});

function sortedByKey(map: MapValue): readonly (readonly [string, readonly Entry[]])[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of map.entries) {
    put(groups, entry.key, entry);
  }
  return [...groups].sort(([a], [b]) => compareCodePoints(a, b));
}

const lookup = ternary("may", [param.map, param.text, param.optional(param.nullable)], (call, map, key, fallback) => {
  const others = fallback === undefined ? [] : [fallback];
  const otherwise = {
    missing: (rest: Unknown | undefined) => {
      if (rest === undefined)
        return fallback === undefined ? fail(call, "the map has no such key") : asElement(fallback, map);
      return unknownResult([rest, ...others], "may", call);
    },
    opaque: () => unknownResult([map, key, ...others], "may", call),
  };
  return valueByKey(map, key, otherwise, call.at);
});

/** Elements of a map have one type, attributes of an object have not. */
function asElement(value: Definite, { typed, entries }: MapValue): Definite {
  const isOfStrings = typed === true && entries.some((entry) => entry.value.kind === "text");
  return isOfStrings ? (toText(value) ?? value) : value;
}

const zipmap = binary("is", [param.items, param.items], (call, names, items) => {
  if (items.shape === "set") return fail(call, "the values must be a list");
  const rest = joinRests([names.rest, items.rest], call);
  if (rest !== undefined) return mapOf([], call, unknownResult([rest, ...names.items, ...items.items], "is", call));
  if (names.items.length !== items.items.length) return fail(call, "the numbers of keys and values differ");
  const layers = startLayers();
  for (const [i, name] of names.items.entries()) {
    const value = items.items[i];
    const given = toText(name);
    if (given === undefined || value === undefined) return fail(call, "the keys must be strings");
    const key = charactersOf(given);
    if (key === undefined) addUnknown(layers, always, unknownResult([name, value], "is", call), call);
    else addEntry(layers, always, { key, keyAt: name.at, guard: always, value }, call);
  }
  return mapOfLayers(layers, call);
});

const notStrings = "the elements must be lists of strings";

/** Keys become values. */
const transpose = unary("is", param.map, (call, map) => {
  const groups = new Map<string, Item[]>();
  const rests: (Unknown | undefined)[] = [map.rest];
  for (const [key, entries] of sortedByKey(map)) {
    for (const entry of entries) {
      for (const { guard, value } of optionsOf(entry.value)) {
        if (isError(value)) return value;
        if (value.kind === "unknown") {
          rests.push(value);
          continue;
        }
        if (value.kind !== "list") return failIfCertain(call, notStrings, [{ items: map.entries }]);
        const source = text(key, entry.keyAt);
        const list = ordered(value, call);
        rests.push(list.rest);
        for (const item of spreadChoices(list.items)) {
          const name = item.value.kind === "choice" ? undefined : toText(item.value);
          if (name === undefined) return failIfCertain(call, notStrings, [{ items: map.entries }, list]);
          const characters = charactersOf(name);
          if (characters === undefined) rests.push(firstUnknown(name));
          else
            for (const joint of crossed(crossed([entry.guard], [guard]), [item.guard]))
              put(groups, characters, { guard: joint, value: source });
        }
      }
    }
  }
  const rest = joinRests(rests, call);
  const names = [...groups].sort(([a], [b]) => compareCodePoints(a, b));
  return mapOf(
    names.map(([key, items]) => ({
      key,
      keyAt: call.at,
      guard: anyGuard(items.map((item) => item.guard)),
      value: listOf(items, call, rest),
    })),
    call,
    rest,
  );
});

/** The values whose key, at the same place, is among those searched for. */
const matchkeys = ternary("is", [param.items, param.items, param.items], (call, items, names, wanted) => {
  const rest = items.rest ?? names.rest ?? wanted.rest;
  if (rest !== undefined) return listOf([], call, unknownResult([rest, ...items.items], "is", call));
  if (items.items.length !== names.items.length) return fail(call, "the numbers of keys and values differ");
  const values = unify(items.items);
  if (values === undefined) {
    return failIfCertain(call, "the values have different types", [listOfValues(items.items, call)]);
  }
  const texts = unify([...names.items, ...wanted.items]);
  const isTyped = unify(names.items) !== undefined && unify(wanted.items) !== undefined;
  if (texts === undefined || !isTyped) {
    const all = listOfValues([...items.items, ...names.items, ...wanted.items], call);
    return failIfCertain(call, "the keys have different types", [all]);
  }
  const searched = texts.slice(names.items.length);
  const member = membersOf({
    kind: "list",
    shape: "list",
    at: call.at,
    items: searched.map((value) => ({ guard: always, value })),
  });
  const found: Value[] = [];
  const rests: Unknown[] = [];
  for (const [i, item] of values.entries()) {
    const name = texts[i];
    if (name === undefined) continue;
    const { guards, doubt } = member(name);
    if (guards.length > 0) found.push(item);
    else if (doubt !== undefined) rests.push(unknownResult([name, item, ...searched], "is", call));
  }
  return listOfValues(found, call, joinRests(rests, call));
});

export const maps: Readonly<Record<string, Builtin>> = { keys, lookup, matchkeys, merge, transpose, values, zipmap };
