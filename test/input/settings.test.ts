import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeJson } from "../../src/core/json";
import { printable } from "../../src/core/message";
import type { Span } from "../../src/core/source";
import { text, unknown } from "../../src/core/text";
import type { CredentialForm, Hole, Piece, Text, Value } from "../../src/core/value";
import { speaksOfMail } from "../../src/input/quick-look";
import { relevantSettings, settingsIn, storedName } from "../../src/input/settings";
import { settingName, tableNames } from "../../src/model/credentials/setting-names";

const at: Span = { file: "x.tf", start: 0, end: 0 };

/** A credential's text as a hole; `<id>`, `<secret>`, `<smtp>` in the tables below. */
function hole(form: CredentialForm): Hole {
  const traces = [{ credential: "key", form, certainty: "is", path: { at, what: "key" } }] as const;
  return { kind: "hole", unknown: unknown("after-apply", form, at, { id: form, traces }) };
}

const holes: Readonly<Record<string, Hole>> = {
  "<id>": hole("access-key-id"),
  "<secret>": hole("secret-access-key"),
  "<smtp>": hole("smtp-password"),
};

function template(written: string): Text {
  const pieces = written.split(/(<id>|<secret>|<smtp>)/).flatMap((part, i): readonly Piece[] => {
    const known = holes[part];
    if (known !== undefined) return [known];
    return part === "" ? [] : [{ kind: "known", text: part, at: { ...at, start: i }, traces: [] }];
  });
  return { kind: "text", pieces, at };
}

function json(written: string): Value {
  const decoded = decodeJson(template(written));
  if (decoded.kind === "failed") throw new Error(decoded.message);
  return decoded.value;
}

/** `name = value` of every setting, groups apart by a line. */
function shown(value: Value, name?: string): readonly string[] {
  const start = { nameAt: at, ...(name !== undefined && { name }) };
  return settingsIn(value, start).flatMap((group, i) => [
    ...(i === 0 ? [] : ["---"]),
    ...group.map((setting) => `${setting.name} = ${printable(setting.value)}`),
  ]);
}

const maps: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "the environment of a function": [
    `{ "handler": "x", "environment": { "variables": { "SMTP_HOST": "h", "SMTP_PASSWORD": "<smtp>" } } }`,
    "handler = x",
    "SMTP_HOST = h",
    "SMTP_PASSWORD = ${smtp-password}",
  ],
  "containers each with a group of their own, secrets beside the environment": [
    `{ "container_definitions": [
      { "name": "web", "environment": [{ "name": "A", "value": "1" }], "secrets": [{ "name": "B", "valueFrom": "arn" }] },
      { "name": "job", "environment": [{ "name": "A", "value": "2" }] }] }`,
    "name = web",
    "A = 1",
    "B = arn",
    "---",
    "name = job",
    "A = 2",
  ],
  "blocks of a chart's values": [
    `{ "name": "mail", "set": [{ "name": "app.smtp.host", "value": "h" }, { "name": "app.smtp.password", "value": "<smtp>" }] }`,
    "name = mail",
    "app.smtp.host = h",
    "app.smtp.password = ${smtp-password}",
  ],
  "a nested map under its path": [
    `{ "smtp": { "host": "h", "auth": { "user": "<id>", "pass": "<smtp>" } } }`,
    "smtp.host = h",
    "smtp.auth.user = ${access-key-id}",
    "smtp.auth.pass = ${smtp-password}",
  ],
  "a variable of a CI system": [
    `{ "project": "p", "key": "SMTP_PASSWORD", "value": "<smtp>" }`,
    "SMTP_PASSWORD = ${smtp-password}",
  ],
  "applications of one file apart": [
    `{ "values": { "a": { "env": { "SMTP_HOST": "x" } }, "b": { "env": { "SMTP_HOST": "y" } } } }`,
    "SMTP_HOST = x",
    "---",
    "SMTP_HOST = y",
  ],
};

