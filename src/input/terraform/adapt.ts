import { addAll } from "../../core/add-all";
import { always, distinct, type Guard } from "../../core/guard";
import { kept } from "../../core/map";
import type { Read } from "../../core/read";
import { unknown } from "../../core/text";
import type { Value } from "../../core/value";
import type { Gap, Group, Model, Output, PasswordProgram, SettingGroup, Unit, User } from "../../model/model";
import type { SettingNames } from "../../model/credentials/setting-names";
import { nothingCollected, type Collected } from "../collected";
import { outputSettings } from "../output-settings";
import { mayMakePasswords, passwordProgramsIn } from "../password-programs";
import { namesAction, speaksOfMail } from "../quick-look";
import { indexed } from "./attributes";
import { constructsOf } from "./constructs";
import { reportInvalidJson } from "./json-arguments";
import type {
  ModuleInstance,
  OutputInstance,
  ResourceInstance,
  UnitTree,
  UnresolvedCall,
  VariableFile,
  Wanted,
} from "./modules/unit-tree";
import { builtInModuleWords } from "./modules/called-module";
import { typeOf } from "./resources";
import { addCommandGaps, addGap, argumentValues, couldGrant } from "./resources/gaps";
import type { ResourceType } from "./resources/type";
import {
  settingsOfCall,
  settingsOfLocals,
  settingsOfProvider,
  settingsOfResource,
  storesOfOneBlock,
} from "./setting-groups";
import type { ConfigFile } from "./parse/syntax";
import { literalsOfUnit } from "./unit-literals";

/** A unit as rules see it. `read` gives the texts of its files once more; `names` says what settings are. */
export function adaptUnit(tree: UnitTree, read: Read, names: SettingNames): Model {
  const concerns = concernsOf(tree, read, names);
  const synthesized = tree.configs().find((config) => /(?:^|\/)cdk\.tf\.json$/.test(config.path));
  const outputs = concerns.settings ? tree.outputs.map((one) => outputOf(one, always)) : [];
  const collects = concerns.principals || concerns.actions;
  const instances = collects || concerns.settings ? tree.relevant(wantedOf(concerns, names)) : [];
  for (const instance of instances) reportInvalidJson(instance, tree.report);
  const collected = collects ? collect(instances, tree.unresolved()) : nothingBut(tree.unresolved());
  const withMore = <T extends User | Group>(one: T): T => {
    const reason = tree.mayHaveMore(one.address);
    return reason === undefined ? one : { ...one, outside: unknown(reason.kind, reason.what, one.at) };
  };
  const settings = concerns.settings ? settingsOf(tree, instances, names) : settingsOfProviders(tree, names);
  const innerOutputs = concerns.settings ? tree.modules().flatMap(outputsOfModule) : [];
  return {
    unit: unitOf(tree, synthesized),
    ...collected,
    users: collected.users.map(withMore),
    groups: collected.groups.map(withMore),
    settings,
    outputs,
    innerOutputs,
    handedOut: [...outputSettings([...outputs, ...innerOutputs], names), ...storesOfOneBlock(settings)],
    namedInside: concerns.settings ? tree.modules().flatMap((module) => namedInside(module, names)) : [],
    ...literalsOfUnit(tree, read, names),
    passwordPrograms: concerns.programs ? passwordProgramsOf(tree) : [],
    // What a library hands on may be null by default, and is what a caller sets.
    refused: distinct([...tree.refused(), ...(tree.kind === "root" ? collected.refused : [])]),
    defaults: tree.defaults(),
    constructOf: synthesized === undefined ? () => undefined : constructsOf(tree),
  };
}

function unitOf({ path, kind }: UnitTree, synthesized: ConfigFile | undefined): Unit {
  if (synthesized === undefined) return { path, kind, dialect: "terraform" };
  const { construct } = synthesized;
  return { path, kind, dialect: "cdktf", ...(construct !== undefined && { construct }) };
}

/** What the texts of some files speak of. Where none speaks of it, the values of all resources need not be worked out. */
interface Concerns {
  /** Users, groups and keys of IAM, and permission sets: without them there is nobody to grant anything to. */
  readonly principals: boolean;
  /** Actions of SES, and what looks like them, in policies: without them no policy of a role is asked. */
  readonly actions: boolean;
  /** Credentials and mail: without them no credential runs anywhere. */
  readonly settings: boolean;
  /** Programs that work out SMTP passwords. */
  readonly programs: boolean;
}

function concernsOf(tree: UnitTree, read: Read, names: SettingNames): Concerns {
  const concerns = tree.configs().map((config) => concernsOfFile(config, read));
  const settings = names.isExtended || concerns.some((one) => one.settings);
  // Who runs it is known, too, where there is a plan or state.
  const principals = tree.overlay !== undefined || concerns.some((one) => one.principals);
  const actions = concerns.some((one) => one.actions) || tree.variableFiles.some((one) => namesActions(one, read));
  return { principals, actions, settings, programs: concerns.some((one) => one.programs) };
}

/** A module's files are looked through once, however many units call it. */
const known = new WeakMap<ConfigFile, Concerns>();

function concernsOfFile(config: ConfigFile, read: Read): Concerns {
  return kept(known, config, () => {
    const result = read.text(config.path);
    return result.kind === "text" ? wordsIn(result.text) : everything;
  });
}

