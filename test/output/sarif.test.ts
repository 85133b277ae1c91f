import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020";
import type { Log, Result } from "sarif";
import schema from "../../fixtures/output/sarif-schema-2.1.0.json";
import type { Level } from "../../src/core/finding";
import type { Report } from "../../src/core/report";
import type { Source } from "../../src/core/source";
import { renderSarif } from "../../src/output/sarif";
import type { Evidence } from "../../src/report/evidence";
import { makeReport } from "../../src/report/report";
import { evidenceOf, found, placeOf, ruleA, ruleB, step } from "../report/evidence";
import { example } from "./example";

/** The schema is the one in @microsoft/sarif-multitool-linux 5.7.0 (MIT), which has it from OASIS. */
const validate = new Ajv({ strict: false, validateFormats: false }).compile<Log>(schema);

function logOf(evidence: Evidence): Log {
  const text = renderSarif(makeReport(evidence));
  const log: unknown = JSON.parse(text);
  assert.ok(validate(log), JSON.stringify(validate.errors));
  return log;
}

function resultsOf(evidence: Evidence): readonly Result[] {
  return logOf(evidence).runs[0]?.results ?? [];
}

function textsOf(result: Result | undefined): string {
  return result?.message.text ?? "";
}

const source: Source = { path: "infra/main.tf", text: `user = "mail"\nAction = "ses:*"\n` };
const at = placeOf(source, "ses:*");
const user = placeOf(source, `"mail"`);

describe("sarif", () => {
  it("is valid for the example and for a run without anything", () => {
    logOf(example);
    logOf(evidenceOf([]));
  });

  it("is refused by the schema where a property is unknown", () => {
    const log: unknown = JSON.parse(renderSarif(makeReport(example)).replace(`"ruleId"`, `"ruleName"`));
    assert.ok(!validate(log));
  });

  it("lists every rule, and says which are off by default", () => {
    const { tool } = logOf(evidenceOf([], { rules: [ruleA, { ...ruleB, off: true }] })).runs[0] ?? assert.fail();
    assert.deepEqual(
      tool.driver.rules?.map((rule) => [rule.id, rule.defaultConfiguration?.enabled ?? true]),
      [
        ["rule-a", true],
        ["rule-b", false],
      ],
    );
    assert.deepEqual(tool.driver.rules[0]?.properties, {
      tags: ["security", "aws", "ses", "external/cwe/cwe-250", "external/cwe/cwe-022"],
      precision: "high",
      "security-severity": "7.5",
    });
  });

  it("says what the run set of its rules, and nothing of what is as by default", () => {
    const rules = [
      ruleA,
      ruleB,
      { ...ruleA, id: "rule-c", off: true as const },
      { ...ruleB, id: "rule-d", off: true as const },
    ];
    const overrides = (off: readonly string[], levels: Report["configuration"]["levels"] = []) =>
      logOf(evidenceOf([], { rules, configuration: { off, levels } })).runs[0]?.invocations?.[0]
        ?.ruleConfigurationOverrides;
    assert.equal(overrides(["rule-c", "rule-d"]), undefined);
    assert.deepEqual(overrides(["rule-a", "rule-c"], [{ rule: "rule-b", level: "error" }]), [
      { descriptor: { id: "rule-a", index: 0 }, configuration: { enabled: false, level: ruleA.level } },
      { descriptor: { id: "rule-b", index: 1 }, configuration: { enabled: true, level: "error" } },
      { descriptor: { id: "rule-d", index: 3 }, configuration: { enabled: true, level: ruleB.level } },
    ]);
  });

  it("keeps ten tags of a rule", () => {
    const rule = { ...ruleA, cwe: Array.from({ length: 20 }, (_, i) => 100 + i) };
    const { tool } = logOf(evidenceOf([], { rules: [rule] })).runs[0] ?? assert.fail();
    assert.deepEqual(
      tool.driver.rules?.map((one) => one.properties?.tags?.length),
      [10],
    );
  });

  it("links what the message says to the related locations, with brackets escaped", () => {
    const steps = [step(user, `aws_iam_user.mail["a"] is an SMTP user.`), step(at, "It is allowed here.")];
    const [result] = resultsOf(evidenceOf([source], { findings: [found(at, { steps })] }));
    assert.equal(
      textsOf(result),
      `aws_iam_user.mail is wrong. Evidence: [aws_iam_user.mail\\["a"\\] is an SMTP user](1).`,
    );
    assert.deepEqual(
      result?.relatedLocations?.map((location) => location.id),
      [1],
    );
    assert.deepEqual(
      result.codeFlows?.[0]?.threadFlows[0]?.locations.map((one) => one.location?.message?.text),
      [`aws_iam_user.mail["a"] is an SMTP user.`, "It is allowed here."],
    );
  });

  it("encodes what a URI cannot hold", () => {
    const path = "a:b/{{ x }}/ü%20 #?.tf";
    const [result] = resultsOf(evidenceOf([{ path, text: source.text }], { findings: [found({ ...at, file: path })] }));
    const uri = result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "";
    assert.equal(uri, "a%3Ab/%7B%7B%20x%20%7D%7D/%C3%BC%2520%20%23%3F.tf");
    assert.equal(decodeURIComponent(uri), path);
  });

  it("counts columns in UTF-16 units", () => {
    const wide: Source = { path: "a.tf", text: `a = "📮", Action = "ses:*"\n` };
    const [result] = resultsOf(evidenceOf([wide], { findings: [found(placeOf(wide, "ses:*"))] }));
    const { startLine, startColumn, endLine, endColumn } =
      result?.locations?.[0]?.physicalLocation?.region ?? assert.fail();
    assert.deepEqual([startLine, startColumn, endLine, endColumn], [1, 21, 1, 26]);
  });

  it("tells undecided questions and problems as notifications, and that the run was incomplete", () => {
    const [invocation] = logOf(example).runs[0]?.invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    assert.deepEqual(
      invocation.toolExecutionNotifications?.map((one) => [one.descriptor?.id, one.level]),
      [
        ["limit", "error"],
        ["unresolved", "note"],
        ["syntax", "error"],
        ["undecided", "note"],
      ],
    );
  });

  it("keeps 25,000 results, the gravest, and says how many are left out", () => {
    const lines: Source = { path: "a.tf", text: "x\n".repeat(25_003) };
    const level = (i: number): Level => (i < 2 ? "note" : i > 24_999 ? "error" : "warning");
    const findings = Array.from({ length: 25_003 }, (_, i) =>
      found({ file: "a.tf", start: 2 * i, end: 2 * i + 1 }, { level: level(i) }),
    );
    const [run] = logOf(evidenceOf([lines], { findings, rules: [ruleA, ruleB] })).runs;
    const levels = run?.results?.map((result) => result.level) ?? [];
    assert.equal(levels.length, 25_000);
    assert.deepEqual([levels[0], levels[3], levels.includes("note")], ["error", "warning", false]);
    assert.equal(
      run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text,
      "3 results of lower level are left out.",
    );
  });

  it("has no byte order mark, time, host or absolute path", () => {
    const text = renderSarif(makeReport(example));
    assert.doesNotMatch(text, /^\ufeff|startTimeUtc|endTimeUtc|"machine"|"account"|"uri": "(?:file:|\/)/);
  });
});
