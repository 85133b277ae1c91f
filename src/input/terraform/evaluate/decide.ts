import { always, bools, both, negate, when, whenAmong, whenAny, type Guard } from "../../../core/guard";
import { optionsOf } from "../../../core/text";
import type { Definite, Unknown, Value } from "../../../core/value";
import { isError } from "../functions/context";
import type { Expression } from "../parse/syntax";
import { asBool } from "./convert";
import { mentions } from "./mentions";
import { printed } from "./print";
import { binds, type Scope } from "./scope";

/** One way in which a condition can come out; or the error that it is then. */
export interface Branch {
  readonly guard: Guard;
  readonly value: boolean | Unknown;
}

/**
 * How a condition can come out. One that is not known is an undecided thing of its own: by the id of the unknown where
 * it has one, so that `var.x` here is `var.x` there; otherwise by how the condition is written.
 */
export function decide(value: Value, condition: Expression, scope: Scope): readonly Branch[] {
  const branches: Branch[] = [];
  for (const option of optionsOf(value)) {
    for (const branch of decideDefinite(option.value, condition, scope)) {
      const guard = both(option.guard, branch.guard);
      if (guard !== undefined) branches.push({ guard, value: branch.value });
    }
  }
  return branches;
}

function decideDefinite(value: Definite, condition: Expression, scope: Scope): readonly Branch[] {
  const bool = asBool(value, "a condition", scope.at(condition));
  if (bool.kind === "bool") return [{ guard: always, value: bool.value }];
  if (isError(bool)) return [{ guard: always, value: bool }];
  const id = value.kind === "unknown" ? value.id : undefined;
  const holds = id === undefined ? undefined : whenAmong(id, "true", bools);
  return twoWays(holds ?? undecided(condition, scope));
}

/** The branches of an undecided condition: where it holds, and where it does not. */
export function twoWays(holds: Guard): readonly Branch[] {
  return [{ guard: holds, value: true }, ...negate(holds).map((guard) => ({ guard, value: false }))];
}

/** The guard of a condition that nothing is known of: itself, as it is written, where it is written. */
export function undecided(condition: Expression, scope: Scope): Guard {
  return when(writing(condition, scope, false), "true", shortened(writing(condition, scope, true)));
}

/** The guard of there being any of what an expression gives the number of. */
export function undecidedNumber(e: Expression, scope: Scope, about: string): Guard {
  return whenAny(writing(e, scope, false) + about, shortened(writing(e, scope, true)) + about);
}

/** An expression as the part of a sentence that a guard is. */
function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

/** An expression that is not known, identified by how it is written. Not where that would tell a text that is masked. */
export function idByWriting(e: Expression, scope: Scope): string | undefined {
  const id = writing(e, scope, false);
  return id === writing(e, scope, true) ? id : undefined;
}

function writing(e: Expression, scope: Scope, masked: boolean): string {
  const place = [scope.names.address, ...labelsOf(e, scope)].filter((label) => label !== "").join(" ");
  return `${place === "" ? "" : `${place}: `}${printed(e, masked)}`;
}

/** Which instance and which turns of loops the expression is evaluated for, where it makes a difference. */
function labelsOf(condition: Expression, scope: Scope): readonly string[] {
  const names = mentions(condition);
  const labels: string[] = [];
  for (let bindings = scope.bindings; bindings !== undefined; bindings = bindings.outer) {
    const { bound, label } = bindings;
    if ([...names].some((name) => binds(bound, name))) labels.unshift(label);
  }
  const { handed } = scope.names;
  if (handed !== undefined && [...names].some((name) => handed.values.has(name))) labels.unshift(handed.label);
  return labels;
}
