import { basename, dirname, join, relative, resolve } from "node:path";
import type { Configuration } from "../config/configuration";
import type { ConfigurationProblem } from "../config/problems";
import type * as Reader from "../config/read-configuration";
import { readJson } from "../core/json";
import { limits } from "../core/limits";
import { lineStarts, positionAt } from "../core/source";
import type { Value } from "../core/value";
import { displayPaths, isThere, pathBelow, readBelow, realOrResolved, rootOf, toSlashes } from "./files";
import { expandGlobs } from "./globs";

/** Loaded with the first configuration. */
declare function require(path: "../config/read-configuration"): typeof Reader;

/** Which configuration a run has: the one that is nearest to what it lints, one that is named, or none. */
export type ConfigurationAsked =
  { readonly kind: "nearest" } | { readonly kind: "none" } | { readonly kind: "file"; readonly path: string };

export type Configured = ConfigurationFile | { readonly kind: "none" } | Wrong;

export interface ConfigurationFile {
  readonly kind: "file";
  readonly configuration: Configuration;
  /** What its paths and patterns are relative to, real and absolute. */
  readonly directory: string;
  readonly written: Written;
}

/** What is wrong: sentences, those about a place with that before them. */
export interface Wrong {
  readonly kind: "wrong";
  readonly lines: readonly string[];
}

/** Where a configuration is written. */
interface Written {
  /** Absolute. */
  readonly path: string;
  /** As the user would type it. */
  readonly shown: string;
  readonly text: string;
  readonly value: Value;
}

const ownNames = ["ses-cred-lint.config.yaml", "ses-cred-lint.config.yml", "ses-cred-lint.config.json"];
/** The file that has a key for us beside what is others'. */
const packageName = "package.json";
const key = "ses-cred-lint";

/**
 * The configuration of a run over some paths. The nearest one is looked for in the directory that holds them all, and then
 * in those above it, up to the root of the run: the same paths have the same one wherever the command is started.
 */
export function configurationFor(asked: ConfigurationAsked, cwd: string, paths: readonly string[]): Configured {
  switch (asked.kind) {
    case "none":
      return asked;
    case "file": {
      const path = realOrResolved(resolve(cwd, asked.path));
      return configurationIn(path, { shown: asked.path, root: dirname(path), directory: realOrResolved(cwd) });
    }
    case "nearest":
      return nearestTo(paths, cwd);
  }
}

function nearestTo(paths: readonly string[], cwd: string): Configured {
  const { root, shared } = rootOf(cwd, paths);
  const display = displayPaths(cwd, root);
  const shown = (path: string) => display(toSlashes(relative(root, path)));
  for (let directory = shared; ; directory = dirname(directory)) {
    const here = [...ownNames, packageName].map((name) => join(directory, name)).filter((path) => isOurs(path, root));
    const [first, second] = here;
    if (second !== undefined)
      return wrong(`${here.map(shown).join(" and ")} hold a configuration each. Keep one of them.`);
    if (first !== undefined) return configurationIn(first, { shown: shown(first), root, directory });
    if (directory === root) return { kind: "none" };
  }
}

/** Is there a configuration? A `package.json` is one where it has the key, or may have. */
function isOurs(path: string, root: string): boolean {
  if (!isThere(path) || basename(path) !== packageName) return isThere(path);
  const read = readBelow(root, path, "configurationBytes");
  if (read.kind !== "text" || !read.text.includes(`"${key}"`)) return false; // Its other readers say what is wrong with it.
  const decoded = readJson({ path, text: read.text }, "all");
  return decoded.kind === "failed" || entryOf(decoded.value) !== undefined;
}

function entryOf(value: Value): Value | undefined {
  return value.kind === "map" ? value.entries.findLast((entry) => entry.key === key)?.value : undefined;
}

interface Place {
  readonly shown: string;
  /** No link out of it is followed. */
  readonly root: string;
  readonly directory: string;
}

function configurationIn(path: string, { shown, root, directory }: Place): Configured {
  const read = readBelow(root, path, "configurationBytes");
  if (read.kind === "missing") return wrong(`${shown} cannot be read: no such file or directory.`);
  if (read.kind === "failed") return wrong(`${shown} cannot be read: ${read.reason}.`);
  const written = { path, shown, text: read.text };
  const result = resultIn(written);
  if (result === undefined) return wrong(`${shown} has no key ${key}.`);
  if (result.kind === "wrong") return wrongIn(written, result.problems);
  return {
    kind: "file",
    configuration: result.configuration,
    directory,
    written: { ...written, value: result.written },
  };
}

function resultIn({ path, text }: Pick<Written, "path" | "text">): Reader.ConfigurationResult | undefined {
  const { readConfiguration, checkConfiguration } = require("../config/read-configuration");
  if (basename(path) !== packageName) return readConfiguration({ path, text });
  const decoded = readJson({ path, text }, "all");
  // A file that is no JSON is found to be none by the reader of configurations.
  if (decoded.kind === "failed") return readConfiguration({ path, text });
  const value = entryOf(decoded.value);
  return value && checkConfiguration(value);
}

/** The paths that a configuration names, absolute. None of them may lead out of the repository, by a link neither. */
export function pathsIn({ configuration, directory, written }: ConfigurationFile): LintedPaths | Wrong {
  const { root } = rootOf(directory, ["."]);
  const expanded = (configuration.paths ?? ["."]).map((path) =>
    expandGlobs(directory, [path], false).map((one) => resolve(directory, one)),
  );
  const outside = expanded.findIndex((paths) => paths.some((path) => pathBelow(root, path) === undefined));
  if (outside < 0) return { kind: "paths", paths: expanded.flat() };
  const { at } = require("../config/read-configuration").valueAt(written.value, ["paths", String(outside)]);
  return wrongIn(written, [{ at, message: `paths[${outside}] leads out of the repository.` }]);
}

interface LintedPaths {
  readonly kind: "paths";
  readonly paths: readonly string[];
}

/** As a report names it, whose paths are relative to the root: one that is elsewhere by its own name alone. */
export function nameOf({ written: { path } }: ConfigurationFile, root: string): string {
  const name = pathBelow(root, path) ?? basename(path);
  return basename(path) === packageName ? `${name}#${key}` : name;
}

function wrongIn({ text, shown }: Pick<Written, "text" | "shown">, problems: readonly ConfigurationProblem[]): Wrong {
  const starts = lineStarts(text);
  const lines = problems.slice(0, limits.problemsPerFile).map(({ at, message }) => {
    const { line, column } = positionAt(starts, at.start);
    return `${shown}:${line}:${column}: ${message}`;
  });
  return wrong(...lines, ...(problems.length > lines.length ? [`${shown}: There are more problems.`] : []));
}

function wrong(...lines: readonly string[]): Wrong {
  return { kind: "wrong", lines };
}
