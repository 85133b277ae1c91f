import { always, negate, when, type Guard } from "../../core/guard";

/**
 * When something undecided is `value`, out of the values that it can have; undefined where that is none of them.
 * `values` undefined: it can be anything. One of the values it always is: so the last of them is told as none of the
 * others, and what is there for each of them is there always.
 */
export function whenAmong(on: string, value: string, values: readonly string[] | undefined): Guard | undefined {
  if (values === undefined) return when(on, value);
  if (!values.includes(value)) return undefined;
  if (value !== values.at(-1)) return when(on, value);
  const others = values.slice(0, -1).flatMap((other) => negate(when(on, other)).flat());
  return others.length === 0 ? always : others;
}
