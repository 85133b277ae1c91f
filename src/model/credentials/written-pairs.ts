import { both, type Guard } from "../../core/guard";
import { Secret } from "../../core/secret";
import type { Span } from "../../core/source";
import { knownText, optionsOf } from "../../core/text";
import type { Value } from "../../core/value";
import { credentialPairs, type CredentialPair } from "./credential-pairs";
import { flowsInto } from "./flows";
import { knownSecrets, originOf, writtenPasswords, type KnownSecret } from "./known-secrets";
import type { Model, Setting } from "../model";
import { perModel } from "../per-model";
import { credentialShape } from "./shapes";

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
  return passwords.flatMap(({ password, at, guard }) => {
    const origin = originOf(model, password);
    return ownersOf(model, id, guard).flatMap((owner): readonly WrittenMismatch[] => {
      const found = { pair, id, at, guard: owner.guard };
      if (origin !== undefined) {
        const apart = owner.isOf(origin.known) === "no";
        return apart ? [{ ...found, known: origin.known, isMadeOf: true }] : [];
      }
      const { known } = owner;
      return known === undefined ? [] : [{ ...found, known, isMadeOf: false }]; // It is made of no known secret at all.
    });
  });
}

/** The key that a user name is the id of. */
interface Owner {
  readonly guard: Guard;
  /** Its secret, where that is in the input. */
  readonly known: KnownSecret | undefined;
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
        known: secretsOfKeys(model).get(trace.credential),
        isOf: ({ kind, address }) => (kind === "literal" ? "maybe" : address === trace.credential ? "yes" : "no"),
      }));
  }
  return writtenIds(id.value, joined).map(({ text, guard: own }) => {
    const { ofId, ofSecret } = writtenKeys(model);
    const keys = ofId(text);
    return {
      guard: own,
      known: keys[0]?.known,
      isOf: ({ secret }) => {
        const beside = ofSecret(secret);
        if (beside.some((one) => one.id.equals(text))) return "yes";
        return beside.length > 0 || keys.length > 0 ? "no" : "maybe"; // A secret has one id, and an id one secret.
      },
    };
  });
}

const secretsOfKeys = perModel(
  (model: Model): ReadonlyMap<string, KnownSecret> =>
    new Map(knownSecrets(model).flatMap((one) => (one.kind === "key" ? [[one.address, one]] : []))),
);

/** An id that stands beside a secret which is in the source, too. */
interface WrittenKey {
  readonly known: KnownSecret;
  readonly id: Secret;
}

/** The keys that are written in the source, where both halves are clear, by either. */
const writtenKeys = perModel((model: Model) => {
  const withText = Secret.index(knownSecrets(model), ({ secret }) => secret);
  const keys = credentialPairs(model)
    .filter(({ kind }) => kind === "aws")
    .flatMap(({ secret, ids, guard }): readonly WrittenKey[] => {
      const text = knownText(secret.value);
      const [known] = text === undefined ? [] : withText(new Secret(text));
      if (known === undefined) return [];
      return ids.flatMap((id) => writtenIds(id.value, guard).map((one) => ({ known, id: one.text })));
    });
  return { ofId: Secret.index(keys, ({ id }) => id), ofSecret: Secret.index(keys, ({ known }) => known.secret) };
});

function writtenIds(value: Value, guard: Guard): readonly { readonly text: Secret; readonly guard: Guard }[] {
  return optionsOf(value).flatMap((option) => {
    const text = knownText(option.value);
    const joined = both(guard, option.guard);
    if (text === undefined || joined === undefined || credentialShape(text) !== "access-key-id") return [];
    return [{ text: new Secret(text), guard: joined }];
  });
}
