import type { Step } from "../core/finding";
import { say } from "../core/message";
import type { Guard } from "../core/guard";
import type { Span } from "../core/source";
import { optionsOf } from "../core/text";
import type { Definite, Text, Unknown, Value } from "../core/value";
import { evidenceSteps } from "./evidence";
import type { Model, SesIdentity, User } from "./model";
import { covers, literalPattern, overlaps, patternOf, prefixOf, widenField, type Pattern } from "./pattern";
import type { PatternItem, Statement } from "./policy";
import { actionMatches, questionOf, resourcePattern } from "./question";
import { standingOf, type Route } from "./standing";
import { allAtOnce } from "./worlds";

/** A resource of a grant to send that is about an identity of the unit, and about no other kind of resource. */
export interface NamedIdentity {
  readonly identity: SesIdentity;
  readonly item: PatternItem;
  /** Where the resource is written: of a reference to an identity, the element's key. */
  readonly at: Span;
  /**
   * It matches the identity's ARN; or it has its name, and another region or partition: then it matches no identity of
   * the unit.
   */
  readonly matches: boolean;
  /** Grant and identity are there. */
  readonly guard: Guard;
  /** From the user to the resource. */
  readonly steps: readonly Step[];
}

/** The identities that the grants of a user name, for each resource as it is written. */
export function namedIdentities(model: Model, user: User): readonly NamedIdentity[] {
  if (model.identities.length === 0) return [];
  return standingOf(model, user).routes.flatMap((route) =>
    route.certainty === "yes" ? named(model, user, route) : [],
  );
}

function named(model: Model, user: User, route: Route): readonly NamedIdentity[] {
  const { action } = questionOf("ses:SendRawEmail");
  return route.policy.statements.flatMap((statement) => {
    const [match] = statement.effect === "allow" ? actionMatches(statement.actions, action) : [];
    if (match?.truth !== "yes" || statement.resources.negated) return [];
    const way = evidenceSteps(user, { route, statement, item: match.item });
    return statement.resources.items.flatMap((item) => {
      const at = isInside(statement, item) ? item.at : statement.resources.at;
      const steps = [...way, { at, message: say`${item.value} is its resource.` }];
      return identitiesOf(model, item).flatMap(({ identity, matches }): readonly NamedIdentity[] => {
        const guard = allAtOnce([route.guard, statement.guard, match.guard, item.guard, identity.guard]);
        return guard === undefined ? [] : [{ identity, item, at, matches, guard, steps }];
      });
    });
  });
}

/** What a reference gives stands where the resource that it refers to is written. */
function isInside({ at: { file, start, end } }: Statement, { at }: PatternItem): boolean {
  return at.file === file && at.start >= start && at.end <= end;
}

function identitiesOf(model: Model, item: PatternItem): readonly Pick<NamedIdentity, "identity" | "matches">[] {
  const pattern = resourcePattern(item);
  if (covers(literalPattern("arn:*:ses:*:*:identity/*"), pattern) !== "yes") return []; // About more, or about others.
  const named = literalPartition(item);
  const answers = model.identities.map((identity) => {
    const arn = arnOf(identity);
    const excluded = arn !== undefined && named !== undefined && (partitionOf(arn) ?? named) !== named;
    return { identity, arn, answer: arn && (excluded ? "no" : overlaps(pattern, arn)) };
  });
  const matching = answers.filter(({ answer }) => answer === "yes");
  if (matching.length > 0) return matching.map(({ identity }) => ({ identity, matches: true }));
  if (answers.some(({ answer }) => answer !== "no")) return []; // It is not known which it is about.
  return answers
    .filter(({ arn }) => arn !== undefined && isNamed(pattern, arn))
    .map(({ identity }) => ({ identity, matches: false }));
}

/**
 * The ARN of an identity, in any partition. An account that is not known is the unit's own, which an ARN may name.
 * Undefined where it is a choice.
 */
function arnOf({ arn }: SesIdentity): Pattern | undefined {
  const [only, ...more] = optionsOf(arn);
  if (only === undefined || more.length > 0 || !isPatternValue(only.value)) return undefined;
  const pattern = widenField(patternOf(only.value, "keep"), 1);
  return covers(literalPattern("arn:*:ses:*:????????????:identity/*"), pattern) === "yes"
    ? pattern
    : widenField(pattern, 4);
}

function isPatternValue(value: Definite): value is Text | Unknown {
  return value.kind === "text" || value.kind === "unknown";
}

/** The partition that an item names, where it does. */
function literalPartition({ value }: PatternItem): string | undefined {
  return /^arn:([a-z-]+):/.exec(prefixOf(patternOf(value, "keep", true)))?.[1];
}

/** The partition of an ARN, by its region, where that is known. */
function partitionOf(arn: Pattern): string | undefined {
  const afterPartition = arn.slice(arn.indexOf(colon, arn.indexOf(colon) + 1));
  const region = /^:ses:([a-z0-9-]+):/.exec(prefixOf(afterPartition))?.[1];
  if (region === undefined) return undefined;
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

const colon = ":".charCodeAt(0);

/** Do the ARNs differ in nothing but partition, region and account, and name one identity? */
function isNamed(pattern: Pattern, arn: Pattern): boolean {
  const place = (one: Pattern) => [1, 3, 4].reduce((widened, field) => widenField(widened, field), one);
  const [a, b] = [place(pattern), place(arn)];
  return covers(a, b) === "yes" && covers(b, a) === "yes";
}

/** The ARN of a configuration set by its name. */
export function configurationSetArns(set: Value): readonly Pattern[] {
  return optionsOf(set).flatMap(({ value }) =>
    isPatternValue(value) ? [[...literalPattern("arn:*:ses:*:*:configuration-set/"), ...patternOf(value, "keep")]] : [],
  );
}
