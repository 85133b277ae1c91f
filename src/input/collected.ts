import type { Guard } from "../core/guard";
import type {
  AccessKey,
  Caller,
  ControlAttachment,
  ControlPolicy,
  Converter,
  Gap,
  Grant,
  Group,
  IdentityPolicy,
  LoginProfile,
  ManagedPolicy,
  Membership,
  PermissionSet,
  PermissionSetPolicy,
  RolePolicy,
  SesIdentity,
  User,
} from "../model/model";

/** The parts of the model that resources give, while they are collected. */
export interface Collected {
  readonly users: User[];
  readonly groups: Group[];
  readonly policies: ManagedPolicy[];
  readonly grants: Grant[];
  readonly rolePolicies: RolePolicy[];
  readonly memberships: Membership[];
  readonly keys: AccessKey[];
  readonly logins: LoginProfile[];
  readonly callers: Caller[];
  readonly permissionSets: PermissionSet[];
  readonly permissionSetPolicies: PermissionSetPolicy[];
  readonly identities: SesIdentity[];
  readonly identityPolicies: IdentityPolicy[];
  readonly controlPolicies: ControlPolicy[];
  readonly controlAttachments: ControlAttachment[];
  readonly gaps: Gap[];
  readonly converters: Converter[];
  /** Where what deploys them refuses the whole. */
  readonly refused: Guard[];
}

export function nothingCollected(): Collected {
  return {
    users: [],
    groups: [],
    policies: [],
    grants: [],
    rolePolicies: [],
    memberships: [],
    keys: [],
    logins: [],
    callers: [],
    permissionSets: [],
    permissionSetPolicies: [],
    identities: [],
    identityPolicies: [],
    controlPolicies: [],
    controlAttachments: [],
    gaps: [],
    converters: [],
    refused: [],
  };
}
