import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import fc from "fast-check";
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, stringify, type Document } from "yaml";
import { limits } from "../../src/core/limits";
import { text, unknown } from "../../src/core/text";
import type { Hole, Piece, Text, Value } from "../../src/core/value";
import { decodeYaml, readYaml, type YamlResult } from "../../src/input/yaml";
import type { YamlProblem } from "../../src/input/yaml-builder";
import { knownPieces, plain, plainOf } from "../plain";

const path = "a.yaml";
const root = join(__dirname, "../../fixtures");
const files = fastGlob.sync("{input,rules,twins}/**/*.{yaml,yml}", { cwd: root }).sort();

describe("YAML reader", () => {
  for (const file of files) {
    it(`gives the tree of the yaml package for ${file}`, () => {
      const source = readFileSync(join(root, file), "utf8");
      const result = readYaml({ path, text: source });
      const theirs = parseAllDocuments(source, { schema: "failsafe", uniqueKeys: false, logLevel: "silent" });
      const documents = Array.isArray(theirs) ? theirs : [];
      assert.equal(result.kind, documents.some((one) => one.errors.length > 0) ? "failed" : "documents");
      if (result.kind === "failed") return;
      assert.deepEqual(
        result.documents.map(ours),
        documents.map((one) => treeOf(one.contents, one)),
      );
    });
  }

  it("gives back what the yaml package writes, in every style", () => {
    const style = fc.record({
      defaultStringType: fc.constantFrom("PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
      collectionStyle: fc.constantFrom("any", "flow", "block"),
      lineWidth: fc.constantFrom(0, 20, 80),
    });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), style, (value, options) => {
        // A block of nothing but blanks is written so that no parser reads it back.
        const json = JSON.stringify(value);
        fc.pre(!/"(?:\s|\\[nrt])+"/.test(json));
        const wanted: unknown = JSON.parse(json);
        const source = stringify(wanted, { ...options, version: "1.1", aliasDuplicateObjects: false });
        assert.deepEqual(scalarsAsText(plain(only(readYaml({ path, text: source })))), scalarsAsText(wanted), source);
      }),
      { numRuns: 400 },
    );
  });

  it("places every run of characters where it is written", () => {
    for (const file of files) {
      const source = readFileSync(join(root, file), "utf8");
      const result = readYaml({ path, text: source });
      if (result.kind === "failed") continue;
      for (const { text: characters, at } of result.documents.flatMap(knownPieces)) {
        if (at.end - at.start !== characters.length) continue;
        // One line end of a folded text is a space.
        assert.ok(source.slice(at.start, at.end) === characters || characters === " ", `${file} ${String(at.start)}`);
      }
    }
  });

  it("places the lines of a block one by one, and collections from their first to their last character", () => {
    const source = "a: |\n  one\n\n  two\nb: [x, {y: z} ] # end\nc:\n  - d\n";
    const map = only(readYaml({ path, text: source }));
    assert.ok(map.kind === "map");
    const [a, b, c] = map.entries.map((entry) => entry.value);
    assert.deepEqual(a && knownPieces(a).map((piece) => [piece.text, piece.at.start]), [
      ["one", 7],
      ["\n", 10],
      ["\n", 11],
      ["two", 14],
      ["\n", 17],
    ]);
    assert.equal(source.slice(b?.at.start, b?.at.end), "[x, {y: z} ]");
    assert.equal(source.slice(c?.at.start, c?.at.end), "- d");
  });

  it("types plain scalars as CloudFormation does", () => {
    const typed: readonly (readonly [string, unknown])[] = [
      ["yes", true],
      ["Off", false],
      ["y", "y"],
      ["~", null],
      ["12", 12],
      ["-1.5", -1.5],
      ["123456789012", 123456789012],
      ["012345678901", "012345678901"],
      ["1.10", "1.10"],
      ["12345678901234567890", "12345678901234567890"],
      ["2012-10-17", "2012-10-17"],
      ["22:22", "22:22"],
      ["0x1F", "0x1F"],
      ['"yes"', "yes"],
      ["! 12", "12"],
      ["!!str yes", "yes"],
      ["!!int 12", 12],
    ];
    for (const [written, value] of typed) {
      assert.deepEqual(plain(only(readYaml({ path, text: written }))), value, written);
    }
    assert.deepEqual(
      plain(only(readYaml({ path, text: "yes: 1\n012: 2\n: 3\n" }))),
      plainOf({ yes: 1, "012": 2, "": 3 }),
    );
  });

  it("types plain scalars as Terraform 1.11 does", () => {
    const answers: unknown = JSON.parse(readFileSync(join(root, "input/yaml/yamldecode.json"), "utf8"));
    assert.ok(Array.isArray(answers));
    for (const [written, value] of answers) {
      assert.deepEqual(plain(only(decodeYaml(textOf(String(written)), "terraform"))), value, String(written));
    }
    assert.deepEqual(plain(only(decodeYaml(textOf("yes: 1\n1: 3"), "terraform"))), plainOf({ "1": 3, true: 1 }));
  });

  it("merges maps under a merge key, own keys before merged ones, earlier maps before later ones", () => {
    const source =
      "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\none: {<<: *x, b: 0}\ntwo: {<<: [*x, *y]}\nthree: {'<<': 1}\n";
    const map = only(readYaml({ path, text: source }));
    assert.ok(map.kind === "map");
    assert.deepEqual(
      map.entries.slice(2).map((entry) => plain(entry.value)),
      [{ a: 1, b: 0 }, { a: 1, b: 1, c: 2 }, { "<<": 1 }].map(plainOf),
    );
  });

  it("tells a merge key whose value is no map, which stays a key", () => {
    for (const value of ["hello", "[{a: 1}, 2]"]) {
      const result = readYaml({ path, text: `x: {<<: ${value}, b: 0}` });
      const messages = problems(result).map(({ message }) => message);
      assert.deepEqual(messages.slice(-1), ["has a merge key whose value is no map"], value);
      assert.match(JSON.stringify(plain(only(result))), /"<<".*"b"/);
    }
  });

  it("tells a tag that its value cannot have, as a whole URI", () => {
    const wrong = [
      "!!int aws",
      "!!bool 5",
      "!!float x",
      "!!timestamp soon",
      "!!seq x",
      "!!map [x]",
      "!!omap {}",
      "!!set x",
    ];
    const right = ["!!int 0x1F", "!!bool on", "!!float 1e3", "!!timestamp 2012-10-17", "!!seq [x]", "!!set {x}"];
    for (const written of [...wrong, "!!str [x]", "!!value x", "!<tag:x> y"]) {
      const told = problems(readYaml({ path, text: `a: ${written}` })).map(({ message }) => message);
      assert.deepEqual(told, ["has a tag that its value cannot have"], written);
    }
    for (const written of [...right, "! x", "!Sub x", "!Fn [x]", "!<!Sub> x", "!!null x", "!!binary eA=="]) {
      assert.deepEqual(problems(readYaml({ path, text: `a: ${written}` })), [], written);
    }
  });

  it("tells a key that is null, as CloudFormation refuses it", () => {
    const messages = (key: string): readonly string[] =>
      problems(readYaml({ path, text: `a:\n  ${key}: 1\n` })).map(({ message }) => message);
    for (const key of ["~", "null", "NULL", ""]) assert.deepEqual(messages(key), ["has a key that is null"], key);
    for (const key of ["'~'", "nulls", '""']) assert.deepEqual(messages(key), [], key);
  });

  it("tells a tab that an empty line or a comment is indented with, where CloudFormation does not take one", () => {
    const wrong = [
      "a: b\n|\nc: d\n",
      "|# x\na: b\n",
      "a: [x]\n |# ]\nb: c\n",
      "a:\n  - b\n  |\n  - c\n",
      "a: {b: [c]}\r\n|\r\n",
    ];
    const right = [
      "a: [x,\n|\ny]\n",
      "a: {b: [c]\n|# }\n}\n",
      "a: |\n  x\n  |\n  y\n",
      'a: "x\n|\n y"\n',
      "a: b |# c\n",
    ];
    for (const [sources, count] of [
      [wrong, 1],
      [right, 0],
    ] as const) {
      for (const source of sources) {
        const text = source.replace(/(?<!: )\|/g, "\t");
        const told = problems(readYaml({ path, text }));
        assert.deepEqual(
          told.map(({ at }) => text.slice(at.start, at.end).trim()),
          Array(count).fill(""),
          source,
        );
      }
    }
  });

  it("takes a comment close behind a bracket or quote, and keeps the places behind it", () => {
    const source = 'a: "x"#c\nb: [\'y\',"z"#d\n  ]#e\nc: {d: e}#f\ng: last\n';
    const map = only(readYaml({ path, text: source }));
    assert.deepEqual(plain(map), plainOf({ a: "x", b: ["y", "z"], c: { d: "e" }, g: "last" }));
    const last = map.kind === "map" ? map.entries.at(-1)?.value.at : undefined;
    assert.equal(source.slice(last?.start, last?.end), "last");
    assert.equal(readYaml({ path, text: 'a: "x"b' }).kind, "failed");
  });

  it("tells a key that is there twice with both places, and the last one counts", () => {
    const source = "a: 1\nb: 2\na: 3\n";
    const result = readYaml({ path, text: source });
    assert.deepEqual(plain(only(result)), plainOf({ b: 2, a: 3 }));
    const [problem] = problems(result);
    assert.deepEqual([problem?.message, problem?.at.start, problem?.first?.start], ["has the key a twice", 10, 0]);
    const many = Array.from({ length: 50_000 }, (_, i) => `k${i % 25_000}: ${i}\n`).join("");
    assert.equal(problems(readYaml({ path, text: many })).length, 25_000);
  });

  it("shares the value of an anchor, and stops where aliases explode, nest too deep or stand in themselves", () => {
    const shared = only(readYaml({ path, text: "a: &a {b: c}\nd: *a\n" }));
    assert.ok(shared.kind === "map" && shared.entries[0]?.value === shared.entries[1]?.value);
    const levels = Array.from({ length: 30 }, (_, i) => `- &a${i} [${i === 0 ? "x" : `*a${i - 1}, *a${i - 1}`}]\n`);
    const bomb = readYaml({ path, text: levels.join("") });
    assert.ok(problems(bomb).some((problem) => problem.limit === "aliasNodes"));
    const chain = Array.from({ length: 300 }, (_, i) => `- &a${i} [${i === 0 ? "x" : `*a${i - 1}`}]\n`);
    assert.ok(problems(readYaml({ path, text: chain.join("") })).some((problem) => problem.limit === "depth"));
    assert.deepEqual(
      problems(readYaml({ path, text: "a: &a [*a]\n" })).map((problem) => problem.message),
      ["has an alias inside its own anchor"],
    );
  });

  it("takes brackets and quotes that are not indented enough, as CloudFormation does, with every place", () => {
    const source = "a:\n  b: [\n    x, # why\n  ]\n  c: {\n  d: 'one\n two',\n  }\nlast: [\ny\n]\nend: here\n";
    const map = only(readYaml({ path, text: source }));
    assert.deepEqual(plain(map), plainOf({ a: { b: ["x"], c: { d: "one two" } }, last: ["y"], end: "here" }));
    for (const { text: characters, at } of knownPieces(map)) {
      assert.equal(source.slice(at.start, at.end).replace(/\s+/g, " "), characters);
    }
    assert.ok(map.kind === "map");
    assert.deepEqual(
      map.entries.map(({ value: { at } }) => source.slice(at.start, at.end)),
      [source.slice(5, source.indexOf("\nlast")), "[\ny\n]", "here"],
    );
    const many = `a: {\n${"b: [\n],\n".repeat(20)}}\n`;
    assert.equal(readYaml({ path, text: many }).kind, "documents");
  });

  it("says where it is not YAML, and never quotes it", () => {
    const cases: readonly (readonly [string, number])[] = [
      ["a: [hunter2\n", 12],
      ["a: 'hunter2\n", 12],
      ["\thunter2: 1\n", 8],
      ["a: *hunter2\n", 3],
      ["a: b: c\n", 4],
      ["a: 1\0\n", 4],
    ];
    for (const [source, start] of cases) {
      const result = readYaml({ path, text: source });
      assert.ok(result.kind === "failed", source);
      assert.ok(!result.message.includes("hunter2"));
      assert.equal(result.at.start, start, source);
    }
  });

  it("refuses what nests too deep, in flow and in blocks", () => {
    const blocks = Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i)}a:\n`).join("");
    for (const source of ["[".repeat(100_000), "- ".repeat(100_000), blocks]) {
      const result = readYaml({ path, text: source });
      assert.ok(result.kind === "failed" && result.limit === "depth", source.slice(0, 10));
    }
    const fits = "[".repeat(limits.depth) + "]".repeat(limits.depth);
    assert.equal(readYaml({ path, text: fits }).kind, "documents");
    assert.equal(readYaml({ path, text: `[${fits}]` }).kind, "failed");
  });

  it("never throws, whatever is cut out of a document or put into it", () => {
    const seeds = files.map((file) => readFileSync(join(root, file), "utf8").slice(0, 400));
    const added = fc.constantFrom(
      "",
      ..."[]{}:,-?|>'\"&*!#%@\t\n \\".split(""),
      "- ",
      ": ",
      "<<: ",
      "*a",
      "&a ",
      "!Sub ",
    );
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.nat(400), fc.nat(5), added, (seed, at, removed, insert) => {
        const result = readYaml({ path, text: seed.slice(0, at) + insert + seed.slice(at + removed) });
        if (result.kind === "documents") result.documents.forEach(plain);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Its lists and maps are read when somebody asks for them, where all of it is plain. */
describe("a large YAML text", () => {
  const large = (source: string): string => `${source}\n# ${"x".repeat(20_000)}\n`;
  const isTheSame = (source: string): void => {
    const [read, wanted] = [large(source), `${source}\n# x\n`].map((text) => readYaml({ path, text }));
    assert.ok(source.length < 20_000, "it is too large to be read at once");
    if (wanted?.kind === "documents") assert.deepEqual(read, wanted, source);
    else assert.equal(read?.kind, "failed", source);
  };

  it("is the same as a small one, in every fixture", () => {
    for (const file of files) isTheSame(readFileSync(join(root, file), "utf8"));
  });

  it("is the same as a small one, where nothing stands in a list, too", () => {
    isTheSame(`a:\n  -\n${"  - b\n".repeat(8)}c:\n  -\n  - !Sub\n${"  -\n".repeat(8)}`);
  });

  it("is not read before somebody asks, unless something in it is not plain", () => {
    const isRead = (source: string): boolean => {
      const value = only(readYaml({ path, text: large(source) }));
      assert.equal(value.kind, "map");
      return Object.getOwnPropertyDescriptor(value, "entries")?.get === undefined;
    };
    const map = "a: { b: !Sub x, c: [d, e] }\nf: !If [g, h, i]\n";
    assert.equal(isRead(map), false);
    for (const other of [
      `a: &x y\n${map.replace("a", "k")}`,
      `${map}<<: { x: y }\n`,
      `${map}? [x]\n: y\n`,
      `${map}"\\x61": x\n`,
      `${map}f: x\n`,
      `${map}x: { y: 1, y: 2 }\n`,
      `${map}~: x\n`,
      `${map}x: !!str y\n`,
      `${map}x: !<tag:yaml.org,2002:str> y\n`,
    ])
      assert.equal(isRead(other), true, other);
  });

  it("is the same as a small one, whatever is put into it", () => {
    const parts = [
      "&a ",
      "*a",
      "<<: ",
      "? ",
      "!!str ",
      "!Ref ",
      "! ",
      "- ",
      "\t",
      "{",
      "}",
      "[",
      "]",
      "'",
      '"',
      "~",
      ": ",
    ];
    const sources = files.map((file) => readFileSync(join(root, file), "utf8"));
    const change = fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), put: fc.constantFrom("", "\n", ...parts) });
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(change, { minLength: 1, maxLength: 3 }), (source, changes) => {
        const changed = changes.reduce((text, { at, cut, put }) => {
          const place = at % (text.length + 1);
          return text.slice(0, place) + put + text.slice(place + cut);
        }, source);
        isTheSame(changed);
      }),
      { numRuns: 400 },
    );
  });
});

