import type { Failure, OpenQuestion, Step } from "../../src/core/finding";
import { always } from "../../src/core/guard";
import { name } from "../../src/core/message";
import type { RuleInfo } from "../../src/core/rule-info";
import type { Source, Span } from "../../src/core/source";
import type { Evidence, Found } from "../../src/report/evidence";

/** The place of `text` in a source: of its nth occurrence, from 0. */
export function placeOf(source: Source, text: string, nth = 0): Span {
  let start = source.text.indexOf(text);
  for (let i = 0; i < nth; i++) start = source.text.indexOf(text, start + 1);
  if (start < 0) throw new Error(`${source.path} does not hold ${text}`);
  return { file: source.path, start, end: start + text.length };
}

export function step(at: Span, message: string): Step {
  return { at, message: name(message) };
}

export const ruleA: RuleInfo = {
  id: "rule-a",
  title: "A rule",
  level: "error",
  why: "It goes wrong.",
  fix: "Do it right.",
  openWhen: "something is unknown",
  never: ["what is right"],
  sources: [{ title: "A guide", url: "https://docs.aws.amazon.com/ses/latest/dg/", text: "Do it right." }],
  securitySeverity: 7.5,
  precision: "high",
  cwe: [250, 22],
};

export const ruleB: RuleInfo = {
  ...ruleA,
  id: "rule-b",
  title: "Another rule",
  level: "note",
  openWhen: "never",
  cwe: [],
};

export function found(at: Span, more: Partial<Failure> = {}, rule: RuleInfo = ruleA, unit = "infra"): Found {
  const finding: Failure = {
    verdict: "fail",
    level: rule.level,
    at,
    subject: "aws_iam_user.mail",
    message: name("aws_iam_user.mail is wrong."),
    steps: [],
    guard: always,
    ...more,
  };
  return { rule, unit, finding };
}

export function asked(at: Span, more: Partial<OpenQuestion> = {}, rule: RuleInfo = ruleA, unit = "infra"): Found {
  const finding: OpenQuestion = {
    verdict: "open",
    at,
    subject: "aws_iam_user.mail",
    message: name("Whether aws_iam_user.mail is wrong cannot be decided."),
    steps: [],
    because: [{ reason: { kind: "no-default", what: "var.name" }, at }],
    guard: always,
    ...more,
  };
  return { rule, unit, finding };
}

export function evidenceOf(sources: readonly Source[], more: Partial<Evidence> = {}): Evidence {
  return {
    tool: { name: "ses-cred-lint", version: "1.2.3", url: "https://github.com/ses-cred-lint/ses-cred-lint" },
    findings: [],
    principals: [],
    unresolved: [],
    diagnostics: [],
    files: sources.map(({ path }) => ({ path, status: "analysed", dialect: "terraform" })),
    rules: [ruleA, ruleB],
    configuration: { off: [], levels: [] },
    sources: new Map(sources.map((source) => [source.path, source])),
    ...more,
  };
}
