import type { Step } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { kept, put } from "../../core/map";
import { label, type Message, name, say } from "../../core/message";
import type { Span } from "../../core/source";
import { knownText, refOf, tracesOf } from "../../core/text";
import type { CredentialForm, Trace, Value } from "../../core/value";
import { isSecretKeyForm, isSmtpForm } from "./credential-forms";
import {
  flowsInto,
  flowsOf,
  flowsOut,
  nounOf,
  pathSteps,
  placeInOutput,
  placeInSetting,
  stepsOf,
  type Flow,
} from "./flows";
import { hostStep, mailSettings, type MailSetting } from "./mail-settings";
import type { Converter, Model, Output, Setting, SettingGroup } from "../model";
import { perModel } from "../per-model";
import { wordsOf } from "./setting-names";
import { settingNameIn } from "./stated-names";

/** What a credential is used for, proven by where its text goes. */
export interface CredentialUse {
  /** "kept": a secret access key stands in one record with its SMTP password; whoever reads that is given both. */
  readonly use: "smtp" | "api" | "kept";
  /** Address of the key that makes the credential. */
  readonly credential: string;
  readonly form: CredentialForm;
  readonly guard: Guard;
  /** It is kept in a store under a name that is no variable of AWS's: nobody is known to read it there. */
  readonly stored: boolean;
  /** The text that puts it to the use. */
  readonly at: Span;
  /** From the key to where its text ends. */
  readonly steps: readonly Step[];
  /** Why it is such a use, as a clause: `its secret is used as …`. */
  readonly because: Message;
}

/** The uses of every credential of the unit, by the address of its key. */
export const credentialUses = perModel((model: Model): ReadonlyMap<string, readonly CredentialUse[]> => {
  const uses = new Map<string, CredentialUse[]>();
  for (const use of [...usesInSettings(model), ...usesInOutputs(model), ...usesByConverters(model)]) {
    put(uses, use.credential, use);
  }
  return uses;
});

function usesInSettings(model: Model): readonly CredentialUse[] {
  const mail = new Map<Setting, MailSetting[]>();
  for (const one of mailSettings(model)) put(mail, one.setting, one);
  const usesIn = (groups: readonly SettingGroup[], usesOf: (model: Model, sink: Sink) => readonly CredentialUse[]) =>
    groups.flatMap((group) => {
      const passwords = passwordsIn(group);
      return group.settings.flatMap((setting) => {
        const guard = both(group.guard, setting.guard);
        if (guard === undefined) return [];
        const places = mail.get(setting) ?? [];
        return flowsInto(model, setting, guard)
          .filter(({ trace }) => trace.certainty === "is")
          .flatMap((flow) => usesOf(model, { group, setting, flow, places, passwords }));
      });
    });
  // What is handed out is used where it is read; only a host of SES beside it says for what.
  return [...usesIn(model.settings, usesOfFlow), ...usesIn(model.handedOut, usesBesideSes)];
}

/** The keys whose SMTP passwords stand in the group. */
function passwordsIn({ settings }: SettingGroup): ReadonlySet<string> {
  const traces = settings.flatMap(({ value }) => tracesOf(value));
  return new Set(traces.filter(({ form }) => isSmtpForm(form)).map(({ credential }) => credential));
}

interface Sink {
  readonly group: SettingGroup;
  readonly setting: Setting;
  readonly flow: Flow;
  /** What the setting is to a mail client, under the guards of the hosts beside it. */
  readonly places: readonly MailSetting[];
  /** The keys whose SMTP passwords stand beside it. */
  readonly passwords: ReadonlySet<string>;
}

function usesOfFlow(model: Model, sink: Sink): readonly CredentialUse[] {
  switch (sink.flow.trace.form) {
    case "smtp-password":
    case "encrypted-smtp-password":
    case "smtp-password-v2":
      return isSmtpSink(model, sink) ? [useOf(model, sink, "smtp", undefined)] : [];
    case "access-key-id":
    case "console-password":
      return usesBesideSes(model, sink);
    case "secret-access-key":
      return [...usesBesideSes(model, sink), ...apiUse(model, sink), ...keptUse(model, sink)];
    case "encrypted-secret-access-key":
      return [];
  }
}

function usesBesideSes(model: Model, sink: Sink): readonly CredentialUse[] {
  switch (sink.flow.trace.form) {
    case "access-key-id":
      return besideSes(model, sink, "smtp-user");
    case "secret-access-key":
      return besideSes(model, sink, "smtp-password");
    case "encrypted-secret-access-key":
    case "smtp-password":
    case "encrypted-smtp-password":
    case "smtp-password-v2":
    case "console-password":
      return [];
  }
}

/**
 * An SMTP password is made to be used so: anywhere but in a setting of AWS or beside another provider's host. Of what is
 * kept in a store under AWS's own name it is the name that is wrong.
 */
