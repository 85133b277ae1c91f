import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeJson, readJson, type Decoded } from "../../src/core/json";
import { limits } from "../../src/core/limits";
import { text, unknown } from "../../src/core/text";
import type { Encoded, Hole, Piece, Text, Trace, Value } from "../../src/core/value";

import { knownPieces, plain, plainOf } from "../plain";

const path = "a.json";

describe("JSON reader", () => {
  it("gives the value that JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        const source = JSON.stringify(value, undefined, indent);
        assert.deepEqual(plain(parsed(readJson({ path, text: source }))), plainOf(JSON.parse(source)));
      }),
    );
  });

  it("accepts what JSON.parse accepts, and nothing else", () => {
    const seeds = [
      '{"a":[1,-0.5e+3,"x\\n\\u0041é"],"b":{"c":null}}',
      "[true,false, {} ,[]]",
      '"\\ud83d\\ude00"',
      "01",
      "1.",
    ];
    const edit = fc.tuple(
      fc.constantFrom(...seeds),
      fc.nat(60),
      fc.nat(2),
      fc.constantFrom(...Array.from('{}[],:"\\ u0-+.eE1\t\n\u0001tn')),
    );
    fc.assert(
      fc.property(edit, ([seed, place, removed, added]) => {
        const at = place % (seed.length + 1);
        const source = seed.slice(0, at) + added + seed.slice(at + removed);
        assert.equal(readJson({ path, text: source }).kind, accepts(source) ? "value" : "failed", source);
      }),
      { numRuns: 3000 },
    );
  });

  it("places every string at its characters, escapes apart from runs", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const source = JSON.stringify(value, undefined, 2);
        for (const piece of knownPieces(parsed(readJson({ path, text: source })))) {
          const written = source.slice(piece.at.start, piece.at.end);
          assert.equal(written.startsWith("\\") ? JSON.parse(`"${written}"`) : written, piece.text);
        }
      }),
    );
  });

  it("places the strings of JSON inside a JSON string in the file", () => {
    const source = JSON.stringify({ policy: JSON.stringify({ Action: ["ses:SendRawEmail", 'a"b'] }) });
    const outer = parsed(readJson({ path, text: source }));
    assert.ok(outer.kind === "map" && outer.entries[0]?.value.kind === "text");
    const inner = parsed(decodeJson(outer.entries[0].value));
    assert.deepEqual(plain(inner), { Action: ["ses:SendRawEmail", 'a"b'] });
    const [action] = knownPieces(inner);
    assert.equal(source.slice(action?.at.start, action?.at.end), "ses:SendRawEmail");
    assert.equal(
      source.slice(inner.at.start, inner.at.end),
      source.slice(outer.entries[0].value.at.start, outer.entries[0].value.at.end),
    );
  });

  it("reads a byte order mark and keeps the last of equal keys", () => {
    assert.deepEqual(plain(parsed(readJson({ path, text: '\ufeff{"a":1,"b":2,"a":3}' }))), { b: 2, a: 3 });
    const many = Array.from({ length: 50_000 }, (_, i) => `"k${String(i % 25_000)}":${String(i)}`).join(",");
    const map = parsed(readJson({ path, text: `{${many}}` }));
    assert.ok(map.kind === "map" && map.entries.length === 25_000);
    assert.deepEqual(map.entries[0] && plain(map.entries[0].value), 25_000);
  });

  it("says what is wrong where, and never quotes the text", () => {
    const cases: readonly (readonly [string, string, number])[] = [
      ["", "ends before its JSON value does", 0],
      ['{"a":1', "ends before its JSON value does", 6],
      ['{"a" 1}', "has a key without a colon", 5],
      ['{"a":1 "b":2}', "lacks a comma or a closing brace", 7],
      ["{a:1}", "lacks a key in quotes", 1],
      ["[1,]", "has something that is no JSON value", 3],
      ["[1 2]", "lacks a comma or a closing bracket", 3],
      ['"a\\x"', "has a wrong escape in a string", 2],
      ['"a\nb"', "has a control character in a string", 2],
      ["{} {}", "has more text after the JSON value", 3],
    ];
    for (const [source, message, start] of cases) {
      const result = readJson({ path, text: source });
      assert.ok(result.kind === "failed", source);
      assert.deepEqual([result.message, result.at.start], [message, start], source);
    }
  });

  it("refuses what nests too deep, without overflowing", () => {
    const result = readJson({ path, text: "[".repeat(100_000) });
    assert.ok(result.kind === "failed" && result.limit === "depth");
    const fits = "[".repeat(limits.depth) + "]".repeat(limits.depth);
    assert.equal(readJson({ path, text: fits }).kind, "value");
    assert.equal(readJson({ path, text: `[${fits}]` }).kind, "failed");
  });
});

