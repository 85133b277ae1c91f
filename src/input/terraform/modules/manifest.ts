import { readJson } from "../../../core/json";
import { failureDiagnostic } from "../../decode-failure";
import { fieldOf, itemsIn, textField } from "../../fields";
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
    files.report(failureDiagnostic(path, decoded, "list of modules"));
    return () => undefined;
  }
  const dirs = new Map<string, string>();
  for (const module of itemsIn(fieldOf(decoded.value, "Modules"))) {
    const key = textField(module, "Key");
    const at = textField(module, "Dir");
    const where = at === undefined ? undefined : sourceKind(`./${at}`, dir);
    if (key !== undefined && where?.kind === "local") dirs.set(key, where.dir);
  }
  return (calls) => dirs.get(calls.join("."));
}
