import assert from "node:assert/strict";
import fc from "fast-check";
import { parseToObject } from "hcl2-parser";
import snippets from "../../fixtures/input/terraform/syntax/verdicts.json";
import { terraformFiles } from "../../bench/corpus";
import { parseConfig } from "../../src/input/terraform/parse/parse";
import { plainOf } from "../plain";
import { hasWrongConstant, jsonOfBody } from "./hcl-json";
import { anyMutation } from "./hcl-snippets";
import { anyBody } from "./hcl-valid";

// Its types say any.
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment
const parseReference: (text: string) => readonly [unknown, unknown] = parseToObject;

/** The reference is an HCL of 2020, without namespaces of functions; it takes minutes for such exponents. */
const later = /::|[eE][+-]?\d{5,9}(?!\d)/;

/** Go's strings cannot hold one. */
const loneSurrogate = /[\ud800-\udfff]/u;

describe("HCL: as hcl2-parser reads it", () => {
  for (const { name, source } of snippets.filter((snippet) => !later.test(snippet.source))) {
    it(`${name}: ${JSON.stringify(source)}`, () => {
      assertSame(source);
    });
  }

  it("whole files of every kind", () => {
    for (const text of terraformFiles(12)) assertSame(text);
  });

  it("any body that follows the grammar, and it is accepted", () => {
    fc.assert(
      fc.property(anyBody, (text) => {
        assert.deepEqual(parseConfig({ path: "a.tf", text }).problems, []);
        assertSame(text);
      }),
      { numRuns: 150 },
    );
  });

  it("any snippet with a few changes", () => {
    fc.assert(
      fc.property(anyMutation, (text) => {
        if (!later.test(text) && !loneSurrogate.test(text)) assertSame(text);
      }),
      { numRuns: 300 },
    );
  });
});

function assertSame(text: string): void {
  const answer = answerOf(text);
  if (answer === undefined) return;
  const [reference, error] = answer;
  const { file, problems } = parseConfig({ path: "a.tf", text });
  const where = JSON.stringify(text);
  if (hasWrongConstant(file.body)) return;
  assert.equal(problems.length === 0, error === null, `${where}: ${problems.map(({ message }) => message).join(" ")}`);
  const json = problems.length === 0 ? jsonOfBody(file.body, text) : undefined;
  if (json !== undefined) assert.deepEqual(plainOf(json), plainOf(reference), where);
}

/** Undefined where the reference panics, as it does on a null in a string. */
function answerOf(text: string): readonly [unknown, unknown] | undefined {
  try {
    return parseReference(text);
  } catch {
    return undefined;
  }
}
