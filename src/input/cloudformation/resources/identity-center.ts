import { unknown } from "../../../core/text";
import type { Unknown } from "../../../core/value";
import type { PolicySource } from "../../../model/model";
import type { Collected } from "../../collected";
import { itemsOf } from "../../items";
import type { StackResource } from "../stack";
import type { ResourceType } from "./type";
import { field, named, unknownAttribute } from "./values";

/** Permission sets of IAM Identity Center. */
export const identityCenter: readonly ResourceType[] = [
  { type: "AWS::SSO::PermissionSet", settings: "none", adapt: addPermissionSet },
];

function addPermissionSet(resource: StackResource, into: Collected): void {
  const { address, at, guard } = resource;
  const place = { address, at, guard };
  const boundary = resource.property("PermissionsBoundary");
  const arn = boundary && (field(boundary, "ManagedPolicyArn") ?? byName(resource));
  into.permissionSets.push({ ...place, name: named(resource, "Name", at), ...(arn && { boundary: arn }) });
  const set = unknownAttribute(resource, at, "arn");
  const add = (policy: PolicySource, policyGuard = guard): void => {
    into.permissionSetPolicies.push({ ...place, guard: policyGuard, set, policy });
  };
  const document = resource.property("InlinePolicy");
  if (document !== undefined) add({ kind: "inline", name: undefined, document });
  for (const one of itemsOf(resource.property("ManagedPolicies"), guard)) {
    add({ kind: "managed", arn: one.value }, one.guard);
  }
  for (const one of itemsOf(resource.property("CustomerManagedPolicyReferences"), guard)) {
    add({ kind: "managed", arn: byName(resource) }, one.guard);
  }
}

/** A policy of every account that the set is used in: these are other units. */
function byName(resource: StackResource): Unknown {
  return unknown("unsupported", "a customer managed policy of a permission set", resource.at);
}
