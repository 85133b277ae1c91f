import type {
  AccessKey,
  Caller,
  Converter,
  Gap,
  Grant,
  Group,
  LoginProfile,
  ManagedPolicy,
  Membership,
  PermissionSet,
  PermissionSetPolicy,
  User,
} from "../model/model";

/** The parts of the model that resources give, while they are collected. */
export interface Collected {
  readonly users: User[];
  readonly groups: Group[];
  readonly policies: ManagedPolicy[];
  readonly grants: Grant[];
  readonly memberships: Membership[];
  readonly keys: AccessKey[];
  readonly logins: LoginProfile[];
  readonly callers: Caller[];
  readonly permissionSets: PermissionSet[];
  readonly permissionSetPolicies: PermissionSetPolicy[];
  readonly gaps: Gap[];
  readonly converters: Converter[];
}

export function nothingCollected(): Collected {
  return {
    users: [],
    groups: [],
    policies: [],
    grants: [],
    memberships: [],
    keys: [],
    logins: [],
    callers: [],
    permissionSets: [],
    permissionSetPolicies: [],
    gaps: [],
    converters: [],
  };
}
