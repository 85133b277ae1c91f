import type { Step } from "../../core/finding";
import { say } from "../../core/message";
import { allAtOnce, type Guard } from "../../core/guard";
import { kept, put } from "../../core/map";
import type { Span } from "../../core/source";
import { knownEnd, knownText, optionsOf } from "../../core/text";
import type { Truth } from "../../core/truth";
import type { Definite, Text, Unknown } from "../../core/value";
import { isTerraform } from "../dialect";
import { evidenceSteps } from "./evidence";
import type { Model, SesIdentity, User } from "../model";
import { colon, resourceStart, widenField } from "../iam/arn-pattern";
import { literalPattern, patternOf, prefixOf, type Pattern } from "../iam/pattern";
import { covers, overlaps } from "../iam/pattern-relations";
import { perModel } from "../per-model";
import type { PatternItem, Statement } from "../iam/policy";
import { resourcePattern } from "../iam/item-pattern";
import { actionMatches, questionOf } from "../iam/question";
import type { Route } from "./standing";
import { standingOf } from "./standings";

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

type Found = Pick<NamedIdentity, "identity" | "matches">;

/** Worked out once for all users that have the policy. */
function identitiesOf(model: Model, item: PatternItem): readonly Found[] {
  return kept(foundByItems(model), item, () => findIdentities(model, item));
}

const foundByItems = perModel(() => new Map<PatternItem, readonly Found[]>());

function findIdentities(model: Model, item: PatternItem): readonly Found[] {
  const pattern = resourcePattern(item);
  if (covers(literalPattern("arn:*:ses:*:*:identity/*"), pattern) !== "yes") return []; // About more, or about others.
  const name = wholeName(item);
  return name === undefined ? matchedBy(model, item, pattern) : namedBy(model, item, pattern, name);
}

/** What a pattern of names matches. Only what has a configuration set is of interest, and some of that. */
function matchedBy(model: Model, item: PatternItem, pattern: Pattern): readonly Found[] {
  const found: Found[] = [];
  const tail = prefixOf(resourceOf(pattern)).startsWith("identity/")
    ? resourceOf(pattern).slice("identity/".length)
    : undefined;
  for (const { identity, name } of byNames(model).withSets) {
    const isOther = tail !== undefined && name !== undefined && overlaps(tail, name) === "no";
    if (isOther || matches(item, pattern, identity) !== "yes") continue; // It is about other identities.
    found.push({ identity, matches: true });
    if (found.length >= identitiesLooked) break;
  }
  return found;
}

/** Identities looked at for one resource: a finding names one of them. */
const identitiesLooked = 20;

/** An item with a whole name is about identities of that name, and those whose name is not known. */
function namedBy(model: Model, item: PatternItem, pattern: Pattern, name: string): readonly Found[] {
  const { byName, open } = byNames(model);
  const own = [...(byName.get(name) ?? []), ...open].map((identity) => {
    return { identity, answer: matches(item, pattern, identity) };
  });
  const matching = own.filter(({ answer }) => answer === "yes");
  if (matching.length > 0) {
    const withSets = matching.filter(({ identity }) => identity.configurationSet !== undefined);
    const some = (withSets.length > 0 ? withSets : matching).slice(0, identitiesLooked);
    return some.map(({ identity }) => ({ identity, matches: true }));
  }
  if (own.some(({ answer }) => answer !== "no")) return []; // It is not known which it is about.
  return own
    .filter(({ identity }) => isNamed(pattern, arnOf(identity)))
    .slice(0, identitiesLooked)
    .map(({ identity }) => ({ identity, matches: false }));
}

function matches(item: PatternItem, pattern: Pattern, identity: SesIdentity): Truth {
  const arn = arnOf(identity);
  if (arn === undefined) return "maybe";
  const named = literalPartition(item);
  const isExcluded = named !== undefined && (partitionOf(arn) ?? named) !== named;
  return isExcluded ? "no" : overlaps(pattern, arn);
}

/** `example.com`, where it stands at the end of an ARN without wildcards. */
function wholeName({ value }: PatternItem): string | undefined {
  return /:identity[/]([^*?]+)$/.exec(knownEnd(value))?.[1];
}

/** The sixth field of an ARN pattern. */
function resourceOf(pattern: Pattern): Pattern {
  return pattern.slice(resourceStart(pattern));
}

