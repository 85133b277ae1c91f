import { choose } from "../../../core/choice";
import { charactersOf } from "../../../core/encode";
import { always, both, negate, when, type Guard } from "../../../core/guard";
import { kept } from "../../../core/map";
import type { Span } from "../../../core/source";
import { firstUnknown, mergeTraces, optionsOf, tracesOf, unknown } from "../../../core/text";
import type { Entry, Unknown, Value } from "../../../core/value";
import { callFunction, callSpread } from "../functions";
import { numberIn } from "../functions/big-number";
import { consequence, invalid, isError, type CallContext } from "../functions/context";
import { idOf } from "../functions/same-when";
import { unify } from "../functions/unify";
import type { Call, Conditional, Expression, Literal, ObjectCons, Tuple } from "../parse/syntax";
import { asText } from "./convert";
import { decide, idByWriting } from "./decide";
import { evaluateForObject, evaluateForTuple, evaluateSplat } from "./loop";
import { isMarked } from "./marks";
import { mentions } from "./mentions";
import { evaluateBinary, evaluateUnary } from "./operators";
import { evaluateTraversal } from "./reference";
import { bound, enter, isBound, failure, leave, overLimit, spends, unbound, type Scope } from "./scope";
import { limited, stepsOver } from "./size";
import { evaluateTemplate, renderTemplate } from "./template";

/** What the parser could not read is reported by the parser. */
export const syntaxError = "a syntax error";

/** The value of an expression. Never throws: what is wrong is an Unknown "invalid", which is reported where it is used. */
export function evaluate(e: Expression, scope: Scope): Value {
  const { budget } = scope.evaluation;
  const entered = enter(budget);
  if (entered !== "yes") return overLimit(entered, scope.at(e));
  const value = evaluateKind(e, scope);
  leave(budget);
  return value;
}

function evaluateKind(e: Expression, scope: Scope): Value {
  switch (e.kind) {
    case "literal":
      return evaluateLiteral(e, scope);
    case "template":
      return evaluateTemplate(e, scope);
    case "variable":
    case "get-attribute":
    case "index":
      return evaluateTraversal(e, scope);
    case "splat":
      return evaluateSplat(e, scope);
    case "splat-item":
      return bound(scope, "*") ?? failure("a splat without a list", e, scope);
    case "call":
      return evaluateCall(e, scope);
    case "unary":
      return evaluateUnary(e, scope);
    case "binary":
      return evaluateBinary(e, scope);
    case "conditional":
      return evaluateConditional(e, scope);
    case "tuple":
      return evaluateTuple(e, scope);
    case "object":
      return evaluateObject(e, scope);
    case "for-tuple":
      return evaluateForTuple(e, scope);
    case "for-object":
      return evaluateForObject(e, scope);
    case "parentheses":
      return evaluate(e.value, scope);
    case "invalid":
      return failure(syntaxError, e, scope);
  }
}

function evaluateLiteral(e: Literal, scope: Scope): Value {
  const at = scope.at(e);
  switch (e.value.kind) {
    case "number":
      return numberIn(e.value.text, at) ?? unknown("unsupported", "a number of this size", at);
    case "bool":
      return { kind: "bool", value: e.value.value, at };
    case "null":
      return { kind: "null", at };
  }
}

/** An arm is evaluated where the condition can lead there. */
function evaluateConditional(e: Conditional, scope: Scope): Value {
  const arms = new Map<boolean, Value>();
  const arm = (which: boolean): Value => {
    return kept(arms, which, () => evaluate(which ? e.then : e.otherwise, scope));
  };
  const at = scope.at(e);
  const branches = decide(evaluate(e.condition, scope), e.condition, scope);
  const alternatives = branches.map(({ guard, value }) => {
    if (typeof value !== "boolean") return { guard, value };
    return { guard, value: beside(arm(value), () => arm(!value), at, scope) };
  });
  return choose(alternatives, at);
}

/**
 * Both arms have one type: a number or bool beside a string is a string, in lists and maps too, and a tuple beside a set
 * is a set. The other arm is worked out only where it makes a difference.
 */
function beside(value: Value, other: () => Value, at: Span, scope: Scope): Value {
  if (value.kind === "text" || value.kind === "null" || value.kind === "unknown") return value;
  const values = [value, other()] as const;
  if (values.some(isError) || !spends(scope.evaluation.budget, stepsOver(values))) return value;
  const [unified] = unify(values) ?? [];
  if (unified === undefined) {
    const isCertain = values.every((one) => one.kind !== "choice" && firstUnknown(one) === undefined);
    return isCertain ? invalid("the results of a condition have different types", at) : value;
  }
  const conversion = conversionBeside(unified, values[1]);
  return conversion === undefined ? unified : callFunction(conversion, [unified], contextAt(at, scope));
}

/** What makes a tuple or an object of the type that stands beside it; a list or map that is there has been unified. */
function conversionBeside(value: Value, other: Value): "toset" | "tolist" | "tomap" | undefined {
  if ((value.kind !== "list" && value.kind !== "map") || value.typed === true) return undefined;
  const type = other.kind === "null" ? other.type : undefined;
  if (value.kind === "map") return type === "map" ? "tomap" : undefined;
  if (value.shape === "set") return undefined;
  return isSet(other) ? "toset" : type === "list" ? "tolist" : undefined;
}

function isSet(value: Value): boolean {
  return optionsOf(value).some(({ value: one }) =>
    one.kind === "null" ? one.type === "set" : one.kind === "list" && one.shape === "set",
  );
}

