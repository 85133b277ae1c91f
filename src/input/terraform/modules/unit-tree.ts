import type { Diagnostic } from "../../../core/diagnostic";
import type { Guard } from "../../../core/guard";
import type { Read } from "../../../core/read";
import type { FileOutcome } from "../../../core/report";
import type { Span } from "../../../core/source";
import type { MapValue, Reason, Text, Trace, Unknown, Value } from "../../../core/value";
import type { ConfigFile } from "../parse/syntax";
import type { ModuleSource } from "./module-source";
import type { Overlay } from "./overlay";

/**
 * What the evaluator hands to the adapter: Terraform's own nouns, with values instead of expressions. Everything is
 * worked out when it is asked for, once. `address` is unique within the unit, and is "" for the root module.
 */

/** The units of one run. Diagnostics and files are complete when everything that is wanted has been asked for. */
export interface Project {
  /**
   * Opened one after the other, so that what was worked out for one need not be kept while the next is adapted. A root
   * of which there are several plans is a unit with each of them.
   */
  units(
    overlaysOf?: (roots: readonly ModuleSource[]) => ReadonlyMap<ModuleSource, readonly Overlay[]>,
  ): Iterable<UnitTree>;
  /** Reads files of the run, and keeps account of them. */
  readonly read: Read;
  diagnostics(): readonly Diagnostic[];
  /** What became of every file that was read: configuration, variable files, and those that functions read. */
  files(): readonly FileOutcome[];
}

/** The resources of a unit, for what looks others up. */
export interface UnitResources {
  /** By its address within the unit. */
  instance(address: string): ResourceInstance | undefined;
  /**
   * The managed resources of one type, in the order of the source. While values are being worked out, those are left out
   * whose number may hang on them.
   */
  instancesOf(type: string): readonly ResourceInstance[];
}

/** A root module or library with the modules that it calls. */
export interface UnitTree extends UnitResources {
  /** The directory of the root module, relative to the root of the run; "" is the root of the run itself. */
  readonly path: string;
  readonly kind: "root" | "library";
  /** The plan or state that decides its values. */
  readonly overlay: Overlay | undefined;
  /** The root module first, then what it calls, each in the order of the source. */
  readonly modules: () => readonly ModuleInstance[];
  /** All resource instances, module by module, in the order of the source. */
  readonly instances: () => readonly ResourceInstance[];
  /**
   * Those of them of which something may be reported, in the same order: of a large unit the others are not worked out.
   */
  relevant(wanted: Wanted): readonly ResourceInstance[];
  /** The root module's outputs. */
  readonly outputs: readonly OutputInstance[];
  /** Calls of modules that are not in the input: nobody knows what these do with what they are handed. */
  readonly unresolved: () => readonly UnresolvedCall[];
  /** Every file of the unit's modules, once: for what is looked for in the syntax itself. */
  readonly configs: () => readonly ConfigFile[];
  /** The variable files of the root module, loaded or not, with their values. */
  readonly variableFiles: readonly VariableFile[];
  /** Where Terraform refuses the configuration: reported once all that is asked of it has been worked out. */
  readonly refused: () => readonly Guard[];
  /** Places of defaults of variables that nobody sets. */
  readonly defaults: () => readonly Span[];
  readonly report: (diagnostic: Diagnostic) => void;
  /** Why a user or group may have more than this unit gives it: it is imported, or the plan leaves something out. */
  mayHaveMore(address: string): Reason | undefined;
}

/** Of which resources something may be reported. */
export interface Wanted {
  /**
   * Is something reported of every instance of a type, of none, or of those in which a word is relevant or a
   * credential is? Attributes of the latter that no argument sets are known to nobody.
   */
  readonly instancesOf: (mode: ResourceInstance["mode"], type: string) => "all" | "none" | "relevant";
  /** May a word in a text or name speak of what is reported? */
  readonly isRelevant: (text: string) => boolean;
}

export interface ModuleInstance {
  /** `module.mail["a"]`; "" for the root module. */
  readonly address: string;
  /** Relative to the root of the run. */
  readonly dir: string;
  readonly guard: Guard;
  /** The calling block's type and label; the root module has none. */
  readonly call: Span | undefined;
  /** What its call hands it; meta-arguments are left out. Undefined for the root module, and of a plan alone. */
  readonly inputs: BlockInstance | undefined;
  readonly parent: ModuleInstance | undefined;
  readonly variables: readonly VariableInstance[];
  readonly locals: readonly LocalInstance[];
  readonly outputs: readonly OutputInstance[];
  readonly resources: () => readonly ResourceInstance[];
  readonly providers: () => readonly ProviderInstance[];
}

