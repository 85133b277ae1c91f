import type { Read } from "../core/read";
import type { FileOutcome } from "../core/report";
import { cdk } from "./cdk";
import { cloudformation } from "./cloudformation";
import type { Adapted, Adapting, Dialect, FoundFile, Given } from "./dialect";
import { terraform } from "./terraform";

/** In the order in which they are asked: an assembly's templates belong to the assembly. */
const dialects: readonly Dialect[] = [cdk, terraform, cloudformation];

/** Gives every file to the first dialect that recognises it. A file that none takes is not infrastructure code. */
export function* adapt(files: readonly FoundFile[], read: Read, given?: Given): Adapting {
  const taken = new Map<Dialect, FoundFile[]>(dialects.map((dialect) => [dialect, []]));
  const outcomes = new Map<string, FileOutcome>();
  for (const file of files) {
    const dialect = dialects.find((one) => one.recognises(file, read));
    if (dialect === undefined) outcomes.set(file.path, { path: file.path, status: "not-iac" });
    else taken.get(dialect)?.push(file);
  }
  const adapted: Adapted[] = [];
  for (const [dialect, own] of taken) if (own.length > 0) adapted.push(yield* dialect.adapt(own, read, given));
  // A file that a dialect read on its way (a policy that `file()` names) was analysed after all.
  for (const outcome of adapted.flatMap((one) => one.files)) outcomes.set(outcome.path, outcome);
  return {
    diagnostics: adapted.flatMap((one) => one.diagnostics),
    files: [...outcomes.values()],
  };
}
