import { limits } from "../../../core/limits";
import { firstIndex } from "../../../core/search";
import type { Span } from "../../../core/source";
import type { Entry, Value } from "../../../core/value";
import type { BlockSource } from "../modules/block-source";
import type { ModuleSource } from "../modules/module-source";
import type { Expression } from "../parse/syntax";
import { entriesIn, fieldOf, itemsIn } from "../../fields";
import { stepsTo } from "./module";
import type { RecordedFile, RecordedResource } from "./record";

/** A part of the file, and where the source has what stands at an offset in it. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly sourceAt: (offset: number) => Span | undefined;
}

/**
 * Where the root module declares what stands at a place of a plan that has to be read alone: resources, variables and
 * outputs. What a module makes is at the call.
 */
export function sourcePlaces(file: RecordedFile, root: ModuleSource): (at: Span) => Span | undefined {
  let parts: readonly Part[] | undefined;
  return (at) => {
    if (at.file !== file.source.path) return undefined;
    parts ??= partsOf(file, root).toSorted((a, b) => a.start - b.start);
    const part = parts[firstIndex(parts, ({ start }) => start > at.start) - 1];
    return part !== undefined && at.start < part.end ? part.sourceAt(at.start) : undefined;
  };
}

function partsOf(file: RecordedFile, root: ModuleSource): readonly Part[] {
  const outputs = [
    ...file.outputs,
    ...file.outputChanges,
    ...entriesIn(fieldOf(fieldOf(file.configuration, "root_module"), "outputs")),
  ];
  return [
    ...[...file.resources.values()].flatMap((resource) => partsOfResource(resource, root)),
    ...file.variables.map((entry) => partOfEntry(entry, root.variables.get(entry.key)?.at)),
    ...outputs.map((entry) => {
      const block = root.outputs.get(entry.key);
      return partOfEntry(entry, block && (placeIn(block, ["value"]) ?? block.at));
    }),
  ];
}

/** What is known of a resource, and what is known after apply. */
function partsOfResource(resource: RecordedResource, root: ModuleSource): readonly Part[] {
  const { whole, unknowns, values } = resource;
  const [call] = resource.module === "" ? [] : (stepsTo(resource.module) ?? []);
  const block = call === undefined ? root.resources.get(resource.local) : root.calls.get(call.name);
  const within =
    (entries: readonly Entry[]) =>
    (offset: number): Span | undefined =>
      block === undefined || call !== undefined ? block?.at : (placeIn(block, pathIn(entries, offset, 0)) ?? block.at);
  const known: Part = { start: whole.start, end: whole.end, sourceAt: within(values) };
  if (unknowns === undefined) return [known];
  return [known, { start: unknowns.at.start, end: unknowns.at.end, sourceAt: within(entriesIn(unknowns)) }];
}

/** The keys and indexes that lead to what stands at an offset. */
function pathIn(entries: readonly Entry[], offset: number, depth: number): readonly (string | number)[] {
  const entry = entries.find(({ keyAt, value }) => keyAt.start <= offset && offset < value.at.end);
  return entry === undefined ? [] : [entry.key, ...pathInValue(entry.value, offset, depth + 1)];
}

function pathInValue(value: Value, offset: number, depth: number): readonly (string | number)[] {
  if (depth > limits.depth) return [];
  if (value.kind === "map") return pathIn(value.entries, offset, depth);
  const items = itemsIn(value);
  const index = items.findIndex(({ at }) => at.start <= offset && offset < at.end);
  const item = items[index];
  return item === undefined ? [] : [index, ...pathInValue(item, offset, depth + 1)];
}

/** An argument's value, an entry of a map by its key, or the nested block of the name: as far as the source has it. */
function placeIn(block: BlockSource, path: readonly (string | number)[]): Span | undefined {
  const [name = "", index, ...rest] = path;
  const attribute = block.attributes.get(String(name));
  if (attribute !== undefined) {
    const place = placeInObject(attribute.value, path.slice(1)) ?? attribute.value;
    return { file: attribute.file, start: place.start, end: place.end };
  }
  const blocks = block.blocks.filter(({ type }) => type.text === name);
  const nested = blocks[Number(index ?? 0)] ?? blocks[0];
  return nested && (placeIn(nested, rest) ?? nested.at);
}

function placeInObject(
  expression: Expression,
  [name, ...rest]: readonly (string | number)[],
): { readonly start: number; readonly end: number } | undefined {
  if (expression.kind !== "object") return undefined;
  const item = expression.items.find(({ key }) => key.kind === "name" && key.name.text === name);
  return item && (placeInObject(item.value, rest) ?? (item.key.kind === "name" ? item.key.name : item.value));
}

function partOfEntry({ keyAt, value }: Entry, place: Span | undefined): Part {
  return { start: keyAt.start, end: value.at.end, sourceAt: () => place };
}
