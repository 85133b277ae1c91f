import type { Because, Step } from "../core/finding";
import type { Guard } from "../core/guard";
import type { Truth } from "../core/truth";
import type { Value } from "../core/value";
import type { AccessKey, Grant, Group, LoginProfile, ManagedPolicy, Membership, Model, User } from "./model";

/**
 * Something that a user has, or may have: "maybe" where a name or ARN that decides is not known. `guard` says when,
 * and includes that the user is there.
 */
export interface Held {
  readonly certainty: "yes" | "maybe";
  readonly guard: Guard;
  /** What is unknown. Empty where `certainty` is "yes". */
  readonly because: readonly Because[];
  /** How the user comes to it, shortest way: user, membership, attachment. */
  readonly steps: readonly Step[];
}

export interface HeldMembership extends Held {
  readonly membership: Membership;
  /** The group of the unit that is meant. Undefined: a group that the unit does not manage, or that is not known. */
  readonly group: Group | undefined;
}

export interface HeldGrant extends Held {
  readonly grant: Grant;
  /** Undefined where the user has the policy itself. */
  readonly through: HeldMembership | undefined;
}

export interface HeldKey extends Held {
  readonly key: AccessKey;
}

export interface HeldLogin extends Held {
  readonly login: LoginProfile;
}

/** The groups that a user is in, from either side. In the order of the source. */
export function membershipsOf(_model: Model, _user: User): readonly HeldMembership[] {
  return [];
}

/** The policies that a user has, over every route. */
export function grantsOf(_model: Model, _user: User): readonly HeldGrant[] {
  return [];
}

export function keysOf(_model: Model, _user: User): readonly HeldKey[] {
  return [];
}

export function loginsOf(_model: Model, _user: User): readonly HeldLogin[] {
  return [];
}

/** The users that a name or ARN means (a key's user, a login's): those that it surely or possibly denotes. */
export function usersNamed(
  _model: Model,
  _name: Value,
): readonly { readonly user: User; readonly guard: Guard; readonly certainty: "yes" | "maybe" }[] {
  return [];
}

/** Does a name or ARN mean this resource? By reference first, then by the literal name or the ARN's tail. */
export function denotes(_value: Value, _resource: User | Group | ManagedPolicy): Truth {
  return "maybe";
}
