import type { Because, Step } from "../../core/finding";
import { allAtOnce, both } from "../../core/guard";
import { kept, put } from "../../core/map";
import { name, say } from "../../core/message";
import type { Span } from "../../core/source";
import { concat, knownEnd, knownStart, knownText, optionsOf, refOf, text } from "../../core/text";
import type { Definite, Text, Unknown } from "../../core/value";
import type { ControlAttachment, ControlPolicy, IdentityPolicy, Model, User } from "../model";
import { meaningsOf, type Meaning } from "../principals/name-index";
import { perModel } from "../per-model";
import type { PatternItem, Policy, Principals, Rest, Statement } from "../iam/policy";
import { userNames, userStep } from "../principals/principals";
import { documentOf, resourceDocumentOf } from "../iam/read-policy";
import type { Route } from "./standing";

/** What policies say of a user that it does not have itself: those on identities of SES, and those of the organization. */

/** The statements on identities that are, or may be, about the user. */
export function identityRoutes(model: Model, user: User): readonly Route[] {
  const { naming, others } = onIdentities(model);
  const about = [...(naming.get(user) ?? []), ...others].sort((a, b) => a.index - b.index);
  return about.flatMap(({ policy: { guard, address, at }, statement }) => {
    const steps = [userStep(user), { at, message: say`${name(address)} is a policy on an identity, and is about it.` }];
    return meantIn(model, user, statement).flatMap((meant): readonly Route[] => {
      const under = allAtOnce([user.guard, guard, meant.guard]);
      if (under === undefined) return []; // They are never there together.
      return [{ ...route(statement, steps), ...meant, guard: under }];
    });
  });
}

/** A statement of a policy on an identity, with its number in the order of the source. */
interface OnIdentity {
  readonly index: number;
  readonly policy: IdentityPolicy;
  readonly statement: Statement;
}

/** The statements that are about nobody but the users whom they name, by these, and those that may be about others. */
interface OnIdentities {
  readonly naming: ReadonlyMap<User, readonly OnIdentity[]>;
  readonly others: readonly OnIdentity[];
}

const onIdentities = perModel((model: Model): OnIdentities => {
  const naming = new Map<User, OnIdentity[]>();
  const others: OnIdentity[] = [];
  const all = model.identityPolicies.flatMap((policy) =>
    statementsOf(policy).map((statement) => ({ policy, statement })),
  );
  for (const [index, { policy, statement }] of all.entries()) {
    const one = { index, policy, statement };
    const { principals } = statement;
    if (principals === undefined) continue; // It is about nobody.
    const { negated, items, rest } = principals;
    if (negated || rest.length > 0 || items.some(({ value }) => isEverybody(value) || isAccount(value)))
      others.push(one);
    else
      for (const user of new Set(items.flatMap((item) => [...usersNamed(model, item).keys()]))) put(naming, user, one);
  }
  return { naming, others };
});

/** What the document says, and a statement that may say anything about the identity for what of it is not known. */
function statementsOf(policy: IdentityPolicy): readonly Statement[] {
  return kept(ofPolicies, policy, readStatements);
}

const ofPolicies = new WeakMap<IdentityPolicy, readonly Statement[]>();

function readStatements(policy: IdentityPolicy): readonly Statement[] {
  const { at, statements, rest } = resourceDocumentOf(policy.document);
  const unknown = rest.flatMap((one) =>
    optionsOf(policy.identity).flatMap(({ value, guard }): readonly Statement[] => {
      const under = both(one.guard, guard);
      if (under === undefined) return []; // They are never there together.
      const principals: Principals = { negated: false, items: [], rest: [{ ...one, guard: [] }] };
      return [{ ...anyStatement(one, at, "ses:*", identityArn(value)), guard: under, effect: "unknown", principals }];
    }),
  );
  return [...statements, ...unknown];
}

/** A statement that is not known, on what it can be about. */
function anyStatement(rest: Rest, at: Span, action: string, resource: Text | Unknown): Statement {
  const patterns = (value: Text | Unknown) => ({ negated: false, items: [{ value, at, guard: [] }], rest: [], at });
  const { guard } = rest;
  const about = { actions: patterns(text(action, at)), resources: patterns(resource) };
  return { at, guard, effect: "deny", effectAt: at, ...about, conditions: [], rest: [rest] };
}

/** The ARN of an identity that is given by its name or ARN. */
function identityArn(value: Definite): Text | Unknown {
  if (value.kind === "unknown") return value;
  if (value.kind !== "text") return text("arn:*:ses:*:*:identity/*", value.at);
  return knownStart(value).startsWith("arn:")
    ? value
    : concat([text("arn:*:ses:*:*:identity/", value.at), value], value.at);
}

function route(statement: Statement, steps: readonly Step[]) {
  return { policy: policyOf(statement), aws: undefined, steps };
}

/** The policy of one statement: one object, so that what all users share is worked out once. */
function policyOf(statement: Statement): Policy {
  return kept(ofStatements, statement, () => ({ at: statement.at, statements: [statement], rest: [] }));
}

const ofStatements = new WeakMap<Statement, Policy>();

type Meant = Pick<Route, "certainty" | "guard" | "because" | "onResource">;

const forUser = { onResource: "for-user" } as const;
const forEverybody = { onResource: "for-everybody" } as const;

/** Is the statement about the user? Nothing where it is not. */
function meantIn(model: Model, user: User, { principals, effect }: Statement): readonly Meant[] {
  if (principals === undefined) return [];
  const listed = principals.items.flatMap((item) => meantBy(model, user, item, effect));
  const open = principals.rest.map(({ guard, because }): Meant => ({
    ...forUser,
    certainty: "maybe",
    guard,
    because: [because],
  }));
  if (principals.negated) return notPrincipal(user, principals, effect, listed.some(isSure));
  return [...listed, ...open];
}

