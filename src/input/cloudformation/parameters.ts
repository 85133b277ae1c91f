import { choose, type Alternative } from "../../core/choice";
import { flatten, slice } from "../../core/flat";
import { always, either, negate } from "../../core/guard";
import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import { knownText, unknown } from "../../core/text";
import type { Encoded, Entry, Hole, Item, Unknown, Value } from "../../core/value";
import { asText } from "./pieces";
import type { Stack } from "./stack";
import { fieldOf, textField } from "../fields";
import type { Named } from "./template";
import type { UnitContext } from "./unit-context";

/**
 * The value that is given, or the default, or something unknown. `given`: the entries that give it its value: several, or
 * one under a guard, where conditions decide.
 */
export function parameterValue(
  { name, value: written }: Named,
  given: readonly Entry[],
  at: Span,
  stack: Stack,
  unit: UnitContext,
): Value {
  const id = stack.prefix + name;
  const type = textField(written, "Type") ?? "String";
  if (isNoEcho(written)) unit.noEcho.add(id);
  // Of a list they are what its items can be, and of a value that is kept elsewhere the names of it.
  const isOne = !isList(type) && !type.startsWith("AWS::SSM::Parameter::Value");
  const allowed = isOne ? allowedValues(fieldOf(written, "AllowedValues")) : undefined;
  if (allowed !== undefined) unit.allowed.set(id, allowed);
  const fallback = fieldOf(written, "Default");
  const alternatives: Alternative[] = given.map(({ guard, value }) => ({ guard, value: asText(value) }));
  for (const guard of negate(either(given.map((entry) => entry.guard)))) {
    // The default of such a parameter is the name under which Systems Manager has the value.
    const isElsewhere = fallback !== undefined && type.startsWith("AWS::SSM::Parameter::Value");
    if (fallback !== undefined && !isElsewhere) unit.defaults.push(fallback.at);
    const value = fallback === undefined || isElsewhere ? undefined : asText(stack.evaluate(fallback));
    const kind = isElsewhere ? "data-source" : "no-default";
    alternatives.push({ guard, value: value ?? unknown(kind, name, at, { id }) });
  }
  const value = choose(alternatives, at);
  return isList(type) ? listOf(value) : value;
}

/** Is what a parameter is given a secret? */
export function isNoEcho(parameter: Value): boolean {
  const written = fieldOf(parameter, "NoEcho");
  return written !== undefined && knownText(asText(written)) === "true";
}

function isList(type: string): boolean {
  return type.startsWith("List<") || type === "CommaDelimitedList";
}

/** Undefined where they are too many to be told apart. */
function allowedValues(written: Value | undefined): readonly string[] | undefined {
  if (written?.kind !== "list" || written.items.length === 0 || written.items.length > limits.options) return undefined;
  const values = written.items.map((item) => knownText(asText(item.value)));
  return values.includes(undefined) ? undefined : [...new Set(values.filter((value) => value !== undefined))];
}

/** `a, b` as a list. What is not known may have commas in it; the attribute of a resource has none. */
function listOf(value: Value): Value {
  if (value.kind === "choice") {
    const alternatives = value.options.map((option) => ({ guard: option.guard, value: listOf(option.value) }));
    return choose(alternatives, value.at);
  }
  const [only] = value.kind === "text" ? value.pieces : [];
  if (value.kind !== "text" || (value.pieces.length === 1 && only?.kind !== "known")) return value;
  const flat = flatten(value);
  const rest = flat.marks.flatMap(({ piece }) =>
    piece.kind === "hole" && piece.unknown.ref ? [] : [pieceUnknown(piece)],
  );
  const items: Item[] = [];
  let from = 0;
  for (const part of flat.characters === "" && flat.marks.length === 0 ? [] : flat.characters.split(",")) {
    const start = from + part.length - part.trimStart().length;
    items.push({ guard: always, value: slice(flat, start, Math.max(start, from + part.trimEnd().length)) });
    from += part.length + 1;
  }
  return { kind: "list", shape: "list", items, at: value.at, ...(rest[0] && { rest: rest[0] }) };
}

function pieceUnknown(piece: Hole | Encoded): Unknown {
  return piece.kind === "hole" ? piece.unknown : unknown("unsupported", "a list in a text", piece.at);
}
