import type { Entry, MapValue, Value } from "../../core/value";
import { entriesOfInclude } from "./includes";
import { entriesOfLoop, isLoop } from "./loops";
import type { Stack } from "./stack";
import { fieldOf } from "../fields";
import { asTemplate, type Named, type Template } from "./template";
import type { UnitContext } from "./unit-context";

/** Among other entries, something that makes further ones. */
export function isMaker(entry: Entry | Named): boolean {
  const key = "key" in entry ? entry.key : entry.name;
  return key === "Fn::Transform" || isLoop(key);
}

/** The entries with what loops and included files make of them. What nobody can work out stays. */
export function withMade(entries: readonly Entry[], stack: Stack, unit: UnitContext): readonly Entry[] {
  if (!entries.some(isMaker)) return entries;
  return entries.flatMap((entry): readonly Entry[] => {
    if (isLoop(entry.key)) return entriesOfLoop(entry, stack, unit) ?? [entry];
    return (entry.key === "Fn::Transform" ? entriesOfInclude(entry.value, stack, unit) : undefined) ?? [entry];
  });
}

const sections: readonly string[] = ["Parameters", "Mappings", "Conditions", "Resources", "Outputs"];

/** The template with what loops and included files make of its sections. */
export function expanded(stack: Stack, unit: UnitContext): Template {
  const { template } = stack;
  const added = template.transforms.map((transform) => entriesOfInclude(transform, stack, unit));
  const { parameters, mappings, conditions, outputs } = template;
  const isMade = [parameters, mappings, conditions, outputs].some((section) => [...section.values()].some(isMaker));
  if (template.makers.length === 0 && !isMade && added.every((entries) => entries === undefined)) return template;
  const included = added.flatMap((entries) => entries ?? []);
  const root = included.reduce(withSection, template.root);
  const entries = root.entries.map((entry): Entry => {
    if (!sections.includes(entry.key) || entry.value.kind !== "map") return entry;
    return { ...entry, value: { ...entry.value, entries: withMade(entry.value.entries, stack, unit) } };
  });
  const { path, hasIncludes, isExtended } = template;
  const transforms = template.transforms.filter((_, i) => added[i] === undefined);
  const made = asTemplate(path, { ...root, entries }, hasIncludes);
  const known = new Set(made.makers.map((maker) => maker.value));
  const elsewhere = template.makers.filter((maker) => !maker.name.startsWith("Fn::") && !known.has(maker.value));
  return { ...made, makers: [...made.makers, ...elsewhere], transforms, isExtended };
}

/** A section that an included file adds: its entries come beside those that are there. */
function withSection(root: MapValue, section: Entry): MapValue {
  const own = fieldOf(root, section.key);
  if (own === undefined) return { ...root, entries: [...root.entries, section] };
  const value: Value =
    own.kind === "map" && section.value.kind === "map"
      ? { ...own, entries: [...own.entries, ...section.value.entries] }
      : own;
  return { ...root, entries: root.entries.map((entry) => (entry.key === section.key ? { ...entry, value } : entry)) };
}
