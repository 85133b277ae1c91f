import type { Failure, Step } from "../src/core/finding";
import { always } from "../src/core/guard";
import { label, name, say } from "../src/core/message";
import { isDefault } from "../src/model/defaults";
import type { CredentialLiteral, Model } from "../src/model/model";
import type { Rule } from "../src/model/rule";
import { isWritten } from "../src/model/written";

export const hardcodedAwsCredentials: Rule = {
  id: "hardcoded-aws-credentials",
  title: "AWS credentials in the source",
  level: "error",
  why: "Whoever can read the repository, or its history, can call AWS with the key.",
  fix: "Remove the key from the source, rotate it, and take credentials from a role, a profile or a secret store.",
  openWhen: "never: what stands in the source is known",
  never: [
    "examples and mocks: AKIAIOSFODNN7EXAMPLE, AKIAXXXXXXXXXXXXXXXX, test, changeme, <your key>",
    "digests and other texts of 40 characters that get to no name which says AWS, and stand beside no id",
    "secret keys of other providers by their names (MINIO_SECRET_KEY, WASABI_SECRET_KEY), beside no id of AWS",
    "ids of users, roles and policies (AIDA…, AROA…, ANPA…)",
    "providers whose endpoints are on localhost",
    "what a plan or state has of variables, data sources and providers, which nobody is known to have written",
  ],
  sources: [
    {
      title: "AWS General Reference, Best practices for managing AWS access keys",
      url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html",
      text: "Don't embed access keys directly into code.",
    },
  ],
  securitySeverity: 9.1,
  precision: "very-high",
  cwe: [798],
  *check(model) {
    const literals = model.literals.filter(({ secret }) => isWritten(model, secret));
    const ids = literals.filter(({ kind }) => kind === "access-key-id");
    const secrets = literals.filter(({ kind }) => kind === "secret-access-key");
    const addresses = new Set(secrets.map(({ address }) => address));
    const free = ids.filter(({ address }) => !addresses.has(address));
    const paired = new Set<CredentialLiteral>();
    for (const secret of secrets) {
      const beside = ids.filter(({ address }) => address === secret.address);
      // The two halves of a key stand in one block; where the block has no id, as two variables in one file.
      const own = beside.length > 0 ? beside : free.filter(({ at }) => at.file === secret.at.file);
      for (const id of own) paired.add(id);
      yield failure(model, secret, own);
    }
    for (const id of ids) {
      if (!paired.has(id)) yield loneId(model, id);
    }
  },
};

function failure(model: Model, secret: CredentialLiteral, ids: readonly CredentialLiteral[]): Failure {
  return {
    verdict: "fail",
    level: "error",
    at: secret.at,
    subject: secret.address,
    message: say`${label(secret.place)} holds a secret access key${whence(model, secret)}.`,
    steps: [...ids, secret].flatMap(stepsOf),
    guard: always,
  };
}

function loneId(model: Model, id: CredentialLiteral): Failure {
  return {
    verdict: "fail",
    level: "note",
    at: id.at,
    subject: id.address,
    message: say`${label(id.place)} holds an access key id${whence(model, id)}.`,
    steps: stepsOf(id),
    guard: always,
  };
}

function whence(model: Model, { at }: CredentialLiteral) {
  return isDefault(model, at) ? name(" by default, written in the source") : name(" that is written in the source");
}

function stepsOf({ at, place, kind, address, takenAt }: CredentialLiteral): readonly Step[] {
  const noun = kind === "access-key-id" ? name("an access key id") : name("a secret access key");
  if (takenAt === undefined) return [{ at, message: say`${name(address)} has ${noun} as ${label(place)}.` }];
  return [
    { at: takenAt, message: say`${name(address)} takes it as ${label(place)}.` },
    { at, message: say`It is ${noun}.` },
  ];
}
