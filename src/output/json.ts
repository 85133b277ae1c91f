import type {
  Place,
  Report,
  ReportedBecause,
  ReportedConfiguration,
  ReportedDiagnostic,
  ReportedFinding,
  ReportedPrincipal,
  ReportedQuestion,
  ReportedStep,
} from "../core/report";

/** The version of the shape below, which `docs/schema/report-v1.json` describes. Additions do not change it. */
const version = 1;

/** The whole report for programs. No time, host or absolute path: the same input gives the same bytes. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(reportObject(report), undefined, 2)}\n`;
}

function reportObject(report: Report) {
  return {
    format: version,
    tool: { name: report.tool.name, version: report.tool.version },
    outcome: report.outcome,
    complete: report.complete,
    findings: report.findings.map(findingObject),
    undecided: report.undecided.map(questionObject),
    unresolved: report.unresolved.map(becauseObject),
    diagnostics: report.diagnostics.map(diagnosticObject),
    principals: report.principals.map(principalObject),
    files: report.files,
    limits: report.limits,
    config: configObject(report.configuration),
    suppressed: [],
    statistics: statisticsOf(report),
  };
}

function configObject({ source, off, levels }: ReportedConfiguration) {
  return { source: source ?? null, off, levels: Object.fromEntries(levels.map(({ rule, level }) => [rule, level])) };
}

function findingObject(finding: ReportedFinding) {
  const { rule, level, place, subjects, message, steps, related, fix, fingerprint } = finding;
  return {
    rule,
    level,
    ...placeObject(place),
    snippet: place.snippet.text,
    subject: subjects[0]?.address ?? "",
    subjects,
    message,
    steps: steps.map(stepObject),
    related: related.map(stepObject),
    help: fix,
    fixes: [],
    fingerprint,
  };
}

function questionObject(question: ReportedQuestion) {
  return { ...findingObject(question), because: question.because.map(becauseObject) };
}

function stepObject({ place, message }: ReportedStep) {
  return { ...placeObject(place), message };
}

function becauseObject({ kind, what, place }: ReportedBecause) {
  return { kind, what, ...placeObject(place) };
}

function diagnosticObject({ file, kind, message, start, end, limit }: ReportedDiagnostic) {
  const range = start !== undefined && end !== undefined ? { start, end } : null;
  return { file, kind, message, range, ...(limit !== undefined && { limit }) };
}

function principalObject(principal: ReportedPrincipal) {
  const { address, name, uses, credentials, maySend, allowed, unknown, place } = principal;
  return { address, name, ...placeObject(place), uses, credentials, maySend, allowed, unknown };
}

/** Lines and columns are 1-based, in UTF-16 units; the end is exclusive. */
function placeObject({ file, start, end }: Place) {
  return { file, range: { start, end } };
}

function statisticsOf({ findings, undecided, files, rules }: Report) {
  const level = (name: string) => findings.filter((finding) => finding.level === name).length;
  const status = (name: string) => files.filter((file) => file.status === name).length;
  return {
    findings: { error: level("error"), warning: level("warning"), note: level("note") },
    undecided: undecided.length,
    files: {
      analysed: status("analysed"),
      partial: status("partial"),
      skipped: status("skipped"),
      failed: status("failed"),
      ignored: status("ignored"),
      "not-iac": status("not-iac"),
    },
    rules: Object.fromEntries(rules.map(({ id }) => [id, findings.filter((finding) => finding.rule === id).length])),
  };
}
