import { always, bools, both, either, negate, when, whenAmong, type Guard } from "../../core/guard";
import { looksSecret, printable } from "../../core/message";
import { knownText, optionsOf } from "../../core/text";
import { decimalText } from "../../core/scalar";
import type { Definite, Unknown, Value } from "../../core/value";
import { nameIn } from "./names";
import { argumentValue } from "./references";
import type { Condition, Stack } from "./stack";

const decided = (holds: boolean): Condition => ({ kind: "decided", holds });

/**
 * A condition of the `Conditions` section, or a part of one. Values of parameters are never tried out: what is not
 * known becomes a guard. (CloudFormation User Guide, "Condition functions".)
 */
export function conditionOf(value: Value, stack: Stack): Condition {
  const over = (): Condition => opaque(value, stack);
  return stack.deeper(value.at, () => capped(uncapped(value, stack), value, stack), over);
}

function uncapped(value: Value, stack: Stack): Condition {
  if (value.kind === "bool") return decided(value.value);
  const [call] = value.kind === "map" ? value.entries : [];
  if (value.kind !== "map" || call === undefined || value.entries.length !== 1) return opaque(value, stack);
  const parts = call.value.kind === "list" ? call.value.items.map((item) => item.value) : [];
  const inner = (part: Value): Condition => conditionOf(part, stack);
  switch (call.key) {
    case "Condition": {
      const name = nameIn(call.value);
      return name === undefined ? opaque(value, stack) : stack.condition(name, call.value.at);
    }
    case "Fn::And":
      return allOf(parts.map(inner));
    case "Fn::Or":
      return not(allOf(parts.map(inner).map(not)));
    case "Fn::Not": {
      const [only] = parts;
      return only === undefined ? opaque(value, stack) : not(inner(only));
    }
    case "Fn::Equals": {
      const [a, b] = parts;
      return a === undefined || b === undefined ? opaque(value, stack) : equals(a, b, value, stack);
    }
    default:
      return opaque(value, stack);
  }
}

/** Nobody knows whether it holds, but it is the same everywhere. */
export function opaqueNamed(on: string): Condition {
  return { kind: "open", holds: when(on, true), fails: when(on, false) };
}

/** A comparison with a secret: each is a condition of its own. */
function hidden(id: string, { at }: Value): Condition {
  const [on, text] = [`${id} compared at ${at.file} ${at.start}`, `the comparison with ${id}`];
  return { kind: "open", holds: when(on, true, text), fails: when(on, false, text) };
}

function opaque(value: Value, stack: Stack): Condition {
  return opaqueNamed(stack.prefix + written(value, 0));
}

function not(condition: Condition): Condition {
  return condition.kind === "decided"
    ? decided(!condition.holds)
    : { kind: "open", holds: condition.fails, fails: condition.holds };
}

function allOf(conditions: readonly Condition[]): Condition {
  let holds: Guard | undefined = always;
  const fails: Guard[] = [];
  for (const condition of conditions) {
    if (condition.kind === "decided") {
      if (!condition.holds) return decided(false);
      continue;
    }
    holds = holds && both(holds, condition.holds);
    fails.push(condition.fails);
  }
  if (holds === undefined) return decided(false);
  return fails.length === 0 ? decided(true) : { kind: "open", holds, fails: either(fails) };
}

/** Guards that say a lot become one condition of their own, which correlates with itself and with nothing else. */
function capped(condition: Condition, value: Value, stack: Stack): Condition {
  if (condition.kind === "decided") return condition;
  const isSmall = size(condition.holds) <= atomsKept && size(condition.fails) <= atomsKept;
  return isSmall ? condition : opaque(value, stack);
}

/** Of one guard, which is compared with many others atom by atom. */
const atomsKept = 64;

function size(guard: Guard): number {
  let count = 0;
  for (const atom of guard) {
    count += atom.kind === "is" ? 1 : atom.of.reduce((sum, one) => sum + size(one), 0);
    if (count > atomsKept) break;
  }
  return count;
}

function equals(a: Value, b: Value, whole: Value, stack: Stack): Condition {
  const holds: Guard[] = [];
  const fails: Guard[] = [];
  for (const left of optionsOf(argumentValue(a, stack))) {
    for (const right of optionsOf(argumentValue(b, stack))) {
      const guard = both(left.guard, right.guard);
      if (guard === undefined) continue;
      const result = pairEquals(left.value, right.value, whole, stack);
      if (result.kind === "decided") {
        (result.holds ? holds : fails).push(guard);
        continue;
      }
      const [yes, no] = [both(guard, result.holds), both(guard, result.fails)];
      if (yes) holds.push(yes);
      if (no) fails.push(no);
    }
  }
  if (fails.length === 0) return decided(true);
  return holds.length === 0 ? decided(false) : { kind: "open", holds: either(holds), fails: either(fails) };
}

function pairEquals(a: Definite, b: Definite, whole: Value, stack: Stack): Condition {
  const [left, right] = [characters(a), characters(b)];
  if (left !== undefined && right !== undefined) return decided(left === right);
  const [first, second] = [unknownIn(a), unknownIn(b)];
  if (first?.id !== undefined && first.id === second?.id) return decided(true);
  const unknown = first ?? second;
  const known = left ?? right;
  if (unknown?.id === undefined) return opaque(whole, stack);
  // What is compared with a secret is a secret: it must not get into a message.
  if (stack.noEcho.has(unknown.id)) return hidden(unknown.id, whole);
  if (known === undefined || looksSecret(known)) return opaque(whole, stack);
  // What is compared with false is true elsewhere.
  const possible = stack.allowed.get(unknown.id) ?? (known === "false" ? bools : undefined);
  const holds = whenAmong(unknown.id, known, possible);
  if (holds === undefined || holds.length === 0) return decided(holds !== undefined);
  return { kind: "open", holds, fails: either(negate(holds)) };
}

function characters(value: Definite): string | undefined {
  if (value.kind === "bool") return String(value.value);
  return value.kind === "number" ? decimalText(value) : knownText(value);
}

/** The unknown that a value is as a whole. */
function unknownIn(value: Definite): Unknown | undefined {
  if (value.kind === "unknown") return value;
  const [only] = value.kind === "text" ? value.pieces : [];
  return value.kind === "text" && value.pieces.length === 1 && only?.kind === "hole" ? only.unknown : undefined;
}

/** An expression in short, the same for the same expression: `Fn::Equals [Ref A, Ref B]`. */
function written(value: Value, depth: number): string {
  if (depth > 8) return "…";
  switch (value.kind) {
    case "map":
      return value.entries.map((entry) => `${entry.key} ${written(entry.value, depth + 1)}`).join(", ");
    case "list":
      return `[${value.items.map((item) => written(item.value, depth + 1)).join(", ")}]`;
    case "null":
    case "bool":
    case "number":
    case "text":
    case "unknown":
    case "choice":
      return printable(value);
  }
}
