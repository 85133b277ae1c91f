import type { Span } from "../../../core/source";
import type { Value } from "../../../core/value";
import type { SettingPlace } from "../../../model/model";
import type { Collected } from "../../collected";
import type { StackResource } from "../stack";

/**
 * What the project knows of one resource type. A type that nobody describes is taken for what it looks like: its
 * properties are settings, its attributes are unknown, and it grants nothing.
 */
export interface ResourceType {
  readonly type: string;
  /** What the resource is in the model. */
  adapt?(resource: StackResource, into: Collected): void;
  /** The properties without which there is nothing to say. */
  readonly adaptsWith?: readonly string[];
  /**
   * Policies that it gives to a role. Of a large template they are worked out only where their text may name an action
   * of SES.
   */
  rolePolicies?(resource: StackResource, into: Collected): void;
  /** What `Ref` gives; the default is something unknown. `at` is the reference. */
  ref?(resource: StackResource, at: Span): Value;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes?: Readonly<Record<string, (resource: StackResource, at: Span) => Value>>;
  /** What it gives for any other attribute. */
  attribute?(resource: StackResource, attribute: string, at: Span): Value;
  /**
   * How its properties are settings of something. "none": they are not. "handed-on": where its template is not in the
   * input, which would say what becomes of them. The default is "settings".
   */
  readonly settings?: "none" | "settings" | "handed-on" | ((resource: StackResource) => Store);
  /** Where all of its properties are kept, whatever their names say. */
  readonly place?: SettingPlace;
}

/** A secret or parameter that others read. */
export interface Store {
  readonly name: string;
  readonly nameAt: Span;
  readonly value: Value | undefined;
  readonly readAs: readonly Value[];
  readonly place: SettingPlace;
}
