import assert from "node:assert/strict";
import fc from "fast-check";
import { charactersOf, jsonText, rendered } from "../../src/core/encode";
import { holds, when, type Guard } from "../../src/core/guard";
import { readSources } from "../../src/core/read";
import type { Span } from "../../src/core/source";
import { text, unknown } from "../../src/core/text";
import type { Item, Text, Value } from "../../src/core/value";
import { callFunction } from "../../src/input/terraform/functions";
import type { CallContext } from "../../src/input/terraform/functions/context";
import { show } from "./show";

const at: Span = { file: "main.tf", start: 0, end: 1 };
const context: CallContext = {
  at,
  workingDir: "",
  read: readSources([]),
  template: () => unknown("unsupported", "template", at),
};
const on = when("var.on", "true");
const off = when("var.on", false);

const words = fc.constantFrom("", "a", "b", "ab", "a,b", " a ", "ba\n", "1", "true", "é", "/a/", "%s");
const wordValue = words.map((word): Value => text(word, at));
const numberValue = fc.integer({ min: -1, max: 3 }).map((value): Value => ({ kind: "number", value, at }));
const boolValue = fc.boolean().map((value): Value => ({ kind: "bool", value, at }));
const nullValue = fc.constant<Value>({ kind: "null", at });
const scalar = fc.oneof(
  { weight: 5, arbitrary: wordValue },
  { weight: 2, arbitrary: numberValue },
  { weight: 1, arbitrary: boolValue },
  { weight: 1, arbitrary: nullValue },
);
const listOf = (of: fc.Arbitrary<Value>) => fc.array(of, { maxLength: 4 }).map((values): Value => list(values));
const mapOf = (of: fc.Arbitrary<Value>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c", "d"), of), { selector: ([key]) => key, maxLength: 4 })
    .map((entries): Value => ({
      kind: "map",
      entries: entries.map(([key, value]) => ({ key, keyAt: at, guard: [], value })),
      at,
    }));
const setValue = fc.array(wordValue, { maxLength: 4 }).map((values) => callFunction("toset", [list(values)], context));
const lists = fc.oneof(listOf(wordValue), listOf(wordValue), listOf(scalar), setValue);
const numbers = listOf(numberValue);
const nested = listOf(fc.oneof(wordValue, listOf(wordValue), listOf(listOf(wordValue))));
const maps = mapOf(scalar);
const anything = fc.oneof(scalar, lists, maps);

/** What each function is called with. */
const signatures: readonly (readonly [string, ...fc.Arbitrary<Value>[]])[] = [
  ["concat", lists, lists],
  ["concat", lists, lists, lists],
  ["join", wordValue, lists],
  ["split", wordValue, wordValue],
  ["format", fc.constant<Value>(text("%s-%v", at)), scalar, anything],
  ["format", fc.constant<Value>(text("%5s|%-5q|%d", at)), wordValue, wordValue, numberValue],
  ["formatlist", fc.constant<Value>(text("%s:%s", at)), lists, wordValue],
  ["formatlist", fc.constant<Value>(text("%s:%s", at)), lists, lists],
  ["lookup", maps, wordValue, scalar],
  ["lookup", maps, fc.constantFrom("a", "b").map((key): Value => text(key, at))],
  ["try", anything, anything],
  ["can", anything],
  ["coalesce", scalar, scalar],
  ["coalesce", wordValue, wordValue, wordValue],
  ["coalescelist", lists, lists],
  ["one", lists],
  ["toset", lists],
  ["tolist", lists],
  ["tomap", maps],
  ["tostring", scalar],
  ["tonumber", scalar],
  ["tobool", scalar],
  ["flatten", nested],
  ["merge", maps, maps],
  ["merge", maps, maps, maps],
  ["keys", maps],
  ["values", maps],
  ["zipmap", lists, lists],
  ["element", lists, numberValue],
  ["index", lists, scalar],
  ["contains", lists, scalar],
  ["length", anything],
  ["slice", lists, numberValue, numberValue],
  ["distinct", lists],
  ["compact", lists],
  ["sort", lists],
  ["reverse", lists],
  ["setunion", lists, lists],
  ["setintersection", lists, lists],
  ["setsubtract", lists, lists],
  ["setproduct", lists, lists],
  ["chunklist", lists, numberValue],
  ["matchkeys", lists, lists, lists],
  ["transpose", mapOf(listOf(wordValue))],
  ["alltrue", listOf(boolValue)],
  ["anytrue", listOf(boolValue)],
  ["sum", numbers],
  ["max", numberValue, numberValue],
  ["range", numberValue, numberValue],
  ["abs", numberValue],
  ["lower", wordValue],
  ["upper", wordValue],
  ["title", wordValue],
  ["trim", wordValue, wordValue],
  ["trimspace", wordValue],
  ["trimprefix", wordValue, wordValue],
  ["trimsuffix", wordValue, wordValue],
  ["chomp", wordValue],
  ["indent", numberValue, wordValue],
  ["substr", wordValue, numberValue, numberValue],
  ["strrev", wordValue],
  ["startswith", wordValue, wordValue],
  ["endswith", wordValue, wordValue],
  ["strcontains", wordValue, wordValue],
  ["replace", wordValue, wordValue, wordValue],
  ["regex", wordValue, wordValue],
  ["regexall", fc.constant<Value>(text("[ab]", at)), wordValue],
  ["jsonencode", anything],
  ["yamlencode", anything],
  ["base64encode", wordValue],
  ["base64decode", wordValue],
  ["urlencode", wordValue],
  ["md5", wordValue],
  ["basename", wordValue],
];

/** Arguments, and the same arguments where less is known, in a way that allows the first. */
interface Case {
  readonly exact: readonly Value[];
  readonly general: readonly Value[];
}

describe("functions over values that are partly known", () => {
  for (const [name, ...parts] of signatures) {
    const args = fc.tuple(...parts);
    const cases = args.chain((exact): fc.Arbitrary<Case> =>
      fc.tuple(...exact.map((value) => blurred(value))).map((general) => ({ exact, general })),
    );
    it(`${name} of ${parts.length} never says what the exact call does not`, () => {
      fc.assert(
        fc.property(cases, ({ exact, general }) => {
          const precise = callFunction(name, exact, context);
          const vague = under(callFunction(name, general, context));
          const isAllowed = isError(precise) || allows(vague, precise);
          assert.ok(
            isAllowed,
            `${name}(${general.map(show).join("; ")}) = ${show(vague)}, but ${show(precise)} of ${exact.map(show).join("; ")}`,
          );
        }),
        { numRuns: 300 },
      );
    });
  }
});

/** A value of which less is known: unknown parts, choices that `on` decides for the value, items that are a rest. */
function blurred(value: Value): fc.Arbitrary<Value> {
  const hidden = fc
    .boolean()
    .map((hasId) => unknown("no-default", "var.x", at, hasId ? { id: `var.${idOf(value)}` } : {}));
  const choice = blurredOnce(value).map((inner): Value =>
    inner.kind === "choice"
      ? inner
      : {
          kind: "choice",
          at,
          options: [
            { guard: on, value: inner },
            { guard: off, value: text("off", at) },
          ],
        },
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(value) },
    { weight: 4, arbitrary: blurredOnce(value) },
    { weight: 1, arbitrary: hidden },
    { weight: 2, arbitrary: choice },
  );
}

