import { gzipSync } from "node:zlib";
import type { Log, Run } from "sarif";
import type { Report } from "../../core/report";
import { notificationDescriptors, notificationsOf } from "./notifications";
import { resultOf } from "./results";
import { overridesOf, ruleOf } from "./rules";

/** GitHub code scanning takes no more results of one run. */
const mostResults = 25_000;
/** Nor a larger file: bytes after gzip. */
const mostBytes = 10_000_000;

/** SARIF 2.1.0 for code scanning: one run, every rule, no time, host or absolute path. */
export function renderSarif(report: Report): string {
  let kept = Math.min(report.findings.length, mostResults);
  let text = logText(report, kept);
  while (kept > 0 && isTooLarge(text)) {
    kept = Math.floor(kept * 0.8);
    text = logText(report, kept);
  }
  return text;
}

/** A text below the limit need not be compressed to know. */
function isTooLarge(text: string): boolean {
  return text.length > mostBytes / 4 && gzipSync(text).length > mostBytes;
}

function logText(report: Report, kept: number): string {
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [runOf(report, kept)],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function runOf(report: Report, kept: number): Run {
  const { tool, rules, complete, findings } = report;
  const ruleIndex = new Map(rules.map((rule, i) => [rule.id, i]));
  const overrides = overridesOf(report);
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        informationUri: tool.url,
        rules: rules.map((rule) => ruleOf(rule, report)),
        notifications: [...notificationDescriptors],
      },
    },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: complete,
        ...(overrides.length > 0 && { ruleConfigurationOverrides: [...overrides] }),
        toolExecutionNotifications: [...notificationsOf(report, ruleIndex, findings.length - kept)],
      },
    ],
    results: gravest(findings, kept).map((finding) => resultOf(finding, ruleIndex.get(finding.rule) ?? -1)),
  };
}

/** All findings in the order of the report; where some must go, the gravest ones, gravest first. */
function gravest(findings: Report["findings"], kept: number): Report["findings"] {
  if (findings.length <= kept) return findings;
  const level = (name: string) => findings.filter((finding) => finding.level === name);
  return [...level("error"), ...level("warning"), ...level("note")].slice(0, kept);
}
