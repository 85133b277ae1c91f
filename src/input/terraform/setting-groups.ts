import type { Guard } from "../../core/guard";
import { compareText, type Span } from "../../core/source";
import type { Entry, Item, MapValue, Value } from "../../core/value";
import type { SettingGroup } from "../../model/model";
import { relevantSettings } from "../settings";
import type { BlockInstance, ProviderInstance, ResourceInstance, UnresolvedCall } from "./modules/instance";
import { couldGrant } from "./resources/gaps";
import { typeOf } from "./resources";
import type { Unit } from "./resources/type";
import { ownArguments } from "./resources/values";

/** The settings of a resource of any type, and of the commands that make it. */
export function settingsOfResource(instance: ResourceInstance, unit: Unit): readonly SettingGroup[] {
  const { address, at, guard } = instance;
  const place = { address, at, guard };
  const commands = instance.blocks("provisioner").flatMap((block) => groups(place, "settings", blockValue(block)));
  const settings = typeOf(instance)?.settings ?? (couldGrant(instance.type) ? "none" : "settings");
  if (settings === "none") return commands;
  if (typeof settings === "string") return [...groups(place, settings, blockValue(instance)), ...commands];
  const { kind, name, nameAt, values, readAs } = settings(instance, unit);
  const own = values.flatMap((value) => groups(place, kind, value, name, nameAt));
  return [...own.map((group) => ({ ...group, readAs })), ...commands];
}

/** `provider "aws" { secret_key = … }` is where a program gets its credentials from, too. */
export function settingsOfProvider(provider: ProviderInstance): readonly SettingGroup[] {
  const { address, at, guard } = provider;
  return groups({ address, at, guard }, "settings", blockValue(provider), `provider.${provider.type}`);
}

/** What a module that is not in the input is handed. */
export function settingsOfCall(call: UnresolvedCall): readonly SettingGroup[] {
  const { address, at, guard } = call;
  return groups({ address, at, guard }, "settings", blockValue(call.inputs));
}

function groups(
  place: { readonly address: string; readonly at: Span; readonly guard: Guard },
  kind: SettingGroup["kind"],
  value: Value,
  name?: string,
  nameAt: Span = place.at,
): readonly SettingGroup[] {
  const start = { nameAt, guard: place.guard, ...(name !== undefined && { name }) };
  return relevantSettings(value, start).map((settings) => ({ ...place, kind, settings }));
}

/** A block as a map: its arguments, and its nested blocks under their types, several of one type as a list. */
function blockValue(block: BlockInstance): MapValue {
  const entries: Entry[] = [];
  for (const { name, at } of ownArguments(block)) {
    const value = block.argument(name);
    if (value !== undefined) entries.push({ key: name, keyAt: at, guard: [], value });
  }
  for (const [type, blocks] of blocksByType(block)) {
    const [first] = blocks;
    if (first === undefined || unreadBlocks.has(type)) continue; // Terraform's own blocks configure nothing outside.
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

/** Provisioners are read on their own. */
const unreadBlocks: ReadonlySet<string> = new Set(["lifecycle", "provisioner", "timeouts", "connection"]);

function blocksByType(block: BlockInstance): readonly (readonly [string, readonly BlockInstance[]])[] {
  const result = new Map<string, BlockInstance[]>();
  for (const nested of block.allBlocks()) {
    const same = result.get(nested.type);
    if (same === undefined) result.set(nested.type, [nested]);
    else same.push(nested);
  }
  return [...result].sort(([a], [b]) => compareText(a, b));
}
