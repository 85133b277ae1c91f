import type { Span } from "../../src/core/source";
import type { Model } from "../../src/model/model";

/** A model of a Terraform root with nothing in it but what is given. */
export function modelWith(parts: Partial<Model>): Model {
  return {
    unit: { path: "", kind: "root", dialect: "terraform" },
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
    identities: [],
    identityPolicies: [],
    controlPolicies: [],
    controlAttachments: [],
    settings: [],
    outputs: [],
    innerOutputs: [],
    handedOut: [],
    literals: [],
    references: [],
    gaps: [],
    converters: [],
    passwordPrograms: [],
    defaults: [],
    constructs: new Map(),
    ...parts,
  };
}

/** A place that differs from those of other numbers. */
export function span(number: number): Span {
  return { file: "main.tf", start: number * 10, end: number * 10 + 5 };
}
