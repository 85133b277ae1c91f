import type { Guard } from "../../../core/guard";
import { knownText } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Collected } from "../../collected";
import { fieldOf } from "../../fields";
import { itemsOf } from "../../items";
import { namesAction } from "../../quick-look";
import type { BlockInstance, ResourceInstance } from "../modules/unit-tree";
import type { ResourceType } from "./type";

/** Roles hold no SMTP credentials: of these only the text of their policies is asked. */
export const iamRoles: readonly ResourceType[] = [
  {
    type: "aws_iam_role",
    rolePolicies(role, into) {
      for (const block of role.blocks("inline_policy")) {
        if (!isReadBack(block, role)) addPolicy(role, into, block.guard, block.argument("policy"));
      }
    },
  },
  {
    type: "awscc_iam_role",
    rolePolicies(role, into) {
      for (const { guard, value } of itemsOf(role.argument("policies"), role.guard)) {
        addPolicy(role, into, guard, fieldOf(value, "policy_document"));
      }
    },
  },
  rolePolicy("aws_iam_role_policy", "policy"),
  rolePolicy("awscc_iam_role_policy", "policy_document"),
];

/** A state has the policies of `aws_iam_role_policy` a second time, as those that the role was read with. */
function isReadBack(block: BlockInstance, role: ResourceInstance): boolean {
  const policy = knownText(block.argument("policy"));
  if (!role.isRecorded || policy === undefined || !namesAction(policy)) return false; // The others say nothing here.
  const [name, owner] = [knownText(block.argument("name")), knownText(role.argument("name"))];
  return role.module
    .resources()
    .some(
      (one) =>
        one.type === "aws_iam_role_policy" &&
        knownText(one.argument("name")) === name &&
        knownText(one.argument("role")) === owner,
    );
}

function rolePolicy(type: string, argument: string): ResourceType {
  return {
    type,
    rolePolicies(policy, into) {
      addPolicy(policy, into, policy.guard, policy.argument(argument));
    },
  };
}

function addPolicy(
  { address, at }: ResourceInstance,
  into: Collected,
  guard: Guard,
  document: Value | undefined,
): void {
  if (document !== undefined) into.rolePolicies.push({ address, at, guard, document });
}
