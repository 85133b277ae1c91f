import type { Failure, Level } from "../src/core/finding";
import { allAtOnce, always, type Guard } from "../src/core/guard";
import { label, name, say } from "../src/core/message";
import { charactersIn, knownText, optionsOf, refOf } from "../src/core/text";
import type { Value } from "../src/core/value";
import { isDefault } from "../src/model/defaults";
import type { AccessKey, Model, RootReference } from "../src/model/model";
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
    for (const reference of model.references) yield failureOfReference(reference);
  },
};

function* failuresOfKey(model: Model, key: AccessKey): Generator<Failure> {
  for (const user of optionsOf(key.user)) {
    if (!isRoot(user.value)) continue;
    for (const status of key.status === undefined ? [active] : optionsOf(key.status)) {
      const guard = allAtOnce([key.guard, user.guard, status.guard]);
      if (guard === undefined) continue; // The key never has this user and this status at once.
      const byDefault = isDefault(model, user.value.at) ? name(" by default") : name("");
      yield {
        verdict: "fail",
        level: levelOf(model, status.value),
        // A name that another resource has is right there; that the key is made for it is not.
        at: refOf(user.value) === undefined ? user.value.at : key.at,
        subject: key.address,
        message: say`${name(key.address)} names the user root${byDefault}; IAM cannot create an access key of the account root user this way.`,
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

function failureOfReference(reference: RootReference): Failure {
  switch (reference.kind) {
    case "profile":
      return profile(reference);
    case "name":
      return byName(reference);
  }
}

function byName({ at, place, address }: RootReference): Failure {
  return {
    verdict: "fail",
    level: "warning",
    at,
    subject: address,
    message: say`${label(place)} is a credential of the account root user by its name.`,
    steps: [{ at, message: say`${name(address)} uses it.` }],
    guard: always,
  };
}

function profile({ at, place, address }: RootReference): Failure {
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
