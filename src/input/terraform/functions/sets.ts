import { always, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { put } from "../../../core/map";
import { firstUnknown, unknown } from "../../../core/text";
import type { Item, ListValue, Unknown, Value } from "../../../core/value";
import { unifyItems } from "./conversions";
import { unknownResult, variadic, type Builtin } from "./define";
import { anyGuard, crossed, spreadChoices, uncovered } from "./distribute";
import { sameValue } from "./equal";
import { failIfCertain, joinRests, keyOf, listOf, ordered, setOf } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";

const setunion = ofSets((call, sets) => {
  const rest = joinRests(
    sets.map((set) => set.rest),
    call,
  );
  return setOf(
    sets.flatMap((set) => set.items),
    call,
    rest,
  );
});

const setintersection = ofSets((call, [first, ...others]) => {
  if (first === undefined) return fail(call, "a set is required");
  const rests: (Unknown | undefined)[] = [first.rest];
  const items: Item[] = [];
  const members = others.map((set) => membersOf(set));
  for (const item of first.items) {
    let guards: readonly Guard[] = [item.guard];
    let doubt: Unknown | undefined;
    for (const member of members) {
      const found = member(item.value);
      guards = crossed(guards, found.guards.length === 0 ? [] : [anyGuard(found.guards)]);
      doubt ??= found.doubt;
    }
    for (const guard of guards) items.push({ guard, value: item.value });
    if (doubt !== undefined && !guards.some((guard) => guard.length === 0)) rests.push(doubt);
  }
  return setOf(items, call, joinRests(rests, call));
});

/** What may be in the second set may be gone: it is part of the rest. */
const setsubtract = ofSets((call, [first, second, ...more]) => {
  if (first === undefined || second === undefined || more.length > 0) return fail(call, "two sets are required");
  const rests: (Unknown | undefined)[] = [first.rest];
  const items: Item[] = [];
  const member = membersOf(second);
  for (const item of first.items) {
    const { guards, doubt } = member(item.value);
    const left = crossed([item.guard], uncovered(guards));
    if (left.length > 0 && doubt !== undefined) rests.push(unknownResult([doubt, item.value], "may", call));
    else for (const guard of left) items.push({ guard, value: item.value });
  }
  return setOf(items, call, joinRests(rests, call));
});

/** Sets of one element type, without choices among their items. */
function ofSets(run: (call: Call, sets: readonly ListValue[]) => Value): Builtin {
  return variadic("is", param.list, (call, lists) => {
    if (lists.length === 0) return fail(call, "a set is required");
    if (lists.some((list) => unifyItems(list.items) === undefined)) {
      return failIfCertain(call, "the elements have different types", lists);
    }
    const spread = lists.map((list) => setOf(list.items, call, list.rest));
    const unified = unifyItems(spread.flatMap((list) => list.items));
    if (unified === undefined) return failIfCertain(call, "the elements have different types", lists);
    let from = 0;
    const sets = spread.map((list) => {
      const items = unified.slice(from, from + list.items.length);
      from += list.items.length;
      return setOf(items, call, list.rest);
    });
    return run(call, sets);
  });
}

interface Membership {
  /** The guards under which the value is in the set. */
  readonly guards: readonly Guard[];
  /** Why it may be in it otherwise. */
  readonly doubt: Unknown | undefined;
}

/** The question whether a value is in a set, or among others: by a key where there is one, one by one against what has none. */
export function membersOf(set: ListValue): (value: Value) => Membership {
  const byKey = new Map<string, Guard[]>();
  const opaque: Item[] = [];
  for (const item of set.items) {
    const key = keyOf(item.value);
    if (key !== undefined) put(byKey, key, item.guard);
    if (firstUnknown(item.value) !== undefined) opaque.push(item);
  }
  return (value) => {
    const key = keyOf(value);
    const guards = (key === undefined ? undefined : byKey.get(key)) ?? [];
    const own = firstUnknown(value);
    const asked = own === undefined ? opaque : set.items;
    const similar = asked.find((item) => sameValue(item.value, value) === "maybe");
    const doubt = set.rest ?? (similar && (own ?? firstUnknown(similar.value)));
    return { guards, doubt };
  };
}

/** Every combination, in the order of the arguments; a set where one of them is a set. */
const setproduct = variadic("is", param.list, (call, lists) => {
  if (lists.length < 2) return fail(call, "two sets are required");
  const given = lists.map((list) => ordered(list, call));
  const unified = given.map((list) => unifyItems(spreadChoices(list.items)));
  if (unified.some((items) => items === undefined)) {
    return failIfCertain(call, "the elements have different types", lists);
  }
  const sides = unified.filter((items) => items !== undefined);
  const rest = joinRests(
    given.map((list) => list.rest),
    call,
  );
  const shape = lists.some((list) => list.shape === "set") ? "set" : "list";
  // What is not known at all may be a set, and then so is the product.
  if (shape === "list" && lists.some((list) => list.rest !== undefined && list.items.length === 0)) {
    return unknownResult(lists, "is", call);
  }
  const isEmpty = given.some((list) => list.items.length === 0 && list.rest === undefined);
  if (isEmpty) return listOf([], call, undefined, shape);
  const size = sides.reduce((product, items) => product * items.length, 1);
  if (size > limits.items) return listOf([], call, rest ?? unknown("limit", "items", call.at), shape);
  let rows: readonly Row[] = [{ guard: always, values: [] }];
  for (const items of sides) rows = rows.flatMap((row) => items.flatMap((item) => extended(row, item)));
  const products = rows.map(({ guard, values }) => ({ guard, value: listOf(values.map(there), call) }));
  return shape === "set" ? setOf(products, call, rest) : listOf(products, call, rest);
});

interface Row {
  readonly guard: Guard;
  readonly values: readonly Value[];
}

function extended(row: Row, item: Item): readonly Row[] {
  return crossed([row.guard], [item.guard]).map((guard) => ({ guard, values: [...row.values, item.value] }));
}

function there(value: Value): Item {
  return { guard: always, value };
}

export const sets: Readonly<Record<string, Builtin>> = { setintersection, setproduct, setsubtract, setunion };
