import type { Step } from "../core/finding";
import { both, type Guard } from "../core/guard";
import { label, say } from "../core/message";
import type { Value } from "../core/value";
import type { Model, Setting, SettingGroup } from "./model";
import { perModel } from "./per-model";
import { settingName, wordsOf, type SettingName } from "./setting-names";
import { hostOf, type Host } from "./shapes";

/** A setting that a mail client takes its password or its user name from. */
export interface MailSetting {
  readonly role: "smtp-password" | "smtp-user";
  readonly group: SettingGroup;
  readonly setting: Setting;
  /** The SES host beside it; undefined where only the name of the setting says what it is. */
  readonly host: HostSetting | undefined;
  readonly guard: Guard;
}

/** A setting whose value is, or whose name says, a host. One for each value of a choice. */
export interface HostSetting {
  readonly setting: Setting;
  readonly host: Host;
  readonly guard: Guard;
}

/**
 * The settings of mail clients that are used with Amazon SES, or may be: an SES SMTP host stands beside them, or their
 * name says SMTP and no other provider's host stands beside them. In the order of the source.
 */
export const mailSettings = perModel((model: Model): readonly MailSetting[] => model.settings.flatMap(mailSettingsOf));

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

function mailSettingsOf(group: SettingGroup): readonly MailSetting[] {
  const settings = group.settings.map(named);
  const mail = settings.filter(({ said }) => said?.role === "smtp-password" || said?.role === "smtp-user");
  if (mail.length === 0) return [];
  const hosts = settings.flatMap((setting) => hostsIn(setting).map((host) => ({ ...setting, ...host })));
  return mail.flatMap((one) => besideHosts(group, one, nearestHosts(one, hosts, mail)));
}

function named(setting: Setting): Named {
  return {
    setting,
    said: settingName(setting.name),
    parts: setting.name.split("."),
    words: wordsOf(setting.name),
  };
}

/** Hosts of SES by their value under any name, others where the name says that a host stands here. */
function hostsIn({ setting, said }: Named): readonly HostSetting[] {
  return hostsOf(setting.value).flatMap(({ host, guard }) => {
    const joined = both(setting.guard, guard);
    const counts = isOfSes(host) || said?.role === "smtp-host";
    return joined !== undefined && counts ? [{ setting, host, guard: joined }] : [];
  });
}

function hostsOf(value: Value): readonly { readonly host: Host; readonly guard: Guard }[] {
  const options = value.kind === "choice" ? value.options : [{ guard: [], value }];
  return options.flatMap(({ guard, value: option }) => {
    const host = hostOf(option);
    return host === undefined ? [] : [{ host, guard }];
  });
}

function isOfSes(host: Host): boolean {
  return host.kind === "ses-smtp" || host.kind === "ses-api" || host.kind === "mail-manager";
}

type NamedHost = Named & HostSetting;

/** The hosts that are used with a setting: one inside its own value, otherwise those whose names have most in common. */
function nearestHosts(one: Named, hosts: readonly NamedHost[], mail: readonly Named[]): readonly HostSetting[] {
  const own = hosts.filter((host) => host.setting === one.setting && isOfSes(host.host));
  if (own.length > 0) return own;
  const beside = hosts.filter((host) => host.setting !== one.setting && isBeside(one, host, mail));
  const nearest = Math.max(...beside.map((host) => shared(host.words, one.words)));
  return beside.filter((host) => shared(host.words, one.words) === nearest);
}

/**
 * Are a setting and a host used together? In a flat environment all stand beside each other. In a nested document
 * they share the first part of their path; names that say no more than `password` or `host` share all of it.
 */
function isBeside(one: Named, host: NamedHost, mail: readonly Named[]): boolean {
  const generic = one.said?.specific === false;
  if (generic && mail.some((other) => isRival(one, other, host))) return false;
  const sameMap = isSameMap(one.parts, host.parts);
  if (generic) return sameMap;
  if (host.said?.specific === false && !isOfSes(host.host)) return sameMap && one.parts.length > 1;
  return one.parts.length === 1 || host.parts.length === 1 || one.parts[0] === host.parts[0];
}

/** `PASSWORD` is not the mail client's where `SMTP_PASSWORD` stands beside the same host. */
function isRival(one: Named, other: Named, host: Named): boolean {
  return other.said?.role === one.said?.role && other.said?.specific === true && isSameMap(other.parts, host.parts);
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
  const there = hosts.flatMap((host) => {
    const joined = both(guard, host.guard);
    return joined === undefined ? [] : [{ host, guard: joined }];
  });
  const ses = there.filter(({ host }) => host.host.kind === "ses-smtp");
  if (ses.length > 0) return ses.map((beside): MailSetting => ({ ...base, ...beside }));
  const kinds = there.map(({ host }) => host.host.kind);
  const foreign = kinds.length > 0 && kinds.every((kind) => kind === "other" || kind === "mail-manager");
  return foreign || said.foreign || !said.specific ? [] : [{ ...base, host: undefined, guard }];
}