function evaluateTuple(e: Tuple, scope: Scope): Value {
  const items = e.items.map((item) => ({ guard: always, value: evaluate(item, scope) }));
  return limited({ kind: "list", shape: "list", items, at: scope.at(e) });
}

/** Of equal keys the last counts. A key that is not known may be any, so the rest of the map is unknown. */
function evaluateObject(e: ObjectCons, scope: Scope): Value {
  const at = scope.at(e);
  const byKey = new Map<string, Entry[]>();
  let rest: Unknown | undefined;
  for (const { key, value } of e.items) {
    const evaluated = evaluate(value, scope);
    if (key.kind === "name") {
      const { text: name } = key.name;
      byKey.set(name, [
        { key: name, keyAt: scope.at(key.name), guard: always, value: evaluated, valueAt: scope.at(value) },
      ]);
      continue;
    }
    for (const found of keysOf(key.value, scope)) {
      if (found.kind === "error") return found.error;
      if (found.kind === "unknown") {
        rest = withOther(rest, found.cause, evaluated, at);
        const id = found.id ?? idByWriting(key.value, scope);
        for (const [name, entries] of byKey) byKey.set(name, unlessReplaced(entries, id));
        continue;
      }
      const { key: name, guard } = found;
      const entry = { key: name, keyAt: scope.at(key.value), guard, value: evaluated, valueAt: scope.at(value) };
      const before = (byKey.get(name) ?? []).filter((one) => both(one.guard, guard) === undefined);
      byKey.set(name, [...before, entry]);
    }
  }
  return limited({ kind: "map", entries: [...byKey.values()].flat(), at, ...(rest && { rest }) });
}

/** Entries that stand before one whose key is not known: it may be theirs, and counts then. */
function unlessReplaced(entries: readonly Entry[], id: string | undefined): Entry[] {
  return entries.flatMap((entry) => {
    const [other] = id === undefined ? [] : negate(when(id, entry.key));
    const guard = other && both(entry.guard, other);
    return [guard === undefined ? entry : { ...entry, guard }];
  });
}

/** The rest of an object, with a further entry whose key is not known: what runs through key and value is in it. */
export function withOther(rest: Unknown | undefined, key: Unknown, value: Value, at: Span): Unknown {
  const traces = mergeTraces([...(rest?.traces ?? []), ...key.traces, ...tracesOf(value)]);
  return unknown(key.reason.kind, key.reason.what, at, { traces });
}

type Key =
  | { readonly kind: "key"; readonly key: string; readonly guard: Guard }
  | { readonly kind: "unknown"; readonly cause: Unknown; readonly id: string | undefined }
  | { readonly kind: "error"; readonly error: Unknown };

function keysOf(e: Expression, scope: Scope): readonly Key[] {
  return keysIn(evaluate(e, scope), e, scope);
}

/** The keys that a value can be in an object. */
export function keysIn(value: Value, e: Expression, scope: Scope): readonly Key[] {
  const options = value.kind === "choice" ? value.options : [{ guard: always, value }];
  return options.map((option) => {
    const key = asText(option.value, "a key", scope.at(e));
    const known = charactersOf(key);
    if (known !== undefined) return { kind: "key", key: known, guard: option.guard };
    const cause = consequence([key], scope.at(e), tracesOf(key));
    return isError(cause) && options.length === 1
      ? { kind: "error", error: cause }
      : { kind: "unknown", cause, id: idOf(option.value) };
  });
}

function evaluateCall(e: Call, scope: Scope): Value {
  return evaluateShared(e, scope, limitedCall);
}

function limitedCall(e: Call, scope: Scope): Value {
  return limited(callWith(e, scope));
}

/** What hangs on no instance or loop around it is worked out once, for all of them. */
export function evaluateShared<E extends Expression>(e: E, scope: Scope, work: (e: E, scope: Scope) => Value): Value {
  if (scope.bindings === undefined || hangsOnBindings(e, scope)) return work(e, scope);
  const { shared } = scope.names;
  return kept(shared, e, () => work(e, unbound(scope)));
}

function hangsOnBindings(e: Expression, scope: Scope): boolean {
  for (const name of mentions(e)) if (isBound(scope, name)) return true;
  return false;
}

function callWith(e: Call, scope: Scope): Value {
  const args = e.args.map((arg) => evaluate(arg, scope));
  const context = contextAt(scope.at(e), scope);
  const last = args.at(-1);
  // A function goes over what it is given.
  if (!spends(scope.evaluation.budget, stepsOver(args))) return overLimit("steps", scope.at(e));
  const [asked] = e.args;
  const asksForMark = e.name.text === "issensitive" && args.length === 1 && !e.expand && !args.some(isError);
  if (asksForMark && asked !== undefined) return markOf(asked, scope);
  if (!e.expand || last === undefined) return callFunction(e.name.text, args, context);
  return callSpread(e.name.text, args.slice(0, -1), last, context);
}

/** What `issensitive` answers hangs on how its argument is written. */
function markOf(e: Expression, scope: Scope): Value {
  const at = scope.at(e);
  const mark = isMarked(e, scope);
  return mark === "maybe" ? unknown("unsupported", "issensitive()", at) : { kind: "bool", value: mark === "yes", at };
}

/** What a function sees that is called at a place. */
export function contextAt(at: Span, scope: Scope): CallContext {
  const { files, workingDir } = scope.evaluation;
  return {
    at,
    workingDir,
    read: files.read,
    template: (source, variables) => renderTemplate(source, variables, scope),
  };
}
