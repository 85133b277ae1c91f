import { charactersOf } from "../../../core/encode";
import { decodeJson } from "../../../core/json";
import { limits } from "../../../core/limits";
import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Encoded, Item, ListValue, MapValue, Text, Value } from "../../../core/value";
import type * as Yaml from "../../yaml";
import { binary, unary, unknownResult, type Builtin } from "./define";
import * as param from "./param";
import { fail } from "./param";
import { made, result, through } from "./pieces";
import { characterSet, utf8In } from "./character-sets";
import { csvdecode } from "./csv";
import { encoded } from "./encoder";

/** Loaded with the first text that is YAML. */
declare function require(path: "../../yaml"): typeof Yaml;

const jsondecode = unary("may", param.text, (call, of) => {
  const inner = encodedAs("json", of);
  if (inner !== undefined) return plain(inner);
  const decoded = decodeJson(of);
  if (decoded.kind === "value") return decoded.value;
  if (decoded.limit !== undefined) return unknown("limit", decoded.limit, call.at);
  return isWritten(of) ? fail(call, "the string is no JSON") : unknownResult([of], "may", call);
});

const yamldecode = unary("may", param.text, (call, of) => {
  const inner = encodedAs("yaml", of) ?? encodedAs("json", of);
  if (inner !== undefined) return plain(inner);
  const decoded = require("../../yaml").decodeYaml(of, "terraform");
  if (decoded.kind === "failed" && decoded.limit !== undefined) return unknown("limit", decoded.limit, call.at);
  if (decoded.kind === "documents" && decoded.documents.length === 1) return decoded.documents[0] ?? fail(call, "");
  return isWritten(of) ? fail(call, "the string is no YAML document") : unknownResult([of], "may", call);
});

const base64decode = unary("may", param.text, (call, of) => {
  const inner = encodedAs("base64", of);
  if (inner?.kind === "text") return result(through(inner, call), call);
  const characters = charactersOf(of);
  if (characters === undefined) return unknownResult([of], "may", call);
  const written = characters.replace(/[\r\n]/g, "");
  if (!base64.test(written)) return fail(call, "the string is no Base64");
  const bytes = Buffer.from(written, "base64");
  const decoded = utf8In(bytes);
  if (decoded === undefined) return fail(call, "the decoded bytes are no UTF-8");
  return made(decoded, call, stepped(mergeTraces(tracesOf(of)), call.name, "is", call.at));
});

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The value of a text that is one encoded piece. */
function encodedAs(format: Encoded["format"], of: Text): Value | undefined {
  const [piece] = of.pieces;
  return piece?.kind === "encoded" && piece.format === format && of.pieces.length === 1 ? piece.value : undefined;
}

function isWritten(of: Text): boolean {
  return of.pieces.every((piece) => piece.kind !== "hole");
}

/**
 * What comes out of an encoding has no sets: they were written as lists. Nor has a null a type. A part that many share is
 * looked at once.
 */
function plain(value: Value, known = new Map<Value, Value>(), depth = 0): Value {
  if (value.kind === "null") return value.type === undefined ? value : { kind: "null", at: value.at };
  if (depth > limits.depth || (value.kind !== "list" && value.kind !== "map")) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const inside = <T extends Item>(part: T): T => {
    const converted = plain(part.value, known, depth + 1);
    return converted === part.value ? part : { ...part, value: converted };
  };
  const after = value.kind === "list" ? plainList(value, inside) : plainMap(value, inside);
  known.set(value, after);
  return after;
}

type Convert = <T extends Item>(part: T) => T;

function plainList(list: ListValue, inside: Convert): ListValue {
  const items = list.items.map(inside);
  const isSame = list.shape === "list" && items.every((item, i) => item === list.items[i]);
  return isSame ? list : { ...list, shape: "list", items };
}

function plainMap(map: MapValue, inside: Convert): MapValue {
  const entries = map.entries.map(inside);
  return entries.every((entry, i) => entry === map.entries[i]) ? map : { ...map, entries };
}

/** The text as Base64 of its bytes in a character set. */
const textencodebase64 = binary("is", [param.text, param.known], (call, of, name) => {
  if (isUtf8(name.characters)) return encoded("base64", { ...of, pieces: through(of, call) }, call);
  const characters = charactersOf(of);
  if (characters === undefined) return unknownResult([of], "is", call);
  const traces = stepped(mergeTraces(tracesOf(of)), call.name, "is", call.at);
  const set = characterSet(name.characters);
  if (set === undefined) return unknown("unsupported", `${call.name}() with this encoding`, call.at, { traces });
  const bytes = set.encode(characters);
  return bytes === undefined
    ? fail(call, "the encoding has not all characters of the string")
    : made(bytes.toString("base64"), call, traces);
});

const textdecodebase64 = binary("may", [param.text, param.known], (call, of, name) => {
  const inner = encodedAs("base64", of);
  if (isUtf8(name.characters) && inner?.kind === "text") return result(through(inner, call), call);
  const characters = charactersOf(of);
  const traces = stepped(mergeTraces(tracesOf(of)), call.name, "may", call.at);
  const set = characterSet(name.characters);
  if (characters === undefined || set === undefined) {
    return unknown("unsupported", `${call.name}() with this encoding`, call.at, { traces });
  }
  if (!base64.test(characters)) return fail(call, "the string is no Base64");
  const decoded = set.decode(Buffer.from(characters, "base64"));
  return decoded === undefined ? fail(call, "the decoded bytes are no text") : made(decoded, call, traces);
});

function isUtf8(name: string): boolean {
  return name.toUpperCase() === "UTF-8";
}

/** The bytes that Go's compressor writes are its own. */
const base64gzip = unary("is", param.text, (call, of) =>
  unknown("unsupported", `${call.name}()`, call.at, {
    traces: stepped(mergeTraces(tracesOf(of)), call.name, "is", call.at),
  }),
);

export const encodings: Readonly<Record<string, Builtin>> = {
  base64decode,
  base64gzip,
  csvdecode,
  jsondecode,
  textdecodebase64,
  textencodebase64,
  yamldecode,
};