/** Equal ids are to mean equal values. */
function idOf(value: Value): string {
  return Buffer.from(charactersOf(jsonText(value)) ?? "x").toString("hex");
}

function blurredOnce(value: Value): fc.Arbitrary<Value> {
  switch (value.kind) {
    case "text":
      return fc.tuple(fc.nat(4), fc.nat(4)).map(([from, length]) => withHole(value, from, from + length));
    case "list":
      return fc
        .tuple(
          ...value.items.map((item) =>
            fc.tuple(blurred(item.value), fc.constantFrom("there", "there", "guarded", "rest")),
          ),
        )
        .chain((items) => fc.boolean().map((extra): Value => blurredList(value, items, extra)));
    case "map":
      return fc
        .tuple(
          ...value.entries.map((entry) =>
            fc.tuple(blurred(entry.value), fc.constantFrom("there", "there", "guarded", "rest")),
          ),
        )
        .map((entries): Value => {
          const kept = value.entries.flatMap((entry, i) => {
            const [inner, fate] = entries[i] ?? [entry.value, "there"];
            return fate === "rest" ? [] : [{ ...entry, value: inner, guard: fate === "guarded" ? on : [] }];
          });
          const hasRest = entries.some(([, fate]) => fate === "rest");
          return { ...value, entries: kept, ...(hasRest && { rest: unknown("no-default", "var.rest", at) }) };
        });
    case "null":
    case "bool":
    case "number":
    case "unknown":
    case "choice":
      return fc.constant(value);
  }
}

function blurredList(
  list: Extract<Value, { kind: "list" }>,
  items: readonly (readonly [Value, string])[],
  hasExtra: boolean,
): Value {
  const kept = list.items.flatMap((item, i): readonly Item[] => {
    const [inner, fate] = items[i] ?? [item.value, "there"];
    if (fate === "rest") return [];
    return [{ value: inner, guard: fate === "guarded" ? on : [] }];
  });
  // An item that `on` takes away.
  const all = hasExtra ? [...kept, { guard: off, value: text("extra", at) }] : kept;
  const hasRest = items.some(([, fate]) => fate === "rest");
  return { ...list, items: all, ...(hasRest && { rest: unknown("no-default", "var.rest", at) }) };
}

