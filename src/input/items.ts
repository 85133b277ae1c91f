import { both, type Guard } from "../core/guard";
import { optionsOf } from "../core/text";
import type { Value } from "../core/value";

/** A value with the guard under which it is there. */
export interface Guarded {
  readonly guard: Guard;
  readonly value: Value;
}

/**
 * The items of a list, or the value itself where it is no list: a list of users is one membership an item. A list that
 * may have more items gives what is unknown of it as an item.
 */
export function itemsOf(value: Value | undefined, guard: Guard): readonly Guarded[] {
  if (value === undefined) return [];
  return optionsOf(value).flatMap((option): readonly Guarded[] => {
    const joined = both(guard, option.guard);
    if (joined === undefined || option.value.kind === "null") return [];
    if (option.value.kind !== "list") return [{ guard: joined, value: option.value }];
    const items = option.value.items.flatMap((item) => {
      const inner = both(joined, item.guard);
      return inner === undefined ? [] : [{ guard: inner, value: item.value }];
    });
    return option.value.rest === undefined ? items : [...items, { guard: joined, value: option.value.rest }];
  });
}
