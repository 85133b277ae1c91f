import { flatten, slice } from "../core/flat";
import { always } from "../core/guard";
import type { Span } from "../core/source";
import type { MapValue, Text, Value } from "../core/value";

/**
 * `!Sub x` as CloudFormation's long form. `!GetAtt a.b` is `{"Fn::GetAtt": ["a", "b"]}` (CloudFormation User Guide,
 * "Fn::GetAtt").
 */
export function longForm(tag: string, keyAt: Span, at: Span, value: Value): MapValue {
  const name = tag.replace(/^!<?!?/, "").replace(/>$/, "");
  const key = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  const full = name === "GetAtt" && value.kind === "text" ? resourceAndAttribute(value) : value;
  return { kind: "map", at, entries: [{ key, keyAt, guard: always, value: full }] };
}

/** The kinds of nodes that have YAML 1.1's own tags, and how scalars of a type are written. (yaml.org/type) */
const tagged = {
  list: new Set(["seq", "omap", "pairs"]),
  map: new Set(["map", "set"]),
  scalars: new Map([
    ["str", /^/],
    ["null", /^/],
    ["binary", /^/],
    ["bool", /^(?:yes|no|true|false|on|off)$/i],
    ["int", /^[-+]?(?:0b[01_]+|0x[\da-f_]+|\d[\d_]*(?::[0-5]?\d)*)$/i],
    ["float", /^[-+]?(?:\d[\d_]*(?::[0-5]?\d)*\.?[\d_]*|\.\d[\d_]*|\.inf|\.nan)(?:e[-+]?\d+)?$/i],
    ["timestamp", /^\d{4}-\d\d?-\d\d?(?:[Tt \t]|$)/],
  ]),
};

/** May a list, a map or a scalar of these characters have the tag? What is not known of a scalar may. */
export function mayHaveTag(
  tag: string,
  core: string | undefined,
  { kind }: Value,
  characters: string | undefined,
): boolean {
  if (core === undefined) return !/^!<[^!]/.test(tag); // A whole URI is no function's name.
  if (kind === "list" || kind === "map") return tagged[kind].has(core);
  const type = tagged.scalars.get(core);
  return type !== undefined && (characters === undefined || type.test(characters));
}

function resourceAndAttribute(value: Text): Value {
  const flat = flatten(value);
  const dot = flat.characters.indexOf(".");
  if (dot < 0) return value;
  const parts = [slice(flat, 0, dot), slice(flat, dot + 1, flat.characters.length)];
  return { kind: "list", shape: "list", items: parts.map((part) => ({ guard: always, value: part })), at: value.at };
}
