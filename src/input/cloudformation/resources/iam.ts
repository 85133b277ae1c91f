import { entriesOf, unknown } from "../../../core/text";
import type { Guard } from "../../../core/guard";
import type { Span } from "../../../core/source";
import type { Value } from "../../../core/value";
import type { PolicySource, Resource } from "../../../model/model";
import type { Collected } from "../../collected";
import { itemsOf } from "../../items";
import { tagMap } from "../../tag-map";
import type { StackResource } from "../stack";
import type { ResourceType } from "./type";
import { addGap, credential, field, iamArn, named, required, unknownAttribute } from "./values";

/** What SAM makes a role of: `Policies` has documents between names, ARNs and templates of policies. */
const serverlessRoles: readonly ResourceType[] = ["Function", "StateMachine"].map((name) => ({
  type: `AWS::Serverless::${name}`,
  rolePolicies(made, into) {
    for (const { guard, value } of itemsOf(made.property("Policies"), made.guard)) {
      if (field(value, "Statement") !== undefined) addRolePolicy(made, into, guard, value);
    }
  },
}));

/** Users, groups, policies and access keys. Roles hold no SMTP credentials: only the text of their policies is asked. */
export const iamTypes: readonly ResourceType[] = [
  {
    type: "AWS::IAM::User",
    settings: "none",
    adapt: addUser,
    ref: (user, at) => named(user, "UserName", at),
    attributes: { Arn: (user, at) => iamArn(user, "user", named(user, "UserName", at), at) },
  },
  {
    type: "AWS::IAM::Group",
    settings: "none",
    adapt: addGroup,
    ref: (group, at) => named(group, "GroupName", at),
    attributes: { Arn: (group, at) => iamArn(group, "group", named(group, "GroupName", at), at) },
  },
  {
    type: "AWS::IAM::ManagedPolicy",
    settings: "none",
    adapt(policy, into) {
      const name = named(policy, "ManagedPolicyName", policy.at);
      into.policies.push({ ...placeOf(policy), name, document: required(policy, "PolicyDocument") });
      addHolders(policy, into, () => ({ kind: "managed", arn: policyArn(policy, policy.at) }));
    },
    ref: policyArn,
    attributes: { PolicyArn: policyArn },
  },
  {
    type: "AWS::IAM::Policy",
    settings: "none",
    adaptsWith: ["Users", "Groups"],
    adapt(policy, into) {
      addHolders(policy, into, () => {
        const document = required(policy, "PolicyDocument");
        return { kind: "inline", name: policy.property("PolicyName"), document };
      });
    },
    rolePolicies(policy, into) {
      const others = ["Users", "Groups"].flatMap((holders) => itemsOf(policy.property(holders), policy.guard));
      if (others.length === 0) addRolePolicy(policy, into, policy.guard, policy.property("PolicyDocument"));
    },
    ref: (policy, at) => unknownAttribute(policy, at, "id", policy.name),
  },
  {
    type: "AWS::IAM::UserPolicy",
    settings: "none",
    adapt: (policy, into) => {
      addOwn(policy, into, "user", "UserName");
    },
  },
  {
    type: "AWS::IAM::GroupPolicy",
    settings: "none",
    adapt: (policy, into) => {
      addOwn(policy, into, "group", "GroupName");
    },
  },
  {
    type: "AWS::IAM::UserToGroupAddition",
    settings: "none",
    adapt(addition, into) {
      const group = required(addition, "GroupName");
      for (const user of itemsOf(required(addition, "Users"), addition.guard)) {
        into.memberships.push({ ...placeOf(addition), guard: user.guard, user: user.value, group });
      }
    },
  },
  {
    type: "AWS::IAM::AccessKey",
    settings: "none",
    adapt(key, into) {
      const status = key.property("Status");
      const user = required(key, "UserName");
      into.keys.push({ ...placeOf(key), user, userAt: user.at, ...(status && { status }) });
    },
    ref: (key, at) => credential(key, at, "access-key-id"),
    attributes: {
      Id: (key, at) => credential(key, at, "access-key-id", "Id"),
      SecretAccessKey: (key, at) => credential(key, at, "secret-access-key", "SecretAccessKey"),
    },
  },
  {
    type: "AWS::IAM::Role",
    settings: "none",
    rolePolicies(role, into) {
      for (const { guard, value } of itemsOf(role.property("Policies"), role.guard)) {
        addRolePolicy(role, into, guard, field(value, "PolicyDocument"));
      }
    },
  },
  {
    type: "AWS::IAM::RolePolicy",
    settings: "none",
    rolePolicies(policy, into) {
      addRolePolicy(policy, into, policy.guard, policy.property("PolicyDocument"));
    },
  },
  ...serverlessRoles,
  ...[
    "InstanceProfile",
    "OIDCProvider",
    "SAMLProvider",
    "ServerCertificate",
    "ServiceLinkedRole",
    "VirtualMFADevice",
  ].map((name): ResourceType => ({ type: `AWS::IAM::${name}`, settings: "none" })),
];

