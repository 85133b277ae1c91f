import type { FileOutcome, Report, ReportedDiagnostic } from "../core/report";
import type { RenderOptions } from "./format";
import { countFiles, plural } from "./words";

/**
 * The last line of a run, without the time: findings by level, undecided, files read and not read. The one place
 * that says "clean", and only when every file is accounted for.
 */
export function summarize(report: Report): string {
  const parts = [verdictOf(report), filesOf(report.files)];
  return [...parts, ...(report.complete ? [] : ["not everything could be analysed"])].join("; ");
}

/** The problems of a run, one a line: `path:line:col: error: message`. Empty where there are none. */
export function describeDiagnostics(report: Report, options: RenderOptions): string {
  return report.diagnostics.map((diagnostic) => `${diagnosticLine(diagnostic, options)}\n`).join("");
}

function verdictOf(report: Report): string {
  const undecided = report.undecided.length === 0 ? "" : `, ${report.undecided.length} undecided`;
  switch (report.outcome) {
    case "clean":
      return "clean";
    case "nothing":
      return "nothing to lint";
    case "undecided":
    case "incomplete":
      return `no findings${undecided}`;
    case "findings":
    case "findings-incomplete":
      return `${levelsOf(report)}${undecided}`;
  }
}

function levelsOf({ findings }: Report): string {
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  const counts = [plural(count("error"), "error"), plural(count("warning"), "warning"), plural(count("note"), "note")];
  return counts.filter((text) => !text.startsWith("0 ")).join(", ");
}

function filesOf(files: readonly FileOutcome[]): string {
  const read = `${plural(countFiles(files, "analysed", "partial"), "file")} read`;
  const partly = countFiles(files, "partial");
  const notRead = countFiles(files, "failed", "skipped");
  return [
    partly === 0 ? read : `${read} (${partly} in part)`,
    ...(notRead === 0 ? [] : [`${plural(notRead, "file")} not read`]),
  ].join(", ");
}

function diagnosticLine(diagnostic: ReportedDiagnostic, options: RenderOptions): string {
  const { file, start, incomplete, message } = diagnostic;
  const place = start === undefined ? "" : `:${start.line}:${start.column}`;
  return `${options.display(file)}${place}: ${incomplete ? "error" : "note"}: ${message}`;
}