interface IdentityNames {
  readonly byName: ReadonlyMap<string, readonly SesIdentity[]>;
  readonly open: readonly SesIdentity[];
  /** Those with a default configuration set, and their names where they are known. */
  readonly withSets: readonly { readonly identity: SesIdentity; readonly name: Pattern | undefined }[];
}

/** A unit may have identities by the thousand, and as many users that name one each. */
const byNames = perModel((model: Model): IdentityNames => {
  const byName = new Map<string, SesIdentity[]>();
  const open: SesIdentity[] = [];
  const identities = model.identities.flatMap(byChosenName);
  for (const identity of identities) {
    const name = knownText(identity.name);
    if (name === undefined) open.push(identity);
    else put(byName, name, identity);
  }
  const withSets = identities
    .filter(({ configurationSet }) => configurationSet !== undefined)
    .map((identity) => {
      const name = knownText(identity.name);
      return { identity, name: name === undefined ? undefined : literalPattern(name) };
    });
  return { byName, open, withSets };
});

/** An identity whose name is chosen is one for each of its names, and each is there where it is chosen. */
function byChosenName(identity: SesIdentity): readonly SesIdentity[] {
  if (identity.name.kind !== "choice") return [identity];
  return identity.name.options.flatMap(({ guard: named, value: name }) =>
    optionsOf(identity.arn).flatMap(({ guard: placed, value: arn }) => {
      const guard = allAtOnce([identity.guard, named, placed]);
      return guard === undefined ? [] : [{ ...identity, guard, name, arn }];
    }),
  );
}

/**
 * The ARN of an identity, in any partition. An account that is not known is the unit's own, which an ARN may name.
 * Undefined where it is a choice.
 */
function arnOf(identity: SesIdentity): Pattern | undefined {
  if (arns.has(identity)) return arns.get(identity);
  const arn = findArn(identity);
  arns.set(identity, arn);
  return arn;
}

const arns = new WeakMap<SesIdentity, Pattern | undefined>();

function findArn({ arn }: SesIdentity): Pattern | undefined {
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
  return /^arn:([a-z-]+):/.exec(prefixOf(patternOf(value, "keep")))?.[1];
}

/** The partition of an ARN, by its region, where that is known. */
function partitionOf(arn: Pattern): string | undefined {
  const afterPartition = arn.slice(arn.indexOf(colon, arn.indexOf(colon) + 1));
  const region = /^:ses:([a-z0-9-]+):/.exec(prefixOf(afterPartition))?.[1];
  if (region === undefined) return undefined;
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Do the ARNs differ in nothing but partition, region and account, and name one identity? */
function isNamed(pattern: Pattern, arn: Pattern | undefined): boolean {
  if (arn === undefined) return false;
  const place = (one: Pattern) => [1, 3, 4].reduce((widened, field) => widenField(widened, field), one);
  const [a, b] = [place(pattern), place(arn)];
  return covers(a, b) === "yes" && covers(b, a) === "yes";
}

/** A configuration set that an identity may have, and its ARN. */
interface ConfigurationSet {
  readonly name: Text | Unknown;
  readonly arn: Pattern;
  readonly guard: Guard;
  /** What decides whether the identity has one at all, where that may turn out to be null. */
  readonly perhaps: Unknown | undefined;
}

/** The default configuration sets that an identity may have: one, several under guards, or none where it is null. */
export function configurationSets(
  { unit }: Model,
  { configurationSet: set }: SesIdentity,
): readonly ConfigurationSet[] {
  if (set === undefined) return [];
  const hasNull = isTerraform(unit); // What a parameter of a template is given is a name.
  return optionsOf(set).flatMap(({ guard, value: name }): readonly ConfigurationSet[] => {
    if (!isPatternValue(name)) return [];
    const arn = [...literalPattern("arn:*:ses:*:*:configuration-set/"), ...patternOf(name, "keep")];
    return [{ name, arn, guard, perhaps: hasNull && mayBeNull(name, guard) ? name : undefined }];
  });
}

/** Not what a resource has that is named so, nor what is there only under a condition on it. */
function mayBeNull(name: Text | Unknown, guard: Guard): name is Unknown {
  if (name.kind !== "unknown" || name.ref !== undefined) return false;
  return !guard.some((atom) => atom.kind === "is" && atom.on.split(/[^\w.]+/).includes(name.id ?? ""));
}
