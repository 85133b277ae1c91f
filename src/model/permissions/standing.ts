import type { Because, Step } from "../../core/finding";
import type { Guard } from "../../core/guard";
import type { AwsPolicy } from "../iam/aws";
import type { User } from "../model";
import type { Policy } from "../iam/policy";

/** All that decides what a user may do: its policies over every route, what of them is unknown, and its boundary. */
export interface Standing {
  readonly user: User;
  readonly routes: readonly Route[];
  readonly unknowns: readonly UnknownRoute[];
  readonly boundaries: readonly Boundary[];
  /** Why the world is not closed: others may give the user more. */
  readonly open: readonly Because[];
  /** The part of `open` that is in the input: modules and resources that are handed the user. */
  readonly gaps: readonly Because[];
  /** Policies that such a module is handed: it may attach them, to this user too. */
  readonly handedPolicies: readonly { readonly policy: Policy; readonly because: Because }[];
}

/** A policy that the user has, and how. */
export interface Route {
  readonly policy: Policy;
  /** What AWS says of the policy, where it is one of its own. */
  readonly aws: AwsPolicy | undefined;
  readonly certainty: "yes" | "maybe";
  readonly guard: Guard;
  readonly because: readonly Because[];
  readonly steps: readonly Step[];
  /**
   * It is a policy on a resource, which names the user or is for everybody: what it allows is allowed outside the
   * permissions boundary too.
   */
  readonly onResource?: "for-user" | "for-everybody";
}

/**
 * Policies of the user that are not known. `denies`: a value of the input decides which they are, so that a Deny may be
 * among them. What lies outside the input by its own name (a group that the unit does not manage) is taken to add only.
 */
export interface UnknownRoute {
  readonly guard: Guard;
  readonly because: Because;
  readonly denies: boolean;
  /**
   * May they hold more than they should? To the group that SES's own console makes AWS attaches `ses:SendRawEmail` alone,
   * and of what is imported nothing says that it has anything else.
   */
  readonly mayExceed: boolean;
}

/** What bounds the user when `guard` holds. */
export type Boundary =
  | { readonly kind: "none"; readonly guard: Guard }
  | {
      readonly kind: "policy";
      readonly guard: Guard;
      readonly policy: Policy;
      readonly aws: AwsPolicy | undefined;
      /** Why there may be more in it: its Denies hold, what it allows may be denied by the rest. */
      readonly open: Because | undefined;
    }
  | { readonly kind: "unknown"; readonly guard: Guard; readonly because: Because };
