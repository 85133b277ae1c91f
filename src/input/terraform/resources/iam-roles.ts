import type { Guard } from "../../../core/guard";
import type { Value } from "../../../core/value";
import type { Collected } from "../../collected";
import { fieldOf } from "../../fields";
import { itemsOf } from "../../items";
import type { ResourceInstance } from "../modules/unit-tree";
import type { ResourceType } from "./type";

/** Roles hold no SMTP credentials: of these only the text of their policies is asked. */
export const iamRoles: readonly ResourceType[] = [
  {
    type: "aws_iam_role",
    rolePolicies(role, into) {
      for (const block of role.blocks("inline_policy")) {
        addPolicy(role, into, block.guard, block.argument("policy"));
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
