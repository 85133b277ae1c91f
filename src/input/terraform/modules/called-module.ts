import { argumentsIn } from "./block";
import type { BlockSource } from "./block-source";
import type { FileLog } from "../file-log";
import type * as KnownModules from "./known-modules";
import { builtInAt, installedAt, type ModuleSource } from "./module-source";
import type { UnitContext } from "./unit-context";

/** Few inputs call them, and they are long texts: they are loaded for the first call. */
declare function require(id: "./known-modules"): typeof KnownModules;

/** What a file or source says that may mean a module that is built in. */
export const knownModuleWords = /terraform-aws-modules\/(?:terraform-aws-)?iam\b|cloudposse\//;

/**
 * The modules that calls lead to. What nobody here wrote is placed at the call: its text stands where `terraform init` has
 * put it, or nowhere, and what is wrong with it is the call's to change. A block that is called often has one module.
 */
export function calledModules(
  files: FileLog,
  load: (dir: string) => ModuleSource | undefined,
): Pick<UnitContext, "load" | "known"> {
  const placed = new WeakMap<BlockSource, ModuleSource>();
  const place = (call: BlockSource, make: () => ModuleSource): ModuleSource => {
    const source = placed.get(call) ?? make();
    placed.set(call, source);
    return source;
  };
  return {
    load(dir, call) {
      const source = load(dir);
      if (source === undefined || !isInstalled(dir)) return source;
      return place(call, () => installedAt(source, call.at, files));
    },
    known(call, address, version) {
      const found = knownModuleWords.test(address)
        ? require("./known-modules").knownModule(address, version)
        : undefined;
      if (found === undefined) return undefined;
      const source = place(call, () => builtInAt(found, call.at, files));
      const isKnown = argumentsIn(call).every(({ name }) => source.variables.has(name.text));
      return isKnown ? source : undefined;
    },
  };
}

/** What `terraform init` has put there is somebody else's, and is analysed where it is called. */
export function isInstalled(dir: string): boolean {
  return dir.split("/").includes(".terraform");
}
