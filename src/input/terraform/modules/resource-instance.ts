import { choose } from "../../../core/choice";
import type { Guard } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { tracesOf, unknown } from "../../../core/text";
import { mapTraces } from "../../../core/trace";
import type { Trace, Value } from "../../../core/value";
import { blockOf, type Block } from "./block";
import type { BlockSource } from "./block-source";
import { renderTemplate } from "../evaluate/template";
import { bind, type Instance, type Scope } from "../evaluate/scope";
import { unlessNull } from "../evaluate/settled";
import { asAttribute } from "../evaluate/as-attribute";
import type { ModuleInstance, ProviderInstance, ResourceInstance } from "./unit-tree";
import { filledAttribute, filledIn, type Overlay } from "./overlay";
import { boundBy, inCopy, providerReference, type Copy } from "./repetition";
import { inModule, type UnitContext } from "./unit-context";

/** A provider as a module sees it. Its configuration may stand nowhere in the input: there is one all the same. */
export interface ManagingProvider {
  readonly address: string;
  readonly configuration: ProviderInstance | undefined;
}

/** Where a resource stands: its module and what the module says of names. */
export interface Home {
  readonly unit: UnitContext;
  readonly module: ModuleInstance;
  readonly scopeIn: (file: string) => Scope;
  readonly provider: (name: string, alias: string | undefined) => ManagingProvider;
}

/** A resource, data source or ephemeral resource as it is declared, with what all its instances share. */
interface Declared extends Pick<ResourceInstance, "mode" | "name" | "provider" | "providerAddress" | "template"> {
  readonly source: BlockSource;
  /** The address within the module, without keys: `aws_iam_user.mail`, `data.aws_region.here`. */
  readonly local: string;
  readonly type: string;
  readonly home: Home;
  /** May one of its blocks speak of `self`? */
  readonly hasSelf: boolean;
}

export function declared(source: BlockSource, local: string, home: Home): Declared {
  const [type = "", name = ""] = source.labels.map((label) => label.text);
  let provider: ManagingProvider | undefined;
  const managing = () => (provider ??= providerOf(source, type, home));
  return {
    source,
    local,
    type,
    name,
    home,
    mode: modeOf(source),
    hasSelf: source.blocks.some((block) => speaksOfSelf.has(block.type.text)),
    provider: () => managing().configuration,
    providerAddress: () => managing().address,
    template: (text, variables) => renderTemplate(text, variables, home.scopeIn(source.file)),
  };
}

/** One instance of it. There may be many: each has only what is its own. */
export function resourceInstance(of: Declared, copy: Copy, guard: Guard): ResourceInstance {
  const { source, home } = of;
  const { module, unit } = home;
  const address = inModule(module.address, of.local + copy.suffix);
  const inFile = (file: string): Scope => {
    const scope = home.scopeIn(file);
    return of.hasSelf ? withSelf(copy, address, source.at, scope) : inCopy(copy, scope);
  };
  const own = blockOf(source, { address, guard, inFile }, of);
  const block = unit.overlay === undefined ? own : filledBlock(own, address, unit.overlay);
  const { written } = block;
  let attributes: Map<string, Value> | undefined;
  // Every part by name: of objects that are spread into one, each has a shape of its own, which costs more than it holds.
  const instance: ResourceInstance = {
    type: of.type,
    labels: noLabels,
    at: source.at,
    guard,
    arguments: block.arguments,
    argument: block.argument,
    blocks: block.blocks,
    allBlocks: block.allBlocks,
    mode: of.mode,
    name: of.name,
    address,
    module,
    construct: source.construct,
    isRecorded: unit.overlay !== undefined,
    attribute(wanted) {
      attributes ??= new Map();
      const known = attributes.get(wanted);
      if (known !== undefined) return known;
      // Until it is worked out this stands for it, where it depends on itself.
      attributes.set(wanted, unknown("missing", `${address}.${wanted}`, source.at));
      const value = attributeOf(instance, written(wanted), wanted, unit);
      attributes.set(wanted, value);
      return value;
    },
    provider: of.provider,
    providerAddress: of.providerAddress,
    template: of.template,
  };
  return instance;
}

