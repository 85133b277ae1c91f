import { kept } from "../../core/map";
import { optionsOf } from "../../core/text";
import type { Value } from "../../core/value";
import { valuePattern, variableIn } from "../iam/item-pattern";
import { literalPattern, patternOf, type Pattern } from "../iam/pattern";
import type { PatternItem, Policy, Principal, Statement } from "../iam/policy";
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
 * The policy as it is for one principal, whose condition keys and policy variables are told. A statement that names none
 * of them stays as it is, so that what it grants is worked out once for all who have it.
 */
export function policyFor(policy: Policy, principal: Principal): Policy {
  const statements = policy.statements.map((statement) => statementFor(statement, principal));
  return statements.every((one, i) => one === policy.statements[i]) ? policy : { ...policy, statements };
}

function statementFor(statement: Statement, principal: Principal): Statement {
  if (![...kept(namesByStatement, statement, namesIn)].some((name) => principal.has(name))) return statement;
  const ofPrincipal = (item: PatternItem): PatternItem => ({ ...item, principal });
  const { resources, conditions } = statement;
  return {
    ...statement,
    resources: { ...resources, items: resources.items.map(ofPrincipal) },
    conditions: conditions.map((condition) => {
      const has = principal.get(condition.key.toLowerCase());
      return { ...condition, values: condition.values.map(ofPrincipal), ...(has && { has }) };
    }),
  };
}

/** The condition keys and policy variables of a statement, in lower case. */
function namesIn({ resources, conditions }: Statement): ReadonlySet<string> {
  const items = [...resources.items, ...conditions.flatMap(({ values }) => values)];
  return new Set([
    ...conditions.map(({ key }) => key.toLowerCase()),
    ...items.flatMap((item) => valuePattern(item).map(variableIn)),
  ]);
}

const namesByStatement = new WeakMap<Statement, ReadonlySet<string>>();
