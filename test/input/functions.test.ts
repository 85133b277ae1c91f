import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { charactersOf, jsonText } from "../../src/core/encode";
import type { Value } from "../../src/core/value";
import { folder, valueOf } from "./console";

const rows = readFileSync(join(folder, "console.txt"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [expression, answer] = line.split("  =>  ");
    return answer === undefined || expression === undefined ? [] : [{ expression, answer }];
  });

describe("functions of Terraform", () => {
  for (const { expression, answer } of rows) {
    it(`answer as the console: ${expression}`, () => {
      assert.equal(answerOf(valueOf(expression)), answer);
    });
  }
});

function answerOf(value: Value): string {
  if (value.kind === "unknown") {
    const isError = value.reason.kind === "invalid" || value.reason.kind === "missing";
    return isError ? "error" : `${value.reason.kind} ${value.reason.what}`;
  }
  const isSet = value.kind === "list" && value.shape === "set";
  return `${isSet ? "set " : ""}${charactersOf(jsonText(value)) ?? "partly unknown"}`;
}
