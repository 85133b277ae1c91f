import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import type { Piece, Value } from "../../core/value";
import { namesRoot } from "../../model/setting-names";
import { credentialShape, credentialsIn } from "../../model/shapes";
import { literalsIn, type Literals } from "../literals";
import { settingsIn } from "../settings";
import { distinct } from "./distinct";
import type { QuickLook } from "./quick-look";
import type { Stack } from "./stack";
import { fieldOf, type ResourceBody } from "./template";

/** A stack, and what is seen of its resources at a glance. */
export interface SeenStack {
  readonly stack: Stack;
  readonly look: (body: ResourceBody) => QuickLook;
}

/** The credentials that are written down, each once, and the places that name root. */
export function literalsOf(stacks: readonly SeenStack[]): Literals {
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
function literalsOfStack({ stack, look: quickLook }: SeenStack): readonly Literals[] {
  const { template, prefix } = stack;
  const found: Literals[] = [];
  const look = (value: Value | undefined, address: string, at: Span, name?: string): void => {
    if (value === undefined) return;
    const start = { nameAt: at, ...(name !== undefined && { name }) };
    for (const one of [stack.evaluate(value), value]) {
      if (holdsLiteral(one))
        found.push(literalsIn(settingsIn(one, start), { address: prefix + address, profiles: false }));
    }
  };
  for (const { name, at, value } of template.parameters.values()) look(entryOf(value, "Default"), name, at, name);
  for (const body of template.resources.values()) {
    if (quickLook(body).noLiterals) continue; // There is nothing to find.
    const { name, at, value } = body;
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
export function holdsLiteral(value: Value): boolean {
  return mentions(value, 0);
}

/**
 * The same of parts of a text that are not read, and that have no escapes for letters or slashes. What the whole
 * text does not have is not looked for.
 */
export function literalsAmong(whole: string): (part: string) => boolean {
  const signs = ["AKIA", "ASIA", "root"].filter((sign) => whole.includes(sign));
  // Without a key id beside it, a secret key is one by its name only.
  const names = ["ecret", "ECRET"].filter((name) => whole.includes(name));
  return (part) =>
    signs.some((sign) => part.includes(sign)) || (names.some((name) => part.includes(name)) && hasSecretKey(part));
}

function hasSecretKey(json: string): boolean {
  for (const { 0: whole } of json.matchAll(/[^A-Za-z0-9+/][A-Za-z0-9+/]{40,41}(?![A-Za-z0-9+/])/g)) {
    // The first letter after a backslash belongs to an escape: `\n`.
    if (credentialShape(whole.slice(whole.startsWith("\\") ? 2 : 1)) === "secret-access-key") return true;
  }
  return false;
}

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
