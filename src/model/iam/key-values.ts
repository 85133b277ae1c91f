import { both, type Guard } from "../../core/guard";
import { put } from "../../core/map";
import { allOf, and, anyOf, not, or, truth, type Truth } from "../../core/truth";
import { colon } from "./arn-pattern";
import { valuePattern } from "./item-pattern";
import { operatorOf, type Operator, type Test } from "./operator";
import { folded, hasHoles, hasWildcards, literalPattern, prefixOf, type Pattern } from "./pattern";
import { overlaps } from "./pattern-relations";
import type { Condition } from "./policy";
import {
  addresses,
  addressesOf,
  isThereValue,
  numbersOf,
  times,
  timesOf,
  wholeNumbers,
  type Range,
  type RangeDemand,
} from "./ranges";
import { shapeOf, type Fact, type KeyType } from "./request";
import { isThereText, type Effort, type TextDemand } from "./text-search";
import { apart } from "../../core/worlds";

/** One condition is to match, or not to match. */
export interface Demand {
  readonly condition: Condition;
  readonly matches: boolean;
}

export interface Possible {
  readonly answer: Truth;
  /** It takes too long to tell. */
  readonly tooLong: boolean;
}

/**
 * Is there a value of a key, or a request without the key, for which each condition on it does what is demanded? In all
 * worlds of a guard, or in none; "maybe" also where it hangs on what is not known of the values.
 */
export function possible(fact: Fact, demands: readonly Demand[], world: Guard, effort: Effort): Possible {
  const guards = demands.flatMap(({ condition }) => guardsOf(condition));
  const answers = apart([world], guards)?.map((one) => {
    const there = demands.filter(({ condition }) => both(one, condition.guard) !== undefined);
    // Where a condition is not there, it does not fail.
    if (demands.some((demand) => !demand.matches && !there.includes(demand))) return "no";
    return possibleIn(
      fact,
      there.map((demand) => askedOf(demand, one)),
      effort,
    );
  });
  if (answers === undefined) return { answer: "maybe", tooLong: true };
  const answer = allOf(answers) === "yes" ? "yes" : anyOf(answers) === "no" ? "no" : "maybe";
  return { answer, tooLong: effort.left <= 0 };
}

/** Under which a condition and its values are there. */
export function guardsOf({ guard, values, rest }: Condition): readonly Guard[] {
  return [{ guard }, ...values, ...rest].map((one) => one.guard).filter((one) => one.length > 0);
}

/** A demand in one world. */
interface Asked {
  /** Undefined: it does not exist. */
  readonly operator: Operator | undefined;
  readonly matches: boolean;
  readonly values: readonly Pattern[];
  /** There may be more values. */
  readonly open: boolean;
}

function askedOf({ condition, matches }: Demand, world: Guard): Asked {
  const isThere = ({ guard }: { readonly guard: Guard }) => both(world, guard) !== undefined;
  return {
    operator: operatorOf(condition.operator),
    matches,
    values: condition.values.filter(isThere).map(valuePattern),
    open: condition.rest.some(isThere),
  };
}

function possibleIn(fact: Fact, asked: readonly Asked[], effort: Effort): Truth {
  const without = allOf(asked.map(({ matches, ...one }) => asWanted(matchesAbsent(one), matches)));
  switch (fact.kind) {
    case "absent":
      return without;
    case "unknown":
      return atMost(or(without, possiblePresent(fact, asked, effort)));
    case "one-of":
    case "any": {
      const present = possiblePresent(fact, asked, effort);
      return fact.sure ? present : or(present, without);
    }
  }
}

function asWanted(answer: Truth, wanted: boolean): Truth {
  return wanted ? answer : not(answer);
}

/** An answer where something more decides: a yes is a maybe. */
function atMost(answer: Truth): Truth {
  return answer === "no" ? "no" : "maybe";
}

/**
 * Without the key, a positive operator fails and a negated one matches, as does any with `IfExists`. `ForAllValues`
 * matches, `ForAnyValue` does not, whatever the operator behind it.
 */
function matchesAbsent({ operator, ...asked }: Omit<Asked, "matches">): Truth {
  if (operator === undefined) return "maybe";
  const { test, set, ifExists, negated } = operator;
  if (test.kind === "null") return isNull(asked, "true");
  return truth(set === undefined ? ifExists || negated : set === "all");
}

/** `Null: true` asks for the key to be missing. */
function isNull({ values, open }: Pick<Asked, "values" | "open">, wanted: string): Truth {
  const answer = anyOf(values.map((value) => overlaps(value.map(folded), literalPattern(wanted))));
  return or(answer, open ? "maybe" : "no");
}

/** A value of the key is to be in a set, or outside of it. */
interface Member {
  readonly test: Test;
  readonly values: readonly Pattern[];
  readonly open: boolean;
  readonly inside: boolean;
}

function possiblePresent(fact: Exclude<Fact, { kind: "absent" }>, asked: readonly Asked[], effort: Effort): Truth {
  const isSet = ({ operator }: Asked) => operator?.set !== undefined;
  const several = fact.kind === "any" && fact.of === "mail-addresses";
  let sure: Truth = "yes";
  const all: Member[] = [];
  const some: Member[] = [];
  for (const one of asked) {
    const { operator, matches, values, open } = one;
    if (operator?.test.kind === "null") sure = and(sure, asWanted(isNull(one, "false"), matches));
    // "Multivalued context keys require a condition set operator."
    else if (operator === undefined || (several && !isSet(one))) sure = and(sure, "maybe");
    else {
      const member = { test: operator.test, values, open, inside: operator.negated !== matches };
      // That not all values match is that one does not.
      const ofAll = operator.set === undefined || (operator.set === "all") === matches;
      (ofAll ? all : some).push(member);
    }
  }
  if (sure === "no") return "no";
  const isOne = !several && (fact.kind !== "unknown" || !asked.every(isSet));
  const values = isOne || some.length === 0 ? [[...all, ...some]] : some.map((one) => [...all, one]);
  return allOf([sure, ...values.map((members) => possibleValue(fact, members, effort))]);
}

