import { always } from "../core/guard";
import { tracesOf } from "../core/text";
import type { Output, Setting, SettingGroup } from "../model/model";
import type { SettingNames } from "../model/credentials/setting-names";
import { hostOf } from "../model/credentials/shapes";
import { relevantSettings } from "./settings";

/**
 * Outputs as settings: whoever reads them is given a mail client's settings in an output that is a map or a URL, or in
 * several outputs of one module or stack. Those are many and of many things: a name there must say mail itself.
 */
export function outputSettings(outputs: readonly Output[], names: SettingNames): readonly SettingGroup[] {
  const groups: SettingGroup[] = [];
  const flat = new Map<string, { readonly first: Output; readonly settings: Setting[] }>();
  for (const output of outputs) {
    const { name, value, valueAt, guard, address, at } = output;
    const whole: Setting = { name, nameAt: valueAt, value, place: "arguments", guard };
    if (saysMail(whole, names)) {
      const module = address.slice(0, address.length - name.length - 1);
      const known = flat.get(module);
      if (known === undefined) flat.set(module, { first: output, settings: [whole] });
      else known.settings.push(whole);
    }
    for (const settings of relevantSettings(value, whole, names)) {
      if (settings.some((setting) => setting.name !== name)) {
        groups.push({ kind: "settings", address, at, guard, settings });
      }
    }
  }
  for (const [address, { first, settings }] of flat) {
    groups.push({ kind: "settings", address, at: first.at, guard: always, settings });
  }
  return groups;
}

/** A setting of a mail client, its host, or the id that may be its user name. */
function saysMail({ name, value }: Setting, names: SettingNames): boolean {
  if (value.kind === "map" || value.kind === "list") return false;
  const said = names.of(name);
  if (said?.role.startsWith("smtp-") === true) return said.specific;
  return hostOf(value)?.kind === "ses-smtp" || tracesOf(value).some(({ form }) => form === "access-key-id");
}
