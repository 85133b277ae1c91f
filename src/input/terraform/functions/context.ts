import type { Read } from "../../../core/read";
import type { Span } from "../../../core/source";
import { firstUnknown, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { MapValue, Text, Trace, Unknown, Value } from "../../../core/value";

/**
 * What a function sees besides its arguments.
 *
 * An evaluation error is an Unknown whose reason is "invalid"; every other Unknown is a value that exists and is not
 * known. `try` and `can` tell the two apart, and nothing else may: an error inside a list, a map or a text's hole makes
 * the whole an error for them (see errorIn).
 */
export interface CallContext {
  /** The place of the call. */
  readonly at: Span;
  /**
   * The directory that relative paths start from: the root module's, relative to the root of the run. `path.module` and
   * its kin are texts relative to it.
   */
  readonly workingDir: string;
  readonly read: Read;
  /**
   * A template's value for `templatefile` and `templatestring`. Of a file the text is one Known piece, the whole file.
   * An error in it is an Unknown "invalid".
   */
  template(source: Text, variables: MapValue): Value;
}

type EvaluationError = Unknown & { readonly reason: { readonly kind: "invalid" } };

/** An evaluation error. `what` is a phrase of our own that names function and cause, never text of the input. */
export function invalid(what: string, at: Span): Unknown {
  return unknown("invalid", what, at);
}

export function isError(value: Value): value is EvaluationError {
  return value.kind === "unknown" && value.reason.kind === "invalid";
}

/**
 * What follows from values that are not all known: unknown for the reason of the first that is not. An error among them
 * is the result. Traces are those that the caller says are still in it.
 */
export function consequence(values: readonly Value[], at: Span, traces: readonly Trace[] = []): Unknown {
  let cause: Unknown | undefined;
  for (const value of values) {
    const found = firstUnknown(value);
    if (found === undefined) continue;
    if (isError(found)) return found;
    cause ??= found;
  }
  const { kind, what } = cause?.reason ?? { kind: "unsupported", what: "a condition" };
  return unknown(kind, what, at, { traces });
}

/** The traces of all arguments, each a step further, for a function called `what`. */
export function carried(
  args: readonly Value[],
  what: string,
  certainty: Trace["certainty"],
  context: CallContext,
): readonly Trace[] {
  return args.flatMap((arg) => stepped(tracesOf(arg), what, certainty, context.at));
}
