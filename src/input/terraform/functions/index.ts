import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Value } from "../../../core/value";
import type { CallContext } from "./context";
import type { Builtin } from "./define";
import { composedText } from "./convert";
import { encoders } from "./encoder";
import type * as Builtins from "./builtins";

/** Loaded with the first call of anything but an encoder: many units have no other call. */
declare function require(path: "./builtins"): typeof Builtins;

/**
 * The value of a call. Never throws: an error of the evaluation is an Unknown "invalid", a function that is not there,
 * or is a provider's, an Unknown "unsupported" through which the traces of its arguments may run.
 */
export function callFunction(name: string, args: readonly Value[], context: CallContext): Value {
  const builtin = builtinOf(name.startsWith("core::") ? name.slice("core::".length) : name);
  if (builtin !== undefined) {
    const value = builtin(args, { ...context, name });
    return value.kind === "text" ? composedText(value) : value;
  }
  const traces = stepped(mergeTraces(args.flatMap(tracesOf)), name, "may", context.at);
  return unknown("unsupported", `${name}()`, context.at, { traces });
}

/** The value of a call whose last argument is followed by `...`. */
export function callSpread(name: string, args: readonly Value[], list: Value, context: CallContext): Value {
  return require("./builtins").spread(name, args, list, context, (all) => callFunction(name, all, context));
}

function builtinOf(name: string): Builtin | undefined {
  return Object.hasOwn(encoders, name) ? encoders[name] : require("./builtins").builtins.get(name);
}
