import { addAll } from "../../../core/add-all";
import { choose, type Alternative } from "../../../core/choice";
import { always, both, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, Piece, Unknown, Value } from "../../../core/value";
import { isError } from "./context";
import { variadic, unary, unknownResult, type Builtin } from "./define";
import { anyGuard, crossed, uncovered } from "./distribute";
import { failIfCertain } from "./lists";
import { unify } from "./unify";
import * as param from "./param";
import { fail, type Call } from "./param";
import { bool, emptiness } from "./pieces";

/**
 * The first argument that is no error. Where it is a choice, its errors, and the guards under which it has no value, go
 * on to the next argument. What is not known, and could turn out to be an error, makes the result unknown.
 */
const tryFirst: Builtin = variadic("may", param.whole, (call, args) => {
  const taken: Alternative[] = [];
  let open: readonly Guard[] = [always];
  for (const arg of args) {
    const next: Guard[] = [];
    for (const guard of open) {
      for (const branch of branchesOf(arg, guard)) {
        if (branch.value === undefined || errorIn(branch.value) !== undefined) next.push(branch.guard);
        else taken.push({ guard: branch.guard, value: settledOrMaybe(branch.value, args, call) });
      }
    }
    open = next;
    if (open.length === 0) return choose(taken, call.at);
    if (open.length > limits.options) return unknownResult(args, "may", call);
  }
  const error = fail(call, "no argument succeeds");
  return choose([...taken, ...open.map((guard) => ({ guard, value: error }))], call.at);
});

interface Branch {
  readonly guard: Guard;
  /** Undefined where a choice has no value. */
  readonly value: Definite | undefined;
}

function branchesOf(value: Value, outer: Guard): readonly Branch[] {
  if (value.kind !== "choice") return [{ guard: outer, value }];
  const options: Branch[] = value.options.flatMap((option) => {
    const guard = both(outer, option.guard);
    return guard === undefined ? [] : [{ guard, value: option.value }];
  });
  const left = crossed([outer], uncovered(value.options.map((option) => option.guard)));
  return [...options, ...left.map((guard) => ({ guard, value: undefined }))];
}

/** The value, where it cannot turn out to be an error; else it may be any of the arguments. */
function settledOrMaybe(value: Definite, args: readonly Value[], call: Call): Value {
  const doubt = doubtIn(value);
  if (doubt === undefined) return value;
  const traces = stepped(mergeTraces(args.flatMap(tracesOf)), call.name, "may", call.at);
  return unknown(doubt.reason.kind, doubt.reason.what, call.at, { traces });
}

/** The unknown that could turn out to be an error, if any. An attribute of a resource is there, whatever is in it. */
function doubtIn(value: Value): Unknown | undefined {
  return find(value, (found) => !isSound(found), { parts: allParts, seen: new Set(), depth: 0 });
}

/** An attribute of a resource, or a variable as a whole, is there although its value is not known. */
function isSound({ ref, id }: Unknown): boolean {
  return ref !== undefined || (id !== undefined && /(?:^|\.)var\.[\w-]+$|(?:^|\.)provider\.[\w.-]+$/.test(id));
}

/** The evaluation error in a value that makes the whole an error, if any. One under a condition leaves it open. */
function errorIn(value: Value): Unknown | undefined {
  return isError(value) ? value : find(value, isError, { parts: certainParts, seen: new Set(), depth: 0 });
}

interface Search {
  readonly parts: (value: Value) => readonly Value[];
  readonly seen: Set<Value>;
  readonly depth: number;
}

function find(value: Value, wanted: (value: Unknown) => boolean, search: Search): Unknown | undefined {
  if (value.kind === "unknown") return wanted(value) ? value : undefined;
  if (search.seen.has(value) || search.depth > limits.depth) return undefined;
  search.seen.add(value);
  for (const part of search.parts(value)) {
    const found = find(part, wanted, { ...search, depth: search.depth + 1 });
    if (found !== undefined) return found;
  }
  return undefined;
}

function allParts(value: Value): readonly Value[] {
  switch (value.kind) {
    case "list":
      return [...value.items.map((item) => item.value), ...(value.rest ? [value.rest] : [])];
    case "map":
      return [...value.entries.map((entry) => entry.value), ...(value.rest ? [value.rest] : [])];
    case "choice":
      return value.options.map((option) => option.value);
    case "text":
      return value.ref === undefined ? value.pieces.flatMap(pieceValue) : [];
    case "unknown":
    case "null":
    case "bool":
    case "number":
      return [];
  }
}

