import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readSources } from "../../src/core/read";
import { compareText, type Source } from "../../src/core/source";
import { attributes } from "../../src/input/terraform/attributes";
import type { Project, UnitTree } from "../../src/input/terraform/modules/unit-tree";
import { openProject } from "../../src/input/terraform/modules/project";

/** A project with all of its units at once. */
export interface OpenProject extends Omit<Project, "units"> {
  readonly units: readonly UnitTree[];
}

/** The project of some sources, every file of which is found. */
export function projectOf(sources: readonly Source[]): OpenProject {
  const found = sources.map(({ path }) => ({ path, named: false }));
  const project = openProject(found, readSources(sources), attributes, "terraform");
  return { ...project, units: [...project.units()] };
}

/** One directory with one file. */
export function projectOfText(text: string, path = "main.tf"): OpenProject {
  return projectOf([{ path, text }]);
}

/** The files below a folder of the fixtures; those named in `except` are no part of it. */
export function sourcesBelow(folder: string, ...except: readonly string[]): readonly Source[] {
  const root = join(__dirname, "../..", folder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !except.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }))
    .sort((a, b) => compareText(a.path, b.path));
}
