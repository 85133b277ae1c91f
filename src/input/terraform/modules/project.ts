import type { GivenValue } from "../../../core/given-value";
import { compareText, directoryOf } from "../../../core/source";
import type { Read } from "../../../core/read";
import type { FoundFile } from "../../dialect";
import { openFiles } from "../file-log";
import { nobodysVariables } from "./given-variables";
import type { Attributes, Project } from "./unit-tree";
import { loadModule, type ModuleSource } from "./module-source";
import { openUnit, unitsOf } from "./unit";

/**
 * The units that the found files belong to. A directory is a module as a whole, whichever of its files are found;
 * modules that are called are read wherever they are under the root of the run.
 */
export function openProject(
  found: readonly FoundFile[],
  disk: Read,
  attributes: Attributes,
  dialect: string,
  given: readonly GivenValue[] = [],
): Project {
  const files = openFiles(disk, dialect);
  const loaded = new Map<string, ModuleSource | undefined>();
  const load = (dir: string): ModuleSource | undefined => {
    if (loaded.has(dir)) return loaded.get(dir);
    const source = loadModule(dir, files);
    loaded.set(dir, source);
    return source;
  };
  const dirs = [...new Set(found.map(({ path }) => directoryOf(path)))].sort(compareText);
  const sources = dirs.map(load);
  const units = unitsOf(sources.filter((source) => source !== undefined));
  return {
    *units(overlaysOf) {
      const overlays = overlaysOf?.(units.roots);
      for (const problem of nobodysVariables(given, units.roots)) files.report({ kind: "unresolved", ...problem });
      for (const source of units.roots) {
        const own = overlays?.get(source) ?? [];
        for (const overlay of own.length === 0 ? [undefined] : own) {
          yield openUnit(source, units, { files, attributes, load, given }, overlay);
        }
      }
    },
    read: files.read,
    diagnostics: () => files.diagnostics(),
    files: () => files.outcomes(),
  };
}
