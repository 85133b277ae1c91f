import { refOf } from "../../core/text";
import type { Grant, Model, User } from "../model";
import { perModel } from "../per-model";

/**
 * The model to ask the permission questions of permission sets in: they are its only users, in the order of the source, and
 * their policies its only grants.
 */
export const withSetsAsUsers = perModel((model: Model): Model => {
  const users = model.permissionSets.map((set): User => ({ ...set, isRole: true }));
  const addresses = new Set(users.map(({ address }) => address));
  const grants = model.permissionSetPolicies.flatMap(({ set: holder, ...policy }): readonly Grant[] => {
    const ref = refOf(holder);
    return ref !== undefined && !addresses.has(ref.address) ? [] : [{ ...policy, to: "user", holder }];
  });
  const none: readonly [] = [];
  const others = { groups: none, memberships: none, keys: none, logins: none, permissionSets: none };
  return { ...model, ...others, permissionSetPolicies: none, users, grants };
});
