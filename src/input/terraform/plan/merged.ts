import { always } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import type { Entry, Item, Value } from "../../../core/value";
import type { SettingNames } from "../../../model/credentials/setting-names";
import { entriesIn, fieldOf, isTrue, itemsIn } from "../../fields";
import { expressionValue, type Asked, type Marked } from "./references";
import type { RecordedModule, Recording } from "./recording";

/** One attribute, or a part of one, in the sections of a plan that say something of it. */
export interface Sections {
  /** `values`: what is known. */
  readonly value: Value | undefined;
  /** `after_unknown`: true where the value is known after apply, in the shape of the value. */
  readonly unknowns: Value | undefined;
  /** `sensitive_values`, in the same shape; "open" where a mark on the whole hides what its parts are. */
  readonly marks: Value | Marked | undefined;
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
  const { value, marks, expression, isPart } = of;
  if (of.unknowns === undefined || depth > limits.depth) return value;
  const unknowns = isTrue(of.unknowns) ? inBlocks(of.unknowns, expression) : of.unknowns;
  if (isTrue(unknowns)) {
    const asked: Asked = isPart ? { ...within, at: unknowns.at, sensitive: isMarked(marks) } : within;
    return expressionValue(expression, asked, recording);
  }
  const parts = { ...of, unknowns };
  if (unknowns.kind === "map" && unknowns.entries.length > 0) return mergedMap(parts, within, recording, depth);
  if (unknowns.kind === "list" && unknowns.items.length > 0) return mergedList(parts, within, recording, depth);
  return value;
}

/** Of blocks that are not known as a whole each argument is not known. */
function inBlocks(mark: Value, expression: Value | undefined): Value {
  if (expression?.kind === "list") {
    const items = expression.items.map((block) => ({ ...block, value: inBlocks(mark, block.value) }));
    return { kind: "list", shape: "list", items, at: mark.at };
  }
  const written = isExpression(expression) ? [] : entriesIn(expression);
  if (written.length === 0) return mark;
  return { kind: "map", entries: written.map((entry) => ({ ...entry, value: mark })), at: mark.at };
}

function mergedMap(of: Sections, within: Within, recording: Recording, depth: number): Value | undefined {
  const { value, unknowns } = of;
  if (value !== undefined && value.kind !== "map" && value.kind !== "null") return value;
  const at = value?.at ?? within.at;
  const { names } = recording.file;
  const known = new Map(entriesIn(value).map((entry) => [entry.key, entry]));
  for (const { key, keyAt, value: mark } of entriesIn(unknowns)) {
    const before = known.get(key);
    const id = `${within.id}.${key}`;
    const merged = mergedValue(
      partOf(of, { key, value: before?.value, unknowns: mark }, names),
      { ...within, id, at },
      recording,
      depth + 1,
    );
    if (merged !== undefined) known.set(key, { key, keyAt: before?.keyAt ?? keyAt, guard: always, value: merged });
  }
  const entries: readonly Entry[] = [...known.values()];
  return entries.length === 0 ? value : { kind: "map", entries, at };
}

function partOf(
  of: Sections,
  { key, value, unknowns }: { readonly key: string; readonly value: Value | undefined; readonly unknowns: Value },
  names: SettingNames,
): Sections {
  const inner = fieldOf(of.expression, key);
  const isWhole = isExpression(of.expression) || inner === undefined;
  const marks = isMarked(of.marks) === false ? fieldOf(partly(of.marks), key) : markByName(key, names);
  return { value, unknowns, marks, expression: isWhole ? of.expression : inner, isPart: isWhole };
}

function isMarked(marks: Sections["marks"]): Marked {
  return typeof marks === "object" ? isTrue(marks) : (marks ?? false);
}

function markByName(key: string, names: SettingNames): Marked {
  switch (names.of(key)?.role) {
    case "smtp-password":
    case "aws-secret":
      return "secret by name";
    case "smtp-user":
    case "aws-key-id":
      return "public by name";
    case "smtp-host":
    case "aws-region":
    case undefined:
      return "open";
  }
}

function partly(marks: Sections["marks"]): Value | undefined {
  return typeof marks === "object" ? marks : undefined;
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
      marks: isMarked(marks) === false ? signs[i] : "open",
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
