import { compareText } from "../../core/source";
import type { Read } from "../../core/read";
import { openFiles } from "./file-log";
import type { Attributes, Project } from "./instance";
import { loadModule, type ModuleSource } from "./module";
import { openUnit, unitsOf } from "./unit";

/**
 * The units of some directories, each of which is a module as a whole. Modules that are called are read wherever they
 * are under the root of the run.
 */
export function openProject(directories: readonly string[], disk: Read, attributes: Attributes): Project {
  const files = openFiles(disk);
  const loaded = new Map<string, ModuleSource | undefined>();
  const load = (dir: string): ModuleSource | undefined => {
    if (loaded.has(dir)) return loaded.get(dir);
    const source = loadModule(dir, files);
    loaded.set(dir, source);
    return source;
  };
  const sources = [...new Set(directories)].sort(compareText).map(load);
  const units = unitsOf(sources.filter((source) => source !== undefined));
  return {
    units: units.roots.map((source) => openUnit(source, units, { files, attributes, load })),
    diagnostics: () => files.diagnostics(),
    files: () => files.outcomes(),
  };
}
