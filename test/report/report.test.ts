import assert from "node:assert/strict";
import fc from "fast-check";
import { when } from "../../src/core/guard";
import { name } from "../../src/core/message";
import type { Source } from "../../src/core/source";
import { makeReport } from "../../src/report/report";
import { asked, evidenceOf, found, placeOf, ruleA, ruleB, step } from "./evidence";

const source: Source = {
  path: "infra/main.tf",
  text: `Action = ["ses:*", "iam:*"]\nuser = aws_iam_user.mail.name\npassword = "hunter2"\n`,
};
const other: Source = { path: "infra/a.tf", text: `Action = "ses:*"\n` };
const ses = placeOf(source, "ses:*");
const iam = placeOf(source, "iam:*");
const user = placeOf(source, "aws_iam_user.mail.name");

function reportOf(findings: Parameters<typeof evidenceOf>[1] & object) {
  return makeReport(evidenceOf([source, other], findings));
}

describe("report", () => {
  it("shows a construct path however long it is, but no credential as a name in it", () => {
    const [path, key] = [
      "Stage2/MailService/Senders/User/DefaultPolicy/Resource",
      "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzz9",
    ];
    const { findings } = reportOf({
      findings: [
        { ...found(ses), construct: path },
        { ...found(user), construct: `App/${key}/Resource` },
      ],
    });
    const constructs = findings.map(({ subjects: [subject] }) => subject?.construct);
    assert.deepEqual(constructs, [path, "App/***/Resource"]);
  });

  describe("findings of one rule on one line", () => {
    it("are one, at the first token, with the others related", () => {
      const { findings } = reportOf({
        findings: [
          found(iam, { message: name("It allows iam:*.") }),
          found(ses, { message: name("It allows ses:*.") }),
        ],
      });
      assert.equal(findings.length, 1);
      const [finding] = findings;
      assert.equal(finding?.place.snippet.text.slice(finding.place.snippet.start, finding.place.snippet.end), "ses:*");
      assert.equal(finding.message, "It allows ses:*.");
      assert.deepEqual(
        finding.related.map((step) => [step.place.start.column, step.message]),
        [[21, "It allows iam:*."]],
      );
    });

    it("have the level and the message of the gravest", () => {
      const { findings } = reportOf({
        findings: [
          found(ses, { level: "note", message: name("It allows ses:*.") }),
          found(iam, { level: "error", message: name("It allows iam:*."), steps: [step(user, "It is an SMTP user.")] }),
        ],
      });
      const [finding] = findings;
      assert.equal(finding?.level, "error");
      assert.equal(finding.message, "It allows iam:*.");
      assert.equal(finding.place.start.column, 12);
      assert.deepEqual(
        finding.steps.map((one) => one.message),
        ["It is an SMTP user.", "It allows iam:*."],
      );
    });

    it("list every subject once", () => {
      const { findings } = reportOf({
        findings: [found(ses, { subject: "b" }), found(ses, { subject: "a" }), found(ses, { subject: "b" })],
      });
      assert.deepEqual(
        findings.map(({ subjects }) => subjects.map((subject) => subject.address)),
        [["a", "b"]],
      );
    });

    it("stay apart from those of another rule, another line, and from open questions", () => {
      const report = reportOf({ findings: [found(ses), found(ses, {}, ruleB), found(user), asked(ses)] });
      assert.equal(report.findings.length, 3);
      assert.equal(report.undecided.length, 1);
    });

    it("keep each unknown thing of merged questions once", () => {
      const because = (what: string) => [{ reason: { kind: "no-default" as const, what }, at: user }];
      const { undecided, unresolved } = reportOf({
        findings: [
          asked(ses, { because: because("var.b") }),
          asked(iam, { because: because("var.a") }),
          asked(iam, { because: because("var.b") }),
        ],
      });
      assert.deepEqual(
        undecided.map((question) => question.because.map((one) => one.what)),
        [["var.a", "var.b"]],
      );
      assert.deepEqual(
        unresolved.map((one) => one.what),
        ["var.a", "var.b"],
      );
    });
  });

  describe("a guard", () => {
    const messages = (...findings: Parameters<typeof found>[1][]) =>
      reportOf({ findings: findings.map((more) => found(ses, more)) }).findings.map(({ message }) => message);

    it("is told in the message", () => {
      assert.deepEqual(messages({ guard: [...when("var.env", "prod"), ...when("var.small", false)] }), [
        'aws_iam_user.mail is wrong. This applies when var.env is "prod" and not var.small.',
      ]);
    });

    it("is not told where one of the merged findings has none", () => {
      assert.deepEqual(messages({ guard: when("var.env", "prod") }, {}), ["aws_iam_user.mail is wrong."]);
    });

    it("gives way to a finding as grave that has none, on another subject", () => {
      const sometimes = found(ses, { guard: when("var.mail", "true"), message: name("mail is wrong.") });
      const always = found(ses, { subject: "aws_iam_user.news", message: name("news is wrong.") });
      const { findings } = reportOf({ findings: [sometimes, always] });
      assert.deepEqual(
        findings.map((one) => one.message),
        ["news is wrong."],
      );
    });

    it("is told as alternatives where the merged findings have several", () => {
      assert.deepEqual(messages({ guard: when("var.a", "true") }, { guard: when("var.b", "true"), subject: "b" }), [
        "aws_iam_user.mail is wrong. This applies when (var.a or var.b).",
      ]);
    });

    it("never tells a credential", () => {
      const [message = ""] = messages({ guard: when("var.key", "AKIA1234567890ABCDEF") });
      assert.match(message, /var\.key is "\*\*\*"/);
    });
  });

  it("is sorted by path, offset and rule, in whatever order it was found", () => {
    const findings = [found(user), found(ses, {}, ruleB), found(ses), found(placeOf(other, "ses:*")), asked(user)];
    const expected = JSON.stringify(reportOf({ findings }));
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: findings.length }), (shuffled) => {
        assert.equal(JSON.stringify(reportOf({ findings: shuffled })), expected);
      }),
    );
    assert.deepEqual(
      reportOf({ findings }).findings.map(({ place, rule }) => [place.file, place.offset, rule]),
      [
        ["infra/a.tf", 10, "rule-a"],
        ["infra/main.tf", ses.start, "rule-a"],
        ["infra/main.tf", ses.start, "rule-b"],
        ["infra/main.tf", user.start, "rule-a"],
      ],
    );
  });

  describe("a fingerprint", () => {
    const printsOf = (file: Source, findings: ReturnType<typeof found>[]) =>
      makeReport(evidenceOf([file], { findings })).findings.map((finding) => finding.fingerprint);

    it("stays when lines are added above and the file is renamed", () => {
      const moved: Source = { path: "infra/mail.tf", text: `# Mail\n\n${source.text}` };
      assert.deepEqual(printsOf(source, [found(ses)]), printsOf(moved, [found(placeOf(moved, "ses:*"))]));
    });

    it("differs by rule, unit, subject and text", () => {
      const prints = [
        found(ses),
        found(ses, {}, ruleB),
        found(ses, {}, ruleA, "other"),
        found(ses, { subject: "b" }),
        found(iam),
      ].flatMap((one) => printsOf(source, [one]));
      assert.equal(new Set(prints).size, prints.length);
    });

    it("tells equal findings apart by their order", () => {
      const twice: Source = { path: "a.tf", text: `a = "ses:*"\nb = "ses:*"\n` };
      const prints = printsOf(twice, [found(placeOf(twice, "ses:*")), found(placeOf(twice, "ses:*", 1))]);
      assert.equal(new Set(prints).size, 2);
    });

    it("does not change with a password", () => {
      const before: Source = { path: "a.tf", text: `password = "hunter2"\n` };
      const after: Source = { path: "a.tf", text: `password = "correct horse"\n` };
      assert.deepEqual(
        printsOf(before, [found(placeOf(before, "hunter2"))]),
        printsOf(after, [found(placeOf(after, "correct horse"))]),
      );
    });
  });

  describe("GitHub's line hash", () => {
    const hashOf = (text: string, part: string) => {
      const file: Source = { path: "a.tf", text };
      const { findings } = makeReport(evidenceOf([file], { findings: [found(placeOf(file, part))] }));
      return findings[0]?.lineHash;
    };

    it("stands beside a finding on ordinary text", () => {
      assert.match(hashOf(`user = "mailer"\nAction = "ses:*"\n`, "ses:*") ?? "", /^[0-9a-f]{1,16}:1$/);
    });

    it("is left out where its window holds the text of a credential", () => {
      for (const secret of [`password = "hunter2"`, `x = "t6rTSFiH/KgcXKAq8s3nWqYWB/feoOKCzVQd5mn3"`]) {
        assert.equal(hashOf(`Action = "ses:*"\n${secret}\n`, "ses:*"), undefined, secret);
        assert.notEqual(hashOf(`${secret}\nAction = "ses:*"\n`, "ses:*"), undefined, secret);
        assert.notEqual(hashOf(`Action = "ses:*"\n${"#".repeat(100)}\n${secret}\n`, "ses:*"), undefined, secret);
      }
    });

    it("is left out where the evidence points to a masked literal", () => {
      assert.equal(hashOf(`title = "hunter2"\n`, "hunter2"), undefined);
      assert.notEqual(hashOf(`title = "hunter2"\n`, "title"), undefined);
    });
  });

  it("places a span of several lines on its first line, without the line end", () => {
    const file: Source = { path: "a.tf", text: `a = <<EOT\r\n{}\r\nEOT\r\n` };
    const at = { file: "a.tf", start: 4, end: file.text.length };
    const [finding] = makeReport(evidenceOf([file], { findings: [found(at)] })).findings;
    assert.deepEqual(
      [finding?.place.start, finding?.place.end],
      [
        { line: 1, column: 5 },
        { line: 1, column: 10 },
      ],
    );
  });

  it("places a part of a masked literal on the whole of what stands for it", () => {
    const part = placeOf(source, "nter");
    const [finding] = reportOf({ findings: [found(part)] }).findings;
    const { text = "", start, end } = finding?.place.snippet ?? {};
    assert.equal(text.slice(start, end), "***");
    assert.deepEqual(finding?.place.start, { line: 3, column: 15 });
  });

  it("tells a finding in a file that it does not have, at the file's start", () => {
    const [finding] = makeReport(evidenceOf([], { findings: [found(ses)] })).findings;
    assert.deepEqual(finding?.place.start, { line: 1, column: 1 });
    assert.equal(finding.place.snippet.text, "");
  });

  it("tells no more problems of a file than the limit, those first that stopped the analysis, and counts the rest", () => {
    const { diagnostics, complete } = reportOf({
      diagnostics: [
        ...Array.from({ length: 30 }, (_, i) => ({ kind: "invalid" as const, file: "a.tf", message: `Problem ${i}.` })),
        { kind: "syntax", file: "a.tf", at: { file: "a.tf", start: 3, end: 4 }, message: "The block is not closed." },
        { kind: "invalid", file: "a.tf", message: "Problem 1." },
        { kind: "syntax", file: "a.tf", message: "40 more problems are not shown.", count: 40 },
      ],
    });
    assert.equal(diagnostics.length, 21);
    assert.ok(diagnostics.some(({ message }) => message === "The block is not closed."));
    assert.equal(diagnostics.at(-1)?.message, "51 more problems are in this file.");
    assert.equal(complete, false);
  });

  it("counts the limits that were hit", () => {
    const hit = (file: string) => ({ kind: "limit" as const, limit: "depth" as const, file, message: "Too deep." });
    assert.deepEqual(reportOf({ diagnostics: [hit("a.tf"), hit("b.tf")] }).limits, [{ limit: "depth", count: 2 }]);
  });
});
