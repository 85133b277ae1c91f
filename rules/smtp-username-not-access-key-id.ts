import type { Finding, Step } from "../src/core/finding";
import { both } from "../src/core/guard";
import { kept, put } from "../src/core/map";
import { label, type Message, name, say } from "../src/core/message";
import { charactersIn, knownStart, optionsOf, refOf } from "../src/core/text";
import type { Definite, Value } from "../src/core/value";
import { credentialPairs, type CredentialPair } from "../src/model/credentials/credential-pairs";
import { doubtsOf, flowsInto, flowsOf, type Flow } from "../src/model/credentials/flows";
import { byDefault } from "../src/model/defaults";
import { isTerraform } from "../src/model/dialect";
import { hostStep, mailSettings, type MailSetting } from "../src/model/credentials/mail-settings";
import { judgeMisuse, misusesInSetting, takenStep, type TakenFor } from "../src/model/credentials/misuses";
import type { Model, Setting, SettingGroup, User } from "../src/model/model";
import { meaningsOf, surelyMeant, type Meaning } from "../src/model/principals/name-index";
import { perModel } from "../src/model/per-model";
import { keysOf, userNames, userStep } from "../src/model/principals/principals";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import {
  placeOfTaking,
  placeOfValue,
  takenSteps,
  valuesOf,
  type SettingValue,
} from "../src/model/credentials/setting-values";
import { wordsOf } from "../src/model/credentials/setting-names";
import { settingNameIn } from "../src/model/credentials/stated-names";

export const smtpUsernameNotAccessKeyId: Rule = {
  id: "smtp-username-not-access-key-id",
  title: "SMTP user name that is no access key id",
  level: "error",
  why: "The SMTP user name is the id of an access key. Amazon SES does not know the names and ARNs of IAM users, nor a password where the id belongs, and refuses the login.",
  fix: "Give the mail client the id of the user's access key.",
  openWhen: "a part of the text or of the user's name is not known, and it may be the user's name",
  never: [
    "ids of access keys, and texts that are the name of no IAM user of the input",
    "user names beside another provider's host, or with neither a host of Amazon SES nor the user's SMTP password beside",
    "the IAM user's name beside the id of its key, where that is the SMTP user name or both are outputs",
    "a user's name that is handed to a program which creates the credentials, or under a name that says IAM or whom mail is from (SMTP_IAM_USER, SMTP_FROM_USER)",
  ],
  sources: [theGuide("smtp-credentials", "the SMTP user name is the same as the AWS access key ID")],
  securitySeverity: 3,
  precision: "very-high",
  cwe: [],
  *check(model) {
    const reported = new Set<Setting>();
    for (const mail of mailSettings(model)) {
      if (!isUserName(mail) || reported.has(mail.setting)) continue; // Several hosts beside it are one defect.
      const findings = [...judge(model, mail), ...secretsIn(model, mail)];
      if (findings.length > 0) reported.add(mail.setting);
      yield* findings;
    }
  },
};

function isUserName({ role, setting }: MailSetting): boolean {
  return role === "smtp-user" && !saysOtherUser(setting);
}

function saysOtherUser({ name: written }: Setting): boolean {
  return wordsOf(written).some((word) => otherUsers.has(word));
}

/** What opens something, where the id belongs: most often the two are swapped. */
function secretsIn(model: Model, mail: MailSetting): readonly Finding[] {
  const { host, setting } = mail;
  if (host === undefined) return [];
  const password = pairsByName(model)
    .get(setting)
    ?.find(({ secret, guard }) =>
      flowsInto(model, secret, guard).some(({ trace }) => trace.form === "access-key-id"),
    )?.secret;
  const swapped = password && { at: password.nameAt, message: say`${label(password.name)} is an access key id.` };
  const fix = password && say`Swap ${label(setting.name)} and ${label(password.name)}.`;
  return misusesInSetting(model, mail, isSurelyOther).map((misuse) => {
    const read = misuse.first === undefined ? [] : [takenStep(misuse.sink, taken)];
    const beside = [...read, hostStep(host), ...(swapped === undefined ? [] : [swapped])];
    return judgeMisuse(model, { ...misuse, level: "error" }, taken, { beside, fix });
  });
}

/** What may be the id as well, of several that are kept together, is no sign that it is not. */
function isSurelyOther(flow: Flow): boolean {
  return flow.trace.form !== "access-key-id" && doubtsOf(flow).length === 0;
}

const taken: TakenFor = {
  noun: say`SMTP user name`,
  one: say`an SMTP user name`,
  use: say`an SMTP user name for Amazon SES`,
};

/** Whose key it is, or whom the mail is from: `SMTP_IAM_USER`, `SMTP_FROM_USER`. */
const otherUsers: ReadonlySet<string> = new Set(["iam", "from", "sender", "reply", "owner"]);

function judge(model: Model, mail: MailSetting): readonly Finding[] {
  return valuesOf(model, mail).flatMap((one): readonly Finding[] => {
    return usersMeant(model, one.value).flatMap((meaning): readonly Finding[] => {
      const guard = both(one.guard, meaning.guard);
      const beside = besideSes(model, mail, meaning.resource);
      return guard === undefined || beside === undefined
        ? []
        : [finding(model, mail, { ...one, meaning, guard, beside })];
    });
  });
}

