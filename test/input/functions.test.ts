import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Span } from "../../src/core/source";
import { tracesOf, unknown } from "../../src/core/text";
import type { Path } from "../../src/core/value";
import { knownPieces } from "../plain";
import { answerOf, folder, valueOf } from "./console";

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

describe("traces through functions", () => {
  it("name every function that they ran through, the newest first", () => {
    const at: Span = { file: "main.tf", start: 0, end: 1 };
    const origin: Path = { at, what: "aws_iam_access_key.mail.secret" };
    const secret = unknown("after-apply", "secret", at, {
      traces: [{ credential: "aws_iam_access_key.mail", form: "secret-access-key", certainty: "is", path: origin }],
    });
    const value = valueOf('format("%s!", join("", [replace(var.secret, "+", "-"), "x"]))', { secret });
    const [trace] = tracesOf(value);
    const names: string[] = [];
    for (let path: Path | undefined = trace?.path; path; path = path.before) names.push(path.what);
    assert.deepEqual(names, ["format", "join", "replace", "aws_iam_access_key.mail.secret"]);
    assert.equal(trace?.certainty, "is");
  });
});
