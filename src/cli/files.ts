import { isUtf8 } from "node:buffer";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
  type Dirent,
  type Stats,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Ignore } from "ignore";
import { limits, type Limit } from "../core/limits";
import { kept } from "../core/map";
import { name } from "../core/message";
import type { DirectoryEntry, ListResult, Read, TextResult } from "../core/read";
import { compareText, directoryOf } from "../core/source";

/** Loaded with the first `.gitignore`. */
declare function require(id: "ignore"): () => Ignore;

/**
 * The one module that opens inputs. Everything is inside `root`, an absolute path: a link that leads out of it is not
 * followed, nothing but regular files is opened, and no more of one is read than a limit allows.
 */
export function readDisk(root: string, exclusion?: Exclusion): Read {
  const disk = openDisk(root);
  const outer = exclusion === undefined ? [] : [ignoreFileOf(exclusion, disk.root)];
  const ignores: Ignores = { outer, known: new Map() };
  return {
    list: (path) => list(disk, path, ignores),
    text: (path) => text(disk, path),
  };
}

/** What a run reads of, and where the directories are that it has been to, so that no path is followed twice. */
interface Disk {
  /** Real and absolute. */
  readonly root: string;
  /** By path. */
  readonly directories: Map<string, Inside>;
}

function openDisk(root: string): Disk {
  return { root: realpathSync.native(root), directories: new Map() };
}

/** What a configuration excludes. */
export interface Exclusion {
  /** As in `.gitignore`. */
  readonly patterns: readonly string[];
  /** The absolute directory that they are relative to. */
  readonly directory: string;
  /** The configuration's name for a reader. */
  readonly by: string;
}

/** The text of a file below a directory, which is real and absolute; a link out of it is not followed. */
export function readBelow(directory: string, path: string, limit: ByteLimit): TextResult {
  return text(openDisk(directory), toSlashes(relative(directory, path)), limit);
}

type ByteLimit = Extract<Limit, `${string}Bytes`>;

/** Where the paths of a run stand. Directories are real and absolute. */
interface Root {
  /**
   * What all paths are relative to: the repository that holds them all, otherwise the working directory if they are
   * below it, otherwise the deepest directory that holds them.
   */
  readonly root: string;
  /** The deepest directory that holds them. */
  readonly shared: string;
  /** The paths relative to the root, with forward slashes. */
  readonly named: readonly string[];
}

export function rootOf(cwd: string, paths: readonly string[]): Root {
  const absolute = paths.map((path) => realOrResolved(resolve(cwd, path)));
  const directories = absolute.map((path) => (isDirectory(path) ? path : dirname(path)));
  const shared = directories.reduce(commonParent);
  const here = realOrResolved(cwd);
  // A run from the top of the file system would have no outside.
  const root = repositoryOf(shared) ?? (isBelow(here, shared) && dirname(here) !== here ? here : shared);
  return { root, shared, named: absolute.map((path) => toSlashes(relative(root, path))) };
}

/** An absolute path relative to a directory, with forward slashes; undefined where it leads out, by a link too. */
export function pathBelow(directory: string, path: string): string | undefined {
  const real = realOrResolved(path);
  return isBelow(directory, real) ? toSlashes(relative(directory, real)) : undefined;
}

/** Is there an entry of that name? A link that leads nowhere is one. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // Nobody may look: whoever reads the directory will say so.
  }
}

/** Paths below the root, as the user at `cwd` would type them; a file's name cannot draw on the terminal. */
export function displayPaths(cwd: string, root: string): (path: string) => string {
  const here = realOrResolved(cwd);
  return (path) => name(toSlashes(relative(here, root + sep + path)) || ".").text;
}