/**
 * What shows that the name is for Amazon SES: a host, or the SMTP password of the very user. One that says `user` alone
 * could be anybody's where no password is beside; beside the key's id as user name, and where that is handed out, it is
 * the IAM user's name as such.
 */
function besideSes(model: Model, mail: MailSetting, user: User): Step | undefined {
  const { setting, group, host } = mail;
  const pairs = pairsByName(model).get(setting) ?? [];
  const keys = new Set(keysOf(model, user).map(({ key }) => key.address));
  const map = setting.name.slice(0, setting.name.lastIndexOf(".") + 1);
  const idsOf = kept(idsByKey, group, idsIn);
  const ids = [...keys].flatMap((key) => idsOf.get(key) ?? []).filter((id) => id.name.startsWith(map));
  const isTold = ids.some((id) => settingNameIn(model, id.name)?.role === "smtp-user");
  const isHandedOut = host === undefined || handedOut(model).has(group);
  if (isTold || (isHandedOut && ids.length > 0)) return undefined;
  if (host !== undefined) {
    const isNamed = settingNameIn(model, setting.name)?.specific === true && setting.place !== "handed-on";
    return isNamed || pairs.length > 0 ? hostStep(host) : undefined;
  }
  const isOwn = ({ trace }: Flow) => trace.form === "smtp-password" && keys.has(trace.credential);
  const own = pairs.find(({ secret }) => flowsOf(secret.value, secret.guard).some(isOwn));
  if (own === undefined) return undefined;
  return { at: own.secret.nameAt, message: say`${label(own.secret.name)} is the SMTP password of the user.` };
}

/** The settings of a group that hold the ids of keys, by the keys. */
function idsIn({ settings }: SettingGroup): ReadonlyMap<string, readonly Setting[]> {
  const ids = new Map<string, Setting[]>();
  for (const setting of settings) {
    const found = flowsOf(setting.value, setting.guard).filter(({ trace }) => trace.form === "access-key-id");
    for (const key of new Set(found.map(({ trace }) => trace.credential))) put(ids, key, setting);
  }
  return ids;
}

const idsByKey = new WeakMap<SettingGroup, ReadonlyMap<string, readonly Setting[]>>();

const handedOut = perModel((model): ReadonlySet<SettingGroup> => new Set(model.handedOut));

const pairsByName = perModel((model): ReadonlyMap<Setting, readonly CredentialPair[]> => {
  const pairs = new Map<Setting, CredentialPair[]>();
  for (const pair of credentialPairs(model).filter(({ kind }) => kind === "smtp")) {
    for (const id of pair.ids) put(pairs, id, pair);
  }
  return pairs;
});

/** The user whose name, ARN or unique id a value is; users whose name it may be, where enough of both is known. */
function usersMeant(model: Model, value: Definite): readonly Meaning<User>[] {
  const names = userNames(model);
  if (!isPartlyKnown(value)) return surelyMeant(names, value);
  return meaningsOf(names, value).filter(({ certainty, resource }) => {
    return certainty === "yes" || isPartlyKnown(resource.name);
  });
}

/** Is there a known character in it? */
function isPartlyKnown(value: Value): boolean {
  return value.kind === "text" && charactersIn(value.pieces, "") !== "";
}

interface Named extends SettingValue {
  readonly meaning: Meaning<User>;
  readonly beside: Step;
}

function finding(model: Model, mail: MailSetting, named: Named): Finding {
  const { setting, group } = mail;
  const { meaning, value, guard, beside } = named;
  const { resource: user, certainty, because } = meaning;
  // What says that it is the IAM user is right, and who reads it as a user name of SMTP is wrong.
  const written = saysOtherUser(named.written) ? setting : named.written;
  // Its name, or its ARN, which is made of it where the user stands.
  const isItsOwn = [user.at, ...optionsOf(user.name).map((one) => one.value.at)].some(
    (at) => at.file === value.at.file && at.start === value.at.start,
  );
  const isRight = isItsOwn || written !== named.written;
  const at = (isRight ? placeOfTaking : placeOfValue)(model, written, value);
  const steps = [userStep(user), ...takenSteps(setting, { written }, at), beside];
  const common = { at, subject: group.address, steps, guard };
  if (certainty === "maybe") {
    const message = say`Whether ${label(setting.name)}, a user name for Amazon SES, is the name of ${name(user.address)} cannot be decided.`;
    return { ...common, verdict: "open", message, because };
  }
  const fix = fixOf(model, user);
  const message = say`${label(setting.name)} is used as an SMTP user name for Amazon SES but is${byDefault(model, at)} the ${nounOf(value)} of ${name(user.address)}, an IAM user.`;
  return { ...common, verdict: "fail", level: "error", message, ...(fix && { fix }) };
}

function nounOf(value: Definite): Message {
  const attribute = refOf(value)?.attribute;
  if (attribute === "id") return name("unique id");
  return name(attribute === "arn" || knownStart(value).startsWith("arn:") ? "ARN" : "name");
}

/** Where the user has one key, it is meant. */
function fixOf(model: Model, user: User): Message | undefined {
  const [only, ...others] = keysOf(model, user).filter(({ certainty }) => certainty === "yes");
  if (only === undefined || others.length > 0) return undefined;
  const id = isTerraform(model.unit) ? `${only.key.address}.id` : `Ref: ${only.key.address}`;
  return say`Replace it with the access key id, ${name(id)}.`;
}
