import { addAll } from "../../../core/add-all";
import type { GivenValue } from "../../../core/given-value";
import { compareText } from "../../../core/source";
import { modulesIn, openModule, unresolvedIn, type Module } from "./module-instance";
import type { Attributes, ResourceInstance, UnitTree, VariableFile } from "./unit-tree";
import { constantSource } from "./block-source";
import { sourceKind } from "./call-source";
import { calledModules, isInstalled } from "./called-module";
import { importsIn } from "./imports";
import type { ModuleSource } from "./module-source";
import type { Evaluation } from "../evaluate/scope";
import { once } from "../evaluate/once";
import type { FileLog } from "../file-log";
import { withGivenFiles, withGivenValues } from "./given-variables";
import type { ConfigFile } from "../parse/syntax";
import { manifestOf } from "./manifest";
import type { Overlay } from "./overlay";
import type * as QuickLook from "./quick-look";
import { addRefusals } from "./refusals";
import { togglesIn } from "./toggles";
import type { UnitContext } from "./unit-context";
import { assignedValues, variableFilesOf } from "./variable-file";

/** Loaded with the first large unit. */
declare function require(path: "./quick-look"): typeof QuickLook;

/** Where units begin, and which modules each of them is the way to. */
interface Units {
  readonly roots: readonly ModuleSource[];
  /** Is the module analysed as a part of this unit? One that others call is not analysed through an example. */
  includes(root: ModuleSource, dir: string): boolean;
}

/**
 * A directory that another one calls is analysed through its callers only; callers under `examples/`, and tests beside
 * the module, count only where there is no other. Directories that call each other in a ring, and nobody else, begin
 * with the first.
 */
export function unitsOf(sources: readonly ModuleSource[]): Units {
  const called = new Set(sources.flatMap((source) => calledBy(source).filter((dir) => dir !== source.dir)));
  const byDir = new Map(sources.map((source) => [source.dir, source]));
  const notInstalled = sources.filter((source) => !isInstalled(source.dir));
  const own = notInstalled.length > 0 ? notInstalled : sources;
  const roots = own.filter((source) => !called.has(source.dir));
  const reached = new Set<string>();
  for (const root of roots) reach(root.dir, byDir, reached);
  for (const source of own.toSorted((a, b) => compareText(a.dir, b.dir))) {
    if (reached.has(source.dir)) continue;
    roots.push(source);
    reach(source.dir, byDir, reached);
  }
  const examples = new Set(roots.filter(isExample));
  const inEarnest = new Set<string>();
  for (const root of roots) if (!examples.has(root)) reach(root.dir, byDir, inEarnest);
  return {
    roots: roots.toSorted((a, b) => compareText(a.dir, b.dir)),
    includes: (root, dir) => dir === root.dir || !examples.has(root) || !inEarnest.has(dir),
  };
}

/** Tests are recognised by where they are, too: `environments/test` is an environment. */
function isExample(source: ModuleSource): boolean {
  if (source.dir.split("/").includes("examples")) return true;
  return calledBy(source).some((called) => {
    const isInside = called === "" || source.dir.startsWith(`${called}/`);
    const inside = isInside ? source.dir.slice(called.length).split("/") : [];
    return inside.some((name) => testFolders.has(name));
  });
}

const testFolders: ReadonlySet<string> = new Set(["example", "test", "tests"]);

/** Directories by local path. */
function calledBy(source: ModuleSource): readonly string[] {
  return [...source.calls.values()].flatMap((call) => {
    const where = sourceKind(constantSource(call), source.dir);
    return where.kind === "local" ? [where.dir] : [];
  });
}

function reach(from: string, byDir: ReadonlyMap<string, ModuleSource>, reached: Set<string>): void {
  const open = [from];
  for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
    if (reached.has(dir)) continue;
    reached.add(dir);
    const source = byDir.get(dir);
    if (source !== undefined) addAll(open, calledBy(source));
  }
}

/** A directory that nobody calls, without backend, provider, lock file and variable files, is there to be called. */
function kindOf(source: ModuleSource): UnitTree["kind"] {
  const isRun =
    source.backends.length > 0 || source.providers.length > 0 || source.hasLockFile || source.variableFiles.length > 0;
  return isRun ? "root" : "library";
}

interface Loading {
  readonly files: FileLog;
  readonly attributes: Attributes;
  readonly load: (dir: string) => ModuleSource | undefined;
  /** What a user gives to variables of root modules. */
  readonly given: readonly GivenValue[];
}

