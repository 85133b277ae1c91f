import { addAll } from "../../core/add-all";
import { isIncomplete, type Diagnostic } from "../../core/diagnostic";
import { readJson } from "../../core/json";
import { say, name as named } from "../../core/message";
import type { Read } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import { directoryOf } from "../../core/source";
import { knownEnd } from "../../core/text";
import type { Value } from "../../core/value";
import type { Model } from "../../model/model";
import { tableNames, type SettingNames } from "../../model/credentials/setting-names";
import { adaptTemplates } from "../cloudformation/adapt";
import { tiedTemplates, type RootTemplate } from "../cloudformation/exports";
import { givenTexts, readGiven, type GivenParameters } from "../cloudformation/given-parameters";
import { localPath, type LocalPath } from "../cloudformation/local-path";
import type { StackResource } from "../cloudformation/stack";
import { templateStore, writtenNestedPath, type TemplateStore } from "../cloudformation/template-store";
import type { Adapting, FoundFile, Given } from "../dialect";
import { textField } from "../fields";
import { modelsOfLiterals } from "../literal-model";
import { readAssembly, type Assembly, type Target } from "./assembly";
import { constructPaths } from "./constructs";
import { assemblyOf, isApp, isContext } from "./recognise";
import { sourcePlaces, type SourcePlaces } from "./source-places";

/** The models of the stacks of every assembly, and what is to be said of apps without one. */
export function* adaptApps(files: readonly FoundFile[], read: Read, given?: Given): Adapting {
  const parameters = readGiven(given, read);
  const names = given?.names ?? tableNames;
  const found = { diagnostics: [], files: new Map(), done: new Set<string>() };
  const run: Run = { read, given: parameters, names, ...found };
  for (const file of files) {
    if (isApp(file, read)) yield* addApp(file, run);
    else if (isContext(file)) yield* addContext(file, run);
  }
  for (const dir of directories(files, read)) yield* addAssembly(dir, run);
  for (const outcome of parameters.files) run.files.set(outcome.path, outcome);
  for (const file of files) if (!run.files.has(file.path)) run.files.set(file.path, left(file.path));
  return { diagnostics: [...parameters.diagnostics, ...run.diagnostics], files: [...run.files.values()] };
}

type Models = Generator<Model, void, void>;

interface Run {
  readonly read: Read;
  readonly given: GivenParameters;
  /** What names of settings say. */
  readonly names: SettingNames;
  readonly diagnostics: Diagnostic[];
  readonly files: Map<string, FileOutcome>;
  /** Directories of assemblies that were read. */
  readonly done: Set<string>;
}

function directories(files: readonly FoundFile[], read: Read): readonly string[] {
  return [...new Set(files.flatMap((file) => assemblyOf(file.path, read) ?? []))];
}

/**
 * Of an app without output nothing is known, since nothing is executed. Its output is where it says, and nowhere else: an
 * assembly that stands beside it may be one that its tests compare with.
 */
function* addApp(file: FoundFile, run: Run): Models {
  const dir = directoryOf(file.path);
  const config = valuesIn(file.path, run.read);
  if (config !== undefined) yield* modelsOfLiterals(config, file.path, "cdk", run.names);
  const output = localPath(file.path, textField(config, "output") ?? "cdk.out");
  const manifest = output?.kind === "inside" ? run.read.text(`${output.path}/manifest.json`) : undefined;
  run.files.set(file.path, { path: file.path, status: "analysed", dialect: "cdk" });
  if (manifest?.kind === "text") return;
  const where = named(dir === "" ? "." : dir);
  const message = say`The CDK app has no output to read: run \`npx cdk synth\` in ${where}, then lint again.`;
  run.diagnostics.push({ kind: "unreadable", file: file.path, message: message.text });
  run.files.set(file.path, { path: file.path, status: "failed", reason: "no output to read", dialect: "cdk" });
}

/** What the app is told of itself is the same for all of its stacks, and so are the credentials that are written there. */
function* addContext(file: FoundFile, run: Run): Models {
  const { path } = file;
  const values = valuesIn(path, run.read);
  if (values === undefined) {
    run.diagnostics.push({ kind: "syntax", file: path, message: "The file is not JSON." });
    run.files.set(path, { path, status: "failed", reason: "is not JSON", dialect: "cdk" });
    return;
  }
  run.files.set(path, { path, status: "analysed", dialect: "cdk" });
  yield* modelsOfLiterals(values, path, "cdk", run.names);
}

