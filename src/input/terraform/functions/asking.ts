import { choose, type Alternative } from "../../../core/choice";
import { always, both, negate, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { charactersOf } from "../../../core/encode";
import { put } from "../../../core/map";
import { unknown } from "../../../core/text";
import type { Truth } from "../../../core/truth";
import type { Definite, Item, Value } from "../../../core/value";
import { toBool } from "./convert";
import { binary, unary, unknownResult, type Builtin } from "./define";
import { anyGuard, crossed, spreadChoices, uncovered, union } from "./distribute";
import { sameValue } from "./equal";
import { sameWhen } from "./same-when";
import { graphemes } from "./graphemes";
import { failIfCertain, isVague, vagueness } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { bool, number } from "./pieces";

/** Of a string in grapheme clusters. Guards among the items give a choice of numbers. */
const length = unary("none", param.any, (call, value) => {
  switch (value.kind) {
    case "text": {
      const characters = charactersOf(value);
      return characters === undefined
        ? unknownResult([value], "none", call)
        : number(graphemes(characters).length, call);
    }
    case "list": {
      const values = value.items.map((item) => item.value);
      if (value.rest !== undefined) return unknownResult([value.rest], "none", call);
      if (isVague(value, values)) return unknownResult(values, "none", call);
      return countOf(
        value.items.map((item) => item.guard),
        call,
      );
    }
    case "map":
      if (value.rest !== undefined) return unknownResult([value.rest], "none", call);
      return countOf(guardsByKey(value.entries), call);
    case "unknown":
      return unknownResult([value], "none", call);
    case "null":
    case "bool":
    case "number":
      return fail(call, "the value has no length");
  }
});

/** One guard a key, since a key that stands several times is there once. */
function guardsByKey(entries: readonly { readonly key: string; readonly guard: Guard }[]): readonly Guard[] {
  const guards = new Map<string, Guard[]>();
  for (const { key, guard } of entries) {
    put(guards, key, guard);
  }
  return [...guards.values()].map(anyGuard);
}

function countOf(guards: readonly Guard[], call: Call): Value {
  let counts: readonly { readonly guard: Guard; readonly count: number }[] = [{ guard: always, count: 0 }];
  for (const guard of guards) {
    if (guard.length === 0) {
      counts = counts.map((one) => ({ guard: one.guard, count: one.count + 1 }));
      continue;
    }
    const next: { guard: Guard; count: number }[] = [];
    for (const one of counts) {
      for (const joint of crossed([one.guard], [guard])) next.push({ guard: joint, count: one.count + 1 });
      for (const joint of crossed([one.guard], negate(guard))) next.push({ guard: joint, count: one.count });
    }
    if (next.length > limits.options) return unknown("limit", "options", call.at);
    counts = next;
  }
  return choose(
    counts.map(({ guard, count }) => ({ guard, value: number(count, call) })),
    call.at,
  );
}

const element = binary("may", [param.items, param.integer], (call, list, index) => {
  if (list.shape === "set") return fail(call, "a set has no order");
  if (list.rest !== undefined) return unknownResult([list.rest, ...list.items], "may", call);
  if (list.items.length === 0) return fail(call, "the list is empty");
  return list.items.at(index % list.items.length) ?? fail(call, "the list is empty");
});

const index = binary("none", [param.items, param.any], (call, list, wanted) => {
  if (list.shape === "set") return fail(call, "a set has no order");
  if (list.rest !== undefined) return unknownResult([list.rest], "none", call);
  for (const [i, item] of list.items.entries()) {
    const answer = sameValue(item, wanted);
    if (answer === "yes") return number(i, call);
    if (answer === "maybe") return unknownResult([item, wanted], "none", call);
  }
  return fail(call, "the item is not in the list");
});

const contains = binary("none", [param.list, param.any], (call, list, wanted) => {
  const spread = spreadChoices(list.items);
  const items = spread.length > limits.options ? spread : spread.map((item) => itemIfSame(item, wanted));
  const asked = ask(items, (value) => sameValue(value, wanted));
  const more = list.rest === undefined ? [] : [list.rest];
  return answer(asked, true, [...asked.maybe, ...more, wanted], more.length > 0, call);
});

/** An item that is equal under a guard is found under it: `contains(["prod"], var.env)` is `var.env == "prod"`. */
function itemIfSame(item: Item, wanted: Definite): Item {
  if (item.value.kind === "choice") return item;
  const guard = sameWhen(item.value, wanted);
  const there = guard && both(item.guard, guard);
  return there === undefined ? item : { guard: there, value: wanted };
}

/** A null counts as false. */
const alltrue = unary("none", param.list, (call, list) => quantified(call, list.items, list.rest, false));

const anytrue = unary("none", param.list, (call, list) => quantified(call, list.items, list.rest, true));

/** Is there an item that decides, and so makes the result what it is itself? */
function quantified(call: Call, all: readonly Item[], rest: Value | undefined, decides: boolean): Value {
  const items = spreadChoices(all);
  if (items.some(({ value }) => value.kind !== "choice" && !mayBeBool(value))) {
    return failIfCertain(call, "the items must be bools", [{ items: all }]);
  }
  const asked = ask(items, (value) => {
    if (value.kind === "null") return decides ? "no" : "yes";
    const given = value.kind === "choice" ? undefined : toBool(value);
    if (given === undefined) return "maybe";
    return given.value === decides ? "yes" : "no";
  });
  return answer(asked, decides, [...asked.maybe, ...(rest ? [rest] : [])], rest !== undefined, call);
}

function mayBeBool(value: Definite): boolean {
  if (value.kind === "text") return toBool(value) !== undefined || charactersOf(value) === undefined;
  return value.kind === "bool" || value.kind === "null" || value.kind === "unknown";
}

interface Asked {
  /** The guards of the items that say yes. */
  readonly yes: readonly Guard[];
  readonly maybe: readonly Value[];
}

function ask(items: readonly Item[], question: (value: Value) => Truth): Asked {
  const yes: Guard[] = [];
  const maybe: Value[] = [];
  for (const item of items) {
    const answer = question(item.value);
    if (answer === "yes") yes.push(item.guard);
    else if (answer === "maybe") maybe.push(item.value);
  }
  return { yes, maybe };
}

/** `found` under the guards of a yes; elsewhere its opposite, unless a maybe or a rest leaves that open. */
function answer(asked: Asked, found: boolean, causes: readonly Value[], hasRest: boolean, call: Call): Value {
  const isOpen = hasRest || asked.maybe.length > 0;
  const otherwise: Value = isOpen ? unknownResult(causes, "none", call) : bool(!found, call);
  if (asked.yes.length === 0) return otherwise;
  const some = union(asked.yes);
  const taken: Alternative[] = [{ guard: some, value: bool(found, call) }];
  return choose([...taken, ...uncovered([some]).map((guard) => ({ guard, value: otherwise }))], call.at);
}

/** The one item, or null of an empty list. */
const one = unary("is", param.items, (call, list) => {
  const vague = vagueness(list);
  const isOne = vague === undefined || (list.rest === undefined && list.items.length === 1);
  if (!isOne)
    return list.items.length > 1 && list.shape === "list"
      ? fail(call, "the list has more than one item")
      : unknownResult([vague, ...list.items], "may", call);
  if (list.items.length > 1) return fail(call, "the list has more than one item");
  return list.items[0] ?? { kind: "null", at: call.at };
});

export const asking: Readonly<Record<string, Builtin>> = { alltrue, anytrue, contains, element, index, length, one };
