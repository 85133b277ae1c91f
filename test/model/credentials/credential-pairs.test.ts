import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { Secret } from "../../../src/core/secret";
import { text } from "../../../src/core/text";
import type { Definite, Value } from "../../../src/core/value";
import { credentialPairs } from "../../../src/model/credentials/credential-pairs";
import { knownSecrets, writtenPasswords } from "../../../src/model/credentials/known-secrets";
import { isOfAnotherKey, pairMismatches } from "../../../src/model/credentials/pair-mismatches";
import { writtenMismatches } from "../../../src/model/credentials/written-pairs";
import type { AccessKey, CredentialLiteral, Model, SettingGroup } from "../../../src/model/model";
import { credential, modelWith, settingsOf, span } from "../build";
import { eitherOf, open } from "../system";

const at = span(0);
const idOf = (key: string) => credential(key, "access-key-id");
const smtpOf = (key: string) => credential(key, "smtp-password");
const secretOf = (key: string) => credential(key, "secret-access-key");

/** The same, of which a function may have kept a part only. */
function perhaps(value: ReturnType<typeof idOf>): Definite {
  return { ...value, traces: value.traces.map((trace) => ({ ...trace, certainty: "may" })) };
}

function joined(...parts: readonly ReturnType<typeof idOf>[]): Definite {
  return { kind: "text", pieces: parts.map((part) => ({ kind: "hole", unknown: part })), at };
}

describe("pairs of credentials", () => {
  const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["a password and a user", ["SMTP_USER", "SMTP_PASSWORD"], ["smtp SMTP_PASSWORD: SMTP_USER"]],
    [
      "a secret and an id",
      ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
      ["aws AWS_SECRET_ACCESS_KEY: AWS_ACCESS_KEY_ID"],
    ],
    ["a password alone", ["SMTP_PASSWORD"], []],
    ["a password beside a key id", ["SMTP_PASSWORD", "AWS_ACCESS_KEY_ID"], []],
    [
      "what the names put together",
      ["SMTP_USER_1", "SMTP_PASSWORD_2", "SMTP_USER_2", "SMTP_PASSWORD_1"],
      ["smtp SMTP_PASSWORD_2: SMTP_USER_2", "smtp SMTP_PASSWORD_1: SMTP_USER_1"],
    ],
    [
      "two users that are as near",
      ["MAIL_USER", "RELAY_PASSWORD", "SMTP_USER"],
      ["smtp RELAY_PASSWORD: MAIL_USER SMTP_USER"],
    ],
    [
      "no user that is nearer to another password",
      ["A_SMTP_USER", "A_SMTP_PASSWORD", "B_SMTP_PASSWORD"],
      ["smtp A_SMTP_PASSWORD: A_SMTP_USER"],
    ],
    ["no user of another map", ["a.smtp.user", "b.smtp.password"], []],
  ];
  for (const [what, names, expected] of table) {
    it(`are ${what}`, () => {
      const group = settingsOf(Object.fromEntries(names.map((name) => [name, "x"])));
      const found = credentialPairs(modelWith({ settings: [group] }));
      assert.deepEqual(
        found.map(({ kind, secret, ids }) => `${kind} ${secret.name}: ${ids.map(({ name }) => name).join(" ")}`),
        expected,
      );
    });
  }

  it("are none where a secret is never there with its group", () => {
    const group = settingsOf({ SMTP_USER: "x", SMTP_PASSWORD: "y" }, { guard: when("var.x", true) });
    const settings = group.settings.map((one) => ({ ...one, guard: when("var.x", false) }));
    assert.deepEqual(credentialPairs(modelWith({ settings: [{ ...group, settings }] })), []);
  });
});

