import { once } from "../../core/once";
import type { UnitTree } from "./modules/unit-tree";

/** The construct path of an address, worked out when one is first asked for: most units have no findings. */
export function constructsOf(tree: UnitTree): (address: string) => string | undefined {
  const constructs = once(() => pathsIn(tree));
  return (address) => constructs().get(address);
}

/** By address. What a module makes is of the construct that calls it. */
function pathsIn({ configs, instances, modules }: UnitTree): ReadonlyMap<string, string> {
  const constructs = new Map<string, string>();
  const add = (address: string, own?: string): void => {
    const construct = own ?? constructs.get(/^module\.[^.[]+/.exec(address)?.[0] ?? "");
    if (construct !== undefined) constructs.set(address, construct);
  };
  for (const { type, labels, construct } of configs().flatMap((config) => config.body.blocks)) {
    const names = labels.map((label) => label.text);
    add((type.text === "resource" ? names : [type.text, ...names]).join("."), construct);
  }
  for (const { address, type, construct } of instances()) {
    add(address, construct);
    if (type === "awscc_iam_user") add(`${address}.login_profile`, construct); // The model has it apart from the user.
  }
  for (const { address } of modules().flatMap((module) => module.outputs)) if (!constructs.has(address)) add(address);
  return constructs;
}