const texts: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "a JSON text": [
    `{"host": "h", "password": "<smtp>"}`,
    "MAILER_DSN.host = h",
    "MAILER_DSN.password = ${smtp-password}",
  ],
  "a script": [
    `#!/bin/sh\nexport SMTP_HOST="email-smtp.eu-west-1.amazonaws.com"\nSMTP_PASSWORD=<secret>\n`,
    "SMTP_HOST = email-smtp.eu-west-1.amazonaws.com",
    "SMTP_PASSWORD = ${secret-access-key}",
  ],
  "a command with several settings on a line": [
    `docker run -e SMTP_HOST=h -e SMTP_PASSWORD='<smtp>' image`,
    "SMTP_HOST = h",
    "SMTP_PASSWORD = ${smtp-password}",
  ],
  "values in YAML": [
    `smtp:\n  host: h\n  password: <smtp>\nreplicas: 2\n`,
    "MAILER_DSN.smtp.host = h",
    "MAILER_DSN.smtp.password = ${smtp-password}",
    "MAILER_DSN.replicas = 2",
  ],
  "a URL": [
    `smtps://<id>:<smtp>@email-smtp.eu-west-1.amazonaws.com:465`,
    "MAILER_DSN.user = ${access-key-id}",
    "MAILER_DSN.password = ${smtp-password}",
    "MAILER_DSN.host = email-smtp.eu-west-1.amazonaws.com",
  ],
  "a URL of Symfony's API transport": [
    `ses+api://<id>:<secret>@default?region=eu-west-1`,
    "MAILER_DSN.aws_access_key_id = ${access-key-id}",
    "MAILER_DSN.aws_secret_access_key = ${secret-access-key}",
  ],
  "Postfix's password map": [
    `cat > /etc/postfix/sasl_passwd <<X\n[email-smtp.eu-west-1.amazonaws.com]:587 <id>:<smtp>\nX\n`,
    "sasl_passwd.smtp_host = email-smtp.eu-west-1.amazonaws.com",
    "sasl_passwd.smtp_user = ${access-key-id}",
    "sasl_passwd.smtp_password = ${smtp-password}",
  ],
  "msmtp's configuration": [
    `account default\nhost email-smtp.eu-west-1.amazonaws.com\nport 587\nuser <id>\npassword <smtp>\n`,
    "msmtp.smtp_host = email-smtp.eu-west-1.amazonaws.com",
    "msmtp.smtp_user = ${access-key-id}",
    "msmtp.smtp_password = ${smtp-password}",
  ],
  "sendmail's access map": [
    `# map\nAuthInfo:h.example.com "U:root" "I:<id>" "P:<smtp>" "M:LOGIN"\n`,
    "AuthInfo.smtp_host = h.example.com",
    "AuthInfo.smtp_user = ${access-key-id}",
    "AuthInfo.smtp_password = ${smtp-password}",
  ],
  "the AWS command line's configuration": [
    `aws configure set aws_secret_access_key <secret>\naws configure set region eu-west-1\n`,
    "aws_secret_access_key = ${secret-access-key}",
    "region = eu-west-1",
  ],
  "a credential in prose as it stands": [`Your password is <smtp>.`, "MAILER_DSN = Your password is ${smtp-password}."],
};

describe("settings", () => {
  for (const [what, [written, ...expected]] of Object.entries(maps)) {
    it(`are read from ${what}`, () => {
      assert.deepEqual(shown(json(written)), expected);
    });
  }
  for (const [what, [written, ...expected]] of Object.entries(texts)) {
    it(`are read from ${what}`, () => {
      assert.deepEqual(shown(template(written), "MAILER_DSN"), expected);
    });
  }

  it("are relevant with what stands in the same map, and only that", () => {
    const value = json(`{ "tags": { "a": "b" }, "environment": { "PORT": "587", "SMTP_PASSWORD": "x" }, "name": "n" }`);
    const names = relevantSettings(value, { nameAt: at }, tableNames).map((group) =>
      group.map((setting) => setting.name),
    );
    assert.deepEqual(names, [["PORT", "SMTP_PASSWORD"]]);
  });

  it("of a database are not relevant", () => {
    const value = json(`{ "host": "db.example.com", "username": "admin", "password": "x", "region": "eu-west-1" }`);
    assert.deepEqual(relevantSettings(value, { nameAt: at }, tableNames), []);
  });

  it("of a store are called by the last part of a path, unless only the whole says what they are", () => {
    assert.equal(storedName("/docker/prod/SMTP_PASSWORD", tableNames), "SMTP_PASSWORD");
    assert.equal(storedName("/prod/smtp/password", tableNames), "/prod/smtp/password");
    assert.equal(storedName("/prod/app/key", tableNames), "key");
    assert.equal(storedName("/smtp/eu", tableNames), "/smtp/eu");
  });

  it("are looked for in long words and lines in linear time", () => {
    const words = ["a".repeat(300_000), " ".repeat(300_000), "a=".repeat(100_000), "a://b:".repeat(50_000)];
    for (const word of words) settingsIn(text(`${word}\n${word}`, at), { nameAt: at });
  });

  it("nest without an end that a stack would feel", () => {
    let value: Value = text("x", at);
    for (let i = 0; i < 5_000; i++) {
      value = { kind: "map", at, entries: [{ key: "k", keyAt: at, guard: [], value }] };
    }
    assert.equal(settingsIn(value, { nameAt: at }).flat().length, 1);
  });
});

describe("the quick look for words of credentials and mail", () => {
  const words =
    `smtp smtps mail mails mailer mailing email emails ses sesv2 sendmail postfix exim msmtp ssmtp sasl relay
    aws amazon iam s3 auth info smart host server endpoint address secret access key id user name login password passwd
    pass pw addr mailhub relayhost smarthost authinfo keyid accesskey secretkey sessmtp app prod value`.split(/\s+/);
  const spellings = [
    (word: string) => word,
    (word: string) => word.toUpperCase(),
    (word: string) => word.charAt(0).toUpperCase() + word.slice(1),
  ];
  const word = fc.tuple(fc.constantFrom(...words), fc.constantFrom(...spellings)).map(([plain, spell]) => spell(plain));
  const separator = fc.constantFrom("_", "-", ".", "/", "__", "");

  it("sees every name that says mail or AWS by itself", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, separator), { minLength: 1, maxLength: 4 }), (parts) => {
        const name = parts.flat().join("");
        const said = settingName(name);
        if (said?.specific === true && said.role !== "aws-region") assert.ok(speaksOfMail(name), name);
      }),
      { numRuns: 5000 },
    );
  });
});
