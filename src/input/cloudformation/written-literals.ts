import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import type { Piece, Value } from "../../core/value";
import { namesRoot } from "../../model/setting-names";
import { credentialsIn } from "../../model/shapes";
import { literalsIn, type Literals } from "../literals";
import { settingsIn } from "../settings";
import { distinct } from "./distinct";
import type { Stack } from "./stack";
import { fieldOf } from "./template";

/** The credentials that are written down, each once, and the places that name root. */
export function literalsOf(stacks: readonly Stack[]): Literals {
  const found = stacks.flatMap(literalsOfStack);
  return {
    literals: distinct(
      found.flatMap((one) => one.literals),
      (literal) => literal.at,
    ),
    references: distinct(
      found.flatMap((one) => one.references),
      (reference) => reference.at,
    ),
  };
}

/** What is written is there, whether it is used or not: after the values, what functions leave out of them. */
function literalsOfStack(stack: Stack): readonly Literals[] {
  const { template, prefix } = stack;
  const found: Literals[] = [];
  const look = (value: Value | undefined, address: string, at: Span, name?: string): void => {
    if (value === undefined) return;
    const start = { nameAt: at, ...(name !== undefined && { name }) };
    for (const one of [stack.evaluate(value), value]) {
      if (mentions(one, 0))
        found.push(literalsIn(settingsIn(one, start), { address: prefix + address, profiles: false }));
    }
  };
  for (const { name, at, value } of template.parameters.values()) look(entryOf(value, "Default"), name, at, name);
  for (const { name, at, value } of template.resources.values()) {
    look(fieldOf(value, "Properties"), name, at);
    look(fieldOf(value, "Metadata"), name, at);
  }
  for (const { name, at, value } of template.makers) look(value, name, at);
  for (const { name, at, value } of template.outputs.values())
    look(entryOf(value, "Value"), `Outputs.${name}`, at, name);
  for (const { name, at, value } of template.mappings.values()) look(value, `Mappings.${name}`, at);
  for (const section of ["Globals", "Metadata"]) {
    const value = fieldOf(template.root, section);
    look(value, section, value?.at ?? template.root.at);
  }
  return found;
}

function entryOf(value: Value, key: string): Value | undefined {
  return value.kind === "map" ? fieldOf(value, key) : undefined;
}

/** Is there a text that looks like a credential, or something named after root? Most values have neither. */
function mentions(value: Value, depth: number): boolean {
  if (depth > limits.depth) return true;
  switch (value.kind) {
    case "text":
      return value.pieces.some((piece) => pieceMentions(piece, depth));
    case "list":
      return value.items.some((item) => mentions(item.value, depth + 1));
    case "map":
      return value.entries.some((entry) => mentions(entry.value, depth + 1));
    case "choice":
      return value.options.some((option) => mentions(option.value, depth + 1));
    case "unknown":
      return value.id !== undefined && namesRoot(value.id);
    case "null":
    case "bool":
    case "number":
      return false;
  }
}

function pieceMentions(piece: Piece, depth: number): boolean {
  switch (piece.kind) {
    case "known":
      return piece.text === "root" || credentialsIn(piece.text).length > 0;
    case "hole":
      return mentions(piece.unknown, depth);
    case "encoded":
      return mentions(piece.value, depth + 1);
  }
}