describe("a large JSON text, whose parts are read when they are asked for", () => {
  const padding = `"${"x".repeat(20_000)}"`;

  /** The same text as one that was put together, which is read at once. */
  const atOnce = (source: string): Decoded => decodeJson(assembled([source.slice(0, -1), source.slice(-1)]));

  it("has the values and places that it has when it is read at once", () => {
    const large = fc.array(fc.jsonValue({ maxDepth: 6 }), { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(large, fc.constantFrom(0, 1, "\t"), (values, indent) => {
        const source = `[${padding}, ${JSON.stringify({ values, again: values }, undefined, indent)}]\n`;
        const value = parsed(readJson({ path, text: source }));
        assert.deepEqual(plain(value), plainOf(JSON.parse(source)));
        assert.deepEqual(value, parsed(atOnce(source)));
      }),
    );
  });

  it("is refused where JSON.parse refuses it, with the place and the words of a small one", () => {
    const item = { id: 1, name: 'a "b" \\ \u00e9', list: [true, false, null, {}, []], deep: { of: { of: [-1.5e3] } } };
    const seed = JSON.stringify([item, item, item], undefined, 1);
    const added = fc.constantFrom(...Array.from('{}[],:"\\ u0-+.eE1\t\n\u0001tn'));
    fc.assert(
      fc.property(fc.nat(seed.length), fc.nat(2), added, (place, removed, character) => {
        const source = `[${padding},${seed.slice(0, place)}${character}${seed.slice(place + removed)}]\n`;
        const result = readJson({ path, text: source });
        assert.equal(result.kind, accepts(source) ? "value" : "failed", source.slice(-seed.length));
        assert.deepEqual(result, atOnce(source));
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps the last of equal keys, and keys that objects of JavaScript have", () => {
    const source = `{"pad": ${padding}, "__proto__": {"constructor": ${padding}}, "pad": 1}`;
    const map = parsed(readJson({ path, text: source }));
    assert.ok(map.kind === "map");
    assert.deepEqual(
      map.entries.map((entry) => [entry.key, entry.value.kind]),
      [
        ["__proto__", "map"],
        ["pad", "number"],
      ],
    );
  });

  it("has the keys that stand twice, with both places, that it has when it is read at once", () => {
    const key = fc.constantFrom('"a"', '"\\u0061"', '"b"', '""', ...Array.from({ length: 12 }, (_, i) => `"k${i}"`));
    const { json } = fc.letrec<{ json: string }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("1", `"${"y".repeat(40)}"`, '"a"'),
        fc.array(tie("json"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
        fc
          .array(fc.tuple(key, tie("json")), { maxLength: 12 })
          .map((entries) => `{${entries.map((entry) => entry.join(" : ")).join(",")}}`),
      ),
    }));
    const repeatedIn = (decoded: Decoded): readonly string[] => {
      assert.ok(decoded.kind === "value");
      const places = decoded.repeated.map(
        ({ again, first }) => `${again.keyAt.start} ${first.keyAt.start} ${again.key}`,
      );
      return places.sort();
    };
    fc.assert(
      fc.property(json, (value) => {
        const source = `[${padding},${value}]\n`;
        const large = readJson({ path, text: source });
        assert.deepEqual(repeatedIn(large), repeatedIn(atOnce(source)));
        plain(parsed(large)); // What is read later is not reported again.
        assert.deepEqual(repeatedIn(large), repeatedIn(atOnce(source)));
      }),
    );
    const many = Array.from({ length: 100_000 }, () => '"a":1').join(",");
    assert.equal(repeatedIn(readJson({ path, text: `{${many}}` })).length, 99_999);
  });

  it("is refused where it nests too deep, without overflowing", () => {
    const deep = (levels: number): string => `[${padding},${"[".repeat(levels)}${"]".repeat(levels)}]`;
    assert.equal(readJson({ path, text: deep(limits.depth - 1) }).kind, "value");
    const result = readJson({ path, text: deep(limits.depth) });
    assert.ok(result.kind === "failed" && result.limit === "depth");
    const open = readJson({ path, text: '{"a":['.repeat(100_000) });
    assert.ok(open.kind === "failed" && open.limit === "depth");
  });

  it("makes its entries once, when they are asked for", () => {
    const whole = parsed(readJson({ path, text: `{"a": {"b": ${padding}}}` }));
    const map = whole.kind === "map" ? whole.entries[0]?.value : undefined;
    assert.ok(map?.kind === "map");
    assert.ok(!("value" in (Object.getOwnPropertyDescriptor(map, "entries") ?? { value: 0 })));
    assert.equal(map.entries, map.entries);
  });
});

describe("JSON with holes", () => {
  it("keeps a hole inside a string, and makes one where a value stands an unknown value", () => {
    const map = decode('{"a": "x', hole("h"), 'y", "b": ', hole("i"), " , ", '"c": "', hole("j"), '"}');
    assert.deepEqual(plain(map), { a: "x<h>y", b: "<i>", c: "<j>" });
  });

  it("takes a value that was encoded as JSON for itself, with its places", () => {
    const inner = text("deep", { file: "b.tf", start: 7, end: 11 });
    const map = decode('{"a": ', encoded("json", inner), ', "b": [', encoded("json", inner), "]}");
    assert.deepEqual(plain(map), { a: "deep", b: ["deep"] });
    assert.ok(map.kind === "map");
    assert.equal(map.entries[0]?.value, inner);
    assert.equal(decode(encoded("json", inner), "\n"), inner);
  });

  it("takes a hole among items or entries for any number of them", () => {
    assert.deepEqual(plain(decode('["a"', hole("h"), "]")), ["a", "...<h>"]);
    assert.deepEqual(plain(decode("[", hole("h"), ', "b"]')), ["b", "...<h>"]);
    assert.deepEqual(plain(decode('{"a": 1 ', hole("h"), "}")), { a: 1, "...": "<h>" });
    assert.deepEqual(plain(decode("{", hole("h"), '"a": 1}')), { a: 1, "...": "<h>" });
  });

  it("does not know a number or text that a hole is glued to, nor a key with a hole", () => {
    assert.deepEqual(plain(decode('{"a": 1', hole("h"), ', "b": 2}')), { a: "<h>", b: 2 });
    assert.deepEqual(plain(decode("[1", hole("h"), "2, 3]")), ["<h>", 3]);
    assert.deepEqual(plain(decode('{"x', hole("h"), '": 1, "b": 2}')), { b: 2, "...": "<h>" });
  });

  it("keeps the credentials that run through a cut text, and through a key that is not known, as possible ones", () => {
    const at = { file: path, start: 0, end: 0 };
    const trace: Trace = { credential: "key", form: "secret-access-key", certainty: "is", path: { at, what: "x" } };
    const carrier: Piece = { kind: "known", text: '{"a": "x"}', at, traces: [trace] };
    const [piece] = knownPieces(parsed(decodeJson({ kind: "text", pieces: [carrier], at })));
    assert.deepEqual(piece?.traces, [{ ...trace, certainty: "may" }]);
    const secret: Hole = { kind: "hole", unknown: unknown("after-apply", "s", at, { traces: [trace] }) };
    const map = decode('{"', hole("h"), '": "', secret, '"}');
    assert.ok(map.kind === "map");
    assert.deepEqual(map.rest?.traces, [trace]);
  });

  it("never throws, and gives places inside the file, wherever the holes are", () => {
    const source = '{"a": ["x\\n", 1.5, {"b": null}], "c": "d"}';
    fc.assert(
      fc.property(fc.array(fc.nat(source.length), { maxLength: 4 }), (cuts) => {
        const parts: (string | Hole)[] = [];
        let from = 0;
        for (const cut of [...cuts].sort((a, b) => a - b)) {
          parts.push(source.slice(from, cut), hole("h"));
          from = cut;
        }
        const result = decodeJson(assembled([...parts, source.slice(from)]));
        if (result.kind === "value") plain(result.value);
      }),
    );
  });
});

function decode(...parts: readonly (string | Hole | Encoded)[]): Value {
  return parsed(decodeJson(assembled(parts)));
}

function assembled(parts: readonly (string | Hole | Encoded)[]): Text {
  let offset = 0;
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (typeof part !== "string") pieces.push(part);
    else if (part !== "") {
      const at = { file: path, start: offset, end: (offset += part.length) };
      pieces.push({ kind: "known", text: part, at, traces: [] });
    }
  }
  return { kind: "text", pieces, at: { file: path, start: 0, end: offset } };
}

function hole(id: string): Hole {
  return { kind: "hole", unknown: unknown("no-default", id, { file: path, start: 0, end: 0 }, { id }) };
}

function encoded(format: Encoded["format"], value: Value): Encoded {
  return { kind: "encoded", format, value, at: value.at };
}

function parsed(result: Decoded): Value {
  assert.ok(result.kind === "value", result.kind === "failed" ? result.message : "");
  return result.value;
}

function accepts(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}
