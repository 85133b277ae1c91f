import type { Diagnostic } from "../../../core/diagnostic";
import { readJson } from "../../../core/json";
import { kept, put } from "../../../core/map";
import type { Read } from "../../../core/read";
import type { FileOutcome } from "../../../core/report";
import type { Unknown, Value } from "../../../core/value";
import type { Model } from "../../../model/model";
import type { SettingNames } from "../../../model/credentials/setting-names";
import { failureDiagnostic } from "../../decode-failure";
import type { Adapting } from "../../dialect";
import { adaptUnit } from "../adapt";
import { attributes } from "../attributes";
import type { UnitTree } from "../modules/unit-tree";
import type { ModuleSource } from "../modules/module-source";
import type { Overlay } from "../modules/overlay";
import { fieldOf, itemsIn } from "../../fields";
import { rootOf } from "./join";
import { besides, literalsOfRecorded, literalsOfVariables } from "./literals";
import { overlayOf } from "./overlay";
import { recordedFile, type RecordedFile } from "./record";
import { sourcePlaces } from "./source-places";
import { recordedUnit } from "./unit";
import { unwrittenBeside, unwrittenIn } from "./unwritten";

/** The plans and states of a run. */
export interface RecordedFiles {
  /** Those whose sources are in the input, by the root module that each is of. */
  readonly overlaysOf: (roots: readonly ModuleSource[]) => ReadonlyMap<ModuleSource, readonly Overlay[]>;
  /** Does the file know what the sources do not: what is made by modules that are not in the input? */
  knowsMore(unit: UnitTree): boolean;
  /** Its model by the file alone; findings stand in the source, as far as that declares what they are about. */
  alone(path: string): readonly Model[];
  /** The model of sources with the credentials that only the plan has: values of variables that no file sets. */
  withLiterals(model: Model, unit: UnitTree): Model;
  /** What became of the files, and the models of those that have no sources in the input. */
  rest(): Adapting;
}

/** Plans are read before the sources that they decide the values of. */
export function openRecorded(paths: readonly string[], read: Read, names: SettingNames): RecordedFiles {
  const all = paths.map((path) => readFile(path, read, names));
  const files = new Map(all.flatMap(({ file }) => (file === undefined ? [] : [[file.source.path, file] as const])));
  const problems = all.flatMap(({ problem }) => problem ?? []);
  const report = (problem: Diagnostic): number => problems.push(problem);
  const joined = new Map<string, ModuleSource>();
  const handed = new Map<string, Value[]>();
  const handedBy = ({ source }: RecordedFile): Value[] => kept(handed, source.path, () => []);
  const alone = (path: string): readonly Model[] => {
    const file = files.get(path);
    if (file === undefined) return [];
    const model = modelOf(file, read, report);
    const root = joined.get(path);
    return [root === undefined ? model : { ...model, sourceOf: sourcePlaces(file, root) }];
  };
  return {
    overlaysOf(roots) {
      const ofRoot = new Map<ModuleSource, RecordedFile[]>();
      for (const [path, file] of files) {
        const root = rootOf(file, roots);
        if (root === undefined) continue; // It stands alone.
        joined.set(path, root);
        put(ofRoot, root, file);
      }
      return new Map(
        [...ofRoot].map(([root, some]) => [root, deciding(some).map((file) => overlayOf(file, handedBy(file)))]),
      );
    },
    knowsMore: ({ overlay, unresolved }) =>
      overlay !== undefined &&
      unresolved().some(({ module, name }) => overlay.keys(module.address, `module.${name}`) !== undefined),
    alone,
    withLiterals(model, unit) {
      const file = unit.overlay && files.get(unit.overlay.path);
      if (file === undefined) return model;
      const texts = { handed: handedBy(file), sources: () => textsOf(unit, read) };
      return {
        ...model,
        isUnwritten: unwrittenBeside(file, texts, report),
        literals: [...model.literals, ...besides(literalsOfVariables(file), model.literals)],
      };
    },
    *rest() {
      for (const path of files.keys()) if (!joined.has(path)) yield* alone(path);
      return { diagnostics: problems, files: all.map(({ outcome }) => outcome) };
    },
  };
}

function textsOf({ configs, variableFiles }: UnitTree, read: Read): readonly string[] {
  return [...configs(), ...variableFiles].flatMap(({ path }) => {
    const source = read.text(path);
    return source.kind === "text" ? [source.text] : [];
  });
}

/** A plan is made of the state, and knows what will be: where there is one, the state decides nothing. */
function deciding(files: readonly RecordedFile[]): readonly RecordedFile[] {
  const plans = files.filter(({ kind }) => kind === "plan");
  return plans.length > 0 ? plans : files;
}

interface ReadFile {
  readonly file?: RecordedFile;
  readonly outcome: FileOutcome;
  readonly problem?: Diagnostic;
}

function readFile(path: string, read: Read, names: SettingNames): ReadFile {
  const result = read.text(path);
  if (result.kind !== "text") {
    const reason = result.kind === "missing" ? "is not there" : result.reason;
    const problem: Diagnostic = { kind: "unreadable", file: path, message: `The file cannot be read: ${reason}.` };
    return { problem, outcome: { path, status: "failed", reason, dialect } };
  }
  const { text, bytes } = result;
  const decoded = readJson({ path, text });
  if (decoded.kind === "failed") {
    const problem = failureDiagnostic(path, decoded);
    return { problem, outcome: { path, status: "failed", reason: "is not valid JSON", dialect, bytes } };
  }
  const file = recordedFile({ path, text }, decoded.value, names);
  if (file === undefined) return notRead(path, decoded.value, bytes);
  const outcome = { path, status: "analysed", dialect, bytes } as const;
  return file.rest === undefined
    ? { file, outcome }
    : { file, outcome, problem: leftOut(path, file.rest, decoded.value) };
}

/** States that need another program to be read are named. Beside sources nothing of these is missing. */
function notRead(path: string, root: Value, bytes: number): ReadFile {
  const version = fieldOf(root, "version");
  const isOld = version?.kind === "number" && version.value < 4 && fieldOf(root, "modules") !== undefined;
  const isEncrypted = fieldOf(root, "encrypted_data") !== undefined;
  if (!isOld && !isEncrypted) return { outcome: { path, status: "not-iac", bytes } };
  const reason = isOld ? "is of Terraform before 0.12" : "is encrypted";
  const message = `The state ${reason}, and is not read.`;
  return {
    outcome: { path, status: "skipped", reason, dialect, bytes },
    problem: { kind: "unresolved", file: path, message },
  };
}

/** What Terraform defers until more is known, and what is not targeted, is in no plan yet. (JSON output format.) */
function leftOut(file: string, rest: Unknown, plan: Value): Diagnostic {
  const count = itemsIn(fieldOf(plan, "deferred_changes")).length;
  const deferred = count === 1 ? "the change of a resource" : `the changes of ${count} resources`;
  const message =
    count === 0
      ? "The plan is not complete: nothing is known of what it leaves out."
      : `The plan defers ${deferred}, of which nothing is known yet.`;
  return { kind: "unresolved", file, at: rest.at, message };
}

function modelOf(file: RecordedFile, read: Read, report: (problem: Diagnostic) => void): Model {
  const unit = recordedUnit(file, attributes, report);
  return {
    ...adaptUnit(unit.tree, read, file.names),
    ...literalsOfRecorded(unit),
    isUnwritten: unwrittenIn(unit, report),
  };
}

const dialect = "terraform";
