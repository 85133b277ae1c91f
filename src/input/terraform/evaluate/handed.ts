import { label } from "../../../core/message";
import { sameSpan } from "../../../core/source";
import { tracesOf } from "../../../core/text";
import { mapTraces } from "../../../core/trace";
import type { Entry, Path, Value } from "../../../core/value";

/**
 * The value of an entry as a template's variable, or as what a turn of a loop takes: whatever these make of it, and they
 * say the same of all that they are given, a credential gets in here. Of an object each attribute does by itself, also
 * of one that another loop makes for each of its turns. What a function or another loop made an entry of stands nowhere.
 */
export function handed({ key, value, valueAt: at }: Entry): Value {
  if (tracesOf(value).length === 0) return value;
  if (value.kind === "map") {
    return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: handed(entry) })) };
  }
  if (at === undefined) return value;
  const path = (before: Path): Path => {
    const isKnown = before.isHanded === true && sameSpan(before.at, at); // A template goes over what it was given.
    return isKnown ? before : { at, what: label(key).text, isHanded: true, before };
  };
  return mapTraces(value, (traces) => traces.map((trace) => ({ ...trace, path: path(trace.path) })));
}