function isSure({ certainty, guard }: Meant): boolean {
  return certainty === "yes" && guard.length === 0;
}

/**
 * With a Deny, NotPrincipal takes everybody who has a permissions boundary ("regardless of the values specified"), and a
 * user that it names where it does not name the account beside. Of others it is not told apart.
 */
function notPrincipal(
  { boundary }: User,
  { items, rest }: Principals,
  effect: Statement["effect"],
  isNamed: boolean,
): readonly Meant[] {
  const isBounded = boundary !== undefined && optionsOf(boundary).every(({ value }) => value.kind !== "null");
  if (isBounded && effect === "deny") return [{ ...forEverybody, certainty: "yes", guard: [], because: [] }];
  const isSpared = effect === "allow" || items.some(({ value, guard }) => guard.length === 0 && isAccount(value));
  if (isNamed && isSpared) return [];
  const because = [
    ...items.slice(0, 1).map(({ at }): Because => ({ reason: { kind: "unsupported", what: "NotPrincipal" }, at })),
    ...rest.map((one) => one.because),
  ];
  return [{ ...forEverybody, certainty: "maybe", guard: [], because }];
}

function meantBy(model: Model, user: User, item: PatternItem, effect: Statement["effect"]): readonly Meant[] {
  const { value, guard, at } = item;
  if (isEverybody(value)) return [{ ...forEverybody, certainty: "yes", guard, because: [] }];
  if (isAccount(value)) {
    // An Allow for the account leaves it to the policies of its users; a Deny takes from all of them.
    if (effect === "allow") return [];
    const what = "whether the user is in the account";
    return [{ ...forEverybody, certainty: "maybe", guard, because: [{ reason: { kind: "unsupported", what }, at }] }];
  }
  return (usersNamed(model, item).get(user) ?? []).flatMap((meaning): readonly Meant[] => {
    const under = both(guard, meaning.guard);
    return under === undefined
      ? []
      : [{ ...forUser, certainty: meaning.certainty, guard: under, because: meaning.because }];
  });
}

/** The users that an item names, or may name. Worked out once, however many users are asked about. */
function usersNamed(model: Model, item: PatternItem): ReadonlyMap<User, readonly Meaning<User>[]> {
  return kept(namedByItems(model), item, () => {
    const meanings = new Map<User, Meaning<User>[]>();
    for (const meaning of meaningsOf(userNames(model), item.value)) put(meanings, meaning.resource, meaning);
    return meanings;
  });
}

const namedByItems = perModel(() => new Map<PatternItem, ReadonlyMap<User, readonly Meaning<User>[]>>());

function isEverybody(value: Definite): boolean {
  return knownText(value) === "*";
}

/** `arn:aws:iam::111122223333:root`, `111122223333` */
function isAccount(value: Definite): boolean {
  return knownEnd(value).endsWith(":root") || /^\d{12}$/.test(knownText(value) ?? "");
}

/**
 * What service control policies of the unit deny. What they allow bounds nobody for certain: AWS attaches
 * FullAWSAccess beside them. One that is attached to the root holds for all; whether the user's account is below a unit,
 * or is the account that is named, is not known.
 */
export function controlRoutes(model: Model, user: User): readonly Route[] {
  return attachedControls(model).flatMap(({ policy, denies, attachment }): readonly Route[] => {
    const guard = allAtOnce([user.guard, policy.guard, attachment.guard]);
    if (guard === undefined) return []; // They are never there together.
    const { address, at, target } = attachment;
    const sure = optionsOf(target).every((option) => isRoot(option.value));
    const what = "whether the account of the user is below the target of the service control policy";
    const because: readonly Because[] = sure ? [] : [{ reason: { kind: "unsupported", what }, at: target.at }];
    const steps = [userStep(user), { at, message: say`${name(address)} attaches a service control policy.` }];
    return [{ policy: denies, aws: undefined, certainty: sure ? "yes" : "maybe", guard, because, steps }];
  });
}

interface AttachedControl {
  readonly policy: ControlPolicy;
  readonly attachment: ControlAttachment;
  /** Its statements that deny, or may. */
  readonly denies: Policy;
}

const attachedControls = perModel((model: Model): readonly AttachedControl[] =>
  model.controlAttachments.flatMap((attachment) => {
    const address = optionsOf(attachment.policy).map((option) => refOf(option.value)?.address)[0];
    return model.controlPolicies
      .filter((policy) => policy.address === address)
      .map((policy) => ({ policy, attachment, denies: deniesOf(documentOf(policy.document)) }));
  }),
);

/** What may be a Deny counts as one that is not sure. */
function deniesOf({ at, statements, rest }: Policy): Policy {
  const denies = statements.flatMap((statement): readonly Statement[] =>
    statement.effect === "allow" ? [] : [{ ...statement, effect: "deny" }],
  );
  const unknown = rest.map((one) => anyStatement(one, at, "*", text("*", at)));
  return { at, statements: [...denies, ...unknown], rest: [] };
}

/** The root of the organization: `r-ab12`, `aws_organizations_organization.main.roots[0].id`. */
function isRoot(target: Definite): boolean {
  if (target.kind === "unknown") return /\.roots\b/.test(target.id ?? target.reason.what);
  return /^r-[0-9a-z]{4,32}$/.test(knownText(target) ?? "");
}
