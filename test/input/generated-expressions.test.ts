import assert from "node:assert/strict";
import { charactersOf, jsonText } from "../../src/core/encode";
import type { Value } from "../../src/core/value";
import { golden } from "../golden";
import { valueOf } from "./console";
import { askedOfTerraform, generatedExpressions } from "./generated-expressions";

const recorded = generatedExpressions(20_261_126, 400);

describe("generated expressions of Terraform", () => {
  /** The file is what `terraform console` 1.11.4 answers; UPDATE_GOLDEN=1 writes what we do, for the next test to check. */
  it("have the values that the console gave", () => {
    const lines = recorded.map((expression) => `${expression}  =>  ${answerOf(valueOf(expression))}\n`);
    golden("fixtures/input/terraform/console/generated.txt", lines.join(""));
  });

  const asks = process.env["ASK_TERRAFORM"] !== undefined;
  (asks ? it : it.skip)("have the values that the console gives now", () => {
    const expressions = [...recorded, ...generatedExpressions(Math.floor(Math.random() * 1e9), 400)];
    const answers = askedOfTerraform(expressions);
    assert.ok(answers, "there is no terraform on the PATH");
    for (const expression of expressions) {
      assert.equal(answerOf(valueOf(expression)), answers.get(expression), expression);
    }
  }).timeout(120_000);
});

function answerOf(value: Value): string {
  if (value.kind === "unknown") return value.reason.kind === "invalid" ? "error" : value.reason.what;
  return charactersOf(jsonText(value)) ?? "partly unknown";
}
