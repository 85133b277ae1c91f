import type { Read } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import type { Model } from "../../model/model";
import { tableNames, type SettingNames } from "../../model/credentials/setting-names";
import type { Adapting, Adapted, Dialect, FoundFile } from "../dialect";
import { adaptUnit } from "./adapt";
import { attributes } from "./attributes";
import type { UnitTree } from "./modules/unit-tree";
import { adaptLooseVariables } from "./loose-variables";
import { isConfigName, isVariableFileName } from "./modules/module-source";
import { openProject } from "./modules/project";
import type * as Recorded from "./plan/recorded-files";
import { looksRecorded } from "./plan/recognise";

/** Loaded with the first plan or state. */
declare function require(path: "./plan/recorded-files"): typeof Recorded;

/**
 * Terraform and OpenTofu, in native and JSON syntax, and what CDKTF synthesizes. A directory is a module. From text to model:
 * `parse/` makes syntax of files, `modules/` makes modules of directories and units of modules that call each other,
 * `evaluate/` and `functions/` give an expression its value when it is asked for, `resources/` says what each resource type
 * means, and `adapt` puts a unit's model together.
 */
export const terraform: Dialect = {
  name: "terraform",
  recognises: (file, read) => isSource(file.path) || looksRecorded(file, read),
  *adapt(found, read, given) {
    const files = found.filter((file) => isSource(file.path));
    const { names = tableNames, variables } = given ?? {};
    const recorded = openRecorded(found, read, names);
    const project = openProject(files, read, attributes, "terraform", variables);
    for (const unit of project.units(recorded?.overlaysOf)) yield* modelsOf(unit, project.read, names, recorded);
    const known = new Map(project.files().map((outcome) => [outcome.path, outcomeOf(outcome)]));
    const others: Adapted[] = [];
    for (const { path } of files) if (!known.has(path)) others.push(yield* adaptLoose(path, read, names));
    if (recorded !== undefined) others.push(yield* recorded.rest());
    return {
      diagnostics: [...project.diagnostics(), ...others.flatMap((one) => one.diagnostics)],
      files: [...known.values(), ...others.flatMap((one) => one.files)],
    };
  },
};

/** Where a plan decides values, it may know more than the sources, and have credentials that these have not. */
function modelsOf(
  unit: UnitTree,
  read: Read,
  names: SettingNames,
  recorded: Recorded.RecordedFiles | undefined,
): readonly Model[] {
  const { overlay } = unit;
  if (overlay === undefined || recorded === undefined) return [adaptUnit(unit, read, names)];
  if (recorded.knowsMore(unit)) return recorded.alone(overlay.path);
  return [recorded.withLiterals(adaptUnit(unit, read, names), unit)];
}

/** Configuration and variable files have their names; a plan or state is recognised by what is in it. */
function isSource(path: string): boolean {
  const name = nameOf(path);
  return isConfigName(name) || isVariableFileName(name);
}

function openRecorded(
  found: readonly FoundFile[],
  read: Read,
  names: SettingNames,
): Recorded.RecordedFiles | undefined {
  const paths = found.filter((file) => !isSource(file.path)).map(({ path }) => path);
  return paths.length === 0 ? undefined : require("./plan/recorded-files").openRecorded(paths, read, names);
}

/**
 * CDKTF's output is reported as such. A picture that a function reads (`filemd5`) is no configuration: that it could
 * not be read matters where its value counts, and is unknown there.
 */
function outcomeOf(outcome: FileOutcome): FileOutcome {
  const name = nameOf(outcome.path);
  if (name === "cdk.tf.json") return { ...outcome, dialect: "cdktf" };
  const isOurs = isConfigName(name) || isVariableFileName(name);
  return isOurs || outcome.status !== "failed" ? outcome : { ...outcome, status: "skipped" };
}

/** A file that belongs to no module: a variable file, or one in a directory that cannot be listed. */
function* adaptLoose(path: string, read: Read, names: SettingNames): Adapting {
  if (isVariableFileName(nameOf(path))) return yield* adaptLooseVariables(path, read, names);
  const outcome: FileOutcome = {
    path,
    status: "failed",
    reason: "its directory cannot be listed",
    dialect: "terraform",
  };
  return { diagnostics: [], files: [outcome] };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
