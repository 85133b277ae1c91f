import type { Because } from "../core/finding";
import { askedText } from "../core/guard";
import { and, anyOf, not, or, truth, type Truth } from "../core/truth";
import type { KnownAction } from "./aws";
import { valuePattern } from "./item-pattern";
import {
  covers,
  hasHoles,
  hasWildcards,
  isPolicyVariable,
  literalPattern,
  overlaps,
  prefixOf,
  unknownsIn,
  type Pattern,
} from "./pattern";
import type { Condition } from "./policy";
import { everywhere, without } from "./worlds";

/**
 * What a condition does to the requests in question: it matches all of them, some and not others, or none. "unknown":
 * which of these cannot be told. Where it is not known how far a condition goes, "sometimes" is the side on which
 * nobody is said to have or to lack what is not sure: an Allow matches some requests at least, a Deny not all.
 */
export interface Judgement {
  readonly verdict: "always" | "sometimes" | "never" | "unknown";
  /** Why it is unknown. Empty otherwise. */
  readonly because: readonly Because[];
}

/** The requests in question. `action` is undefined for actions of services that are not listed one by one. */
export interface Request {
  /** SMTP sends with a long-term key and `ses:SendRawEmail` alone; everything else comes by the API or the console. */
  readonly by: "smtp" | "api";
  readonly action: KnownAction | undefined;
}

export type Side = "allow" | "deny";

/** All conditions of a statement must match. Two that each match sometimes may exclude each other on one key only. */
export function judge(conditions: readonly Condition[], request: Request, side: Side): Judgement {
  const sometimes = new Set<string>();
  const because: Because[] = [];
  let unknown = false;
  for (const condition of conditions) {
    const one = judgeOne(condition, request, side);
    if (one.verdict === "never") return one;
    const key = condition.key.toLowerCase();
    if (one.verdict === "unknown" || (one.verdict === "sometimes" && sometimes.has(key))) {
      unknown = true;
      because.push(...(one.because.length > 0 ? one.because : [notJudged(condition)]));
    }
    if (one.verdict === "sometimes") sometimes.add(key);
  }
  // What one condition lets pass, the others do not take either.
  if (unknown && (side === "allow" || sometimes.size === 0)) return { verdict: "unknown", because };
  return { verdict: sometimes.size > 0 ? "sometimes" : "always", because: [] };
}

function judgeOne(condition: Condition, request: Request, side: Side): Judgement {
  const operator = operatorOf(condition.operator);
  const fact = factOf(condition.key.toLowerCase(), request);
  const outcome = operator === undefined || fact === undefined ? openOutcome : outcomeOf(operator, fact, condition);
  if (outcome.canFail === "no") return { verdict: "always", because: [] };
  // Under a guard it is there in some worlds only: where it is not, it matches.
  const isThere = condition.guard.length === 0;
  if (isThere && outcome.canMatch === "no") return { verdict: "never", because: [] };
  if ((isThere || side === "allow") && (side === "allow" ? outcome.canMatch : outcome.canFail) === "yes")
    return { verdict: "sometimes", because: [] };
  const holes = condition.values.flatMap((item) => unknownsIn(valuePattern(item)));
  // A value that is there in some worlds only: what decides is which of them it is.
  const hanging = outcome === openOutcome ? [] : condition.values.flatMap(hangsOn);
  const because = [...condition.rest.map((rest) => rest.because), ...holes, ...hanging];
  return { verdict: "unknown", because: because.length > 0 ? because : [notJudged(condition)] };
}

function hangsOn({ value, guard }: Condition["values"][number]): readonly Because[] {
  const what = askedText(guard);
  return what === "" ? [] : [{ reason: { kind: "unsupported", what: `the outcome of ${what}` }, at: value.at }];
}

function notJudged(condition: Condition): Because {
  const named = /^[A-Za-z0-9:/_.-]{1,80}$/;
  const what = named.test(condition.key) ? `a condition on ${condition.key}` : "a condition";
  return { reason: { kind: "unsupported", what }, at: condition.at };
}

/** What is certain about a key of the requests. `sure`: it is always there. */
type Fact =
  | { readonly kind: "absent" }
  | { readonly kind: "one-of"; readonly values: readonly string[]; readonly sure: boolean }
  /** The caller may choose any. */
  | { readonly kind: "any"; readonly of: KeyType; readonly sure: boolean };

type KeyType = "text" | "texts" | "arn" | "number" | "address";

/** Undefined: nothing is certain. Facts are those of the service authorization reference and the SES Developer Guide. */
function factOf(key: string, request: Request): Fact | undefined {
  const service = key.slice(0, Math.max(0, key.indexOf(":")));
  if (service === "aws") return globalFact(key, request);
  if (request.action === undefined) return service === "ses" || service === "iam" ? { kind: "absent" } : undefined;
  if (!request.action.keys.has(key)) return { kind: "absent" };
  if (key === "ses:apiversion") {
    // SMTP counts as version 2; the API has both.
    return { kind: "one-of", values: request.by === "smtp" ? ["2"] : ["1", "2"], sure: true };
  }
  const of = chosenKeys.get(key);
  const sure = request.by === "smtp" && (key === "ses:fromaddress" || key === "ses:recipients");
  return of && { kind: "any", of, sure };
}

