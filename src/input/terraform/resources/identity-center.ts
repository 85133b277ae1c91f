import { unknown, withRef } from "../../../core/text";
import type { PolicySource } from "../../../model/model";
import type { Collected } from "../../collected";
import type { ResourceInstance } from "../modules/unit-tree";
import { addGap } from "./gaps";
import { computedAs, required } from "./values";
import type { ResourceType } from "./type";

/** Permission sets of IAM Identity Center, and the policies that they have. */
export const identityCenter: readonly ResourceType[] = [
  {
    type: "aws_ssoadmin_permission_set",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      into.permissionSets.push({
        address,
        at,
        guard,
        name: withRef(required(instance, "name", into), { address: instance.address, attribute: "name" }),
      });
    },
    attributes: { arn: computedAs("arn"), id: computedAs("arn") },
  },
  {
    type: "aws_ssoadmin_permission_set_inline_policy",
    settings: "none",
    adapt(instance, into) {
      addPolicy(instance, into, {
        kind: "inline",
        name: undefined,
        document: required(instance, "inline_policy", into),
      });
    },
  },
  {
    type: "aws_ssoadmin_managed_policy_attachment",
    settings: "none",
    adapt(instance, into) {
      addPolicy(instance, into, { kind: "managed", arn: required(instance, "managed_policy_arn", into) });
    },
  },
  {
    // It names a policy of every account that the set is used in: these are other units.
    type: "aws_ssoadmin_customer_managed_policy_attachment",
    settings: "none",
    adapt(instance, into) {
      addPolicy(instance, into, { kind: "managed", arn: unknown("unsupported", instance.type, instance.at) });
    },
  },
  { type: "aws_ssoadmin_permissions_boundary_attachment", settings: "none", adapt: addGap },
];

function addPolicy(instance: ResourceInstance, into: Collected, policy: PolicySource): void {
  const { address, at, guard } = instance;
  into.permissionSetPolicies.push({ address, at, guard, set: required(instance, "permission_set_arn"), policy });
}
