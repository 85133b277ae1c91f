import { knownText, unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { ResourceInstance } from "../modules/unit-tree";
import type { ResourceType } from "./type";
import { computedAs, required } from "./values";

/** Service control policies of AWS Organizations, and what they are attached to. Other types of policies bound nobody. */
export const organizations: readonly ResourceType[] = [
  {
    type: "aws_organizations_policy",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const document = controlDocument(instance);
      if (document !== undefined) into.controlPolicies.push({ address, at, guard, document });
    },
    attributes: { id: computedAs("id"), arn: computedAs("arn") },
  },
  {
    type: "aws_organizations_policy_attachment",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const [policy, target] = [required(instance, "policy_id", into), required(instance, "target_id", into)];
      into.controlAttachments.push({ address, at, guard, policy, target });
    },
  },
];

/** Undefined: a policy of another type. By default it is a service control policy. */
function controlDocument(instance: ResourceInstance): Value | undefined {
  const type = instance.argument("type");
  if (type === undefined || knownText(type) === controlType) return required(instance, "content");
  return knownText(type) === undefined ? unknown("unsupported", "the type of the policy", type.at) : undefined;
}

const controlType = "SERVICE_CONTROL_POLICY";
