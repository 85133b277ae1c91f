import type { Finding, Level } from "../src/core/finding";
import { both, whereAny, type Guard } from "../src/core/guard";
import { limits } from "../src/core/limits";
import { put } from "../src/core/map";
import { label, name, say, type Message } from "../src/core/message";
import type { Secret } from "../src/core/secret";
import { spanKey } from "../src/core/source";
import { knownText, optionsOf, tracesOf } from "../src/core/text";
import type { CredentialForm } from "../src/core/value";
import { isSecretForm } from "../src/model/credentials/credential-forms";
import {
  credentialOf,
  doubtsOf,
  flowsOf,
  isReadByReference,
  nounOf,
  placeInSetting,
  stepsOf,
  unfollowed,
  type Flow,
} from "../src/model/credentials/flows";
import { writtenPasswords } from "../src/model/credentials/known-secrets";
import { mailSettings } from "../src/model/credentials/mail-settings";
import type { Model, Setting, SettingGroup, SettingPlace } from "../src/model/model";
import type { Rule } from "../src/model/rule";
import { isWritten } from "../src/model/written";

export const credentialInPlaintext: Rule = {
  id: "credential-in-plaintext",
  title: "Credential in plain text",
  level: "warning",
  why: "Whoever is allowed to describe the function, task, instance, parameter or document can read the credential, and so can every process that the text is handed on to.",
  fix: "Put the credential into a secret store, and give the program a reference to it.",
  openWhen: "a function on the way may keep a part of the credential only (substr, regex)",
  never: [
    "secrets of ECS, App Runner and CodeBuild, which name what a secret store keeps",
    "dynamic references of CloudFormation",
    "AWS Secrets Manager, parameters of type SecureString, kubernetes_secret, set_sensitive of Helm, and other secret stores",
    "access key ids, and what is encrypted with a PGP key",
    "arguments of a module that is not in the input, and the environment of a provisioner's command",
    "what is written in the source: hardcoded-aws-credentials and hardcoded-smtp-password report it",
  ],
  sources: [
    {
      title: "AWS Lambda Developer Guide, Working with Lambda environment variables",
      url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
      text: "To increase security, we recommend that you use AWS Secrets Manager instead of environment variables to store database credentials and other sensitive information like API keys or authorization tokens.",
    },
    {
      title: "Amazon EC2 User Guide, Use instance metadata to manage your EC2 instance",
      url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html",
      text: "Although you can only access instance metadata and user data from within the instance itself, the data is not protected by authentication or cryptographic methods.",
    },
  ],
  securitySeverity: 6.5,
  precision: "very-high",
  cwe: [312, 522],
  *check(model) {
    const found = new Map<string, Plain[]>();
    for (const { group, setting, place } of plainSettings(model)) {
      for (const flow of flowsOf(setting.value, setting.guard)) {
        const { credential, form, certainty } = flow.trace;
        if (!isSecretForm(form) || isReadByReference(flow)) continue;
        const at = placeInSetting(flow, setting);
        const one = certainty === "is" ? "all" : form; // Of several that it may be it is one.
        const key = `${one} ${credential} ${spanKey(at)}`;
        put(found, key, { group, setting, place, flow, at });
      }
    }
    for (const same of found.values()) yield* judgeOnce(model, same);
    yield* ofOthers(model);
  },
};

interface PlainSetting {
  readonly group: SettingGroup;
  readonly setting: Setting;
  readonly place: PlainPlace;
}

function plainSettings(model: Model): readonly PlainSetting[] {
  const left = unfollowed(model);
  return model.settings.flatMap((group) =>
    group.settings.flatMap((setting) => {
      const place = plainPlaces[setting.place];
      return place === undefined || left.has(setting) ? [] : [{ group, setting, place }];
    }),
  );
}

interface PlainPlace {
  readonly level: Level;
  readonly where: string;
}

/** Undefined: a credential may stand there, or nobody knows who reads it. */
const plainPlaces: Readonly<Record<SettingPlace, PlainPlace | undefined>> = {
  environment: { level: "warning", where: "the environment" },
  "chart-values": { level: "warning", where: "the values" },
  metadata: { level: "warning", where: "the metadata" },
  "user-data": { level: "error", where: "the user data" },
  tag: { level: "error", where: "the tags" },
  "ssm-string": { level: "error", where: "the value" },
  document: { level: "warning", where: "the content" },
  file: { level: "error", where: "the file" },
  command: { level: "error", where: "a command" },
  secret: undefined,
  "secret-reference": undefined,
  "handed-on": undefined,
  arguments: undefined,
};

