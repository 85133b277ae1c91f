import { both, type Guard } from "../../core/guard";
import { label, name, say, type Message } from "../../core/message";
import { Secret } from "../../core/secret";
import type { Span } from "../../core/source";
import { knownText, optionsOf, writtenAt } from "../../core/text";
import { limits } from "../../core/limits";
import type { Value } from "../../core/value";
import type { Model } from "../model";
import { perModel } from "../per-model";
import { mailSettings } from "./mail-settings";
import { regionText } from "./regions";
import { credentialShape, regionOfHost } from "./shapes";
import { isKnownRegion, passwordsOf, type MadePassword } from "./smtp-password";

/** A secret access key whose text is in the input: of a key that is there, or written in the source. */
export interface KnownSecret {
  readonly secret: Secret;
  /** What has it, as a message names it: a key's address, or a setting of a block. */
  readonly of: Message;
  readonly at: Span;
  /** Address of the key, or of the block that it is written in. */
  readonly address: string;
  readonly kind: "key" | "literal";
}

/** Each secret once, those of keys first. */
export const knownSecrets = perModel((model: Model): readonly KnownSecret[] => {
  const all = writtenSecrets(model);
  const equal = Secret.index(all, ({ secret }) => secret);
  return all.filter((one) => equal(one.secret)[0] === one).slice(0, limits.derivations); // A diagnostic tells of the rest.
});

/** The secrets of keys, then those that are written in the source; one that stands in two places is there twice. */
export const writtenSecrets = perModel((model: Model): readonly KnownSecret[] => {
  const ofKeys = model.keys.flatMap(({ secret, address, at }): readonly KnownSecret[] =>
    secret === undefined ? [] : [{ secret, of: name(address), at, address, kind: "key" }],
  );
  const written = model.literals.flatMap(({ kind, secret, at, place, address }): readonly KnownSecret[] =>
    kind === "secret-access-key"
      ? [{ secret, of: say`${label(place)} of ${name(address)}`, at, address, kind: "literal" }]
      : [],
  );
  return [...ofKeys, ...written];
});

/** A password that is written in the source, and when it is there. */
interface WrittenPassword {
  readonly password: Secret;
  readonly version: 2 | 4;
  readonly at: Span;
  readonly guard: Guard;
}

/** The SMTP passwords that a value is: texts of known characters, under the guards of a choice. */
export function writtenPasswords(value: Value, guard: Guard): readonly WrittenPassword[] {
  return optionsOf(value).flatMap((option) => {
    const text = knownText(option.value);
    const shape = text === undefined ? undefined : credentialShape(text);
    const joined = both(guard, option.guard);
    if (text === undefined || joined === undefined) return [];
    if (shape !== "smtp-password" && shape !== "smtp-password-v2") return [];
    const version = shape === "smtp-password" ? 4 : 2;
    return [{ password: new Secret(text), version, at: writtenAt(option.value), guard: joined }];
  });
}

/** A password of a secret of the input. */
interface Origin extends MadePassword {
  readonly known: KnownSecret;
}

/** Of which secret of the input a password is made, and for which region. */
export function originOf(model: Model, password: Secret): Origin | undefined {
  return originsOf(model)(password)[0];
}

const originsOf = perModel((model: Model) => {
  const regions = newRegions(model);
  const made = knownSecrets(model).flatMap((known) =>
    passwordsOf(known.secret, regions).map((one): Origin => ({ ...one, known })),
  );
  return Secret.index(made, ({ password }) => password);
});

/** Regions that hosts of SES name, and that AWS opened later than the list of regions was written: a few. */
export const newRegions = perModel((model: Model): readonly string[] => {
  const named = mailSettings(model).flatMap(({ hosts }) =>
    hosts.map(({ value }) => regionText(regionOfHost(value)) ?? ""),
  );
  const unknown = [...new Set(named)].filter((region) => region !== "" && !isKnownRegion(region));
  return unknown.slice(0, mostNewRegions);
});

/** More of them are no regions, and each costs as much as a known one. */
const mostNewRegions = 10;