function isSmtpSink(model: Model, { group, setting, places }: Sink): boolean {
  const said = settingNameIn(model, setting.name);
  if (said === undefined || said.role === "smtp-host" || said.role === "aws-region") return true;
  if (said.role === "aws-secret" || said.role === "aws-key-id") return said.foreign || group.kind === "store";
  return places.length > 0 || (!said.specific && !said.foreign);
}

function besideSes(model: Model, sink: Sink, role: MailSetting["role"]): readonly CredentialUse[] {
  return sink.places
    .filter((place) => place.role === role && place.host !== undefined)
    .flatMap((place) => {
      const guard = both(sink.flow.guard, place.guard);
      return guard === undefined ? [] : [{ ...useOf(model, sink, "smtp", place), guard }];
    });
}

function apiUse(model: Model, sink: Sink): readonly CredentialUse[] {
  const said = settingNameIn(model, sink.setting.name);
  return said?.role === "aws-secret" && !said.foreign ? [useOf(model, sink, "api", undefined)] : [];
}

/** The raw key in one record with the SMTP password is there for something else than mail. */
function keptUse(model: Model, sink: Sink): readonly CredentialUse[] {
  const { setting, flow, passwords } = sink;
  const { credential, form } = flow.trace;
  const isMailPassword = settingNameIn(model, setting.name)?.role === "smtp-password";
  if (isMailPassword || setting.place === "handed-on" || !passwords.has(credential)) return [];
  const because = say`its ${nounOf(form)} is kept as ${label(setting.name)} beside its SMTP password`;
  return [{ ...useOf(model, sink, "kept", undefined), because }];
}

function useOf(model: Model, sink: Sink, use: CredentialUse["use"], beside: MailSetting | undefined): CredentialUse {
  const { setting, group, flow } = sink;
  const noun = nounOf(flow.trace.form);
  const end: Step = {
    at: setting.nameAt,
    message: say`${name(group.address)} takes the ${noun} as ${label(setting.name)}.`,
  };
  const host = beside?.host === undefined ? [] : [hostStep(beside.host)];
  return {
    use,
    credential: flow.trace.credential,
    form: flow.trace.form,
    guard: flow.guard,
    stored: group.kind === "store" && !isAwsVariable(setting.name),
    at: placeInSetting(flow, setting),
    steps: [...stepsOf(model, flow), end, ...host],
    because: say`its ${noun} is used as ${label(setting.name)} of ${name(group.address)}`,
  };
}

/**
 * Does a name end as the variables do that programs for AWS read: `api.AWS_SECRET_ACCESS_KEY`? `IAM_SECRET_ACCESS_KEY` is
 * what somebody calls a key that is kept.
 */
function isAwsVariable(name: string): boolean {
  return /(?:^|[./_])AWS_[A-Z0-9_]+$/.test(name);
}

/** An SMTP password that the unit hands out is made for a mail client. */
function usesInOutputs(model: Model): readonly CredentialUse[] {
  return [...model.outputs, ...model.innerOutputs].flatMap((output) =>
    flowsOut(model, output)
      .filter(({ trace }) => trace.certainty === "is" && isSmtpForm(trace.form))
      .filter((flow) => !isPassedThrough(model, output, flow))
      .map((flow): CredentialUse => ({
        use: "smtp",
        credential: flow.trace.credential,
        form: flow.trace.form,
        guard: flow.guard,
        stored: false,
        at: placeInOutput(flow, output),
        steps: [
          ...stepsOf(model, flow),
          { at: output.at, message: say`Output ${name(output.name)} hands out the ${nounOf(flow.trace.form)}.` },
        ],
        because: say`its ${nounOf(flow.trace.form)} is handed out as output ${name(output.name)}`,
      })),
  );
}

/**
 * A module for users of any kind hands out all that a key has: in one output, be it a map or the key itself, or its SMTP
 * password with the raw secret in an output beside it. That says nothing of what the user is for: a module's callers do,
 * who read the one or the other, and outside of the unit an output that is named for more than the attribute.
 */
function isPassedThrough(model: Model, output: Output, { trace }: Flow): boolean {
  const secrets = secretsBeside(model, output, trace.credential);
  if (output.value.kind !== "text" && secrets.includes(output)) return true;
  const isGeneric = innerOutputs(model).has(output) || isNamedLikeAttribute(output, trace);
  return isGeneric && isWhole(output.value) && secrets.length > 0;
}

const innerOutputs = perModel((model): ReadonlySet<Output> => new Set(model.innerOutputs));

/** `SMTPPassword` of `Key.SMTPPassword`, `mail_ses_smtp_password` of `aws_iam_access_key.mail.ses_smtp_password_v4`. */
function isNamedLikeAttribute(output: Output, { path }: Trace): boolean {
  const [first = path] = pathSteps(path);
  const attribute = first.what.slice(first.what.lastIndexOf(".") + 1);
  return lettersOf(output.name).endsWith(lettersOf(attribute));
}

