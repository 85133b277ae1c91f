import type { Limit } from "../../core/limits";
import type { Span } from "../../core/source";
import type { Value } from "../../core/value";
import type { SettingNames } from "../../model/credentials/setting-names";
import type { LocalPath } from "./local-path";
import type { Asked, ResourceValues, StackResource } from "./stack";
import type { Template } from "./template";

/** What the stacks of one unit share. */
export interface UnitContext {
  readonly values: ResourceValues;
  /** The template that a resource nests, where it is in the input. */
  nestedTemplate(resource: StackResource): Template | undefined;
  /** What a file that is a part of a template holds, where it is in the input. */
  fragment(path: LocalPath, at: Span): Value | undefined;
  /** A name that means nothing, reported once a place. */
  readonly invalid: (at: Span, what: string) => void;
  readonly limit: (at: Span, limit: Limit) => void;
  /** What another stack of the unit publishes. Nothing, until all are made. */
  published: (asked: Asked) => Value | undefined;
  /** Places of defaults of parameters that nobody sets. */
  readonly defaults: Span[];
  readonly noEcho: Set<string>;
  readonly allowed: Map<string, readonly string[]>;
  /** What names of settings say. */
  readonly names: SettingNames;
  /** Evaluations and conditions that wait for each other. */
  depth: number;
  /** Nested stacks so far. */
  stacks: number;
  /** Credentials that parameters handed over so far, each counted at every reference. */
  flows: number;
  /** Nodes that loops wrote so far. */
  loopNodes: number;
}
