import { choose, type Alternative } from "./choice";
import { always, both, negate, type Guard } from "./guard";
import { limits } from "./limits";
import type { Span } from "./source";
import { optionsOf, tracesOf, unknown } from "./text";
import { stepped } from "./trace";
import type { Definite, Item, ListValue, Unknown, Value } from "./value";

/**
 * Calls a function once for every way in which the choices among its arguments can come out, and gives the choice of
 * the results. Where the ways are too many, the widest choices count as unknown, so that a text that is put together
 * from them keeps its known pieces.
 */
export function distribute(args: readonly Value[], at: Span, call: (args: readonly Definite[]) => Value): Value {
  if (args.every(isDefinite)) return call(args);
  return distributed(args, at, call, optionsOf);
}

function isDefinite(value: Value): value is Definite {
  return value.kind !== "choice";
}

/** As `distribute`, with the arguments at `apart` handed over as they are. */
export function distributeBeside(
  args: readonly Value[],
  at: Span,
  call: (args: readonly Value[]) => Value,
  apart: (index: number) => boolean,
): Value {
  if (args.every((arg, i) => isDefinite(arg) || apart(i))) return call(args);
  return distributed(args, at, call, (arg, i) => (apart(i) ? [{ guard: always, value: arg }] : optionsOf(arg)));
}

interface Option<T> {
  readonly guard: Guard;
  readonly value: T;
}

type OptionsOf<T> = (arg: Value, index: number) => readonly Option<T>[];

function distributed<T>(
  args: readonly Value[],
  at: Span,
  call: (args: readonly T[]) => Value,
  options: OptionsOf<T>,
): Value {
  for (let current = args; ; current = withoutWidest(current, options)) {
    const ways = waysOf(current.map(options));
    const [only] = ways ?? [];
    if (ways === undefined) continue;
    if (only !== undefined && ways.length === 1 && only.guard.length === 0) return call(only.args);
    return choose(
      ways.map((way) => ({ guard: way.guard, value: call(way.args) })),
      at,
    );
  }
}

interface Way<T> {
  readonly guard: Guard;
  readonly args: readonly T[];
}

/** The ways in which the choices can come out; undefined where they are too many. */
function waysOf<T>(args: readonly (readonly Option<T>[])[]): readonly Way<T>[] | undefined {
  let ways: { guard: Guard; args: T[] }[] = [{ guard: always, args: [] }];
  for (const options of args) {
    const [only] = options;
    if (only !== undefined && options.length === 1 && only.guard.length === 0) {
      for (const way of ways) way.args.push(only.value);
      continue;
    }
    const next: typeof ways = [];
    for (const way of ways) {
      for (const option of options) {
        const guard = both(way.guard, option.guard);
        if (guard !== undefined) next.push({ guard, args: [...way.args, option.value] });
      }
    }
    if (next.length > limits.options) return undefined;
    ways = next;
  }
  return ways;
}

function withoutWidest<T>(args: readonly Value[], options: OptionsOf<T>): readonly Value[] {
  const widths = args.map((arg, i) => options(arg, i).length);
  const widest = widths.indexOf(widths.reduce((a, b) => Math.max(a, b), 0));
  return args.map((arg, i) => (i === widest ? overOptions(arg) : arg));
}

/** Unknown because the ways in which a value can come out are too many. */
export function overOptions(value: Value): Unknown {
  return unknown("limit", "options", value.at, { traces: stepped(tracesOf(value), "a choice", "may", value.at) });
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
      const present = both(world.guard, item.guard);
      for (const option of present === undefined ? [] : optionsOf(item.value)) {
        const guard = present && both(present, option.guard);
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
