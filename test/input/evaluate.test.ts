import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answerOf } from "./console";
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
