import type { Span } from "../../../core/source";
import type { Entry } from "../../../core/value";
import type { BlockSource } from "../modules/block-source";
import type { ModuleSource } from "../modules/module-source";
import { entriesIn, field } from "./fields";
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
    const part = parts[lastFrom(parts, at.start)];
    return part !== undefined && at.start < part.end ? part.sourceAt(at.start) : undefined;
  };
}

/** The index of the last part that starts at or before the offset; -1 where there is none. */
function lastFrom(parts: readonly Part[], offset: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function partsOf(file: RecordedFile, root: ModuleSource): readonly Part[] {
  const outputs = [...file.outputs, ...entriesIn(field(field(file.configuration, "root_module"), "outputs"))];
  return [
    ...[...file.resources.values()].map((resource) => partOfResource(resource, root)),
    ...file.variables.map((entry) => partOfEntry(entry, root.variables.get(entry.key))),
    ...outputs.map((entry) => partOfEntry(entry, root.outputs.get(entry.key))),
  ];
}

function partOfResource(resource: RecordedResource, root: ModuleSource): Part {
  const { start, end } = resource.whole;
  const [call] = resource.module === "" ? [] : (stepsTo(resource.module) ?? []);
  const block = call === undefined ? root.resources.get(resource.local) : root.calls.get(call.name);
  const sourceAt = (offset: number): Span | undefined => {
    if (block === undefined || call !== undefined) return block?.at;
    const argument = resource.values.find(({ keyAt, value }) => keyAt.start <= offset && offset < value.at.end);
    return (argument && placeOf(argument.key, block)) ?? block.at;
  };
  return { start, end, sourceAt };
}

/** An argument's value, or the nested block of the name. */
function placeOf(name: string, block: BlockSource): Span | undefined {
  const attribute = block.attributes.get(name);
  if (attribute === undefined) return block.blocks.find(({ type }) => type.text === name)?.at;
  return { file: attribute.file, start: attribute.value.start, end: attribute.value.end };
}

function partOfEntry({ keyAt, value }: Entry, block: BlockSource | undefined): Part {
  return { start: keyAt.start, end: value.at.end, sourceAt: () => block?.at };
}
