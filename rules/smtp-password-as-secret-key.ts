import type { Failure, Finding } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { label, type Message, say } from "../src/core/message";
import { sameSpan } from "../src/core/source";
import { knownText, optionsOf } from "../src/core/text";
import type { Value } from "../src/core/value";
import { secretsBeside } from "../src/model/credentials/credential-uses";
import { pathSteps, placeInSetting, type Flow } from "../src/model/credentials/flows";
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
  type Misuse,
  type TakenFor,
} from "../src/model/credentials/misuses";
import type { Model, Output, Setting, SettingGroup } from "../src/model/model";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { wordsOf } from "../src/model/credentials/setting-names";
import { credentialShape, hostOf } from "../src/model/credentials/shapes";
import { saysSmtpPassword, settingNameIn } from "../src/model/credentials/stated-names";

export const smtpPasswordAsSecretKey: Rule = {
  id: "smtp-password-as-secret-key",
  title: "SMTP password as secret access key",
  level: "error",
  why: "An SMTP password is derived from a secret access key and opens only the SMTP interface; a console password opens only the console. AWS refuses requests that are signed with either.",
  fix: "Give the program the secret access key itself, or no key at all where it can use a role.",
  openWhen: "a function on the way of the password may keep a part of it only (substr, regex)",
  never: [
    "settings whose name says SMTP, too (SMTP_SECRET_KEY), and names that are not AWS's own beside an SES SMTP host",
    "secret keys of other providers' storage and mail",
    "passwords that are stored or handed out under names of their own, or beside the secret access key itself",
  ],
  sources: [
    theDocument("they aren’t the same!"),
    theGuide("smtp-credentials", "Your SMTP password is different from your AWS secret access key."),
  ],
  securitySeverity: 5.5,
  precision: "very-high",
  cwe: [522],
  *check(model) {
    const sinks = secretSettings(model);
    for (const misuse of eachOnce(misusesOf(model, sinks))) yield judge(model, misuse);
    for (const sink of sinks) yield* byText(model, sink);
  },
};

/** A setting that a program takes its secret access key from. */
interface SecretSetting {
  readonly group: SettingGroup;
  readonly setting: Setting;
  readonly level: "error" | "warning";
  readonly guard: Guard;
}

/** The surest first: the proven misuse of a password is reported, not the one by name. */
function secretSettings(model: Model): readonly SecretSetting[] {
  const found = model.settings.flatMap((group) => secretSettingsOf(model, group));
  return [...found.filter(({ level }) => level === "error"), ...found.filter(({ level }) => level === "warning")];
}

function secretSettingsOf(model: Model, group: SettingGroup): readonly SecretSetting[] {
  const named = group.settings.flatMap((setting) => {
    const surety = suretyOf(model, setting.name);
    const guard = both(group.guard, setting.guard);
    return surety === undefined || guard === undefined ? [] : [{ setting, surety, guard }];
  });
  if (named.length === 0) return [];
  // A program with names of its own may well log in to the host beside with what it calls its secret.
  const ownOnly = group.settings.some(isSmtpHost);
  const generic = group.settings.some((setting) => isKeyId(model, setting));
  return named.flatMap(({ setting, surety, guard }): readonly SecretSetting[] => {
    if (surety !== "own" && (ownOnly || (surety === "generic" && !generic))) return [];
    return [{ group, setting, guard, level: surety === "own" ? "error" : "warning" }];
  });
}

/** Is it a name of AWS itself, one that says AWS or SES in a program's own words, or one that could be anybody's? */
function suretyOf(model: Model, text: string): "own" | "specific" | "generic" | undefined {
  const said = settingNameIn(model, text);
  const words = wordsOf(text);
  if (said?.role !== "aws-secret" || said.foreign || words.includes("smtp")) return undefined;
  if (!said.specific) return "generic";
  const isOwn = words.includes("aws") || words.includes("amazon") || words.join(" ").endsWith("secret access key");
  return isOwn ? "own" : "specific";
}

function isSmtpHost({ value }: Setting): boolean {
  return optionsOf(value).some((option) => hostOf(option.value)?.kind === "ses-smtp");
}

