import { always } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import type { Entry, Item, Value } from "../../../core/value";
import { entriesIn, fieldOf, isTrue, itemsIn } from "../../fields";
import { expressionValue, type Asked } from "./references";
import type { RecordedModule, Recording } from "./recording";

/** One attribute, or a part of one, in the sections of a plan that say something of it. */
export interface Sections {
  /** `values`: what is known. */
  readonly value: Value | undefined;
  /** `after_unknown`: true where the value is known after apply, in the shape of the value. */
  readonly unknowns: Value | undefined;
  /** `sensitive_values`, in the same shape; "open" where a mark on the whole hides what its parts are. */
  readonly marks: Value | "open" | undefined;
  /** `configuration`: of blocks, lists of maps of expressions. */
  readonly expression: Value | undefined;
  /** Is the expression that of a larger value, which this is a part of? */
  readonly isPart: boolean;
}

export interface Within {
  readonly module: RecordedModule;
  readonly suffix: string;
  readonly id: string;
  readonly at: Span;
  readonly forEach: Value | undefined;
}

/**
 * The value with what is known after apply as far as its expression says what that is; undefined where it is not set.
 */
export function mergedValue(of: Sections, within: Within, recording: Recording, depth = 0): Value | undefined {
  const { value, unknowns, marks, expression, isPart } = of;
  if (unknowns === undefined || depth > limits.depth) return value;
  if (isTrue(unknowns)) {
    const asked: Asked = isPart ? { ...within, at: unknowns.at, sensitive: isMarked(marks) } : within;
    return expressionValue(expression, asked, recording);
  }
  if (unknowns.kind === "map" && unknowns.entries.length > 0) return mergedMap(of, within, recording, depth);
  if (unknowns.kind === "list" && unknowns.items.length > 0) return mergedList(of, within, recording, depth);
  return value;
}

function mergedMap(of: Sections, within: Within, recording: Recording, depth: number): Value | undefined {
  const { value, unknowns } = of;
  if (value !== undefined && value.kind !== "map" && value.kind !== "null") return value;
  const at = value?.at ?? within.at;
  const known = new Map(entriesIn(value).map((entry) => [entry.key, entry]));
  for (const { key, keyAt, value: mark } of entriesIn(unknowns)) {
    const before = known.get(key);
    const id = `${within.id}.${key}`;
    const merged = mergedValue(partOf(of, key, before?.value, mark), { ...within, id, at }, recording, depth + 1);
    if (merged !== undefined) known.set(key, { key, keyAt: before?.keyAt ?? keyAt, guard: always, value: merged });
  }
  const entries: readonly Entry[] = [...known.values()];
  return entries.length === 0 ? value : { kind: "map", entries, at };
}

function partOf(of: Sections, key: string, value: Value | undefined, unknowns: Value): Sections {
  const inner = fieldOf(of.expression, key);
  const isWhole = isExpression(of.expression) || inner === undefined;
  const marks = isMarked(of.marks) === false ? fieldOf(partly(of.marks), key) : of.marks;
  return { value, unknowns, marks, expression: isWhole ? of.expression : inner, isPart: isWhole };
}

function isMarked(marks: Sections["marks"]): boolean | "open" {
  return marks === "open" ? marks : isTrue(marks);
}

function partly(marks: Sections["marks"]): Value | undefined {
  return marks === "open" ? undefined : marks;
}

function mergedList(of: Sections, within: Within, recording: Recording, depth: number): Value | undefined {
  const { value, unknowns, expression, marks } = of;
  if (value !== undefined && value.kind !== "list" && value.kind !== "null") return value;
  const at = value?.at ?? within.at;
  const known = itemsIn(value);
  const signs = itemsIn(partly(marks));
  const blocks = itemsIn(expression);
  const items = itemsIn(unknowns).map((mark, i): Item | undefined => {
    const isBlock = !isExpression(expression);
    const part: Sections = {
      value: known[i],
      unknowns: mark,
      marks: isMarked(marks) === false ? signs[i] : marks,
      expression: isBlock ? (blocks[i] ?? expression) : expression,
      isPart: of.isPart || !isBlock,
    };
    const merged = mergedValue(part, { ...within, id: `${within.id}[${i}]`, at }, recording, depth + 1);
    return merged && { guard: always, value: merged };
  });
  const more = known.slice(items.length).map((one): Item => ({ guard: always, value: one }));
  return { kind: "list", shape: "list", items: [...items.filter((item) => item !== undefined), ...more], at };
}

/** Blocks are maps and lists of expressions; an expression has one of these, or nothing. */
export function isExpression(value: Value | undefined): boolean {
  return fieldOf(value, "references") !== undefined || fieldOf(value, "constant_value") !== undefined;
}
