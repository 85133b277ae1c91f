import { flatten, slice, spanOf, type Flat } from "../../core/flat";
import type { Span } from "../../core/source";
import type { Text } from "../../core/value";

/** A part of the text of `Fn::Sub`: text as it stands, or a variable. `at` is the name inside `${…}`. */
type SubPart =
  | { readonly kind: "text"; readonly text: Text }
  | { readonly kind: "variable"; readonly name: string; readonly at: Span };

/**
 * The parts of `Hello ${Name}, ${Resource.Attribute}, ${!Literal}`. An exclamation mark keeps what follows as
 * `${Literal}`. (CloudFormation User Guide, "Fn::Sub".)
 */
export function subParts(of: Text): readonly SubPart[] {
  const flat = flatten(of);
  const { characters } = flat;
  const parts: SubPart[] = [];
  let from = 0;
  for (const match of characters.matchAll(/\$\{([^${}]*)\}/g)) {
    const [whole, name = ""] = match;
    const start = match.index + 2;
    const end = match.index + whole.length;
    if (name.startsWith("!")) {
      addText(flat, from, start, parts);
      from = start + 1;
      continue;
    }
    addText(flat, from, match.index, parts);
    parts.push({ kind: "variable", name: name.trim(), at: spanOf(flat, start, end - 1) });
    from = end;
  }
  addText(flat, from, characters.length, parts);
  return parts;
}

function addText(flat: Flat, start: number, end: number, into: SubPart[]): void {
  const text = slice(flat, start, end);
  if (text.pieces.length > 0) into.push({ kind: "text", text });
}
