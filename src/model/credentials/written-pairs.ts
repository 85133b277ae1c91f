import { both, type Guard } from "../../core/guard";
import { Secret } from "../../core/secret";
import type { Span } from "../../core/source";
import { knownText, optionsOf } from "../../core/text";
import type { Value } from "../../core/value";
import { namedBy } from "./client-passwords";
import { credentialPairs, type CredentialPair } from "./credential-pairs";
import { flowsInto } from "./flows";
import { knownSecrets, originOf, writtenPasswords, type KnownSecret } from "./known-secrets";
import { mailSettings } from "./mail-settings";
import type { Model, Setting } from "../model";
import { perModel } from "../per-model";
import { credentialShape } from "./shapes";
import { madeOf } from "./smtp-password";

/** A password in the source beside a user name that is of another key, as computing shows. */
export interface WrittenMismatch {
  readonly pair: CredentialPair;
  readonly id: Setting;
  /** The place of the password. */
  readonly at: Span;
  /** The password is made of this secret, whose id the user name is not; or it is not made of it, though the id is. */
  readonly known: KnownSecret;
  readonly isMadeOf: boolean;
  readonly guard: Guard;
}

/** What a pair of SMTP credentials has that is written down and does not belong together. */
export function writtenMismatches(model: Model, pair: CredentialPair): readonly WrittenMismatch[] {
  const [id] = pair.ids;
  if (pair.kind !== "smtp" || id === undefined || pair.ids.length > 1) return [];
  const passwords = writtenPasswords(pair.secret.value, pair.guard);
  if (passwords.length === 0 || knownSecrets(model).length === 0) return [];
  if (flowsInto(model, pair.secret, pair.guard).length > 0) return []; // It is a key's own, wherever its text is from.
  const regions = mailSettings(model)
    .filter(({ setting }) => setting === pair.secret)
    .flatMap(({ hosts }) => namedBy(hosts));
  return passwords.flatMap(({ password, at, guard }) => {
    const origin = originOf(model, password, regions);
    return ownersOf(model, id, guard).flatMap((owner): readonly WrittenMismatch[] => {
      const found = { pair, id, at, guard: owner.guard };
      if (origin !== undefined) {
        const apart = owner.isOf(origin.known) === "no";
        return apart ? [{ ...found, known: origin.known, isMadeOf: true }] : [];
      }
      const own = knownSecrets(model).find((known) => owner.isOf(known) === "yes");
      const apart = own !== undefined && madeOf(own.secret, password, regions) === undefined;
      return apart ? [{ ...found, known: own, isMadeOf: false }] : [];
    });
  });
}

/** The key that a user name is the id of. */
interface Owner {
  readonly guard: Guard;
  readonly isOf: (known: KnownSecret) => "yes" | "no" | "maybe";
}

function ownersOf(model: Model, id: Setting, guard: Guard): readonly Owner[] {
  const joined = both(guard, id.guard);
  if (joined === undefined) return [];
  const flows = flowsInto(model, id, joined).filter(({ trace }) => trace.form === "access-key-id");
  if (flows.length > 0) {
    return flows
      .filter(({ trace }) => trace.certainty === "is")
      .map(({ trace, guard: own }) => ({
        guard: own,
        isOf: ({ kind, address }) => (kind === "literal" ? "maybe" : address === trace.credential ? "yes" : "no"),
      }));
  }
  return writtenIds(id.value, joined).map(({ text, guard: own }) => ({
    guard: own,
    isOf: ({ secret }) => {
      const ids = idsOfSecrets(model);
      const own = ids.filter((one) => one.secret.equals(secret));
      if (own.some((one) => one.id.equals(text))) return "yes";
      // A secret has one id, and an id one secret.
      return own.length > 0 || ids.some((one) => one.id.equals(text)) ? "no" : "maybe";
    },
  }));
}

interface IdOfSecret {
  readonly secret: Secret;
  readonly id: Secret;
}

/** Which ids stand beside the secrets that are written in the source, where both are clear. */
const idsOfSecrets = perModel((model: Model): readonly IdOfSecret[] =>
  credentialPairs(model)
    .filter(({ kind }) => kind === "aws")
    .flatMap(({ secret, ids, guard }) => {
      const text = knownText(secret.value);
      const known =
        text === undefined ? undefined : knownSecrets(model).find((one) => one.secret.equals(new Secret(text)));
      if (known === undefined) return [];
      return ids.flatMap((id) => writtenIds(id.value, guard).map((one) => ({ secret: known.secret, id: one.text })));
    }),
);

function writtenIds(value: Value, guard: Guard): readonly { readonly text: Secret; readonly guard: Guard }[] {
  return optionsOf(value).flatMap((option) => {
    const text = knownText(option.value);
    const joined = both(guard, option.guard);
    if (text === undefined || joined === undefined || credentialShape(text) !== "access-key-id") return [];
    return [{ text: new Secret(text), guard: joined }];
  });
}
