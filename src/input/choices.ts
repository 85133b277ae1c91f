import { choose } from "../core/choice";
import { always, both, negate, type Guard } from "../core/guard";
import { limits } from "../core/limits";
import type { Span } from "../core/source";
import { optionsOf, tracesOf, unknown } from "../core/text";
import type { Definite, ListValue, Value } from "../core/value";

/**
 * Calls a function once for every way in which the choices among its arguments can come out, and gives the choice of
 * the results. Where the ways are too many, the result is unknown.
 */
export function distribute(args: readonly Value[], at: Span, call: (args: readonly Definite[]) => Value): Value {
  let ways: readonly { readonly guard: Guard; readonly args: readonly Definite[] }[] = [{ guard: always, args: [] }];
  for (const arg of args) {
    const options = optionsOf(arg);
    ways = ways.flatMap((way) =>
      options.flatMap((option) => {
        const guard = both(way.guard, option.guard);
        return guard === undefined ? [] : [{ guard, args: [...way.args, option.value] }];
      }),
    );
    if (ways.length > limits.options) {
      return unknown("limit", "options", at, { traces: args.flatMap((one) => tracesOf(one)) });
    }
  }
  return choose(
    ways.map((way) => ({ guard: way.guard, value: call(way.args) })),
    at,
  );
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
  const worlds = worldsOf(value);
  if (worlds === undefined) return unknown("limit", "options", value.at, { traces: tracesOf(value) });
  return choose(
    worlds.map(({ guard, items }) => ({
      guard,
      value: { ...value, items: items.map((item) => ({ guard: always, value: item })) },
    })),
    value.at,
  );
}

interface World {
  readonly guard: Guard;
  readonly items: readonly Definite[];
}

function worldsOf(list: ListValue): readonly World[] | undefined {
  let worlds: readonly World[] = [{ guard: always, items: [] }];
  for (const item of list.items) {
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
