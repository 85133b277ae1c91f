import { always } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { text } from "../../../core/text";
import type { Entry, Item, Value } from "../../../core/value";
import type { SettingNames } from "../../../model/credentials/setting-names";
import { entriesIn, fieldOf, isTrue, itemsIn } from "../../fields";
import { originsOf } from "./blocks";
import { referencesIn } from "./configuration";
import { expressionValue, type Asked, type Marked } from "./references";
import type { RecordedModule, Recording } from "./recording";

/** One attribute, or a part of one, in the sections of a plan that say something of it. */
interface Sections {
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

interface Within {
  readonly module: RecordedModule;
  readonly suffix: string;
  readonly id: string;
  readonly at: Span;
  readonly forEach: Value | undefined;
  /** The expression may be that of another block: it is one of several, or nothing says which. */
  readonly isGuess?: boolean;
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
  const written = writtenOf(known, expression);
  const items = itemsIn(unknowns).map((mark, i): Item | undefined => {
    const { expression: own, isPart, isGuess } = written(i);
    const part: Sections = {
      value: known[i],
      unknowns: mark,
      marks: isMarked(marks) === false ? signs[i] : "open",
      expression: own,
      isPart: of.isPart || isPart,
    };
    const inner = { ...within, id: `${within.id}[${i}]`, at, isGuess: within.isGuess === true || isGuess };
    const merged = mergedValue(part, inner, recording, depth + 1);
    return merged && { guard: always, value: merged };
  });
  const more = known.slice(items.length).map((one): Item => ({ guard: always, value: one }));
  return { kind: "list", shape: "list", items: [...items.filter((item) => item !== undefined), ...more], at };
}

interface Written extends Pick<Sections, "expression" | "isPart"> {
  readonly isGuess: boolean;
}

/** The expressions of the items of a list. */
function writtenOf(known: readonly Value[], expression: Value | undefined): (i: number) => Written {
  if (expression?.kind !== "list") return () => ({ expression, isPart: isExpression(expression), isGuess: false });
  const blocks = itemsIn(expression);
  // Blocks that are not known as a whole stand for themselves.
  if (known.length === 0) return (i) => ({ expression: blocks[i], isPart: false, isGuess: false });
  const origins = originsOf(known, blocks);
  return (i) => {
    const { blocks: fitting = [], isSure = false } = origins[i] ?? {};
    return isSure
      ? { expression: fitting[0], isPart: false, isGuess: false }
      : { expression: anyOf(fitting, expression.at), isPart: true, isGuess: true };
  };
}

/** An expression with the names of all of them. */
function anyOf(expressions: readonly Value[], at: Span): Value {
  const names = referencesIn({
    kind: "list",
    shape: "list",
    items: expressions.map((value) => ({ guard: always, value })),
    at,
  });
  const items = names.map((name): Item => ({ guard: always, value: text(name, at) }));
  const value: Value = { kind: "list", shape: "list", items, at };
  return { kind: "map", entries: [{ key: "references", keyAt: at, guard: always, value }], at };
}

/** Blocks are maps and lists of expressions; an expression has one of these, or nothing. */
export function isExpression(value: Value | undefined): boolean {
  return fieldOf(value, "references") !== undefined || fieldOf(value, "constant_value") !== undefined;
}