function valuesIn(path: string, read: Read): Value | undefined {
  const result = read.text(path);
  const decoded = result.kind === "text" ? readJson({ path, text: result.text }) : undefined;
  return decoded?.kind === "value" ? decoded.value : undefined;
}

/** What is read of one assembly is forgotten with it. */
interface AssemblyRun extends Run {
  readonly store: TemplateStore;
}

/** An assembly and those of its stages. */
function* addAssembly(dir: string, outer: Run): Models {
  const store = templateStore(outer.read, "cdk", true);
  const run: AssemblyRun = { ...outer, store, diagnostics: [] };
  const places = sourcePlaces(run.read, directoryOf(dir));
  const waiting = [readAssembly(dir, run.read)];
  for (let assembly = waiting.shift(); assembly !== undefined; assembly = waiting.shift()) {
    if (run.done.has(assembly.dir)) continue;
    run.done.add(assembly.dir);
    addManifests(assembly, run);
    yield* addStacks(assembly, places, run);
    for (const stage of assembly.nested) {
      const nested = readAssembly(stage.path, run.read);
      if (nested === undefined) missing(stage, "assembly", run);
      else waiting.push(nested);
    }
  }
  for (const outcome of store.files(run.diagnostics)) run.files.set(outcome.path, outcome);
  addAll(outer.diagnostics, [...store.diagnostics(), ...run.diagnostics]);
}

function addManifests({ files, diagnostics }: Assembly, run: Run): void {
  addAll(run.diagnostics, diagnostics);
  for (const { path, isRead } of files) {
    const isPartial = diagnostics.some((diagnostic) => diagnostic.file === path && isIncomplete(diagnostic));
    const status = isRead ? (isPartial ? "partial" : "analysed") : "failed";
    run.files.set(path, { path, status, dialect: "cdk" });
  }
}

function missing({ artifact, at }: Target, what: string, run: Run): void {
  const message = say`The ${named(what)} of ${named(artifact)} is not there.`;
  run.diagnostics.push({ kind: "unreadable", file: at.file, at, message: message.text });
}

function* addStacks(assembly: Assembly, places: SourcePlaces, run: AssemblyRun): Models {
  const given = givenTexts(run.given);
  const roots = assembly.templates.flatMap((target): readonly RootTemplate[] => {
    const { path, artifact: label, stackName, pseudo } = target;
    if (run.read.text(path).kind === "missing") missing(target, "template", run);
    return run.store.load(path).map((template) => ({ template, label, stackName, given, pseudo }));
  });
  const products = productPaths(assembly).flatMap((path): readonly RootTemplate[] => {
    const label = path.slice(path.lastIndexOf("/") + 1, -productEnding.length);
    return run.store.load(path).map((template) => ({ template, label, given }));
  });
  const nestedPath = (resource: StackResource): LocalPath | undefined => nestedTemplate(resource, assembly);
  const constructs = constructPaths(assembly, places);
  for (const tied of tiedTemplates([...roots, ...products])) {
    const { model, diagnostics } = adaptTemplates(tied, { ...run, dialect: "cdk", nestedPath, constructs });
    addAll(run.diagnostics, diagnostics);
    yield model;
  }
}

/** The templates of products of Service Catalog: no stack nests them, whoever launches one makes a stack of it. */
function productPaths({ assets }: Assembly): readonly string[] {
  return [...new Set(assets.values())].filter((path) => path.endsWith(productEnding));
}

/** CDK names the template after the construct. */
const productEnding = ".product.template.json";

/** The template of a nested stack or a stack set: as the metadata say it, or by the hash in the URL of its upload. */
function nestedTemplate(resource: StackResource, assembly: Assembly): LocalPath | undefined {
  const written = writtenNestedPath(resource);
  if (written?.kind === "inside" && !isBelow(written.path, assembly.dir)) return { kind: "outside" };
  if (written !== undefined) return written;
  const url = resource.property("TemplateURL");
  const hash = /\/([0-9a-f]{32,})\.json$/.exec(knownEnd(url))?.[1];
  const path = hash === undefined ? undefined : assembly.assets.get(hash);
  return path === undefined ? undefined : { kind: "inside", path };
}

function isBelow(path: string, dir: string): boolean {
  return dir === "" || path.startsWith(`${dir}/`);
}

/** What of an assembly no stack uses. */
function left(path: string): FileOutcome {
  const isTemplate = path.endsWith(".template.json");
  return isTemplate
    ? { path, status: "skipped", reason: "no stack of the assembly uses it", dialect: "cdk" }
    : { path, status: "not-iac" };
}
