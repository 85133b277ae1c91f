import type { Failure, Step } from "../src/core/finding";
import { both } from "../src/core/guard";
import { put } from "../src/core/map";
import { label, type Message, name, say } from "../src/core/message";
import { spanKey } from "../src/core/source";
import { knownStart, knownText, optionsOf } from "../src/core/text";
import type { Value } from "../src/core/value";
import { firstNamed } from "../src/model/credentials/first-named";
import { byDefault } from "../src/model/defaults";
import { mailAtApi, type MailAtApi } from "../src/model/credentials/mail-settings";
import type { Model, Setting, SettingGroup } from "../src/model/model";
import { perModel } from "../src/model/per-model";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { placeOfTaking, placeOfValue, takenSteps, valuesOf } from "../src/model/credentials/setting-values";
import { wordsOf } from "../src/model/credentials/setting-names";
import { hostOf, type Host } from "../src/model/credentials/shapes";
import { settingNameIn } from "../src/model/credentials/stated-names";

export const sesEndpointMismatch: Rule = {
  id: "ses-endpoint-mismatch",
  title: "Endpoint of the wrong interface of Amazon SES",
  level: "error",
  why: "Amazon SES speaks SMTP at email-smtp.<region>.amazonaws.com and its HTTPS API at email.<region>.amazonaws.com: neither answers what is meant for the other.",
  fix: "Replace the host with that of the interface whose credentials stand beside it.",
  openWhen: "never: the first label of a host says which interface it is",
  never: [
    "hosts of Mail Manager, of inbound and feedback mail, and of other providers",
    "the API's endpoint under a name of its own (SES_ENDPOINT), or where a mailer sends by the API",
    "hosts beside which no credentials of a mail client stand",
  ],
  sources: [
    theDocument("To connect to the SES SMTP interface, you use your SES SMTP credentials."),
    theGuide("smtp-connect", "To send email using the Amazon SES SMTP interface, you connect to an SMTP endpoint."),
  ],
  securitySeverity: 2,
  precision: "very-high",
  cwe: [],
  *check(model) {
    yield* apisAsHost(model);
    for (const group of model.settings) yield* hostsAsApi(model, group);
  },
};

/** The HTTPS API as host of a mail client, once a host. */
function* apisAsHost(model: Model): Iterable<Failure> {
  const reported = new Set<Setting>();
  const byApi = new Set(model.settings.filter((group) => group.settings.some(sendsByApi)));
  for (const beside of mailAtApi(model)) {
    const { setting } = beside.host;
    if (reported.has(setting) || byApi.has(beside.group) || !isOfMailClient(beside)) continue;
    reported.add(setting);
    yield apiAsHost(model, beside);
  }
}

/** Does SMTP connect to it? A name that does not say SMTP is used so where a password stands beside it. */
function isOfMailClient({ host, role }: MailAtApi): boolean {
  const words = wordsOf(host.setting.name);
  if (words.includes("api")) return false;
  if (words.some((word) => smtpWords.has(word))) return true;
  const isUrl = /^\s*http/i.test(knownStart(host.value));
  return role === "smtp-password" && !isUrl && !words.includes("endpoint");
}

const smtpWords: ReadonlySet<string> = new Set(
  "smtp smtps relay smart sasl sendmail postfix exim msmtp ssmtp".split(" "),
);

/** `MAIL_MAILER=ses`: the settings of SMTP are there, and nobody reads them. */
function sendsByApi({ name: written, value }: Setting): boolean {
  const last = wordsOf(written).at(-1) ?? "";
  return mailerWords.has(last) && /^(?:ses|sesv2|ses[-_+](?:v2|api|https))/i.test(knownText(value) ?? "");
}

const mailerWords: ReadonlySet<string> = new Set(
  "mailer driver transport backend provider method protocol service type".split(" "),
);

function apiAsHost(model: Model, mail: MailAtApi): Failure {
  const { setting, host, group, guard } = mail;
  const beside: Step = { at: setting.nameAt, message: say`${label(setting.name)} stands beside it.` };
  const fix = smtpHostOf(host.host);
  const written = writtenHost(model, mail);
  const at = (written === undefined ? placeOfTaking : placeOfValue)(model, written ?? host.setting, host.value);
  return {
    verdict: "fail",
    level: "error",
    at,
    subject: group.address,
    message: say`${label(host.setting.name)} is the host of a mail client but${byDefault(model, at)} the endpoint of the HTTPS API of Amazon SES, which does not speak SMTP.`,
    steps: [...takenSteps(host.setting, { written: written ?? host.setting }, at), beside],
    guard,
    ...(fix && { fix }),
  };
}