describe("pairs of two keys", () => {
  const table: readonly (readonly [string, Value, Value, number])[] = [
    ["one key", idOf("a"), smtpOf("a"), 0],
    ["two keys", idOf("a"), smtpOf("b"), 1],
    ["one key, of which the raw secret is taken", idOf("a"), secretOf("a"), 0],
    ["two keys, of one of which the raw secret is taken", idOf("a"), secretOf("b"), 1],
    ["a user that is not known", open("var.user"), smtpOf("b"), 0],
    ["a password that is not known", idOf("a"), open("var.password"), 0],
    ["two passwords", smtpOf("a"), smtpOf("b"), 0],
    ["halves that one condition chooses", eitherOf(idOf("a"), idOf("b")), eitherOf(smtpOf("a"), smtpOf("b")), 0],
    ["halves that one condition swaps", eitherOf(idOf("a"), idOf("b")), eitherOf(smtpOf("b"), smtpOf("a")), 2],
    [
      "halves that two conditions choose",
      eitherOf(idOf("a"), idOf("b")),
      eitherOf(smtpOf("a"), smtpOf("b"), "var.y"),
      2,
    ],
    ["a user in which both ids stand", joined(idOf("a"), idOf("b")), smtpOf("b"), 0],
  ];
  for (const [what, user, password, expected] of table) {
    it(`are ${expected === 0 ? "not " : ""}${what}`, () => {
      const group = settingsOf({ SMTP_USER: user, SMTP_PASSWORD: password });
      assert.equal(pairMismatches(modelWith({ settings: [group] })).length, expected);
    });
  }

  it("are no pairs whose user is there only where the password is not", () => {
    const group = settingsOf({ SMTP_USER: idOf("a"), SMTP_PASSWORD: smtpOf("b") });
    const settings = group.settings.map((one, i) => ({ ...one, guard: when("var.x", i === 0) }));
    assert.deepEqual(pairMismatches(modelWith({ settings: [{ ...group, settings }] })), []);
  });

  it("are known of a setting where the mismatch holds", () => {
    const group = settingsOf({ SMTP_USER: idOf("a"), SMTP_PASSWORD: eitherOf(smtpOf("a"), smtpOf("b")) });
    const [user, password] = group.settings;
    const model = modelWith({ settings: [group] });
    assert.ok(user !== undefined && password !== undefined);
    assert.equal(isOfAnotherKey(model, password, when("var.x", false)), true);
    assert.equal(isOfAnotherKey(model, password, when("var.x", true)), false);
    assert.equal(isOfAnotherKey(model, password, []), false);
    assert.equal(isOfAnotherKey(model, user, when("var.x", false)), false);
    const open = settingsOf({ SMTP_USER: idOf("a"), SMTP_PASSWORD: perhaps(smtpOf("b")) });
    assert.ok(open.settings.every((one) => !isOfAnotherKey(modelWith({ settings: [open] }), one, [])));
  });
});

