import assert from "node:assert/strict";
import { limits } from "../../src/core/limits";
import { Secret } from "../../src/core/secret";
import { text, unknown } from "../../src/core/text";
import type { Value } from "../../src/core/value";
import { knownSecrets } from "../../src/model/credentials/known-secrets";
import type { CredentialLiteral, Model, Output } from "../../src/model/model";
import { overLimits } from "../../src/model/over-limits";
import { credential, modelWith, settingsOf, span } from "./build";

const ses = "email-smtp.eu-west-1.amazonaws.com";

function told(parts: Partial<Model>): readonly string[] {
  return overLimits(modelWith(parts)).map(
    (one) => `${one.kind === "limit" ? one.limit : ""} at ${one.at?.start ?? ""}`,
  );
}

function numbered(count: number, name: string, value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}_${i}`, value]));
}

function literals(count: number): readonly CredentialLiteral[] {
  return Array.from({ length: count }, (_, i) => {
    const secret = new Secret(`secret ${i}`);
    return { kind: "secret-access-key", secret, at: span(i), place: "SECRET", address: "x" };
  });
}

/** The SMTP passwords of so many keys. */
function holding(count: number): Value {
  const traces = Array.from({ length: count }, (_, i) => credential(`key${i}`, "smtp-password").traces).flat();
  return { ...credential("keys", "smtp-password"), traces };
}

/** As many users, or permission sets, as cannot be held against as many names that are not known. */
function joined(kind: "users" | "permissionSets"): Partial<Model> {
  const count = Math.ceil(Math.sqrt(limits.joins + 1));
  const all = Array.from({ length: count }, (_, i) => ({ address: `a${i}`, at: span(i), guard: [] }));
  const named = all.map((one) => ({ ...one, name: text(one.address, one.at) }));
  const end = { kind: "hole", unknown: unknown("no-default", "var.end", span(0)) } as const;
  const holder: Value = { kind: "text", pieces: [...text("other-", span(0)).pieces, end], at: span(0) };
  const held = all.map((one) => {
    return { ...one, to: "user" as const, holder, set: holder, policy: { kind: "managed" as const, arn: holder } };
  });
  return kind === "users" ? { users: named, grants: held } : { permissionSets: named, permissionSetPolicies: held };
}

function output(value: Value): Output {
  return {
    address: "o",
    at: span(300),
    guard: [],
    name: "o",
    value,
    valueAt: span(301),
    sensitive: true,
    exported: false,
  };
}

describe("what is too much of a model", () => {
  const [many, few] = [Math.ceil(Math.sqrt(limits.neighbours + 1)), Math.floor(Math.sqrt(limits.neighbours))];
  const hosts = (count: number) =>
    settingsOf({ ...numbered(count, "SMTP_HOST", ses), ...numbered(count, "SMTP_PASSWORD", "x") }, { at: span(1) });
  const users = (count: number) =>
    settingsOf({ ...numbered(count, "SMTP_USER", "x"), ...numbered(count, "SMTP_PASSWORD", "x") }, { at: span(2) });
  const [one, thousand, size] = [holding(1), holding(1_000), limits.flows / 1_000];
  const most = Object.fromEntries(Array.from({ length: size }, (_, i) => [`A${i}`, thousand]));
  const flowsAt = (index: number) => `flows at ${span(index).start}`;
  const secretAt = (index: number) => [`derivations at ${span(index).start}`];

  const table: readonly (readonly [string, Partial<Model>, readonly string[]])[] = [
    ["nothing of an empty one", {}, []],
    ["no group of as many hosts and passwords as go", { settings: [hosts(few)] }, []],
    ["a group of more hosts and passwords", { settings: [hosts(many)] }, [`neighbours at ${span(1).start}`]],
    ["no group of as many users and passwords as go", { settings: [users(few)] }, []],
    ["a group of more users and passwords", { handedOut: [users(many)] }, [`neighbours at ${span(2).start}`]],
    [
      "a group of more of both, once",
      {
        settings: [
          settingsOf(
            {
              ...numbered(many, "SMTP_HOST", ses),
              ...numbered(many, "SMTP_USER", "x"),
              ...numbered(many, "SMTP_PASSWORD", "x"),
            },
            { at: span(1) },
          ),
        ],
      },
      [`neighbours at ${span(1).start}`],
    ],
    ["nothing of as many credentials as are followed", { settings: [settingsOf(most)] }, []],
    [
      "the setting from which on they are not",
      { settings: [settingsOf({ ...most, B: one, C: one })] },
      [flowsAt(size)],
    ],
    ["the first setting, which holds more", { settings: [settingsOf({ A: holding(limits.flows + 1) })] }, [flowsAt(0)]],
    ["the output from which on they are not", { settings: [settingsOf(most)], outputs: [output(one)] }, [flowsAt(300)]],
    [
      "a module's output from which on they are not",
      { settings: [settingsOf(most)], innerOutputs: [output(one)] },
      [flowsAt(300)],
    ],
    ["the users who may have more policies than are compared", joined("users"), [`joins at ${span(0).start}`]],
    ["permission sets of which there is as much", joined("permissionSets"), [`joins at ${span(0).start}`]],
    ["no secret of as many as passwords are worked out of", { literals: literals(limits.derivations) }, []],
    ["the first secret of more", { literals: literals(limits.derivations + 2) }, secretAt(limits.derivations)],
  ];
  for (const [what, parts, expected] of table) {
    it(`is ${what}`, () => {
      assert.deepEqual(told(parts), expected);
    });
  }

  it("is told in words", () => {
    const settings = [hosts(many), settingsOf({ A: holding(limits.flows + 1) })];
    const model = modelWith({ settings, literals: literals(limits.derivations + 1) });
    assert.deepEqual(
      overLimits(model).map(({ message }) => message),
      [
        "aws_lambda_function.mail has too many hosts and mail settings to tell which belong together.",
        "There are too many credentials in settings and outputs to tell where each goes from here on.",
        "There are too many secret access keys to work out their SMTP passwords from here on.",
      ],
    );
  });

  it("leaves the secrets before it known", () => {
    const model = modelWith({ literals: literals(limits.derivations + 2) });
    assert.equal(knownSecrets(model).length, limits.derivations);
  });
});