/** The parts that are there in any case. */
function certainParts(value: Value): readonly Value[] {
  switch (value.kind) {
    case "list":
      return value.items.filter((item) => item.guard.length === 0).map((item) => item.value);
    case "map":
      return value.entries.filter((entry) => entry.guard.length === 0).map((entry) => entry.value);
    case "text":
      return value.pieces.flatMap(pieceValue);
    case "choice":
    case "unknown":
    case "null":
    case "bool":
    case "number":
      return [];
  }
}

function pieceValue(piece: Piece): readonly Value[] {
  if (piece.kind === "known") return [];
  return [piece.kind === "hole" ? piece.unknown : piece.value];
}

/** Is the argument no error? */
const can: Builtin = unary("none", param.whole, (call, arg) =>
  choose(
    branchesOf(arg, always).map(({ guard, value }): Alternative => {
      if (value === undefined || errorIn(value) !== undefined) return { guard, value: bool(false, call) };
      const doubt = doubtIn(value);
      if (doubt === undefined) return { guard, value: bool(true, call) };
      return { guard, value: unknown(doubt.reason.kind, doubt.reason.what, call.at) };
    }),
    call.at,
  ),
);

/** The first argument that is neither null nor an empty string, converted to the type that all arguments have. */
const coalesce: Builtin = variadic("may", param.nullable, (call, args) => {
  const unified = unify(args);
  if (unified === undefined) {
    return failIfCertain(call, "the arguments have different types", [
      { items: args.map((value) => ({ guard: [], value })) },
    ]);
  }
  for (const [i, arg] of unified.entries()) {
    if (arg.kind === "choice" || arg.kind === "null") continue;
    const isEmpty = arg.kind === "text" || arg.kind === "unknown" ? emptiness(arg) : false;
    if (isEmpty === false) return arg;
    if (isEmpty === undefined) return unknownResult(unified.slice(i), "may", call);
  }
  return fail(call, "every argument is null or an empty string");
});

/**
 * The first list that is not empty, or null, as one that is declared a list may be. One that may be empty goes on to the
 * next under the guards that empty it.
 */
const coalescelist: Builtin = variadic("may", param.nullable, (call, args) => {
  const taken: Alternative[] = [];
  let open: readonly Guard[] = [always];
  if (!args.every(mayBeList)) return fail(call, "the arguments must be lists");
  for (const [i, arg] of args.entries()) {
    if (arg.kind === "unknown") return withRest(taken, open, unknownResult(args.slice(i), "may", call), call);
    if (arg.kind !== "list") continue; // It is null.
    const filled = anyGuard(arg.items.map((item) => item.guard));
    if (arg.items.length > 0) {
      for (const guard of open) addAll(taken, within(guard, filled, arg));
    }
    if (arg.items.length > 0 && filled.length === 0) return choose(taken, call.at);
    const left = arg.items.length === 0 ? [always] : uncovered([filled]);
    open = crossed(open, left);
    const isOpen = arg.rest !== undefined || open.length > limits.options;
    if (isOpen) return withRest(taken, open, unknownResult(args.slice(i), "may", call), call);
  }
  return withRest(taken, open, fail(call, "every list is empty"), call);
});

function mayBeList(value: Value): boolean {
  if (value.kind === "null") return value.type === "list";
  return value.kind === "unknown" || (value.kind === "list" && value.shape === "list");
}

function within(guard: Guard, filled: Guard, value: Value): readonly Alternative[] {
  const joined = both(guard, filled);
  return joined === undefined ? [] : [{ guard: joined, value }];
}

function withRest(taken: readonly Alternative[], open: readonly Guard[], rest: Value, call: Call): Value {
  return choose([...taken, ...open.map((guard) => ({ guard, value: rest }))], call.at);
}

/** A value as it is: what is marked sensitive, or not, is known by the place that it reaches. */
const same: Builtin = unary("is", param.whole, (_call, value) => value);

/** Of the items of a list as arguments; of any other argument the evaluator answers, by how it is written. */
const issensitive: Builtin = unary("none", param.nullable, (call) => unknown("unsupported", call.name, call.at));

export const control: Readonly<Record<string, Builtin>> = {
  can,
  coalesce,
  coalescelist,
  ephemeralasnull: same,
  issensitive,
  nonsensitive: same,
  sensitive: same,
  try: tryFirst,
};
