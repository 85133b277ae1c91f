import { both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { usedTogether } from "./mail-settings";
import type { Model, Setting, SettingGroup } from "../model";
import { perModel } from "../per-model";
import { wordsApart, wordsOf, type SettingRole } from "./setting-names";
import { settingNameIn } from "./stated-names";

/** A password or secret with what is given as its user name or key id, by their names. */
export interface CredentialPair {
  readonly kind: "smtp" | "aws";
  readonly group: SettingGroup;
  readonly secret: Setting;
  /** Never empty. Several where their names are as near: nobody knows which is meant. */
  readonly ids: readonly Setting[];
  /** When the group and the secret are there. */
  readonly guard: Guard;
}

/**
 * Of every group the passwords with the user names beside them, and the secrets with the key ids. They stand in one map,
 * and no other name is nearer to either: `SMTP_USER_2` is with `SMTP_PASSWORD_2`. In the order of the source.
 */
export const credentialPairs = perModel((model: Model): readonly CredentialPair[] =>
  usedTogether(model).flatMap((group) => kinds.flatMap((kind) => pairsOfKind(model, group, kind))),
);

interface Half {
  readonly setting: Setting;
  readonly map: string;
  readonly words: readonly string[];
}

const kinds = ["smtp", "aws"] as const;

/** Groups with so many user names and passwords that nobody tells which belong together. */
export const crowdedPairs = perModel((model: Model): readonly SettingGroup[] =>
  usedTogether(model).filter((group) => kinds.some((kind) => isCrowded(halvesOf(model, group, kind)))),
);

interface Halves {
  readonly secrets: readonly Half[];
  readonly ids: readonly Half[];
}

function halvesOf(model: Model, group: SettingGroup, kind: CredentialPair["kind"]): Halves {
  return kind === "smtp"
    ? { secrets: halves(model, group, "smtp-password"), ids: halves(model, group, "smtp-user") }
    : { secrets: halves(model, group, "aws-secret"), ids: halves(model, group, "aws-key-id") };
}

function isCrowded({ secrets, ids }: Halves): boolean {
  return secrets.length * ids.length > limits.neighbours;
}

function pairsOfKind(model: Model, group: SettingGroup, kind: CredentialPair["kind"]): readonly CredentialPair[] {
  const { secrets, ids } = halvesOf(model, group, kind);
  if (isCrowded({ secrets, ids })) return []; // A diagnostic tells of the group.
  const nearestSecrets = new Map(ids.map((id) => [id, new Set(nearestTo(id, secrets))]));
  return secrets.flatMap((secret) => {
    const nearest = nearestTo(secret, ids).filter((id) => nearestSecrets.get(id)?.has(secret));
    const guard = both(group.guard, secret.setting.guard);
    if (nearest.length === 0 || guard === undefined) return [];
    return [{ kind, group, secret: secret.setting, ids: nearest.map(({ setting }) => setting), guard }];
  });
}

function halves(model: Model, group: SettingGroup, role: SettingRole): readonly Half[] {
  return group.settings.flatMap((setting) => {
    if (settingNameIn(model, setting.name)?.role !== role) return [];
    const { name } = setting;
    const map = name.slice(0, name.lastIndexOf(".") + 1);
    return [{ setting, map, words: wordsOf(name) }];
  });
}

/** The halves in the same map whose names differ from one's in the fewest words. */
function nearestTo(one: Half, others: readonly Half[]): readonly Half[] {
  let least = Infinity;
  let nearest: Half[] = [];
  for (const other of others) {
    if (other.map !== one.map) continue;
    const apart = wordsApart(one.words, other.words);
    if (apart < least) nearest = [];
    if (apart <= least) nearest.push(other);
    least = Math.min(least, apart);
  }
  return nearest;
}
