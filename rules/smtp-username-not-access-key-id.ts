import type { Finding, Step } from "../src/core/finding";
import { both } from "../src/core/guard";
import { label, type Message, name, say } from "../src/core/message";
import { refOf } from "../src/core/text";
import type { Definite, Value } from "../src/core/value";
import { credentialPairs } from "../src/model/credential-pairs";
import { hostStep, mailSettings, type MailSetting } from "../src/model/mail-settings";
import type { Model, Setting, User } from "../src/model/model";
import { meaningsOf, type Meaning } from "../src/model/name-index";
import { perModel } from "../src/model/per-model";
import { keysOf, userNames, userStep } from "../src/model/principals";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { placeOfValue, takenSteps, valuesOf, type SettingValue } from "../src/model/setting-values";
import { settingName, wordsOf } from "../src/model/setting-names";

export const smtpUsernameNotAccessKeyId: Rule = {
  id: "smtp-username-not-access-key-id",
  title: "IAM user's name as SMTP user name",
  level: "error",
  why: "The SMTP user name is the id of an access key. Amazon SES does not know the names and ARNs of IAM users, and refuses the login.",
  fix: "Give the mail client the id of the user's access key.",
  openWhen: "a part of the text or of the user's name is not known, and it may be the user's name",
  never: [
    "ids of access keys, and texts that are the name of no IAM user of the input",
    "user names beside another provider's host, or without a host of Amazon SES",
    "a user's name that is handed to a program which makes the credentials, or under a name that says IAM or whom mail is from (SMTP_IAM_USER, SMTP_FROM_USER)",
  ],
  sources: [theGuide("smtp-credentials", "the SMTP user name is the same as the AWS access key ID")],
  securitySeverity: 3,
  precision: "very-high",
  cwe: [],
  *check(model) {
    const told = new Set<Setting>();
    for (const mail of mailSettings(model)) {
      if (!isUserName(model, mail) || told.has(mail.setting)) continue; // Several hosts beside it are one defect.
      const findings = judge(model, mail);
      if (findings.length > 0) told.add(mail.setting);
      yield* findings;
    }
  },
};

/** A user name that is given to an SES host. One that says `user` alone could be anybody's where no password is beside. */
function isUserName(model: Model, { role, host, setting }: MailSetting): boolean {
  if (role !== "smtp-user" || host === undefined) return false;
  if (wordsOf(setting.name).some((word) => otherUsers.has(word))) return false;
  if (settingName(setting.name)?.specific === true && setting.place !== "handed-on") return true;
  return namesBesidePasswords(model).has(setting);
}

/** Whose key it is, or whom the mail is from: `SMTP_IAM_USER`, `SMTP_FROM_USER`. */
const otherUsers: ReadonlySet<string> = new Set(["iam", "from", "sender", "reply", "owner"]);

const namesBesidePasswords = perModel(
  (model): ReadonlySet<Setting> =>
    new Set(credentialPairs(model).flatMap(({ kind, ids }) => (kind === "smtp" ? ids : []))),
);

function judge(model: Model, mail: MailSetting): readonly Finding[] {
  return valuesOf(model, mail.setting, mail.guard).flatMap((one): readonly Finding[] => {
    return usersMeant(model, one.value).flatMap((meaning): readonly Finding[] => {
      const guard = both(one.guard, meaning.guard);
      return guard === undefined ? [] : [finding(model, mail, { ...one, meaning, guard })];
    });
  });
}

/** The user whose name, ARN or unique id a value is; users whose name it may be, where enough of both is known. */
function usersMeant(model: Model, value: Definite): readonly Meaning<User>[] {
  return meaningsOf(userNames(model), value).filter(({ certainty, resource }) => {
    return certainty === "yes" || (isPartlyKnown(value) && isPartlyKnown(resource.name));
  });
}

/** Is there a known character in it? */
function isPartlyKnown(value: Value): boolean {
  return value.kind === "text" && value.pieces.some((piece) => piece.kind === "known" && piece.text !== "");
}

interface Named extends SettingValue {
  readonly meaning: Meaning<User>;
}

function finding(model: Model, mail: MailSetting, named: Named): Finding {
  const { setting, group, host } = mail;
  const { meaning, value, guard, written } = named;
  const { resource: user, certainty, because } = meaning;
  const at = placeOfValue(model, written, value);
  const hosts = host === undefined ? [] : [hostStep(host)];
  const steps: readonly Step[] = [userStep(user), ...takenSteps(setting, named), ...hosts];
  const told = { at, subject: group.address, steps, guard };
  if (certainty === "maybe") {
    const message = say`Whether ${label(setting.name)}, a user name for Amazon SES, is the name of ${name(user.address)} cannot be told.`;
    return { ...told, verdict: "open", message, because };
  }
  const fix = fixOf(model, user);
  const message = say`${label(setting.name)} is used as SMTP user name with Amazon SES and is the ${nounOf(value)} of ${name(user.address)}, an IAM user.`;
  return { ...told, verdict: "fail", level: "error", message, ...(fix && { fix }) };
}

function nounOf(value: Definite): Message {
  const attribute = refOf(value)?.attribute;
  const [first] = value.kind === "text" ? value.pieces : [];
  if (attribute === "id") return name("unique id");
  return name(attribute === "arn" || (first?.kind === "known" && first.text.startsWith("arn:")) ? "ARN" : "name");
}

/** Where the user has one key, it is meant. */
function fixOf(model: Model, user: User): Message | undefined {
  const [only, ...others] = keysOf(model, user).filter(({ certainty }) => certainty === "yes");
  if (only === undefined || others.length > 0) return undefined;
  const { dialect } = model.unit;
  const id = dialect === "terraform" || dialect === "cdktf" ? `${only.key.address}.id` : `Ref: ${only.key.address}`;
  return say`Replace it with the access key id, ${name(id)}.`;
}
