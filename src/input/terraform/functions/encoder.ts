import type { Encoded, Text, Value } from "../../../core/value";
import { isError } from "./context";
import { unary, type Builtin } from "./define";
import * as param from "./param";
import type { Call } from "./param";
import { through } from "./pieces";

/** The value stays beside the text, with its choices: only who asks for characters has them written. */
const jsonencode = encoder("json");
const yamlencode = encoder("yaml");

function encoder(format: "json" | "yaml"): Builtin {
  return unary("is", param.whole, (call, value) => (isError(value) ? value : encoded(format, value, call)));
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