/** Where there is a plan or state of it, the module has been run. */
export function openUnit(
  source: ModuleSource,
  units: Units,
  { files, attributes, load, given }: Loading,
  overlay?: Overlay,
): UnitTree {
  const resources: UnitContext["resources"] = new Map();
  const modules: UnitContext["modules"] = new Map();
  const evaluation: Evaluation = {
    files,
    workingDir: source.dir,
    instance: (address) => resources.get(address) ?? modules.get(address),
    budget: { steps: 0, depth: 0 },
    refused: [],
  };
  const isRun = overlay !== undefined || given.some((one) => one.kind === "file" || source.variables.has(one.name));
  const kind = isRun ? "root" : kindOf(source);
  const installed = once(
    () => manifestOf(source.dir, files),
    () => () => undefined,
  );
  const unit: UnitContext = {
    kind,
    evaluation,
    attributes,
    dir: source.dir,
    ...calledModules(files, load),
    installed: (calls) => installed()(calls),
    resources,
    modules,
    overlay,
    calls: { count: 0 },
    instance: (address) => tree.instance(address),
    instancesOf: (type) => tree.instancesOf(type),
  };
  const variableFiles = withGivenFiles(variableFilesOf(source, evaluation), given, evaluation);
  const values = withGivenValues(assignedValues(variableFiles), { given, files: variableFiles, source, evaluation });
  const toggles = once(
    () => togglesIn(source, load),
    () => new Set<string>(),
  );
  const isToggle = kind === "library" ? (name: string) => toggles().has(name) : undefined;
  const root = openModule(source, unit, { kind: "files", values, isToggle, recorded: overlay });
  const tree = treeOf(root, unit, variableFiles, (dir) => units.includes(source, dir));
  return tree;
}

function treeOf(
  root: Module,
  unit: UnitContext,
  variableFiles: readonly VariableFile[],
  isIncluded: (dir: string) => boolean,
): UnitTree {
  const { kind, overlay, evaluation, resources } = unit;
  const none = () => [];
  const modules = once<readonly Module[]>(() => modulesIn(root).filter((module) => isIncluded(module.dir)), none);
  const instances = once<readonly ResourceInstance[]>(() => modules().flatMap((module) => module.resources()), none);
  const configs = once<readonly ConfigFile[]>(
    () => [...new Set(modules().flatMap((module) => module.source.configs))],
    none,
  );
  const imports = once(
    () => importsIn(root.source.configs),
    () => () => false,
  );
  return {
    path: root.dir,
    kind,
    overlay,
    modules,
    instances,
    relevant: (wanted) =>
      overlay === undefined && isLarge(configs()) ? require("./quick-look").relevant(modules(), wanted) : instances(),
    outputs: root.outputs,
    unresolved: () => unresolvedIn(modules()),
    configs,
    variableFiles,
    refused() {
      for (const module of modules()) addRefusals(module, evaluation);
      return evaluation.refused;
    },
    report: evaluation.files.report,
    defaults() {
      const own = modules().filter((module) => module.source.origin === "input");
      const places = own.flatMap((module) => module.variables.map((variable) => variable.defaultAt));
      return places.filter((place) => place !== undefined);
    },
    instance(address) {
      if (!resources.has(address)) instances();
      return resources.get(address);
    },
    mayHaveMore: (address) =>
      imports()(address) || overlay?.isImported(address) === true ? { kind: "imported", what: address } : undefined,
    instancesOf: (type) => countedModules(root).flatMap((module) => instancesOfType(module, type)),
  };
}

/** Is there so much of it that a look costs less than to work out what it says? */
function isLarge(configs: readonly ConfigFile[]): boolean {
  return configs.reduce((sum, { body }) => sum + body.end, 0) > largeUnit;
}

/** Characters of all its files. */
const largeUnit = 100_000;

/** How often others are there may hang on what is being worked out: these are looked at once that is known. */
function instancesOfType(module: Module, type: string): readonly ResourceInstance[] {
  return module.resourceGroups.flatMap((group) =>
    group.mode === "managed" && group.type === type && group.isCounted() ? group.instances() : [],
  );
}

function countedModules(module: Module): readonly Module[] {
  return [module, ...module.calls.flatMap((call) => (call.isCounted() ? call.modules().flatMap(countedModules) : []))];
}
