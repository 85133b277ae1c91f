import { unknown, withRef } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Collected } from "../../collected";
import { itemsOf } from "../../items";
import type { ResourceInstance } from "../modules/unit-tree";
import {
  account,
  arn,
  computedAs,
  defaultText,
  iamArn,
  nameOf,
  required,
  sameAs,
  unknownAttribute,
  unlessEmpty,
} from "./values";
import type { ResourceType } from "./type";

/** Users, groups and who is in which. */
export const iamPrincipals: readonly ResourceType[] = [
  {
    type: "aws_iam_user",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const path = instance.argument("path");
      const tags = instance.argument("tags");
      const boundary = unlessEmpty(instance, "permissions_boundary");
      const name = nameOf(instance);
      into.users.push({
        address,
        at,
        guard,
        name,
        ...(path && { path }),
        ...(tags && { tags }),
        ...(boundary && { boundary }),
      });
    },
    attributes: {
      id: sameAs("name"),
      arn: (user) => iamArn(user, "user"),
      unique_id: computedAs("id"),
      path: defaultText("/"),
    },
  },
  {
    type: "aws_iam_group",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      into.groups.push({ address, at, guard, name: nameOf(instance) });
    },
    attributes: {
      id: sameAs("name"),
      arn: (group) => iamArn(group, "group"),
      unique_id: computedAs("id"),
      path: defaultText("/"),
    },
  },
  {
    type: "aws_iam_user_group_membership",
    settings: "none",
    adapt(instance, into) {
      const user = required(instance, "user", into);
      for (const group of itemsOf(required(instance, "groups", into), instance.guard)) {
        addMembership(instance, into, { user, group: group.value }, group.guard);
      }
    },
  },
  {
    type: "aws_iam_group_membership",
    settings: "none",
    adapt(instance, into) {
      const group = required(instance, "group", into);
      for (const user of itemsOf(required(instance, "users", into), instance.guard)) {
        addMembership(instance, into, { user: user.value, group }, user.guard);
      }
    },
  },
  {
    type: "data.aws_iam_user",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const name = withRef(required(instance, "user_name", into), { address: instance.address, attribute: "name" });
      into.users.push({ address, at, guard, name, outside: unknown("data-source", address, at) });
    },
    attributes: {
      id: computedAs("id"),
      user_id: computedAs("id"),
      arn: (user) => foreignArn(user, "user", "user_name"),
    },
  },
  {
    type: "data.aws_iam_group",
    attributes: {
      id: computedAs("id"),
      group_id: computedAs("id"),
      arn: (group) => foreignArn(group, "group", "group_name"),
    },
  },
];

function addMembership(
  instance: ResourceInstance,
  into: Collected,
  parts: { user: Value; group: Value },
  guard: ResourceInstance["guard"],
): void {
  into.memberships.push({ address: instance.address, at: instance.at, guard, ...parts });
}

/** A principal that the unit only reads: its path is not known. The data source names it, and is not the principal. */
function foreignArn(instance: ResourceInstance, kind: "user" | "group", argument: string): Value {
  const path = unknownAttribute(instance, "path");
  return arn(instance, "iam", { account: account(instance) }, [`${kind}/`, path, required(instance, argument)]);
}