describe("pairs that are written down", () => {
  // Made up for this test; no account has them.
  const [idA, idB] = ["AKIAQX7TRW2LM3NB4VC5", "AKIAT4H8ZBKQM6WXE2PL"];
  const [secretA, secretB] = ["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", "Hn5vB8kLpQ2zXcR7tYfW1mGdJ4sUeA0oNi6bVx9T"];
  const [passwordA, passwordB] = [
    "BAOKS5BastTkZjg6a1BRWqM6E/qvQdwip20wogOYR7T8",
    "BEyHETpoyAtm44lXhcvCS0m0bhz2hs48txkjKXrizOdP",
  ];

  const passwordForMoon = "BI/8vahKZQZZkl/zg4qPiVNaScM2ke88TDH516RM7Asx"; // Of the first secret, for moon-north-1.

  const literals = (...secrets: readonly string[]): readonly CredentialLiteral[] =>
    secrets.map((secret) => {
      return {
        kind: "secret-access-key",
        secret: new Secret(secret),
        at,
        place: "AWS_SECRET_ACCESS_KEY",
        address: "x",
      };
    });
  const key = (address: string, secret: string): AccessKey => {
    return { address, at, guard: [], user: text("mail", at), secret: new Secret(secret) };
  };
  const api = (id: Value | string, secret: string) =>
    settingsOf({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
  const mail = (user: Value | string, password: Value | string, more: Readonly<Record<string, string>> = {}) =>
    settingsOf({ SMTP_USER: user, SMTP_PASSWORD: password, ...more });
  const model = (settings: readonly SettingGroup[], parts: Partial<Model>) => modelWith({ settings, ...parts });

  const one = { literals: literals(secretA) };
  const both = { literals: literals(secretA, secretB) };
  const table: readonly (readonly [string, Model, readonly string[]])[] = [
    ["none of one key", model([api(idA, secretA), mail(idA, passwordA)], one), []],
    ["a password of a secret with another id", model([api(idA, secretA), mail(idB, passwordA)], one), ["made"]],
    ["an id with what its secret does not make", model([api(idA, secretA), mail(idA, passwordB)], one), ["not made"]],
    [
      "an id with what another secret makes",
      model([api(idA, secretA), api(idB, secretB), mail(idA, passwordB)], both),
      ["made"],
    ],
    ["none of a key that nobody knows", model([api(idA, secretA), mail(idB, passwordB)], one), []],
    ["none of a secret whose id stands nowhere", model([mail(idB, passwordA)], one), []],
    [
      "none where the id of the secret is not known",
      model([api(open("var.id"), secretA), mail(idB, passwordA)], one),
      [],
    ],
    ["none without a secret", model([mail(idB, passwordA)], {}), []],
    ["none where the user is no id", model([api(idA, secretA), mail("mail", passwordA)], one), []],
    ["none of two users", model([api(idA, secretA), mail(idB, passwordA, { SMTP_LOGIN: idA })], one), []],
    ["none of what is no SMTP password", model([api(idA, secretA), mail(idB, secretA)], one), []],
    ["none of a password that a key makes", model([api(idA, secretA), mail(idB, smtpOf("a"))], one), []],
    [
      "a password of one key's secret with the id of another key",
      model([mail(idOf("b"), passwordA)], { keys: [key("a", secretA)] }),
      ["made"],
    ],
    ["none of a key's secret and its id", model([mail(idOf("a"), passwordA)], { keys: [key("a", secretA)] }), []],
    [
      "a key's id with what its secret does not make",
      model([mail(idOf("a"), passwordB)], { keys: [key("a", secretA)] }),
      ["not made"],
    ],
    [
      "none where the user may be a part of a key's id",
      model([mail(perhaps(idOf("b")), passwordA)], { keys: [key("a", secretA)] }),
      [],
    ],
    ["none where a literal may be the key's", model([mail(idOf("b"), passwordA)], one), []],
    ["none of a literal that may be the key's", model([mail(idOf("b"), passwordB)], one), []],
    ["none beside a secret of neither", model([mail(idB, passwordB)], one), []],
    [
      "none of the user that is there only without it",
      model(
        [api(idA, secretA), { ...mail(eitherOf(text(idA, at), text(idB, at)), passwordA), guard: when("var.x", true) }],
        one,
      ),
      [],
    ],
    [
      "one of two users under the guard that chooses it",
      model([api(idA, secretA), mail(eitherOf(text(idA, at), text(idB, at)), passwordA)], one),
      ["made if x"],
    ],
  ];
  for (const [what, given, expected] of table) {
    it(`have ${what}`, () => {
      const found = credentialPairs(given).flatMap((pair) => writtenMismatches(given, pair));
      assert.deepEqual(
        found.map(({ isMadeOf, guard }) => `${isMadeOf ? "made" : "not made"}${guard.length > 0 ? " if x" : ""}`),
        expected,
      );
    });
  }

  it("are compared for the regions that hosts name, wherever these are", () => {
    const found = (host: string, ...elsewhere: readonly SettingGroup[]) => {
      const given = model([api(idA, secretA), mail(idB, passwordForMoon, { SMTP_HOST: host }), ...elsewhere], one);
      return credentialPairs(given).flatMap((pair) => writtenMismatches(given, pair)).length;
    };
    const onMoon = settingsOf({ SMTP_HOST: "email-smtp.moon-north-1.amazonaws.com", SMTP_PASSWORD: "x" });
    assert.equal(found("email-smtp.moon-north-1.amazonaws.com"), 1);
    assert.equal(found("email-smtp.eu-west-1.amazonaws.com"), 0);
    assert.equal(found("email-smtp.eu-west-1.amazonaws.com", onMoon), 1);
  });

  it("have the passwords that are there where they are", () => {
    const value = eitherOf(text(passwordA, at), text("AnQFxSfXDPhUkGwPVWpe1bU+zaVSYRbiwCLFNmNfN5Jr", at));
    assert.deepEqual(
      writtenPasswords(value, []).map(({ version }) => version),
      [4, 2],
    );
    assert.deepEqual(
      writtenPasswords(value, when("var.x", true)).map(({ version }) => version),
      [4],
    );
    assert.deepEqual(writtenPasswords(open("var.password"), []), []);
  });

  it("know each secret once, those of keys first", () => {
    const given = modelWith({
      keys: [key("a", secretA), { address: "b", at, guard: [], user: text("news", at) }],
      literals: [
        ...literals(secretB, secretA, secretB),
        ...literals(idA).map((one) => ({ ...one, kind: "access-key-id" as const })),
      ],
    });
    assert.deepEqual(
      knownSecrets(given).map(({ kind, of }) => `${kind} ${of.text}`),
      ["key a", "literal AWS_SECRET_ACCESS_KEY of x"],
    );
  });
});
