import { knownText, unknown } from "../../../core/text";
import type { Unknown, Value } from "../../../core/value";
import { awsPolicy } from "../../../model/iam/aws";
import type { Collected } from "../../collected";
import { itemsOf, type Guarded } from "../../items";
import { policyDocument } from "../policy-document";
import type { PolicySource } from "../../../model/model";
import type { ResourceInstance } from "../modules/unit-tree";
import { arn, computedAs, defaultText, iamArn, nameOf, required, sameAs, unknownAttribute } from "./values";
import type { ResourceType } from "./type";

/** Policies, and who has them. */
export const iamPolicies: readonly ResourceType[] = [
  {
    type: "aws_iam_policy",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      into.policies.push({ address, at, guard, name: nameOf(instance), document: required(instance, "policy", into) });
    },
    attributes: {
      arn: (policy) => iamArn(policy, "policy"),
      id: (policy) => iamArn(policy, "policy"),
      path: defaultText("/"),
    },
  },
  inline("aws_iam_user_policy", "user"),
  inline("aws_iam_group_policy", "group"),
  attachment("aws_iam_user_policy_attachment", "user"),
  attachment("aws_iam_group_policy_attachment", "group"),
  {
    type: "aws_iam_policy_attachment",
    settings: "none",
    adapt(instance, into) {
      const policy: PolicySource = { kind: "managed", arn: required(instance, "policy_arn", into) };
      for (const user of itemsOf(instance.argument("users"), instance.guard)) {
        addGrant(instance, into, "user", user, policy);
      }
      for (const group of itemsOf(instance.argument("groups"), instance.guard)) {
        addGrant(instance, into, "group", group, policy);
      }
    },
  },
  attachments("aws_iam_user_policy_attachments_exclusive", "user"),
  attachments("aws_iam_group_policy_attachments_exclusive", "group"),
  // These name inline policies that other resources make: they take away what is not named, and grant nothing.
  { type: "aws_iam_user_policies_exclusive", settings: "none" },
  { type: "aws_iam_group_policies_exclusive", settings: "none" },
  {
    type: "data.aws_iam_policy_document",
    attributes: { json: policyDocument, minified_json: policyDocument },
  },
  {
    type: "data.aws_iam_policy",
    attributes: { arn: foreignPolicyArn, id: foreignPolicyArn, name: computedAs("name") },
  },
];

function inline(type: string, to: "user" | "group"): ResourceType {
  return {
    type,
    settings: "none",
    adapt(instance, into) {
      const holder = { guard: instance.guard, value: required(instance, to, into) };
      const policy: PolicySource = {
        kind: "inline",
        name: instance.argument("name") ?? instance.argument("name_prefix"),
        document: required(instance, "policy", into),
      };
      addGrant(instance, into, to, holder, policy);
    },
    attributes: { name: computedAs("name"), id: computedAs("id") },
  };
}

function attachment(type: string, to: "user" | "group"): ResourceType {
  return {
    type,
    settings: "none",
    adapt(instance, into) {
      const holder = { guard: instance.guard, value: required(instance, to, into) };
      addGrant(instance, into, to, holder, { kind: "managed", arn: required(instance, "policy_arn", into) });
    },
    // Some refer to the attachment, so that it is made first.
    attributes: { user: sameAs("user"), group: sameAs("group") },
  };
}

function attachments(type: string, to: "user" | "group"): ResourceType {
  return {
    type,
    settings: "none",
    adapt(instance, into) {
      const holder = required(instance, `${to}_name`, into);
      for (const policy of itemsOf(instance.argument("policy_arns"), instance.guard)) {
        const source: PolicySource = { kind: "managed", arn: policy.value };
        addGrant(instance, into, to, { guard: policy.guard, value: holder }, source);
      }
    },
  };
}

function addGrant(
  instance: ResourceInstance,
  into: Collected,
  to: "user" | "group",
  holder: Guarded,
  policy: PolicySource,
): void {
  const { address, at } = instance;
  into.grants.push({ address, at, guard: holder.guard, to, holder: holder.value, policy });
}

/**
 * By ARN it is that one. By name it may be AWS's own or the account's, at any path; where AWS has one of that name, it
 * is AWS's, since the data source refuses a name that two policies have.
 */
function foreignPolicyArn(instance: ResourceInstance): Value {
  const given = instance.argument("arn");
  if (given !== undefined) return given;
  const name = instance.argument("name");
  if (name === undefined) return unknownAttribute(instance, "arn");
  const known = knownText(name);
  const aws =
    known === undefined ? undefined : awsPaths.map((path) => path + known).find((path) => awsPolicy(path, instance.at));
  if (aws !== undefined)
    return arn(instance, "iam", { account: { kind: "known", text: "aws", at: name.at, traces: [] } }, [
      `policy/${aws}`,
    ]);
  const owner = { kind: "hole", unknown: outside(instance, "owner") } as const;
  return arn(instance, "iam", { account: owner }, ["policy/", outside(instance, "path"), name]);
}

/** A part of what is read: with the whole of it known, it would be known. */
function outside({ address, at }: ResourceInstance, what: "owner" | "path"): Unknown {
  return unknown("data-source", address, at, { id: `${address}.${what}` });
}

const awsPaths = ["", "service-role/", "job-function/", "aws-service-role/"];
