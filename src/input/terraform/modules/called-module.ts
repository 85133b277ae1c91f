import { kept } from "../../../core/map";
import { argumentsIn } from "./block";
import type { BlockSource } from "./block-source";
import type { FileLog } from "../file-log";
import type * as BuiltInModules from "./built-in-modules";
import { builtInAt, installedAt, type ModuleSource } from "./module-source";
import type { UnitContext } from "./unit-context";

/** Few inputs call them, and they are long texts: they are loaded for the first call. */
declare function require(id: "./built-in-modules"): typeof BuiltInModules;

/** What a file or source says that may mean a built-in module. */
export const builtInModuleWords = /terraform-aws-modules\/(?:terraform-aws-)?iam\b|cloudposse\//;

/**
 * The modules that calls lead to. What nobody here wrote is placed at the call: its text stands where `terraform init` has
 * put it, or nowhere, and what is wrong with it is the call's to change. A block that is called often has one module.
 */
export function calledModules(
  files: FileLog,
  load: (dir: string) => ModuleSource | undefined,
): Pick<UnitContext, "load" | "builtIn"> {
  const placed = new WeakMap<BlockSource, ModuleSource>();
  const place = (call: BlockSource, make: () => ModuleSource): ModuleSource => kept(placed, call, make);
  return {
    load(dir, call) {
      const source = load(dir);
      if (source === undefined || !isInstalled(dir)) return source;
      return place(call, () => installedAt(source, call.at, files));
    },
    builtIn(call, address, version) {
      const found = builtInModuleWords.test(address)
        ? require("./built-in-modules").builtInModule(address, version)
        : undefined;
      if (found === undefined) return undefined;
      const source = place(call, () => builtInAt(found, call.at, files));
      const hasAll = argumentsIn(call).every(({ name }) => source.variables.has(name.text));
      return hasAll ? source : undefined;
    },
  };
}

/** What `terraform init` has put there is somebody else's, and is analysed where it is called. */
export function isInstalled(dir: string): boolean {
  return dir.split("/").includes(".terraform");
}
