import type { Span } from "../../../core/source";
import type { Unknown, Value } from "../../../core/value";
import type { Attributes, ModuleInstance, UnitResources } from "../modules/unit-tree";
import type { ConfiguredCall, ConfiguredModule } from "./configuration";
import type { RecordedFile } from "./record";

/** A plan or state while its unit is put together. */
export interface Recording extends UnitResources {
  readonly file: RecordedFile;
  readonly attributes: Attributes;
  /** The beginning of the file, for what has no place of its own. */
  readonly start: Span;
  /** By address. */
  module(address: string): RecordedModule | undefined;
  /** A root variable's value. */
  variable(name: string): Value | undefined;
  /** The provider configuration with a key of the plan's `provider_config`: `aws.east`, `module.mail:aws`. */
  provider(key: string): Value | undefined;
  /** The value with the credentials and ARNs of the file's own resources recognised as what they are. */
  recognised(value: Value): Value;
  /** Something is over a limit: it is unknown, which is reported. */
  over(limit: "steps" | "evaluationDepth", at: Span): Unknown;
  /** What expressions are worth, by the id of their value and the key of the instance. */
  readonly worked: Map<string, Value>;
  /** Expressions that wait for each other. */
  depth: number;
  /** Names that were looked up. */
  steps: number;
}

export interface RecordedModule extends ModuleInstance {
  readonly configured: ConfiguredModule | undefined;
  /** `[0]`, `["a"]`, or nothing. */
  readonly suffix: string;
  readonly calling: Calling | undefined;
}

export interface Calling {
  readonly parent: RecordedModule;
  readonly called: ConfiguredCall | undefined;
}