const noLabels: readonly string[] = [];

export function modeOf({ type }: BlockSource): ResourceInstance["mode"] {
  return type.text === "data" || type.text === "ephemeral" ? type.text : "managed";
}

function filledBlock(block: Block, address: string, overlay: Overlay): Block {
  const written = (name: string) => filledIn(block.written(name), () => overlay.known(address, name));
  return {
    ...block,
    written,
    argument(name) {
      const value = written(name);
      return value && unlessNull(value);
    },
  };
}

function withSelf({ turn, suffix }: Copy, address: string, at: Span, scope: Scope): Scope {
  const bound = turn && boundBy(turn);
  const self = unknown("after-apply", address, at, { id: address, ref: { address, attribute: "" } });
  const names = [...(bound?.names ?? []), "self"];
  return bind(scope, { names, values: [...(bound?.values ?? []), self] }, suffix);
}

const speaksOfSelf: ReadonlySet<string> = new Set(["provisioner", "connection", "lifecycle"]);

/** Where the argument may be null, what the provider makes of it then is the other way. */
function attributeOf(instance: ResourceInstance, value: Value | undefined, name: string, unit: UnitContext): Value {
  const { address } = instance;
  if (value === undefined || value.kind === "null") {
    const computed = unit.attributes.computed(instance, name, unit);
    return filledAttribute(computed, { known: unit.overlay?.known(address, name), address, name });
  }
  if (value.kind !== "choice" || !value.options.some((option) => option.value.kind === "null")) {
    return asAttribute(value, address, name);
  }
  const alternatives = value.options.map((option) => ({
    guard: option.guard,
    value:
      option.value.kind === "null"
        ? unit.attributes.computed(instance, name, unit)
        : asAttribute(option.value, address, name),
  }));
  return choose(alternatives, value.at);
}

/** `aws_iam_user` is of the provider `aws` where it does not name another. */
function providerOf(source: BlockSource, type: string, home: Home): ManagingProvider {
  const [name = "", alias] = providerReference(source.attributes.get("provider")?.value) ?? [];
  return home.provider(name === "" ? (type.split("_")[0] ?? type) : name, alias);
}

/** An instance with what it was made of. */
export interface Made {
  readonly of: Declared;
  readonly copy: Copy;
  readonly resource: ResourceInstance;
}

/** The instance as traversals see it: made when one refers to it, which to most instances of many none does. */
export function referable(made: Made): Instance {
  const { key, unknownKey, guard } = made.copy;
  return {
    key,
    unknownKey,
    guard,
    address: made.resource.address,
    attribute: (name, at) => attributeReferredTo(made, name, at),
    object: (at) => objectReferredTo(made, at),
  };
}

function attributeReferredTo({ resource, of: { local } }: Made, name: string, at: Span): Value {
  return referredTo(resource.attribute(name), { what: `${local}.${name}`, of: resource.address }, at);
}

function objectReferredTo({ resource, of: { home, local } }: Made, at: Span): Value {
  const { address, mode } = resource;
  const kind = mode === "managed" ? "after-apply" : "data-source";
  const traces = home.unit.attributes.traces(resource);
  const object = unknown(kind, address, at, { id: address, ref: { address, attribute: "" }, traces });
  return referredTo(object, { what: local, of: address }, at);
}

/** The first step of a credential's way is where the resource that makes it is referred to. */
function referredTo(value: Value, { what, of }: { readonly what: string; readonly of: string }, at: Span): Value {
  if (tracesOf(value).length === 0) return value;
  const path = (trace: Trace): Trace["path"] =>
    trace.credential === of && trace.path.before === undefined ? { at, what } : { at, what, before: trace.path };
  return mapTraces(value, (traces) => traces.map((trace) => ({ ...trace, path: path(trace) })));
}
