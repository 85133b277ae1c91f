import assert from "node:assert/strict";
import declarations from "../../fixtures/input/terraform/syntax/declarations.json";
import worths from "../../fixtures/input/terraform/syntax/values.json";
import snippets from "../../fixtures/input/terraform/syntax/verdicts.json";
import type { Diagnostic } from "../../src/core/diagnostic";
import { lineStarts, positionAt, type Span } from "../../src/core/source";
import type { Value } from "../../src/core/value";
import { lintSources } from "../../src/lint";
import { parseConfig } from "../../src/input/terraform/parse/parse";
import { golden } from "../golden";
import { plain, plainOf } from "../plain";
import { valueOf } from "./console";

/** What Terraform answered is in the fixtures: see scripts/record-syntax.ts. */
describe("HCL: as Terraform 1.11 reads it", () => {
  for (const { name, source, terraform } of snippets) {
    it(`${name}: Terraform ${terraform} ${JSON.stringify(source)}`, () => {
      const { problems } = parseConfig({ path: "a.tf", text: source });
      assert.equal(problems.length === 0 ? "accepts" : "rejects", terraform);
    });
  }

  const at: Span = { file: "a.tf", start: 0, end: 0 };
  const one: Value = { kind: "number", value: 1, at };
  const variables: Readonly<Record<string, Value>> = {
    one,
    k: { kind: "text", pieces: [{ kind: "known", text: "kk", at, traces: [] }], at },
    list: { kind: "list", shape: "list", items: [{ guard: [], value: one }], at },
  };
  for (const { name, expression, value } of worths) {
    it(`${name}: ${JSON.stringify(expression)} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(plain(valueOf(expression, variables)), plainOf(value));
    });
  }

  it("says what was expected and what was found", () => {
    const told = snippets.map(({ source }) => {
      const { problems } = parseConfig({ path: "a.tf", text: source });
      const lines = problems.map((problem) => `  ${positionOf(problem, source)} ${problem.message}\n`);
      return lines.length === 0 ? "" : `${JSON.stringify(source)}\n${lines.join("")}`;
    });
    golden("fixtures/input/terraform/syntax/problems.txt", told.join(""));
  });
});

describe("declarations: as Terraform 1.11 takes them", () => {
  const refusals = (path: string, text: string) =>
    lintSources([{ path, text }], { rules: [] }).diagnostics.filter(({ kind }) => kind !== "unresolved");

  for (const { path, source, terraform } of declarations) {
    it(`${path}: Terraform ${terraform} ${JSON.stringify(source)}`, () => {
      assert.equal(refusals(path, source).length === 0 ? "accepts" : "rejects", terraform);
    });
  }

  it("says what is wrong where", () => {
    const told = declarations.map(({ path, source }) => {
      const lines = refusals(path, source).map(
        ({ start, message }) => `  ${start?.line ?? 0}:${start?.column ?? 0} ${message}\n`,
      );
      return lines.length === 0 ? "" : `${JSON.stringify(source)}\n${lines.join("")}`;
    });
    golden("fixtures/input/terraform/syntax/declarations.txt", told.join(""));
  });

  const taken = [
    'resource "a" "b" {\n  lifecycle {\n    enabled = false\n  }\n}',
    'variable "a" {\n  type       = "string"\n  deprecated = "b"\n}',
    "terraform {\n  encryption {}\n}",
    'action "a" "b" {\n  config {}\n}',
  ];
  for (const text of taken) {
    it(`of another version, or of OpenTofu: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(refusals("main.tf", text), []);
    });
  }

  it("an override need not be whole", () => {
    const override = { path: "a_override.tf", text: 'output "a" {\n  sensitive = true\n}' };
    const { diagnostics } = lintSources([{ path: "main.tf", text: 'output "a" {\n  value = 1\n}' }, override], {
      rules: [],
    });
    assert.deepEqual(diagnostics, []);
  });
});

function positionOf(problem: Diagnostic, source: string): string {
  const { line, column } = positionAt(lineStarts(source), problem.at?.start ?? 0);
  return `${line}:${column}`;
}
