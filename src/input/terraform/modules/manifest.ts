import { readJson } from "../../../core/json";
import { entriesOf, knownText } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { FileLog } from "../file-log";
import { inDirectory } from "./module-source";
import { sourceKind } from "./call-source";

/**
 * Where `terraform init` has put the modules of a root module (`.terraform/modules/modules.json`): for the names of the
 * calls that lead to a module, its directory relative to the root of the run.
 */
export function manifestOf(dir: string, files: FileLog): (calls: readonly string[]) => string | undefined {
  const path = inDirectory(dir, ".terraform/modules/modules.json");
  const read = files.read.text(path);
  if (read.kind !== "text") return () => undefined;
  const decoded = readJson({ path, text: read.text });
  if (decoded.kind === "failed") {
    files.report({ kind: "syntax", file: path, at: decoded.at, message: `The list of modules ${decoded.message}.` });
    return () => undefined;
  }
  const dirs = new Map<string, string>();
  for (const module of itemsOf(propertyOf(decoded.value, "Modules"))) {
    const key = knownText(propertyOf(module, "Key"));
    const at = knownText(propertyOf(module, "Dir"));
    const where = at === undefined ? undefined : sourceKind(`./${at}`, dir);
    if (key !== undefined && where?.kind === "local") dirs.set(key, where.dir);
  }
  return (calls) => dirs.get(calls.join("."));
}

function propertyOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "map" ? entriesOf(value, key)[0]?.value : undefined;
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "list" ? value.items.map((item) => item.value) : [];
}
