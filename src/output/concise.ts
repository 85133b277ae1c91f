import type { ReportedFinding, ReportedQuestion } from "../core/report";
import type { Format, RenderOptions } from "./format";
import { becauseText, constructsText, subjectsText } from "./words";

/** One line a finding: `path:line:col: level rule message`, and the CDK constructs that it is about. */
export const concise: Format = {
  name: "concise",
  title: "one line a finding: path:line:col: level rule message",
  human: true,
  render(report, options) {
    const undecided = options.undecided ? report.undecided : [];
    const lines = [
      ...report.findings.map((finding) => line(finding, finding.level, options)),
      ...undecided.map((question) => `${line(question, "undecided", options)}${unknowns(question)}`),
    ];
    return lines.map((text) => `${text}\n`).join("");
  },
};

function line(finding: ReportedFinding, level: string, options: RenderOptions): string {
  const { file, start } = finding.place;
  const constructs = constructsText(finding);
  const where = constructs === undefined ? "" : ` [${constructs}]`;
  const said = `${finding.rule} ${finding.message}${others(finding)}${where}`;
  return `${options.display(file)}:${start.line}:${start.column}: ${level} ${said}`;
}

/** What else is wrong on the line: for whom, or how often. */
function others({ subjects, related, place }: ReportedFinding): string {
  const named = subjectsText(subjects);
  if (named !== undefined) return ` (for ${named})`;
  const sameLine = related.filter((one) => one.place.file === place.file && one.place.start.line === place.start.line);
  const more = new Set(sameLine.map((one) => one.place.offset).filter((offset) => offset !== place.offset)).size;
  return more === 0 ? "" : ` (and ${more} more on this line)`;
}

/** What decides and is not known: the first of it, since this is one line. */
function unknowns({ because: [first, ...rest] }: ReportedQuestion): string {
  if (first === undefined) return "";
  return ` (${becauseText(first)}${rest.length === 0 ? "" : ` and ${rest.length} more`})`;
}
