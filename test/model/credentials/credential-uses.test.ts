import assert from "node:assert/strict";
import { text, unknown } from "../../../src/core/text";
import type { Definite, Value } from "../../../src/core/value";
import { credentialUses, saysSmtpMaker, smtpMakersFor } from "../../../src/model/credentials/credential-uses";
import type { Converter, Model, Output, SettingGroup } from "../../../src/model/model";
import { credential, modelWith, settingsOf, span } from "../build";
import { eitherOf, open, referenceTo } from "../system";

const at = span(0);
const ses = "email-smtp.eu-west-1.amazonaws.com";
const id = credential("key", "access-key-id");
const secret = credential("key", "secret-access-key");
const smtp = credential("key", "smtp-password");

function store(settings: Readonly<Record<string, Value>>): SettingGroup {
  return settingsOf(settings, { kind: "store" });
}

function handedOn(settings: Readonly<Record<string, Value>>): SettingGroup {
  const group = settingsOf(settings);
  return { ...group, settings: group.settings.map((one) => ({ ...one, place: "handed-on" })) };
}

function output(name: string, value: Value, module = ""): Output {
  const address = `${module}output.${name}`;
  return { address, at, guard: [], name, value, valueAt: at, sensitive: true, exported: false };
}

function listOf(value: Definite): Value {
  return { kind: "list", shape: "list", items: [{ guard: [], value }], at };
}

function composed(value: typeof smtp): Definite {
  return { kind: "text", pieces: [...text("smtp:", at).pieces, { kind: "hole", unknown: value }], at };
}

function converter(parts: Partial<Converter>): Partial<Model> {
  return { converters: [{ address: "Thing", at, guard: [], type: "Custom::Thing", inputs: [secret], ...parts }] };
}

function told(model: Partial<Model>): readonly string[] {
  const uses = [...credentialUses(modelWith(model)).values()].flat();
  return uses.map(({ use, credential: key, form, stored }) => `${use} ${key} ${form}${stored ? " stored" : ""}`).sort();
}

const perhaps: Value = { ...smtp, traces: smtp.traces.map((trace) => ({ ...trace, certainty: "may" as const })) };
const [api, byId] = ["api key secret-access-key", "smtp key access-key-id"];
const [bySecret, bySmtp] = ["smtp key secret-access-key", "smtp key smtp-password"];

