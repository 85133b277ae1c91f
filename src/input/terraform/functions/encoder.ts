import { limits } from "../../../core/limits";
import type { Encoded, Text, Value } from "../../../core/value";
import { isInfinite } from "./big-number";
import { isError } from "./context";
import { unary, type Builtin } from "./define";
import * as param from "./param";
import { fail, type Call } from "./param";
import { through } from "./pieces";

/** The value stays beside the text, with its choices: only who asks for characters has them written. */
const jsonencode = encoder("json");
const yamlencode = encoder("yaml");

function encoder(format: "json" | "yaml"): Builtin {
  return unary("is", param.whole, (call, value) => {
    if (isError(value)) return value;
    const isRefused = format === "json" && hasInfinity(value, new Set(), 0);
    return isRefused ? fail(call, "JSON has no infinite numbers") : encoded(format, value, call);
  });
}

/** Is there one in any case? A part that many share is looked at once. */
function hasInfinity(value: Value, seen: Set<Value>, depth: number): boolean {
  if (value.kind === "number") return isInfinite(value);
  if ((value.kind !== "list" && value.kind !== "map") || depth > limits.depth || seen.has(value)) return false;
  seen.add(value);
  const parts = value.kind === "list" ? value.items : value.entries;
  return parts.some((part) => part.guard.length === 0 && hasInfinity(part.value, seen, depth + 1));
}

export function encoded(format: Encoded["format"], value: Value, call: Call): Text {
  return { kind: "text", pieces: [{ kind: "encoded", format, value, at: call.at }], at: call.at };
}

const base64encode = textEncoder("base64");
const urlencode = textEncoder("url");

function textEncoder(format: "base64" | "url"): Builtin {
  return unary("is", param.text, (call, of) => encoded(format, { ...of, pieces: through(of, call) }, call));
}

/** What writes policies and settings as texts, by name. */
export const encoders: Readonly<Record<string, Builtin>> = { base64encode, jsonencode, urlencode, yamlencode };
