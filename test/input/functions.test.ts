import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { charactersOf, jsonText } from "../../src/core/encode";
import type { Value } from "../../src/core/value";
import { knownPieces } from "../plain";
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

describe("places of what functions make", () => {
  it("are exact only where the characters stand there, in either case", () => {
    for (const { expression } of rows) {
      const source = `value = ${expression}\n`;
      for (const { text, at } of knownPieces(valueOf(expression))) {
        // A few letters outside of ASCII have another case in JavaScript than in Go.
        if (at.file !== "main.tf" || at.end - at.start !== text.length || !/^[\u0000-\u007f]*$/.test(text)) continue;
        assert.equal(source.slice(at.start, at.end).toLowerCase(), text.toLowerCase(), expression);
      }
    }
  });

  const exact = [
    ['join("-", ["one", "two"])', ["one", "-", "two"]],
    ['format("a-%s-b", "one")', ["a-", "one", "-b"]],
    ['split(",", "one,two")', ["one", "two"]],
    ['replace("one two", "two", "three")', ["one ", "three"]],
    ['replace("one two", "/(t)wo/", "<$1>")', ["one ", "<", "t", ">"]],
    ['substr("one two", 4, 3)', ["two"]],
    ['trimspace("  one ")', ["one"]],
    ['regex("t.*", "one two")', ["two"]],
    ['upper("one")', ["ONE"]],
    ['jsondecode("[1]")', []],
    ['jsondecode(jsonencode(["one"]))', ["one"]],
    ['base64decode(base64encode("one"))', ["one"]],
    ['csvdecode("a\\none")', ["one"]],
    ['jsondecode(file("policy.json")).Version', ["2012-10-17"]],
  ] as const;
  for (const [expression, texts] of exact) {
    it(`are kept: ${expression}`, () => {
      const pieces = knownPieces(valueOf(expression)).filter(({ text, at }) => at.end - at.start === text.length);
      assert.deepEqual(
        pieces.map((piece) => piece.text),
        texts,
      );
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
