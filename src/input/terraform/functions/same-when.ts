import { when, type Guard } from "../../../core/guard";
import { looksSecret } from "../../../core/message";
import { knownText } from "../../../core/text";
import type { Definite } from "../../../core/value";
import { toText } from "./convert";

/** When two values are equal, where that hangs on one undecided thing; undefined where nothing says on what. */
export function sameWhen(left: Definite, right: Definite): Guard | undefined {
  return isKnown(left, right) ?? isKnown(right, left);
}

/** The guard of an undecided thing being a known text, number, bool or null. */
function isKnown(value: Definite, other: Definite): Guard | undefined {
  const id = idOf(value);
  if (id === undefined) return undefined;
  if (other.kind === "null") return value.kind === "unknown" ? when(`${id} == null`, "true") : undefined;
  const known = knownText(other.kind === "unknown" ? undefined : toText(other));
  if (known === undefined) return undefined;
  return other.kind === "bool" || isTellable(id, known)
    ? when(id, known)
    : when(`${id} == ${known}`, "true", `${id} == "…"`);
}

/** A guard's text is printed: what may be a password is not reported, nor what is compared with one. */
function isTellable(id: string, known: string): boolean {
  return isPlainWord(known) && !/pass|secret|token|key|cred/i.test(id);
}

/** The id of what is unknown, where the whole value is that. */
export function idOf(value: Definite): string | undefined {
  if (value.kind === "unknown") return value.id;
  if (value.kind !== "text" || value.pieces.length !== 1) return undefined;
  const [piece] = value.pieces;
  return piece?.kind === "hole" ? piece.unknown.id : undefined;
}

/** Names of environments, regions, switches: short, of few characters, and not shaped like a credential. */
export function isPlainWord(text: string): boolean {
  return /^[A-Za-z0-9 ._:/-]{0,24}$/.test(text) && !looksSecret(text);
}
