import { addAll } from "../../../core/add-all";
import type { Diagnostic } from "../../../core/diagnostic";
import { readJson } from "../../../core/json";
import { name as nameMessage } from "../../../core/message";
import type { DirectoryEntry } from "../../../core/read";
import type { Span } from "../../../core/source";
import {
  attributeSource,
  blockSource,
  overridden,
  spanOfName,
  type AttributeSource,
  type BlockSource,
} from "./block-source";
import { circularLocals } from "./circular";
import type { FileLog } from "../file-log";
import type { BuiltInModule } from "./built-in-modules";
import { configFromJson } from "../parse/json-syntax";
import { malformed } from "../parse/malformed";
import { parseConfig } from "../parse/parse";
import { placeBlock } from "../parse/place";
import type { Block, ConfigFile } from "../parse/syntax";

/** One directory as one module: what its configuration files declare, override files merged. Nothing is evaluated. */
export interface ModuleSource {
  /** Relative to the root of the run. */
  readonly dir: string;
  /** Whose text it is. What is not written by the user is placed at the call, and has no defaults of the user's. */
  readonly origin: "input" | "installed" | "built-in";
  readonly configs: readonly ConfigFile[];
  readonly variables: Declarations;
  readonly outputs: Declarations;
  readonly locals: ReadonlyMap<string, AttributeSource>;
  /** The names of those that refer to themselves: it has been told. */
  readonly circular: ReadonlySet<string>;
  /** `resource`, `data` and `ephemeral` blocks, by address. */
  readonly resources: Declarations;
  readonly calls: Declarations;
  /** In the order of the source. Several blocks may configure one provider under different aliases. */
  readonly providers: readonly BlockSource[];
  /** `backend` and `cloud` blocks. */
  readonly backends: readonly BlockSource[];
  /** Names of files in the directory that Terraform loads by itself, in its order, and of other variable files. */
  readonly variableFiles: readonly { readonly name: string; readonly loaded: boolean }[];
  readonly hasLockFile: boolean;
}

/** In the order of the source. */
type Declarations = ReadonlyMap<string, BlockSource>;

/** Does Terraform or OpenTofu read a file of this name as configuration? */
export function isConfigName(name: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(name) && !isEditorFile(name);
}

export function isVariableFileName(name: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(name) && !isEditorFile(name);
}

/** Terraform ignores what editors leave behind. */
function isEditorFile(name: string): boolean {
  return name.startsWith(".") || name.endsWith("~") || (name.startsWith("#") && name.endsWith("#"));
}

/** Reads a directory; undefined where it cannot be listed or holds no configuration. */
export function loadModule(dir: string, files: FileLog): ModuleSource | undefined {
  const listed = files.read.list(dir);
  if (listed.kind === "failed") return undefined;
  const names = configNames(listed.entries, dir, files);
  if (names.length === 0) return undefined;
  const draft = emptyDraft();
  const configs: ConfigFile[] = [];
  for (const name of names) {
    const config = readConfig(inDirectory(dir, name), files);
    if (config === undefined) continue;
    configs.push(config);
    for (const block of config.body.blocks) declare(draft, block, config.path, isOverride(name), files);
  }
  const circular = circularLocals(draft.locals);
  for (const [name, local] of draft.locals) if (circular.has(name)) files.report(dependsOnItself(local));
  return {
    dir,
    origin: "input",
    configs,
    ...draft,
    circular,
    variableFiles: variableFileNames(listed.entries),
    hasLockFile: listed.entries.some((entry) => entry.name === ".terraform.lock.hcl"),
  };
}

function dependsOnItself({ name, file }: AttributeSource): Diagnostic {
  const message = `The value of local.${name.text} depends on itself.`;
  return { kind: "invalid", file, at: spanOfName(name, file), message };
}

/** A module as if all of it stood at one place of another file. */
export function installedAt(source: ModuleSource, at: Span, files: FileLog): ModuleSource {
  const draft = emptyDraft();
  for (const { path, body } of source.configs) {
    for (const block of body.blocks) declare(draft, placeBlock(block, at), at.file, isOverride(path), files);
  }
  return { ...source, ...draft, origin: "installed" };
}

