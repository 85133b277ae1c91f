import { addAll } from "../core/add-all";
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import { lastOfEqual } from "../core/equal-keys";
import { always } from "../core/guard";
import type { DecodeFailure } from "../core/json";
import { listLater, mapLater, readsOnce, type Later } from "../core/later";
import { limits } from "../core/limits";
import { kept } from "../core/map";
import type { Source, Span } from "../core/source";
import { knownText, text as textOf, tracesOf, unknown } from "../core/text";
import type { Entry, Item, Known, MapValue, Text, Unknown, Value } from "../core/value";
import {
  aliasEvent,
  documentEvent,
  mappingEvent,
  popEvent,
  scalarEvent,
  sequenceEvent,
  type Builder,
  type YamlProblem,
} from "./yaml-builder";
import type * as yamlEvents from "./yaml-events";
import { asWritten, coreTagged, isPlain, isNull, plainValue, scalarEnd, scalarText, type Dialect } from "./yaml-scalar";
import { isMerge, keyText, mapsOf, mergedEntries, repetition, withRest } from "./yaml-entries";
import { partAt, plainParts, type PlainPart } from "./yaml-plain";
import { tabProblems } from "./yaml-tabs";
import { longForm, mayHaveTag } from "./yaml-tags";
import { closingEnd, indented, placeIn, viewOf, withBlanks, type View } from "./yaml-view";

// A run without YAML does not load the parser: the bundler keeps a required module apart until it is called for.
declare function require(path: "./yaml-events"): typeof yamlEvents;

export type YamlResult =
  | { readonly kind: "documents"; readonly documents: readonly Value[]; readonly problems: readonly YamlProblem[] }
  | DecodeFailure;

/** All documents of a YAML file, where not said otherwise as CloudFormation reads it; see decodeYaml. */
export function readYaml(source: Source, dialect: Dialect = "cloudformation"): YamlResult {
  const at = { file: source.path, start: 0, end: source.text.length };
  return decodeYaml({ kind: "text", at, pieces: [{ kind: "known", text: source.text, at, traces: [] }] }, dialect);
}

/**
 * All documents of a YAML text. A short tag is its long form (`!Sub x` is `{"Fn::Sub": x}`), an alias is the very
 * value of its anchor, a merge key is merged. Of equal keys the last counts. Holes are as in decodeJson.
 */
export function decodeYaml(text: Text, dialect: Dialect = "cloudformation"): YamlResult {
  const view = viewOf(text);
  if (view === undefined) return { kind: "failed", message: "has characters of every private use", at: text.at };
  const parsed = parse(view);
  if (parsed.kind === "failed") return parsed;
  const { view: read, events } = parsed;
  const isWhole = read.inserted.length === 0 && read.flat.base === 0 && read.text.length >= largeText;
  const parts = isWhole && dialect === "cloudformation" ? plainParts(read, events) : undefined;
  const builder: Builder = {
    view: read,
    events,
    dialect,
    plain: parts && { parts, later: readsLater(parts, () => builder) },
    index: 0,
    end: 0,
    anchors: new Map(),
    traces: new Map(),
    nodes: 0,
    expanded: 0,
    deepest: 0,
    problems: [],
    repeated: [],
    failure: undefined,
  };
  const documents = readDocuments(builder);
  if (isWhole) for (const one of documents) texts.set(one, read.text);
  const tabs = dialect === "cloudformation" ? tabProblems(read, events) : [];
  const problems = [...builder.problems, ...builder.repeated.map(repetition), ...tabs];
  return builder.failure ?? { kind: "documents", documents, problems };
}

/** The text of the large file that a document stands in, for a quick look at parts of it; undefined of any other. */
export function yamlText(document: Value): string | undefined {
  return texts.get(document);
}

/** Beside the values: what is made from one of them by changing it has another text. */
const texts = new WeakMap<Value, string>();

