import { distribute } from "../../../core/distribute";
import { both, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { mergeTraces, optionsOf, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Entry, Trace, Unknown, Value } from "../../../core/value";
import { isError } from "./context";
import { variadic } from "./define";
import { crossed, isSpreadable, without } from "./distribute";
import { joinRests, mapOf, overItems } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";

/**
 * Later maps win. Choices of maps become entries under guards. After a map that is not known, every key of the maps
 * before it is there, and its value may be another.
 */
export const merge = variadic("is", param.whole, (call, args) => {
  const isExact = args.every((arg) => isSpreadable(arg, ({ kind }) => kind === "map" || kind === "null"));
  return isExact ? mergeAll(call, args) : distribute(args, call.at, (ones) => mergeAll(call, ones));
});

function mergeAll(call: Call, args: readonly Value[]): Value {
  const layers = startLayers();
  for (const { guard, value } of args.flatMap(optionsOf)) {
    if (isError(value)) return value;
    if (value.kind === "null") continue;
    if (value.kind !== "map" && value.kind !== "unknown") return fail(call, "the arguments must be maps");
    const rest = value.kind === "map" ? value.rest : value;
    if (rest !== undefined) addUnknown(layers, guard, rest, call);
    if (value.kind === "map") for (const entry of value.entries) addEntry(layers, guard, entry, call);
    if (layers.steps > stepsKept) return overItems(args, call);
  }
  return mapOfLayers(layers, call);
}

/** Entries that are looked at for one map; in honest input a few hundred. */
const stepsKept = 2_000_000;

/** A map under way, of entries and of maps that are not known, one laid over the other. */
interface Layers {
  readonly entries: Map<string, readonly Laid[]>;
  /** Maps that are there in any case. */
  readonly unknowns: Unknown[];
  /** Of maps that are there under a condition, and of keys with too many values. */
  readonly others: Unknown[];
  /** Keys with too many values under guards: the map's rest has them. */
  readonly crowded: Set<string>;
  steps: number;
}

/** `below`: how many of the unknowns lie below the entry; the others may hide it. */
interface Laid {
  readonly entry: Entry;
  readonly below: number;
}

export function startLayers(): Layers {
  return { entries: new Map(), unknowns: [], others: [], crowded: new Set(), steps: 0 };
}

/** An entry that hides those of its key before it, where it is there. */
export function addEntry(layers: Layers, outer: Guard, entry: Entry, call: Call): void {
  const guard = both(outer, entry.guard);
  if (guard === undefined) return;
  layers.steps++;
  if (guard.length === 0) layers.crowded.delete(entry.key);
  if (layers.crowded.has(entry.key)) {
    layers.others.push(crowd([entry.value], call));
    return;
  }
  const before = layers.entries.get(entry.key) ?? [];
  const hidden = before.flatMap((laid) => restricted(laid, without(laid.entry.guard, guard)));
  // The key keeps the place of its first entry; its value stands where it is written.
  const added = { entry: guard === entry.guard ? entry : { ...entry, guard }, below: layers.unknowns.length };
  lay(layers, entry.key, [...hidden, added], call);
}

/** Puts the entries of a key; of too many the key goes to the rest. */
function lay(layers: Layers, key: string, laid: readonly Laid[], call: Call): void {
  layers.steps += laid.length;
  const isCrowded = laid.length > limits.options;
  layers.entries.set(key, isCrowded ? [] : laid);
  if (!isCrowded) return;
  layers.crowded.add(key);
  layers.others.push(
    crowd(
      laid.map((one) => one.entry.value),
      call,
    ),
  );
}

function crowd(values: readonly Value[], call: Call): Unknown {
  const traces = stepped(mergeTraces(values.flatMap(tracesOf)), call.name, "may", call.at);
  return unknown("limit", "options", call.at, { traces });
}

function restricted(laid: Laid, guards: readonly Guard[]): readonly Laid[] {
  return guards.map((guard) => ({ ...laid, entry: { ...laid.entry, guard } }));
}

/** Where a map that is not known is there, it may have any key. */
export function addUnknown(layers: Layers, guard: Guard, cause: Unknown, call: Call): void {
  if (guard.length === 0) {
    layers.unknowns.push(cause);
    return;
  }
  layers.others.push(cause);
  layers.steps += layers.entries.size;
  for (const [key, group] of layers.entries) {
    const kept = group.flatMap((laid) => restricted(laid, without(laid.entry.guard, guard)));
    const doubtful = group.flatMap((laid) =>
      restricted(laid, crossed([laid.entry.guard], [guard])).map((one) => ({
        ...one,
        entry: { ...one.entry, value: maybeOther(one.entry.value, cause, cause.traces, call) },
      })),
    );
    lay(layers, key, [...kept, ...doubtful], call);
  }
}

/** The map: entries that an unknown map above may hide are there and have a value that is not known. */
export function mapOfLayers(layers: Layers, call: Call): Value {
  const { unknowns } = layers;
  // The traces of every unknown and of those above it.
  const above: (readonly Trace[])[] = [];
  for (const [i, one] of [...unknowns.entries()].reverse())
    above[i] = mergeTraces([...one.traces, ...(above[i + 1] ?? [])]);
  const entries = [...layers.entries.values()].flat().map(({ entry, below }) => {
    const cause = unknowns[below];
    return cause === undefined ? entry : { ...entry, value: maybeOther(entry.value, cause, above[below] ?? [], call) };
  });
  return mapOf(entries, call, joinRests([...unknowns, ...layers.others], call));
}

function maybeOther(value: Value, cause: Unknown, others: readonly Trace[], call: Call): Unknown {
  const traces = stepped(mergeTraces([...tracesOf(value), ...others]), call.name, "may", call.at);
  return unknown(cause.reason.kind, cause.reason.what, call.at, { traces });
}
