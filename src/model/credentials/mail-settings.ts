import type { Step } from "../../core/finding";
import { allAtOnce, both, guardKey, whereAny, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { kept } from "../../core/map";
import { label, say } from "../../core/message";
import { optionsOf } from "../../core/text";
import type { Value } from "../../core/value";
import type { Model, Setting, SettingGroup } from "../model";
import { perModel } from "../per-model";
import { wordsApart, wordsOf, type SettingName, type SettingRole } from "./setting-names";
import { hostOf, type Host } from "./shapes";
import { settingNameIn } from "./stated-names";

/** A setting that a mail client takes its password or its user name from. */
export interface MailSetting {
  readonly role: "smtp-password" | "smtp-user";
  readonly group: SettingGroup;
  readonly setting: Setting;
  /** The SES host beside it; undefined where only the name of the setting says what it is. */
  readonly host: HostSetting | undefined;
  /** All SES hosts that stand beside it as near, the one above too: nobody knows which of several is meant. */
  readonly hosts: readonly HostSetting[];
  /** Where the setting is there beside any SES host. */
  readonly guard: Guard;
}

/** A setting whose value is, or whose name says, a host. One for each value of a choice. */
export interface HostSetting {
  readonly setting: Setting;
  /** The value, or the one of its options. */
  readonly value: Value;
  readonly host: Host;
  readonly guard: Guard;
}

/**
 * The settings of mail clients that are used with Amazon SES, or may be: an SES SMTP host stands beside them, or their
 * name says SMTP and no other provider's host stands beside them. In the order of the source.
 */
export const mailSettings = perModel((model: Model): readonly MailSetting[] =>
  usedTogether(model).flatMap((group) => mailSettingsOf(model, group)),
);

/** All settings that stand side by side, those that are handed out too. */
export function usedTogether(model: Model): readonly SettingGroup[] {
  return [...model.settings, ...model.handedOut];
}

/** A setting of a mail client beside which the HTTPS API of Amazon SES stands as the host. */
export interface MailAtApi {
  readonly role: SettingRole | undefined;
  readonly group: SettingGroup;
  readonly setting: Setting;
  readonly host: HostSetting;
  readonly guard: Guard;
}

/** The settings of mail clients that would connect to the HTTPS API. In the order of the source. */
export const mailAtApi = perModel((model: Model): readonly MailAtApi[] =>
  usedTogether(model).flatMap((group) => mailAtApiOf(model, group)),
);

function mailAtApiOf(model: Model, group: SettingGroup): readonly MailAtApi[] {
  const { mail, hosts } = mailAndHosts(model, group);
  if (isCrowded({ mail, hosts }) || !hosts.some(isApiAsHost)) return [];
  const rivals = rivalsOf(mail);
  return mail.flatMap((one) =>
    nearestHosts(one, hosts, rivals)
      .filter(isApiAsHost)
      .flatMap((host): readonly MailAtApi[] => {
        const guard = allAtOnce([group.guard, one.setting.guard, host.guard]);
        return guard === undefined ? [] : [{ role: one.said?.role, group, setting: one.setting, host, guard }];
      }),
  );
}

/** Does the name say that a mail client's host stands here? */
function isApiAsHost({ host, said }: NamedHost): boolean {
  return host.kind === "ses-api" && said?.role === "smtp-host";
}

/** The host as evidence. */
export function hostStep({ setting }: HostSetting): Step {
  return { at: setting.value.at, message: say`${label(setting.name)} is a host of Amazon SES.` };
}

/** A setting with what its name says; the parts of its path are the maps that it stands in. */
interface Named {
  readonly setting: Setting;
  readonly said: SettingName | undefined;
  readonly parts: readonly string[];
  readonly words: readonly string[];
}

/** Groups with so many hosts and settings that only the names say what a setting is. */
export const crowdedGroups = perModel((model: Model): readonly SettingGroup[] =>
  usedTogether(model).filter((group) => isCrowded(mailAndHosts(model, group))),
);

interface MailAndHosts {
  readonly mail: readonly Named[];
  readonly hosts: readonly NamedHost[];
}

function mailSettingsOf(model: Model, group: SettingGroup): readonly MailSetting[] {
  const { mail, hosts } = mailAndHosts(model, group);
  if (isCrowded({ mail, hosts })) return mail.flatMap((one) => besideHosts(group, one, []));
  const rivals = rivalsOf(mail);
  return mail.flatMap((one) => besideHosts(group, one, nearestHosts(one, hosts, rivals)));
}

function mailAndHosts(model: Model, group: SettingGroup): MailAndHosts {
  const settings = group.settings.map((setting) => named(model, setting));
  const mail = settings.filter(({ said }) => said?.role === "smtp-password" || said?.role === "smtp-user");
  if (mail.length === 0) return { mail, hosts: [] };
  return { mail, hosts: settings.flatMap((setting) => hostsIn(setting).map((host) => ({ ...setting, ...host }))) };
}

function isCrowded({ mail, hosts }: MailAndHosts): boolean {
  return mail.length * hosts.length > limits.neighbours;
}

function named(model: Model, setting: Setting): Named {
  return {
    setting,
    said: settingNameIn(model, setting.name),
    parts: setting.name.split("."),
    words: wordsOf(setting.name),
  };
}

/** Hosts of SES by their value under any name, others where the name says that a host stands here. */
function hostsIn({ setting, said }: Named): readonly HostSetting[] {
  return hostsOf(setting.value).flatMap(({ host, value, guard }) => {
    const joined = both(setting.guard, guard);
    const counts = isOfSes(host) || said?.role === "smtp-host";
    return joined !== undefined && counts ? [{ setting, value, host, guard: joined }] : [];
  });
}

function hostsOf(value: Value): readonly Omit<HostSetting, "setting">[] {
  return optionsOf(value).flatMap(({ guard, value: option }) => {
    const host = hostOf(option);
    return host === undefined ? [] : [{ host, value: option, guard }];
  });
}

function isOfSes(host: Host): boolean {
  return host.kind === "ses-smtp" || host.kind === "ses-api" || host.kind === "mail-manager";
}

type NamedHost = Named & HostSetting;

/**
 * The hosts that are used with a setting: one inside its own value, otherwise those whose names have most in common from
 * their start, and then at all.
 */
function nearestHosts(one: Named, hosts: readonly NamedHost[], rivals: Rivals): readonly NamedHost[] {
  const own = hosts.filter((host) => host.setting === one.setting && isOfSes(host.host));
  if (own.length > 0) return own;
  const beside = hosts.filter((host) => host.setting !== one.setting && isBeside(one, host, rivals));
  const nearest = beside.reduce((most, host) => Math.max(most, shared(host.words, one.words)), 0);
  const near = beside.filter((host) => shared(host.words, one.words) === nearest);
  const least = near.reduce((fewest, host) => Math.min(fewest, wordsApart(host.words, one.words)), Infinity);
  return near.filter((host) => wordsApart(host.words, one.words) === least);
}

/**
 * Are a setting and a host used together? In a flat environment all stand beside each other. In a nested document
 * they share the first part of their path; names that say no more than `password` or `host` share all of it.
 */
function isBeside(one: Named, host: NamedHost, rivals: Rivals): boolean {
  const generic = one.said?.specific === false;
  if (generic && rivals(one, host)) return false;
  const sameMap = isSameMap(one.parts, host.parts);
  if (generic) return sameMap;
  if (host.said?.specific === false && !isOfSes(host.host)) return sameMap && one.parts.length > 1;
  return one.parts.length === 1 || host.parts.length === 1 || one.parts[0] === host.parts[0];
}

/** Does a setting with a name that says more take its place beside a host? */
type Rivals = (one: Named, host: Named) => boolean;

/** `PASSWORD` is not the mail client's where `SMTP_PASSWORD` stands beside the same host. Worked out once a host. */
function rivalsOf(mail: readonly Named[]): Rivals {
  const specific = mail.filter(({ said }) => said?.specific === true);
  const known = new Map<Named, ReadonlySet<SettingRole | undefined>>();
  return (one, host) => {
    const roles = kept(known, host, ({ parts }) => {
      const besideIt = specific.filter((other) => isSameMap(other.parts, parts));
      return new Set(besideIt.map(({ said }) => said?.role));
    });
    return roles.has(one.said?.role);
  };
}

/** Is the map of one the map of the other, or inside it (`host` beside `auth.pass`)? */
function isSameMap(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return shared(short, long) === short.length - 1 && long.length - short.length <= 1;
}

/** How many first words two names have in common. */
function shared(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

function besideHosts(group: SettingGroup, one: Named, hosts: readonly HostSetting[]): readonly MailSetting[] {
  const { setting, said } = one;
  const guard = both(group.guard, setting.guard);
  if (guard === undefined || (said?.role !== "smtp-password" && said?.role !== "smtp-user")) return [];
  const base = { role: said.role, group, setting };
  // A host that is there only where the setting is not stands beside nothing.
  const all = hosts.filter((host) => host.host.kind === "ses-smtp");
  const there = eachGuardOnce(hosts).flatMap((host) => {
    const joined = both(guard, host.guard);
    return joined === undefined ? [] : [{ host, guard: joined }];
  });
  const ses = there.filter(({ host }) => host.host.kind === "ses-smtp");
  const anyHost = whereAny(ses.map((beside) => beside.guard));
  if (ses.length > 0) return ses.map(({ host }): MailSetting => ({ ...base, host, hosts: all, guard: anyHost }));
  const kinds = there.map(({ host }) => host.host.kind);
  const foreign = kinds.length > 0 && kinds.every((kind) => kind === "other" || kind === "mail-manager");
  return foreign || said.foreign || !said.specific ? [] : [{ ...base, host: undefined, hosts: [], guard }];
}

/** Of hosts that are there under the same guard, the first is evidence enough. */
function eachGuardOnce(hosts: readonly HostSetting[]): readonly HostSetting[] {
  const found = new Map<string, HostSetting>();
  for (const host of hosts) {
    const key = `${host.host.kind} ${guardKey(host.guard)}`;
    if (!found.has(key)) found.set(key, host);
  }
  return [...found.values()];
}
