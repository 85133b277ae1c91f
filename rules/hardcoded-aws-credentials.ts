import type { Failure, Step } from "../src/core/finding";
import { always } from "../src/core/guard";
import { put } from "../src/core/map";
import { label, name, say } from "../src/core/message";
import { ownerNamed } from "../src/model/credentials/setting-names";
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
    const blocks = new Set(secrets.map(({ address }) => address));
    const free = ids.filter(({ address }) => !blocks.has(address));
    const inBlock = grouped(ids, ({ address }) => address);
    const [ofOwner, inFile] = [grouped(free, ownerInFile), grouped(free, ({ at }) => at.file)];
    const filesOfBoth = new Set<string>();
    for (const secret of secrets) {
      // The two halves of a key stand in one block; where the block has no id, as two variables in one file.
      const beside = inBlock.get(secret.address);
      if (beside === undefined) filesOfBoth.add(secret.at.file);
      const own = beside ?? ofOwner.get(ownerInFile(secret)) ?? inFile.get(secret.at.file) ?? [];
      yield failure(model, secret, own.slice(0, idsShown));
    }
    for (const id of ids) {
      if (!blocks.has(id.address) && !filesOfBoth.has(id.at.file)) yield loneId(model, id);
    }
  },
};

/** Of so many ids nobody knows which is the secret's, and more of them say nothing else. */
const idsShown = 10;

function grouped(
  literals: readonly CredentialLiteral[],
  keyOf: (one: CredentialLiteral) => string,
): ReadonlyMap<string, readonly CredentialLiteral[]> {
  const groups = new Map<string, CredentialLiteral[]>();
  for (const one of literals) put(groups, keyOf(one), one);
  return groups;
}

/** What is named after one owner in one file: `prod_access_key_id` and `prod_secret_access_key`. */
function ownerInFile({ place, at }: CredentialLiteral): string {
  return `${at.file} ${ownerNamed(place)}`;
}

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
