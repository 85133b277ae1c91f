import type { Read } from "../../core/read";
import type { Gap, Model, Output, SettingGroup } from "../../model/model";
import { indexed } from "./attributes";
import type { OutputInstance, ResourceInstance, UnitTree, UnresolvedCall } from "./instance";
import { typeOf } from "./resources";
import { addCommandGaps, addGap, argumentValues, couldGrant } from "./resources/gaps";
import type { Collected } from "./resources/type";
import { settingsOfCall, settingsOfProvider, settingsOfResource } from "./setting-groups";
import { literalsOfUnit } from "./unit-literals";

/** A unit as rules see it. `read` gives the texts of its files once more. */
export function adaptUnit(tree: UnitTree, read: Read): Model {
  const concerned = concernsCredentials(tree, read);
  const collected = collect(tree);
  const dialect = tree.configs.some((config) => /(?:^|\/)cdk\.tf\.json$/.test(config.path)) ? "cdktf" : "terraform";
  const model: Model = {
    unit: { path: tree.path, kind: tree.kind, dialect },
    ...collected,
    settings: concerned ? settingsOf(tree) : [],
    outputs: concerned ? tree.outputs.map(output) : [],
    ...literalsOfUnit(tree),
    defaults: tree.defaults,
  };
  return dialect === "cdktf" ? withConstructs(model, tree) : model;
}

/**
 * Does a file of the unit speak of IAM users or of what their credentials are used for? Where none does, no credential
 * runs anywhere, and the values of all its other resources need not be worked out.
 */
function concernsCredentials(tree: UnitTree, read: Read): boolean {
  return tree.configs.some((config) => {
    const result = read.text(config.path);
    return result.kind !== "text" || credentialWords.test(result.text);
  });
}

const credentialWords =
  /aws_iam_(?:user|access_key|group)|awscc_iam_|smtp|sasl_|mailer|mail_?(?:host|server|user|pass)|access_key|secret_key|aws_secret/i;

function collect(tree: UnitTree): Collected {
  const collected: Collected = {
    users: [],
    groups: [],
    policies: [],
    grants: [],
    memberships: [],
    keys: [],
    logins: [],
    gaps: [],
    converters: [],
  };
  for (const instance of tree.instances) addResource(instance, collected);
  collected.gaps.push(...tree.unresolved.map(gapOfCall));
  return collected;
}

function addResource(instance: ResourceInstance, into: Collected): void {
  if (instance.mode === "ephemeral") return; // Its values are never kept: it makes nothing that stays.
  const type = typeOf(instance);
  if (type?.adapt) type.adapt(instance, into);
  if (instance.mode === "data") return; // It reads, and grants nothing.
  if (type === undefined && couldGrant(instance.type)) addGap(instance, into);
  addCommandGaps(instance, into);
}

function settingsOf(tree: UnitTree): readonly SettingGroup[] {
  const unit = indexed(tree);
  const managed = tree.instances.filter((instance) => instance.mode === "managed");
  return [
    ...managed.flatMap((instance) => settingsOfResource(instance, unit)),
    ...tree.modules.flatMap((module) => module.providers).flatMap(settingsOfProvider),
    ...tree.unresolved.flatMap(settingsOfCall),
  ];
}

function gapOfCall(call: UnresolvedCall): Gap {
  const { address, at, guard, unknown } = call;
  return { address, at, guard, unknown, inputs: argumentValues(call.inputs) };
}

/** Terraform publishes outputs to whoever reads the state; it exports nothing to other stacks. */
function output(one: OutputInstance): Output {
  const { address, at, name, sensitive } = one;
  return { address, at, guard: [], name, value: one.value(), sensitive, exported: false };
}

/** What CDKTF says in its output: which construct each resource is. */
function withConstructs(model: Model, tree: UnitTree): Model {
  const constructs = new Map(tree.instances.map((instance) => [instance.address, instance.construct]));
  const told = <T extends { readonly address: string }>(list: readonly T[]): readonly T[] =>
    list.map((one) => {
      const construct = constructs.get(one.address);
      return construct === undefined ? one : { ...one, construct };
    });
  return {
    ...model,
    users: told(model.users),
    groups: told(model.groups),
    policies: told(model.policies),
    grants: told(model.grants),
    memberships: told(model.memberships),
    keys: told(model.keys),
    logins: told(model.logins),
    settings: told(model.settings),
    gaps: told(model.gaps),
  };
}
