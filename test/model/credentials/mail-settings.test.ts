import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { text, unknown } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import { mailAtApi, mailSettings } from "../../../src/model/credentials/mail-settings";
import { modelWith, settingsOf, span } from "../build";
import { eitherOf } from "../system";

const ses = "email-smtp.eu-west-1.amazonaws.com";
const other = "smtp.sendgrid.net";
const manager = "abc.fips.a1b2.mail-manager-smtp.amazonaws.com";
const secret = unknown("after-apply", "aws_iam_access_key.mail.secret", span(0));

/** Settings by name; what each is taken as: `password@host`, `user`, with the host's name where SES stands beside. */
const cases: readonly (readonly [string, Readonly<Record<string, string | Value>>, readonly string[]])[] = [
  [
    "a password and a user beside a host of SES",
    { SMTP_HOST: ses, SMTP_USER: "x", SMTP_PASSWORD: secret },
    ["SMTP_USER@SMTP_HOST", "SMTP_PASSWORD@SMTP_HOST"],
  ],
  ["a password with no host beside it, by its name", { SMTP_PASSWORD: secret }, ["SMTP_PASSWORD"]],
  [
    "a password beside a host that is not known, by its name",
    { SMTP_HOST: secret, SMTP_PASSWORD: secret },
    ["SMTP_PASSWORD"],
  ],
  ["nothing beside another provider's host", { SMTP_HOST: other, SMTP_PASSWORD: secret }, []],
  ["nothing where the name says another provider", { SENDGRID_SMTP_PASSWORD: secret }, []],
  ["nothing for a generic name alone", { password: secret, username: "x" }, []],
  [
    "generic names beside a host of SES",
    { host: ses, username: "x", password: secret },
    ["username@host", "password@host"],
  ],
  [
    "the host whose name has most in common",
    { SENDGRID_SMTP_HOST: other, SENDGRID_SMTP_PASSWORD: secret, MAIL_HOST: ses, MAIL_PASSWORD: secret },
    ["MAIL_PASSWORD@MAIL_HOST"],
  ],
  [
    "the host whose name ends as the password's does",
    {
      SMTP_HOST_1: ses,
      SMTP_PASSWORD_1: secret,
      SMTP_HOST_2: ses,
      SMTP_PASSWORD_2: secret,
    },
    ["SMTP_PASSWORD_1@SMTP_HOST_1", "SMTP_PASSWORD_2@SMTP_HOST_2"],
  ],
  [
    "a host and a password that a letter tells apart from others",
    { SMTP_HOST_A: ses, SMTP_PASSWORD_A: secret, SMTP_HOST_B: ses, SMTP_PASSWORD_B: secret },
    ["SMTP_PASSWORD_A@SMTP_HOST_A", "SMTP_PASSWORD_B@SMTP_HOST_B"],
  ],
  [
    "a host under any name, by its value",
    { RELAY_TARGET: `${ses}:587`, SMTP_PASS: secret },
    ["SMTP_PASS@RELAY_TARGET"],
  ],
  [
    "no host of another part of a nested document",
    { "grafana.smtp.password": secret, "vault.smtp.host": ses },
    ["grafana.smtp.password"],
  ],
  ["a host one map above", { "mail.host": ses, "mail.auth.pass": secret }, ["mail.auth.pass@mail.host"]],
  ["no host of the machine itself", { HOST: "0.0.0.0", SMTP_PASSWORD: secret }, ["SMTP_PASSWORD"]],
  ["no password of a database", { SMTP_HOST: ses, DB_PASSWORD: secret }, []],
  [
    "the specific of two passwords beside one host",
    { SMTP_HOST: ses, PASSWORD: secret, SMTP_PASSWORD: secret },
    ["SMTP_PASSWORD@SMTP_HOST"],
  ],
  [
    "a URL with the host inside",
    { EMAIL_URL_PASSWORD: `smtp://x:y@${ses}` },
    ["EMAIL_URL_PASSWORD@EMAIL_URL_PASSWORD"],
  ],
  [
    "no host of the API as SMTP host",
    { SMTP_HOST: "email.eu-west-1.amazonaws.com", SMTP_PASSWORD: secret },
    ["SMTP_PASSWORD"],
  ],
  [
    "a host one map above, where nothing says more",
    { host: ses, "auth.user": "x", "auth.pass": secret },
    ["auth.user@host", "auth.pass@host"],
  ],
  ["nothing for generic names in two maps", { "relay.host": ses, "account.password": secret }, []],
  [
    "a generic password whose specific rival stands in another map",
    { "a.host": ses, "a.password": secret, "b.host": ses, "b.smtp_password": secret },
    ["a.password@a.host", "b.smtp_password@b.host"],
  ],
  [
    "a host inside a map beside it, by its value",
    { SMTP_PASSWORD: secret, "relay.target": ses },
    ["SMTP_PASSWORD@relay.target"],
  ],
  ["no host of another map", { "mailer.smtp_password": secret, "relay.target": ses }, ["mailer.smtp_password"]],
  [
    "no host of the database in a map beside it",
    { "mailer.smtp_password": secret, "mailer.db.host": "db.example.com" },
    ["mailer.smtp_password"],
  ],
  [
    "the first of two hosts that are as near",
    { SMTP_HOST_A: ses, SMTP_HOST_B: ses, SMTP_PASSWORD: secret },
    ["SMTP_PASSWORD@SMTP_HOST_A"],
  ],
  [
    "the first of two hosts that differ in words of their role alone",
    { MAIL_SERVER_ADDRESS: ses, MAIL_HOST: ses, MAIL_PASSWORD: secret },
    ["MAIL_PASSWORD@MAIL_SERVER_ADDRESS"],
  ],
  ["nothing beside a host of Mail Manager under any name", { RELAY_TARGET: manager, SMTP_PASSWORD: secret }, []],
  [
    "a password that names a host of the API itself, whatever stands beside it",
    { SMTP_HOST: other, SMTP_PASSWORD: "https://email.eu-west-1.amazonaws.com/" },
    ["SMTP_PASSWORD"],
  ],
  ["nothing for a generic name two maps below the host", { host: ses, "app.auth.password": secret }, []],
  [
    "a password by its name beside a host that only may be another provider's",
    {
      SMTP_HOST: eitherOf(text(other, span(0)), text("email.eu-west-1.amazonaws.com", span(0))),
      SMTP_PASSWORD: secret,
    },
    ["SMTP_PASSWORD"],
  ],
];

