import { addAll } from "../../core/add-all";
import type { Because } from "../../core/finding";
import { allAtOnce, always, type Guard } from "../../core/guard";
import type { Limit } from "../../core/limits";
import { printable } from "../../core/message";
import type { Span } from "../../core/source";
import { charactersIn, firstUnknown, knownText, optionsOf } from "../../core/text";
import type { Definite, Reason, Value } from "../../core/value";
import { awsPolicy, type AwsPolicy } from "../iam/aws";
import { effortIn } from "./effort";
import type { Model, User } from "../model";
import { gapsAround, handedPolicies } from "./gaps";
import { controlRoutes, identityRoutes } from "./outer-policies";
import { meantBy, whyOpen } from "../principals/name-index";
import { perModel } from "../per-model";
import { documentOf } from "../iam/read-policy";
import { policyFor, principalOf } from "../principals/own-policy";
import { grantsOf, hasTooManyJoins, membershipsOf, policyNames, type HeldGrant } from "../principals/principals";
import type { Boundary, Route, Standing, UnknownRoute } from "./standing";
import { everywhere, tooMany, without } from "../../core/worlds";

/** What decides what a user may do, worked out once for all users of a unit. */
export function standingOf(model: Model, user: User): Standing {
  return standingsOf(model).standings.get(user.address) ?? makeStanding(model, user);
}

/** Users whose policies are too many to be worked out: nothing of them is known. */
export function overburdened(model: Model): readonly User[] {
  return standingsOf(model).over;
}

const standingsOf = perModel((model: Model): { readonly standings: Map<string, Standing>; readonly over: User[] } => {
  const standings = new Map<string, Standing>();
  const over: User[] = [];
  const effort = effortIn(model);
  for (const user of model.users) {
    const standing = makeStanding(model, user);
    if (effort.tooMuchFor(standing)) over.push(user);
    standings.set(user.address, over.at(-1) === user ? withoutPolicies(standing) : standing);
  }
  return { standings, over };
});

function withoutPolicies(standing: Standing): Standing {
  return { ...standing, routes: [], boundaries: [], unknowns: [overLimit(standing.user, "effort")] };
}

function makeStanding(model: Model, user: User): Standing {
  const routes: Route[] = [];
  const unknowns: UnknownRoute[] = [];
  for (const held of grantsOf(model, user)) addRoutes(model, held, routes, unknowns);
  addOutsideGroups(model, user, unknowns);
  addAll(routes, [...identityRoutes(model, user), ...controlRoutes(model, user)]);
  if (user.outside !== undefined) {
    const { reason } = user.outside;
    unknowns.push(outside(user.guard, { reason, at: user.at }, mayHoldMore(reason)));
  }
  if (hasTooManyJoins(model)) unknowns.push(overLimit(user, "joins"));
  const gaps = gapsAround(model, user);
  const principal = principalOf(user);
  return {
    user,
    routes: routes
      .map((route) => ({ ...route, policy: policyFor(route.policy, principal) }))
      .sort((a, b) => a.steps.length - b.steps.length),
    unknowns,
    boundaries: boundariesOf(model, user).map((one) =>
      one.kind === "policy" ? { ...one, policy: policyFor(one.policy, principal) } : one,
    ),
    open: [...gaps.handed, ...gaps.handedOut],
    gaps: gaps.handed,
    handedPolicies: handedDocuments(model),
  };
}

function overLimit({ guard, at }: User, limit: Limit): UnknownRoute {
  return { guard, because: { reason: { kind: "limit", what: limit }, at }, denies: true, mayExceed: true };
}

const handedDocuments = perModel((model) =>
  handedPolicies(model).map(({ policy, because }) => ({ policy: documentOf(policy.document), because })),
);

/** Who is managed here is asked only what is written, whatever somebody else, or another plan, may give it. */
function mayHoldMore({ kind }: Reason): boolean {
  return kind !== "imported" && kind !== "after-apply";
}

function outside(guard: Guard, because: Because, mayExceed: boolean): UnknownRoute {
  return { guard, because, denies: false, mayExceed };
}

function addRoutes(model: Model, held: HeldGrant, routes: Route[], unknowns: UnknownRoute[]): void {
  const { policy } = held.grant;
  if (policy.kind === "inline") {
    addPolicy(held, { policy: documentOf(policy.document), aws: undefined }, routes, unknowns);
    return;
  }
  for (const meant of policiesMeant(model, policy.arn)) {
    const guard = allAtOnce([held.guard, meant.guard]);
    if (guard === undefined) continue; // They are never there together.
    const under = { ...held, guard };
    if (meant.kind === "unknown") {
      unknowns.push({ guard, because: meant.because, denies: meant.denies, mayExceed: true });
    } else {
      const { certainty, because } = meant;
      const both = {
        certainty: held.certainty === "yes" ? certainty : "maybe",
        because: because.length === 0 ? held.because : [...held.because, ...because],
      };
      addPolicy({ ...under, ...both }, meant, routes, unknowns);
    }
  }
}

function addPolicy(
  held: Pick<HeldGrant, "certainty" | "guard" | "because" | "steps">,
  { policy, aws }: Pick<Route, "policy" | "aws">,
  routes: Route[],
  unknowns: UnknownRoute[],
): void {
  const { certainty, guard, because, steps } = held;
  routes.push({ policy, aws, certainty, guard, because, steps });
  for (const rest of policy.rest) {
    const under = allAtOnce([guard, rest.guard]);
    if (under !== undefined) unknowns.push({ guard: under, because: rest.because, denies: true, mayExceed: true });
  }
}

