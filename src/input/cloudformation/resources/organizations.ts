import { knownText } from "../../../core/text";
import { itemsOf } from "../../items";
import type { ResourceType } from "./type";
import { required, unknownAttribute } from "./values";

/** Service control policies of AWS Organizations, with what they are attached to. Other types bound nobody. */
export const organizations: readonly ResourceType[] = [
  {
    type: "AWS::Organizations::Policy",
    settings: "none",
    adapt(policy, into) {
      if (knownText(policy.property("Type")) !== "SERVICE_CONTROL_POLICY") return;
      const { address, at, guard } = policy;
      into.controlPolicies.push({ address, at, guard, document: required(policy, "Content") });
      const id = unknownAttribute(policy, at, "id", policy.name);
      for (const target of itemsOf(policy.property("TargetIds"), guard)) {
        into.controlAttachments.push({ address, at, guard: target.guard, policy: id, target: target.value });
      }
    },
    ref: (policy, at) => unknownAttribute(policy, at, "id", policy.name),
  },
];
