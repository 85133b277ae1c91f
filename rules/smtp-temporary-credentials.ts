import type { Because, Finding, Step } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { kept } from "../src/core/map";
import { label, type Message, name, say } from "../src/core/message";
import { charactersIn, knownText, refOf, tracesOf } from "../src/core/text";
import type { Definite } from "../src/core/value";
import { byDefault } from "../src/model/defaults";
import { hostStep, mailSettings, type HostSetting, type MailSetting } from "../src/model/credentials/mail-settings";
import type { Model, Setting, SettingGroup } from "../src/model/model";
import { perModel } from "../src/model/per-model";
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
import { isPlaceholder } from "../src/model/credentials/shapes";
import { settingNameIn } from "../src/model/credentials/stated-names";

export const smtpTemporaryCredentials: Rule = {
  id: "smtp-temporary-credentials",
  title: "Temporary credentials for SMTP",
  level: "error",
  why: "The SMTP interface accepts access keys of IAM users only. Temporary credentials (of a role, from STS) need a session token, which SMTP has no place for: Amazon SES refuses passwords that are derived from them.",
  fix: "Give the mail client the SMTP credentials of an IAM user's access key.",
  openWhen: "it is not known what kind of credentials Vault is asked for",
  never: [
    "ids that begin with AKIA, and access keys of users in the input",
    "temporary credentials for the API beside other SMTP credentials",
    "hosts other than those of Amazon SES",
  ],
  sources: [
    theGuide(
      "smtp-credentials",
      "The SES SMTP interface doesn't support SMTP credentials that have been generated from temporary security credentials.",
    ),
  ],
  securitySeverity: 3,
  precision: "very-high",
  cwe: [],
  *check(model) {
    const reported = new Set<Setting>();
    const clients = new Map<SettingGroup, Set<Setting>>();
    for (const mail of usersFirst(mailSettings(model))) {
      const { host, group, setting, role } = mail;
      if (host === undefined || reported.has(setting)) continue; // Without a host of SES nobody knows whom it is for.
      const hosts = kept(clients, group, () => new Set());
      if (role === "smtp-password" && hosts.has(host.setting)) continue; // With its user name it is one defect.
      const [finding] = findingsOf(model, mail, host);
      if (finding === undefined) continue;
      reported.add(setting);
      hosts.add(host.setting);
      yield finding;
    }
  },
};

function usersFirst(mail: readonly MailSetting[]): readonly MailSetting[] {
  return [...mail.filter(({ role }) => role === "smtp-user"), ...mail.filter(({ role }) => role === "smtp-password")];
}

/** Why a value is a session's. */
interface Session {
  /** A clause after the setting's name: `is …`. */
  readonly says: Message;
  readonly steps: readonly Step[];
  readonly guard: Guard;
  /** What keeps it open; empty where it is sure. */
  readonly because: readonly Because[];
}

function findingsOf(model: Model, mail: MailSetting, host: HostSetting): readonly Finding[] {
  const { setting, group } = mail;
  return valuesOf(model, mail).flatMap((one): readonly Finding[] => {
    const own = sessionIn(one);
    const session = own ?? sharedWithSession(model, mail, one);
    if (session === undefined) return [];
    const { says, guard, because } = session;
    // What is right as the credentials of AWS beside it is wrong only where SMTP takes it.
    const at = (own === undefined ? placeOfTaking : placeOfValue)(model, one.written, one.value);
    const steps = [...session.steps, ...takenSteps(setting, one, at), hostStep(host)];
    const common = { at, subject: group.address, steps, guard };
    if (because.length > 0) {
      const message = say`Whether ${label(setting.name)}, which is used for SMTP with Amazon SES, ${says} cannot be decided.`;
      return [{ ...common, verdict: "open", message, because }];
    }
    const message = say`${label(setting.name)} is used for SMTP with Amazon SES but ${says}${byDefault(model, at)}.`;
    return [{ ...common, verdict: "fail", level: "error", message }];
  });
}

/** Does the value itself say that it is a session's? */
function sessionIn({ value, guard }: SettingValue): Session | undefined {
  const sure = (says: Message): Session => ({ says, steps: [], guard, because: [] });
  const ref = refOf(value);
  if (ref?.attribute.startsWith("session.") === true) return sure(say`comes from an STS session, ${name(ref.address)}`);
  if (ref?.attribute.startsWith("maybe_session.") === true && value.kind === "unknown") {
    const { reason, at } = value;
    return { says: say`comes from a session, ${name(ref.address)},`, steps: [], guard, because: [{ reason, at }] };
  }
  const text = value.kind === "text" ? charactersIn(value.pieces, "") : "";
  if (/^ASIA[A-Z0-9]{16}$/.test(text) && !isPlaceholder(text)) return sure(say`is the id of a temporary access key`);
  if (sessionCommand.test(text)) return sure(say`is read from the credentials of a role`);
  return undefined;
}