interface Plain extends PlainSetting {
  readonly flow: Flow;
  readonly at: Finding["at"];
}

/**
 * One text that stands in several settings, or in one whatever is undecided beside it, is one defect; a key as a whole is
 * one with all its secrets.
 */
function judgeOnce(model: Model, same: readonly Plain[]): readonly Finding[] {
  const [first] = same;
  if (first === undefined) return [];
  const { setting, group, flow } = first;
  const own = same.filter((one) => one.group.address === group.address && one.setting.name === setting.name);
  const guards = own.map((one) => one.flow.guard);
  const forms = [...new Set(same.map((one) => one.flow.trace.form))];
  return [judge(model, { ...first, flow: { ...flow, guard: whereAny(guards) } }, forms)];
}

function judge(model: Model, { group, setting, place, flow, at }: Plain, forms: readonly CredentialForm[]): Finding {
  const end = { at: setting.nameAt, message: say`${name(group.address)} takes it as ${label(setting.name)}.` };
  const common = { at, subject: group.address, steps: [...stepsOf(model, flow), end], guard: flow.guard };
  const where = say`${name(place.where)} of ${name(group.address)}`;
  const because = doubtsOf(flow);
  if (because.length > 0) {
    const message = say`Whether the ${credentialOf(flow)} stands in ${where} cannot be decided.`;
    return { ...common, verdict: "open", message, because };
  }
  const stands = name(forms.length > 1 ? "stand" : "stands");
  const message = say`The ${credentialOf(flow, forms)} ${stands} in plain text in ${where}.`;
  const fix = fixOf(setting.place);
  return { ...common, verdict: "fail", level: place.level, message, ...(fix && { fix }) };
}

interface OthersSecret {
  readonly secret: Secret;
  readonly form: CredentialForm;
}

/**
 * Credentials of keys that are not in the input, which a plan or state has and nobody is known to have written: what is
 * written in the source is reported as that. Each once in what takes it, in the shortest text that holds it.
 */
function* ofOthers(model: Model): Iterable<Finding> {
  const secrets = othersSecrets(model);
  const shortest = new Map<string, { readonly length: number; readonly finding: Finding }>();
  for (const plain of secrets.length === 0 ? [] : plainSettings(model)) {
    const { group, setting } = plain;
    for (const { value, guard } of optionsOf(setting.value)) {
      const text = tracesOf(value).length === 0 ? knownText(value) : undefined;
      const own = text === undefined ? undefined : secrets.find(({ secret }) => secret.isIn(text));
      const joined = both(setting.guard, guard);
      if (text === undefined || own === undefined || joined === undefined) continue; // It holds none of these.
      const key = `${secrets.indexOf(own)} ${group.address}`;
      const { length } = text;
      if ((shortest.get(key)?.length ?? Infinity) <= length) continue;
      shortest.set(key, { length, finding: ofAnother(plain, own, joined) });
    }
  }
  for (const { finding } of shortest.values()) yield finding;
}

/** Those that have the shape of one, and a name or a host that says so. */
function othersSecrets(model: Model): readonly OthersSecret[] {
  if (model.isUnwritten === undefined) return [];
  const literals = model.literals.flatMap(({ kind, secret }): readonly OthersSecret[] =>
    kind === "access-key-id" ? [] : [{ secret, form: kind }],
  );
  const passwords = mailSettings(model)
    .filter(({ role, host }) => role === "smtp-password" && host !== undefined)
    .flatMap(({ setting, guard }) => writtenPasswords(setting.value, guard))
    .map(({ password }): OthersSecret => ({ secret: password, form: "smtp-password" }));
  return [...literals, ...passwords].filter(({ secret }) => !isWritten(model, secret)).slice(0, limits.options);
}

function ofAnother({ group, setting, place }: PlainSetting, { form }: OthersSecret, guard: Guard): Finding {
  const at = setting.nameAt;
  const where = say`${name(place.where)} of ${name(group.address)}`;
  const message = say`The ${nounOf(form)} of a key that is not in the input stands in plain text in ${where}.`;
  const steps = [{ at, message: say`${name(group.address)} takes it as ${label(setting.name)}.` }];
  const fix = fixOf(setting.place);
  return {
    verdict: "fail",
    level: place.level,
    at,
    subject: group.address,
    steps,
    guard,
    message,
    ...(fix && { fix }),
  };
}

function fixOf(place: SettingPlace): Message | undefined {
  if (place === "ssm-string") return say`Put the credential into a parameter of type SecureString or a secret.`;
  if (place === "chart-values")
    return say`Put the credential into a Kubernetes secret that the chart reads, or into set_sensitive.`;
  return undefined;
}
