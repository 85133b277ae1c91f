import { refOf } from "../../core/text";
import type { Grant, Model, User } from "../model";
import { perModel } from "../per-model";

/** A permission set as a user of its own, so that the permission questions can be asked of it. */
interface SetUser {
  readonly user: User;
  /** To ask in: the set is the only user, and its policies are the only grants. */
  readonly model: Model;
}

/** In the order of the source. */
export const permissionSetUsers = perModel((model: Model): readonly SetUser[] =>
  model.permissionSets.map((set) => {
    const user: User = { ...set, isRole: true };
    return { user, model: alone(model, user) };
  }),
);

function alone(model: Model, set: User): Model {
  const none: readonly [] = [];
  const grants = model.permissionSetPolicies.flatMap(({ set: holder, ...policy }): readonly Grant[] => {
    const ref = refOf(holder);
    return ref !== undefined && ref.address !== set.address ? [] : [{ ...policy, to: "user", holder }];
  });
  const others = { groups: none, memberships: none, keys: none, logins: none, permissionSets: none };
  return { ...model, ...others, permissionSetPolicies: none, users: [set], grants };
}