/** Groups that the unit does not manage, and those that it only reads, have policies that are not in the input. */
function addOutsideGroups(model: Model, user: User, unknowns: UnknownRoute[]): void {
  for (const { membership, group, guard, because } of membershipsOf(model, user)) {
    if (group === undefined) {
      const [hole] = because;
      const sending = optionsOf(membership.group).every((one) => isSendingGroup(one.value));
      if (hole !== undefined) unknowns.push({ guard, because: hole, denies: true, mayExceed: true });
      else unknowns.push(outside(guard, outsideOf("group", membership.group), !sending));
    } else if (group.outside !== undefined) {
      const { reason } = group.outside;
      const mayExceed = mayHoldMore(reason) && !isSendingGroup(group.name);
      unknowns.push(outside(guard, { reason, at: membership.group.at }, mayExceed));
    }
  }
}

function isSendingGroup(value: Value): boolean {
  const known = knownText(value);
  return known !== undefined && /(?:^|[/])AWSSESSendingGroupDoNotRename$/.test(known);
}

/** `the group AWSSESSendingGroupDoNotRename` */
function outsideOf(kind: "group" | "policy" | "permissions boundary", name: Value): Because {
  return { reason: { kind: "missing", what: `the ${kind} ${printable(name)}` }, at: name.at };
}

type PolicyMeant =
  | ({ readonly kind: "policy" } & Pick<Route, "policy" | "aws" | "certainty" | "guard" | "because">)
  | { readonly kind: "unknown"; readonly guard: Guard; readonly because: Because; readonly denies: boolean };

/** What an ARN means: a policy of the unit, one of AWS's own, or one that is not known. */
function policiesMeant(
  model: Model,
  arn: Value,
  as: "policy" | "permissions boundary" = "policy",
): readonly PolicyMeant[] {
  return meantBy(policyNames(model), arn).flatMap(({ value, guard, meanings }): readonly PolicyMeant[] => {
    if (value.kind === "null") return [];
    const own = meanings.map((meaning): PolicyMeant => {
      const { certainty, because } = meaning;
      const policy = documentOf(meaning.resource.document);
      return { kind: "policy", policy, aws: undefined, certainty, guard: meaning.guard, because };
    });
    if (meanings.some((meaning) => meaning.certainty === "yes")) return own;
    const aws = awsPolicyMeant(value);
    if (aws !== undefined) {
      return [{ kind: "policy", policy: aws.policy, aws, certainty: "yes", guard, because: [] }];
    }
    if (firstUnknown(value) !== undefined && !isPolicyByName(value)) {
      // It may be one of the unit's, and any other.
      return [{ kind: "unknown", guard, because: whyOpen(value), denies: true }];
    }
    return [...own, { kind: "unknown", guard, because: outsideOf(as, value), denies: false }];
  });
}

/** The account of an ARN is the unit's own, known or not: `arn:aws:iam::${data.…}:policy/Developer` is one policy. */
function isPolicyByName(value: Definite): boolean {
  return value.kind === "text" && /^arn:[^:]*:iam::[^:]*:policy[/][^\u0000]+$/.test(charactersIn(value.pieces));
}

/** `arn:aws:iam::aws:policy/…` in any partition, known or not. What it grants is reported to stand at the ARN. */
function awsPolicyMeant(value: Definite): AwsPolicy | undefined {
  if (value.kind !== "text") return undefined;
  const known = awsPolicies.get(value);
  if (known !== undefined) return known;
  const path = /^arn:[^:]*:iam::aws:policy[/]([^\u0000]+)$/.exec(charactersIn(value.pieces))?.[1];
  const policy = path === undefined ? undefined : awsPolicy(path, value.at);
  if (policy !== undefined) awsPolicies.set(value, policy);
  return policy;
}

const awsPolicies = new WeakMap<Definite, AwsPolicy>();

function boundariesOf(model: Model, user: User): readonly Boundary[] {
  const { boundary } = user;
  if (boundary === undefined) return [{ kind: "none", guard: always }];
  const as = "permissions boundary";
  const found = policiesMeant(model, boundary, as).flatMap((meant): readonly Boundary[] => {
    if (meant.kind === "unknown") return [{ kind: "unknown", guard: meant.guard, because: meant.because }];
    if (meant.certainty === "yes") return boundedBy(meant, boundary.at);
    return [{ kind: "unknown", guard: meant.guard, because: meant.because[0] ?? outsideOf(as, boundary) }];
  });
  const none = without(
    everywhere,
    found.map((one) => one.guard),
  );
  if (none === undefined) return [...found, { kind: "unknown", guard: always, because: tooMany(boundary.at) }];
  return [...found, ...none.map((guard): Boundary => ({ kind: "none", guard }))];
}

/** The policy where all of it is known, and what is known of it elsewhere. */
function boundedBy(meant: Pick<Route, "policy" | "aws" | "guard">, at: Span): readonly Boundary[] {
  const { policy, aws } = meant;
  const parts = policy.rest.flatMap((rest): readonly Boundary[] => {
    const guard = allAtOnce([meant.guard, rest.guard]);
    return guard === undefined ? [] : [{ kind: "policy", guard, policy, aws, open: rest.because }];
  });
  const whole = without(
    [meant.guard],
    parts.map((part) => part.guard),
  );
  if (whole === undefined) return [{ kind: "policy", guard: meant.guard, policy, aws, open: tooMany(at) }];
  return [...parts, ...whole.map((guard): Boundary => ({ kind: "policy", guard, policy, aws, open: undefined }))];
}
