import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Value } from "../../../core/value";
import type { CallContext } from "./context";
import { asking } from "./asking";
import { collections } from "./collections";
import { control } from "./control";
import { conversions } from "./conversions";
import type { Builtin } from "./define";
import { encodings } from "./encoding";
import { files } from "./files";
import { formats } from "./format";
import { hashes } from "./hash";
import { joins } from "./join";
import { maps } from "./maps";
import { network } from "./network";
import { numbers } from "./numbers";
import { regexes } from "./regex";
import { removed } from "./removed";
import { sets } from "./sets";
import { spread } from "./spread";
import { strings } from "./strings";
import { times } from "./time";

/** Terraform 1.11's built-in functions, and those that it had before, by name. */
const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    asking,
    collections,
    control,
    conversions,
    encodings,
    files,
    formats,
    hashes,
    joins,
    maps,
    network,
    numbers,
    regexes,
    removed,
    sets,
    strings,
    times,
  ].flatMap((group) => Object.entries(group)),
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

/** The value of a call whose last argument is followed by `...`. */
export function callSpread(name: string, args: readonly Value[], list: Value, context: CallContext): Value {
  return spread(name, args, list, context, (all) => callFunction(name, all, context));
}
