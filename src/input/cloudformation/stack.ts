import type { Guard } from "../../core/guard";
import type { Span } from "../../core/source";
import type { MapValue, Trace, Value } from "../../core/value";
import type { SettingNames } from "../../model/credentials/setting-names";
import type { ResourceBody, Template } from "./template";

/** A template with values for its parameters: the one that is deployed, or one that another nests. */
export interface Stack {
  readonly template: Template;
  /** What the addresses of its resources start with: "" or `Mail.` for the nested stack `Mail`. */
  readonly prefix: string;
  /** It exists when this holds. */
  readonly guard: Guard;
  /** Ids of parameters with `NoEcho`: a secret is handed over in them. */
  readonly noEcho: ReadonlySet<string>;
  /** What parameters without a value can be, by their ids: their `AllowedValues`. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
  /** What names of settings say. */
  readonly names: SettingNames;
  /**
   * The resources that can exist and whose text is wanted, in the order of the source, without those of nested stacks. Of
   * most resources of a large template nothing but the text is ever looked at.
   */
  resourcesOf(wanted: (body: ResourceBody) => boolean): readonly StackResource[];
  /** A resource of the template; undefined where it cannot exist. */
  resource(body: ResourceBody): StackResource | undefined;
  /** Does work that may wait for more work, or gives `over` where too much waits already. */
  deeper<T>(at: Span, work: () => T, over: () => T): T;
  /** The value with its functions worked out; null where it is `AWS::NoValue`. */
  evaluate(value: Value): Value;
  condition(name: string, at: Span): Condition;
  /** What `Ref` gives, and a name in `Fn::Sub`. `at` is the reference. */
  refer(name: string, at: Span): Value;
  /** What `Fn::GetAtt` gives. */
  attribute(resource: string, attribute: string, at: Span): Value;
  /** What another stack of the unit publishes. */
  published(asked: Asked): Value | undefined;
}

/** What a stack asks of another one: `Fn::ImportValue`, `Fn::GetStackOutput`. */
export type Asked =
  | { readonly kind: "export"; readonly name: string }
  | { readonly kind: "output"; readonly stack: string; readonly name: string };

/** A condition that hangs on something unknown says when it holds and when it does not. */
export type Condition =
  | { readonly kind: "decided"; readonly holds: boolean }
  | { readonly kind: "open"; readonly holds: Guard; readonly fails: Guard };

export interface StackResource {
  readonly stack: Stack;
  readonly name: string;
  readonly type: string;
  /** Unique within the unit: the logical id, after those of the nested stacks that it is in. */
  readonly address: string;
  /** The logical id. */
  readonly at: Span;
  readonly guard: Guard;
  /** Undefined where it is not set or is `AWS::NoValue`; a choice lacks the branches that are. */
  property(name: string): Value | undefined;
  /** Where a property's name is written; the logical id where it is not. */
  propertyAt(name: string): Span;
  /** All properties. Where they are made by a function that is not known, there is a rest. */
  properties(): MapValue;
  metadata(): Value | undefined;
  /** The stack that it nests, where its template is in the input. */
  nested(): Stack | undefined;
}

/** What a stack is told about by the types of its resources; so it knows no type itself. */
export interface ResourceValues {
  ref(resource: StackResource, at: Span): Value;
  attribute(resource: StackResource, attribute: string, at: Span): Value;
  /** The credentials that the value of a parameter is, by what it is used for. */
  credentials(parameter: string, at: Span, stack: Stack): readonly Trace[];
  /** What a dynamic reference reads, where a resource of the unit stores it. */
  stored(reading: Reading, stack: Stack): Value | undefined;
}

/** `{{resolve:secretsmanager:<id>:SecretString:<field>}}`, `{{resolve:ssm:<id>}}` */
export interface Reading {
  readonly service: string;
  readonly id: Value;
  readonly field: string | undefined;
}
