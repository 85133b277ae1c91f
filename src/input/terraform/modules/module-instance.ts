import { always, type Guard } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { knownText, text, unknown } from "../../../core/text";
import { through } from "../../../core/trace";
import type { Value } from "../../../core/value";
import { blockOf, cyclic, type Block } from "./block";
import { spanOfName, type AttributeSource, type BlockSource } from "./block-source";
import { evaluate } from "../evaluate/expression";
import { once } from "../evaluate/once";
import type { Names, Scope } from "../evaluate/scope";
import { named, settled } from "../evaluate/settled";
import type {
  LocalInstance,
  ModuleInstance,
  NamedValue,
  OutputInstance,
  ProviderInstance,
  UnresolvedCall,
} from "./unit-tree";
import { callOf, type Call } from "./module-call";
import { relativeDir } from "./call-source";
import type { ModuleSource } from "./module-source";
import { inCopy, providerReference, repetitionOf } from "./repetition";
import type { Home, ManagingProvider } from "./resource-instance";
import { resourceOf, type Resource } from "./resource-group";
import { inModule, scopesOf, type UnitContext } from "./unit-context";
import { plainText, variableOf, type Setter, type Variable } from "./variable";

/** A module instance with what the evaluator needs of it. */
export interface Module extends ModuleInstance {
  readonly source: ModuleSource;
  readonly variables: readonly Variable[];
  /** An output as a reference to it sees it; undefined where it is not declared. */
  output(name: string): Value | undefined;
  provider(name: string, alias: string | undefined): ManagingProvider;
  /** Groups of instances, in the order of the source, worked out when they are asked for. */
  readonly resourceGroups: readonly Resource[];
  readonly calls: readonly Call[];
  /** What names mean in one of its files. */
  readonly scopeIn: (file: string) => Scope;
}

/** How a module instance came to be. The root module has no call. */
export interface Calling {
  readonly parent: Module;
  readonly block: BlockSource;
  readonly inputs: Block;
  readonly guard: Guard;
  /** `module.mail["a"]`, within the parent. */
  readonly local: string;
  /** Names of the calls that lead here, and the directories of the modules around. */
  readonly names: readonly string[];
  readonly around: readonly string[];
}

export function openModule(source: ModuleSource, unit: UnitContext, setter: Setter, calling?: Calling): Module {
  const address = calling === undefined ? "" : inModule(calling.parent.address, calling.local);
  const guard = calling?.guard ?? always;
  const names = namesOf(address, unit, source, () => ({ variables, locals, resourceGroups, calls, scopeIn }));
  const scopeIn = scopesOf(unit.evaluation, names);
  const variables = [...source.variables].map(([name, block]) =>
    variableOf(block, inModule(address, `var.${name}`), setter, scopeIn),
  );
  const locals = [...source.locals].map(([name, attribute]) =>
    localOf(name, attribute, { address, guard, source }, scopeIn),
  );
  const outputs = [...source.outputs].map(([name, block]) => outputOf(name, block, { address, guard }, scopeIn));
  const resourceGroups: Resource[] = [];
  const calls: Call[] = [];
  const referable = new Map(outputs.map((output) => [output.name, outputReference(output, address)]));
  const module: Module = {
    source,
    address,
    dir: source.dir,
    guard,
    call: calling?.block.at,
    inputs: calling?.inputs,
    parent: calling?.parent,
    variables,
    locals,
    outputs,
    output: (name) => referable.get(name)?.(),
    resources: () => resourceGroups.flatMap((resource) => resource.instances()),
    providers: once(
      () => source.providers.flatMap((block) => providersOf(block, module, scopeIn)),
      () => [],
    ),
    provider: (name, alias) => providerIn(module, calling, name, alias),
    resourceGroups,
    calls,
    scopeIn,
  };
  const home: Home = { unit, module, scopeIn, provider: (name, alias) => module.provider(name, alias) };
  for (const [local, block] of source.resources) resourceGroups.push(resourceOf(block, local, home));
  for (const [name, block] of source.calls) calls.push(callOf(block, name, { home, module, calling }));
  return module;
}

function namedValue(
  name: string,
  { address, at, guard }: Pick<NamedValue, "address" | "at"> & Pick<Module, "guard">,
  scope: Scope,
  compute: (scope: Scope) => Value,
  again = () => cyclic(address, at, scope),
): NamedValue {
  const value = once(() => settled(compute(scope), scope.evaluation, guard), again);
  return { name, address, at, value };
}

function localOf(
  name: string,
  { name: label, value, file }: AttributeSource,
  module: Pick<Module, "address" | "guard" | "source">,
  scopeIn: (file: string) => Scope,
): LocalInstance {
  const at = spanOfName(label, file);
  const local = `local.${name}`;
  const address = inModule(module.address, local);
  const instance = namedValue(
    name,
    { address, at, guard: module.guard },
    scopeIn(file),
    (scope) => named(through(evaluate(value, scope), local, at), address),
    module.source.circular.has(name) ? () => unknown("missing", address, at) : undefined,
  );
  return { ...instance, valueAt: { file, start: value.start, end: value.end } };
}

