import { choose } from "../../../core/choice";
import { settle } from "../../../core/distribute";
import { negate } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Item, ListValue, Value } from "../../../core/value";
import { consequence, isError, type CallContext } from "./context";
import { fail } from "./param";

/** A call of a function with its arguments. */
type CallWith = (args: readonly Value[]) => Value;

/** `name(args, list...)`: every item of the list is an argument of its own. */
export function spread(
  name: string,
  args: readonly Value[],
  list: Value,
  context: CallContext,
  callWith: CallWith,
): Value {
  const given = neutral.has(name) ? list : settle(list);
  switch (given.kind) {
    case "choice": {
      const results = given.options.map(({ guard, value }) => ({
        guard,
        value: spread(name, args, value, context, callWith),
      }));
      return choose(results, context.at);
    }
    case "list":
      if (given.items.length > limits.items) return unknown("limit", "items", context.at);
      return neutral.has(name)
        ? spreadOpen(name, args, given, callWith)
        : spreadSettled(args, given, context, callWith);
    case "unknown":
      return isError(given) ? given : notKnown([given], context);
    case "null":
    case "bool":
    case "number":
    case "text":
    case "map":
      return fail({ ...context, name }, "a list must stand before ...");
  }
}

/** What adds nothing, as an argument of functions that take any number of them. */
const neutral: ReadonlyMap<string, (list: ListValue) => Value> = new Map([
  ["concat", ({ at }: ListValue): Value => ({ kind: "list", shape: "list", items: [], at })],
  ["merge", ({ at }: ListValue): Value => ({ kind: "map", entries: [], at })],
  ["setunion", ({ at }: ListValue): Value => ({ kind: "list", shape: "set", items: [], at })],
]);

/** An item that may not be there is a choice of itself and of nothing; the rest is one more argument, the last. */
function spreadOpen(name: string, args: readonly Value[], list: ListValue, callWith: CallWith): Value {
  const items = list.items.map((item) => argumentOf(item, neutral.get(name)?.(list)));
  return callWith([...args, ...items, ...(list.rest === undefined ? [] : [list.rest])]);
}

function argumentOf({ guard, value }: Item, otherwise: Value | undefined): Value {
  if (guard.length === 0 || otherwise === undefined) return value;
  const absent = negate(guard).map((opposite) => ({ guard: opposite, value: otherwise }));
  return choose([{ guard, value }, ...absent], value.at);
}

function spreadSettled(args: readonly Value[], list: ListValue, context: CallContext, callWith: CallWith): Value {
  if (list.rest !== undefined) return notKnown([list.rest, ...args, list], context);
  return callWith([...args, ...list.items.map((item) => item.value)]);
}

function notKnown(values: readonly Value[], context: CallContext): Value {
  return consequence(values, context.at, stepped(mergeTraces(values.flatMap(tracesOf)), "...", "may", context.at));
}