function isKeyId(model: Model, { name: text }: Setting): boolean {
  const said = settingNameIn(model, text);
  return said?.role === "aws-key-id" && !said.foreign;
}

const taken: TakenFor = {
  noun: say`secret access key`,
  one: say`a secret access key`,
  use: say`an AWS secret access key`,
};

function misusesOf(model: Model, sinks: readonly SecretSetting[]): readonly JudgedMisuse[] {
  const settings = sinks.flatMap((sink) =>
    misusesInSetting(model, sink, isPassword).map((misuse) => ({
      ...whereWrong(model, sink.setting, misuse),
      level: sink.level,
    })),
  );
  const outputs = misusesInOutputs(
    model,
    (text) => suretyOf(model, text) === "own",
    (flow, output) => isPassword(flow) && !isToldApart(model, output, flow),
  );
  return [...settings, ...outputs.map((misuse) => ({ ...misuse, level: "warning" as const }))];
}

/** A store or module that tells the password from the key is right: then it is the reading as a key that is wrong. */
function whereWrong(model: Model, setting: Setting, misuse: Misuse): Misuse {
  const { flow, first } = misuse;
  const isRight = first?.output !== undefined && isToldApart(model, first.output, flow);
  return isRight ? { ...misuse, at: placeInSetting(flow, setting), first: undefined } : misuse;
}

/** The secret itself is handed out beside it as what it is, so that `ses_secret_access_key` is the other one. */
function isToldApart(model: Model, output: Output, { trace }: Flow): boolean {
  const secrets = secretsBeside(model, output, trace.credential);
  return secrets.some((other) => other !== output && suretyOf(model, other.name) !== undefined);
}

function isPassword({ trace }: Flow): boolean {
  switch (trace.form) {
    case "smtp-password":
    case "encrypted-smtp-password":
    case "smtp-password-v2":
    case "console-password":
      return true;
    case "access-key-id":
    case "secret-access-key":
    case "encrypted-secret-access-key":
      return false;
  }
}

function judge(model: Model, misuse: JudgedMisuse): Finding {
  const { flow, at, sink, first } = misuse;
  const beside = sameSpan(sink.at, at) ? [] : [takenStep(sink, taken)];
  return judgeMisuse(model, misuse, taken, { beside, fix: fixOf(model, first?.flow ?? flow) });
}

/** Where the password is read from a key, the secret stands beside it. */
function fixOf(model: Model, flow: Flow): Message | undefined {
  if (flow.through !== undefined) return undefined;
  const read = pathSteps(flow.trace.path)[0]?.what ?? "";
  const secret = read
    .replace(/\.(?:encrypted_)?ses_smtp_password(?:_v4)?$/, ".secret")
    .replace(/\.SMTPPassword$/, ".SecretAccessKey");
  return secret === read ? undefined : replacing(model, flow, { read, instead: secret, form: "secret-access-key" });
}

/** What no credential of the unit runs through: a literal that has the form of a password, or a value that is named as one. */
function* byText(model: Model, { group, setting, guard, level }: SecretSetting): Iterable<Failure> {
  const named = { at: setting.nameAt, message: say`${label(setting.name)} is ${taken.one}.` };
  for (const { value, ...place } of untracedValues(setting, guard)) {
    const common = { ...place, verdict: "fail" as const, subject: group.address };
    const steps = sameSpan(place.at, setting.nameAt) ? [] : [named];
    const shape = credentialShape(knownText(value) ?? "");
    const password = nameOf(model, value);
    if (shape === "smtp-password" || shape === "smtp-password-v2") {
      yield { ...common, level, steps, message: say`${label(setting.name)} has the form of an SES SMTP password.` };
    } else if (password !== undefined) {
      const message = say`${label(setting.name)} is ${taken.one}, and ${label(password)} is an SMTP password by its name.`;
      yield { ...common, level: "warning", steps, message };
    }
  }
}

/** The name of a value, where it says SMTP password. */
function nameOf(model: Model, value: Value): string | undefined {
  const text = nameOfValue(value);
  return text !== undefined && saysSmtpPassword(model, text) ? text : undefined;
}
