import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSources } from "../../src/core/read";
import { terraform } from "../../src/input/terraform";
import { whole } from "./whole";

const folder = join(__dirname, "../../fixtures/input/terraform/adapt");
const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name, "main.tf"), "utf8"));

/** One damage to a text: a range of it is replaced by a range of another, or by an expression. */
const damage = fc.record({
  start: fc.nat(4_000),
  length: fc.nat(60),
  from: fc.constantFrom(...texts),
  at: fc.nat(4_000),
  width: fc.nat(150),
  expression: fc.constantFrom(
    undefined,
    "null",
    "var.x",
    "local.y",
    "[]",
    "{}",
    '"',
    "each.value",
    "[for x in var.y : x]",
  ),
});

describe("Terraform to the model", () => {
  it("gives a model of any damaged configuration", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 6 }), (written, damages) => {
        let text = written;
        for (const { start, length, from, at, width, expression } of damages) {
          text = text.slice(0, start) + (expression ?? from.slice(at, at + width)) + text.slice(start + length);
        }
        whole(terraform.adapt([{ path: "main.tf", named: true }], readSources([{ path: "main.tf", text }])));
      }),
      { numRuns: 500 },
    );
  });
});
