import type { Because } from "../core/finding";
import { askedText } from "../core/guard";
import { anyOf, not, or, truth, type Truth } from "../core/truth";
import type { KnownAction } from "./aws";
import {
  covers,
  hasHoles,
  isPolicyVariable,
  literalPattern,
  overlaps,
  patternOf,
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
  const holes = condition.values.flatMap((item) => unknownsIn(patternOf(item.value, "keep", true)));
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
  /** The caller may choose any text. */
  | { readonly kind: "any"; readonly sure: boolean };

/** Undefined: nothing is certain. Facts are those of the service authorization reference and the SES Developer Guide. */
function factOf(key: string, request: Request): Fact | undefined {
  const service = key.slice(0, Math.max(0, key.indexOf(":")));
  if (service === "aws") return globalFact(key, request);
  if (request.action === undefined) return service === "ses" || service === "iam" ? { kind: "absent" } : undefined;
  if (!request.action.keys.has(key)) return { kind: "absent" };
  if (service !== "ses") return undefined;
  if (key === "ses:apiversion") {
    // SMTP counts as version 2; the API has both.
    return { kind: "one-of", values: request.by === "smtp" ? ["2"] : ["1", "2"], sure: true };
  }
  const sure = request.by === "smtp" && (key === "ses:fromaddress" || key === "ses:recipients");
  return sendingKeys.has(key) ? { kind: "any", sure } : undefined;
}

const sendingKeys = new Set(["ses:fromaddress", "ses:fromdisplayname", "ses:feedbackaddress", "ses:recipients"]);

function globalFact(key: string, request: Request): Fact | undefined {
  switch (key) {
    // "Always included in the request context"; SES takes mail and calls over TLS only.
    case "aws:securetransport":
      return { kind: "one-of", values: ["true"], sure: true };
    // Long-term access keys, which SMTP credentials are, never carry MFA; a session of a person may.
    case "aws:multifactorauthpresent":
      return request.by === "smtp" ? { kind: "absent" } : { kind: "one-of", values: ["true", "false"], sure: false };
    case "aws:multifactorauthage":
      return request.by === "smtp" ? { kind: "absent" } : undefined;
    // Not there for a request by a VPC endpoint.
    case "aws:sourceip":
      return { kind: "any", sure: false };
    case "aws:requestedregion":
      return request.by === "smtp" ? undefined : { kind: "any", sure: true };
    default:
      return undefined;
  }
}

interface Operator {
  readonly base: Base;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: "all" | "any" | undefined;
}

type Base = "null" | "string-equals" | "string-equals-ignore-case" | "string-like" | "bool" | "numeric" | "ip";

const bases: ReadonlyMap<string, { readonly base: Base; readonly negated: boolean }> = new Map([
  ["null", { base: "null", negated: false }],
  ["stringequals", { base: "string-equals", negated: false }],
  ["stringnotequals", { base: "string-equals", negated: true }],
  ["stringequalsignorecase", { base: "string-equals-ignore-case", negated: false }],
  ["stringnotequalsignorecase", { base: "string-equals-ignore-case", negated: true }],
  ["stringlike", { base: "string-like", negated: false }],
  ["stringnotlike", { base: "string-like", negated: true }],
  ["bool", { base: "bool", negated: false }],
  ["numericequals", { base: "numeric", negated: false }],
  ["numericnotequals", { base: "numeric", negated: true }],
  ["ipaddress", { base: "ip", negated: false }],
  ["notipaddress", { base: "ip", negated: true }],
]);

/** Undefined: an operator that is not judged (dates, ARNs, orders) or that does not exist. */
function operatorOf(written: string): Operator | undefined {
  let rest = written.toLowerCase();
  let set: Operator["set"];
  if (rest.startsWith("forallvalues:")) set = "all";
  if (rest.startsWith("foranyvalue:")) set = "any";
  if (set !== undefined) rest = rest.slice(rest.indexOf(":") + 1);
  const ifExists = rest.endsWith("ifexists");
  const known = bases.get(ifExists ? rest.slice(0, -"ifexists".length) : rest);
  return known && { ...known, ifExists, set };
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

/** Without the key, a positive operator fails and a negated one matches; `IfExists` and `ForAllValues` always match. */
function absentOutcome(operator: Operator, condition: Condition): Outcome {
  if (operator.base === "null") return nullOutcome(condition, "true");
  const matches = operator.ifExists || operator.set === "all" || (operator.negated && operator.set !== "any");
  return { canMatch: truth(matches), canFail: truth(!matches) };
}

function presentOutcome(operator: Operator, fact: Exclude<Fact, { kind: "absent" }>, condition: Condition): Outcome {
  if (operator.base === "null") return nullOutcome(condition, "false");
  const { base } = operator;
  const outcome = fact.kind === "any" ? anyText(base, condition) : oneOf(base, fact.values, condition);
  return operator.negated ? { canMatch: outcome.canFail, canFail: outcome.canMatch } : outcome;
}

/** `Null: true` asks for the key to be missing. */
function nullOutcome(condition: Condition, wanted: string): Outcome {
  const answer = anyMatches(condition, (pattern) => overlaps(folded(pattern), literalPattern(wanted)));
  return { canMatch: answer, canFail: not(answer) };
}

function oneOf(base: Base, values: readonly string[], condition: Condition): Outcome {
  const answers = values.map((value) => anyMatches(condition, (pattern) => valueMatches(base, pattern, value)));
  return { canMatch: anyOf(answers), canFail: anyOf(answers.map(not)) };
}

/** Is it matched by any of the values, those too that are not known? */
function anyMatches(condition: Condition, matches: (pattern: Pattern) => Truth): Truth {
  const answers = condition.values.map(({ value, guard }) => ({
    guard,
    answer: matches(patternOf(value, "keep", true)),
  }));
  const sure = answers.filter(({ answer }) => answer === "yes").map(({ guard }) => guard);
  if (sure.length > 0 && without(everywhere, sure)?.length === 0) return "yes";
  // A value under a guard may not be there.
  return condition.rest.length > 0 || answers.some(({ answer }) => answer !== "no") ? "maybe" : "no";
}

function valueMatches(base: Base, pattern: Pattern, value: string): Truth {
  const wanted = literalPattern(value);
  switch (base) {
    case "string-like":
      return overlaps(pattern, wanted);
    case "string-equals":
      return plain(pattern) ? overlaps(pattern, wanted) : "no";
    case "string-equals-ignore-case":
    case "bool":
      return plain(pattern) ? overlaps(folded(pattern), wanted) : "no";
    case "numeric":
      // `2`, `2.0` and `02` are one number; only what is written the same is sure.
      return overlaps(pattern, wanted) === "yes" ? "yes" : "maybe";
    case "ip":
    case "null":
      return "maybe";
  }
}

/** A key that the caller may choose: every address that a value can be is one that some request has. */
function anyText(base: Base, condition: Condition): Outcome {
  switch (base) {
    case "string-like":
      return {
        canMatch: anyMatches(condition, () => "yes"),
        canFail: not(anyMatches(condition, (pattern) => covers(pattern, literalPattern("*")))),
      };
    case "string-equals":
    case "string-equals-ignore-case":
      return { canMatch: anyMatches(condition, canBeWritten), canFail: "yes" };
    case "ip":
      return {
        canMatch: anyMatches(condition, () => "yes"),
        canFail: not(
          anyMatches(condition, (pattern) => (hasHoles(pattern) || isAllAddresses(pattern) ? "maybe" : "no")),
        ),
      };
    case "bool":
    case "numeric":
    case "null":
      return openOutcome;
  }
}

/**
 * A `*` is a plain character here, which is in no address and no region. A value that is not known is taken to have
 * none: `var.sender` is some address. What AWS fills in (`${aws:username}`) need not be one.
 */
function canBeWritten(pattern: Pattern): Truth {
  if (!plain(pattern)) return "no";
  return pattern.some((token) => typeof token !== "number" && isPolicyVariable(token)) ? "maybe" : "yes";
}

function isAllAddresses(pattern: Pattern): boolean {
  return overlaps(pattern, literalPattern("*/0")) === "yes";
}

/** Has no `*` or `?`. */
function plain(pattern: Pattern): boolean {
  return pattern.every((token) => typeof token !== "number" || token >= 0);
}

function folded(pattern: Pattern): Pattern {
  return pattern.map((token) => (typeof token === "number" && token >= 65 && token <= 90 ? token + 32 : token));
}
