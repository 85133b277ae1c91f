import type { ReportedFinding } from "../core/report";
import type { Format, RenderOptions } from "./format";

/** One line a finding: `path:line:col: level rule message`. */
export const concise: Format = {
  name: "concise",
  title: "one line a finding: path:line:col: level rule message",
  human: true,
  render(report, options) {
    const undecided = options.undecided ? report.undecided : [];
    const lines = [
      ...report.findings.map((finding) => line(finding, finding.level, options)),
      ...undecided.map((question) => line(question, "undecided", options)),
    ];
    return lines.map((text) => `${text}\n`).join("");
  },
};

function line(finding: ReportedFinding, level: string, options: RenderOptions): string {
  const { file, start } = finding.place;
  const more = finding.related.length === 0 ? "" : ` (and ${finding.related.length} more on this line)`;
  return `${options.display(file)}:${start.line}:${start.column}: ${level} ${finding.rule} ${finding.message}${more}`;
}
