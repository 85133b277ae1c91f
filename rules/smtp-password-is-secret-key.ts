import type { Failure, Finding, Step } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { label, type Message, name, say } from "../src/core/message";
import { sameSpan } from "../src/core/source";
import { knownText, optionsOf, tracesOf } from "../src/core/text";
import type { Value } from "../src/core/value";
import {
  credentialOf,
  doubtsOf,
  flowsInto,
  flowsOut,
  pathSteps,
  placeOf,
  stepsOf,
  type Flow,
} from "../src/model/flows";
import { hostStep, mailSettings, type MailSetting } from "../src/model/mail-settings";
import { eachOnce, nameOfValue, replacing, type Misuse } from "../src/model/misuses";
import type { Model, Setting } from "../src/model/model";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { wordsOf } from "../src/model/setting-names";
import { credentialShape } from "../src/model/shapes";
import { settingNameIn } from "../src/model/stated";

export const smtpPasswordIsSecretKey: Rule = {
  id: "smtp-password-is-secret-key",
  title: "Secret access key as SMTP password",
  level: "error",
  why: "The SMTP password is derived from the secret access key and is not the same: Amazon SES refuses the key, and every mail client that holds it can call AWS.",
  fix: "Give the mail client the SMTP password that is derived from the key.",
  openWhen: "a function on the way of the key may keep a part of it only (substr, regex)",
  never: [
    "a key that goes through a converter: a Lambda function, a custom resource, an external program",
    "settings named as AWS's own, and keys that are stored or output under a name that says so",
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
    for (const misuse of eachOnce([...misusesInSettings(model), ...misusesInOutputs(model)]))
      yield judge(model, misuse);
    for (const mail of mailSettings(model)) {
      // No password can be derived from what a session has: that is a rule of its own.
      if (mail.role !== "smtp-password" || mail.host === undefined || mail.group.settings.some(isOfSession)) continue;
      yield* byText(model, mail, mail.host);
    }
  },
};

/** A secret that is used as an SMTP password. */
interface SecretMisuse extends Misuse {
  /** The setting or output that takes it, as written, and the address of what it belongs to. */
  readonly sink: string;
  readonly subject: string;
  /** Does the secret reach the sink from elsewhere, so that `at` is not in it? */
  readonly apart: boolean;
  /** The SES host beside it; undefined where only a name says so. */
  readonly host: MailSetting["host"];
  readonly guard: Guard;
}

/** What an SES host stands beside comes first: the proven misuse of a place is told, not the one by name. */
function misusesInSettings(model: Model): readonly SecretMisuse[] {
  const misuses = mailSettings(model)
    .filter((mail) => mail.role === "smtp-password")
    .flatMap((mail) =>
      flowsInto(model, mail.setting, mail.guard)
        .filter(isSecret)
        .map((flow): SecretMisuse => {
          const { setting, group, host } = mail;
          const { value, nameAt } = flow.through?.field ?? setting;
          const at = placeOf(flow, value, nameAt);
          const sink = { sink: setting.name, sinkAt: setting.nameAt, subject: group.address };
          return { ...sink, flow, at, apart: flow.through !== undefined, host, guard: flow.guard };
        }),
    );
  return [...misuses.filter(({ host }) => host !== undefined), ...misuses.filter(({ host }) => host === undefined)];
}

/** An output of the unit or of one of its modules that calls the secret an SMTP password. */
function misusesInOutputs(model: Model): readonly SecretMisuse[] {
  return [...model.innerOutputs, ...model.outputs]
    .filter((output) => isSmtpPassword(model, output.name))
    .flatMap((output) =>
      flowsOut(model, output)
        .filter(isSecret)
        .map((flow): SecretMisuse => {
          const at = placeOf(flow, output.value, output.valueAt);
          const sink = { sink: output.name, sinkAt: output.at, subject: output.address };
          return { ...sink, flow, at, apart: false, host: undefined, guard: flow.guard };
        }),
    );
}

function isSecret({ trace }: Flow): boolean {
  return trace.form === "secret-access-key" || trace.form === "console-password";
}

function isSmtpPassword(model: Model, text: string): boolean {
  const said = settingNameIn(model, text);
  return said?.role === "smtp-password" && said.specific && !said.foreign;
}

function judge(model: Model, misuse: SecretMisuse): Finding {
  const { flow, at, subject, guard, host } = misuse;
  const told = { at, subject, steps: stepsTo(model, misuse), guard };
  const secret = say`the ${credentialOf(flow)}`;
  const because = doubtsOf(flow);
  if (because.length > 0) {
    const message = say`Whether ${label(misuse.sink)}, an SMTP password, is ${secret} cannot be told.`;
    return { ...told, verdict: "open", message, because };
  }
  const fix = fixOf(model, flow);
  return {
    ...told,
    verdict: "fail",
    level: host === undefined ? "warning" : "error",
    message:
      host === undefined
        ? say`${label(misuse.sink)} is an SMTP password by its name and ${secret} by its value.`
        : say`${label(misuse.sink)} is used as SMTP password with Amazon SES and is ${secret}.`,
    ...(fix && { fix }),
  };
}

function stepsTo(model: Model, { flow, at, apart, sink, sinkAt, host }: SecretMisuse): readonly Step[] {
  const steps = stepsOf(model, flow).filter((step) => !sameSpan(step.at, at));
  const taken = { at: sinkAt, message: say`${label(sink)} takes it as SMTP password.` };
  return [...steps, ...(host === undefined ? [] : [hostStep(host)]), ...(apart ? [taken] : [])];
}

/** Terraform derives the password itself; CloudFormation has no attribute for it. */
function fixOf(model: Model, flow: Flow): Message | undefined {
  const { trace } = flow;
  if (trace.form !== "secret-access-key") return undefined;
  const { dialect } = model.unit;
  if (dialect !== "terraform" && dialect !== "cdktf") {
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
  for (const option of optionsOf(setting.value)) {
    const joined = both(guard, option.guard);
    if (joined === undefined || tracesOf(option.value).length > 0) continue; // A credential's flow is judged by itself.
    const at = option.value.kind === "unknown" ? setting.nameAt : option.value.at; // What is unknown is declared elsewhere.
    const told = { verdict: "fail" as const, at, subject: group.address, guard: joined, steps: [hostStep(host)] };
    const used = say`${label(setting.name)} is used as SMTP password with Amazon SES`;
    const named = nameOf(model, option.value);
    if (credentialShape(knownText(option.value) ?? "") === "secret-access-key") {
      yield { ...told, level: "error", message: say`${used} and has the form of a secret access key.` };
    } else if (named !== undefined) {
      const message = say`${used}, and ${label(named)} is a secret access key by its name.`;
      yield { ...told, level: "warning", message };
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