/** Is there a value that is in all these sets? */
function possibleValue(fact: Exclude<Fact, { kind: "absent" }>, members: readonly Member[], effort: Effort): Truth {
  if (fact.kind === "one-of") {
    return anyOf(fact.values.map((value) => allOf(members.map((one) => asWanted(hasValue(one, value), one.inside)))));
  }
  const of = fact.kind === "any" ? fact.of : undefined;
  const byLine = new Map<Line, Member[]>();
  for (const member of members) {
    const line = lineOf(member.test, of);
    put(byLine, line, member);
  }
  const answers = [...byLine].map(([line, some]) => possibleOn(line, some, of, effort));
  // What one says of the text of an address, and another of its network, is not compared.
  return answers.length > 1 ? atMost(allOf(answers)) : allOf(answers);
}

function hasValue({ test, values, open }: Member, value: Pattern): Truth {
  return anyOf([...values.map((pattern) => valueMatches(test, pattern, value)), open ? "maybe" : "no"]);
}

function valueMatches(test: Test, pattern: Pattern, value: Pattern): Truth {
  switch (test.kind) {
    case "string":
      return test.as === "like" ? overlaps(pattern, value) : sameText(pattern, value, test.as === "same-but-case");
    case "bool":
      return sameText(pattern, value, true);
    case "number": {
      const range = numbersOf(test.order, pattern);
      const digits = prefixOf(value);
      if (range === undefined || hasHoles(value)) return "maybe";
      return truth(/^\d+$/.test(digits) && range.first <= BigInt(digits) && BigInt(digits) <= range.last);
    }
    case "arn":
      if (!prefixOf(value).startsWith("arn:")) return hasHoles(value) ? "maybe" : "no";
      return hasSixFields(pattern) ? overlaps(pattern, value) : "maybe";
    case "ip":
    case "date":
    case "null":
    case "binary":
      return "maybe";
  }
}

function sameText(pattern: Pattern, value: Pattern, fold: boolean): Truth {
  if (hasWildcards(pattern)) return "no";
  return fold ? overlaps(pattern.map(folded), value.map(folded)) : overlaps(pattern, value);
}

/** What values are compared as. "none": nothing is known of how they are. */
type Line = "text" | "number" | "time" | "ip-address" | "none";

/** AWS does not say what becomes of an operator that is for another type than the key has. */
function lineOf({ kind }: Test, of: KeyType | undefined): Line {
  switch (kind) {
    case "string":
      return of === "number" ? "none" : "text";
    case "bool":
      return of === undefined ? "text" : "none";
    case "arn":
      return of === undefined || of === "arn" ? "text" : "none";
    case "ip":
      return of === undefined || of === "ip-address" ? "ip-address" : "none";
    case "number":
      return of === "number" ? "number" : "none";
    case "date":
      return of === undefined ? "time" : "none";
    case "null":
    case "binary":
      return "none";
  }
}

function possibleOn(line: Line, members: readonly Member[], of: KeyType | undefined, effort: Effort): Truth {
  switch (line) {
    case "text":
      return isThereText(shapeOf(of), members.map(textsOf), effort);
    case "number":
      return isThereValue(wholeNumbers, members.map(rangesOf));
    case "time":
      return isThereValue(times, members.map(rangesOf));
    case "ip-address":
      return isThereValue(addresses, members.map(rangesOf));
    case "none":
      return "maybe";
  }
}

/** A `*` is a plain character where texts are equal: it is in no address and no region. */
function textsOf({ test, values, open, inside }: Member): TextDemand {
  const fold = test.kind === "bool" || (test.kind === "string" && test.as === "same-but-case");
  const exact = fold || (test.kind === "string" && test.as === "same");
  if (test.kind === "arn") {
    // "Each of the six colon-delimited components of the ARN is checked separately": nothing says how fewer are.
    const whole = values.filter(hasSixFields);
    return { patterns: whole, open: open || whole.length < values.length, exact, fold, inside };
  }
  return { patterns: exact ? values.filter((one) => !hasWildcards(one)) : values, open, exact, fold, inside };
}

function hasSixFields(pattern: Pattern): boolean {
  return hasHoles(pattern) || pattern.filter((token) => token === colon).length >= 5;
}

function rangesOf({ test, values, open, inside }: Member): RangeDemand {
  const found = values.map((value) => rangeOf(test, value));
  return {
    ranges: found.filter((range) => range !== undefined),
    open: open || found.includes(undefined),
    // Of an order there is something on both sides; a network may be that of all addresses.
    some: (inside || test.kind === "number") && values.some(hasHoles),
    inside,
  };
}

function rangeOf(test: Test, value: Pattern): Range | undefined {
  switch (test.kind) {
    case "ip":
      return addressesOf(value);
    case "number":
      return numbersOf(test.order, value);
    case "date":
      return timesOf(test.order, value);
    case "string":
    case "bool":
    case "arn":
    case "null":
    case "binary":
      return undefined;
  }
}
