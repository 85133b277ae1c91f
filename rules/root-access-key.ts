import type { Failure, Level } from "../src/core/finding";
import { allAtOnce, always, type Guard } from "../src/core/guard";
import { put } from "../src/core/map";
import { label, name, say } from "../src/core/message";
import { charactersIn, knownText, optionsOf, refOf } from "../src/core/text";
import type { Value } from "../src/core/value";
import { byDefault } from "../src/model/defaults";
import type { AccessKey, Model, RootName, RootProfile } from "../src/model/model";
import { ownerNamed } from "../src/model/credentials/setting-names";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const rootAccessKey: Rule = {
  id: "root-access-key",
  title: "Access key of the account root user",
  level: "error",
  why: "An access key of the account root user allows everything and cannot be limited. IAM creates no such key through a resource: the key belongs to an IAM user named root, or to nobody.",
  fix: "Create the key for a dedicated IAM user.",
  openWhen: "never: a user name that is not known is not taken for root",
  never: [
    "names that only contain the word: rootless, root-mailer, root_block_device",
    "arn:aws:iam::<account>:root as a principal of a policy: it means the account",
    "the user root of a container or machine",
  ],
  sources: [
    theDocument("We recommend that you create these credentials for an IAM user rather than the root account."),
  ],
  securitySeverity: 9.5,
  precision: "high",
  cwe: [250],
  *check(model) {
    for (const key of model.keys) yield* failuresOfKey(model, key);
    for (const reference of model.references) if (reference.kind === "profile") yield profile(reference);
    for (const pair of namedPairs(model)) yield byName(pair);
  },
};

function* failuresOfKey(model: Model, key: AccessKey): Generator<Failure> {
  for (const user of optionsOf(key.user)) {
    if (!isRoot(user.value)) continue;
    for (const status of key.status === undefined ? [active] : optionsOf(key.status)) {
      const guard = allAtOnce([key.guard, user.guard, status.guard]);
      if (guard === undefined) continue; // The key never has this user and this status at once.
      yield {
        verdict: "fail",
        level: levelOf(model, status.value),
        // A name that another resource has is right there; that the key is made for it is not.
        at: refOf(user.value) === undefined ? user.value.at : (key.userAt ?? key.at),
        subject: key.address,
        message: say`${name(key.address)} names the user root${byDefault(model, user.value.at)}; IAM cannot create an access key of the account root user this way.`,
        steps: [{ at: key.at, message: say`${name(key.address)} is an access key.` }],
        guard,
      };
    }
  }
}

const active: { readonly guard: Guard; readonly value: Value | undefined } = { guard: always, value: undefined };

/** Exactly `root`, or the root of an account, whichever it is; an IAM user may be called `root-mailer`. */
function isRoot(user: Value): boolean {
  return user.kind === "text" && /^(?:root|arn:.*:root)$/is.test(charactersIn(user.pieces));
}

/** An IAM user may be named root: then the key is that user's, and the name misleads. */
function levelOf(model: Model, status: Value | undefined): Level {
  if (knownText(status)?.toLowerCase() === "inactive") return "note";
  return model.users.some((user) => optionsOf(user.name).some(({ value }) => isRoot(value))) ? "warning" : "error";
}

/** The names of one credential, where it is written or read. The first is its place. Never empty. */
type NamedPair = readonly [RootName, ...(readonly RootName[])];

/**
 * What is written in one file under names of one owner is a key, and what reads it by such a name is no defect of its own.
 * Of a key the secret is what has to be kept.
 */
function namedPairs({ references }: Model): readonly NamedPair[] {
  const names = references.filter((one) => one.kind === "name");
  const written = names.filter(({ isWritten }) => isWritten);
  const known = new Set(written.map(({ place }) => ownerNamed(place)));
  const read = names.filter(({ place, isWritten }) => !isWritten && !known.has(ownerNamed(place)));
  const pairs = new Map<string, RootName[]>();
  for (const one of written) put(pairs, `${ownerNamed(one.place)} ${one.at.file}`, one);
  for (const one of read) put(pairs, ownerNamed(one.place), one);
  return [...pairs.values()].flatMap((pair): readonly NamedPair[] => {
    const first = pair.find(({ half }) => half === "secret") ?? pair[0];
    return first === undefined ? [] : [[first, ...pair.filter((one) => one !== first)]];
  });
}

function byName([{ at, place, address, isWritten }, ...others]: NamedPair): Failure {
  return {
    verdict: "fail",
    level: "warning",
    at,
    subject: address,
    message: say`${label(place)} is a credential of the account root user by its name.`,
    steps: [
      ...others.map((one) => ({ at: one.at, message: say`${label(one.place)} belongs to it.` })),
      { at, message: say`${name(address)} ${name(isWritten ? "has" : "uses")} it.` },
    ],
    guard: always,
  };
}

function profile({ at, place, address }: RootProfile): Failure {
  return {
    verdict: "fail",
    level: "note",
    at,
    subject: address,
    message: say`${label(place)} is a profile named root.`,
    steps: [{ at, message: say`${name(address)} uses the profile.` }],
    guard: always,
  };
}
