import { text, unknown } from "../../src/core/text";
import type { Span } from "../../src/core/source";
import type { CredentialForm, Unknown, Value } from "../../src/core/value";
import type { Model, SettingGroup } from "../../src/model/model";

/** A model of a Terraform root with nothing in it but what is given. */
export function modelWith(parts: Partial<Model>): Model {
  return {
    unit: { path: "", kind: "root", dialect: "terraform" },
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
    settings: [],
    outputs: [],
    innerOutputs: [],
    handedOut: [],
    namedInside: [],
    literals: [],
    references: [],
    gaps: [],
    converters: [],
    passwordPrograms: [],
    defaults: [],
    constructOf: () => undefined,
    ...parts,
  };
}

/** A place that differs from those of other numbers. */
export function span(number: number): Span {
  return { file: "main.tf", start: number * 10, end: number * 10 + 5 };
}

/** The text of a credential that a key makes, as it is read from the key's attribute. */
export function credential(key: string, form: CredentialForm): Unknown {
  const at = span(0);
  const path = { at, what: `${key}.${form}` };
  return unknown("after-apply", path.what, at, { traces: [{ credential: key, form, certainty: "is", path }] });
}

/** Settings by name, side by side. */
export function settingsOf(
  settings: Readonly<Record<string, string | Value>>,
  parts: Partial<SettingGroup> = {},
): SettingGroup {
  return {
    address: "aws_lambda_function.mail",
    at: span(0),
    guard: [],
    kind: "settings",
    settings: Object.entries(settings).map(([name, value], i) => ({
      name,
      nameAt: span(i),
      value: typeof value === "string" ? text(value, span(i)) : value,
      place: "environment",
      guard: [],
    })),
    ...parts,
  };
}
