import assert from "node:assert/strict";
import fc from "fast-check";
import type { Place } from "../../src/core/report";
import { characterWidth, toAscii, widthOf, wrap } from "../../src/output/columns";
import { frame } from "../../src/output/frame";
import { concise } from "../../src/output/concise";
import { full } from "../../src/output/full";
import { makeReport } from "../../src/report/report";
import { example, plainOptions } from "./example";

const bar = "│ ";

function placeIn(text: string, start: number, end: number): Place {
  return {
    file: "a.tf",
    offset: start,
    start: { line: 1, column: start + 1 },
    end: { line: 1, column: end + 1 },
    snippet: { text, start, end, cutBefore: false, cutAfter: false },
  };
}

/** What stands above the underline in a frame of one place, by columns of the terminal. */
function underlined(place: Place, width: number): string {
  const { start, end } = place.snippet;
  const lines = frame([{ place, marks: [{ start, end, style: "error" }] }], [], { ...plainOptions, width });
  const [, code = "", marks = ""] = lines.map((line) => line.slice(line.indexOf(bar) + bar.length));
  const [from, to] = [marks.indexOf("━"), marks.lastIndexOf("━") + 1];
  let shown = "";
  let column = 0;
  for (const character of code) {
    if (column >= from && column < to) shown += character;
    column += characterWidth(character);
  }
  return shown;
}

const character = fc.oneof(
  fc.constantFrom(...'abcxyz_="{}[]'.split("")),
  fc.constantFrom("\t", " ", "é", "送", "信", "📮", "─", "한"),
);

describe("full", () => {
  it("underlines exactly the place, whatever stands before it: tabs, wide characters, emoji", () => {
    const parts = fc.tuple(
      fc.array(character, { maxLength: 30 }),
      fc.array(fc.constantFrom("a", "送", "📮", "é"), { minLength: 1, maxLength: 8 }),
      fc.array(character, { maxLength: 30 }),
    );
    fc.assert(
      fc.property(parts, fc.constantFrom(60, 100, 200), ([before, marked, after], width) => {
        const start = before.join("").length;
        const place = placeIn([...before, ...marked, ...after, "."].join(""), start, start + marked.join("").length);
        assert.equal(underlined(place, width), marked.join(""));
      }),
    );
  });

  it("names a resource once that two units have under one address", () => {
    const [one] = example.findings;
    assert.ok(one);
    const report = makeReport({ ...example, findings: ["a", "b"].map((unit) => ({ ...one, unit })) });
    assert.equal(report.findings[0]?.subjects.length, 2);
    assert.doesNotMatch(full.render(report, plainOptions), /for: /);
    assert.doesNotMatch(concise.render(report, plainOptions), /\(for /);
  });

  it("cuts a long line around the place", () => {
    const text = `${"x".repeat(200)}ses:*${"y".repeat(200)}`;
    assert.equal(underlined(placeIn(text, 200, 205), 60), "ses:*");
  });

  it("fits in the width, but for paths and words that are longer", () => {
    const words = fc.array(fc.string({ minLength: 1, maxLength: 10, unit: fc.constantFrom("a", "送", "é") }));
    fc.assert(
      fc.property(words, fc.nat({ max: 30 }), fc.constantFrom(40, 80), (label, start, width) => {
        const place = placeIn("x".repeat(200), start, start + 5);
        const text = label.join(" ");
        const marks = [{ start, end: start + 5, style: "error" as const, label: text }];
        const footers = [{ word: "help", text, style: "note" as const }];
        for (const line of frame([{ place, marks }], footers, { ...plainOptions, width })) {
          assert.ok(widthOf(line) <= width, `${String(widthOf(line))}: ${line}`);
        }
      }),
    );
  });

  it("writes nothing but ASCII where the terminal has nothing else", () => {
    const place = placeIn(`送 = "é…"`, 0, 1);
    const lines = frame([{ place, marks: [{ start: 0, end: 1, style: "error", label: "→ 送" }] }], [], {
      ...plainOptions,
      unicode: false,
    });
    assert.match(lines.join("\n"), /^[\x00-\x7f]*$/);
    assert.equal(toAscii("a…→é"), "a...->?");
  });

  it("knows the columns that a character takes", () => {
    const widths = ["a", "é", "─", "送", "한", "Ａ", "📮", "\u0301", "\u200d"].map(characterWidth);
    assert.deepEqual(widths, [1, 1, 1, 2, 2, 2, 2, 0, 0]);
    assert.equal(widthOf("a送\u0301"), 3);
  });

  it("wraps between words only", () => {
    assert.deepEqual(wrap("one two three", 8), ["one two", "three"]);
    assert.deepEqual(wrap("aws_iam_user.mail is", 5), ["aws_iam_user.mail", "is"]);
  });
});
