import { put } from "../../core/map";
import type { Attributes, ResourceInstance, UnitResources, UnitTree } from "./modules/unit-tree";
import { typeOf } from "./resources";
import { unknownAttribute } from "./resources/values";

/** What the resource types say of their attributes. */
export const attributes: Attributes = {
  computed(instance, attribute, unit) {
    const described = typeOf(instance)?.attributes;
    const make = described && Object.hasOwn(described, attribute) ? described[attribute] : undefined;
    return make?.(instance, attribute, unit) ?? unknownAttribute(instance, attribute);
  },
  traces: (instance) => typeOf(instance)?.traces?.(instance) ?? [],
};

/** A unit whose managed resources are found by type, as far as they are among the instances. */
export function indexed(tree: UnitTree, instances: readonly ResourceInstance[]): UnitResources {
  let byType: Map<string, ResourceInstance[]> | undefined;
  return {
    instance: (address) => tree.instance(address),
    instancesOf(type) {
      byType ??= managedByType(instances);
      return byType.get(type) ?? [];
    },
  };
}

export function managedByType(instances: readonly ResourceInstance[]): Map<string, ResourceInstance[]> {
  const result = new Map<string, ResourceInstance[]>();
  for (const instance of instances) {
    if (instance.mode !== "managed") continue; // What a data source reads is written by a managed resource.
    put(result, instance.type, instance);
  }
  return result;
}
