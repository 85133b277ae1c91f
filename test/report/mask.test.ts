import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { lineStarts } from "../../src/core/source";
import { joinRanges, type Hidden, type Range } from "../../src/report/mask/hidden";
import { hiddenIn, hiddenWithin } from "../../src/report/mask/mask";
import { isPrintable } from "../../src/report/mask/shapes";
import { golden } from "../golden";

const folder = "fixtures/output/mask";
const files = [
  "code.tf",
  "stack.tf.json",
  "broken.tf",
  "template.yaml",
  "assembly.json",
  "policy.json.tpl",
  "values.env",
  "app.js",
  "app.py",
];

/** The whole of a source as it is shown. */
function masked(path: string, text: string): string {
  return shown(text, { start: 0, end: text.length }, hiddenIn({ path, text }));
}

/** A part of a text as it is shown. */
function shown(text: string, { start, end }: Range, hidden: readonly Hidden[]): string {
  let result = "";
  let at = start;
  for (const part of hidden.filter((one) => one.end > start && one.start < end)) {
    result += text.slice(at, part.start) + part.as;
    at = part.end;
  }
  return result + text.slice(at, Math.max(at, end));
}

describe("masking", () => {
  for (const file of files) {
    const text = readFileSync(join(__dirname, "../..", folder, file), "utf8");

    it(`shows the structure of ${file} and none of its literals`, () => {
      golden(`${folder}/${file}.masked`, masked(file, text));
    });

    it(`shows hunter2 nowhere in ${file}`, () => {
      assert.match(text, /hunter2/);
      assert.doesNotMatch(masked(file, text), /hunter/);
    });
  }

  it("hides the same of some lines as of the whole file", () => {
    for (const path of files) {
      const text = readFileSync(join(__dirname, "../..", folder, path), "utf8");
      const starts = lineStarts(text);
      const lines = starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
      const whole = hiddenIn({ path, text });
      for (const [i, line] of lines.entries()) {
        const later = lines.slice(i + 7, i + 8);
        const some = hiddenWithin({ path, text }, joinRanges([line, ...later]));
        for (const part of [line, ...later]) {
          assert.equal(shown(text, part, some), shown(text, part, whole), `${path}:${i + 1}`);
        }
      }
    }
  });

  it("hides a run that reaches out of what is asked for, and walks it once", () => {
    const text = `# ${"t6rTSFiHKgcXKAq8s3nWqYWBfeoOKCzVQd5mn3x+".repeat(20_000)}`;
    const asked = Array.from({ length: 20_000 }, (_, i) => ({ start: 20 + i * 40, end: 40 + i * 40 }));
    assert.deepEqual(hiddenWithin({ path: "a.yaml", text }, asked).length, 1);
  });

  it("shows actions, ARNs, types and SES hosts wherever they stand", () => {
    for (const text of [
      "ses:SendRawEmail",
      "ses:*",
      "*",
      "arn:aws:iam::123456789012:user/mail/shop",
      "arn:aws:iam::aws:policy/AmazonSESFullAccess",
      "AWS::IAM::User",
      "email-smtp.eu-west-1.amazonaws.com",
      "eu-west-1",
      "587",
      "2012-10-17",
    ]) {
      assert.ok(isPrintable(text, "anything"), text);
    }
  });

  it("shows a name in the position of a name, and nowhere else", () => {
    assert.ok(isPrintable("shop-mailer", "UserName"));
    assert.ok(isPrintable("shop-mailer", "user_name"));
    assert.ok(!isPrintable("shop-mailer", "Password"));
    assert.ok(!isPrintable("shop-mailer", ""));
  });

  it("shows what could be a credential in no position", () => {
    for (const text of [
      "AKIA1234567890ABCDEF",
      "t6rTSFiH/KgcXKAq8s3nWqYWB/feoOKCzVQd5mn3x",
      "https://x:hunter2@github.com/a/b",
    ]) {
      assert.ok(!isPrintable(text, "name"), text);
    }
  });

  it("shows a logical id of the CDK, long as it is", () => {
    assert.ok(isPrintable("MailStackSmtpUserAccessKeyDefaultPolicy8A9B1C2D", "Ref"));
    assert.ok(isPrintable("ProductionMailStackUserKey30900E02SecretAccessKey", "Ref"));
  });

  it("takes any text, and hides parts of it that are sorted and apart", () => {
    const fragment = fc.oneof(
      fc.constantFrom('"', "'", "${", "%{", "}", "{", "[", "]", "(", ")", "<<EOT\n", "\nEOT\n", "\n", "\\", '\\"', "#"),
      fc.constantFrom(
        "a = ",
        "a: ",
        "- ",
        "!Sub ",
        "`",
        "/",
        "/*",
        "*/",
        "//",
        " ",
        "\r\n",
        "name",
        "hunter2",
        "=",
        ":",
        ",",
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("a.tf", "a.yaml", "a.ts", "a.py"),
        fc.array(fragment, { maxLength: 60 }),
        (path, fragments) => {
          const text = fragments.join("");
          let end = 0;
          for (const part of hiddenIn({ path, text })) {
            assert.ok(part.start >= end && part.end > part.start && part.end <= text.length, JSON.stringify(text));
            end = part.end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("shows nothing of a file that is too large to be read for it", () => {
    const text = `{"a": "ses:SendRawEmail", "b": [\n${'"ses:SendRawEmail",\n'.repeat(600_000)}1]}`;
    assert.deepEqual(
      hiddenIn({ path: "plan.json", text }).map(({ start, end }) => ({ start, end })),
      [{ start: 0, end: text.length }],
    );
  });

  it("takes time in proportion to the text", () => {
    // Each would take minutes if anything here were quadratic.
    for (const text of ['"', "${", "'", '\\"', "<<E\n", "[", "{a:", "//", "/*", "x=", "&a ", "\n#", "`${", "(/["]) {
      hiddenIn({ path: "a.tf", text: text.repeat(50_000) });
      hiddenIn({ path: "a.ts", text: text.repeat(50_000) });
      hiddenIn({ path: "a.py", text: text.repeat(50_000) });
      hiddenIn({ path: "a.json", text: text.repeat(50_000) });
    }
  });
});