describe("settings of mail clients", () => {
  for (const [title, settings, expected] of cases) {
    it(`takes ${title}`, () => {
      const found = mailSettings(modelWith({ settings: [settingsOf(settings)] }));
      assert.deepEqual(
        found.map(({ setting, host }) => (host === undefined ? setting.name : `${setting.name}@${host.setting.name}`)),
        expected,
      );
    });
  }

  it("takes the API for the host of a client where the name says a host", () => {
    const found = (name: string) =>
      mailAtApi(
        modelWith({
          settings: [settingsOf({ [name]: "https://email.eu-west-1.amazonaws.com", SMTP_PASSWORD: secret })],
        }),
      ).map(({ setting, host }) => `${setting.name}@${host.setting.name}`);
    assert.deepEqual(found("SMTP_HOST"), ["SMTP_PASSWORD@SMTP_HOST"]);
    assert.deepEqual(found("SES_URL"), []);
  });

  it("takes nothing that is there only where its group is not", () => {
    const { settings, ...own } = settingsOf({ SMTP_PASSWORD: secret });
    const apart = {
      ...own,
      guard: when("var.mail", true),
      settings: settings.map((one) => ({ ...one, guard: when("var.mail", false) })),
    };
    assert.deepEqual(mailSettings(modelWith({ settings: [apart] })), []);
  });

  it("takes a host that is one of two under the guard of the one", () => {
    const guard = when("var.relay", true);
    const host = eitherOf(text(ses, span(0)), text(other, span(0)), "var.relay");
    const found = mailSettings(modelWith({ settings: [settingsOf({ SMTP_HOST: host, SMTP_PASSWORD: secret })] }));
    assert.deepEqual(
      found.map((one) => one.guard),
      [guard],
    );
  });
});

/** One text where `var.relay` is true, and another where it is false. */
