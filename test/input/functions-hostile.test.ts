import assert from "node:assert/strict";
import { always, when } from "../../src/core/guard";
import { readSources } from "../../src/core/read";
import type { Span } from "../../src/core/source";
import { text, unknown } from "../../src/core/text";
import type { Item, Value } from "../../src/core/value";
import { callFunction } from "../../src/input/terraform/functions";
import type { CallContext } from "../../src/input/terraform/functions/context";

const at: Span = { file: "main.tf", start: 0, end: 1 };
const missing = unknown("no-default", "var.x", at);
const context: CallContext = { at, workingDir: "", read: readSources([]), template: () => missing };
const many = 10_000;

const words = list(Array.from({ length: many }, (_, i) => text(`word ${i}`, at)));
const unknowns = list(Array.from({ length: many }, (_, i) => unknown("no-default", "var.x", at, { id: `var.x${i}` })));
const guardedWords = items(
  Array.from({ length: many }, (_, i) => ({ guard: when(`var.a${i}`, "true"), value: text(`word ${i}`, at) })),
);
const guardedSame = items(
  Array.from({ length: 500 }, (_, i) => ({
    guard: [...when(`var.a${i}`, "true"), ...when(`var.b${i}`, "true")],
    value: text("same", at),
  })),
);
const long = text("ab ".repeat(400_000), at);
const numbers = list(Array.from({ length: many }, (_, i) => ({ kind: "number", value: i, at })));
const choices = Array.from({ length: 40 }, (_, i): Value => choice(i, text("x", at), text("y", at)));
const maps = Array.from({ length: 2000 }, (_, i): Value => choice(i, map([["a", text("x", at)]]), map([])));

/** A value that many share: as a tree it has 2^100 parts. */
const shared = nested(100, (value) => list([value, value]));
const deep = nested(100_000, (value) => list([value]));
const deepText = nested(10_000, (value) => callFunction("jsonencode", [value], context));

const values: Readonly<Record<string, Value>> = {
  words,
  unknowns,
  guardedWords,
  guardedSame,
  long,
  numbers,
  shared,
  deep,
  deepText,
  mixed: list([...choices, missing]),
  wide: map(Array.from({ length: many }, (_, i) => [`key ${i}`, missing])),
};

const names = (
  "alltrue anytrue base64decode base64encode base64gzip base64sha256 can chomp coalesce coalescelist compact concat " +
  "csvdecode distinct flatten format formatlist jsondecode jsonencode keys length lower max md5 merge one regexall " +
  "reverse setintersection setproduct setsubtract setunion sort strrev sum title tolist tomap toset tostring transpose " +
  "trimspace try upper urlencode values yamldecode yamlencode"
).split(" ");

