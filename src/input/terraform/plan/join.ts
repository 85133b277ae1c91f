import { directoryOf } from "../../../core/source";
import type { ModuleSource } from "../modules/module-source";
import { entriesIn, fieldOf, itemsIn, textField } from "../../fields";
import { stepsTo } from "./module";
import type { RecordedFile } from "./record";

/**
 * The root module that a plan or state is of: the nearest directory that declares all that the file has; in another
 * directory than its own that is at least a half of what is declared there. Undefined where the sources are not in the
 * input, or have gone on.
 */
export function rootOf(file: RecordedFile, roots: readonly ModuleSource[]): ModuleSource | undefined {
  const names = [...namesIn(file)];
  if (names.length === 0) return undefined;
  const dir = directoryOf(file.source.path);
  let nearest: { readonly root: ModuleSource; readonly distance: number } | undefined;
  for (const root of roots) {
    if (!names.every((name) => declares(root, name))) continue;
    const distance = stepsBetween(dir, root.dir);
    // Elsewhere, a resource or two of usual names say little.
    if (distance > 0 && names.length * 2 < root.resources.size + root.calls.size) continue;
    if (nearest === undefined || distance < nearest.distance) nearest = { root, distance };
  }
  return nearest?.root;
}

function declares(root: ModuleSource, name: string): boolean {
  return root.resources.has(name) || (name.startsWith("module.") && root.calls.has(name.slice("module.".length)));
}

/** Addresses of the root module: by its configuration, or where there is none by what is there. */
function namesIn(file: RecordedFile): ReadonlySet<string> {
  const names = new Set<string>();
  const root = fieldOf(file.configuration, "root_module");
  for (const resource of itemsIn(fieldOf(root, "resources"))) {
    const address = textField(resource, "address");
    if (address !== undefined) names.add(address);
  }
  for (const { key } of entriesIn(fieldOf(root, "module_calls"))) names.add(`module.${key}`);
  if (names.size > 0) return names;
  for (const { module, local } of file.resources.values()) {
    const [call] = module === "" ? [] : (stepsTo(module) ?? []);
    names.add(call === undefined ? local : `module.${call.name}`);
  }
  return names;
}

/** Directories up and down from one to the other. */
function stepsBetween(from: string, to: string): number {
  const a = from === "" ? [] : from.split("/");
  const b = to === "" ? [] : to.split("/");
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return a.length + b.length - 2 * common;
}