describe("YAML with holes", () => {
  it("keeps holes in scalars, and takes a scalar that is a hole for an unknown value", () => {
    const result = decodeYaml(
      assembled('a: "x', hole("h"), 'y"\nb: ', hole("i"), "\nc: p", hole("j"), " q\nd: |\n  l", hole("k"), "\n"),
    );
    assert.deepEqual(plain(only(result)), plainOf({ a: "x<h>y", b: "<i>", c: "p<j> q", d: "l<k>\n" }));
  });

  it("knows holes in lines that are not indented enough", () => {
    const source = assembled("a:\n  b: [", hole("h"), ",\n  ", hole("i"), ", x\n  ]\nc: ", hole("j"), "\n");
    assert.deepEqual(plain(only(decodeYaml(source))), plainOf({ a: { b: ["<h>", "<i>", "x"] }, c: "<j>" }));
  });

  it("places what stands after holes", () => {
    const source = assembled("a: ", hole("h"), hole("i"), "\nb: here\n");
    const map = only(decodeYaml(source));
    assert.ok(map.kind === "map");
    assert.deepEqual([map.entries[1]?.keyAt.start, map.entries[1]?.value.at.start], [4, 7]);
  });

  it("takes a key with a hole for what the map may hold more", () => {
    assert.deepEqual(
      plain(only(decodeYaml(assembled("a: 1\n", hole("h"), ": 2\n")))),
      plainOf({ a: 1, "...": "<a key>" }),
    );
  });
});

