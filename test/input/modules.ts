import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readSources } from "../../src/core/read";
import { compareText, type Source } from "../../src/core/source";
import { attributesOf } from "../../src/input/terraform/attributes";
import type { Project } from "../../src/input/terraform/modules/instance";
import { openProject } from "../../src/input/terraform/modules/project";

/** The project of some sources, every file of which is found. */
export function projectOf(sources: readonly Source[]): Project {
  const opened: { project?: Project } = {};
  const found = sources.map(({ path }) => ({ path, named: false }));
  const attributes = attributesOf(() => opened.project?.units ?? []);
  opened.project = openProject(found, readSources(sources), attributes, "terraform");
  return opened.project;
}

/** One directory with one file. */
export function projectOfText(text: string, path = "main.tf"): Project {
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
