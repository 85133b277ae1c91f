import { undecidedIn, type Guard } from "../../core/guard";
import { put } from "../../core/map";
import { everywhere, without } from "../../core/worlds";
import type { Model } from "../model";
import { perModel } from "../per-model";

/** Is there a world of the guard in which the input is not refused? */
export function isDeployed(model: Model, guard: Guard): boolean {
  const { byUndecided, isAll } = refusalsOf(model);
  return !isAll && without([guard], tiedTo(guard, byUndecided))?.length !== 0;
}

interface Refusals {
  /** By what they hang on: a unit may have thousands, each of a resource of its own. */
  readonly byUndecided: ReadonlyMap<string, readonly Guard[]>;
  /** Is the input refused whatever is decided? */
  readonly isAll: boolean;
}

const refusalsOf = perModel(({ refused = [] }: Model): Refusals => {
  const byUndecided = new Map<string, Guard[]>();
  for (const guard of refused) for (const on of undecidedIn(guard)) put(byUndecided, on, guard);
  const looked = new Set<Guard>();
  const isAll = refused.some((guard) => {
    if (looked.has(guard)) return false; // With those that it is tied to.
    const tied = [guard, ...tiedTo(guard, byUndecided)];
    for (const one of tied) looked.add(one);
    return without(everywhere, tied)?.length === 0;
  });
  return { byUndecided, isAll };
});

/** Those that hang on the same as a guard, or on the same as another one of them. All others leave it as it is. */
function tiedTo(guard: Guard, byUndecided: Refusals["byUndecided"]): ReadonlySet<Guard> {
  const tied = new Set<Guard>();
  const undecided = new Set(undecidedIn(guard));
  for (const on of undecided) {
    for (const one of byUndecided.get(on) ?? []) {
      if (tied.has(one)) continue;
      tied.add(one);
      for (const more of undecidedIn(one)) undecided.add(more);
    }
  }
  return tied;
}
