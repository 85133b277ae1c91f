import { guardKey, type Guard } from "../../core/guard";
import { put } from "../../core/map";
import { compareText, type Span } from "../../core/source";
import type { Entry, Item, MapValue, Value } from "../../core/value";
import type { SettingGroup, SettingPlace } from "../../model/model";
import type { SettingNames } from "../../model/credentials/setting-names";
import { speaksOfMail } from "../quick-look";
import { relevantSettings, storedName, type Start } from "../settings";
import { ownBlocks } from "./modules/block";
import type {
  BlockInstance,
  ModuleInstance,
  ProviderInstance,
  ResourceInstance,
  UnitResources,
  UnresolvedCall,
} from "./modules/unit-tree";
import { couldGrant } from "./resources/gaps";
import { typeOf } from "./resources";

/** The settings of a resource of any type, and of the commands that make it. */
export function settingsOfResource(
  instance: ResourceInstance,
  unit: UnitResources,
  names: SettingNames,
): readonly SettingGroup[] {
  const commands = settingsOfCommands(instance, names);
  const type = typeOf(instance);
  const settings = type?.settings ?? (couldGrant(instance.type) ? "none" : "settings");
  if (settings === "none") return commands;
  const { address, at, guard } = instance;
  const place = { address, at, guard };
  if (typeof settings === "string") {
    const start = { nameAt: at, place: type?.place ?? placeOf(settings) };
    const own = groups(place, settings, blockValue(instance), start, names);
    if (type?.readAs === undefined || own.length === 0) return [...own, ...commands];
    const readAs = type.readAs(instance, unit);
    return [...own.map((group) => ({ ...group, readAs })), ...commands];
  }
  const { kind, name: whole, values, readAs, place: kept = placeOf(kind) } = settings(instance, unit);
  const start = { name: storedName(whole, names), place: kept };
  const own = values.flatMap((one) => groups(place, kind, one.value, { ...start, nameAt: one.at }, names));
  return [...own.map((group) => ({ ...group, readAs })), ...commands];
}

/**
 * Stores that one block makes, each of one setting: `for_each = local.settings`. What stood in one map is used together,
 * unless two have one name, and are the same for others.
 */
export function storesOfOneBlock(groups: readonly SettingGroup[]): readonly SettingGroup[] {
  const blocks = new Map<string, SettingGroup[]>();
  for (const group of groups) {
    const { kind, address, settings, guard } = group;
    if (kind !== "store" || settings.length !== 1 || !address.endsWith("]")) continue; // It stands for itself.
    put(blocks, `${address.slice(0, address.lastIndexOf("["))} ${guardKey(guard)}`, group);
  }
  return [...blocks].flatMap(([, stores]): readonly SettingGroup[] => {
    const settings = stores.flatMap((store) => store.settings);
    const [first] = stores;
    const areApart = new Set(settings.map(({ name }) => name)).size === settings.length;
    return first === undefined || settings.length < 2 || !areApart ? [] : [{ ...first, kind: "settings", settings }];
  });
}

function settingsOfCommands(instance: ResourceInstance, names: SettingNames): readonly SettingGroup[] {
  const provisioners = instance.blocks("provisioner");
  if (provisioners.length === 0) return [];
  const { address, at, guard } = instance;
  return provisioners.flatMap((block) => settingsOfProvisioner({ address, at, guard }, block, names));
}

/** A command is shown to whoever reads the log; what stands in the environment of one, or in a file's content, is not. */
function settingsOfProvisioner(place: GroupPlace, block: BlockInstance, names: SettingNames): readonly SettingGroup[] {
  const { entries, ...rest } = blockValue(block);
  const [commands, others] = [true, false].map((isCommand): MapValue => {
    return { ...rest, entries: entries.filter(({ key }) => commandArguments.has(key) === isCommand) };
  });
  return [
    ...(commands ? groups(place, "settings", commands, { nameAt: place.at, place: "command" }, names) : []),
    ...(others ? groups(place, "settings", others, { nameAt: place.at, place: "handed-on" }, names) : []),
  ];
}

const commandArguments: ReadonlySet<string> = new Set(["command", "inline"]);

function placeOf(kind: SettingGroup["kind"]): SettingPlace {
  return kind === "store" ? "secret" : "arguments";
}

/** `provider "aws" { secret_key = … }` is where a program gets its credentials from, too. */
export function settingsOfProvider(provider: ProviderInstance, names: SettingNames): readonly SettingGroup[] {
  const { address, at, guard } = provider;
  const start = { name: `provider.${provider.type}`, nameAt: at };
  return groups({ address, at, guard }, "settings", blockValue(provider), start, names);
}

/** What a module is handed. */
export function settingsOfCall(
  call: Pick<UnresolvedCall, "address" | "at" | "guard" | "inputs">,
  names: SettingNames,
): readonly SettingGroup[] {
  const { address, at, guard } = call;
  const start = { nameAt: at, place: "handed-on" } as const;
  return groups({ address, at, guard }, "settings", blockValue(call.inputs), start, names);
}

/** The locals of a module whose names speak of mail or credentials. */
export function settingsOfLocals(
  { address, guard, locals }: ModuleInstance,
  names: SettingNames,
): readonly SettingGroup[] {
  const named = locals.filter(({ name }) => speaksOfMail(name) || names.of(name) !== undefined);
  const [first] = named;
  if (first === undefined) return [];
  const { at } = first;
  const entries = named.map((local): Entry => {
    return { key: local.name, keyAt: local.at, valueAt: local.valueAt, guard: [], value: local.value() };
  });
  const start = { nameAt: at, place: "arguments" } as const;
  return groups({ address, at, guard }, "settings", { kind: "map", entries, at }, start, names);
}

interface GroupPlace {
  readonly address: string;
  readonly at: Span;
  readonly guard: Guard;
}

function groups(
  place: GroupPlace,
  kind: SettingGroup["kind"],
  value: Value,
  start: Omit<Start, "guard">,
  names: SettingNames,
): readonly SettingGroup[] {
  const found = relevantSettings(value, { ...start, guard: place.guard }, names);
  return found.map((settings) => ({ ...place, kind, settings }));
}

/** A block as a map: its arguments, and its nested blocks under their types, several of one type as a list. */
export function blockValue(block: BlockInstance): MapValue {
  const entries: Entry[] = [];
  for (const { name, at, valueAt } of block.arguments) {
    const value = block.argument(name);
    if (value !== undefined) entries.push({ key: name, keyAt: at, guard: [], value, ...(valueAt && { valueAt }) });
  }
  for (const [type, blocks] of blocksByType(block)) {
    const [first] = blocks;
    // They configure nothing outside; provisioners are read on their own.
    if (first === undefined || ownBlocks.has(type)) continue;
    const items = blocks.map((one): Item => ({ guard: one.guard, value: blockValue(one) }));
    const [only] = items;
    entries.push(
      only !== undefined && items.length === 1
        ? { key: type, keyAt: first.at, guard: only.guard, value: only.value }
        : { key: type, keyAt: first.at, guard: [], value: { kind: "list", shape: "list", items, at: first.at } },
    );
  }
  return { kind: "map", entries, at: block.at };
}

function blocksByType(block: BlockInstance): readonly (readonly [string, readonly BlockInstance[]])[] {
  const result = new Map<string, BlockInstance[]>();
  for (const nested of block.allBlocks()) {
    put(result, nested.type, nested);
  }
  return [...result].sort(([a], [b]) => compareText(a, b));
}
