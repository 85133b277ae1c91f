import { both, holds, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Choice, Definite, Piece, Value } from "../../../core/value";
import { isError } from "../functions/context";
import { hasGuard } from "./size";

/**
 * What a value is where a guard holds. A way that cannot be then is left out, and so is one in which the value would be
 * an error, since Terraform refuses the whole configuration in that case. Where one way is left it is the value.
 */
export function under(value: Value, guard: Guard): Value {
  return hasGuard(value) ? limitedTo(value, { guard, done: new Map(), depth: 0 }) : value;
}

interface Walk {
  readonly guard: Guard;
  readonly done: Map<Value, Value>;
  depth: number;
}

function limitedTo(value: Value, walk: Walk): Value {
  if (!hasGuard(value) || walk.depth >= limits.depth) return value;
  const known = walk.done.get(value);
  if (known !== undefined) return known;
  walk.depth++;
  const result = value.kind === "choice" ? choiceUnder(value, walk) : definiteUnder(value, walk);
  walk.depth--;
  walk.done.set(value, result);
  return result;
}

function choiceUnder(value: Choice, walk: Walk): Value {
  const options: Choice["options"][number][] = [];
  for (const option of value.options) {
    if (isError(option.value) || both(option.guard, walk.guard) === undefined) continue;
    const inner = definiteUnder(option.value, walk);
    if (holds(option.guard, walk.guard) === "yes") return inner;
    options.push({ guard: option.guard, value: inner });
  }
  const [only] = options;
  if (only === undefined) return value.options.find((option) => isError(option.value))?.value ?? value;
  return options.length === 1 && value.options.length > 1 ? only.value : { ...value, options };
}

function definiteUnder(value: Definite, walk: Walk): Definite {
  switch (value.kind) {
    case "text":
      return { ...value, pieces: value.pieces.map((piece) => pieceUnder(piece, walk)) };
    case "list":
      return { ...value, items: value.items.flatMap((item) => partUnder(item, walk)) };
    case "map":
      return { ...value, entries: value.entries.flatMap((entry) => partUnder(entry, walk)) };
    case "null":
    case "bool":
    case "number":
    case "unknown":
      return value;
  }
}

function pieceUnder(piece: Piece, walk: Walk): Piece {
  return piece.kind === "encoded" ? { ...piece, value: limitedTo(piece.value, walk) } : piece;
}

function partUnder<T extends { readonly guard: Guard; readonly value: Value }>(part: T, walk: Walk): readonly T[] {
  if (both(part.guard, walk.guard) === undefined) return [];
  const guard = part.guard.length > 0 && holds(part.guard, walk.guard) === "yes" ? [] : part.guard;
  return [{ ...part, guard, value: limitedTo(part.value, walk) }];
}
