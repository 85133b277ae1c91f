import { addAll } from "../../core/add-all";
import type { Because, Step } from "../../core/finding";
import { allAtOnce, both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { put } from "../../core/map";
import { name, say, type Message } from "../../core/message";
import { firstUnknown, optionsOf, refOf } from "../../core/text";
import { anyOf } from "../../core/truth";
import type { Definite, Value } from "../../core/value";
import { sameThing } from "./naming";
import {
  joinsMore,
  meaningsOf,
  meantBy,
  nameIndex,
  whyOpen,
  type Joins,
  type Meaning,
  type NameIndex,
} from "./name-index";
import type { AccessKey, Grant, Group, LoginProfile, ManagedPolicy, Membership, Model, User } from "../model";
import { perModel } from "../per-model";

/**
 * Something that a user has, or may have: "maybe" where a name or ARN that decides is not known. `guard` says when,
 * and includes that the user is there.
 */
interface Held {
  readonly certainty: "yes" | "maybe";
  readonly guard: Guard;
  /** What is unknown. Empty where `certainty` is "yes". */
  readonly because: readonly Because[];
  /** How the user comes to it, shortest way: user, membership, attachment. */
  readonly steps: readonly Step[];
}

interface HeldMembership extends Held {
  readonly membership: Membership;
  /** The group of the unit that is meant. Undefined: a group that the unit does not manage, or that is not known. */
  readonly group: Group | undefined;
  /** It is this user for sure; only the group may be open. */
  readonly surelyUser: boolean;
}

export interface HeldGrant extends Held {
  readonly grant: Grant;
  /** Undefined where the user has the policy itself. */
  readonly through: HeldMembership | undefined;
}

interface HeldKey extends Held {
  readonly key: AccessKey;
}

export interface HeldLogin extends Held {
  readonly login: LoginProfile;
}

/** The groups that a user is in, from either side. In the order of the source. */
export function membershipsOf(model: Model, user: User): readonly HeldMembership[] {
  return heldBy(model, user).memberships;
}

/** The policies that a user has, over every route. In the order of the source. */
export function grantsOf(model: Model, user: User): readonly HeldGrant[] {
  return heldBy(model, user).grants;
}

export function keysOf(model: Model, user: User): readonly HeldKey[] {
  return heldBy(model, user).keys;
}

export function loginsOf(model: Model, user: User): readonly HeldLogin[] {
  return heldBy(model, user).logins;
}

export function userStep(user: User): Step {
  return { at: user.at, message: say`${name(user.address)} is an IAM user.` };
}

/** The policies of the unit by name and ARN. */
export function policyNames(model: Model): NameIndex<ManagedPolicy> {
  return indexOf(model).policies;
}

/** The users of the unit by name and ARN. */
export function userNames(model: Model): NameIndex<User> {
  return indexOf(model).users;
}

interface HeldByUser {
  readonly memberships: HeldMembership[];
  readonly grants: HeldGrant[];
  readonly keys: HeldKey[];
  readonly logins: HeldLogin[];
}

interface Index {
  readonly users: NameIndex<User>;
  readonly groups: NameIndex<Group>;
  readonly policies: NameIndex<ManagedPolicy>;
  /** By the user's address. */
  readonly held: ReadonlyMap<string, HeldByUser>;
  readonly joins: Joins;
}

/** Are there too many names and grants for all that users have to be known? */
export function hasTooManyJoins(model: Model): boolean {
  return indexOf(model).joins.count > limits.joins;
}

const indexOf = perModel(makeIndex);

function heldBy(model: Model, user: User): HeldByUser {
  return indexOf(model).held.get(user.address) ?? { memberships: [], grants: [], keys: [], logins: [] };
}

function makeIndex(model: Model): Index {
  const joins: Joins = { count: 0 };
  const users = nameIndex("user", model.users, joins);
  const groups = nameIndex("group", model.groups, joins);
  const policies = nameIndex("policy", model.policies, joins);
  const held = new Map<string, HeldByUser>();
  for (const user of model.users) held.set(user.address, { memberships: [], grants: [], keys: [], logins: [] });
  const index = { users, groups, policies, held, joins };
  addCredentials(model, index);
  addMemberships(model, index);
  addGrants(model, index);
  return index;
}

function addCredentials(model: Model, { users, held }: Index): void {
  for (const key of model.keys) {
    const step = { at: key.at, message: say`${name(key.address)} is an access key of it.` };
    for (const meaning of meaningsOf(users, key.user)) {
      const one = holding(meaning, key.guard, [step]);
      if (one !== undefined) held.get(meaning.resource.address)?.keys.push({ ...one, key });
    }
  }
  for (const login of model.logins) {
    const step = { at: login.at, message: say`${name(login.address)} gives it a console password.` };
    for (const meaning of meaningsOf(users, login.user)) {
      const one = holding(meaning, login.guard, [step]);
      if (one !== undefined) held.get(meaning.resource.address)?.logins.push({ ...one, login });
    }
  }
}

/** What a meaning says of a user: the resource that says so must be there too. */
function holding(meaning: Meaning<User>, guard: Guard, steps: readonly Step[]): Held | undefined {
  const under = both(meaning.guard, guard);
  if (under === undefined) return undefined;
  const { certainty, because, resource } = meaning;
  return { certainty, guard: under, because, steps: [userStep(resource), ...steps] };
}

function addMemberships(model: Model, { users, groups, held, joins }: Index): void {
  for (const membership of model.memberships) {
    const inGroups = groupsMeant(groups, membership.group);
    for (const user of meaningsOf(users, membership.user)) {
      if (!joinsMore(joins, inGroups.length)) return;
      for (const group of inGroups) {
        const guard = allAtOnce([user.guard, group.guard, membership.guard]);
        if (guard === undefined) continue; // They are never there together.
        held.get(user.resource.address)?.memberships.push({
          membership,
          group: group.group,
          surelyUser: user.certainty === "yes",
          certainty: user.certainty === "yes" && group.certainty === "yes" ? "yes" : "maybe",
          guard,
          because: [...user.because, ...group.because],
          steps: [userStep(user.resource), membershipStep(membership, user.resource, group)],
        });
      }
    }
  }
}

interface GroupMeant {
  readonly group: Group | undefined;
  readonly value: Definite;
  readonly guard: Guard;
  readonly certainty: "yes" | "maybe";
  readonly because: readonly Because[];
}

/** The groups of the unit that a name means, and the group outside it that it means or may mean. */
function groupsMeant(groups: NameIndex<Group>, value: Value): readonly GroupMeant[] {
  return meantBy(groups, value).flatMap((meant) => {
    const inside: GroupMeant[] = meant.meanings.map((meaning) => {
      const { resource, guard, certainty, because } = meaning;
      return { group: resource, value: meant.value, guard, certainty, because };
    });
    if (inside.some((one) => one.certainty === "yes") || meant.value.kind === "null") return inside;
    const hole = firstUnknown(meant.value);
    const outside = { group: undefined, value: meant.value, guard: meant.guard };
    if (hole === undefined && inside.length === 0) return [{ ...outside, certainty: "yes", because: [] }];
    return [...inside, { ...outside, certainty: "maybe", because: [whyOpen(meant.value)] }];
  });
}

function membershipStep(membership: Membership, user: User, { group, value, certainty }: GroupMeant): Step {
  const target: Message = group === undefined ? say`the group ${value}` : name(group.address);
  if (membership.address === user.address) {
    const verb = name(certainty === "yes" ? "is" : "may be");
    return { at: membership.group.at, message: say`${name(user.address)} ${verb} in ${target}.` };
  }
  const verb = name(certainty === "yes" ? "puts" : "may put");
  return { at: membership.at, message: say`${name(membership.address)} ${verb} it into ${target}.` };
}

/** What a grant to a group is to the groups of the unit, and to one outside that memberships may name too. */
interface GroupGrant {
  readonly grant: Grant;
  readonly meaning: GroupMeant;
}

function addGrants(model: Model, { users, groups, held, joins }: Index): void {
  const inside = new Map<string, GroupGrant[]>();
  const outside: GroupGrant[] = [];
  for (const grant of model.grants) {
    if (grant.to === "user") {
      const steps = { yes: grantStep(grant, "yes"), maybe: grantStep(grant, "maybe") };
      for (const meaning of meaningsOf(users, grant.holder)) {
        const one = holding(meaning, grant.guard, [steps[meaning.certainty]]);
        if (one !== undefined) held.get(meaning.resource.address)?.grants.push({ ...one, grant, through: undefined });
      }
      continue;
    }
    for (const meaning of groupsMeant(groups, grant.holder)) {
      const { group } = meaning;
      if (group === undefined) outside.push({ grant, meaning });
      else put(inside, group.address, { grant, meaning });
    }
  }
  for (const one of held.values()) {
    for (const through of one.memberships) {
      const { group } = through;
      const all = group === undefined ? outside : (inside.get(group.address) ?? []);
      if (!joinsMore(joins, all.length)) return;
      const grants = group === undefined ? sameOutside(outside, through) : all;
      for (const grant of grants) addAll(one.grants, grantThrough(grant, through));
    }
  }
}

/** Grants to the group outside the unit that a membership names: equal names join within the unit. */
function sameOutside(grants: readonly GroupGrant[], through: HeldMembership): readonly GroupGrant[] {
  return grants.flatMap(({ grant, meaning }): readonly GroupGrant[] => {
    const answer = anyOf(
      optionsOf(through.membership.group).map((option) => sameThing(meaning.value, option.value, "group")),
    );
    if (answer === "no") return [];
    if (answer === "yes") return [{ grant, meaning: { ...meaning, certainty: "yes", because: [] } }];
    const because = meaning.because.length > 0 ? meaning.because : [whyOpen(through.membership.group)];
    return [{ grant, meaning: { ...meaning, certainty: "maybe", because } }];
  });
}

function grantThrough({ grant, meaning }: GroupGrant, through: HeldMembership): readonly HeldGrant[] {
  const guard = allAtOnce([through.guard, meaning.guard, grant.guard]);
  if (guard === undefined) return []; // They are never there together.
  // A group outside the unit that both name by one unknown is one group: which one it is does not matter.
  const sameGroup = through.certainty === "yes" || (through.group === undefined && through.surelyUser);
  const sure = meaning.certainty === "yes" && sameGroup;
  return [
    {
      grant,
      through,
      certainty: sure ? "yes" : "maybe",
      guard,
      because: sure ? [] : [...through.because, ...meaning.because],
      steps: [...through.steps, grantStep(grant, sure ? "yes" : "maybe")],
    },
  ];
}

function grantStep(grant: Grant, certainty: "yes" | "maybe"): Step {
  const sure = certainty === "yes";
  if (grant.policy.kind === "inline") {
    const holds = say`${name(grant.address)} holds an inline policy.`;
    return { at: grant.at, message: sure ? holds : say`${name(grant.address)} may be a policy of it.` };
  }
  const { arn } = grant.policy;
  const ref = refOf(arn);
  if (ref?.address === grant.address) {
    const verb = name(sure ? "is" : "may be");
    return { at: grant.at, message: say`${name(grant.address)} ${verb} attached to it.` };
  }
  const policy = ref === undefined ? say`${arn}` : name(ref.address);
  const attaches = say`${name(grant.address)} attaches ${policy}.`;
  return { at: grant.at, message: sure ? attaches : say`${name(grant.address)} may attach ${policy} to it.` };
}
