import { both, opposite, sameAtom, type Guard } from "./guard";
import { limits } from "./limits";
import type { Span } from "./source";
import { mergeTraces, optionsOf, tracesOf, unknown } from "./text";
import type { Definite, Option, Value } from "./value";

/** A value under a guard; it may be a choice itself. */
export interface Alternative {
  readonly guard: Guard;
  readonly value: Value;
}

/**
 * One of several values. Choices inside are flattened, what excludes itself is left out, and equal values under
 * opposite guards become one. A value that is there always is no choice. Over the limit it is unknown.
 */
export function choose(alternatives: readonly Alternative[], at: Span): Value {
  const [first] = alternatives;
  if (first !== undefined && alternatives.length === 1 && first.guard.length === 0 && first.value.kind !== "choice") {
    return first.value;
  }
  const options: Option[] = [];
  for (const { guard, value } of alternatives) {
    if (options.length > limits.options) break;
    for (const option of optionsOf(value)) {
      const joined = both(guard, option.guard);
      if (joined !== undefined) addOption(options, { guard: joined, value: option.value });
    }
  }
  const [only] = options;
  if (only !== undefined && options.length === 1 && only.guard.length === 0) return only.value;
  if (options.length <= limits.options) return { kind: "choice", options, at };
  const traces = mergeTraces(alternatives.flatMap((one) => tracesOf(one.value)));
  return unknown("limit", "options", at, { traces });
}

/** Adds an option, joined with those of the same value whose guard differs in one opposite atom. */
function addOption(options: Option[], added: Option): void {
  for (let i = 0; i < options.length; i++) {
    const known = options[i];
    if (known === undefined || !sameValue(known.value, added.value)) continue;
    const guard = withoutOpposite(known.guard, added.guard);
    if (guard === undefined) continue;
    options.splice(i, 1);
    addOption(options, { guard, value: known.value });
    return;
  }
  options.push(added);
}

/** Of texts, lists and maps, which have places in them, only one object is equal to itself. */
function sameValue(a: Definite, b: Definite): boolean {
  if (a === b) return true;
  if (a.kind === "bool") return b.kind === "bool" && a.value === b.value;
  if (a.kind === "number") return b.kind === "number" && a.value === b.value && a.digits === b.digits;
  return a.kind === "null" && b.kind === "null";
}

/** The guard of either, where two guards are the same, or differ in one atom and its opposite; otherwise undefined. */
function withoutOpposite(a: Guard, b: Guard): Guard | undefined {
  if (a.length !== b.length) return undefined;
  const different = a.filter((atom) => !b.some((other) => sameAtom(atom, other)));
  const [atom, second] = different;
  if (atom === undefined) return a;
  const isOpposite = second === undefined && atom.kind === "is" && b.some((other) => sameAtom(opposite(atom), other));
  if (!isOpposite) return undefined;
  return a.filter((one) => one !== atom);
}
