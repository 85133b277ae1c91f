import { choose, type Alternative } from "../../../core/choice";
import { always, both, either, guardKey, negate, when, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { optionsOf, tracesOf, unknown } from "../../../core/text";
import type { Choice, Definite, Item, ListValue, Unknown, Value } from "../../../core/value";
import { isError, stepped } from "./context";

/**
 * Calls a function once for every way in which the choices among its arguments can come out, and gives the choice of
 * the results. Arguments at `apart` are handed over as they are. Where the ways are too many, the widest choices count
 * as unknown, so that a text that is put together from them keeps its known pieces.
 */
export function distribute(
  args: readonly Value[],
  at: Span,
  call: (args: readonly Value[]) => Value,
  apart: (index: number) => boolean = () => false,
): Value {
  if (!args.some((arg, i) => arg.kind === "choice" && !apart(i))) return call(args);
  for (let current = args; ;) {
    const ways = waysOf(current, apart);
    if (ways !== undefined)
      return choose(
        ways.map(({ guard, args }) => ({ guard, value: call(args) })),
        at,
      );
    current = withoutWidest(current, apart);
  }
}

interface Way {
  readonly guard: Guard;
  readonly args: readonly Value[];
}

function waysOf(args: readonly Value[], apart: (index: number) => boolean): readonly Way[] | undefined {
  let ways: readonly Way[] = [{ guard: always, args: [] }];
  for (const [i, arg] of args.entries()) {
    if (arg.kind !== "choice" || apart(i)) {
      ways = ways.map((way) => ({ guard: way.guard, args: [...way.args, arg] }));
      continue;
    }
    const next: Way[] = [];
    for (const way of ways) {
      for (const option of arg.options) {
        const guard = both(way.guard, option.guard);
        if (guard !== undefined) next.push({ guard, args: [...way.args, option.value] });
      }
    }
    if (next.length > limits.options) return undefined;
    ways = next;
  }
  return ways;
}

function withoutWidest(args: readonly Value[], apart: (index: number) => boolean): readonly Value[] {
  const widths = args.map((arg, i) => (arg.kind === "choice" && !apart(i) ? arg.options.length : 0));
  const widest = widths.indexOf(widths.reduce((a, b) => Math.max(a, b), 0));
  return args.map((arg, i) => (i === widest ? overOptions(arg) : arg));
}

/** Unknown because the ways in which a value can come out are too many. */
export function overOptions(value: Value): Definite {
  return unknown("limit", "options", value.at, { traces: stepped(tracesOf(value), "a choice", "may", value.at) });
}

/** A list whose items are all there and are no choices. Items may be unknown, and there may be a rest. */
export interface Items {
  readonly shape: ListValue["shape"];
  readonly items: readonly Definite[];
  readonly rest?: Unknown;
  readonly at: Span;
}

/** A list as a choice of lists without guards and choices among their items; other values as they are. */
export function settle(value: Value): Value {
  if (value.kind === "list") return settleList(value);
  if (value.kind !== "choice") return value;
  return choose(
    value.options.map((option) => ({ guard: option.guard, value: settle(option.value) })),
    value.at,
  );
}

function settleList(list: ListValue): Value {
  if (list.items.every(isSettled)) return list;
  const whole = worldsOf(list.items) ?? worldsOf(list.items.map(withoutChoice));
  if (whole === undefined) return overOptions(list);
  const alternatives = whole.map(({ guard, items }): Alternative => ({
    guard,
    value: { ...list, items: items.map((value) => ({ guard: always, value })) },
  }));
  return choose(alternatives, list.at);
}

function isSettled(item: Item): boolean {
  return item.guard.length === 0 && item.value.kind !== "choice";
}

function withoutChoice(item: Item): Item {
  return item.value.kind === "choice" ? { ...item, value: overOptions(item.value) } : item;
}

interface World {
  readonly guard: Guard;
  readonly items: readonly Definite[];
}

/** The lists that items under guards can be, or undefined where they are too many. */
function worldsOf(items: readonly Item[]): readonly World[] | undefined {
  let worlds: { guard: Guard; items: Definite[] }[] = [{ guard: always, items: [] }];
  for (const item of items) {
    if (item.guard.length === 0 && item.value.kind !== "choice") {
      for (const world of worlds) world.items.push(item.value);
      continue;
    }
    const next: typeof worlds = [];
    for (const world of worlds) {
      for (const option of optionsOf(item.value)) {
        const guard = joined([world.guard, item.guard, option.guard]);
        if (guard !== undefined) next.push({ guard, items: [...world.items, option.value] });
      }
      for (const opposite of negate(item.guard)) {
        const guard = both(world.guard, opposite);
        if (guard !== undefined) next.push({ guard, items: [...world.items] });
      }
      if (next.length > limits.options) return undefined;
    }
    worlds = next;
  }
  return worlds;
}

/** All guards at once, or undefined where they exclude each other. */
export function joined(guards: readonly Guard[]): Guard | undefined {
  let result: Guard | undefined = always;
  for (const guard of guards) result = result && both(result, guard);
  return result;
}

/** Every guard of the one with every guard of the other, but for those that exclude each other. */
export function crossed(some: readonly Guard[], others: readonly Guard[]): readonly Guard[] {
  return some.flatMap((guard) => others.map((other) => both(guard, other)).filter((one) => one !== undefined));
}

/** The guards under which the one holds and the other does not. */
export function without(guard: Guard, other: Guard): readonly Guard[] {
  return both(guard, other) === undefined ? [guard] : crossed([guard], negate(other));
}

/** The guards under which none of the given ones holds, as alternatives; none where one always holds. */
export function uncovered(guards: readonly Guard[]): readonly Guard[] {
  return guards.length === 0 ? [always] : negate(union(guards));
}

/** One guard that holds where any of them does; the one that always holds where they leave nothing out. */
export function anyGuard(guards: readonly Guard[]): Guard {
  const joint = union(guards);
  return negate(joint).length === 0 ? always : joint;
}

/** As `either`, of guards that are told apart. More than these are one condition, which correlates with itself only. */
export function union(guards: readonly Guard[]): Guard {
  if (guards.length < 2 || guards.some((guard) => guard.length === 0)) return either(guards);
  const different = new Map(guards.map((guard) => [guardKey(guard), guard]));
  if (different.size <= alternativesKept) return either([...different.values()]);
  return when(`any of ${[...different.keys()].join("|")}`, "true", `any of ${different.size} conditions`);
}

const alternativesKept = 64;

/**
 * Items instead of choices among the items: each option is an item under its guard. Only for functions that ask
 * neither for the order nor for the number of the items.
 */
export function spreadChoices(items: readonly Item[]): readonly Item[] {
  if (items.every((item) => item.value.kind !== "choice")) return items;
  return items.flatMap((item) => (item.value.kind === "choice" ? spreadChoice(item.guard, item.value) : [item]));
}

function spreadChoice(outer: Guard, choice: Choice): readonly Item[] {
  return choice.options.flatMap((option) => {
    const guard = both(outer, option.guard);
    return guard === undefined ? [] : [{ guard, value: option.value }];
  });
}

/** Is a value, or is every option of a choice that always has a value, as wanted or unknown without being an error? */
export function isSpreadable(value: Value, isWanted: (option: Definite) => boolean): boolean {
  const options = optionsOf(value);
  if (value.kind === "choice" && uncovered(options.map((option) => option.guard)).length > 0) return false;
  return options.every(
    (option) => isWanted(option.value) || (option.value.kind === "unknown" && !isError(option.value)),
  );
}
