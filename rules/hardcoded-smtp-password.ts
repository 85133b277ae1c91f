import type { Finding } from "../src/core/finding";
import { always } from "../src/core/guard";
import { label, name, say } from "../src/core/message";
import { Secret } from "../src/core/secret";
import type { Span } from "../src/core/source";
import { knownText, tracesOf, writtenAt } from "../src/core/text";
import type { Definite } from "../src/core/value";
import { byDefault } from "../src/model/defaults";
import { hostStep, mailSettings, type MailSetting } from "../src/model/credentials/mail-settings";
import type { CredentialLiteral, Model } from "../src/model/model";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { valuesOf, type SettingValue } from "../src/model/credentials/setting-values";
import { isPlaceholder, namesSecret } from "../src/model/credentials/shapes";
import { isWritten } from "../src/model/written";

export const hardcodedSmtpPassword: Rule = {
  id: "hardcoded-smtp-password",
  title: "SMTP password in the source",
  level: "error",
  why: "Whoever can read the repository, or its history, can send mail as you until the access key is deleted: an SMTP password cannot be changed by itself.",
  fix: "Remove the password from the source, create a new access key, and take the password from a secret store.",
  openWhen: "never: what stands in the source is known",
  never: [
    "examples and blanks: the example of AWS's documentation, changeme, <your password>, YOUR_SMTP_PASSWORD",
    "references: variables of a shell or template, ARNs and paths of secret stores, dynamic references",
    "passwords beside another provider's host, or beside none",
    "the credentials of an access key of the input, which other rules follow",
    "what a plan or state has of variables, data sources and providers, which nobody is known to have written",
  ],
  sources: [
    theDocument(
      "Credentials are important because they identify you to AWS, and (if uncompromised) protect your account from unauthorized use",
    ),
    theDocument("SES SMTP credentials are in fact a type of IAM credentials"),
  ],
  securitySeverity: 8.6,
  precision: "high",
  cwe: [798],
  *check(model) {
    const reported = new Set<string>();
    const secrets = new Set(
      model.literals
        .filter(({ kind }) => kind === "secret-access-key")
        .map(({ at: { file, start } }) => `${start} ${file}`),
    );
    for (const mail of mailSettings(model)) {
      if (mail.role !== "smtp-password" || mail.host === undefined) continue;
      for (const written of valuesOf(model, mail)) {
        if (!isPassword(model, written)) continue;
        const { start, file } = charactersAt(written.value);
        const key = `${start} ${file}`;
        // A secret access key that is written down is reported by a rule of its own.
        if (reported.has(key) || secrets.has(key)) continue;
        reported.add(key);
        yield failure(model, mail, mail.host, written);
      }
    }
    for (const literal of model.literals) {
      const { start, file } = literal.at;
      if (literal.kind !== "smtp-password" || reported.has(`${start} ${file}`)) continue;
      if (isWritten(model, literal.secret)) yield inProgram(literal);
    }
  },
};

/** What a key of the input makes is followed, and not written. */
function isPassword(model: Model, { value }: SettingValue): boolean {
  const text = knownText(value);
  if (text === undefined || tracesOf(value).length > 0) return false;
  return !isPlaceholder(text) && !namesSecret(text) && isWritten(model, new Secret(text));
}

function failure(
  model: Model,
  { setting, group }: MailSetting,
  host: NonNullable<MailSetting["host"]>,
  { value, guard }: SettingValue,
): Finding {
  const at = writtenAt(value);
  return {
    verdict: "fail",
    level: "error",
    at,
    subject: group.address,
    message: say`${label(setting.name)} is an SMTP password for Amazon SES that is written in the source${byDefault(model, at)}.`,
    steps: [
      hostStep(host),
      { at: setting.nameAt, message: say`${name(group.address)} takes it as ${label(setting.name)}.` },
    ],
    guard,
  };
}

/** An argument of a call or a command, in a text that names the host, too. */
function inProgram({ at, place, address }: CredentialLiteral): Finding {
  return {
    verdict: "fail",
    level: "error",
    at,
    subject: address,
    message: say`${label(place)} holds an SMTP password for Amazon SES that is written in the source.`,
    steps: [{ at, message: say`${label(place)} of ${name(address)} has it beside a host of Amazon SES.` }],
    guard: always,
  };
}

/** Where a value's characters stand, without quotes. */
function charactersAt(value: Definite): Span {
  const [first] = value.kind === "text" ? value.pieces : [];
  return first?.kind === "known" ? first.at : value.at;
}
