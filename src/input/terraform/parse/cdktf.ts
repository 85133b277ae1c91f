import { knownText } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Block, Body } from "./syntax";

// What CDKTF writes into its output under "//": which construct everything is.

export const comment = "//";

/** Of a resource, data source or module: `{"//": {"metadata": {"path": "mail/user"}}}`. */
export function constructOf(block: Value): string | undefined {
  return knownText(property(property(property(block, comment), "metadata"), "path"));
}

/** The blocks of a stack's file, outputs with their constructs: these are given for all of them at the top. */
export function withOutputConstructs(body: Body, file: Value): Body {
  const outputs = new Map(outputPaths(property(property(file, comment), "outputs"), []));
  if (outputs.size === 0) return body;
  const blocks = body.blocks.map((block): Block => {
    const construct = block.type.text === "output" ? outputs.get(block.labels[0]?.text ?? "") : undefined;
    return construct === undefined ? block : { ...block, construct };
  });
  return { ...body, blocks };
}

/** `{"mail": {"user": {"password": "user_password_0A1B2C3D"}}}`: the construct path as keys, then the output's name. */
function outputPaths(value: Value | undefined, path: readonly string[]): readonly (readonly [string, string])[] {
  const name = knownText(value);
  if (name !== undefined) return [[name, path.join("/")]];
  const entries = value?.kind === "map" ? value.entries : [];
  return entries.flatMap((entry) => outputPaths(entry.value, [...path, entry.key]));
}

/** The construct path of the stack that a file is: its name, after those of the constructs that it is in. */
export function stackConstruct({ blocks }: Body, file: Value): string | undefined {
  const stack = knownText(property(property(property(file, comment), "metadata"), "stackName"));
  if (stack === undefined) return undefined;
  const parts = blocks.find((block) => block.construct !== undefined)?.construct?.split("/") ?? [];
  return parts.includes(stack) ? parts.slice(0, parts.indexOf(stack) + 1).join("/") : stack;
}

function property(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "map" ? value.entries.find((entry) => entry.key === key)?.value : undefined;
}
