import type { ResourceInstance } from "../modules/unit-tree";
import { accountTypes } from "./account";
import { cloudControl } from "./cloud-control";
import { converters } from "./converters";
import { holders } from "./gaps";
import { iamCredentials } from "./iam-credentials";
import { iamPolicies } from "./iam-policies";
import { iamPrincipals } from "./iam-principals";
import { iamRoles } from "./iam-roles";
import { identityCenter } from "./identity-center";
import { organizations } from "./organizations";
import { sesTypes } from "./ses";
import { sessionCredentials } from "./session-credentials";
import { storeTypes } from "./stores";
import { templateTypes } from "./templates";
import type { ResourceType } from "./type";

/** Every resource type and data source that the project knows something of. A new one goes into one of these lists. */
const types: ReadonlyMap<string, ResourceType> = new Map(
  [
    ...iamPrincipals,
    ...iamPolicies,
    ...iamRoles,
    ...iamCredentials,
    ...cloudControl,
    ...identityCenter,
    ...organizations,
    ...sesTypes,
    ...storeTypes,
    ...accountTypes,
    ...sessionCredentials,
    ...templateTypes,
    ...converters,
    ...holders,
  ].map((one) => [one.type, one]),
);

/** What is known of the type of a resource or data source. */
export function typeOf(instance: Pick<ResourceInstance, "mode" | "type">): ResourceType | undefined {
  return types.get(instance.mode === "managed" ? instance.type : `data.${instance.type}`);
}
