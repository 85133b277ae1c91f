import { choose } from "../../../core/choice";
import type { Guard } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { kept } from "../../../core/map";
import { tracesOf, unknown } from "../../../core/text";
import { mapTraces } from "../../../core/trace";
import type { Trace, Unknown, Value } from "../../../core/value";
import {
  allBlocksIn,
  argumentOf,
  blocksIn,
  formOf,
  writtenIn,
  type Block,
  type Form,
  type WrittenBlock,
} from "./block";
import type { BlockSource } from "./block-source";
import { renderTemplate } from "../evaluate/template";
import { bind, objectOfTurn, type Instance, type Scope } from "../evaluate/scope";
import { asAttribute } from "../evaluate/as-attribute";
import type { ModuleInstance, ProviderInstance, ResourceInstance } from "./unit-tree";
import { filledIn, filledAttribute } from "./overlay";
import { inCopy, providerReference, type Copy } from "./repetition";
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
interface Declared extends Pick<ResourceInstance, "mode" | "name" | "provider" | "ofProvider" | "template"> {
  readonly source: BlockSource;
  readonly form: Form;
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
  const unknowns = new Map<string, Unknown>();
  const managing = () => (provider ??= providerOf(source, type, home));
  return {
    source,
    form: formOf(source),
    local,
    type,
    name,
    home,
    mode: modeOf(source),
    hasSelf: source.blocks.some((block) => speaksOfSelf.has(block.type.text)),
    provider: () => managing().configuration,
    ofProvider: (what, at) =>
      kept(unknowns, what, () => {
        const id = `${managing().address}.${what}`;
        return unknown("data-source", id, at, { id });
      }),
    template: (text, variables) => renderTemplate(text, variables, home.scopeIn(source.file)),
  };
}

/** One instance of it, with what it has worked out. There may be many: each has only what is its own. */
export interface Made extends ResourceInstance, Instance, WrittenBlock {
  readonly of: Declared;
  readonly copy: Copy;
  /** Attributes that no argument sets, as far as they are worked out. */
  computed: Map<string, Value> | undefined;
  /** `at` is the reference, where there is one. */
  attribute(name: string, at?: Span): Value;
  blocks(type: string): readonly Block[];
  allBlocks(): readonly Block[];
}

export function resourceInstance(of: Declared, copy: Copy, guard: Guard): Made {
  const { source, home, form } = of;
  const isRecorded = home.unit.overlay !== undefined;
  // Every part by name: of objects that are spread into one, each has a shape of its own, which costs more than it holds.
  return {
    type: of.type,
    labels: noLabels,
    at: source.at,
    guard,
    arguments: form.names,
    argument: argumentOf,
    written: isRecorded ? writtenOrRecorded : writtenIn,
    blocks: blocksIn,
    allBlocks: allBlocksIn,
    mode: of.mode,
    name: of.name,
    address: inModule(home.module.address, of.local + copy.suffix),
    module: home.module,
    construct: source.construct,
    isRecorded,
    attribute: attributeOf,
    object: objectOf,
    provider: of.provider,
    ofProvider: of.ofProvider,
    template: of.template,
    of,
    copy,
    inFile: scopeOf,
    form,
    values: undefined,
    nested: undefined,
    computed: undefined,
  };
}

const noLabels: readonly string[] = [];

export function modeOf({ type }: BlockSource): ResourceInstance["mode"] {
  return type.text === "data" || type.text === "ephemeral" ? type.text : "managed";
}

function scopeOf(this: Made, file: string): Scope {
  const { of, copy, address } = this;
  const scope = of.home.scopeIn(file);
  return of.hasSelf ? withSelf(copy, address, of.source.at, scope) : inCopy(copy, scope);
}

function withSelf({ turn, suffix }: Copy, address: string, at: Span, scope: Scope): Scope {
  const self = unknown("after-apply", address, at, { id: address, ref: { address, attribute: "" } });
  if (turn === undefined) return bind(scope, { kind: "names", names: ["self"], values: [self] }, suffix);
  // Both at once: an expression that speaks of both stands in one instance.
  return bind(scope, { kind: "names", names: [turn.kind, "self"], values: [objectOfTurn(turn), self] }, suffix);
}

const speaksOfSelf: ReadonlySet<string> = new Set(["provisioner", "connection", "lifecycle"]);

/** A plan or state fills what is not known of an argument. */
function writtenOrRecorded(this: Made, name: string): Value | undefined {
  return filledIn(writtenIn.call(this, name), () => this.of.home.unit.overlay?.known(this.address, name));
}

function attributeOf(this: Made, name: string, at?: Span): Value {
  const value = this.written(name);
  const isSet = value !== undefined && value.kind !== "null" && !mayBeNull(value);
  const worth = isSet ? asAttribute(value, this.address, name) : computedOnce(this, name, value);
  return at === undefined ? worth : referredTo(worth, this, `.${name}`, at);
}

function mayBeNull(value: Value): boolean {
  return value.kind === "choice" && value.options.some((option) => option.value.kind === "null");
}

function computedOnce(made: Made, name: string, value: Value | undefined): Value {
  const computed = (made.computed ??= new Map<string, Value>());
  const known = computed.get(name);
  if (known !== undefined) return known;
  // Until it is worked out this stands for it, where it depends on itself.
  computed.set(name, unknown("missing", `${made.address}.${name}`, made.at));
  const worth = computedOf(made, name, value);
  computed.set(name, worth);
  return worth;
}

/** Where the argument may be null, what the provider makes of it then is the other way. */
function computedOf(made: Made, name: string, value: Value | undefined): Value {
  const { address } = made;
  const { attributes, overlay } = made.of.home.unit;
  const computed = attributes.computed(made, name, made.of.home.unit);
  if (value?.kind !== "choice")
    return filledAttribute(computed, { known: overlay?.known(address, name), address, name });
  const alternatives = value.options.map(({ guard, value: option }) => ({
    guard,
    value: option.kind === "null" ? computed : asAttribute(option, address, name),
  }));
  return choose(alternatives, value.at);
}

/** `aws_iam_user` is of the provider `aws` where it does not name another. */
function providerOf(source: BlockSource, type: string, home: Home): ManagingProvider {
  const [name = "", alias] = providerReference(source.attributes.get("provider")?.value) ?? [];
  return home.provider(name === "" ? (type.split("_")[0] ?? type) : name, alias);
}

/** The instance as a whole. */
function objectOf(this: Made, at: Span): Value {
  const { address, mode, of } = this;
  const kind = mode === "managed" ? "after-apply" : "data-source";
  const traces = of.home.unit.attributes.traces(this);
  return referredTo(unknown(kind, address, at, { id: address, ref: { address, attribute: "" }, traces }), this, "", at);
}

/** The first step of a credential's way is where the resource that makes it is referred to. */
function referredTo(value: Value, { of: { local }, address }: Made, accessor: string, at: Span): Value {
  if (tracesOf(value).length === 0) return value;
  const what = local + accessor;
  const path = (trace: Trace): Trace["path"] =>
    trace.credential === address && trace.path.before === undefined ? { at, what } : { at, what, before: trace.path };
  return mapTraces(value, (traces) => traces.map((trace) => ({ ...trace, path: path(trace) })));
}
