import type { Diagnostic } from "../../core/diagnostic";
import { decodeJson } from "../../core/json";
import { printable } from "../../core/message";
import { optionsOf, text } from "../../core/text";
import type { Text } from "../../core/value";
import type { ResourceInstance } from "./modules/instance";

/** Tells what is wrong with arguments that AWS takes as JSON: whoever reads them finds nothing in them, and does not say why. */
export function tellInvalidJson(instance: ResourceInstance, tell: (diagnostic: Diagnostic) => void): void {
  for (const { name } of instance.arguments) {
    if (!jsonArguments.has(name)) continue;
    const argument = instance.argument(name);
    for (const { value } of argument === undefined ? [] : optionsOf(argument)) {
      const decoded = value.kind === "text" && isWritten(value) ? decodeJson(value) : undefined;
      if (decoded?.kind !== "failed") continue;
      const address = printable(text(instance.address, instance.at));
      const message = `The ${name} of ${address} is no JSON: it ${decoded.message}.`;
      tell({ kind: "invalid", file: decoded.at.file, at: decoded.at, message });
    }
  }
}

/** What a function encoded is JSON; an empty text stands for none at all. */
function isWritten({ pieces: [first, ...others] }: Text): boolean {
  return first !== undefined && (others.length > 0 || first.kind === "known");
}

const jsonArguments: ReadonlySet<string> = new Set([
  "assume_role_policy",
  "container_definitions",
  "container_properties",
  "policy",
]);
