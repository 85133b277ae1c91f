import type { Attributes, ModuleInstance, ResourceInstance, UnitTree } from "./modules/instance";
import { typeOf } from "./resources";
import type { Unit } from "./resources/type";
import { unknownAttribute } from "./resources/values";

/**
 * What the resource types say of their attributes. `units` gives the units once they are there: a data source may read
 * what another resource of its unit has written.
 */
export function attributesOf(units: () => readonly UnitTree[]): Attributes {
  const unitOf = unitFinder(units);
  return {
    computed(instance, attribute) {
      const make = typeOf(instance)?.attributes?.[attribute];
      return make?.(instance, attribute, unitOf(instance)) ?? unknownAttribute(instance, attribute);
    },
    traces: (instance) => typeOf(instance)?.traces?.(instance) ?? [],
  };
}

/** The unit of a resource, with its resources by type. */
function unitFinder(units: () => readonly UnitTree[]): (instance: ResourceInstance) => Unit {
  const known = new WeakMap<ModuleInstance, Unit>();
  return (instance) => {
    let root = instance.module;
    while (root.parent !== undefined) root = root.parent;
    const found = known.get(root);
    if (found !== undefined) return found;
    const tree = units().find((unit) => unit.modules[0] === root);
    const unit = tree ?? alone;
    if (tree !== undefined) known.set(root, unit);
    return unit;
  };
}

/** While the units are still being made, nothing can be looked up. */
const alone: Unit = { instance: () => undefined, instancesOf: () => [] };

/** A unit whose managed resources are found by type, as far as they are among the instances. */
export function indexed(tree: UnitTree, instances: readonly ResourceInstance[]): Unit {
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
    const same = result.get(instance.type);
    if (same === undefined) result.set(instance.type, [instance]);
    else same.push(instance);
  }
  return result;
}
