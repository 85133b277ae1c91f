import type { Because } from "./finding";
import { always, both, distinct, negate, type Guard } from "./guard";
import { limits } from "./limits";
import type { Span } from "./source";

/**
 * Where something holds: wherever any of the guards does, nowhere for none. A guard is a conjunction, this a disjunction of
 * them. The worlds themselves are never enumerated: parts are cut off the guards, and what remains is the answer.
 */
export type Worlds = readonly Guard[];

export const everywhere: Worlds = [always];

/** The worlds in which the guard holds, too. */
export function within(worlds: Worlds, guard: Guard): Worlds {
  if (guard.length === 0) return worlds;
  return worlds.map((one) => both(one, guard)).filter((one) => one !== undefined);
}

/** The worlds apart by which of the guards hold: each is inside of a guard or outside of it. Undefined: too many. */
export function apart(worlds: Worlds, guards: Iterable<Guard>): Worlds | undefined {
  let parts = worlds;
  for (const guard of distinct(guards)) {
    const outside = without(parts, [guard]);
    if (outside === undefined) return undefined;
    parts = [...within(parts, guard), ...outside];
    if (parts.length > limits.alternatives) return undefined;
  }
  return parts;
}

/** The worlds in which none of the guards holds; undefined where there are too many alternatives to tell them. */
export function without(worlds: Worlds, guards: Iterable<Guard>): Worlds | undefined {
  let rest = worlds;
  for (const guard of distinct(guards)) {
    if (rest.length === 0) return rest;
    const opposites = negate(guard);
    rest = rest.flatMap((one) => (both(one, guard) === undefined ? [one] : opposites.flatMap((o) => joined(one, o))));
    if (rest.length > limits.alternatives) return undefined;
  }
  return rest;
}

function joined(a: Guard, b: Guard): Worlds {
  const guard = both(a, b);
  return guard === undefined ? [] : [guard];
}

/** Why something is not known where alternatives are too many to tell them. */
export function tooMany(at: Span): Because {
  return { reason: { kind: "limit", what: "options" }, at };
}
