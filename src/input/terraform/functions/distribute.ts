import { always, both, either, guardKey, negate, when, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { optionsOf } from "../../../core/text";
import type { Choice, Definite, Item, ListValue, Unknown, Value } from "../../../core/value";
import { isError } from "./context";

/** A list whose items are all there and are no choices. Items may be unknown, and there may be a rest. */
export interface Items {
  readonly shape: ListValue["shape"];
  readonly items: readonly Definite[];
  readonly rest?: Unknown;
  readonly at: Span;
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

/** As `either`, of guards that are told apart. Over the limit they are one condition. */
export function union(guards: readonly Guard[]): Guard {
  if (guards.length < 2 || guards.some((guard) => guard.length === 0)) return either(guards);
  const different = new Map(guards.map((guard) => [guardKey(guard), guard]));
  if (different.size <= limits.alternatives) return either([...different.values()]);
  return when(`any of ${[...different.keys()].join("|")}`, "true", `any of ${different.size} conditions`);
}

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
