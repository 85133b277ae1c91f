import type { Finding, Level } from "../src/core/finding";
import { whereAny } from "../src/core/guard";
import { put } from "../src/core/map";
import { label, name, say, type Message } from "../src/core/message";
import { isSecretForm } from "../src/model/credentials/credential-forms";
import {
  credentialOf,
  doubtsOf,
  flowsOf,
  isReadByReference,
  placeOf,
  stepsOf,
  unfollowed,
  type Flow,
} from "../src/model/credentials/flows";
import type { Model, Setting, SettingGroup, SettingPlace } from "../src/model/model";
import type { Rule } from "../src/model/rule";

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
        const { credential, form } = flow.trace;
        if (!isSecretForm(form) || isReadByReference(flow)) continue;
        const at = placeOf(flow, setting.value, setting.nameAt);
        const key = `${at.start} ${at.end} ${form} ${credential} ${at.file}`;
        put(found, key, { group, setting, place, flow, at });
      }
    }
    for (const same of found.values()) yield* judgeOnce(model, same);
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

/** One text that stands in several settings, or in one whatever is undecided beside it, is one defect. */
function judgeOnce(model: Model, same: readonly Plain[]): readonly Finding[] {
  const [first] = same;
  if (first === undefined) return [];
  const { setting, group, flow } = first;
  const own = same.filter((one) => one.group.address === group.address && one.setting.name === setting.name);
  const guards = own.map((one) => one.flow.guard);
  return [judge(model, { ...first, flow: { ...flow, guard: whereAny(guards) } })];
}

function judge(model: Model, { group, setting, place, flow, at }: Plain): Finding {
  const end = { at: setting.nameAt, message: say`${name(group.address)} takes it as ${label(setting.name)}.` };
  const common = { at, subject: group.address, steps: [...stepsOf(model, flow), end], guard: flow.guard };
  const where = say`${name(place.where)} of ${name(group.address)}`;
  const because = doubtsOf(flow);
  if (because.length > 0) {
    const message = say`Whether the ${credentialOf(flow)} stands in ${where} cannot be decided.`;
    return { ...common, verdict: "open", message, because };
  }
  const message = say`The ${credentialOf(flow)} stands in plain text in ${where}.`;
  const fix = fixOf(setting.place);
  return { ...common, verdict: "fail", level: place.level, message, ...(fix && { fix }) };
}

function fixOf(place: SettingPlace): Message | undefined {
  if (place === "ssm-string") return say`Put the credential into a parameter of type SecureString or a secret.`;
  if (place === "chart-values")
    return say`Put the credential into a Kubernetes secret that the chart reads, or into set_sensitive.`;
  return undefined;
}
