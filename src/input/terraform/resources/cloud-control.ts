import { unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Grant, PolicySource, Resource } from "../../../model/model";
import type { Collected } from "../../collected";
import { fieldOf } from "../../fields";
import { itemsOf } from "../../items";
import { tagMap } from "../../tag-map";
import type { ResourceInstance } from "../modules/unit-tree";
import type { ResourceType } from "./type";
import { computedAs, defaultText, iamArn, nameOf, required, sameAs } from "./values";

/** IAM in the Cloud Control provider, `awscc`: the resource types of CloudFormation, with their properties as arguments. */
export const cloudControl: readonly ResourceType[] = [
  {
    type: "awscc_iam_user",
    settings: "none",
    adapt: addUser,
    attributes: {
      id: sameAs("user_name", "name"),
      user_name: computedAs("name"),
      arn: (user) => iamArn(user, "user", "user_name"),
      path: defaultText("/"),
    },
  },
  {
    type: "awscc_iam_group",
    settings: "none",
    adapt(group, into) {
      const name = nameOf(group, "group_name");
      into.groups.push({ ...placeOf(group), name });
      addPolicies(group, into, "group", name);
    },
    attributes: {
      id: sameAs("group_name", "name"),
      group_name: computedAs("name"),
      arn: (group) => iamArn(group, "group", "group_name"),
      path: defaultText("/"),
    },
  },
  {
    type: "awscc_iam_managed_policy",
    settings: "none",
    adapt(instance, into) {
      const name = nameOf(instance, "managed_policy_name");
      into.policies.push({ ...placeOf(instance), name, document: required(instance, "policy_document", into) });
      const policy: PolicySource = { kind: "managed", arn: policyArn(instance) };
      for (const { guard, value } of itemsOf(instance.argument("users"), instance.guard)) {
        into.grants.push({ ...placeOf(instance), guard, to: "user", holder: value, policy });
      }
      for (const { guard, value } of itemsOf(instance.argument("groups"), instance.guard)) {
        into.grants.push({ ...placeOf(instance), guard, to: "group", holder: value, policy });
      }
    },
    attributes: {
      id: policyArn,
      policy_arn: policyArn,
      managed_policy_name: computedAs("name"),
      path: defaultText("/"),
    },
  },
  inline("awscc_iam_user_policy", "user"),
  inline("awscc_iam_group_policy", "group"),
];

/** One policy of one user or group. Without a document it has no statements. */
function inline(type: string, to: Grant["to"]): ResourceType {
  return {
    type,
    settings: "none",
    adapt(instance, into) {
      const document = instance.argument("policy_document") ?? { kind: "map", entries: [], at: instance.at };
      const policy: PolicySource = { kind: "inline", name: instance.argument("policy_name"), document };
      into.grants.push({ ...placeOf(instance), to, holder: required(instance, `${to}_name`, into), policy });
    },
  };
}

function addUser(user: ResourceInstance, into: Collected): void {
  const path = user.argument("path");
  const tags = user.argument("tags");
  const boundary = user.argument("permissions_boundary");
  const name = nameOf(user, "user_name");
  into.users.push({
    ...placeOf(user),
    name,
    ...(path && { path }),
    ...(tags && { tags: tagMap(tags, { key: "key", value: "value" }) }),
    ...(boundary && { boundary }),
  });
  addPolicies(user, into, "user", name);
  for (const { guard, value } of itemsOf(user.argument("groups"), user.guard)) {
    into.memberships.push({ ...placeOf(user), guard, user: name, group: value });
  }
  for (const { guard, value } of itemsOf(user.argument("login_profile"), user.guard)) {
    const password = fieldOf(value, "password");
    if (password === undefined) continue; // The provider asks for it: without one there is no login profile.
    into.logins.push({ ...placeOf(user), address: `${user.address}.login_profile`, guard, user: name, password });
  }
}

/** The policies that a user or group has by itself, inline and by ARN. */
function addPolicies(holder: ResourceInstance, into: Collected, to: Grant["to"], name: Value): void {
  for (const { guard, value } of itemsOf(holder.argument("policies"), holder.guard)) {
    const document = fieldOf(value, "policy_document") ?? unknown("unsupported", "policies", value.at);
    const policy: PolicySource = { kind: "inline", name: fieldOf(value, "policy_name"), document };
    into.grants.push({ ...placeOf(holder), guard, to, holder: name, policy });
  }
  for (const { guard, value } of itemsOf(holder.argument("managed_policy_arns"), holder.guard)) {
    into.grants.push({ ...placeOf(holder), guard, to, holder: name, policy: { kind: "managed", arn: value } });
  }
}

function placeOf({ address, at, guard }: ResourceInstance): Resource {
  return { address, at, guard };
}

function policyArn(policy: ResourceInstance): Value {
  return iamArn(policy, "policy", "managed_policy_name");
}
