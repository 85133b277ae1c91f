import type { Diagnostic } from "../../core/diagnostic";
import { decodeJson } from "../../core/json";
import { printable } from "../../core/message";
import { knownStart, optionsOf, text } from "../../core/text";
import type { Text } from "../../core/value";
import type { ResourceInstance } from "./modules/unit-tree";

/** Tells what is wrong with arguments that AWS takes as JSON: whoever reads them finds nothing in them, and does not say why. */
export function reportInvalidJson(instance: ResourceInstance, report: (diagnostic: Diagnostic) => void): void {
  if (!instance.type.startsWith("aws_")) return; // A policy of Vault is HCL, one of Alibaba Cloud a word.
  for (const { name } of instance.arguments) {
    if (!jsonArguments.has(name)) continue;
    const argument = instance.argument(name);
    for (const { value } of argument === undefined ? [] : optionsOf(argument)) {
      const decoded = value.kind === "text" && isWritten(value) ? decodeJson(value) : undefined;
      if (decoded?.kind !== "failed") continue;
      const address = printable(text(instance.address, instance.at));
      const message = `The ${name} of ${address} is not JSON: it ${decoded.message}.`;
      report({ kind: "invalid", file: decoded.at.file, at: decoded.at, message });
    }
  }
}

/** It is meant to be JSON: what is encoded is, and a word is not, as the policy of `aws_ses_receipt_filter`. */
function isWritten(text: Text): boolean {
  return /^\s*[[{]/.test(knownStart(text));
}

const jsonArguments: ReadonlySet<string> = new Set([
  "assume_role_policy",
  "container_definitions",
  "container_properties",
  "policy",
]);
