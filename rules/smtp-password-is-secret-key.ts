import type { Failure, Finding } from "../src/core/finding";
import { label, type Message, name, say } from "../src/core/message";
import { knownText } from "../src/core/text";
import type { Value } from "../src/core/value";
import { pathSteps, type Flow } from "../src/model/credentials/flows";
import { hostStep, mailSettings, usedTogether, type MailSetting } from "../src/model/credentials/mail-settings";
import {
  eachOnce,
  judgeMisuse,
  misusesInOutputs,
  misusesInSetting,
  nameOfValue,
  replacing,
  takenStep,
  untracedValues,
  type JudgedMisuse,
  type TakenFor,
} from "../src/model/credentials/misuses";
import { isTerraform } from "../src/model/dialect";
import type { Model, Setting } from "../src/model/model";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { wordsOf } from "../src/model/credentials/setting-names";
import { credentialShape } from "../src/model/credentials/shapes";
import { saysSmtpPassword, settingNameIn } from "../src/model/credentials/stated-names";

export const smtpPasswordIsSecretKey: Rule = {
  id: "smtp-password-is-secret-key",
  title: "Secret access key as SMTP password",
  level: "error",
  why: "The SMTP password is derived from the secret access key and is not the key itself: Amazon SES refuses the key, and whoever reads it in the mail client's settings can call AWS with it.",
  fix: "Give the mail client the SMTP password that is derived from the key.",
  openWhen: "a function on the way of the key may keep a part of it only (substr, regex)",
  never: [
    "a key that goes through a converter: a Lambda function, a custom resource, an external program",
    "settings with AWS's own names, and keys that are stored or output under a name that says so",
    "passwords beside another provider's host",
    "values that are only named as secrets of SES or mail (SES_SECRET_KEY)",
  ],
  sources: [
    theDocument(
      "often the reason is because they are using their AWS credentials instead of their SES SMTP credentials.",
    ),
    theGuide("smtp-credentials", "Your SMTP password is different from your AWS secret access key."),
  ],
  securitySeverity: 7.5,
  precision: "very-high",
  cwe: [522],
  *check(model) {
    for (const misuse of eachOnce(misusesOf(model))) yield judge(model, misuse);
    const sessions = new Set(usedTogether(model).filter(({ settings }) => settings.some(isOfSession)));
    for (const mail of mailSettings(model)) {
      // No password can be derived from what a session has: that is a rule of its own.
      if (mail.role !== "smtp-password" || mail.host === undefined || sessions.has(mail.group)) continue;
      yield* byText(model, mail, mail.host);
    }
  },
};

const taken: TakenFor = {
  noun: say`SMTP password`,
  one: say`an SMTP password`,
  use: say`an SMTP password for Amazon SES`,
};

/** A secret that is used as an SMTP password; `host`: the SES host beside it, where not only a name says so. */
interface SecretMisuse extends JudgedMisuse {
  readonly host: MailSetting["host"];
}

/** What an SES host stands beside comes first: the proven misuse of a place is reported, not the one by name. */
function misusesOf(model: Model): readonly SecretMisuse[] {
  const settings = mailSettings(model)
    .filter(({ role }) => role === "smtp-password")
    .flatMap((mail) => {
      const { host } = mail;
      const level = host === undefined ? ("warning" as const) : ("error" as const);
      return misusesInSetting(model, mail, isSecret).map((misuse) => ({ ...misuse, host, level }));
    });
  const outputs = misusesInOutputs(model, (text) => saysSmtpPassword(model, text), isSecret);
  return [
    ...settings.filter(({ level }) => level === "error"),
    ...settings.filter(({ level }) => level === "warning"),
    ...outputs.map((misuse) => ({ ...misuse, host: undefined, level: "warning" as const })),
  ];
}

function isSecret({ trace }: Flow): boolean {
  return trace.form === "secret-access-key" || trace.form === "console-password";
}

function judge(model: Model, misuse: SecretMisuse): Finding {
  const { flow, sink, first, host } = misuse;
  const read = first === undefined ? [] : [takenStep(sink, taken)];
  const beside = [...(host === undefined ? [] : [hostStep(host)]), ...read];
  return judgeMisuse(model, misuse, taken, { beside, fix: fixOf(model, first?.flow ?? flow) });
}

/** Terraform derives the password itself; CloudFormation has no attribute for it. */
function fixOf(model: Model, flow: Flow): Message | undefined {
  const { trace } = flow;
  if (trace.form !== "secret-access-key") return undefined;
  if (!isTerraform(model.unit)) {
    return say`Derive the SMTP password from the key in a custom resource.`;
  }
  const read = pathSteps(trace.path)[0]?.what ?? "";
  const instead = read.replace(/secret$/, "ses_smtp_password_v4");
  return read.endsWith(".secret")
    ? replacing(model, flow, { read, instead, form: "smtp-password" })
    : say`Replace the secret with ${name(`${trace.credential}.ses_smtp_password_v4`)}.`;
}

/** What no credential of the unit runs through: a literal that has the form of a secret, or a value that is named as one. */
function* byText(
  model: Model,
  { group, setting, guard }: MailSetting,
  host: NonNullable<MailSetting["host"]>,
): Iterable<Failure> {
  const used = say`${label(setting.name)} is used as ${taken.use}`;
  for (const { value, ...place } of untracedValues(setting, guard)) {
    const common = { ...place, verdict: "fail" as const, subject: group.address, steps: [hostStep(host)] };
    const named = nameOf(model, value);
    if (credentialShape(knownText(value) ?? "") === "secret-access-key") {
      yield { ...common, level: "error", message: say`${used} but has the form of a secret access key.` };
    } else if (named !== undefined) {
      const message = say`${used}, but ${label(named)} is a secret access key by its name.`;
      yield { ...common, level: "warning", message };
    }
  }
}

/** The name of a value, where it says secret access key and not mail: `SES_SECRET_KEY` may be what SES calls a password. */
function nameOf(model: Model, value: Value): string | undefined {
  const text = nameOfValue(value);
  const said = text === undefined ? undefined : settingNameIn(model, text);
  if (text === undefined || said?.role !== "aws-secret" || !said.specific || said.foreign) return undefined;
  return wordsOf(text).some((word) => /^(?:smtp|ses|e?mail)$/.test(word)) ? undefined : text;
}

function isOfSession({ value }: Setting): boolean {
  return /^ASIA[A-Z0-9]{16}$/.test(knownText(value) ?? "");
}
