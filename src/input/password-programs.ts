import { flatten, spanOf } from "../core/flat";
import { both, type Guard } from "../core/guard";
import { limits } from "../core/limits";
import type { Span } from "../core/source";
import type { Text, Value } from "../core/value";
import type { PasswordProgram } from "../model/model";

/** May a file hold a program that works out SMTP passwords of version 2? Most do not, and are not looked through. */
export function mayMakePasswords(text: string): boolean {
  return text.includes("SendRawEmail") && version2.test(text);
}

/** The programs in the values of a resource, each under the guards of the choices and items that it stands in. */
export function passwordProgramsIn(
  values: readonly Value[],
  place: { readonly address: string; readonly at: Span; readonly guard: Guard },
): readonly PasswordProgram[] {
  const found: PasswordProgram[] = [];
  const add = (text: Text, guard: Guard): void => {
    const versionAt = derivation(text);
    if (versionAt !== undefined) found.push({ ...place, guard, versionAt });
  };
  for (const value of values) visit(value, place.guard, add, 0);
  return found;
}

function visit(value: Value, guard: Guard, add: (text: Text, guard: Guard) => void, depth: number): void {
  if (depth > limits.depth) return; // Values nest no deeper: whoever makes one stops at the same limit.
  const inner = (part: { readonly guard: Guard; readonly value: Value }): void => {
    const joined = both(guard, part.guard);
    if (joined !== undefined) visit(part.value, joined, add, depth + 1);
  };
  switch (value.kind) {
    case "text":
      add(value, guard);
      for (const piece of value.pieces) if (piece.kind === "encoded") visit(piece.value, guard, add, depth + 1);
      return;
    case "list":
      value.items.forEach(inner);
      return;
    case "map":
      value.entries.forEach(inner);
      return;
    case "choice":
      value.options.forEach(inner);
      return;
    case "unknown":
    case "null":
    case "bool":
    case "number":
      return;
  }
}

/** Where a program writes the version 2. What has the constants of version 4, too, makes passwords of either. */
function derivation(text: Text): Span | undefined {
  const flat = flatten(text);
  const { characters } = flat;
  if (!message.test(characters) || !/hmac|sha-?256/i.test(characters) || /AWS4|aws4_request/.test(characters)) {
    return undefined;
  }
  const version = version2.exec(characters);
  return version === null ? undefined : spanOf(flat, version.index, version.index + version[0].length);
}

/** The text that is signed: not the action of a policy (`ses:SendRawEmail`), nor a call of the API. */
const message = /(?<![:.\w])SendRawEmail(?!\w)/;

/** The first byte of the password, as Python, Java and shells write it. */
const version2 = /0x0?2(?![0-9a-f])|\\x02|\\u0002|\\002/i;