/** What a script asks for a session: the metadata of an instance or container, and the commands of STS. */
const sessionCommand =
  /iam\/security-credentials|AWS_CONTAINER_CREDENTIALS_(?:RELATIVE|FULL)_URI|\bsts (?:assume-role|get-session-token|get-federation-token)/;

/**
 * Is it the same text that stands beside it as the id or secret of AWS, with a session token? What no key of the unit
 * makes is then a session's.
 */
function sharedWithSession(model: Model, mail: MailSetting, one: SettingValue): Session | undefined {
  const key = tracesOf(one.value).length > 0 ? undefined : keyOf(mail.role, one.value);
  const beside = sessionsBeside(model).get(mail.group);
  if (key === undefined || beside === undefined) return undefined;
  const { token, halves } = beside;
  for (const { setting, guard } of halves.get(key) ?? []) {
    const joined = both(one.guard, guard);
    if (joined === undefined) continue;
    const steps = [
      { at: setting.nameAt, message: say`${label(setting.name)} is the same.` },
      { at: token.nameAt, message: say`${label(token.name)} is the token of the session.` },
    ];
    return {
      says: say`is the same as ${label(setting.name)}, beside a session token`,
      steps,
      guard: joined,
      because: [],
    };
  }
  return undefined;
}

/** A session token, and the ids and secrets of AWS beside it by what they are. */
interface SessionBeside {
  readonly token: Setting;
  readonly halves: ReadonlyMap<string, readonly { readonly setting: Setting; readonly guard: Guard }[]>;
}

const sessionsBeside = perModel((model): ReadonlyMap<SettingGroup, SessionBeside> => {
  return new Map(
    model.settings.flatMap((group): readonly [SettingGroup, SessionBeside][] => {
      const token = group.settings.find(isSessionToken);
      return token === undefined ? [] : [[group, { token, halves: halvesBeside(model, group, token) }]];
    }),
  );
});

function halvesBeside(model: Model, group: SettingGroup, token: Setting): SessionBeside["halves"] {
  const halves = new Map<string, { setting: Setting; guard: Guard }[]>();
  for (const setting of group.settings) {
    const said = settingNameIn(model, setting.name);
    const guard = both(token.guard, setting.guard);
    if (said?.specific !== true || said.foreign || guard === undefined) continue;
    const role = said.role === "aws-key-id" ? "smtp-user" : said.role === "aws-secret" ? "smtp-password" : undefined;
    if (role === undefined) continue;
    for (const { value, guard: when } of valuesOf(model, { group, setting, guard })) {
      if (tracesOf(value).length > 0) continue; // A key of the unit is none of a session.
      for (const key of [keyOf(role, value), variableKey(role, setting.name)]) {
        if (key === undefined) continue; // Nobody knows what it is the same as.
        const same = kept(halves, key, () => []);
        if (same.length < sameKept) same.push({ setting, guard: when });
      }
    }
  }
  return halves;
}

/** A program takes its key from one setting, or from another one where a condition says so. More tell nothing else. */
const sameKept = 8;

/** `AWS_SESSION_TOKEN`, and `AWS_SECURITY_TOKEN` of old; an empty one is none. */
function isSessionToken({ name: written, value }: Setting): boolean {
  const words = wordsOf(written).join(" ");
  return /\baws (?:session|security) token$/.test(words) && value.kind !== "null" && knownText(value) !== "";
}

/** Equal where two values of one role are the same text, whatever that is, or the same variable of a script. */
function keyOf(role: MailSetting["role"], value: Definite): string | undefined {
  if (value.kind === "unknown") return value.id === undefined ? undefined : `${role} unknown ${value.id}`;
  const text = knownText(value);
  const variable = /^\$(?:\{(\w+)\}|(\w+))(?:\s+#.*)?$/.exec(text ?? "");
  if (variable) return variableKey(role, variable[1] ?? variable[2] ?? "");
  return text === undefined || isPlaceholder(text) ? undefined : `${role} text ${text}`;
}

/** A script reads a variable that it has set: `SMTP_USERNAME=$AWS_ACCESS_KEY_ID`. */
function variableKey(role: MailSetting["role"], variable: string): string {
  return `${role} variable ${variable}`;
}
