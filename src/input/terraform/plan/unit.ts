import type { Diagnostic } from "../../../core/diagnostic";
import { limits } from "../../../core/limits";
import { put } from "../../../core/map";
import { directoryOf } from "../../../core/source";
import { unknown } from "../../../core/text";
import type { Entry, Value } from "../../../core/value";
import { managedByType } from "../attributes";
import { once } from "../evaluate/once";
import type { Attributes, OutputInstance, ProviderInstance, ResourceInstance, UnitTree } from "../modules/unit-tree";
import { inModule } from "../modules/unit-context";
import { configuredModule } from "./configuration";
import { entriesIn, fieldOf } from "../../fields";
import { recordedInstance } from "./resource-instance";
import { mergedValue } from "./merged";
import { configuredOutput, recordedModule, stepsTo, type ModuleStep } from "./module";
import { providerInstance } from "./provider";
import { isSensitive, type RecordedFile } from "./record";
import type { RecordedModule, Recording } from "./recording";
import { recogniser } from "./recogniser";

export interface RecordedUnit {
  readonly file: RecordedFile;
  readonly tree: UnitTree;
  /** The expression of a resource's argument, where the file has a configuration. */
  readonly expression: (address: string, argument: string) => Value | undefined;
}

/** A plan or state without sources as a unit: what stands in the file is all that there is. */
export function recordedUnit(
  file: RecordedFile,
  attributes: Attributes,
  report: (diagnostic: Diagnostic) => void,
): RecordedUnit {
  const opened: Opened = { modules: new Map(), instances: new Map(), byModule: new Map() };
  const recording = recordingOf(file, opened, attributes, report);
  const root = openModules(file, opened, recording);
  for (const resource of file.resources.values()) {
    const module = opened.modules.get(resource.module) ?? root;
    const instance = recordedInstance(resource, module, recording);
    opened.instances.set(resource.address, instance);
    put(opened.byModule, module.address, instance);
  }
  return {
    file,
    tree: treeOf(file, root, opened, recording),
    expression(address, argument) {
      const resource = file.resources.get(address);
      const configured = resource && opened.modules.get(resource.module)?.configured?.resources.get(resource.local);
      return fieldOf(fieldOf(configured, "expressions"), argument);
    },
  };
}

/** What a unit is put together of. */
interface Opened {
  /** By address, as the instances are. */
  readonly modules: Map<string, RecordedModule>;
  readonly instances: Map<string, ResourceInstance>;
  /** By the address of the module. */
  readonly byModule: Map<string, ResourceInstance[]>;
}

function recordingOf(
  file: RecordedFile,
  { modules, instances }: Opened,
  attributes: Attributes,
  report: (diagnostic: Diagnostic) => void,
): Recording {
  const { path } = file.source;
  const variables = new Map(file.variables.map(({ key, value }) => [key, fieldOf(value, "value")]));
  const providers = new Map(
    entriesIn(fieldOf(file.configuration, "provider_config")).map((one) => [one.key, one.value]),
  );
  const byType = once(
    () => managedByType([...instances.values()]),
    () => new Map<string, ResourceInstance[]>(),
  );
  return {
    file,
    attributes,
    start: { file: path, start: 0, end: 0 },
    module: (address) => modules.get(address),
    instance: (address) => instances.get(address),
    instancesOf: (type) => byType().get(type) ?? [],
    variable: (name) => variables.get(name),
    provider: (key) => providers.get(key),
    recognised: recogniser(() => [...instances.values()]),
    over(limit, at) {
      const message = `There is more to look up than a limit allows (${limits[limit]}): the rest is not known.`;
      report({ kind: "limit", limit, file: path, message });
      return unknown("limit", limit, at);
    },
    worked: new Map(),
    depth: 0,
    steps: 0,
  };
}

function treeOf(file: RecordedFile, root: RecordedModule, opened: Opened, recording: Recording): UnitTree {
  const { path, text } = file.source;
  const instances = [...opened.instances.values()];
  const body = { attributes: [], blocks: [], start: 0, end: text.length };
  return {
    path,
    kind: "root",
    overlay: undefined,
    refused: () => [],
    // What is wrong in it was reported when the plan was made.
    report: () => undefined,
    modules: () => [...opened.modules.values()],
    instances: () => instances,
    relevant: () => instances,
    outputs: outputsOf(file, root, recording),
    unresolved: () => [],
    // A file without blocks: its words say what it is about.
    configs: () => [{ path, body, comments: [] }],
    variableFiles: [],
    defaults: () => [],
    mayHaveMore: (address) =>
      file.resources.get(address)?.isImported === true ? { kind: "imported", what: address } : file.rest?.reason,
    instance: (address) => recording.instance(address),
    instancesOf: (type) => recording.instancesOf(type),
  };
}

