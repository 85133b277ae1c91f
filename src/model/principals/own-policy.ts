import { kept } from "../../core/map";
import { optionsOf } from "../../core/text";
import type { Value } from "../../core/value";
import { serviceField } from "../iam/arn-pattern";
import { judge, type Judgement } from "../iam/condition";
import { resourcePattern, valuePattern, variableIn } from "../iam/item-pattern";
import { literalPattern, patternOf, type Pattern } from "../iam/pattern";
import type { Condition, PatternItem, Policy, Principal, Statement } from "../iam/policy";
import type { User } from "../model";

/**
 * What AWS says of a user in each of its requests: its type, its name, its ARN, and the tags that are written; a provider
 * or a stack may add others. An ARN's account is the unit's own, as it is wherever an ARN means a resource.
 */
export function principalOf({ name, path, tags, outside, isRole }: User): Principal {
  const found = new Map<string, Pattern>();
  if (isRole === true) return found; // Its sessions have an ARN that AWS makes up, and no user name.
  found.set("aws:principaltype", literalPattern("User"));
  const own = textOf(name);
  if (own !== undefined) found.set("aws:username", own);
  // Who is imported is given the path that is written, as who is created is.
  const isManaged = outside === undefined || outside.reason.kind === "imported";
  const before = path === undefined ? (isManaged ? literalPattern("/") : undefined) : textOf(path);
  if (own !== undefined && before !== undefined) {
    found.set("aws:principalarn", [...literalPattern("arn:*:iam::*:user"), ...before, ...own]);
  }
  for (const { key, guard, value } of tags?.kind === "map" ? tags.entries : []) {
    const tag = guard.length === 0 ? textOf(value) : undefined;
    if (tag !== undefined) found.set(`aws:principaltag/${key.toLowerCase()}`, tag);
  }
  return found;
}

/** Undefined where it is a choice. */
function textOf(value: Value): Pattern | undefined {
  const [option, ...others] = optionsOf(value);
  if (option === undefined || others.length > 0 || option.guard.length > 0) return undefined;
  return option.value.kind === "text" || option.value.kind === "unknown" ? patternOf(option.value, "keep") : undefined;
}

/**
 * The policy as it is for one principal, of whom condition keys and variables in values are known. A statement whose
 * conditions on it are all decided is one for all of whom they are decided alike: thousands may have one policy. For that
 * reason variables in resources stay what they are, a text that is not known, but for those of SES.
 */
export function policyFor(policy: Policy, principal: Principal): Policy {
  const statements = policy.statements.map((statement) => statementFor(statement, principal));
  return statements.every((one, i) => one === policy.statements[i]) ? policy : { ...policy, statements };
}

function statementFor(statement: Statement, principal: Principal): Statement {
  if (![...kept(namesByStatement, statement, namesIn)].some((name) => principal.has(name))) return statement;
  const ofPrincipal = (item: PatternItem): PatternItem => (hasVariable(item) ? { ...item, principal } : item);
  const { resources, conditions } = statement;
  const items = resources.items.map((item) => (isOfSes(item) ? ofPrincipal(item) : item));
  const told = conditions.map((condition): Condition => {
    const has = principal.get(condition.key.toLowerCase());
    return { ...condition, values: condition.values.map(ofPrincipal), ...(has && { has }) };
  });
  const verdicts = told.map(verdictOf);
  const own: Statement = {
    ...statement,
    resources: { ...resources, items },
    conditions: told.filter((_, i) => verdicts[i] !== "always"),
  };
  const isOwn = items.some((item, i) => item !== resources.items[i]) || verdicts.includes("unknown");
  return isOwn
    ? own
    : kept(
        kept(decidedAlike, statement, () => new Map<string, Statement>()),
        verdicts.join(),
        () => own,
      );
}

/** Of a condition about the principal. "others": it is not about it. */
function verdictOf(condition: Condition): Judgement["verdict"] | "others" {
  if (condition.has !== undefined) return judge([condition], { by: "api", action: undefined }, "allow").verdict;
  return condition.values.some(({ principal }) => principal !== undefined) ? "unknown" : "others";
}

const decidedAlike = new WeakMap<Statement, Map<string, Statement>>();

/** The condition keys and policy variables of a statement, in lower case. */
function namesIn({ resources, conditions }: Statement): ReadonlySet<string> {
  const items = [...resources.items.filter(isOfSes), ...conditions.flatMap(({ values }) => values)];
  return new Set([
    ...conditions.map(({ key }) => key.toLowerCase()),
    ...items.flatMap((item) => valuePattern(item).map(variableIn)),
  ]);
}

const namesByStatement = new WeakMap<Statement, ReadonlySet<string>>();

function hasVariable(item: PatternItem): boolean {
  return valuePattern(item).some((token) => variableIn(token) !== "");
}

function isOfSes(item: PatternItem): boolean {
  return serviceField(resourcePattern(item)) === "ses";
}
