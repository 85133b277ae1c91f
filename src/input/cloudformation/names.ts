import { knownText } from "../../core/text";
import type { Value } from "../../core/value";
import { asText } from "./pieces";

/** The name that a value is. A name such as `No` or `1` is one that YAML does not read as a text. */
export function nameIn(value: Value | undefined): string | undefined {
  return value && knownText(asText(value));
}

/**
 * The key that a name stands for. YAML 1.1 reads `No` as false where it is a key and where it is named; our keys are as
 * they are written. (yaml.org/type/bool.html, without the single letters, which CloudFormation takes for texts.)
 */
export function keyNamed(name: string, keys: () => Iterable<string>): string {
  if (name !== "true" && name !== "false") return name;
  const words = name === "true" ? /^(?:true|yes|on)$/i : /^(?:false|no|off)$/i;
  const found = [...keys()].filter((key) => words.test(key));
  return found.includes(name) ? name : (found[0] ?? name);
}