/** A module of which only the text is there, as if it stood at one place of another file. */
export function builtInAt({ address, text }: BuiltInModule, at: Span, files: FileLog): ModuleSource {
  const draft = emptyDraft();
  const { file } = parseConfig({ path: address, text });
  for (const block of file.body.blocks) declare(draft, placeBlock(block, at), at.file, false, files);
  // No directory of the input has this name.
  const nothing = { configs: [], circular: new Set<string>(), variableFiles: [], hasLockFile: false };
  return { dir: `//${address}`, origin: "built-in", ...draft, ...nothing };
}

export function inDirectory(dir: string, name: string): string {
  return dir === "" ? name : `${dir}/${name}`;
}

/** A configuration file's tree, as far as it could be read. */
function readConfig(path: string, files: FileLog): ConfigFile | undefined {
  const text = files.text(path);
  if (text === undefined) return undefined;
  const { file, problems } = path.endsWith(".json") ? readJsonConfig(path, text) : parseConfig({ path, text });
  problems.forEach(files.report);
  if (file !== undefined) malformed(file, isOverride(path)).forEach(files.report);
  if (file === undefined) {
    files.note({ path, status: "failed", reason: "is not valid JSON" });
  } else if (problems.some((problem) => problem.kind === "syntax" || problem.kind === "limit")) {
    files.note({ path, status: "partial", reason: "has syntax errors" });
  }
  return file;
}

function readJsonConfig(path: string, text: string): { file?: ConfigFile; problems: readonly Diagnostic[] } {
  const decoded = readJson({ path, text }, "all");
  if (decoded.kind === "value") return configFromJson(path, decoded.value);
  const { at, message, limit } = decoded;
  const problem = { file: path, at, message: `The file ${message}.` };
  return { problems: [limit === undefined ? { kind: "syntax", ...problem } : { kind: "limit", limit, ...problem }] };
}

/** Primary files by name, then override files by name. OpenTofu reads `x.tofu` in place of `x.tf`. */
function configNames(entries: readonly DirectoryEntry[], dir: string, files: FileLog): readonly string[] {
  const names = entries.filter((entry) => entry.kind === "file" && isConfigName(entry.name)).map((entry) => entry.name);
  const present = new Set(names);
  const read = names.filter((name) => {
    const instead = name.replace(/\.tf(\.json)?$/, ".tofu$1");
    if (instead === name || !present.has(instead)) return true;
    files.note({ path: inDirectory(dir, name), status: "skipped", reason: `${instead} stands in its place` });
    return false;
  });
  return [...read.filter((name) => !isOverride(name)), ...read.filter(isOverride)];
}

function isOverride(name: string): boolean {
  return /(?:^|[_/])override\.(?:tf|tofu)(?:\.json)?$/.test(name);
}

/** `terraform.tfvars`, its JSON form, then `*.auto.tfvars` and theirs, by name; the rest only by option. */
function variableFileNames(entries: readonly DirectoryEntry[]): ModuleSource["variableFiles"] {
  const names = entries.filter((entry) => entry.kind === "file" && isVariableFileName(entry.name));
  const order = (name: string) =>
    name === "terraform.tfvars" ? 0 : name === "terraform.tfvars.json" ? 1 : name.includes(".auto.tfvars") ? 2 : 3;
  return names.map(({ name }) => ({ name, loaded: order(name) < 3 })).sort((a, b) => order(a.name) - order(b.name));
}

type Mutable<T> = T extends ReadonlyMap<infer K, infer V> ? Map<K, V> : T extends readonly (infer I)[] ? I[] : T;
type Draft = {
  [K in "variables" | "outputs" | "locals" | "resources" | "calls" | "providers" | "backends"]: Mutable<
    ModuleSource[K]
  >;
};

function emptyDraft(): Draft {
  return {
    variables: new Map(),
    outputs: new Map(),
    locals: new Map(),
    resources: new Map(),
    calls: new Map(),
    providers: [],
    backends: [],
  };
}