const everything: Concerns = { principals: true, actions: true, settings: true, programs: true };

function namesActions({ path, loaded }: VariableFile, read: Read): boolean {
  const result = loaded ? read.text(path) : undefined;
  return result?.kind === "text" && namesAction(result.text);
}

/** A built-in module makes users and keys that its caller's file does not speak of. */
function wordsIn(text: string): Concerns {
  const calls = builtInModuleWords.test(text);
  return {
    principals: calls || principalWords.test(text),
    actions: namesAction(text) || policyFiles.test(text),
    settings: calls || settingWords.test(text),
    programs: mayMakePasswords(text),
  };
}

/** A configuration does not know who runs it; a plan and a state do, and have types as JSON. */
const principalWords =
  /aws_iam_(?:user|group)|iam_access_key|awscc_iam_|aws_ssoadmin_permission_set|"type":\s{0,9}"aws_caller_identity"/;
/** A policy may stand in a file of its own. */
const policyFiles = /file\([^\n]{0,200}?(?:json|polic)/i;
const settingWords = /iam_access_key|aws_iam_user_login_profile|smtp|sasl_|mailer|mail_?(?:host|server|user|pass)/i;

/** Scripts stand in arguments of any resource or data source, and in the commands that make one. */
function passwordProgramsOf(tree: UnitTree): readonly PasswordProgram[] {
  return tree.instances().flatMap((instance) => {
    const { address, at, guard } = instance;
    return passwordProgramsIn(argumentValues(instance), { address, at, guard });
  });
}

/** Of types that are nothing in the model, only settings are reported, and these by words. */
function wantedOf({ settings, actions }: Concerns, names: SettingNames): Wanted {
  return {
    instancesOf(mode, type) {
      const known = typeOf({ mode, type });
      if (mode !== "managed") return mode === "data" && known?.adapt !== undefined ? "all" : "none";
      const needsAll = known === undefined ? couldGrant(type) : !hasOnlySettings(known);
      return needsAll ? "all" : "relevant";
    },
    isRelevant: (text) => (settings || actions) && (names.isExtended || speaksOfMail(text)),
  };
}

function hasOnlySettings(type: ResourceType): boolean {
  const isPlain = type.settings === undefined || type.settings === "store";
  return isPlain && type.adapt === undefined && type.attributes === undefined && type.traces === undefined;
}

function collect(instances: readonly ResourceInstance[], unresolved: readonly UnresolvedCall[]): Collected {
  const collected = nothingCollected();
  for (const instance of instances) addResource(instance, collected);
  addAll(
    collected.gaps,
    unresolved.map((call) => gapOfCall(call, argumentValues(call.inputs))),
  );
  return collected;
}

/** Calls of modules that are not in the input are reported in any case; what they are handed matters to nobody here. */
function nothingBut(calls: readonly UnresolvedCall[]): Collected {
  const collected = nothingCollected();
  addAll(
    collected.gaps,
    calls.map((call) => gapOfCall(call, [])),
  );
  return collected;
}

function addResource(instance: ResourceInstance, into: Collected): void {
  if (instance.mode === "ephemeral") return; // Its values are never kept: it makes nothing that stays.
  const type = typeOf(instance);
  if (type?.adapt) type.adapt(instance, into);
  if (type?.rolePolicies) type.rolePolicies(instance, into);
  if (instance.mode === "data") return; // It reads, and grants nothing.
  if (type === undefined && couldGrant(instance.type)) addGap(instance, into);
  addCommandGaps(instance, into);
}

function settingsOf(
  tree: UnitTree,
  instances: readonly ResourceInstance[],
  names: SettingNames,
): readonly SettingGroup[] {
  const unit = indexed(tree, instances);
  const managed = instances.filter((instance) => instance.mode === "managed");
  return [
    ...managed.flatMap((instance) => settingsOfResource(instance, unit, names)),
    ...settingsOfProviders(tree, names),
    ...tree.unresolved().flatMap((call) => settingsOfCall(call, names)),
  ];
}

function settingsOfProviders({ modules }: UnitTree, names: SettingNames): readonly SettingGroup[] {
  return modules()
    .flatMap(({ providers }) => providers())
    .flatMap((provider) => settingsOfProvider(provider, names));
}

function gapOfCall(call: UnresolvedCall, inputs: readonly Value[]): Gap {
  const { address, at, guard, unknown } = call;
  return { address, at, guard, unknown, inputs };
}

function outputsOfModule({ address, outputs, guard }: ModuleInstance): readonly Output[] {
  return address === "" ? [] : outputs.map((one) => outputOf(one, guard));
}

function namedInside(module: ModuleInstance, names: SettingNames): readonly SettingGroup[] {
  const { address, call, guard, inputs } = module;
  const locals = settingsOfLocals(module, names);
  if (call === undefined || inputs === undefined) return locals;
  return [...settingsOfCall({ address, at: call, guard, inputs }, names), ...locals];
}

/** Terraform publishes outputs to whoever reads the state; it exports nothing to other stacks. */
function outputOf(one: OutputInstance, guard: Guard): Output {
  const { address, at, name, valueAt } = one;
  return { address, at, guard, name, value: one.value(), valueAt, sensitive: one.sensitive(), exported: false };
}
