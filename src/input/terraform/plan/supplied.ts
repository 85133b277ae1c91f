import { limits } from "../../../core/limits";
import { Secret } from "../../../core/secret";
import { knownText } from "../../../core/text";
import type { Value } from "../../../core/value";
import { entriesIn, field, itemsIn } from "./fields";
import { isSensitive, type RecordedFile } from "./record";

/**
 * The texts of the root variables that are marked sensitive, by the variable's name, as far as they are not its default:
 * whoever runs Terraform gives them (TF_VAR_…, a variable file that is kept elsewhere), and nobody wrote them in the source.
 */
export function suppliedIn({ variables, configuration }: RecordedFile): ReadonlyMap<string, readonly Secret[]> {
  const declared = field(field(configuration, "root_module"), "variables");
  const supplied = new Map<string, readonly Secret[]>();
  for (const { key, value } of variables) {
    const variable = field(declared, key);
    if (variable === undefined || !isSensitive(variable)) continue;
    const byDefault = new Set(textsIn(field(variable, "default"), 0));
    const texts = textsIn(field(value, "value"), 0).filter((one) => one !== "" && !byDefault.has(one));
    supplied.set(
      key,
      texts.slice(0, limits.options).map((one) => new Secret(one)),
    );
  }
  return supplied;
}

function textsIn(value: Value | undefined, depth: number): readonly string[] {
  if (value === undefined || depth > limits.depth) return [];
  if (value.kind === "list") return itemsIn(value).flatMap((item) => textsIn(item, depth + 1));
  if (value.kind === "map") return entriesIn(value).flatMap((entry) => textsIn(entry.value, depth + 1));
  const text = knownText(value);
  return text === undefined ? [] : [text];
}
