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

function resourceAndAttribute(value: Text): Value {
  const flat = flatten(value);
  const dot = flat.characters.indexOf(".");
  if (dot < 0) return value;
  const parts = [slice(flat, 0, dot), slice(flat, dot + 1, flat.characters.length)];
  return { kind: "list", shape: "list", items: parts.map((part) => ({ guard: always, value: part })), at: value.at };
}
