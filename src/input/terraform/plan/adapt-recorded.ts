import type { Diagnostic } from "../../../core/diagnostic";
import { readJson } from "../../../core/json";
import type { Read } from "../../../core/read";
import type { FileOutcome } from "../../../core/report";
import type { Model } from "../../../model/model";
import type { Adapted } from "../../dialect";
import { adaptUnit } from "../adapt";
import { attributesOf } from "../attributes";
import type { UnitTree } from "../modules/instance";
import { literalsOfRecorded } from "./literals";
import { recordedFile } from "./record";
import { recordedUnit } from "./unit";

/** A plan or state, without the sources that it was made of. */
export function adaptRecorded(path: string, read: Read): Adapted {
  const result = read.text(path);
  if (result.kind !== "text") {
    const reason = result.kind === "missing" ? "is not there" : result.reason;
    const diagnostic: Diagnostic = { kind: "unreadable", file: path, message: `The file cannot be read: ${reason}.` };
    return { models: [], diagnostics: [diagnostic], files: [{ path, status: "failed", reason, dialect }] };
  }
  const { text, bytes } = result;
  const decoded = readJson({ path, text });
  if (decoded.kind === "failed") {
    const { at, message, limit } = decoded;
    const problem = { file: path, at, message: `The file ${message}.` };
    const diagnostic: Diagnostic =
      limit === undefined ? { kind: "syntax", ...problem } : { kind: "limit", limit, ...problem };
    const outcome: FileOutcome = { path, status: "failed", reason: "is not valid JSON", dialect, bytes };
    return { models: [], diagnostics: [diagnostic], files: [outcome] };
  }
  const file = recordedFile({ path, text }, decoded.value);
  if (file === undefined) return { models: [], diagnostics: [], files: [{ path, status: "not-iac", bytes }] };
  const problems: Diagnostic[] = [];
  const opened: UnitTree[] = [];
  const unit = recordedUnit(
    file,
    attributesOf(() => opened),
    (problem) => problems.push(problem),
  );
  opened.push(unit.tree);
  const model: Model = { ...adaptUnit(unit.tree, read), ...literalsOfRecorded(unit) };
  const outcome: FileOutcome = { path, status: "analysed", dialect, bytes };
  return { models: [model], diagnostics: problems, files: [outcome] };
}

const dialect = "terraform";
