import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { charactersOf, jsonText } from "../../src/core/encode";
import type { Value } from "../../src/core/value";
import { projectOf, sourcesBelow } from "./modules";

const folder = "fixtures/input/terraform/console";
const rows = readFileSync(join(__dirname, "../..", folder, "console.txt"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [expression = "", answer] = line.split("  =>  ");
    return answer === undefined ? [] : [{ expression, answer }];
  });

/** Every expression as an output of the module that the console was asked in. */
const outputs = rows.map(({ expression }, i) => `output "row${i}" {\n  value = ${expression}\n}\n`).join("");
const sources = [...sourcesBelow(`${folder}/module`), { path: "outputs.tf", text: outputs }];

describe("expressions of Terraform", () => {
  const [unit] = projectOf(sources).units;
  rows.forEach(({ expression, answer }, i) => {
    it(`are what the console says: ${expression}`, () => {
      const output = unit?.outputs[i];
      assert.ok(output);
      assert.equal(answerOf(output.value()), answer);
    });
  });
});

function answerOf(value: Value): string {
  if (value.kind === "unknown") {
    const isError = value.reason.kind === "invalid" || value.reason.what === "nonexistent()";
    return isError ? "error" : `${value.reason.kind} ${value.reason.what}`;
  }
  const isSet = value.kind === "list" && value.shape === "set";
  return `${isSet ? "set " : ""}${charactersOf(jsonText(value)) ?? "partly unknown"}`;
}
