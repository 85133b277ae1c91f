import type { Because } from "../../core/finding";
import type { Guard } from "../../core/guard";
import type { Span } from "../../core/source";
import type { Text, Unknown } from "../../core/value";
import type { Pattern } from "./pattern";

/** A policy document, in the reader's own terms. Every legal way to write it gives the same. */
export interface Policy {
  readonly at: Span;
  readonly statements: readonly Statement[];
  /** What of the document could not be read: there may be more statements, or others. Each under its guard. */
  readonly rest: readonly Rest[];
}

export interface Rest {
  readonly guard: Guard;
  readonly because: Because;
}

/** One statement. Choices of the input are statements of their own, under guards that exclude each other. */
export interface Statement {
  readonly at: Span;
  readonly guard: Guard;
  /** "unknown": `rest` says why. */
  readonly effect: "allow" | "deny" | "unknown";
  /** The element's key; that of the actions where it is not written. */
  readonly effectAt: Span;
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Whom a policy on a resource is about. Undefined: the policy of a user or group, which is about whoever has it. */
  readonly principals?: Principals;
  readonly conditions: readonly Condition[];
  /** What of the statement could not be read, its patterns aside: whether and when it applies is not known. */
  readonly rest: readonly Rest[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  /** Everything but these. */
  readonly negated: boolean;
  readonly items: readonly PatternItem[];
  /** There may be more items. */
  readonly rest: readonly Rest[];
  /** The element's key. */
  readonly at: Span;
}

/** `Principal` or `NotPrincipal`: the IAM principals and `*`, without services and identity providers. */
export interface Principals {
  /** Everybody but these. */
  readonly negated: boolean;
  readonly items: readonly PatternItem[];
  /** There may be more. */
  readonly rest: readonly Rest[];
}

/** One item of a list, as written. */
export interface PatternItem {
  readonly value: Text | Unknown;
  readonly at: Span;
  readonly guard: Guard;
  /** `${…}` is no policy variable but these characters. */
  readonly literal?: true;
  /** In the policy of one principal: what policy variables stand for. */
  readonly principal?: Principal;
}

/**
 * What AWS says of a principal in each of its requests, by condition key in lower case: `aws:username`. Only of keys that
 * requests surely have.
 */
export type Principal = ReadonlyMap<string, Pattern>;

/** One operator with one key: `StringEquals`, `ses:FromAddress` and the values. Names as written. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly at: Span;
  readonly guard: Guard;
  readonly values: readonly PatternItem[];
  /** There may be more values, or the condition itself is not known. */
  readonly rest: readonly Rest[];
  /** In the policy of one principal: what each of its requests has of the key. */
  readonly has?: Pattern;
}
