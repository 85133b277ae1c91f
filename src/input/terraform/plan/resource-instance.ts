import { always } from "../../../core/guard";
import { refOf, tracesOf, unknown } from "../../../core/text";
import { withTraces } from "../../../core/trace";
import type { Entry, Value } from "../../../core/value";
import { asAttribute } from "../evaluate/as-attribute";
import { blocksInValue } from "../modules/block";
import type { ArgumentName, ResourceInstance } from "../modules/unit-tree";
import { inModule } from "../modules/unit-context";
import { entriesIn, fieldOf, textField } from "../../fields";
import { mergedValue } from "./merged";
import { providerOf } from "./provider";
import { ownCredentials } from "./recogniser";
import type { RecordedResource } from "./record";
import type { RecordedModule, Recording } from "./recording";

/** A resource of a plan or state as one of the configuration: its arguments, and what the provider adds, with values. */
export function recordedInstance(
  resource: RecordedResource,
  module: RecordedModule,
  recording: Recording,
): ResourceInstance {
  const { address, local, type, name, mode, suffix, at } = resource;
  const configured = module.configured?.resources.get(local);
  const expressions = fieldOf(configured, "expressions");
  const forEach = fieldOf(configured, "for_each_expression");
  const values = byKey(resource.values);
  const unknowns = byKey(entriesIn(resource.unknowns));
  const written = configured === undefined ? undefined : byKey(entriesIn(expressions));
  const isArgument = (key: string): boolean =>
    written === undefined ? !isComputed(type, key) : written.has(key) || holdsBlocks(values.get(key)?.value);
  const argument = oncePerKey((key: string) => {
    const value = values.get(key)?.value;
    // Terraform before 0.15 marks nothing.
    const marks = resource.marks === undefined ? "open" : fieldOf(resource.marks, key);
    const expression = written?.get(key)?.value;
    // What the configuration does not set and nobody knows yet is no argument.
    const unknownAt = expression !== undefined || value !== undefined ? unknowns.get(key)?.value : undefined;
    const isKept = expression === undefined || !isWriteOnly(key, value);
    const mark = isKept ? unknownAt : ({ kind: "bool", value: true, at: expression.at } as const);
    const within = { module, suffix, id: `${address}.${key}`, at: value?.at ?? at, forEach };
    const merged = mergedValue({ value, unknowns: mark, marks, expression, isPart: false }, within, recording);
    return merged === undefined || merged.kind === "null" ? undefined : recording.recognised(merged);
  }, noValue);
  const attribute = oncePerKey(
    (key: string) => attributeOf(key, instance, values.get(key)?.value, argument, recording),
    (key): Value => unknown("missing", `${address}.${key}`, at),
  );
  const provider = () => providerOf(textField(configured, "provider_config_key"), type, module, recording);
  const instance: ResourceInstance = {
    type,
    labels: [],
    at,
    guard: always,
    arguments: namesIn(resource.values, unknowns, isArgument),
    argument: (key) => argument(key),
    blocks: (key) => blocksInValue(argument(key), key, always),
    allBlocks: () => [],
    mode,
    name,
    address,
    module,
    construct: undefined,
    isRecorded: true,
    attribute,
    provider: () => provider().configuration,
    ofProvider(what, placed) {
      const id = `${provider().address}.${what}`;
      return unknown("data-source", id, placed, { id });
    },
    template: (source) => unknown("unsupported", inModule(address, "template"), source.at),
  };
  return instance;
}

/** Write-only arguments (`secret_string_wo`) are in no plan and in no state. */
function isWriteOnly(key: string, value: Value | undefined): boolean {
  return key.endsWith("_wo") && (value === undefined || value.kind === "null");
}

function noValue(): Value | undefined {
  return undefined;
}

/** What Terraform adds to the arguments; without a configuration nothing tells these apart. */
function isComputed(type: string, key: string): boolean {
  return computed.has(key) || ownCredentials(type)?.includes(key) === true;
}

const computed: ReadonlySet<string> = new Set(["id", "arn", "tags_all", "unique_id"]);

/** Blocks that a `dynamic` block makes are not in a plan's configuration. */
function holdsBlocks(value: Value | undefined): boolean {
  return value?.kind === "list" && value.items.some((item) => item.value.kind === "map");
}

function byKey(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

function namesIn(
  values: readonly Entry[],
  unknowns: ReadonlyMap<string, Entry>,
  isArgument: (key: string) => boolean,
): readonly ArgumentName[] {
  const known = values.map(({ key, keyAt }) => ({ name: key, at: keyAt }));
  const names = new Set(known.map(({ name }) => name));
  const later = [...unknowns.values()].filter(({ key }) => !names.has(key));
  return [...known, ...later.map(({ key, keyAt }) => ({ name: key, at: keyAt }))].filter(({ name }) =>
    isArgument(name),
  );
}

/** A credential that is known is one all the same, and the model knows an attribute under the name that its type gives it. */
function attributeOf(
  name: string,
  instance: ResourceInstance,
  known: Value | undefined,
  argument: (name: string) => Value | undefined,
  recording: Recording,
): Value {
  if (known === undefined || known.kind === "null") {
    const value = argument(name);
    return value === undefined
      ? recording.attributes.computed(instance, name, recording)
      : asAttribute(value, instance.address, name);
  }
  const value = argument(name) ?? known;
  const otherwise = recording.attributes.computed(instance, name, recording);
  return asAttribute(withTraces(value, tracesOf(otherwise)), instance.address, refOf(otherwise)?.attribute ?? name);
}

/** Worked out once for each key; while it is, it depends on itself, and `again` stands for it. */
function oncePerKey<T>(compute: (key: string) => T, again: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before ?? again(key);
    known.set(key, again(key));
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
