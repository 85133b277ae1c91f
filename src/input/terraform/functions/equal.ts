import { rendered } from "../../../core/encode";
import { limits } from "../../../core/limits";
import { and, or, type Truth } from "../../../core/truth";
import type { Definite, ListValue, MapValue, Text, Value } from "../../../core/value";

/**
 * Are two values equal, as `==` asks: values of different types never are. Unknown parts make a maybe, unless what is
 * known already differs or both are the same unknown.
 */
export function sameValue(a: Value, b: Value): Truth {
  return same(a, b, { left: comparisonsKept, depth: 0 });
}

/** Comparisons of parts in one question. Shared parts make values far larger than their memory; over it: maybe. */
const comparisonsKept = 100_000;

interface Budget {
  left: number;
  depth: number;
}

function same(a: Value, b: Value, budget: Budget): Truth {
  if (a === b) return "yes";
  if (budget.left-- <= 0 || budget.depth > limits.depth) return "maybe";
  if (a.kind === "choice") return ofOptions(a.options, (one) => same(one, b, budget));
  if (b.kind === "choice") return ofOptions(b.options, (one) => same(a, one, budget));
  if (a.kind === "unknown" || b.kind === "unknown") {
    return a.kind === "unknown" && b.kind === "unknown" && a.id !== undefined && a.id === b.id ? "yes" : "maybe";
  }
  budget.depth++;
  const answer = sameDefinite(a, b, budget);
  budget.depth--;
  return answer;
}

/** Yes or no only where it is so for every option. */
function ofOptions(options: readonly { readonly value: Definite }[], ask: (value: Definite) => Truth): Truth {
  const answers = new Set(options.map((option) => ask(option.value)));
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : "maybe";
}

function sameDefinite(a: Definite, b: Definite, budget: Budget): Truth {
  if (a.kind !== b.kind) return "no";
  switch (a.kind) {
    case "null":
      return "yes";
    case "bool":
      return b.kind === "bool" && a.value === b.value ? "yes" : "no";
    case "number":
      return b.kind === "number" && a.value === b.value && a.digits === b.digits ? "yes" : "no";
    case "text":
      return b.kind === "text" ? sameText(a, b) : "no";
    case "list":
      return b.kind === "list" ? sameList(a, b, budget) : "no";
    case "map":
      return b.kind === "map" ? sameMap(a, b, budget) : "no";
    case "unknown":
      return "maybe";
  }
}

/** Equal ends are taken away from both texts; what is left decides, where it can. */
function sameText(a: Text, b: Text): Truth {
  const left = partsOf(a);
  const right = partsOf(b);
  for (const end of ["start", "end"] as const) {
    if (!strip(left, right, end)) return "no";
  }
  if (left.length === 0 && right.length === 0) return "yes";
  return isLonger(left, right) || isLonger(right, left) ? "no" : "maybe";
}

/** Known characters, or a hole. */
type Part = string | { readonly id: string | undefined };

function partsOf(text: Text): Part[] {
  const parts: Part[] = [];
  let characters = "";
  for (const piece of rendered(text).pieces) {
    if (piece.kind === "known") {
      characters += piece.text;
      continue;
    }
    if (characters !== "") parts.push(characters);
    characters = "";
    parts.push({ id: piece.kind === "hole" ? piece.unknown.id : undefined });
  }
  if (characters !== "") parts.push(characters);
  return parts;
}

/** Takes away what both have in common at one end. False: known characters differ there. */
function strip(left: Part[], right: Part[], end: "start" | "end"): boolean {
  const index = end === "start" ? 0 : -1;
  for (;;) {
    const a = left.at(index);
    const b = right.at(index);
    if (a === undefined || b === undefined) return true;
    if (typeof a !== "string" || typeof b !== "string") {
      if (typeof a === "string" || typeof b === "string" || a.id === undefined || a.id !== b.id) return true;
      replaceEnd(left, end, "");
      replaceEnd(right, end, "");
      continue;
    }
    const length = Math.min(a.length, b.length);
    const isSame = end === "start" ? a.startsWith(b.slice(0, length)) : a.endsWith(b.slice(b.length - length));
    if (!isSame) return false;
    replaceEnd(left, end, end === "start" ? a.slice(length) : a.slice(0, a.length - length));
    replaceEnd(right, end, end === "start" ? b.slice(length) : b.slice(0, b.length - length));
  }
}

function replaceEnd(parts: Part[], end: "start" | "end", left: string): void {
  if (end === "start") parts.shift();
  else parts.pop();
  if (left === "") return;
  if (end === "start") parts.unshift(left);
  else parts.push(left);
}

/** Has `a` more known characters than the wholly known `b` has at all? */
function isLonger(a: readonly Part[], b: readonly Part[]): boolean {
  return b.every((part) => typeof part === "string") && knownLength(a) > knownLength(b);
}

function knownLength(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 0), 0);
}

function sameList(a: ListValue, b: ListValue, budget: Budget): Truth {
  if (a.shape !== b.shape) return "no";
  if (isOpen(a) || isOpen(b)) return "maybe";
  const left = a.items.map((item) => item.value);
  const right = b.items.map((item) => item.value);
  if (a.shape === "set") return and(isWithin(left, right, budget), isWithin(right, left, budget));
  if (left.length !== right.length) return "no";
  return every(left, (value, i) => {
    const other = right[i];
    return other === undefined ? "no" : same(value, other, budget);
  });
}

function isOpen(value: ListValue | MapValue): boolean {
  if (value.rest !== undefined) return true;
  const parts = value.kind === "list" ? value.items : value.entries;
  return parts.some(({ guard }) => guard.length > 0);
}

function isWithin(values: readonly Value[], others: readonly Value[], budget: Budget): Truth {
  return every(values, (value) => {
    let answer: Truth = "no";
    for (const other of others) {
      if (answer === "yes") break;
      answer = or(answer, same(value, other, budget));
    }
    return answer;
  });
}

function sameMap(a: MapValue, b: MapValue, budget: Budget): Truth {
  if (isOpen(a) || isOpen(b)) return "maybe";
  if (a.entries.length !== b.entries.length) return "no";
  const others = new Map(b.entries.map((entry) => [entry.key, entry.value]));
  return every(a.entries, (entry) => {
    const other = others.get(entry.key);
    return other === undefined ? "no" : same(entry.value, other, budget);
  });
}

/** Stops at the first no. */
function every<T>(parts: readonly T[], ask: (part: T, index: number) => Truth): Truth {
  let answer: Truth = "yes";
  for (const [i, part] of parts.entries()) {
    answer = and(answer, ask(part, i));
    if (answer === "no") break;
  }
  return answer;
}