/** Keys whose values the caller chooses, or whoever made what the call is about. */
const chosenKeys: ReadonlyMap<string, KeyType> = new Map([
  ["ses:fromaddress", "text"],
  ["ses:fromdisplayname", "text"],
  ["ses:feedbackaddress", "text"],
  ["ses:recipients", "texts"],
  ["ses:tenantname", "text"],
  ["iam:permissionsboundary", "arn"],
  ["iam:policyarn", "arn"],
]);

function globalFact(key: string, request: Request): Fact | undefined {
  switch (key) {
    // "Always included in the request context"; SES takes mail and calls over TLS only.
    case "aws:securetransport":
      return { kind: "one-of", values: ["true"], sure: true };
    // Long-term access keys, which SMTP credentials are, never carry MFA; a session of a person may.
    case "aws:multifactorauthpresent":
      return request.by === "smtp" ? { kind: "absent" } : { kind: "one-of", values: ["true", "false"], sure: false };
    case "aws:multifactorauthage":
      return request.by === "smtp" ? { kind: "absent" } : { kind: "any", of: "number", sure: false };
    // Not there for a request by a VPC endpoint.
    case "aws:sourceip":
      return { kind: "any", of: "address", sure: false };
    case "aws:requestedregion":
      return request.by === "smtp" ? undefined : { kind: "any", of: "text", sure: true };
    default:
      return undefined;
  }
}

interface Operator {
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: "all" | "any" | undefined;
}

type Test = "null" | "string" | "string-ignore-case" | "string-like" | "bool" | "ip" | "arn" | Order | "not judged";
type Order = "=" | "<" | "<=" | ">" | ">=";

const tests: ReadonlyMap<string, Test> = new Map([
  ["null", "null"],
  ["stringequals", "string"],
  ["stringequalsignorecase", "string-ignore-case"],
  ["stringlike", "string-like"],
  ["bool", "bool"],
  ["ipaddress", "ip"],
  // "The ArnEquals and ArnLike condition operators behave identically."
  ["arnequals", "arn"],
  ["arnlike", "arn"],
  ["numericequals", "="],
  ["numericlessthan", "<"],
  ["numericlessthanequals", "<="],
  ["numericgreaterthan", ">"],
  ["numericgreaterthanequals", ">="],
  // There is no clock, and no key of the requests is binary.
  ["dateequals", "not judged"],
  ["datelessthan", "not judged"],
  ["datelessthanequals", "not judged"],
  ["dategreaterthan", "not judged"],
  ["dategreaterthanequals", "not judged"],
  ["binaryequals", "not judged"],
]);

const negations: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "stringequals"],
  ["stringnotequalsignorecase", "stringequalsignorecase"],
  ["stringnotlike", "stringlike"],
  ["notipaddress", "ipaddress"],
  ["arnnotequals", "arnequals"],
  ["arnnotlike", "arnlike"],
  ["numericnotequals", "numericequals"],
  ["datenotequals", "dateequals"],
]);

/** Undefined: an operator that does not exist. */
function operatorOf(written: string): Operator | undefined {
  let rest = written.toLowerCase();
  let set: Operator["set"];
  if (rest.startsWith("forallvalues:")) set = "all";
  if (rest.startsWith("foranyvalue:")) set = "any";
  if (set !== undefined) rest = rest.slice(rest.indexOf(":") + 1);
  const ifExists = rest.endsWith("ifexists");
  if (ifExists) rest = rest.slice(0, -"ifexists".length);
  const positive = negations.get(rest);
  const test = tests.get(positive ?? rest);
  return test && { test, negated: positive !== undefined, ifExists, set };
}

/** Are there requests that match, and such that do not? */
interface Outcome {
  readonly canMatch: Truth;
  readonly canFail: Truth;
}

const openOutcome: Outcome = { canMatch: "maybe", canFail: "maybe" };

function outcomeOf(operator: Operator, fact: Fact, condition: Condition): Outcome {
  const present = fact.kind === "absent" ? undefined : presentOutcome(operator, fact, condition);
  const absent = fact.kind === "absent" || !fact.sure ? absentOutcome(operator, condition) : undefined;
  if (present === undefined) return absent ?? openOutcome;
  if (absent === undefined) return present;
  return { canMatch: or(present.canMatch, absent.canMatch), canFail: or(present.canFail, absent.canFail) };
}

/**
 * Without the key, a positive operator fails and a negated one matches, as does any with `IfExists`. `ForAllValues`
 * matches, `ForAnyValue` does not, whatever the operator behind it.
 */
function absentOutcome(operator: Operator, condition: Condition): Outcome {
  if (operator.test === "null") return nullOutcome(condition, "true");
  const matches = operator.set === undefined ? operator.ifExists || operator.negated : operator.set === "all";
  return { canMatch: truth(matches), canFail: truth(!matches) };
}

