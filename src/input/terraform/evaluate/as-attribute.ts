import { textWithRef } from "../../../core/text";
import type { Definite, Known, Ref, Text, Value } from "../../../core/value";

/** A text or unknown as the value of a resource attribute, so that who refers to it can be recognised. */
export function asAttribute(value: Value, address: string, attribute: string): Value {
  if (value.kind !== "choice") return definiteAsAttribute(value, address, attribute);
  return {
    ...value,
    options: value.options.map(({ guard, value: option }) => ({
      guard,
      value: definiteAsAttribute(option, address, attribute),
    })),
  };
}

/** A name is the resource's own; any other attribute may be another's name that is passed on, which stays. */
function definiteAsAttribute(value: Definite, address: string, attribute: string): Definite {
  const ref = { address, attribute };
  if (value.kind === "unknown") {
    return value.ref !== undefined && attribute !== "name" ? value : { ...value, ref };
  }
  if (value.kind !== "text" || value.pieces.length === 0) return value;
  return textAsAttribute(value, ref, attribute === "name");
}

function textAsAttribute(value: Text, ref: Ref, own: boolean): Text {
  const [only] = value.pieces;
  const isPassedOn = value.ref !== undefined && !own;
  if (value.pieces.length > 1 || only === undefined) return isPassedOn ? value : textWithRef(value, ref);
  switch (only.kind) {
    case "known":
      return only.ref !== undefined && !own ? value : { ...value, pieces: [knownWithRef(only, ref)] };
    case "hole": {
      const { unknown } = only;
      if (unknown.ref !== undefined && !own) return value;
      return { ...value, pieces: [{ ...only, unknown: { ...unknown, ref } }] };
    }
    case "encoded":
      return isPassedOn ? value : textWithRef(value, ref);
  }
}

function knownWithRef({ text, at, traces }: Known, ref: Ref): Known {
  return { kind: "known", text, at, ref, traces };
}
