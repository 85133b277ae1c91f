import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { charactersOf, jsonText } from "../../src/core/encode";
import type { Value } from "../../src/core/value";
import { valueOf } from "./console";
import { askedOfTerraform, generatedExpressions } from "./generated-expressions";

/** What `terraform console` 1.11.4 answers; ASK_TERRAFORM=1 UPDATE_GOLDEN=1 asks it anew. */
const table = join(__dirname, "../../fixtures/input/terraform/console/generated.txt");
const separator = "  =>  ";

describe("generated expressions of Terraform", () => {
  it("have the values that the console gave", () => {
    const rows = readFileSync(table, "utf8").trim().split("\n");
    assert.ok(rows.length > 400);
    for (const row of rows) {
      const [expression = "", answer] = row.split(separator);
      assert.equal(answerOf(valueOf(expression)), answer, expression);
    }
  });

  const asks = process.env["ASK_TERRAFORM"] !== undefined;
  (asks ? it : it.skip)("have the values that the console gives now", () => {
    const recorded = accepted(20_261_126, 2_000);
    if (process.env["UPDATE_GOLDEN"] !== undefined) {
      writeFileSync(table, recorded.map((row) => `${row.join(separator)}\n`).join(""));
    }
    for (const [expression, answer] of [...recorded, ...accepted(Math.floor(Math.random() * 1e9), 2_000)]) {
      assert.equal(answerOf(valueOf(expression)), answer, expression);
    }
  }).timeout(240_000);
});

/**
 * Expressions that the console takes, with its answers. It refuses what has an error anywhere, even where nobody asks for
 * that part, which is read over here, so that the rest of a configuration is looked at.
 */
function accepted(seed: number, count: number): readonly (readonly [string, string])[] {
  const answers = askedOfTerraform(generatedExpressions(seed, count));
  assert.ok(answers, "there is no terraform on the PATH");
  return [...answers].filter(([, answer]) => answer !== "error");
}

function answerOf(value: Value): string {
  if (value.kind === "unknown") return value.reason.kind === "invalid" ? "error" : value.reason.what;
  return charactersOf(jsonText(value)) ?? "partly unknown";
}