function only(result: YamlResult): Value {
  assert.ok(result.kind === "documents", result.kind === "failed" ? result.message : "");
  const [document] = result.documents;
  assert.ok(document);
  return document;
}

function problems(result: YamlResult): readonly YamlProblem[] {
  assert.ok(result.kind === "documents");
  return result.problems;
}

function textOf(characters: string): Text {
  return text(characters, { file: path, start: 0, end: characters.length });
}

function hole(id: string): Hole {
  return { kind: "hole", unknown: unknown("no-default", id, { file: path, start: 0, end: 0 }) };
}

function assembled(...parts: readonly (string | Hole)[]): Text {
  let offset = 0;
  const pieces = parts.map((part): Piece => {
    if (typeof part !== "string") return part;
    const at = { file: path, start: offset, end: (offset += part.length) };
    return { kind: "known", text: part, at, traces: [] };
  });
  return { kind: "text", pieces, at: { file: path, start: 0, end: offset } };
}

/** Our tree with the texts of plain scalars, and maps as pairs. */
function ours(value: Value): unknown {
  switch (value.kind) {
    case "null":
      return "";
    case "bool":
      return "<bool>";
    case "number":
      return String(value.value);
    case "text":
      return plain(value);
    case "list":
      return value.items.map((item) => ours(item.value));
    case "map":
      return value.entries.map((entry) => [entry.key, ours(entry.value)]);
    case "unknown":
    case "choice":
      return value.kind;
  }
}