function presentOutcome(operator: Operator, fact: Exclude<Fact, { kind: "absent" }>, condition: Condition): Outcome {
  const { test, set, negated } = operator;
  if (test === "null") return nullOutcome(condition, "false");
  // "Multivalued context keys require a condition set operator."
  if (fact.kind === "any" && fact.of === "texts" && set === undefined) return openOutcome;
  const outcome = fact.kind === "any" ? anyValue(test, fact.of, condition) : oneOf(test, fact.values, condition);
  return negated ? { canMatch: outcome.canFail, canFail: outcome.canMatch } : outcome;
}

/** `Null: true` asks for the key to be missing. */
function nullOutcome(condition: Condition, wanted: string): Outcome {
  const answer = anyMatches(condition, (pattern) => overlaps(folded(pattern), literalPattern(wanted)));
  return { canMatch: answer, canFail: not(answer) };
}

function oneOf(test: Test, values: readonly string[], condition: Condition): Outcome {
  const answers = values.map((value) => anyMatches(condition, (pattern) => valueMatches(test, pattern, value)));
  return { canMatch: anyOf(answers), canFail: anyOf(answers.map(not)) };
}

/** Is it matched by any of the values, those too that are not known? */
function anyMatches(condition: Condition, matches: (pattern: Pattern) => Truth): Truth {
  const answers = condition.values.map((item) => ({ guard: item.guard, answer: matches(valuePattern(item)) }));
  const sure = answers.filter(({ answer }) => answer === "yes").map(({ guard }) => guard);
  if (without(everywhere, sure)?.length === 0) return "yes";
  // A value under a guard may not be there.
  return condition.rest.length > 0 || answers.some(({ answer }) => answer !== "no") ? "maybe" : "no";
}

function valueMatches(test: Test, pattern: Pattern, value: string): Truth {
  const wanted = literalPattern(value);
  switch (test) {
    case "string-like":
      return overlaps(pattern, wanted);
    case "string":
      return hasWildcards(pattern) ? "no" : overlaps(pattern, wanted);
    case "string-ignore-case":
    case "bool":
      return hasWildcards(pattern) ? "no" : overlaps(folded(pattern), wanted);
    case "=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return inOrder(test, Number(value), numberOf(pattern));
    case "arn":
      return "no"; // None of the values is one.
    case "ip":
    case "null":
    case "not judged":
      return "maybe";
  }
}

/** `2`, `2.0` and `02` are one number. Undefined: it is none, or not known. */
function numberOf(pattern: Pattern): number | undefined {
  const digits = hasWildcards(pattern) || hasHoles(pattern) ? "" : prefixOf(pattern);
  return /^[+-]?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}

function inOrder(order: Order, value: number, limit: number | undefined): Truth {
  if (limit === undefined) return "maybe";
  switch (order) {
    case "=":
      return truth(value === limit);
    case "<":
      return truth(value < limit);
    case "<=":
      return truth(value <= limit);
    case ">":
      return truth(value > limit);
    case ">=":
      return truth(value >= limit);
  }
}

/** A key that the caller may choose: every value that is written is one that some request has. */
function anyValue(test: Test, of: KeyType, condition: Condition): Outcome {
  const isAny = (pattern: Pattern) => anyMatches(condition, (one) => covers(one, pattern));
  const canMatch = anyMatches(condition, () => "yes");
  switch (test) {
    case "string-like":
      return of === "number" ? openOutcome : { canMatch, canFail: not(isAny(literalPattern("?*"))) };
    case "string":
    case "string-ignore-case":
      return of === "number" ? openOutcome : { canMatch: anyMatches(condition, canBeWritten), canFail: "yes" };
    case "arn":
      return of === "arn" ? { canMatch, canFail: not(isAny(literalPattern("arn:*:*:*:*:*"))) } : openOutcome;
    case "ip":
      // A network of one version takes no address of the other.
      return of === "address"
        ? { canMatch, canFail: not(and(isAny(literalPattern("0.0.0.0/0")), isAny(literalPattern("::/0")))) }
        : openOutcome;
    case "=":
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const answer = anyMatches(condition, (one) => (hasHoles(one) || (numberOf(one) ?? 0) > 0 ? "yes" : "maybe"));
      return of === "number" ? { canMatch: answer, canFail: answer } : openOutcome;
    }
    case "bool":
    case "null":
    case "not judged":
      return openOutcome;
  }
}

/**
 * A `*` is a plain character here, which is in no address and no region. A value that is not known is taken to have
 * none: `var.sender` is some address. What AWS fills in (`${aws:username}`) need not be one.
 */
function canBeWritten(pattern: Pattern): Truth {
  if (hasWildcards(pattern)) return "no";
  return pattern.some((token) => typeof token !== "number" && isPolicyVariable(token)) ? "maybe" : "yes";
}

function folded(pattern: Pattern): Pattern {
  return pattern.map((token) => (typeof token === "number" && token >= 65 && token <= 90 ? token + 32 : token));
}