describe("uses of credentials", () => {
  const table: readonly (readonly [string, Partial<Model>, readonly string[]])[] = [
    ["an SMTP password for mail", { settings: [settingsOf({ SMTP_PASSWORD: smtp })] }, [bySmtp]],
    ["an SMTP password under any name", { settings: [settingsOf({ RELAY: smtp })] }, [bySmtp]],
    ["an SMTP password as a setting of AWS", { settings: [settingsOf({ AWS_SECRET_ACCESS_KEY: smtp })] }, []],
    [
      "an SMTP password as a setting of AWS in a store",
      { settings: [store({ AWS_SECRET_ACCESS_KEY: smtp })] },
      [bySmtp],
    ],
    ["an SMTP password as one like AWS's", { settings: [settingsOf({ R2_SECRET_ACCESS_KEY: smtp })] }, [bySmtp]],
    [
      "an SMTP password beside another provider's host",
      { settings: [settingsOf({ SMTP_HOST: "smtp.sendgrid.net", SMTP_PASSWORD: smtp })] },
      [],
    ],
    ["what may be an SMTP password", { settings: [settingsOf({ SMTP_PASSWORD: perhaps })] }, []],
    ["a secret in a setting of AWS", { settings: [settingsOf({ AWS_SECRET_ACCESS_KEY: secret })] }, [api]],
    ["a secret under a path", { settings: [settingsOf({ "aws.secretAccessKey": secret })] }, [api]],
    ["a secret in a setting of R2", { settings: [settingsOf({ R2_SECRET_ACCESS_KEY: secret })] }, []],
    ["a secret in a store as a variable", { settings: [store({ AWS_SECRET_ACCESS_KEY: secret })] }, [api]],
    ["a secret in a store as a path", { settings: [store({ "AWS/secret_access_key": secret })] }, [`${api} stored`]],
    [
      "a secret that is kept with its SMTP password",
      { settings: [store({ key: secret, smtp: smtp })] },
      ["kept key secret-access-key stored", `${bySmtp} stored`],
    ],
    [
      "a secret that is kept with another's",
      { settings: [store({ key: secret, smtp: credential("other", "smtp-password") })] },
      ["smtp other smtp-password stored"],
    ],
    [
      "a secret for mail, with its SMTP password",
      { settings: [settingsOf({ SMTP_PASSWORD: secret, SMTP_PASSWORD_V4: smtp })] },
      [bySmtp],
    ],
    ["a secret that is handed on with its SMTP password", { settings: [handedOn({ key: secret, smtp })] }, [bySmtp]],
    [
      "an id and a secret beside a host of SES",
      { settings: [settingsOf({ SMTP_HOST: ses, SMTP_USER: id, SMTP_PASSWORD: secret })] },
      [byId, bySecret],
    ],
    [
      "an id and a secret that are taken for each other beside it",
      { settings: [settingsOf({ SMTP_HOST: ses, SMTP_USER: secret, SMTP_PASSWORD: id })] },
      [],
    ],
    ["an id and a secret without a host", { settings: [settingsOf({ SMTP_USER: id, SMTP_PASSWORD: secret })] }, []],
    [
      "what is handed out beside a host of SES",
      { handedOut: [settingsOf({ SMTP_HOST: ses, SMTP_PASSWORD: secret, AWS_SECRET_ACCESS_KEY: secret })] },
      [bySecret],
    ],
    [
      "a console password",
      { settings: [settingsOf({ SMTP_HOST: ses, SMTP_PASSWORD: credential("login", "console-password") })] },
      [],
    ],
    ["an output of an SMTP password", { outputs: [output("smtp_password", smtp)] }, [bySmtp]],
    ["an output of what may be one", { outputs: [output("smtp_password", perhaps)] }, []],
    ["an output of a secret", { outputs: [output("secret", secret)] }, []],
    ["outputs of all that a key has", { outputs: [output("keySmtpPassword", smtp), output("secret", secret)] }, []],
    [
      "outputs of all that a key has, under a name of its own",
      { outputs: [output("relay", smtp), output("secret", secret)] },
      [bySmtp],
    ],
    [
      "outputs of all that a module's key has",
      { innerOutputs: [output("relay", smtp, "module.a."), output("secret", secret, "module.a.")] },
      [],
    ],
    [
      "outputs of two modules",
      { innerOutputs: [output("relay", smtp, "module.a."), output("secret", secret, "module.b.")] },
      [bySmtp],
    ],
    [
      "outputs of what two keys have",
      { innerOutputs: [output("relay", smtp), output("secret", credential("other", "secret-access-key"))] },
      [bySmtp],
    ],
    ...[listOf(smtp), eitherOf(smtp, { kind: "null", at })].map((value) => {
      const outputs = [output("relay", value), output("secret", secret)];
      return [`a module's output of a ${value.kind} of an SMTP password`, { innerOutputs: outputs }, []] as const;
    }),
    ...[composed(smtp), listOf(composed(smtp)), eitherOf(smtp, composed(smtp))].map((value) => {
      const outputs = [output("relay", value), output("secret", secret)];
      return [`a module's output of a ${value.kind} with something else`, { innerOutputs: outputs }, [bySmtp]] as const;
    }),
    ["a secret for another program", converter({}), []],
    ["a secret for a program by its type", converter({ type: "Custom::SmtpCredentials" }), [bySecret]],
    ["a secret for a program by its name", converter({ address: "SmtpUser" }), [bySecret]],
    [
      "a secret for a program by its construct",
      { ...converter({}), constructOf: (address) => (address === "Thing" ? "smtp/user" : undefined) },
      [bySecret],
    ],
    ["a secret for a program by its function", converter({ program: referenceTo("SmtpPassword", "arn") }), [bySecret]],
    [
      "a secret for a program by its function's construct",
      {
        ...converter({ program: referenceTo("F", "arn") }),
        constructOf: (address) => (address === "F" ? "smtp/user" : undefined),
      },
      [bySecret],
    ],
    [
      "a secret for a program by a literal ARN",
      converter({ program: text("arn:aws:lambda:x:1:function:smtp-user", at) }),
      [bySecret],
    ],
    ["a secret for a program by an import", converter({ program: unknown("import", "mail:SmtpUser", at) }), [bySecret]],
    ["an SMTP password for a program by its type", converter({ type: "Custom::SmtpUser", inputs: [smtp] }), []],
  ];
  for (const [what, model, expected] of table) {
    it(`are known: ${what}`, () => {
      assert.deepEqual(told(model), expected);
    });
  }

  it("are a program's that makes credentials of the user it is given", () => {
    const user = referenceTo("aws_iam_user.mail", "name");
    const given = (input: Value) =>
      smtpMakersFor(modelWith(converter({ type: "Custom::SmtpUser", inputs: [input] })), "aws_iam_user.mail").length;
    for (const input of [user, listOf(user), eitherOf(text("x", at), user)]) assert.equal(given(input), 1, input.kind);
    assert.equal(given({ kind: "map", entries: [{ key: "user", keyAt: at, guard: [], value: user }], at }), 1);
    for (const other of [open("var.user"), text("mail", at), listOf(text("mail", at))]) assert.equal(given(other), 0);
  });

  it("are told by names that say SMTP and what is made", () => {
    for (const name of ["SmtpCredentials", "ses-smtp-user", "Custom::SMTPPassword"])
      assert.ok(saysSmtpMaker(name), name);
    for (const name of ["Smtp", "SmtpRelay", "User", "smtpusers"]) assert.ok(!saysSmtpMaker(name), name);
  });
});
