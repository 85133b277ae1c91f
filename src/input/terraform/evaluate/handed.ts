import { label } from "../../../core/message";
import { encloses, sameSpan, type Span } from "../../../core/source";
import { tracesOf } from "../../../core/text";
import { mapTraces } from "../../../core/trace";
import type { Entry, Path, Value } from "../../../core/value";

/**
 * The value of an entry as a template's variable, or as what a turn of a loop takes: whatever these make of it, and they
 * say the same of all that they are given, a credential gets in here. Of an object each attribute does by itself. What a
 * function or another loop made an entry of stands nowhere, but for what that loop writes itself.
 */
export function handed({ key, value, valueAt: at }: Entry): Value {
  if (tracesOf(value).length === 0) return value;
  if (value.kind === "map") {
    const inner = at === undefined ? writtenInLoop : handed;
    return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: inner(entry) })) };
  }
  return at === undefined ? value : handedAt(value, key, at, () => true);
}

/** `password = key.secret`, and not what came to the loop from elsewhere: an element, or what a module hands out. */
function writtenInLoop({ key, value, valueAt: at }: Entry): Value {
  return at === undefined ? value : handedAt(value, key, at, (path) => encloses(at, path.at));
}

function handedAt(value: Value, key: string, at: Span, isHere: (path: Path) => boolean): Value {
  const path = (before: Path): Path => {
    const isKnown = before.isHanded === true && sameSpan(before.at, at); // A template goes over what it was given.
    return isKnown || !isHere(before) ? before : { at, what: label(key).text, isHanded: true, before };
  };
  return mapTraces(value, (traces) => traces.map((trace) => ({ ...trace, path: path(trace.path) })));
}