/** Characters. A quick look at a smaller text saves nothing. */
const largeText = 20_000;

interface ParsedEvents {
  readonly kind: "events";
  readonly view: View;
  readonly events: readonly Event[];
}

/**
 * The events of the parser. A line inside brackets or quotes that is not indented more than the map it is in is no YAML
 * 1.2, nor is a comment close behind a bracket or quote; CloudFormation takes both all the same, and many templates close
 * brackets so: they are read as if the blanks were there.
 */
function parse(first: View): ParsedEvents | DecodeFailure {
  const { parseEvents, YAMLException } = require("./yaml-events");
  for (let view = first, read = 0; ; read += view.text.length) {
    try {
      // The parser counts scalars as a level, too.
      return { kind: "events", view, events: parseEvents(view.text, { maxDepth: limits.depth + 1 }) };
    } catch (error) {
      const isKnown = error instanceof YAMLException;
      const pos = Math.min(isKnown ? (error.mark?.position ?? 0) : 0, view.text.length);
      const reason = isKnown ? error.reason : "";
      if (reason === "deficient indentation" && read < limits.yamlReadAgain) {
        view = indented(view, pos, deepIndentation);
        continue;
      }
      if (/^["'\]}]#/.test(view.text.slice(pos - 1, pos + 1)) && read < limits.yamlReadAgain) {
        view = withBlanks(view, pos, 1);
        continue;
      }
      return failure(view, pos, reason);
    }
  }
}

/** More than any template indents. */
const deepIndentation = 1_000;

function failure(view: View, pos: number, reason: string): DecodeFailure {
  const at = placeIn(view, pos, Math.min(pos + 1, view.text.length));
  return reason.startsWith("nesting exceeded")
    ? { kind: "failed", message: `nests deeper than ${limits.depth} levels`, at, limit: "depth" }
    : { kind: "failed", message: "is not valid YAML", at };
}

function readDocuments(builder: Builder): readonly Value[] {
  const documents: Value[] = [];
  while (builder.index < builder.events.length) {
    const event = builder.events[builder.index];
    if (event?.type !== documentEvent) {
      builder.index++;
      continue;
    }
    builder.index++;
    builder.anchors.clear();
    if (builder.events[builder.index]?.type !== popEvent) documents.push(readNode(builder, 0));
  }
  return documents;
}

function readNode(builder: Builder, depth: number): Value {
  const event = builder.events[builder.index++];
  builder.nodes++;
  builder.deepest = Math.max(builder.deepest, depth);
  if (event === undefined || event.type === documentEvent || event.type === popEvent) return nothing(builder);
  if (event.type === aliasEvent) return readAlias(builder, event, depth);
  if (event.anchorStart < 0) return readTagged(builder, event, depth);
  const anchor = builder.view.text.slice(event.anchorStart, event.anchorEnd);
  const { nodes, deepest } = builder;
  builder.anchors.set(anchor, { kind: "open" });
  builder.deepest = depth;
  const value = readTagged(builder, event, depth);
  const height = builder.deepest - depth;
  builder.anchors.set(anchor, { kind: "value", value, nodes: builder.nodes - nodes, height });
  builder.deepest = Math.max(builder.deepest, deepest);
  return value;
}

function readAlias(builder: Builder, event: AliasEvent, depth: number): Value {
  const anchor = builder.view.text.slice(event.anchorStart, event.anchorEnd);
  const at = placeIn(builder.view, event.anchorStart - 1, event.anchorEnd);
  builder.end = event.anchorEnd;
  const anchored = builder.anchors.get(anchor);
  if (anchored === undefined) {
    builder.failure ??= { kind: "failed", message: "has an alias without an anchor before it", at };
    return unknown("invalid", "an alias", at);
  }
  if (anchored.kind === "open") {
    builder.problems.push({ message: "has an alias inside its own anchor", at });
    return unknown("invalid", "an alias inside its own anchor", at);
  }
  const isTooDeep = depth + anchored.height > limits.depth;
  if (isTooDeep || builder.expanded + anchored.nodes > limits.aliasNodes) {
    const limit = isTooDeep ? "depth" : "aliasNodes";
    builder.problems.push({ message: "has aliases that repeat too much", at, limit });
    const traces = kept(builder.traces, anchored.value, tracesOf);
    return unknown("limit", "an alias", at, { traces });
  }
  builder.expanded += anchored.nodes;
  builder.nodes += anchored.nodes - 1;
  builder.deepest = Math.max(builder.deepest, depth + anchored.height);
  return anchored.value;
}

function readTagged(builder: Builder, event: SequenceEvent | MappingEvent | ScalarEvent, depth: number): Value {
  const { view, dialect } = builder;
  const tag = event.tagStart < 0 ? "" : view.text.slice(event.tagStart, event.tagEnd);
  builder.end = Math.max(builder.end, event.tagEnd, event.anchorEnd);
  if (tag === "") return readContent(builder, event, depth, undefined);
  const core = /^(?:!!|!<tag:yaml\.org,2002:)([\w-]+)>?$/.exec(tag)?.[1];
  const isOwn = tag !== "!" && core === undefined;
  const value = readContent(builder, event, depth, core ?? "str");
  const tagAt = placeIn(view, event.tagStart, event.tagEnd);
  const isScalar = event.type === scalarEvent && event.valueStart >= 0 && !isOwn;
  const characters = isScalar ? knownText(scalarText(view, event)) : "";
  if (dialect === "cloudformation" && tag !== "!" && !mayHaveTag(tag, core, value, characters)) {
    builder.problems.push({ message: "has a tag that its value cannot have", at: tagAt });
  }
  if (!isOwn) return value;
  if (dialect === "cloudformation") return longForm(tag, tagAt, placeIn(view, event.tagStart, builder.end), value);
  builder.problems.push({ message: "has a tag that is not YAML's own", at: tagAt });
  return unknown("invalid", "a tag", tagAt, { traces: tracesOf(value) });
}

function readContent(
  builder: Builder,
  event: SequenceEvent | MappingEvent | ScalarEvent,
  depth: number,
  core: string | undefined,
): Value {
  if (event.type !== scalarEvent) {
    const later = readLater(builder, event);
    if (later !== undefined) return later;
    return event.type === sequenceEvent ? readList(builder, event, depth + 1) : readMap(builder, event, depth + 1);
  }
  if (event.valueStart < 0) return core === undefined ? nothing(builder) : textOf("", nothing(builder).at);
  const text = scalarText(builder.view, event);
  builder.end = scalarEnd(builder.view, event);
  const characters = knownText(text);
  if (core !== undefined) return coreTagged(core, text, characters, builder.dialect) ?? text;
  if (!isPlain(event)) return text;
  if (characters !== undefined) return plainValue(text, characters, builder.dialect);
  return markedValue(text);
}

/** A plain scalar that is one hole is that unknown; one value that was encoded as JSON is the value. */
function markedValue(text: Text): Value {
  const [only] = text.pieces;
  if (only === undefined || text.pieces.length !== 1) return text;
  if (only.kind === "hole") return only.unknown;
  return only.kind === "encoded" && (only.format === "json" || only.format === "yaml") ? only.value : text;
}

function nothing(builder: Builder): Value {
  return { kind: "null", at: placeIn(builder.view, builder.end, builder.end) };
}

/** A large list or map of a plain text: steps over it, and reads what is in it when that is asked for. */
function readLater(builder: Builder, { type, start }: SequenceEvent | MappingEvent): Value | undefined {
  const { plain, view } = builder;
  const part = plain && partAt(plain.parts, start);
  if (plain === undefined || part === undefined) return undefined;
  builder.index = part.last + 1;
  builder.end = part.end;
  const at = placeIn(view, start, part.end);
  return type === mappingEvent ? mapLater(at, plain.later) : listLater(at, plain.later);
}

/** What reads the parts of a plain text by their places. No two start at the same one. */
function readsLater(parts: readonly PlainPart[], whole: () => Builder): Later {
  const inside = (start: number): Builder => {
    const { index = 0, before = 0 } = partAt(parts, start) ?? {};
    return { ...whole(), index: index + 1, end: before };
  };
  return readsOnce({
    entries: (start) => entriesOf(inside(start), 0).entries,
    items: (start) => itemsOf(inside(start), 0),
  });
}

function readList(builder: Builder, event: SequenceEvent, depth: number): Value {
  const items = itemsOf(builder, depth);
  return { kind: "list", shape: "list", items, at: closed(builder, event) };
}

function itemsOf(builder: Builder, depth: number): readonly Item[] {
  const items: Item[] = [];
  while (!atPop(builder)) items.push({ guard: always, value: readNode(builder, depth) });
  return items;
}

function readMap(builder: Builder, event: MappingEvent, depth: number): Value {
  const { entries, rest } = entriesOf(builder, depth);
  const at = closed(builder, event);
  return rest === undefined ? { kind: "map", entries, at } : { kind: "map", entries, rest, at };
}

function entriesOf(builder: Builder, depth: number): Pick<MapValue, "entries" | "rest"> {
  const entries: Entry[] = [];
  const merged: MapValue[] = [];
  let rest: Unknown | undefined;
  while (!atPop(builder)) {
    const keyEvent = builder.events[builder.index];
    const written = writtenKey(builder, keyEvent, depth);
    if (written !== undefined) {
      const value = readNode(builder, depth);
      entries.push({ key: written.text, keyAt: written.at, guard: always, value });
      continue;
    }
    const isMergeKey = isMerge(builder, keyEvent);
    const key = readNode(builder, depth);
    const value = readNode(builder, depth);
    const maps = isMergeKey ? mapsOf(value) : undefined;
    const characters = keyText(builder, key, keyEvent);
    if (key.kind === "null") builder.problems.push({ message: "has a key that is null", at: key.at });
    if (isMergeKey && maps === undefined && value.kind !== "unknown") {
      builder.problems.push({ message: "has a merge key whose value is no map", at: value.at });
    }
    if (maps) addAll(merged, maps);
    else if (characters !== undefined) entries.push({ key: characters, keyAt: key.at, guard: always, value });
    else rest = withRest(builder, rest, key, value);
  }
  const own = builder.plain === undefined ? lastOfEqual(entries, builder.repeated) : entries;
  const all = merged.length === 0 ? own : [...mergedEntries(builder, own, merged), ...own];
  rest ??= merged.find((map) => map.rest)?.rest;
  return rest === undefined ? { entries: all } : { entries: all, rest };
}

/** Most keys are one run of characters as it is written: these need no value of their own. Steps over it. */
function writtenKey(builder: Builder, event: Event | undefined, depth: number): Known | undefined {
  if (event?.type !== scalarEvent || event.anchorStart >= 0 || event.tagStart >= 0) return undefined;
  if (builder.dialect !== "cloudformation" || isMerge(builder, event)) return undefined;
  const written = asWritten(builder.view, event);
  if (written === undefined || (isPlain(event) && isNull(written.text))) return undefined;
  builder.index++;
  builder.nodes++;
  builder.deepest = Math.max(builder.deepest, depth);
  builder.end = scalarEnd(builder.view, event);
  return written;
}

/** Steps over the end of a map or list. */
function closed(builder: Builder, { type, start }: SequenceEvent | MappingEvent): Span {
  const { view } = builder;
  builder.index++;
  builder.end = closingEnd(view, type === mappingEvent, start, builder.end);
  return placeIn(view, start, builder.end);
}

function atPop(builder: Builder): boolean {
  const event = builder.events[builder.index];
  return event === undefined || event.type === popEvent;
}