function withHole(value: Text, from: number, to: number): Value {
  const characters = charactersOf(value) ?? "";
  const hole = {
    kind: "hole" as const,
    unknown: unknown("no-default", "var.x", at, { id: `var.${characters.slice(from, to)}` }),
  };
  const before = text(characters.slice(0, from), at).pieces;
  return { kind: "text", pieces: [...before, hole, ...text(characters.slice(to), at).pieces], at };
}

/** A value where `on` holds. */
function under(value: Value): Value {
  switch (value.kind) {
    case "choice": {
      const left = value.options.filter((option) => isOn(option.guard));
      const [only] = left;
      return only !== undefined && left.length === 1 ? under(only.value) : { ...value, options: left };
    }
    case "list":
      return {
        ...value,
        items: value.items.filter((item) => isOn(item.guard)).map((item) => ({ guard: [], value: under(item.value) })),
      };
    case "map":
      return {
        ...value,
        entries: value.entries
          .filter((entry) => isOn(entry.guard))
          .map((entry) => ({ ...entry, guard: [], value: under(entry.value) })),
      };
    case "text":
      return {
        ...value,
        pieces: value.pieces.map((piece) =>
          piece.kind === "encoded" ? { ...piece, value: under(piece.value) } : piece,
        ),
      };
    case "null":
    case "bool":
    case "number":
    case "unknown":
      return value;
  }
}

function isOn(guard: Guard): boolean {
  return holds(guard, on) !== "no";
}

function isError(value: Value): boolean {
  return value.kind === "unknown" && value.reason.kind === "invalid";
}

/** Can the vague value be the exact one? */
function allows(vague: Value, exact: Value): boolean {
  if (vague.kind === "unknown") return !isError(vague);
  if (vague.kind === "choice") return vague.options.some((option) => allows(option.value, exact));
  if (vague.kind === "list") return exact.kind === "list" && exact.shape === vague.shape && allowsItems(vague, exact);
  if (vague.kind === "map") return exact.kind === "map" && allowsEntries(vague, exact);
  if (vague.kind === "null") return exact.kind === "null";
  if (vague.kind === "text" || exact.kind === "text") return allowsText(asText(vague), asText(exact));
  return vague.kind === exact.kind && "value" in exact && vague.value === exact.value;
}

function asText(value: Value): Value {
  return value.kind === "number" || value.kind === "bool" ? text(String(value.value), at) : value;
}

function allowsItems(vague: Extract<Value, { kind: "list" }>, exact: Extract<Value, { kind: "list" }>): boolean {
  const values = exact.items.map((item) => item.value);
  if (vague.shape === "set") {
    const isCovered = vague.items.every((item) => values.some((value) => allows(item.value, value)));
    return (
      isCovered &&
      (vague.rest !== undefined || values.every((value) => vague.items.some((item) => allows(item.value, value))))
    );
  }
  if (vague.rest === undefined) {
    return (
      vague.items.length === values.length &&
      vague.items.every((item, i) => allows(item.value, values[i] ?? item.value))
    );
  }
  // The rest may stand anywhere, so neither order nor number count.
  return vague.items.every((item) => values.some((value) => allows(item.value, value)));
}

function allowsEntries(vague: Extract<Value, { kind: "map" }>, exact: Extract<Value, { kind: "map" }>): boolean {
  const values = new Map(exact.entries.map((entry) => [entry.key, entry.value]));
  const isSound = vague.entries.every((entry) => {
    const value = values.get(entry.key);
    return value !== undefined && allows(entry.value, value);
  });
  return isSound && (vague.rest !== undefined || new Set(vague.entries.map((entry) => entry.key)).size === values.size);
}

/** Known pieces must stand in the exact text in order, with anything where a hole is. */
function allowsText(vague: Value, exact: Value): boolean {
  const characters = charactersOf(exact);
  if (vague.kind !== "text" || characters === undefined) return vague.kind === "text";
  const source = rendered(vague).pieces.map((piece) => (piece.kind === "known" ? escaped(piece.text) : "[^]*"));
  return new RegExp(`^${source.join("")}$`).test(characters);
}

function escaped(characters: string): string {
  return characters.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function list(values: readonly Value[]): Value {
  return { kind: "list", shape: "list", items: values.map((value) => ({ guard: [], value })), at };
}
