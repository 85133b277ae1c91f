import { choose, type Alternative } from "../../core/choice";
import { always, both, when, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { name as nameMessage, printable } from "../../core/message";
import type { Span } from "../../core/source";
import { knownText, unknown } from "../../core/text";
import type { Definite, Unknown, Value } from "../../core/value";
import { eachObject, keywordOf, notEmpty } from "./block";
import type { AttributeSource, BlockSource } from "./block-source";
import { asNumber, asText, described } from "./evaluate/convert";
import { undecided } from "./evaluate/decide";
import { evaluate } from "./evaluate/expression";
import { othersOf, pairsOf } from "./evaluate/loop";
import { failure, type Group, type Scope } from "./evaluate/scope";
import { settled } from "./evaluate/tell";
import { isError } from "./functions/context";
import { anyGuard } from "./functions/distribute";

/** How often a resource or module call is there: what `count` or `for_each` makes of it. */
export interface Repetition {
  readonly kind: Group["repetition"];
  readonly copies: readonly Copy[];
  /** Stands for all copies that are not known. */
  readonly others: Copy | undefined;
}

export interface Copy {
  /** Undefined where there is no key, or it is not known. */
  readonly key: string | undefined;
  /** A key that is not known. */
  readonly unknownKey: Definite | undefined;
  /** What follows the address: `[0]`, `["a"]`, `[*]`, nothing. */
  readonly suffix: string;
  readonly guard: Guard;
  readonly bindings: ReadonlyMap<string, Value>;
}

const single: Copy = { key: undefined, unknownKey: undefined, suffix: "", guard: always, bindings: new Map() };

export function isSingle(source: BlockSource): boolean {
  return !source.attributes.has("count") && !source.attributes.has("for_each");
}

export function repetitionOf(source: BlockSource, scopeIn: (file: string) => Scope): Repetition {
  const count = source.attributes.get("count");
  const forEach = source.attributes.get("for_each");
  if (count !== undefined) return byCount(count, scopeIn(count.file));
  if (forEach !== undefined) return byForEach(forEach, scopeIn(forEach.file));
  return { kind: "single", copies: [single], others: undefined };
}

interface Counted {
  readonly guard: Guard;
  readonly count: number;
}

function byCount({ value: e }: AttributeSource, scope: Scope): Repetition {
  const at = scope.at(e);
  const value = settled(evaluate(e, scope), scope.evaluation.files);
  const counted: Counted[] = [];
  let others: Copy | undefined;
  for (const option of optionsIn(value)) {
    const number = asNumber(option.value, "count", at);
    if (number.kind === "number") {
      counted.push({ guard: option.guard, count: whole(number.value, e, scope) });
      continue;
    }
    if (isError(number) && !isError(option.value)) settled(number, scope.evaluation.files);
    const cause = number.kind === "unknown" ? number : unknown("unsupported", "count", at);
    const guard = both(option.guard, aboveZero(cause, e, scope));
    if (guard !== undefined) others ??= otherIndexes(cause, guard, at);
  }
  const most = Math.max(0, ...counted.map((one) => one.count));
  const copies: Copy[] = [];
  for (let i = 0; i < Math.min(most, limits.items); i++) {
    const guard = anyGuard(counted.filter((one) => one.count > i).map((one) => one.guard));
    const index: Value = { kind: "number", value: i, at };
    const bindings = new Map([["count", countObject(index, at)]]);
    copies.push({ key: String(i), unknownKey: undefined, suffix: `[${i}]`, guard, bindings });
  }
  if (most > limits.items) others = overItems(e, scope);
  return { kind: "count", copies, others };
}

function optionsIn(value: Value): readonly { readonly guard: Guard; readonly value: Definite }[] {
  return value.kind === "choice" ? value.options : [{ guard: always, value }];
}

function whole(count: number, e: AttributeSource["value"], scope: Scope): number {
  if (Number.isInteger(count) && count >= 0) return count;
  settled(failure("the count is a whole number from 0", e, scope), scope.evaluation.files);
  return 0;
}

function aboveZero(cause: Unknown, e: AttributeSource["value"], scope: Scope): Guard {
  return cause.id === undefined ? undecided(e, scope, " > 0") : when(`${cause.id} > 0`, "true");
}

function countObject(index: Value, at: Span): Value {
  return { kind: "map", entries: [{ key: "index", keyAt: at, guard: always, value: index }], at };
}

function otherIndexes(cause: Unknown, guard: Guard, at: Span): Copy {
  const { key } = othersOf(cause);
  const bindings = new Map([["count", countObject(key, at)]]);
  return { key: undefined, unknownKey: undefined, suffix: "[*]", guard, bindings };
}

function overItems(e: AttributeSource["value"], scope: Scope): Copy {
  const over = unknown("limit", "items", scope.at(e));
  settled(over, scope.evaluation.files);
  return otherIndexes(over, always, scope.at(e));
}

interface Found {
  readonly key: Definite;
  readonly guards: Guard[];
  readonly values: Alternative[];
}

/** A key that several ways of an undecided collection have is one instance, whose value is a choice. */
function byForEach({ value: e }: AttributeSource, scope: Scope): Repetition {
  const at = scope.at(e);
  const value = settled(evaluate(e, scope), scope.evaluation.files);
  const found = new Map<string, Found>();
  let others: Copy | undefined;
  for (const option of optionsIn(value)) {
    const collection = acceptable(option.value, e, scope);
    const pairs = collection && pairsOf(collection);
    if (pairs === undefined) {
      others ??= otherKeys(unknown("unsupported", "for_each", at), option.guard, e, scope);
      continue;
    }
    for (const pair of pairs.known) addKeys(found, pair, option.guard, at);
    if (pairs.rest !== undefined) others ??= otherKeys(pairs.rest, option.guard, e, scope);
  }
  const all = [...found].map(([suffix, one]) => copyOf(suffix, one, at));
  if (all.length <= limits.items) return { kind: "for_each", copies: all, others };
  settled(unknown("limit", "items", at), scope.evaluation.files);
  const rest = unknown("limit", "items", at);
  return { kind: "for_each", copies: all.slice(0, limits.items), others: otherKeys(rest, always, e, scope) };
}

/** Terraform takes a map or a set; of a list the elements are taken as keys all the same, once it is told. */
function acceptable(value: Definite, e: AttributeSource["value"], scope: Scope): Definite | undefined {
  if (isError(value)) return undefined;
  if (value.kind === "map" || value.kind === "unknown" || (value.kind === "list" && value.shape === "set"))
    return value;
  settled(failure(`for_each takes a map or a set, not ${described(value)}`, e, scope), scope.evaluation.files);
  return value.kind === "list" ? { ...value, shape: "set" } : undefined;
}

/** Of a set the keys may be choices: each is an instance of its own. */
function addKeys(
  found: Map<string, Found>,
  pair: { readonly guard: Guard; readonly key: Value; readonly value: Value },
  outer: Guard,
  at: Span,
): void {
  const isSet = pair.key === pair.value;
  for (const option of optionsIn(pair.key)) {
    const guard = both(outer, pair.guard);
    const there = guard && both(guard, option.guard);
    const key = asText(option.value, "a key", at);
    if (there === undefined || isError(key)) continue; // No such instance; an error is told with the collection.
    const suffix = suffixOf(key, found);
    const value = isSet ? key : pair.value;
    const known = found.get(suffix);
    if (known === undefined) found.set(suffix, { key, guards: [there], values: [{ guard: there, value }] });
    else {
      known.guards.push(there);
      known.values.push({ guard: there, value });
    }
  }
}

/** Two keys that are not known are two instances, although they may turn out equal. */
function suffixOf(key: Definite, found: ReadonlyMap<string, Found>): string {
  const known = knownText(key);
  if (known !== undefined) return `[${JSON.stringify(known)}]`;
  const shown = `[${JSON.stringify(printable(key))}]`;
  return found.has(shown) ? `[${JSON.stringify(`${printable(key)} #${found.size}`)}]` : shown;
}

function copyOf(suffix: string, { key, guards, values }: Found, at: Span): Copy {
  const [only] = values;
  const value = only !== undefined && values.length === 1 ? only.value : choose(values, at);
  const bindings = new Map([["each", eachObject(key, value, at)]]);
  const known = knownText(key);
  return {
    key: known,
    unknownKey: known === undefined ? key : undefined,
    suffix: known === undefined ? nameMessage(suffix).text : suffix,
    guard: anyGuard(guards),
    bindings,
  };
}

function otherKeys(rest: Unknown, outer: Guard, e: AttributeSource["value"], scope: Scope): Copy | undefined {
  const at = scope.at(e);
  const guard = both(outer, notEmpty(rest, e, scope));
  if (guard === undefined) return undefined;
  const { key, value } = othersOf(rest);
  const bindings = new Map([["each", eachObject(key, value, at)]]);
  return { key: undefined, unknownKey: undefined, suffix: "[*]", guard, bindings };
}

/** `provider = aws.east` as its parts; in Terraform JSON syntax `"aws.east"`. */
export function providerReference(e: AttributeSource["value"] | undefined): readonly string[] | undefined {
  if (e?.kind === "get-attribute") {
    const of = keywordOf(e.of);
    return of === undefined ? undefined : [of, e.name.text];
  }
  return keywordOf(e)?.split(".");
}
