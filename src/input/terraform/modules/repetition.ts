import { choose, type Alternative } from "../../../core/choice";
import { always, both, whenAny, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { name as nameMessage, printable } from "../../../core/message";
import type { Span } from "../../../core/source";
import { knownText, text, unknown } from "../../../core/text";
import type { Definite, Entry, Unknown, Value } from "../../../core/value";
import { keywordOf, others as elementsNotKnown } from "./block";
import type { AttributeSource, BlockSource } from "./block-source";
import { asNumber, asText, described } from "../evaluate/convert";
import { decide, undecidedNumber } from "../evaluate/decide";
import { evaluate } from "../evaluate/expression";
import { othersOf, pairsOf, type Others, type Pair } from "../evaluate/loop";
import { isMarked } from "../evaluate/marks";
import type { Work } from "../evaluate/once";
import {
  bind,
  failure,
  makes,
  overLimit,
  type ElementKey,
  type Group,
  type Keyed,
  type Scope,
  type Turn,
} from "../evaluate/scope";
import { settled } from "../evaluate/settled";
import { isError } from "../functions/context";
import { anyGuard } from "../functions/distribute";

/** How often a resource or module call is there: what `count` or `for_each` makes of it. */
interface Repetition {
  readonly kind: Group["repetition"];
  readonly copies: readonly Copy[];
  /** Stands for all copies that are not known. */
  readonly others: Copy | undefined;
}

export interface Copy extends Keyed {
  /** What follows the address: `[0]`, `["a"]`, `[*]`, nothing. */
  readonly suffix: string;
  /** What `each` or `count` is; undefined for what is not repeated. */
  readonly turn: Turn | undefined;
}

const single: Copy = { key: undefined, unknownKey: undefined, suffix: "", guard: always, turn: undefined };

/** What names mean in a copy. */
export function inCopy({ turn, suffix }: Copy, scope: Scope): Scope {
  return turn === undefined ? scope : bind(scope, turn, suffix);
}

function eachTurn(key: ElementKey, value: Value, at: Span): Turn {
  return { kind: "each", name: "each", key, value, at };
}

/** Does it hang on values how many copies there are? */
export function isRepeated(source: BlockSource): boolean {
  return source.attributes.has("count") || source.attributes.has("for_each") || enabledIn(source) !== undefined;
}

/** OpenTofu's `enabled`, which says whether there is one at all. */
export function enabledIn({ blocks }: BlockSource): AttributeSource | undefined {
  return blocks.find(({ type }) => type.text === "lifecycle")?.attributes.get("enabled");
}

/** Is it known how many copies there are, or is there one, whatever the values of the input are? */
export function isCounted(source: BlockSource, made: Work<unknown>): boolean {
  const state = made.state();
  return state === "done" || (state === "open" && !isRepeated(source));
}

export function repetitionOf(source: BlockSource, scopeIn: (file: string) => Scope): Repetition {
  const count = source.attributes.get("count");
  const forEach = source.attributes.get("for_each");
  if (count !== undefined) return byCount(count, scopeIn(count.file));
  if (forEach !== undefined) return byForEach(forEach, scopeIn(forEach.file));
  const enabled = enabledIn(source);
  if (enabled !== undefined) return whereEnabled(enabled, scopeIn(enabled.file));
  return { kind: "single", copies: [single], others: undefined };
}

function whereEnabled({ value: e }: AttributeSource, scope: Scope): Repetition {
  const value = settled(evaluate(e, scope), scope.evaluation);
  const there = decide(value, e, scope).filter((branch) => branch.value !== false);
  const copies = there.length === 0 ? [] : [{ ...single, guard: anyGuard(there.map(({ guard }) => guard)) }];
  return { kind: "enabled", copies, others: undefined };
}

/** Where the configuration leaves open how often something is there, a plan or state says it. */
export function recordedCopies(repetition: Repetition, keys: readonly string[] | undefined, at: Span): Repetition {
  const { kind, copies, others } = repetition;
  const isOpen = others !== undefined || copies.some((copy) => copy.guard.length > 0);
  if (keys === undefined || kind === "single" || kind === "enabled" || !isOpen) return repetition;
  const bySuffix = new Map(copies.map((copy) => [copy.suffix, copy]));
  const recorded = keys.slice(0, limits.items).map((key): Copy => {
    const suffix = kind === "count" ? `[${key}]` : `[${JSON.stringify(key)}]`;
    const known = bySuffix.get(suffix);
    if (known !== undefined) return { ...known, guard: always };
    const turn: Turn =
      kind === "count"
        ? { kind, index: { kind: "number", value: Number(key), at }, at }
        : eachTurn(text(key, at), unknown("after-apply", "each.value", at), at);
    return { key, unknownKey: undefined, suffix, guard: always, turn };
  });
  return { kind, copies: recorded, others: undefined };
}

interface Counted {
  readonly guard: Guard;
  readonly count: number;
}

function byCount({ value: e }: AttributeSource, scope: Scope): Repetition {
  const at = scope.at(e);
  const value = settled(evaluate(e, scope), scope.evaluation);
  const counted: Counted[] = [];
  const rests: Others[] = [];
  for (const option of optionsIn(value)) {
    const number = asNumber(option.value, "count", at);
    if (number.kind === "number") {
      counted.push({ guard: option.guard, count: whole(number.value, e, scope) });
      continue;
    }
    if (isError(number) && !isError(option.value)) settled(number, scope.evaluation);
    const cause = number.kind === "unknown" ? number : unknown("unsupported", "count", at);
    const guard = both(option.guard, aboveZero(cause, e, scope));
    if (guard !== undefined) rests.push({ guard, ...othersOf(cause) });
  }
  const most = Math.max(0, ...counted.map((one) => one.count));
  const made = affordable(most, rests, e, scope);
  const copies = Array.from({ length: made }, (_, i): Copy => {
    const guard = anyGuard(counted.filter((one) => one.count > i).map((one) => one.guard));
    const turn: Turn = { kind: "count", index: { kind: "number", value: i, at }, at };
    return { key: String(i), unknownKey: undefined, suffix: `[${i}]`, guard, turn };
  });
  return { kind: "count", copies, others: copyOfOthers(rests, at, (index) => ({ kind: "count", index, at })) };
}

function optionsIn(value: Value): readonly { readonly guard: Guard; readonly value: Definite }[] {
  return value.kind === "choice" ? value.options : [{ guard: always, value }];
}

function whole(count: number, e: AttributeSource["value"], scope: Scope): number {
  if (Number.isInteger(count) && count >= 0) return count;
  settled(failure("the count is a whole number from 0", e, scope), scope.evaluation);
  return 0;
}

function aboveZero(cause: Unknown, e: AttributeSource["value"], scope: Scope): Guard {
  return cause.id === undefined ? undecidedNumber(e, scope, " > 0") : whenAny(`${cause.id} > 0`);
}

/** How many of the instances can be made; for the others, which are over a limit, there is one rest more. */
function affordable(wanted: number, rests: Others[], e: AttributeSource["value"], scope: Scope): number {
  let made = 0;
  while (made < Math.min(wanted, limits.items) && makes(scope.evaluation.budget)) made++;
  if (made < wanted) {
    const over = overLimit(made < limits.items ? "steps" : "items", scope.at(e));
    settled(over, scope.evaluation);
    rests.push({ guard: always, ...othersOf(over) });
  }
  return made;
}

/** One instance that stands for all that are not known, in every way in which there may be such. */
function copyOfOthers(rests: readonly Others[], at: Span, turn: (key: Value, value: Value) => Turn): Copy | undefined {
  const [only] = rests;
  if (only === undefined) return undefined;
  const each = (part: "key" | "value"): Value =>
    rests.length === 1
      ? only[part]
      : choose(
          rests.map((rest) => ({ guard: rest.guard, value: rest[part] })),
          at,
        );
  return {
    key: undefined,
    unknownKey: undefined,
    suffix: "[*]",
    guard: anyGuard(rests.map((rest) => rest.guard)),
    turn: turn(each("key"), each("value")),
  };
}

interface Found {
  readonly key: Definite | Entry;
  readonly values: Alternative[];
}

/** A key that several ways of an undecided collection have is one instance, whose value is a choice. */
function byForEach({ value: e }: AttributeSource, scope: Scope): Repetition {
  const at = scope.at(e);
  const value = settled(evaluate(e, scope), scope.evaluation);
  // Its keys would stand in addresses. Terraform stops here; there is more to say of the instances.
  if (isMarked(e, scope) === "yes") settled(failure("for_each takes no sensitive value", e, scope), scope.evaluation);
  const found = new Map<string, Found>();
  const rests: Others[] = [];
  for (const option of optionsIn(value)) {
    const collection = acceptable(option.value, e, scope);
    const pairs = (collection && pairsOf(collection)) ?? { known: [], rest: unknown("unsupported", "for_each", at) };
    for (const pair of pairs.known) addKeys(found, pair, option.guard, at);
    const rest = pairs.rest && elementsNotKnown(pairs.rest, pairs.known.length > 0, e, scope);
    const guard = rest && both(option.guard, rest.guard);
    if (rest !== undefined && guard !== undefined) rests.push({ ...rest, guard });
  }
  const made = affordable(found.size, rests, e, scope);
  const copies: Copy[] = [];
  for (const [suffix, one] of found) {
    if (copies.length === made) break;
    copies.push(copyOf(suffix, one, at));
  }
  return {
    kind: "for_each",
    copies,
    others: copyOfOthers(rests, at, (key, of) => eachTurn(key, of, at)),
  };
}

/**
 * Terraform takes a map or a set of strings; of other lists the elements are taken as keys all the same, once it is
 * reported. An empty one may be a set by what stands beside it in a condition, and is not known.
 */
function acceptable(value: Definite, e: AttributeSource["value"], scope: Scope): Definite | undefined {
  if (isError(value)) return undefined;
  if (value.kind === "map" || value.kind === "unknown") return value;
  const mayBeSet = value.kind === "list" && value.items.length === 0 && e.kind !== "tuple";
  const isSet = value.kind === "list" && value.shape === "set";
  if (!isSet && !mayBeSet) {
    settled(failure(`for_each takes a map or a set, not ${described(value)}`, e, scope), scope.evaluation);
  }
  if (value.kind !== "list") return undefined;
  const other = isSet ? value.items.find((item) => isNoString(item.value))?.value : undefined;
  if (other !== undefined) {
    settled(
      failure(`for_each takes a set of strings, and this one has ${described(other)}`, e, scope),
      scope.evaluation,
    );
  }
  return { ...value, shape: "set" };
}

function isNoString({ kind }: Value): boolean {
  return kind !== "text" && kind !== "choice" && kind !== "unknown";
}

/** Of a set the keys may be choices: each is an instance of its own. */
function addKeys(found: Map<string, Found>, { guard, key, value }: Pair, outer: Guard, at: Span): void {
  if (!("kind" in key)) {
    addKey(found, key, { guard: both(outer, guard), value });
    return;
  }
  for (const option of optionsIn(key)) {
    const there = both(outer, guard);
    const text = asText(option.value, "a key", at);
    if (isError(text)) continue; // An error is reported with the collection.
    addKey(found, text, { guard: there && both(there, option.guard), value: key === value ? text : value });
  }
}

/** Where there is no such instance, the guard is undefined. */
function addKey(
  found: Map<string, Found>,
  key: Found["key"],
  { guard, value }: { readonly guard: Guard | undefined; readonly value: Value },
): void {
  if (guard === undefined) return;
  const suffix = suffixOf(key, found);
  const known = found.get(suffix);
  if (known === undefined) found.set(suffix, { key, values: [{ guard, value }] });
  else known.values.push({ guard, value });
}

function knownKey(key: Found["key"]): string | undefined {
  return "kind" in key ? knownText(key) : key.key;
}

function unknownKey(key: Found["key"]): Definite | undefined {
  return "kind" in key && knownText(key) === undefined ? key : undefined;
}

/** Two keys that are not known are two instances, although they may turn out equal. */
function suffixOf(key: Found["key"], found: ReadonlyMap<string, Found>): string {
  const vague = unknownKey(key);
  if (vague === undefined) return `[${JSON.stringify(knownKey(key))}]`;
  const shown = `[${JSON.stringify(printable(vague))}]`;
  return found.has(shown) ? `[${JSON.stringify(`${printable(vague)} #${found.size}`)}]` : shown;
}

function copyOf(suffix: string, { key, values }: Found, at: Span): Copy {
  const [only] = values;
  const value = only !== undefined && values.length === 1 ? only.value : choose(values, at);
  const vague = unknownKey(key);
  return {
    key: knownKey(key),
    unknownKey: vague,
    suffix: vague === undefined ? suffix : nameMessage(suffix).text,
    guard: anyGuard(values.map(({ guard }) => guard)),
    turn: eachTurn(key, value, at),
  };
}

/**
 * `provider = aws.east` as its parts; in Terraform JSON syntax `"aws.east"`. OpenTofu's `aws.by["east"]` has the key in the
 * second part, which is `by[*]` where the key is no plain text.
 */
export function providerReference(e: AttributeSource["value"] | undefined): readonly string[] | undefined {
  if (e?.kind === "index") {
    const [name, alias = ""] = providerReference(e.of) ?? [];
    const key = e.key.kind === "template" ? keywordOf(e.key) : undefined;
    return name === undefined ? undefined : [name, `${alias}[${key === undefined ? "*" : JSON.stringify(key)}]`];
  }
  if (e?.kind === "get-attribute") {
    const of = keywordOf(e.of);
    return of === undefined ? undefined : [of, e.name.text];
  }
  return keywordOf(e)?.split(".");
}
