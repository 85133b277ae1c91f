import { both, holds, isAtom, opposite, type Guard, type IsAtom } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Choice, Definite, Option, Piece, Value } from "../../../core/value";
import { isError } from "../functions/context";
import { hasGuard } from "./size";

/**
 * What a value is where a guard holds. A way that cannot be then is left out, and so is one in which the value would be
 * an error, since Terraform refuses the whole configuration in that case: it is added to what is refused. Where one way is
 * left it is the value.
 */
export function under(value: Value, guard: Guard, refused: Guard[]): Value {
  return hasGuard(value) ? limitedTo(value, { guard, refused, done: new Map(), depth: 0, guarded: 0 }) : value;
}

interface Walk {
  readonly guard: Guard;
  readonly refused: Guard[];
  readonly done: Map<Value, Value>;
  depth: number;
  /** How many guards there are around what is looked at. */
  guarded: number;
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
  const options: Option[] = [];
  const refused: Guard[] = [];
  for (const option of value.options) {
    const there = both(option.guard, walk.guard);
    if (there === undefined) continue;
    if (isError(option.value)) {
      refused.push(option.guard);
      if (walk.guarded === 0) walk.refused.push(there);
      continue;
    }
    walk.guarded++;
    const inner = definiteUnder(option.value, walk);
    walk.guarded--;
    if (holds(option.guard, walk.guard) === "yes") return inner;
    options.push({ guard: option.guard, value: inner });
  }
  const [only] = options;
  if (only === undefined) return value.options.find((option) => isError(option.value))?.value ?? value;
  if (options.length === 1 && value.options.length > 1) return only.value;
  return { ...value, options: refused.length === 0 ? options : amongAllowed(options, refused, walk.guard) };
}

/**
 * Where a key that is in none of the maps is an error, the thing that decides is one of the keys: the guards say so, and
 * leave nothing out.
 */
function amongAllowed(options: readonly Option[], refused: readonly Guard[], given: Guard): readonly Option[] {
  const errors = refused.map((guard) => guard.filter((atom) => holds([atom], given) !== "yes"));
  const [first, ...others] = errors.map(keysLeftOut).find((keys) => keys.length > 0) ?? [];
  if (first === undefined) return options;
  const isRefused = (key: IsAtom) =>
    errors.some((error) => error.length === 1 && holds(error, [opposite(key)]) === "yes");
  const among = [first, ...others].filter((key) => !isRefused(key)).map((key) => key.is);
  return options.map((option) => ({
    ...option,
    guard: option.guard.map((atom) => (isAtom(atom) && atom.on === first.on ? { ...atom, among } : atom)),
  }));
}

/** What one thing is not, where the guard says nothing else. */
function keysLeftOut(guard: Guard): readonly IsAtom[] {
  const keys = guard.filter(isAtom).filter((atom) => !atom.positive && atom.is !== "true" && atom.on === on(guard));
  return keys.length === guard.length ? keys : [];
}

function on([first]: Guard): string | undefined {
  return first !== undefined && isAtom(first) ? first.on : undefined;
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
  if (guard.length > 0) walk.guarded++;
  const value = limitedTo(part.value, walk);
  if (guard.length > 0) walk.guarded--;
  return [{ ...part, guard, value }];
}