/** The module instances that have resources, and calls without: outermost first. The root module is always there. */
function openModules(file: RecordedFile, { modules, byModule }: Opened, recording: Recording): RecordedModule {
  const dir = directoryOf(file.source.path);
  const configured = fieldOf(file.configuration, "root_module");
  const open = (step: ModuleStep, parent: RecordedModule | undefined): RecordedModule => {
    const called = parent?.configured?.calls.get(step.name);
    const own = parent === undefined ? configured && configuredModule(configured) : called?.module;
    const parts = {
      dir,
      resources: () => byModule.get(step.address) ?? [],
      providers: () => (parent === undefined ? providersOf(file, module, recording) : []),
    };
    const module = recordedModule({ ...step, calling: parent && { parent, called } }, own, parts, recording);
    modules.set(step.address, module);
    return module;
  };
  const root = open({ address: "", name: "", suffix: "" }, undefined);
  for (const address of new Set([...file.resources.values()].map(({ module }) => module))) {
    let parent = root;
    for (const step of stepsTo(address) ?? []) parent = modules.get(step.address) ?? open(step, parent);
  }
  const called = new Set([...modules.values()].map(({ address, suffix }) => withoutKey(address, suffix)));
  for (const module of [...modules.values()]) openCalls(module, { modules, called, open });
  return root;
}

function withoutKey(address: string, suffix: string): string {
  return address.slice(0, address.length - suffix.length);
}

interface Opening {
  readonly modules: ReadonlyMap<string, RecordedModule>;
  /** Addresses of calls of which there are instances. */
  readonly called: ReadonlySet<string>;
  readonly open: (step: ModuleStep, parent: RecordedModule) => RecordedModule;
}

/** A call whose module makes nothing itself may hand something on. */
function openCalls(module: RecordedModule, opening: Opening): void {
  for (const name of module.configured?.calls.keys() ?? []) {
    const address = inModule(module.address, `module.${name}`);
    const isThere = opening.called.has(address) || opening.modules.size > limits.moduleCalls;
    if (!isThere) openCalls(opening.open({ address, name, suffix: "" }, module), opening);
  }
}

function providersOf(file: RecordedFile, root: RecordedModule, recording: Recording): readonly ProviderInstance[] {
  const configs = entriesIn(fieldOf(file.configuration, "provider_config"));
  return configs.map(({ value }) => providerInstance(value, root, recording));
}

/** With the values that the plan or state has; where it has none, with what the expression says. */
function outputsOf(file: RecordedFile, root: RecordedModule, recording: Recording): readonly OutputInstance[] {
  const known = new Map(file.outputs.map((output) => [output.key, output]));
  const changes = new Map(file.outputChanges.map(({ key, value }) => [key, value]));
  const configured = root.configured?.outputs ?? new Map<string, Entry>();
  return [
    ...[...configured.values()].map((output) => {
      const planned = known.get(output.key);
      const value = fieldOf(planned?.value, "value");
      const instance = configuredOutput(output, root, recording);
      if (planned !== undefined && value !== undefined) return knownOutput(planned, value, recording);
      return partlyKnown(instance, { output, change: changes.get(output.key), module: root }, recording);
    }),
    ...file.outputs.flatMap((output) => {
      const value = fieldOf(output.value, "value");
      return configured.has(output.key) || value === undefined ? [] : [knownOutput(output, value, recording)];
    }),
  ];
}

/** What of the value is known after apply is what the expression says. Marks are those of the whole output. */
function partlyKnown(
  instance: OutputInstance,
  {
    output,
    change,
    module,
  }: { readonly output: Entry; readonly change: Value | undefined; readonly module: RecordedModule },
  recording: Recording,
): OutputInstance {
  const value = fieldOf(change, "after");
  if (value === undefined || value.kind === "null") return instance;
  const unknowns = fieldOf(change, "after_unknown");
  const expression = fieldOf(output.value, "expression");
  const within = { module, suffix: "", id: instance.address, at: value.at, forEach: undefined };
  const merged = mergedValue({ value, unknowns, marks: "open", expression, isPart: false }, within, recording);
  return merged === undefined
    ? instance
    : { ...instance, value: () => recording.recognised(merged), valueAt: value.at };
}

function knownOutput({ key, keyAt, value }: Entry, known: Value, recording: Recording): OutputInstance {
  return {
    name: key,
    address: `output.${key}`,
    at: keyAt,
    value: () => recording.recognised(known),
    valueAt: known.at,
    sensitive: () => isSensitive(value),
  };
}