/** Undefined: an output that calls it the API, or an endpoint of it, is right; who takes it for a host of SMTP is wrong. */
function writtenHost(model: Model, mail: MailAtApi): Setting | undefined {
  const { group, host } = mail;
  if (isTakenBy(model, host.value, isApiEndpoint)) return undefined;
  const first = firstNamed(model, { address: group.address, setting: host.setting }, host.value);
  if (first === undefined) return host.setting;
  return isOfMailClient({ ...mail, host: { ...host, setting: first.setting } }) ? first.setting : undefined;
}

/** Is there a setting that is right to have what is written there? */
function isTakenBy(model: Model, { at }: Value, isRight: (setting: Setting) => boolean): boolean {
  return takersOf(model).get(spanKey(at))?.some(isRight) === true;
}

/** The settings that have a text, by the place where it is written. */
const takersOf = perModel((model): ReadonlyMap<string, readonly Setting[]> => {
  const takers = new Map<string, Setting[]>();
  for (const setting of model.settings.flatMap(({ settings }) => settings)) {
    for (const { value } of optionsOf(setting.value))
      if (value.kind === "text") put(takers, spanKey(value.at), setting);
  }
  return takers;
});

function isSmtpHost(model: Model, setting: Setting): boolean {
  return !isApiEndpoint(setting) && settingNameIn(model, setting.name)?.role === "smtp-host";
}

function smtpHostOf({ region }: Host): Message | undefined {
  if (region === undefined) return undefined;
  const suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
  return say`Replace the host with ${name(`email-smtp.${region}${suffix}`)}.`;
}

/** An SMTP host as endpoint of the API. */
function* hostsAsApi(model: Model, group: SettingGroup): Iterable<Failure> {
  for (const setting of apiEndpoints(model, group)) {
    const guard = both(group.guard, setting.guard);
    if (guard === undefined) continue;
    for (const one of valuesOf(model, { group, setting, guard })) {
      if (hostOf(one.value)?.kind !== "ses-smtp") continue;
      // What is right under another name, or for another reader, is wrong where it is called an endpoint.
      const isRight =
        isSmtpHost(model, one.written) || isTakenBy(model, one.value, (other) => isSmtpHost(model, other));
      const called = isApiEndpoint(one.written) ? one.written : setting;
      const at = isRight ? placeOfTaking(model, called, one.value) : placeOfValue(model, one.written, one.value);
      yield {
        verdict: "fail",
        level: "error",
        at,
        subject: group.address,
        message: say`${label(setting.name)} is an endpoint of the API but${byDefault(model, at)} a host of the SMTP interface of Amazon SES, which does not speak HTTPS.`,
        steps: takenSteps(setting, one, at),
        fix: say`Remove the endpoint: whoever calls the API finds it by the region.`,
        guard: one.guard,
      };
      break; // Several values of one setting are one defect.
    }
  }
}

/** The names of AWS itself, or another endpoint with the credentials of the API beside it and none of SMTP. */
function apiEndpoints(model: Model, { settings }: SettingGroup): readonly Setting[] {
  const endpoints = settings.filter(isApiEndpoint);
  if (endpoints.every(({ name: written }) => ownEndpoint.test(written))) return endpoints;
  const roles = settings.map((one) => settingNameIn(model, one.name)?.role);
  const isOfApi = roles.includes("aws-secret") && !roles.includes("smtp-password");
  return isOfApi ? endpoints : endpoints.filter(({ name: written }) => ownEndpoint.test(written));
}

function isApiEndpoint({ name: written }: Setting): boolean {
  return ownEndpoint.test(written) || isEndpoint(written);
}

/** `MAILER_ENDPOINT_URL`, and under names of SES or AWS an endpoint of any kind: `AWS_SES_REGION_ENDPOINT` of django-ses. */
function isEndpoint(written: string): boolean {
  const words = wordsOf(written);
  if (words.at(-1) === "url" && words.at(-2) === "endpoint") return true;
  if (words.at(-1) !== "endpoint" || words.some((word) => smtpWords.has(word))) return false;
  return words.includes("ses") || words.includes("aws");
}

/** AWS SDKs and Tools Reference Guide, "Service-specific endpoints"; the `endpoints` block of Terraform's provider. */
const ownEndpoint = /^(?:.*\.)?AWS_ENDPOINT_URL_SES(?:V2)?$|^provider\.aws\.(?:.*\.)?endpoints\.(?:ses|sesv2)$/;
