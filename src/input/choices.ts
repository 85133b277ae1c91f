import { choose } from "../core/choice";
import { always, both, negate, type Guard } from "../core/guard";
import { limits } from "../core/limits";
import type { Span } from "../core/source";
import { optionsOf, tracesOf, unknown } from "../core/text";
import type { Definite, Item, Value } from "../core/value";

/**
 * Calls a function once for every way in which the choices among its arguments can come out, and gives the choice of
 * the results. Where the ways are too many, the widest choices count as unknown, so that a text that is put together
 * from them keeps its known pieces.
 */
export function distribute(args: readonly Value[], at: Span, call: (args: readonly Definite[]) => Value): Value {
  for (let current = args; ; current = withoutWidest(current)) {
    const ways = waysOf(current);
    if (ways === undefined) continue;
    return choose(
      ways.map((way) => ({ guard: way.guard, value: call(way.args) })),
      at,
    );
  }
}

interface Way {
  readonly guard: Guard;
  readonly args: readonly Definite[];
}

/** Undefined where they are too many. */
function waysOf(args: readonly Value[]): readonly Way[] | undefined {
  let ways: Way[] = [{ guard: always, args: [] }];
  for (const arg of args) {
    const options = optionsOf(arg);
    ways = ways.flatMap((way) =>
      options.flatMap((option) => {
        const guard = both(way.guard, option.guard);
        return guard === undefined ? [] : [{ guard, args: [...way.args, option.value] }];
      }),
    );
    if (ways.length > limits.options) return undefined;
  }
  return ways;
}

function withoutWidest(args: readonly Value[]): readonly Value[] {
  const widths = args.map((arg) => (arg.kind === "choice" ? arg.options.length : 0));
  const widest = widths.indexOf(Math.max(...widths));
  return args.map((arg, i) => (i === widest ? overOptions(arg) : arg));
}

function overOptions(value: Value): Definite {
  return unknown("limit", "options", value.at, { traces: tracesOf(value) });
}

/** A list as a choice of lists whose items are all there and are no choices; other values as they are. */
export function settled(value: Value): Value {
  if (value.kind === "choice") {
    return choose(
      value.options.map((option) => ({ guard: option.guard, value: settled(option.value) })),
      value.at,
    );
  }
  if (value.kind !== "list") return value;
  if (value.items.every((item) => item.guard.length === 0 && item.value.kind !== "choice")) return value;
  const worlds = worldsOf(value.items) ?? worldsOf(value.items.map(withoutChoice));
  if (worlds === undefined) return overOptions(value);
  return choose(
    worlds.map(({ guard, items }) => ({
      guard,
      value: { ...value, items: items.map((item) => ({ guard: always, value: item })) },
    })),
    value.at,
  );
}

function withoutChoice(item: Item): Item {
  return item.value.kind === "choice" ? { ...item, value: overOptions(item.value) } : item;
}

interface World {
  readonly guard: Guard;
  readonly items: readonly Definite[];
}

/** The lists that items under guards can be, or undefined where they are too many. */
function worldsOf(list: readonly Item[]): readonly World[] | undefined {
  let worlds: readonly World[] = [{ guard: always, items: [] }];
  for (const item of list) {
    const present = optionsOf(item.value).flatMap((option) => {
      const guard = both(item.guard, option.guard);
      return guard === undefined ? [] : [{ guard, items: [option.value] }];
    });
    const absent = negate(item.guard).map((guard) => ({ guard, items: [] }));
    const next = worlds.flatMap((world) =>
      [...present, ...absent].flatMap(({ guard, items }): readonly World[] => {
        const joined = both(world.guard, guard);
        return joined === undefined ? [] : [{ guard: joined, items: [...world.items, ...items] }];
      }),
    );
    if (next.length > limits.options) return undefined;
    worlds = next;
  }
  return worlds;
}
