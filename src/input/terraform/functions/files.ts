import { printable } from "../../../core/message";
import { charactersOf } from "../../../core/encode";
import { text, unknown } from "../../../core/text";
import type { Definite, MapValue, Text, Unknown, Value } from "../../../core/value";
import { existing } from "./chosen-files";
import { toText } from "./convert";
import { binary, unary, unknownResult, type Builtin } from "./define";
import { fileset } from "./fileset";
import { digest } from "./hash";
import * as param from "./param";
import { fail, type Call } from "./param";
import { bool, made } from "./pieces";
import { baseName, directoryName, resolvePath } from "./path";
import { mapOptions } from "./unify";

const file = unary("none", existing, (call, path) => readFile(path.characters, call));

/** The bytes of a file that is text; a file that is not is unknown. */
const filebase64 = unary("none", existing, (call, path) => {
  const value = readFile(path.characters, call);
  if (value.kind !== "text") return value;
  return { kind: "text", pieces: [{ kind: "encoded", format: "base64", value, at: call.at }], at: call.at };
});

function fileHash(algorithm: Parameters<typeof digest>[0], encoding: Parameters<typeof digest>[2]): Builtin {
  return unary("none", param.known, (call, path) => {
    const value = readFile(path.characters, call);
    return value.kind === "text" ? made(digest(algorithm, charactersOf(value) ?? "", encoding), call) : value;
  });
}

/** The whole file as one piece, in which every character has its place. */
function readFile(written: string, call: Call): Text | Unknown {
  const path = resolvePath(written, call);
  if (path === undefined) return unknown("unsupported", `${call.name}() of a path outside the input`, call.at);
  const found = call.read.text(path);
  switch (found.kind) {
    case "text":
      return { ...text(found.text, { file: path, start: 0, end: found.text.length }), at: call.at };
    case "missing":
      return unknown("missing", `the file ${printable(text(path, call.at))}`, call.at);
    case "failed":
      return unknown("unsupported", `the file ${printable(text(path, call.at))}`, call.at);
  }
}

/** A file that is not in the input is not there, as Terraform would say in the same tree. */
const fileexists = unary("none", param.known, (call, written) => {
  const path = resolvePath(written.characters, call);
  if (path === undefined) return unknown("unsupported", `${call.name}() of a path outside the input`, call.at);
  const found = call.read.text(path);
  return found.kind === "failed"
    ? unknown("unsupported", `${call.name}()`, call.at)
    : bool(found.kind === "text", call);
});

const templatefile = binary("may", [existing, param.any], (call, path, variables) => {
  const source = readFile(path.characters, call);
  if (source.kind !== "text") return source;
  return render(source, variables, call);
});

/** The template is a text of the configuration. Terraform wants it from a reference, which the place of use checks. */
const templatestring = binary("may", [param.text, param.any], (call, source, variables) =>
  charactersOf(source) === undefined
    ? unknownResult([source, variables], "may", call)
    : mapOptions(render(source, variables, call), (one) => asString(one, call)),
);

/** Of a file, a template that is one reference gives whatever that is. */
function asString(value: Definite, call: Call): Definite {
  return value.kind === "unknown" ? value : (toText(value) ?? fail(call, "the template gives no string"));
}

function render(source: Text, variables: Value, call: Call): Value {
  if (variables.kind === "map") return call.template(source, variables);
  if (variables.kind !== "unknown") return fail(call, "the variables must be a map");
  const open: MapValue = { kind: "map", entries: [], rest: variables, at: variables.at };
  return call.template(source, open);
}

/** The last part of a path. */
const basename = unary("may", param.known, (call, path) => made(baseName(path.characters), call));

const dirname = unary("may", param.known, (call, path) => made(directoryName(path.characters), call));

/** Where the input lies on the machine, and whose home directory it is, is not for a linter to say. */
const abspath = unary("may", param.text, (call, path) => onMachine(path, call));

const pathexpand = unary("may", param.text, (call, path) => {
  const characters = charactersOf(path);
  return characters === undefined || characters.startsWith("~") ? onMachine(path, call) : path;
});

function onMachine(path: Text, call: Call): Unknown {
  const { traces } = unknownResult([path], "may", call);
  return unknown("unsupported", `${call.name}()`, call.at, { traces });
}

export const files: Readonly<Record<string, Builtin>> = {
  abspath,
  basename,
  dirname,
  file,
  filebase64,
  filebase64sha256: fileHash("sha256", "base64"),
  filebase64sha512: fileHash("sha512", "base64"),
  fileexists,
  filemd5: fileHash("md5", "hex"),
  fileset,
  filesha1: fileHash("sha1", "hex"),
  filesha256: fileHash("sha256", "hex"),
  filesha512: fileHash("sha512", "hex"),
  pathexpand,
  templatefile,
  templatestring,
};
