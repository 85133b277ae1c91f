import type { Because } from "../../core/finding";
import { always, askedText, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { kept } from "../../core/map";
import type { Truth } from "../../core/truth";
import { valuePattern } from "./item-pattern";
import { possible, type Demand, type Possible } from "./key-values";
import { unknownsIn } from "./pattern";
import type { Condition, PatternItem } from "./policy";
import { factOf, type Fact, type Request } from "./request";
import type { Effort } from "./text-search";

/**
 * What the conditions of a statement do to the requests in question: they match all of them, some and not others, or
 * none. "unknown": which of these cannot be told. Where it is not known how far they go, "sometimes" is the side on
 * which nobody is said to have or to lack what is not sure: an Allow matches some requests at least, a Deny not all.
 */
export interface Judgement {
  readonly verdict: "always" | "sometimes" | "never" | "unknown";
  /** Why it is unknown. Empty otherwise. */
  readonly because: readonly Because[];
}

export type Side = "allow" | "deny";

/** `world`: where it is asked. */
export function judge(
  conditions: readonly Condition[],
  request: Request,
  side: Side,
  world: Guard = always,
): Judgement {
  const matched = requestWith(conditions, [], request, world);
  if (matched.answer === "no") return { verdict: "never", because: [] };
  const failed = requestWith([], [conditions], request, world);
  if (failed.answer === "no") return { verdict: "always", because: [] };
  const decides = side === "allow" ? matched : failed;
  return decides.answer === "yes"
    ? { verdict: "sometimes", because: [] }
    : { verdict: "unknown", because: decides.because };
}

/** The answer to whether there is such a request. */
export interface Found {
  readonly answer: Truth;
  /** What decides, and is not known: where it is "maybe". */
  readonly because: readonly Because[];
}

/**
 * Is there a request that matches all of some conditions, and of each of some statements fails one? A key is independent
 * of the others; the conditions on one are compared as the sets of values that they are. `world`: where it is asked.
 */
export function requestWith(
  matching: readonly Condition[],
  failing: readonly (readonly Condition[])[],
  request: Request,
  world: Guard = always,
): Found {
  if (failing.some((conditions) => conditions.length === 0)) return { answer: "no", because: [] };
  const statements = [...new Set(failing)];
  const only = statements.flatMap(([condition, ...others]) => (condition && others.length === 0 ? [condition] : []));
  const demands = [
    ...matching.map((condition) => ({ condition, matches: true })),
    ...only.map((condition) => ({ condition, matches: false })),
  ];
  const effort: Effort = { left: limits.conditionSteps };
  const choosing: Choosing = { request, world, effort, left: limits.conditionChoices };
  const asked = withDemands(undefined, demands, choosing);
  const choices = statements.filter(({ length }) => length > 1);
  return asked === undefined ? { answer: "no", because: [] } : choose(asked, choices, choosing);
}

/**
 * What is asked of each key, by its name in lower case: what was asked last, in front of what was before. None of it is
 * impossible.
 */
interface Asked {
  readonly keys: ReadonlyMap<string, AskedOfKey>;
  readonly before: Asked | undefined;
}

interface AskedOfKey {
  /** Undefined where nothing is asked yet. */
  readonly last: Demand | undefined;
  readonly before: AskedOfKey | undefined;
  /** It is told once: with the effort that is left where it is asked for first. */
  readonly possible: (effort: Effort) => Possible;
  /** With one condition more that is to match, or not to match, as far as that was asked. */
  readonly more: readonly [WeakMap<Condition, AskedOfKey>, WeakMap<Condition, AskedOfKey>];
}

interface Choosing {
  readonly request: Request;
  readonly world: Guard;
  readonly effort: Effort;
  left: number;
}

/** What is asked with more demands; undefined where no request can meet them. */
function withDemands(
  before: Asked | undefined,
  demands: readonly Demand[],
  { request, world, effort }: Choosing,
): Asked | undefined {
  const keys = new Map<string, AskedOfKey>();
  for (const demand of demands) {
    const key = demand.condition.key.toLowerCase();
    const fact = factOf(demand.condition, request);
    const known = keys.get(key) ?? askedOf(key, before, effort) ?? nothingAsked(fact);
    keys.set(key, withOne(known, demand, fact, world));
  }
  const isPossible = [...keys.values()].every((one) => one.possible(effort).answer !== "no");
  return isPossible ? { keys, before } : undefined;
}

function askedOf(key: string, asked: Asked | undefined, effort: Effort): AskedOfKey | undefined {
  for (let one = asked; one !== undefined; one = one.before) {
    effort.left--;
    const known = one.keys.get(key);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** The best of all ways to fail a condition of each statement, those first after which it is sure for the key. */
function choose(asked: Asked, [statement, ...others]: readonly (readonly Condition[])[], choosing: Choosing): Found {
  if (statement === undefined) return foundOf(asked, choosing);
  const ways = statement.flatMap((condition) => {
    const more = withDemands(asked, [{ condition, matches: false }], choosing);
    return more === undefined ? [] : [{ condition, more, rank: isSure(condition, more, choosing) ? 0 : 1 }];
  });
  let best: Found = { answer: "no", because: [] };
  for (const { condition, more } of ways.sort((a, b) => a.rank - b.rank)) {
    if (choosing.left-- <= 0 || choosing.effort.left <= 0)
      return { answer: "maybe", because: [...best.because, tooHard(condition)] };
    const found = choose(more, others, choosing);
    if (found.answer === "yes") return found;
    if (best.answer === "no") best = found;
  }
  return best;
}

function isSure({ key }: Condition, { keys }: Asked, { effort }: Choosing): boolean {
  return keys.get(key.toLowerCase())?.possible(effort).answer === "yes";
}

function foundOf(asked: Asked, { request, world, effort }: Choosing): Found {
  const all = new Map(layersOf(asked).flatMap(({ keys }) => [...keys]));
  effort.left -= all.size;
  const open = [...all.values()].filter((one) => one.possible(effort).answer !== "yes");
  if (open.length === 0) return { answer: "yes", because: [] };
  const because = open.flatMap((one) => {
    const demands = demandsOf(one);
    return one.possible(effort).tooLong
      ? demands.slice(0, 1).map(({ condition }) => tooHard(condition))
      : whyOpen(demands, request, world);
  });
  return { answer: "maybe", because };
}

/** What was asked one after the other, the first one first. */
function layersOf(asked: Asked): readonly Asked[] {
  const layers: Asked[] = [];
  for (let one: Asked | undefined = asked; one !== undefined; one = one.before) layers.push(one);
  return layers.reverse();
}

/** What is not known of conditions on one key, and of the key. */
function whyOpen(demands: readonly Demand[], request: Request, world: Guard): readonly Because[] {
  const conditions = demands.map(({ condition }) => condition);
  const [first] = conditions;
  if (first === undefined) return [];
  const fact = factOf(first, request);
  const isOpen = (some: readonly Demand[]) =>
    possible(fact, some, world, { left: limits.conditionSteps }).answer === "maybe";
  const unknown = demands.flatMap((demand) => unknownOf(demand, demands, isOpen));
  if (fact.kind === "unknown") return [...unknown, ...conditions.map(notInInput)];
  // Where it is there in some worlds only, what decides is which of them it is.
  const because = [...unknownsIn(first.has ?? []), ...unknown, ...conditions.flatMap(hangsOn)];
  if (because.length > 0) return because;
  const unfit = demands.filter((demand) => isOpen([demand])).map(({ condition }) => condition);
  return (unfit.length > 0 ? unfit : conditions).map(notComparable);
}

/** What is not known of a condition's values. Of several, those that leave the answer open without the others. */
function unknownOf(
  demand: Demand,
  demands: readonly Demand[],
  isOpen: (some: readonly Demand[]) => boolean,
): readonly Because[] {
  const { condition } = demand;
  const isKnown = (item: PatternItem) => unknownsIn(valuePattern(item)).length === 0;
  const known = condition.values.filter(isKnown);
  const parts = [
    ...condition.rest.map((one) => ({ alone: { values: known, rest: [one] }, because: [one.because] })),
    ...condition.values
      .filter((item) => !isKnown(item))
      .map((item) => ({ alone: { values: [...known, item], rest: [] }, because: unknownsIn(valuePattern(item)) })),
  ];
  if (parts.length < 2 || parts.length > partsTried) return parts.flatMap(({ because }) => because);
  const deciding = parts.filter(({ alone }) =>
    isOpen(demands.map((one) => (one === demand ? { ...one, condition: { ...condition, ...alone } } : one))),
  );
  return (deciding.length > 0 ? deciding : parts).flatMap(({ because }) => because);
}

/** A list of a hundred unknown values is not tried one by one. */
const partsTried = 20;

function hangsOn(condition: Condition): readonly Because[] {
  return [condition, ...condition.values].flatMap(({ guard, at }): readonly Because[] => {
    const what = askedText(guard);
    return what === "" ? [] : [{ reason: { kind: "unsupported", what: `the outcome of ${what}` }, at }];
  });
}

/** Only AWS knows what a request has of the key. */
function notInInput(condition: Condition): Because {
  return { reason: { kind: "missing", what: `${keyText(condition)} of a request` }, at: condition.at };
}

/** AWS says of which type a key is, and not what becomes of a condition that is for another one. */
function notComparable(condition: Condition): Because {
  const operator = /^[A-Za-z:]{1,60}$/.test(condition.operator) ? condition.operator : "the operator";
  return { reason: { kind: "invalid", what: `${operator} on ${keyText(condition)}` }, at: condition.at };
}

function tooHard(condition: Condition): Because {
  return { reason: { kind: "limit", what: `what conditions leave of ${keyText(condition)}` }, at: condition.at };
}

/** A condition key as a message shows it: what does not read as a name is not shown. */
function keyText({ key }: Condition): string {
  return /^[A-Za-z0-9:/_.-]{1,80}$/.test(key) ? key : "a condition key";
}

/** Only the conditions' own worlds count where none of them has a guard, and hundreds of actions have the same keys. */
function withOne(before: AskedOfKey, last: Demand, fact: Fact, world: Guard): AskedOfKey {
  const make = () => askedOfKey(before, last, (demands, effort) => possible(fact, demands, world, effort));
  if (hangs(last.condition)) return make();
  return kept(before.more[last.matches ? 0 : 1], last.condition, make);
}

function hangs({ guard, values, rest }: Condition): boolean {
  return [{ guard }, ...values, ...rest].some((one) => one.guard.length > 0);
}

function nothingAsked(fact: Fact): AskedOfKey {
  return kept(askedOfFacts, fact, () => askedOfKey(undefined, undefined, () => ({ answer: "yes", tooLong: false })));
}

function askedOfKey(
  before: AskedOfKey | undefined,
  last: Demand | undefined,
  find: (demands: readonly Demand[], effort: Effort) => Possible,
): AskedOfKey {
  let found: Possible | undefined;
  const asked: AskedOfKey = {
    last,
    before,
    possible: (effort) => (found ??= find(demandsOf(asked), effort)),
    more: [new WeakMap(), new WeakMap()],
  };
  return asked;
}

/** The demands of a key, the last one first. */
function demandsOf(asked: AskedOfKey): readonly Demand[] {
  const demands: Demand[] = [];
  for (let one: AskedOfKey | undefined = asked; one !== undefined; one = one.before) {
    if (one.last !== undefined) demands.push(one.last);
  }
  return demands;
}

const askedOfFacts = new WeakMap<Fact, AskedOfKey>();
