import assert from "node:assert/strict";
import { always, when, type Guard } from "../../../src/core/guard";
import { Secret } from "../../../src/core/secret";
import { concat, knownText, text } from "../../../src/core/text";
import type { CredentialForm, Value } from "../../../src/core/value";
import { clientPasswords } from "../../../src/model/credentials/client-passwords";
import { mailSettings } from "../../../src/model/credentials/mail-settings";
import type { AccessKey, Model, SettingGroup } from "../../../src/model/model";
import { credential, modelWith, settingsOf, span } from "../build";
import { open, referenceTo } from "../system";

const at = span(0);
const hostOf = (region: Value): Value =>
  concat([text("email-smtp.", at), region.kind === "text" ? region : textOf(region), text(".amazonaws.com", at)], at);
const ireland = text("eu-west-1", at);
/** Made up for this test; no account has it. */
const secret = new Secret("q8ZtW2mVhK4rXyPbN7sLcJ1dG6fTe0aUoRi3wQ5x");
const ofVirginia = "BAOKS5BastTkZjg6a1BRWqM6E/qvQdwip20wogOYR7T8";

function textOf(value: Value) {
  const pieces = value.kind === "unknown" ? [{ kind: "hole" as const, unknown: value }] : [];
  return { kind: "text" as const, pieces, at };
}

function key(parts: Partial<AccessKey> = {}): AccessKey {
  return { address: "key", at: span(7), guard: [], user: text("mail", at), ...parts };
}

function client(form: CredentialForm, host: Value = hostOf(ireland), guard: Guard = always): SettingGroup {
  return settingsOf({ SMTP_HOST: host, SMTP_PASSWORD: credential("key", form) }, { guard });
}

/** What a program makes that is given a region. */
function madeFor(region: Value): Value {
  const password = credential("key", "smtp-password");
  return { ...password, traces: password.traces.map((trace) => ({ ...trace, region })) };
}

function told(parts: Partial<Model>): readonly string[] {
  const model = modelWith(parts);
  const found = mailSettings(model).flatMap((mail) => clientPasswords(model, mail));
  return found.map(({ what, madeFor, guard }) => {
    const region = madeFor.kind === "region" ? (knownText(madeFor.region) ?? madeFor.region.kind) : madeFor.kind;
    const computed = madeFor.kind === "region" && madeFor.computed ? " computed" : "";
    return `${what.text}: ${region}${computed}${guard.length > 0 ? " at times" : ""}`;
  });
}

/** What a parameter is that allows two regions. */
const oneOfTwo: Value = {
  kind: "choice",
  at,
  options: ["eu-west-1", "us-east-1"].map((region) => {
    return { guard: when("var.region", region), value: text(region, at) };
  }),
};

const ofKey = "the SMTP password of key: eu-west-1";

describe("passwords of mail clients", () => {
  const table: readonly (readonly [string, Partial<Model>, readonly string[]])[] = [
    ["for the region of the key", { settings: [client("smtp-password")], keys: [key({ region: ireland })] }, [ofKey]],
    [
      "for the region that what makes them is given",
      {
        settings: [settingsOf({ SMTP_HOST: hostOf(ireland), SMTP_PASSWORD: madeFor(text("us-east-1", at)) })],
        keys: [key({ region: ireland })],
      },
      ["the SMTP password of key: us-east-1"],
    ],
    [
      "that are encrypted",
      { settings: [client("encrypted-smtp-password")], keys: [key({ region: ireland })] },
      ["the encrypted SMTP password of key: eu-west-1"],
    ],
    ["but no raw secrets", { settings: [client("secret-access-key")], keys: [key({ region: ireland })] }, []],
    ["but none of version 2", { settings: [client("smtp-password-v2")], keys: [key({ region: ireland })] }, []],
    ["but none of a program that nobody knows", { settings: [client("smtp-password")] }, []],
    [
      "where their key is there",
      {
        settings: [client("smtp-password")],
        keys: [key({ region: ireland, guard: when("var.x", true) })],
      },
      [`${ofKey} at times`],
    ],
    [
      "but none whose key is never there",
      {
        settings: [client("smtp-password", hostOf(ireland), when("var.x", false))],
        keys: [key({ region: ireland, guard: when("var.x", true) })],
      },
      [],
    ],
    [
      "for both regions of a parameter",
      { settings: [client("smtp-password")], keys: [key({ region: oneOfTwo })] },
      [`${ofKey} at times`, "the SMTP password of key: us-east-1 at times"],
    ],
    [
      "but none for the region that the host has from the same parameter",
      { settings: [client("smtp-password", hostOf(open("var.region")))], keys: [key({ region: oneOfTwo })] },
      [],
    ],
    [
      "for both regions beside a host of another parameter",
      { settings: [client("smtp-password", hostOf(open("var.other")))], keys: [key({ region: oneOfTwo })] },
      [`${ofKey} at times`, "the SMTP password of key: us-east-1 at times"],
    ],
    [
      "as they are in a state, wherever the provider is now",
      {
        settings: [client("smtp-password")],
        keys: [key({ region: ireland, secret, smtpPassword: new Secret(ofVirginia) })],
      },
      ["the SMTP password of key: us-east-1 computed"],
    ],
    [
      "of no region that anybody knows",
      { settings: [client("smtp-password")], keys: [key({ secret, smtpPassword: new Secret("x") })] },
      ["the SMTP password of key: no known region"],
    ],
    [
      "for the region of the key where a state has no secret",
      { settings: [client("smtp-password")], keys: [key({ region: ireland, smtpPassword: new Secret(ofVirginia) })] },
      [ofKey],
    ],
    [
      "that are written, of a secret in the input",
      { settings: [settingsOf({ SMTP_HOST: hostOf(ireland), SMTP_PASSWORD: ofVirginia })], keys: [key({ secret })] },
      ["the SMTP password of the key in key: us-east-1 computed"],
    ],
    [
      "but none that are written, of no secret in the input",
      { settings: [settingsOf({ SMTP_HOST: hostOf(ireland), SMTP_PASSWORD: ofVirginia })], keys: [key()] },
      [],
    ],
    [
      "but no written ones of version 2",
      {
        settings: [settingsOf({ SMTP_PASSWORD: "AnQFxSfXDPhUkGwPVWpe1bU+zaVSYRbiwCLFNmNfN5Jr" })],
        keys: [key({ secret })],
      },
      [],
    ],
  ];
  for (const [what, parts, expected] of table) {
    it(`are those ${what}`, () => {
      assert.deepEqual(told(parts), expected);
    });
  }

  it("stand where the client refers to the store that keeps them", () => {
    const password = textOf(credential("key", "smtp-password"));
    const kept = settingsOf({ password: { ...password, at: span(8) } }, { kind: "store", address: "secret.mail" });
    const reference = { ...referenceTo("secret.mail", "arn"), at: span(9) };
    const reader = settingsOf({ SMTP_HOST: hostOf(ireland), SMTP_PASSWORD: reference });
    const model = modelWith({ settings: [reader, kept], keys: [key({ region: ireland })] });
    const found = mailSettings(model).flatMap((mail) => clientPasswords(model, mail));
    assert.deepEqual(
      found.map((one) => one.at),
      [span(9)],
    );
  });
});