describe("functions of Terraform on hostile values", () => {
  for (const [kind, value] of Object.entries(values)) {
    for (const name of names) {
      it(`${name} of ${kind} ends`, () => {
        callFunction(name, [value], context);
        callFunction(name, [value, value], context);
        const encoded = callFunction("jsonencode", [callFunction(name, [value], context)], context);
        callFunction("length", [encoded], context);
      });
    }
  }

  const calls: readonly (readonly [string, ...Value[]])[] = [
    ["join", text(",", at), words],
    ["join", long, list([long, long, long])],
    ["split", text(" ", at), long],
    ["split", text("", at), long],
    ["replace", long, text("a", at), text("x".repeat(1000), at)],
    ["replace", long, text("/a/", at), text("x".repeat(1000), at)],
    ["replace", long, text("", at), text("x", at)],
    ["regex", text("(a+)+$", at), long],
    ["regexall", text("a.*?$|a", at), long],
    ["regex", text("(".repeat(100_000), at), text("a", at)],
    ["trim", long, text("ab ", at)],
    ["substr", long, number(1_000_000), number(10)],
    ["formatlist", text("%s %s", at), words, words],
    ["format", text("%s ".repeat(100_000), at), long],
    ["contains", words, text("none", at)],
    ["contains", guardedWords, text("word 7", at)],
    ["index", words, text("none", at)],
    ["element", guardedWords, number(1)],
    ["setsubtract", words, unknowns],
    ["setintersection", unknowns, unknowns],
    ["setproduct", words, words, words],
    ["matchkeys", words, words, list([text("none", at)])],
    ["matchkeys", words, words, words],
    ["length", text("é한\u0301".repeat(1_000_000), at)],
    ["strrev", text(`e${"\u0301".repeat(100_000)}`, at)],
    ["zipmap", words, words],
    ["zipmap", unknowns, words],
    ["chunklist", words, number(1)],
    ["indent", number(1000), text("\n".repeat(100_000), at)],
    ["lookup", map(Array.from({ length: many }, (_, i) => [`key ${i}`, missing])), text("none", at)],
    ["merge", ...maps],
    ["merge", ...Array.from({ length: many }, () => missing), map([["a", missing]])],
    ["merge", ...Array.from({ length: 1000 }, (_, i) => choice(i, map([["a", missing]]), missing))],
    ["concat", ...maps.map(() => guardedSame)],
    ["coalesce", ...choices],
    ["coalescelist", ...Array.from({ length: 100 }, () => guardedSame)],
    ["try", ...Array.from({ length: 100 }, (_, i) => choice(i, unknown("invalid", "x", at), text("x", at)))],
    ["format", text("%s".repeat(40), at), ...choices],
    ["cidrsubnets", text("10.0.0.0/8", at), ...Array.from({ length: many }, () => number(20))],
    ["parseint", text("z".repeat(100_000), at), number(36)],
    ["csvdecode", text(`a\n${"x\n".repeat(200_000)}`, at)],
    ["fileset", text("", at), text("{".repeat(10_000), at)],
    ["fileset", text("", at), text("**/".repeat(10_000), at)],
    ["formatdate", text("'".repeat(100_000), at), text("2018-01-02T23:12:01Z", at)],
    ["timeadd", text("2018-01-02T23:12:01Z", at), text("1h".repeat(100_000), at)],
    ["jsondecode", text("[".repeat(1_000_000), at)],
    ["constructor", words],
    ["__proto__", words],
  ];
  for (const [name, ...args] of calls) {
    it(`${name} of ${args.length} arguments ends`, () => {
      callFunction(name, args, context);
    });
  }

  it("keep a text below its limit", () => {
    const repeated = callFunction("join", [text("", at), list([long, long, long, long, long])], context);
    assert.equal(repeated.kind === "unknown" && repeated.reason.what, "textLength");
  });

  it("keep the known pieces of a text with too many choices", () => {
    const value = callFunction("join", [text("-", at), list([text("a", at), ...choices])], context);
    assert.equal(value.kind === "text" && value.pieces[0]?.kind === "known" && value.pieces[0].text, "a");
  });
});

function list(parts: readonly Value[]): Value {
  return items(parts.map((value) => ({ guard: always, value })));
}

function items(parts: readonly Item[]): Value {
  return { kind: "list", shape: "list", items: parts, at };
}

function map(entries: readonly (readonly [string, Value])[]): Value {
  return { kind: "map", entries: entries.map(([key, value]) => ({ key, keyAt: at, guard: always, value })), at };
}

function number(value: number): Value {
  return { kind: "number", value, at };
}

function choice(i: number, yes: Value, no: Value): Value {
  const options = [
    { guard: when(`var.c${i}`, "true"), value: yes },
    { guard: when(`var.c${i}`, false), value: no },
  ];
  return {
    kind: "choice",
    at,
    options: options.flatMap(({ guard, value }) => (value.kind === "choice" ? [] : [{ guard, value }])),
  };
}

function nested(times: number, wrap: (value: Value) => Value): Value {
  let value: Value = text("x", at);
  for (let i = 0; i < times; i++) value = wrap(value);
  return value;
}
