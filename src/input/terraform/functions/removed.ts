import { charactersOf } from "../../../core/encode";
import { always } from "../../../core/guard";
import type { Entry, Unknown, Value } from "../../../core/value";
import { tolist, tomap } from "./conversions";
import { unknownResult, type Builtin } from "./define";
import { listOfValues, mapOf } from "./lists";
import { fail } from "./param";

/** `list("a", "b")` is `tolist(["a", "b"])`. */
const list: Builtin = (args, call) => tolist([listOfValues(args, call)], call);

/** `map("k", 1, "l", 2)` is `tomap({ k = 1, l = 2 })`. Of equal keys the last counts. */
const map: Builtin = (args, call) => {
  if (args.length % 2 !== 0) return fail(call, "the number of arguments is odd");
  const entries = new Map<string, Entry>();
  let rest: Unknown | undefined;
  for (const { name, value } of pairs(args)) {
    const key = charactersOf(name);
    if (key === undefined) rest = unknownResult([...(rest === undefined ? [] : [rest]), name, value], "is", call);
    else entries.set(key, { key, keyAt: name.at, guard: always, value });
  }
  return tomap([mapOf([...entries.values()], call, rest)], call);
};

function pairs(args: readonly Value[]): readonly { readonly name: Value; readonly value: Value }[] {
  return args.flatMap((name, i) => {
    const value = args[i + 1];
    return i % 2 === 0 && value !== undefined ? [{ name, value }] : [];
  });
}

/** Functions that Terraform had until 0.14; configurations for it are still in use. */
export const removed: Readonly<Record<string, Builtin>> = { list, map };
