import type { Gap, Model, Output } from "../../model/model";
import { indexed } from "./attributes";
import type { OutputInstance, ResourceInstance, UnitTree, UnresolvedCall } from "./instance";
import { typeOf } from "./resources";
import { addCommandGaps, addGap, argumentValues, couldGrant } from "./resources/gaps";
import type { Collected } from "./resources/type";
import { settingsOfCall, settingsOfProvider, settingsOfResource } from "./setting-groups";
import { literalsOfUnit } from "./unit-literals";

/** A unit as rules see it. */
export function adaptUnit(tree: UnitTree, dialect: Model["unit"]["dialect"] = "terraform"): Model {
  const collected = empty();
  const unit = indexed(tree);
  for (const instance of tree.instances) {
    addResource(instance, collected);
    if (instance.mode === "managed") collected.settings.push(...settingsOfResource(instance, unit));
  }
  for (const module of tree.modules) {
    for (const provider of module.providers) collected.settings.push(...settingsOfProvider(provider));
  }
  for (const call of tree.unresolved) collected.settings.push(...settingsOfCall(call));
  return {
    unit: { path: tree.path, kind: tree.kind, dialect },
    ...collected,
    gaps: [...collected.gaps, ...tree.unresolved.map(gapOfCall)],
    outputs: tree.outputs.map(output),
    ...literalsOfUnit(tree),
    defaults: tree.defaults,
  };
}

function empty(): Collected {
  return {
    users: [],
    groups: [],
    policies: [],
    grants: [],
    memberships: [],
    keys: [],
    logins: [],
    settings: [],
    gaps: [],
  };
}

function addResource(instance: ResourceInstance, into: Collected): void {
  const type = typeOf(instance);
  if (type?.adapt) type.adapt(instance, into);
  else if (type === undefined && instance.mode === "managed" && couldGrant(instance.type)) addGap(instance, into);
  if (instance.mode === "managed") addCommandGaps(instance, into);
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