function outputOf(
  name: string,
  block: BlockSource,
  module: Pick<Module, "address" | "guard">,
  scopeIn: (file: string) => Scope,
): OutputInstance {
  const [label = block.type] = block.labels;
  const address = inModule(module.address, `output.${name}`);
  const at = spanOfName(label, block.file);
  const written = block.attributes.get("value");
  const value = namedValue(name, { address, at, guard: module.guard }, scopeIn(written?.file ?? block.file), (scope) =>
    written === undefined ? { kind: "null", at } : evaluate(written.value, scope),
  );
  return {
    ...value,
    valueAt: written === undefined ? at : { file: written.file, start: written.value.start, end: written.value.end },
    // Asked for late: it may refer to what is declared after it.
    sensitive: () => isSensitive(block, scopeIn),
  };
}

function isTrue(value: Value): boolean {
  return (value.kind === "bool" && value.value) || knownText(value) === "true";
}

/** `module.mail.password`, as the module around refers to it. */
function outputReference({ name, at, value }: OutputInstance, address: string): () => Value {
  const last = address.slice(address.lastIndexOf("module."));
  const what = `${last}.${name}`;
  return once(
    () => named(through(value(), what, at), `${address}.${name}`),
    () => value(),
  );
}

function isSensitive({ attributes }: BlockSource, scopeIn: (file: string) => Scope): boolean {
  const sensitive = attributes.get("sensitive");
  return sensitive !== undefined && isTrue(evaluate(sensitive.value, scopeIn(sensitive.file)));
}

interface Declared {
  readonly scopeIn: (file: string) => Scope;
  readonly variables: readonly Variable[];
  readonly locals: readonly NamedValue[];
  readonly resourceGroups: readonly Resource[];
  readonly calls: readonly Call[];
}

/** What is declared is asked for when the first name is: the declarations have scopes with these names. */
function namesOf(address: string, unit: UnitContext, source: ModuleSource, declared: () => Declared): Names {
  let known: ReturnType<typeof byName> | undefined;
  const all = () => (known ??= byName(declared()));
  const at: Span = { file: source.configs[0]?.path ?? source.dir, start: 0, end: 0 };
  return {
    address,
    variable: (name) => all().variables.get(name)?.value(),
    local: (name) => all().locals.get(name)?.value(),
    path(name) {
      if (name === "module") return text(relativeDir(unit.dir, source.dir), at);
      return name === "root" || name === "cwd" ? text(".", at) : undefined;
    },
    written(name) {
      const local = source.locals.get(name);
      return local && { value: local.value, scope: declared().scopeIn(local.file) };
    },
    isMarked(name) {
      const variable = source.variables.get(name);
      if (variable !== undefined && isSensitive(variable, declared().scopeIn)) return "yes";
      return address === "" ? "no" : "maybe";
    },
    call: (name) => all().calls.get(name)?.group(),
    resource: (local) => all().resources.get(local)?.group(),
    hasResource: (local) => all().resources.has(local),
    shared: new Map(),
    pieces: new Map(),
    places: new Map(),
  };
}

function byName({ variables, locals, resourceGroups, calls }: Declared) {
  return {
    variables: new Map(variables.map((one) => [one.name, one])),
    locals: new Map(locals.map((one) => [one.name, one])),
    resources: new Map(resourceGroups.map((one) => [one.local, one])),
    calls: new Map(calls.map((one) => [one.name, one])),
  };
}

/** OpenTofu makes several of one that has `for_each`: their aliases are `by["east"]` and `by["west"]`. */
function providersOf(
  source: BlockSource,
  module: ModuleInstance,
  scopeIn: (file: string) => Scope,
): readonly ProviderInstance[] {
  const type = source.labels[0]?.text ?? "";
  const written = plainText(source, "alias", scopeIn);
  const { copies, others } = repetitionOf(source, scopeIn);
  return [...copies, ...(others === undefined ? [] : [others])].map((copy) => {
    const alias = written === undefined ? undefined : written + copy.suffix;
    const address = providerAddress(module, type, alias);
    const inFile = (file: string) => inCopy(copy, scopeIn(file));
    return { ...blockOf(source, { address, guard: module.guard, inFile }), type, labels: [], alias, module, address };
  });
}

/** A module has the providers that it configures, those that it is handed, and its caller's default ones. */
function providerIn(
  module: Module,
  calling: Calling | undefined,
  name: string,
  alias: string | undefined,
): ManagingProvider {
  const configuration = module.providers().find((one) => one.type === name && one.alias === alias);
  if (configuration === undefined && calling !== undefined) {
    const handed = handedProvider(calling.block, alias === undefined ? name : `${name}.${alias}`);
    if (handed !== undefined) return calling.parent.provider(handed[0] ?? name, handed[1]);
    if (alias === undefined) return calling.parent.provider(name, undefined);
  }
  return { address: providerAddress(module, name, alias), configuration };
}

function providerAddress({ address }: ModuleInstance, type: string, alias: string | undefined): string {
  return inModule(address, ["provider", type, ...(alias === undefined ? [] : [alias])].join("."));
}

function handedProvider(call: BlockSource, wanted: string): readonly string[] | undefined {
  const given = call.attributes.get("providers")?.value;
  if (given?.kind !== "object") return undefined;
  for (const { key, value } of given.items) {
    const name = key.kind === "name" ? key.name.text : providerReference(key.value)?.join(".");
    if (name === wanted) return providerReference(value);
  }
  return undefined;
}

/** The module and all that it calls, in the order of the source. */
export function modulesIn(module: Module): readonly Module[] {
  return [module, ...module.calls.flatMap((call) => call.modules().flatMap(modulesIn))];
}

export function unresolvedIn(modules: readonly Module[]): readonly UnresolvedCall[] {
  return modules.flatMap((module) => module.calls.flatMap((call) => call.unresolved()));
}