/** Something with a name and a value. `at` is the name. */
export interface NamedValue {
  readonly name: string;
  /** `module.mail.local.password` */
  readonly address: string;
  readonly at: Span;
  readonly value: () => Value;
}

export interface LocalInstance extends NamedValue {
  /** The expression. */
  readonly valueAt: Span;
}

export interface VariableInstance extends NamedValue {
  /** The default as it is written, whether it is the value or not. */
  default(): Value | undefined;
}

export interface OutputInstance extends NamedValue {
  /** The expression; where there is none, the name. */
  readonly valueAt: Span;
  readonly sensitive: () => boolean;
}

/** A block as one instance of its resource sees it. */
export interface BlockInstance {
  /** The block's type; of a resource, the resource's type. */
  readonly type: string;
  /** Of a nested block, its labels; `provisioner "local-exec"` has one. */
  readonly labels: readonly string[];
  /** Type and labels. Of a block that a `dynamic` block makes, the label that names its type. */
  readonly at: Span;
  /** It is there when this holds; the guard of the resource is part of it. */
  readonly guard: Guard;
  /**
   * The arguments that are written, in the order of the source. Terraform's own (`count`, `provider`, `depends_on`, a
   * module's `source`) are left out: they have no values.
   */
  readonly arguments: readonly ArgumentName[];
  /**
   * The argument's value; undefined where it is not written or is null. A choice without the branches that are null:
   * where none of its guards holds, the argument is not set.
   */
  argument(name: string): Value | undefined;
  /** Nested blocks of one type, `dynamic` ones expanded, in the order of the source. */
  blocks(type: string): readonly BlockInstance[];
  /** All nested blocks. An argument that holds objects (Terraform JSON writes blocks so) is among `arguments` only. */
  allBlocks(): readonly BlockInstance[];
}

export interface ArgumentName {
  readonly name: string;
  readonly at: Span;
  /** Where the expression stands that gives the value, where there is a source. */
  readonly valueAt?: Span;
}

export interface ResourceInstance extends BlockInstance {
  readonly mode: "managed" | "data" | "ephemeral";
  readonly name: string;
  /**
   * `module.a.aws_iam_user.mail["x"]`, `data.aws_region.here`. Where how many there are, or their keys, is not known,
   * one instance with the key `[*]` stands for all, under a guard of its own.
   */
  readonly address: string;
  readonly module: ModuleInstance;
  /** Does a plan or state say what AWS made of it? Otherwise nobody knows what no argument sets. */
  readonly isRecorded: boolean;
  /** What a reference to the attribute is worth: the argument where it is set, otherwise what `Attributes` says. */
  attribute(name: string): Value;
  /** The provider configuration that manages it, where it is in the input. */
  provider(): ProviderInstance | undefined;
  /** What nobody knows of that configuration, be it in the input or not: the same for all that it manages. */
  ofProvider(what: "region" | "partition" | "account", at: Span): Unknown;
  /** A template that a resource type evaluates itself, with the variables that it hands over. */
  template(source: Text, variables: MapValue): Value;
  /** The construct path that CDKTF writes into its output. */
  readonly construct: string | undefined;
}

/** A provider block. `type` is the provider's local name: `aws`. */
export interface ProviderInstance extends BlockInstance {
  readonly alias: string | undefined;
  readonly module: ModuleInstance;
  /** `provider.aws`, `module.a.provider.aws.east` */
  readonly address: string;
}

export interface UnresolvedCall {
  readonly name: string;
  readonly address: string;
  /** The calling block's type and label. */
  readonly at: Span;
  readonly guard: Guard;
  /** The source as written, where it is a plain string; never a part of a message by itself: it may hold a token. */
  readonly source: string | undefined;
  readonly version: string | undefined;
  /** Its outputs are this with their name added to the id. */
  readonly unknown: Unknown;
  /** What it is handed; meta-arguments are left out. */
  readonly inputs: BlockInstance;
  readonly module: ModuleInstance;
}

/** `terraform.tfvars`, `prod.tfvars`. `loaded`: Terraform reads it without being told. */
export interface VariableFile {
  readonly path: string;
  readonly loaded: boolean;
  readonly values: readonly NamedValue[];
}

/** What a resource type says of itself. Given to the evaluator, so that it knows no resource type. */
export interface Attributes {
  /**
   * An attribute that the configuration does not set. Unknown, with a ref and the id `address.attribute`, unless the
   * type makes it from its arguments, or a data source reads what another resource of the unit has written.
   */
  computed(instance: ResourceInstance, attribute: string, unit: UnitResources): Value;
  /** The credentials that the resource as a whole carries: `output "key" { value = aws_iam_access_key.smtp }`. */
  traces(instance: ResourceInstance): readonly Trace[];
}
