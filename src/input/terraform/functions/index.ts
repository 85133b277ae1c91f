import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import { stepped, type CallContext } from "./context";
import { control } from "./control";
import type { Builtin } from "./define";
import { formats } from "./format";
import { strings } from "./strings";

/** Terraform 1.11's built-in functions, by name. */
const builtins: ReadonlyMap<string, Builtin> = new Map(
  [control, formats, strings].flatMap((group) => Object.entries(group)),
);

/**
 * The value of a call. Never throws: an error of the evaluation is an Unknown "invalid", a function that is not there,
 * or is a provider's, an Unknown "unsupported" through which the traces of its arguments may run.
 */
export function callFunction(name: string, args: readonly Value[], context: CallContext): Value {
  const builtin = builtins.get(name.startsWith("core::") ? name.slice("core::".length) : name);
  if (builtin !== undefined) return builtin(args, { ...context, name });
  const traces = stepped(mergeTraces(args.flatMap(tracesOf)), name, "may", context.at);
  return unknown("unsupported", `${name}()`, context.at, { traces });
}
