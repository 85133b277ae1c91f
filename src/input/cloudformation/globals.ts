import { knownText } from "../../core/text";
import type { MapValue, Value } from "../../core/value";
import { fieldOf } from "../fields";
import { isFunction, type ResourceBody, type Template } from "./template";

const serverless = "AWS::Serverless::";

/**
 * The properties of a resource with those that the section `Globals` of a SAM template has for its kind: what the
 * resource says itself counts, maps are merged, and the items of lists come after the global ones. (AWS SAM Developer
 * Guide, "Globals section of the AWS SAM template".)
 */
export function withGlobals(template: Template, { type, value }: ResourceBody): Value | undefined {
  const own = fieldOf(value, "Properties");
  if (!type.startsWith(serverless)) return own;
  const global = fieldOf(fieldOf(template.root, "Globals"), type.slice(serverless.length));
  if (global?.kind !== "map" || !isSam(template)) return own;
  return own === undefined ? global : merged(global, own);
}

function isSam({ transforms }: Template): boolean {
  return transforms.some((transform) => knownText(transform)?.startsWith("AWS::Serverless-") === true);
}

/** Both are written in the template: they nest no deeper than its parser lets them. */
function merged(global: Value, own: Value): Value {
  if (global.kind === "list" && own.kind === "list") return { ...own, items: [...global.items, ...own.items] };
  if (global.kind !== "map" || own.kind !== "map" || isFunction(global) || isFunction(own)) return own;
  return mergedMaps(global, own);
}

function mergedMaps(global: MapValue, own: MapValue): MapValue {
  const globals = new Map(global.entries.map((entry) => [entry.key, entry]));
  const written = own.entries.map((entry) => {
    const known = globals.get(entry.key);
    globals.delete(entry.key);
    return known === undefined ? entry : { ...entry, value: merged(known.value, entry.value) };
  });
  return { ...own, entries: [...globals.values(), ...written] };
}