/** The yaml package's tree in the same form. */
function treeOf(node: unknown, document: Document): unknown {
  if (isAlias(node)) return treeOf(node.resolve(document), document);
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => {
      const text = isScalar(key) ? (key.source ?? "") : String(treeOf(key, document));
      return [text, treeOf(value, document)] as const;
    });
    const last = new Map(pairs.map((pair) => [pair[0], pair]));
    return tagged(
      node.tag,
      pairs.filter((pair) => last.get(pair[0]) === pair).map((pair) => [...pair]),
    );
  }
  if (isSeq(node)) {
    return tagged(
      node.tag,
      node.items.map((item) => treeOf(item, document)),
    );
  }
  if (!isScalar(node)) return "";
  const source = node.source ?? "";
  const isTyped = node.type === "PLAIN" && (node.tag === undefined || node.tag === "tag:yaml.org,2002:null");
  if (isTyped && /^(?:~|null|Null|NULL)$/.test(source)) return "";
  if (isTyped && /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(source))
    return "<bool>";
  return tagged(node.tag, source);
}

function tagged(tag: string | undefined, value: unknown): unknown {
  if (tag === undefined || !tag.startsWith("!") || tag === "!") return value;
  const name = tag.slice(1);
  if (name === "Ref" || name === "Condition") return [[name, value]];
  const dot = typeof value === "string" && name === "GetAtt" ? value.indexOf(".") : -1;
  if (typeof value === "string" && dot >= 0) return [["Fn::GetAtt", [value.slice(0, dot), value.slice(dot + 1)]]];
  return [[`Fn::${name}`, value]];
}

function scalarsAsText(value: unknown): unknown {
  if (value === null || value === "") return "";
  if (Array.isArray(value)) return value.map(scalarsAsText);
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scalarsAsText(one)]));
}