function lettersOf(written: string): string {
  return written
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/v4$/, "");
}

/** The outputs of the same module that hand out the raw secret of a key. */
export function secretsBeside(model: Model, output: Output, credential: string): readonly Output[] {
  return secretsInOutputs(model).get(moduleOf(output))?.get(credential) ?? [];
}

/** The outputs that hand out raw secrets, by their module and the key. */
const secretsInOutputs = perModel((model): ReadonlyMap<string, ReadonlyMap<string, readonly Output[]>> => {
  const modules = new Map<string, Map<string, Output[]>>();
  for (const output of [...model.outputs, ...model.innerOutputs]) {
    const ofModule = kept(modules, moduleOf(output), () => new Map<string, Output[]>());
    for (const credential of secretsIn(output)) put(ofModule, credential, output);
  }
  return modules;
});

/** The keys whose raw secrets an output holds. */
function secretsIn({ value }: Output): ReadonlySet<string> {
  const secrets = tracesOf(value).filter(({ form }) => isSecretKeyForm(form));
  return new Set(secrets.map(({ credential }) => credential));
}

/** Outputs of one module have one address but for their names. */
function moduleOf({ address, name: own }: Output): string {
  return address.slice(0, address.length - own.length);
}

/** Is the value the attribute itself or none, alone or one for each instance, rather than a part of something composed? */
function isWhole(value: Value): boolean {
  switch (value.kind) {
    case "unknown":
    case "null":
      return true;
    case "text":
      return value.pieces.length < 2;
    case "list":
      return value.items.every((item) => isWhole(item.value));
    case "choice":
      return value.options.every((option) => isWhole(option.value));
    case "map":
    case "bool":
    case "number":
      return false;
  }
}

/** A custom resource or module that says that it makes SMTP credentials is given a key's secret. */
function usesByConverters(model: Model): readonly CredentialUse[] {
  return smtpMakers(model).flatMap((maker) =>
    maker.inputs
      .flatMap((input) => flowsOf(input, maker.guard))
      .filter(({ trace }) => trace.form === "secret-access-key" && trace.certainty === "is")
      .map((flow): CredentialUse => ({
        use: "smtp",
        credential: flow.trace.credential,
        form: flow.trace.form,
        guard: flow.guard,
        stored: false,
        at: maker.at,
        steps: [...stepsOf(model, flow), makerStep(maker)],
        because: say`${name(maker.address)} makes its SMTP password`,
      })),
  );
}

/** What makes SMTP credentials for the user whose name or ARN it is given. */
export function smtpMakersFor(model: Model, userAddress: string): readonly (Step & { readonly guard: Guard })[] {
  return smtpMakers(model)
    .filter((maker) => maker.inputs.some((input) => refersTo(input, userAddress)))
    .map((maker) => ({ ...makerStep(maker), guard: maker.guard }));
}

type Maker = Pick<Converter, "address" | "at" | "guard" | "inputs">;

function makerStep(maker: Maker): Step {
  return { at: maker.at, message: say`${name(maker.address)} makes SMTP credentials.` };
}

/**
 * `Custom::SmtpCredentials`, `acme/ses-smtp-user/aws`. Where the type says nothing (`AWS::CloudFormation::CustomResource`)
 * the names that it was given may, or those of the function that does the work.
 */
const smtpMakers = perModel((model: Model): readonly Maker[] => [
  ...model.converters.filter(({ type, address, program }) => {
    const names = [type, address, model.constructOf(address) ?? "", ...(program ? namesOf(model, program) : [])];
    return names.some(saysSmtpMaker);
  }),
  ...model.gaps.filter(({ unknown }) => saysSmtpMaker(unknown.reason.what)),
]);

/** A function is named by its ARN, or by the resource or import that it is. */
function namesOf(model: Model, program: Value): readonly string[] {
  const address = refOf(program)?.address;
  if (address !== undefined) return [address, model.constructOf(address) ?? ""];
  if (program.kind === "unknown") return [program.reason.what];
  return [knownText(program) ?? ""];
}

/** `SmtpCredentials`, `ses-smtp-user`: a name of what makes SMTP credentials, or of what is one. */
export function saysSmtpMaker(text: string): boolean {
  const words = wordsOf(text);
  return words.includes("smtp") && words.some((word) => madeThings.has(word));
}

const madeThings: ReadonlySet<string> = new Set(["credential", "credentials", "password", "secret", "user"]);

function refersTo(value: Value, address: string): boolean {
  if (refOf(value)?.address === address) return true;
  switch (value.kind) {
    case "list":
      return value.items.some((item) => refOf(item.value)?.address === address);
    case "map":
      return value.entries.some((entry) => refOf(entry.value)?.address === address);
    case "choice":
      return value.options.some((option) => refOf(option.value)?.address === address);
    case "text":
    case "unknown":
    case "null":
    case "bool":
    case "number":
      return false;
  }
}
