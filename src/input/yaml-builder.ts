import type { Event } from "js-yaml";
import type { RepeatedKey } from "../core/equal-keys";
import type { DecodeFailure } from "../core/json";
import type { Later } from "../core/later";
import type { Limit } from "../core/limits";
import type { Span } from "../core/source";
import type { Trace, Value } from "../core/value";
import type { PlainPart } from "./yaml-plain";
import type { Dialect } from "./yaml-scalar";
import type { View } from "./yaml-view";

/** Something wrong in a document that could be read. `first`: the other place of a key that is there twice. */
export interface YamlProblem {
  readonly message: string;
  readonly at: Span;
  readonly first?: Span;
  readonly limit?: Limit;
}

/** The documents of a text while they are read. */
export interface Builder {
  readonly view: View;
  readonly events: readonly Event[];
  readonly dialect: Dialect;
  /** Of a large text that is plain: what is read when it is asked for. */
  readonly plain: Plain | undefined;
  index: number;
  /** Where the last thing that was read ends. */
  end: number;
  readonly anchors: Map<string, Anchored>;
  /** Of what aliases would repeat too much. */
  readonly traces: Map<Value, readonly Trace[]>;
  /** Nodes so far, those of aliases too. */
  nodes: number;
  /** Nodes of aliases. */
  expanded: number;
  /** The deepest level of the node that is read. */
  deepest: number;
  readonly problems: YamlProblem[];
  readonly repeated: RepeatedKey[];
  failure: DecodeFailure | undefined;
}

interface Plain {
  readonly parts: readonly PlainPart[];
  readonly later: Later;
}

/** `open`: the alias stands inside its own anchor. */
type Anchored =
  | { readonly kind: "open" }
  | { readonly kind: "value"; readonly value: Value; readonly nodes: number; readonly height: number };

/** The types of js-yaml's events. */
export const documentEvent = 1;
export const sequenceEvent = 2;
export const mappingEvent = 3;
export const scalarEvent = 4;
export const aliasEvent = 5;
export const popEvent = 6;
