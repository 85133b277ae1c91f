import type { Span } from "../../../core/source";
import type { Trace, Value } from "../../../core/value";
import type { SettingGroup, SettingPlace } from "../../../model/model";
import type { Collected } from "../../collected";
import type { ResourceInstance, UnitResources } from "../modules/unit-tree";

/**
 * What the project knows of one resource type or data source. A type that nobody describes is taken for what it looks
 * like: its settings are read, its attributes are unknown, and it grants nothing.
 */
export interface ResourceType {
  /** The resource type; data sources start with `data.`. */
  readonly type: string;
  /** What the resource is in the model. */
  adapt?(instance: ResourceInstance, into: Collected): void;
  /**
   * Policies that it gives to a role. Of a large unit they are worked out only where a word in them may speak of mail,
   * which no action of SES lacks.
   */
  rolePolicies?(instance: ResourceInstance, into: Collected): void;
  /** Attributes that are not arguments, and what stands where an argument is not set. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** The credentials that the resource as a whole carries. */
  traces?(instance: ResourceInstance): readonly Trace[];
  /**
   * How its arguments are settings of something. "none": they are not (it makes another text of what it is handed, or
   * is a part of IAM). "store": they are, for others to read. The default is "settings".
   */
  readonly settings?: "none" | "store" | ((instance: ResourceInstance, unit: UnitResources) => NamedSettings);
  /** Names by which others read what it stores, where `settings` does not say them. */
  readonly readAs?: (instance: ResourceInstance, unit: UnitResources) => readonly Value[];
  /** Where all of its arguments are kept, whatever their names say. */
  readonly place?: SettingPlace;
}

export type Attribute = (instance: ResourceInstance, attribute: string, unit: UnitResources) => Value;

/** Settings whose name does not stand in the arguments where they are looked for. */
export interface NamedSettings {
  readonly kind: SettingGroup["kind"];
  readonly name: string;
  /** Each with its argument's place: findings about it stand there, and not where the name does. */
  readonly values: readonly { readonly value: Value; readonly at: Span }[];
  /** Names and ARNs by which others read them. */
  readonly readAs: readonly Value[];
  /** Where they are kept. The default is "secret" for a store, otherwise "arguments". */
  readonly place?: SettingPlace;
}