/** A type of IAM that this version does not know could grant. */
export const otherIam: ResourceType = {
  type: "AWS::IAM::*",
  settings: "none",
  adapt: (other, into) => {
    addGap(other, into);
  },
};

function placeOf({ address, at, guard }: StackResource): Resource {
  return { address, at, guard };
}

function policyArn(policy: StackResource, at: StackResource["at"]): Value {
  return iamArn(policy, "policy", named(policy, "ManagedPolicyName", at), at);
}

function addUser(user: StackResource, into: Collected): void {
  const path = user.property("Path");
  const tags = user.property("Tags");
  const boundary = user.property("PermissionsBoundary");
  const name = named(user, "UserName", user.at);
  into.users.push({
    ...placeOf(user),
    name,
    ...(path && { path }),
    ...(tags && { tags: tagMap(tags, { key: "Key", value: "Value" }) }),
    ...(boundary && { boundary }),
  });
  addPolicies(user, into, "user", name);
  for (const group of itemsOf(user.property("Groups"), user.guard)) {
    into.memberships.push({ ...placeOf(user), guard: group.guard, user: name, group: group.value });
  }
  for (const login of itemsOf(user.property("LoginProfile"), user.guard)) {
    if (login.value.kind === "unknown") continue; // A macro makes the properties: whether this is one of them is not known.
    const password = field(login.value, "Password");
    const at = user.propertyAt("LoginProfile");
    const address = `${user.address}.LoginProfile`;
    into.logins.push({ ...placeOf(user), address, at, guard: login.guard, user: name, ...(password && { password }) });
  }
}

function addGroup(group: StackResource, into: Collected): void {
  const name = named(group, "GroupName", group.at);
  into.groups.push({ ...placeOf(group), name });
  addPolicies(group, into, "group", name);
}

/** The policies that a user or group has by itself, inline and by ARN. */
function addPolicies(holder: StackResource, into: Collected, to: "user" | "group", name: Value): void {
  for (const { guard, value } of itemsOf(holder.property("Policies"), holder.guard)) {
    const document = field(value, "PolicyDocument") ?? unknown("invalid", "a policy without document", value.at);
    const policy: PolicySource = { kind: "inline", name: field(value, "PolicyName"), document };
    into.grants.push({ ...placeOf(holder), at: placeOfPolicy(value), guard, to, holder: name, policy });
  }
  for (const { guard, value } of itemsOf(holder.property("ManagedPolicyArns"), holder.guard)) {
    const policy: PolicySource = { kind: "managed", arn: value };
    into.grants.push({ ...placeOf(holder), at: value.at, guard, to, holder: name, policy });
  }
}

/** An inline policy begins anywhere; what a reader looks for is its name. */
function placeOfPolicy(policy: Value): Span {
  const [name] = policy.kind === "map" ? entriesOf(policy, "PolicyName") : [];
  return name?.keyAt ?? policy.at;
}

function addRolePolicy(holder: StackResource, into: Collected, guard: Guard, document: Value | undefined): void {
  if (document !== undefined) into.rolePolicies.push({ ...placeOf(holder), guard, document });
}

/** A policy that names its users and groups. */
function addHolders(resource: StackResource, into: Collected, policyOf: () => PolicySource): void {
  const users = itemsOf(resource.property("Users"), resource.guard);
  const groups = itemsOf(resource.property("Groups"), resource.guard);
  if (users.length === 0 && groups.length === 0) return;
  const policy = policyOf();
  for (const { guard, value } of users) {
    into.grants.push({ ...placeOf(resource), guard, to: "user", holder: value, policy });
  }
  for (const { guard, value } of groups) {
    into.grants.push({ ...placeOf(resource), guard, to: "group", holder: value, policy });
  }
}

/** `AWS::IAM::UserPolicy`: one policy of one user. Without a document it has no statements. */
function addOwn(resource: StackResource, into: Collected, to: "user" | "group", property: string): void {
  const document = resource.property("PolicyDocument") ?? { kind: "map", entries: [], at: resource.at };
  const policy: PolicySource = { kind: "inline", name: resource.property("PolicyName"), document };
  into.grants.push({ ...placeOf(resource), to, holder: required(resource, property), policy });
}