function declare(draft: Draft, block: Block, file: string, override: boolean, files: FileLog): void {
  const labels = block.labels.map((label) => label.text);
  switch (block.type.text) {
    case "variable":
    case "output":
    case "module":
      if (labels.length !== 1) return; // It has been told.
      declareNamed(draft[tableOf[block.type.text]], labels.join("."), blockSource(block, file), override, files);
      return;
    case "resource":
    case "data":
    case "ephemeral": {
      if (labels.length !== 2) return;
      const prefix = block.type.text === "resource" ? "" : `${block.type.text}.`;
      declareNamed(draft.resources, prefix + labels.join("."), blockSource(block, file), override, files);
      return;
    }
    case "locals":
      declareLocals(draft.locals, block, file, override, files);
      return;
    case "provider":
      declareProvider(draft.providers, blockSource(block, file), override, files);
      return;
    case "terraform":
      declareBackends(draft.backends, blockSource(block, file), override, files);
      return;
    default:
      if (!withoutValue.has(block.type.text)) files.report(unknownBlock(block, file));
  }
}

/** Blocks that say nothing of what a resource is. */
const withoutValue: ReadonlySet<string> = new Set(["moved", "import", "removed", "check", "action"]);

function unknownBlock({ type }: Block, file: string): Diagnostic {
  const message = `The block type ${nameMessage(type.text).text} is not known; the block is not analysed.`;
  return { kind: "invalid", file, at: { file, start: type.start, end: type.end }, message };
}

const tableOf = { variable: "variables", output: "outputs", module: "calls" } as const;

function declareNamed(
  table: Map<string, BlockSource>,
  name: string,
  block: BlockSource,
  override: boolean,
  files: FileLog,
): void {
  const known = table.get(name);
  const what = `The ${block.type.text} ${name}`;
  if (known === undefined) {
    table.set(name, block);
    if (override) files.report(overridesNothing(what, block));
  } else if (override) table.set(name, overridden(known, block));
  else files.report(twice(what, block));
}

function declareLocals(
  table: Map<string, AttributeSource>,
  block: Block,
  file: string,
  override: boolean,
  files: FileLog,
): void {
  for (const attribute of block.body.attributes) {
    const name = attribute.name.text;
    const what = `The local value ${name}`;
    const place = { file, at: spanOfName(attribute.name, file) };
    if (table.has(name) !== override) files.report(override ? overridesNothing(what, place) : twice(what, place));
    if (override || !table.has(name)) table.set(name, attributeSource(attribute, file));
  }
}

function twice(what: string, { file, at }: Pick<BlockSource, "file" | "at">): Diagnostic {
  return { kind: "invalid", file, at, message: `${what} is declared twice in this module; the first one counts.` };
}

/** Terraform takes nothing that stands in override files only. */
function overridesNothing(what: string, { file, at }: Pick<BlockSource, "file" | "at">): Diagnostic {
  return { kind: "invalid", file, at, message: `${what} overrides nothing: no other file declares it.` };
}

/** An override applies to the block of the same provider and alias. Without an alias it may be the first. */
function declareProvider(providers: BlockSource[], block: BlockSource, override: boolean, files: FileLog): void {
  const key = providerKey(block);
  const index = providers.findIndex((one) => providerKey(one) === key);
  const known = providers[index];
  if (known === undefined) {
    providers.push(block);
    if (override && block.attributes.has("alias")) files.report(overridesNothing(`The provider ${key}`, block));
  } else if (override) providers[index] = overridden(known, block);
  else files.report(twice(`The provider ${key}`, block));
}

/** Provider and alias; an alias is a plain string by the language. */
function providerKey(block: BlockSource): string {
  const name = block.labels[0]?.text ?? "";
  const alias = block.attributes.get("alias")?.value;
  const parts = alias?.kind === "template" ? alias.parts : [];
  return [name, ...parts.map((part) => (part.kind === "text" ? part.text : "?"))].join(".");
}

/** An override's backend replaces every backend. */
function declareBackends(backends: BlockSource[], block: BlockSource, override: boolean, files: FileLog): void {
  const found = block.blocks.filter((inner) => inner.type.text === "backend" || inner.type.text === "cloud");
  const [first] = found;
  if (override && first !== undefined) backends.length = 0;
  if (backends.length > 0 && first !== undefined) files.report(twice("The backend", first));
  addAll(backends, found);
}
