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
  const { template, prefix, names } = stack;
  const found: Literals[] = [];
  const look = (value: Value | undefined, address: string, at: Span, name?: string): void => {
    if (value === undefined) return;
    const start = { nameAt: at, ...(name !== undefined && { name }) };
    for (const one of [stack.evaluate(value), value]) {
      if (holdsLiteral(one))
        found.push(literalsIn(settingsIn(one, start), { address: prefix + address, profiles: false, names }));
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
 * text does not have is not looked for. A secret key counts under any name: the name may be put together from parts.
 */
export function literalsAmong(whole: string): (part: string) => boolean {
  const signs = ["AKIA", "ASIA", "root"].filter((sign) => whole.includes(sign));
  const mayHoldKeys = hasSecretKey(whole);
  return (part) => signs.some((sign) => part.includes(sign)) || (mayHoldKeys && hasSecretKey(part));
}

/** Characters of a secret key. */
const keyLength = 40;

/** Looks at every 40th character only: a run of as many holds one of them. */
function hasSecretKey(text: string): boolean {
  for (let at = keyLength - 1; at < text.length; at += keyLength) {
    let start = at;
    while (start > 0 && isKeyCode(text.charCodeAt(start - 1))) start--;
    let end = at;
    while (end < text.length && isKeyCode(text.charCodeAt(end))) end++;
    if (end === at) continue;
    at = end;
    // The first letter after a backslash may belong to an escape (`\n`), or the backslash to another one.
    const escaped = end - start > keyLength && text.charAt(start - 1) === "\\" ? 1 : 0;
    const isAsLong = end - start - escaped === keyLength; // Most runs are not: nothing more is asked of them.
    if (isAsLong && credentialShape(text.slice(start + escaped, end)) === "secret-access-key") return true;
  }
  return false;
}

/** Is it a character of Base64, which a run of a secret key's consists of? */
function isKeyCode(code: number): boolean {
  const isDigitOrSlash = code >= 47 && code <= 57;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || isDigitOrSlash || code === 43;
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
