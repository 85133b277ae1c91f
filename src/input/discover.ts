import type { Diagnostic } from "../core/diagnostic";
import { limits } from "../core/limits";
import type { DirectoryEntry, Read } from "../core/read";
import type { FileOutcome } from "../core/report";
import { directoryOf } from "../core/source";
import type { FoundFile } from "./dialect";

/** What a walk over the named paths found; every directory entry that is not in `files` has an outcome. */
interface Discovered {
  /** In the order of the walk, which is by code unit. */
  readonly files: readonly FoundFile[];
  readonly outcomes: readonly FileOutcome[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Walk {
  readonly read: Read;
  readonly files: Map<string, FoundFile>;
  readonly outcomes: Map<string, FileOutcome>;
  readonly diagnostics: Diagnostic[];
  readonly entered: Set<string>;
  entries: number;
}

/** Finds the files below the named paths. Paths are relative to the root of the run; "" is the root itself. */
export function discover(read: Read, paths: readonly string[]): Discovered {
  const walk: Walk = { read, files: new Map(), outcomes: new Map(), diagnostics: [], entered: new Set(), entries: 0 };
  for (const path of paths) enterNamed(walk, path);
  return {
    files: [...walk.files.values()],
    outcomes: [...walk.outcomes.values()].filter((outcome) => !walk.files.has(outcome.path)),
    diagnostics: walk.diagnostics,
  };
}

/** A named path is read whatever ignores it; only what stands below it is judged. */
function enterNamed(walk: Walk, path: string): void {
  const entry = path === "" ? undefined : entryOf(walk.read, path);
  if (path !== "" && entry === undefined) {
    walk.diagnostics.push({ kind: "unreadable", file: path, message: "There is no such file or directory." });
    return;
  }
  if (entry === undefined || entry.kind === "directory") {
    enterDirectory(walk, path, 0);
    return;
  }
  // A named link out of the root or a socket is handed on as well: reading it says why it cannot be read.
  walk.files.set(path, { path, named: true });
}

function entryOf(read: Read, path: string): DirectoryEntry | undefined {
  const listed = read.list(directoryOf(path));
  if (listed.kind === "failed") return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return listed.entries.find((entry) => entry.name === name);
}

function enterDirectory(walk: Walk, path: string, depth: number): void {
  if (walk.entered.has(path)) return;
  walk.entered.add(path);
  const listed = walk.read.list(path);
  if (listed.kind === "failed") {
    const message = `The directory cannot be listed: ${listed.reason}.`;
    walk.diagnostics.push({ kind: "unreadable", file: path === "" ? "." : path, message });
    walk.outcomes.set(`${path}/`, { path: `${path}/`, status: "failed", reason: listed.reason });
    return;
  }
  for (const entry of listed.entries) {
    if (isOver(walk, path, depth)) return;
    walk.entries++;
    visit(walk, path === "" ? entry.name : `${path}/${entry.name}`, entry, depth);
  }
}

function visit(walk: Walk, path: string, entry: DirectoryEntry, depth: number): void {
  const because = ignoredBecause(entry);
  if (because !== undefined) {
    const shown = entry.kind === "directory" ? `${path}/` : path;
    walk.outcomes.set(shown, { path: shown, status: "ignored", reason: because });
  } else if (entry.kind === "directory") {
    enterDirectory(walk, path, depth + 1);
  } else if (entry.kind === "file") {
    if (!walk.files.has(path)) walk.files.set(path, { path, named: false });
  } else if (entry.reason !== undefined && looksLikeInput(entry.name)) {
    walk.diagnostics.push({
      kind: "unreadable",
      file: path,
      message: `The file cannot be read: it is ${entry.reason}.`,
    });
    walk.outcomes.set(path, { path, status: "failed", reason: entry.reason });
  } else {
    walk.outcomes.set(path, { path, status: "skipped", reason: entry.reason ?? "not a regular file" });
  }
}

function isOver(walk: Walk, path: string, depth: number): boolean {
  const limit = walk.entries >= limits.entries ? "entries" : depth > limits.depth ? "depth" : undefined;
  if (limit === undefined) return false;
  const what = limit === "entries" ? `more than ${limits.entries} directory entries` : "directories too deep";
  const message = `There are ${what}: the rest of this directory is not listed.`;
  walk.diagnostics.push({ kind: "limit", limit, file: path === "" ? "." : path, message });
  walk.outcomes.set(`${path}/`, { path: `${path}/`, status: "partial", reason: what });
  return true;
}

/**
 * Why an entry is not read, or undefined. Assemblies and `cdk.json`, which tells where one is, plans and variable files are
 * read even where git ignores them.
 */
function ignoredBecause(entry: DirectoryEntry): string | undefined {
  if (entry.excludedBy !== undefined) return `excluded by ${entry.excludedBy}`;
  if (entry.kind === "directory") {
    const reason = notEntered.get(entry.name);
    if (reason !== undefined) return reason;
    if (entry.name === "cdk.out" || entry.name === "cdktf.out") return undefined;
  }
  if (/\.tfvars(?:\.json)?$|^cdk\.json$/.test(entry.name) || isPlanName(entry.name)) return undefined;
  return entry.ignoredBy === undefined ? undefined : `ignored by ${entry.ignoredBy}`;
}

/** `plan.json`, `tfplan.json`, `prod.tfplan.json`, `plan-prod.json`. */
function isPlanName(name: string): boolean {
  return /(?:^|[._-])(?:tf)?plan(?:[._-][^/]*)?\.json$/i.test(name);
}

const notEntered = new Map([
  [".git", "git's own files"],
  ["node_modules", "installed packages"],
  [".terraform", "Terraform's own files; installed modules are read where they are called"],
]);

/** A link that cannot be followed matters where its name is one that a dialect reads by its name. */
function looksLikeInput(name: string): boolean {
  return /\.(?:tf|tofu|tf\.json|tfvars|tfvars\.json|template|template\.json)$/.test(name);
}