function list(disk: Disk, path: string, ignores: Ignores): ListResult {
  const directory = directoryInside(disk, path);
  if (directory.kind !== "path") return { kind: "failed", reason: directory.reason };
  try {
    const entries = readdirSync(directory.path, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
    const hasOwn = entries.some((entry) => entry.name === ".gitignore");
    const rules = ignoreFilesAt(disk, path, ignores, hasOwn);
    return { kind: "entries", entries: entries.map((entry) => toEntry(disk, path, entry, rules)) };
  } catch (error) {
    return { kind: "failed", reason: reasonOf(error) };
  }
}

function toEntry(disk: Disk, path: string, entry: Dirent, rules: readonly IgnoreFile[]): DirectoryEntry {
  const at = prefixOf(path) + entry.name;
  const kind = entry.isFile() ? "file" : entry.isDirectory() ? "directory" : "other";
  const ignored = whoIgnores(rules, at, kind === "directory");
  const other = (reason: string): DirectoryEntry => ({ name: entry.name, kind: "other", reason, ...ignored });
  if (kind !== "other") return { name: entry.name, kind, ...ignored };
  if (!entry.isSymbolicLink()) return other("not a regular file");
  const target = inside(disk, at);
  if (target.kind !== "path") return other(target.reason);
  if (isDirectory(target.path)) return other("a link to a directory, read where it stands");
  return { name: entry.name, kind: "file", ...ignored };
}

function text(disk: Disk, path: string, limit = limitOf(path)): TextResult {
  const file = inside(disk, path);
  if (file.kind === "missing") return { kind: "missing" };
  if (file.kind === "refused") return { kind: "failed", reason: file.reason };
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    descriptor = openSync(file.path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    const { size } = status;
    if (!status.isFile()) return { kind: "failed", reason: "not a regular file" };
    if (size > limits[limit]) return { kind: "failed", reason: `larger than ${limits[limit]} bytes`, limit };
    const bytes = readAll(descriptor, size);
    const mayBeWide = limit === "jsonBytes" || /\.(?:ya?ml|template)$/i.test(path);
    return mayBeWide && isWide(bytes) ? decodeWide(bytes) : decode(bytes);
  } catch (error) {
    return { kind: "failed", reason: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function limitOf(path: string): ByteLimit {
  return /\.(?:json|tfstate)$/i.test(path) ? "jsonBytes" : "fileBytes";
}

/** At most `size` bytes: a file that grows while it is read must not outgrow the limit that was just checked. */
function readAll(descriptor: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, buffer, filled, size - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

function decode(bytes: Buffer): TextResult {
  if (bytes.subarray(0, gitCrypt.length).equals(gitCrypt)) return { kind: "failed", reason: "encrypted by git-crypt" };
  if (bytes.includes(0)) return { kind: "failed", reason: "not text" };
  if (!isUtf8(bytes)) return { kind: "failed", reason: "not UTF-8", looks: bytes.toString("utf8") };
  return { kind: "text", text: bytes.toString("utf8"), bytes: bytes.length };
}

/** What a file begins with that git-crypt keeps encrypted: it cannot be read in a clone without the key. */
const gitCrypt = Buffer.from("\0GITCRYPT\0");

function isWide(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes.readUInt16LE(0) === 0xfeff;
}

/** What PowerShell writes where output goes to a file: `terraform show -json plan > plan.json`, `cdk synth > mail.yaml`. */
function decodeWide(bytes: Buffer): TextResult {
  try {
    const text = new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: "text", text, bytes: bytes.length };
  } catch {
    return { kind: "failed", reason: "not UTF-16" };
  }
}

type Inside =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "missing"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

/** The real path of a path below the root, if it is there and does not lead out. What is no link is where it is named. */
function inside(disk: Disk, path: string): Inside {
  if (path.length > longPath) return followed(disk.root, path);
  const directory = directoryInside(disk, directoryOf(path));
  if (directory.kind !== "path") return directory;
  const at = join(directory.path, path.slice(path.lastIndexOf("/") + 1));
  if (dirname(at) !== directory.path) return followed(disk.root, path); // `..`, or the root itself.
  try {
    const status = lstatSync(at, { throwIfNoEntry: false });
    if (status === undefined) return { kind: "missing", reason: "no such file or directory" };
    return status.isSymbolicLink() ? followed(disk.root, path) : { kind: "path", path: at };
  } catch (error) {
    return notInside(error);
  }
}

/** Characters. A longer path, which an input may name, is not looked at part by part: the system says that it is too long. */
const longPath = 1_000;

function directoryInside(disk: Disk, path: string): Inside {
  return kept(disk.directories, path, () => (path === "" ? { kind: "path", path: disk.root } : inside(disk, path)));
}

function followed(root: string, path: string): Inside {
  try {
    const real = realpathSync.native(path === "" ? root : root + sep + path);
    return isBelow(root, real) ? { kind: "path", path: real } : { kind: "refused", reason: "a link out of the root" };
  } catch (error) {
    return notInside(error);
  }
}

function notInside(error: unknown): Inside {
  const code = codeOf(error);
  const reason = reasonOf(error);
  return code === "ENOENT" || code === "ENOTDIR" ? { kind: "missing", reason } : { kind: "refused", reason };
}

/** Both are absolute, and real where they exist. */
function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** A `.gitignore`, or what a configuration excludes, with the directory that its patterns are relative to. */
interface IgnoreFile {
  readonly directory: string;
  readonly rules: Ignore;
  /** Its name where it is a configuration: no other file takes back what that excludes. */
  readonly configuration?: string;
}

interface Ignores {
  /** What holds everywhere. */
  readonly outer: readonly IgnoreFile[];
  /** By directory. */
  readonly known: Map<string, readonly IgnoreFile[]>;
}

function ignoreFileOf({ patterns, directory, by }: Exclusion, root: string): IgnoreFile {
  // Patterns of a configuration outside of the root are relative to the root.
  const below = isBelow(root, directory) ? toSlashes(relative(root, directory)) : "";
  return { directory: below, rules: require("ignore")().add(patterns), configuration: by };
}

/** The ignore files that hold for entries of a directory, outermost first. `hasOwn`: may there be one in it? */
function ignoreFilesAt(disk: Disk, path: string, ignores: Ignores, hasOwn = true): readonly IgnoreFile[] {
  const cached = ignores.known.get(path);
  if (cached !== undefined) return cached;
  const above = path === "" ? ignores.outer : ignoreFilesAt(disk, directoryOf(path), ignores);
  // A directory that is ignored is listed only where it was named or is an assembly: what ignores it is overruled.
  const { ignoredBy, excludedBy } = path === "" ? {} : whoIgnores(above, path, true);
  const outer = above.filter((file) => (file.configuration === undefined ? ignoredBy : excludedBy) === undefined);
  const own = hasOwn ? text(disk, `${prefixOf(path)}.gitignore`) : undefined;
  const isHeld = own?.kind === "text" && !own.text.split("\n").some(isSlow);
  const files = isHeld ? [...outer, { directory: path, rules: require("ignore")().add(own.text) }] : outer;
  ignores.known.set(path, files);
  return files;
}

/**
 * Comparing a pattern with a path takes a time that grows with the path's depth to the power of its `**`: a second for
 * three of them, 200 deep. A file with such a pattern, which hardly anybody has, is not held to: more is read, not less.
 */
function isSlow(pattern: string): boolean {
  return pattern.split("**/").length > 3;
}

/** The innermost `.gitignore` that has an opinion decides, as git does. */
function whoIgnores(files: readonly IgnoreFile[], path: string, directory: boolean): Ignored {
  const judged = files
    .filter((file) => file.directory === "" || path.startsWith(`${file.directory}/`))
    .map((file) => {
      const below = file.directory === "" ? path : path.slice(file.directory.length + 1);
      return { file, verdict: file.rules.test(directory ? `${below}/` : below) };
    });
  const excluding = judged.find(({ file, verdict }) => file.configuration !== undefined && verdict.ignored);
  const ignoring = judged.findLast(
    ({ file, verdict }) => file.configuration === undefined && (verdict.ignored || verdict.unignored),
  );
  return {
    ...(ignoring?.verdict.ignored === true && { ignoredBy: `${prefixOf(ignoring.file.directory)}.gitignore` }),
    ...(excluding?.file.configuration !== undefined && { excludedBy: excluding.file.configuration }),
  };
}

type Ignored = Pick<DirectoryEntry, "ignoredBy" | "excludedBy">;

function prefixOf(directory: string): string {
  return directory === "" ? "" : `${directory}/`;
}

function commonParent(a: string, b: string): string {
  let parent = a;
  while (!isBelow(parent, b)) parent = dirname(parent);
  return parent;
}

function repositoryOf(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    // A worktree or submodule has a file of that name.
    if (statusOf(join(at, ".git")) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

function isDirectory(path: string): boolean {
  return statusOf(path)?.isDirectory() ?? false;
}

/** Undefined where it is not there or may not be looked at: whoever reads it will say why it cannot be read. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

export function realOrResolved(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

export function toSlashes(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Words of ours for the codes of the system: its own messages hold absolute paths. */
function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons.get(code) ?? (code === "" ? "it cannot be read" : code);
}

const reasons = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["ENOENT", "no such file or directory"],
  ["ENOTDIR", "no such file or directory"],
  ["ELOOP", "a link that leads to itself"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EIO", "the disk reports an error"],
]);
