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
import { providerReference, type Copy } from "./repetition";
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

/** One instance of a resource, data source or ephemeral resource. `local` is its address within the module. */
export function resourceInstance(
  source: BlockSource,
  local: string,
  copy: Copy,
  guard: Guard,
  home: Home,
): ResourceInstance {
  const { module, unit } = home;
  const [type, name] = source.labels.map((label) => label.text);
  const address = inModule(module.address, local + copy.suffix);
  const written = blockOf(source, { address, guard, inFile: scopesOf(copy, address, source, home) }, type ?? "");
  const block = unit.overlay === undefined ? written : filledBlock(written, address, unit.overlay);
  let attributes: Map<string, Value> | undefined;
  // Every part by name: of objects that are spread into one, each has a shape of its own, which costs more than it holds.
  const instance: ResourceInstance = {
    type: block.type,
    labels: [],
    at: block.at,
    guard,
    arguments: block.arguments,
    argument: block.argument,
    blocks: block.blocks,
    allBlocks: block.allBlocks,
    mode: modeOf(source),
    name: name ?? "",
    address,
    module,
    construct: source.construct,
    attribute(wanted) {
      attributes ??= new Map();
      const known = attributes.get(wanted);
      if (known !== undefined) return known;
      // While it is worked out it depends on itself; the next line replaces what stands for that.
      attributes.set(wanted, unknown("missing", `${address}.${wanted}`, source.at));
      const value = attributeOf(instance, block, wanted, unit);
      attributes.set(wanted, value);
      return value;
    },
    provider: () => providerOf(source, type ?? "", home).configuration,
    providerAddress: () => providerOf(source, type ?? "", home).address,
    template: (text, variables) => renderTemplate(text, variables, home.scopeIn(source.file)),
  };
  return instance;
}

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

/**
 * An instance is mostly written in one file, whose scope is kept. What is there once, without a block that may speak of
 * `self`, sees the names of the module only.
 */
function scopesOf(copy: Copy, address: string, source: BlockSource, home: Home): (file: string) => Scope {
  const hasSelf = source.blocks.some(({ type }) => speaksOfSelf.has(type.text));
  if (copy.bindings.size === 0 && !hasSelf) return home.scopeIn;
  let kept: { readonly file: string; readonly scope: Scope } | undefined;
  return (file) => {
    if (kept?.file === file) return kept.scope;
    const bindings = hasSelf ? withSelf(copy.bindings, address, source.at) : copy.bindings;
    const scope = bind(home.scopeIn(file), bindings, copy.suffix);
    kept = { file, scope };
    return scope;
  };
}

function withSelf(bindings: Copy["bindings"], address: string, at: Span): Copy["bindings"] {
  const self = unknown("after-apply", address, at, { id: address, ref: { address, attribute: "" } });
  return new Map([...bindings, ["self", self]]);
}

const speaksOfSelf: ReadonlySet<string> = new Set(["provisioner", "connection", "lifecycle"]);

/** Where the argument may be null, what the provider makes of it then is the other way. */
function attributeOf(instance: ResourceInstance, block: Block, name: string, unit: UnitContext): Value {
  const { address } = instance;
  const value = block.written(name);
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

/** The instance as traversals see it. `local` is what the user wrote before the attribute. */
export function referable(resource: ResourceInstance, local: string, copy: Copy, unit: UnitContext): Instance {
  const { address, mode } = resource;
  return {
    key: copy.key,
    unknownKey: copy.unknownKey,
    guard: copy.guard,
    address,
    attribute: (name, at) => referredTo(resource.attribute(name), { what: `${local}.${name}`, of: address }, at),
    object(at) {
      const kind = mode === "managed" ? "after-apply" : "data-source";
      const traces = unit.attributes.traces(resource);
      return unknown(kind, address, at, { id: address, ref: { address, attribute: "" }, traces });
    },
  };
}

/** The first step of a credential's way is where the resource that makes it is referred to. */
function referredTo(value: Value, { what, of }: { readonly what: string; readonly of: string }, at: Span): Value {
  if (tracesOf(value).length === 0) return value;
  const path = (trace: Trace): Trace["path"] =>
    trace.credential === of && trace.path.before === undefined ? { at, what } : { at, what, before: trace.path };
  return mapTraces(value, (traces) => traces.map((trace) => ({ ...trace, path: path(trace) })));
}
