import { limits } from "../../../core/limits";
import { firstUnknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Overlay } from "../modules/overlay";
import { entriesIn, fieldOf, textField, itemsIn } from "../../fields";
import { stepsTo } from "./module";
import type { RecordedFile, RecordedResource } from "./record";

/**
 * A plan or state as what decides the values of the sources that it was made of. What it says of resources is added to
 * `handed` when it is asked for.
 */
export function overlayOf(file: RecordedFile, handed: Value[]): Overlay {
  const variables = new Map(file.variables.map(({ key, value }) => [key, fieldOf(value, "value")]));
  const keys = keysOf(file);
  const values = new WeakMap<RecordedResource, ReadonlyMap<string, Value>>();
  return {
    path: file.source.path,
    variable: (name) => variables.get(name),
    isImported: (address) => file.resources.get(address)?.isImported === true,
    keys: (module, local) => keys.get(`${module} ${local}`),
    known(address, attribute) {
      const resource = file.resources.get(address);
      if (resource === undefined) return undefined;
      let known = values.get(resource);
      if (known === undefined) {
        known = new Map(resource.values.map((entry) => [entry.key, entry.value]));
        values.set(resource, known);
      }
      const value = known.get(attribute);
      // What is partly known after apply is worked out from the source.
      const isWhole =
        value !== undefined && firstUnknown(value) === undefined && !isLater(resource.unknowns, attribute);
      if (!isWhole) return undefined;
      handed.push(value);
      return value;
    },
  };
}

function isLater(unknowns: Value | undefined, attribute: string): boolean {
  const mark = fieldOf(unknowns, attribute);
  return mark !== undefined && holdsTrue(mark, 0);
}

function holdsTrue(mark: Value, depth: number): boolean {
  if (mark.kind === "bool") return mark.value;
  if (depth > limits.depth) return true;
  const parts = mark.kind === "map" ? entriesIn(mark).map(({ value }) => value) : itemsIn(mark);
  return parts.some((part) => holdsTrue(part, depth + 1));
}

/** The keys of resources and module calls, by `<module> <local>`. What a plan's configuration has and nothing of is there, has none. */
function keysOf(file: RecordedFile): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, Set<string>>();
  const add = (module: string, local: string, suffix: string | undefined): void => {
    const name = `${module} ${local}`;
    const known = keys.get(name) ?? new Set();
    if (suffix !== undefined) known.add(keyIn(suffix));
    keys.set(name, known);
  };
  const declared = itemsIn(fieldOf(fieldOf(file.configuration, "root_module"), "resources"));
  // What a plan leaves out may be there.
  for (const resource of file.rest === undefined ? declared : []) {
    const address = textField(resource, "address");
    if (address !== undefined) add("", address, undefined);
  }
  const modules = new Set<string>();
  for (const { module, local, suffix } of file.resources.values()) {
    add(module, local, suffix);
    modules.add(module);
  }
  for (const module of modules) {
    let parent = "";
    for (const step of stepsTo(module) ?? []) {
      add(parent, `module.${step.name}`, step.suffix);
      parent = step.address;
    }
  }
  return new Map([...keys].map(([name, found]) => [name, [...found]]));
}

/** `[0]` as `0`, `["a"]` as `a`; a single one has the key "". */
function keyIn(suffix: string): string {
  const inner = suffix.slice(1, -1);
  if (!inner.startsWith('"')) return inner;
  const parsed: unknown = JSON.parse(inner);
  return typeof parsed === "string" ? parsed : inner;
}
