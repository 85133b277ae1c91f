import type { Span } from "../core/source";
import type { Value } from "../core/value";
import type { Model, Unit } from "../model/model";
import type { SettingNames } from "../model/credentials/setting-names";
import { literalsIn } from "./literals";
import { settingsIn } from "./settings";

/**
 * The credentials that are written in a file of nothing but values, which no other file of the input is known to read.
 * No model where there is nothing to say.
 */
export function modelsOfLiterals(
  values: Value,
  path: string,
  dialect: Unit["dialect"],
  names: SettingNames,
): readonly Model[] {
  const start: Span = { file: path, start: 0, end: 0 };
  const { literals, references } = literalsIn(settingsIn(values, { nameAt: start }), {
    address: path,
    profiles: false,
    names,
  });
  if (literals.length === 0 && references.length === 0) return [];
  const none: readonly [] = [];
  return [
    {
      unit: { path, kind: "root", dialect },
      users: none,
      groups: none,
      policies: none,
      grants: none,
      rolePolicies: none,
      memberships: none,
      keys: none,
      logins: none,
      callers: none,
      permissionSets: none,
      permissionSetPolicies: none,
      identities: none,
      identityPolicies: none,
      controlPolicies: none,
      controlAttachments: none,
      settings: none,
      outputs: none,
      innerOutputs: none,
      handedOut: none,
      namedInside: none,
      gaps: none,
      converters: none,
      passwordPrograms: none,
      defaults: none,
      constructOf: () => undefined,
      literals,
      references,
    },
  ];
}
