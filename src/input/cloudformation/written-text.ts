import { knownText } from "../../core/text";
import type { Value } from "../../core/value";
import { entriesIn, fieldOf, itemsIn } from "../fields";
import { nameIn } from "./names";
import { asText, piecesOf } from "./pieces";
import { subParts } from "./sub";
import type { Template } from "./template";

/** A template, and the values of its parameters and pseudo parameters that are known before it is deployed, by name. */
export interface Written {
  readonly template: Template;
  readonly known?: ReadonlyMap<string, string> | undefined;
}

/**
 * A text that functions put together, before the template is made a stack: with the values or defaults of the parameters in
 * it. What all stacks of an account and region have in common stands in it by its name: `${AWS::Region}-mail`.
 */
export function writtenText(value: Value | undefined, written: Written): string | undefined {
  const [call, ...others] = entriesIn(value);
  if (call === undefined || others.length > 0) return nameIn(value);
  const texts = (values: readonly (Value | undefined)[]): readonly (string | undefined)[] =>
    values.map((one) => writtenText(one, written));
  switch (call.key) {
    case "Ref":
      return parameterText(nameIn(call.value), written);
    case "Fn::Sub":
      return substituted(call.value, written);
    case "Fn::Join": {
      const [delimiter, list] = itemsIn(call.value);
      return whole(texts(itemsIn(list)), knownText(delimiter));
    }
  }
  return undefined;
}

/** The same of a text that was worked out in a stack. */
export function evaluatedText(value: Value): string | undefined {
  const text = asText(value);
  if (text.kind !== "text" && text.kind !== "unknown") return undefined;
  const pieces = piecesOf(text).map((piece) => {
    if (piece.kind === "known") return piece.text;
    const id = piece.kind === "hole" ? piece.unknown.id : undefined;
    return id === undefined ? undefined : commonText(id);
  });
  return whole(pieces, "");
}

function substituted(argument: Value, written: Written): string | undefined {
  const [template, own] = argument.kind === "list" ? itemsIn(argument) : [argument];
  if (template?.kind !== "text") return undefined;
  const parts = subParts(template).map((part) => {
    if (part.kind === "text") return knownText(part.text);
    const given = fieldOf(own, part.name);
    return given === undefined ? parameterText(part.name, written) : writtenText(given, written);
  });
  return whole(parts, "");
}

function parameterText(name: string | undefined, { template, known }: Written): string | undefined {
  if (name === undefined) return undefined;
  return known?.get(name) ?? commonText(name) ?? nameIn(fieldOf(template.parameters.get(name)?.value, "Default"));
}

function commonText(name: string): string | undefined {
  return /^AWS::(?:AccountId|Partition|Region|URLSuffix)$/.test(name) ? `\${${name}}` : undefined;
}

function whole(parts: readonly (string | undefined)[], delimiter: string | undefined): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(delimiter);
}
