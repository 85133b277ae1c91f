import assert from "node:assert/strict";
import { parseConfig, parseTemplate } from "../../src/input/terraform/parse/parse";

/** Large enough that a stack, or time that grows with the square, would not do. */
const many = 50_000;

const tooDeep: Readonly<Record<string, string>> = {
  parentheses: `x = ${"(".repeat(many)}1${")".repeat(many)}`,
  "parentheses without end": `x = ${"(".repeat(many)}`,
  lists: `x = ${"[".repeat(many)}${"]".repeat(many)}`,
  objects: `x = ${"{a=".repeat(many)}1${"}".repeat(many)}`,
  calls: `x = ${"f(".repeat(many)}${")".repeat(many)}`,
  interpolations: `x = ${'"${'.repeat(many)}1${'}"'.repeat(many)}`,
  "interpolations without end": `x = ${'"${'.repeat(many)}`,
  "brackets of all kinds": `x = ${'({a=[f("${'.repeat(many / 5)}`,
  negations: `x = ${"!".repeat(many)}a`,
  conditionals: `x = ${"a ? b : ".repeat(many)}c`,
  "for in for": `x = ${"[for a in ".repeat(many)}`,
  attributes: `x = a${".b".repeat(many)}`,
  indexes: `x = a${"[0]".repeat(many)}`,
  splats: `x = a${"[*]".repeat(many)}`,
  sums: `x = 1${" + 1".repeat(many)}`,
  directives: `x = "${"%{ if a }".repeat(many)}${"%{ endif }".repeat(many)}"`,
  blocks: `${"a {\n".repeat(many)}${"}\n".repeat(many)}`,
};

const wide: Readonly<Record<string, string>> = {
  attributes: Array.from({ length: many }, (_, i) => `x${i} = 1\n`).join(""),
  items: `x = [${"1, ".repeat(many)}]\n`,
  interpolations: `x = "${"${~ a ~} ".repeat(many)}"\n`,
  labels: `a ${'"b" '.repeat(many)}{}\n`,
  "heredoc lines": `x = <<-EOT\n${"  a\n".repeat(many)}  EOT\n`,
  dollars: `x = "${"$%".repeat(many)}"\n`,
  "namespaces of a function": `x = a${"::a".repeat(many)}(1)\n`,
};

const broken: Readonly<Record<string, string>> = {
  "heredocs without end": Array.from({ length: many }, (_, i) => `resource "a" "b" {\n  x = <<E${i}\n`).join(""),
  "blocks without end": 'resource "a" "b" {\n'.repeat(many),
  "strings without end": 'x = "\n'.repeat(many),
  "comments without end": "x = 1 /*\n".repeat(many),
  "brackets that do not match": `x = ${"([{".repeat(many)}${")".repeat(many)}\n`,
  "interpolations in strings without end": 'x = "${"\n'.repeat(many),
  quotes: '"'.repeat(many),
  backslashes: `x = "${"\\u".repeat(many)}"\n`,
  "closing braces": "}\n".repeat(many),
};

describe("HCL: hostile input", () => {
  for (const [what, text] of Object.entries(tooDeep)) {
    it(`${what} in each other are one problem with a limit, and what follows is there`, () => {
      const { file, problems } = parseConfig({ path: "a.tf", text: `${text}\nresource "a" "b" {}\n` });
      assert.deepEqual(
        problems.filter(({ kind }) => kind === "limit").map(({ limit }) => limit),
        ["depth"],
      );
      assert.equal(file.body.blocks.at(-1)?.type.text, "resource");
    });
  }

  for (const [what, text] of Object.entries(wide)) {
    it(`many ${what} are no problem`, () => {
      assert.deepEqual(parseConfig({ path: "a.tf", text }).problems, []);
    });
  }

  for (const [what, text] of Object.entries(broken)) {
    it(`many ${what} are a few problems`, () => {
      const { problems } = parseConfig({ path: "a.tf", text });
      assert.ok(problems.length > 0 && problems.length <= 22);
      parseTemplate({ path: "a.tpl", text: `\${${text}` });
    });
  }
});
