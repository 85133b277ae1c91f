import type { Place, ReportedBecause, ReportedFinding, ReportedQuestion, ReportedStep } from "../core/report";
import { wrap } from "./columns";
import type { Format, RenderOptions } from "./format";
import { frame, words, type Block, type Footer, type Mark } from "./frame";
import { paint, type Style } from "./paint";
import { becauseText, constructsText, subjectsText } from "./words";

/** Code frames that join several files: the finding, then how its evidence hangs together, place by place. */
export const full: Format = {
  name: "full",
  title: "code frames, with the evidence of each finding",
  human: true,
  render(report, options) {
    const undecided = options.undecided ? report.undecided : [];
    return [
      ...report.findings.map((finding) => findingText(finding, finding.level, [], options)),
      ...undecided.map((question) => findingText(question, "undecided", question.because, options)),
    ].join("");
  },
};

function findingText(
  finding: ReportedFinding | ReportedQuestion,
  level: "error" | "warning" | "note" | "undecided",
  because: readonly ReportedBecause[],
  options: RenderOptions,
): string {
  const footers = footersOf(finding, because, options);
  const lines = [...titleLines(finding, level, options), ...frame(blocksOf(finding, level), footers, options)];
  return `${lines.join("\n")}\n\n`;
}

/** `error[rule]: message`, wrapped. */
function titleLines(finding: ReportedFinding, level: Style, options: RenderOptions): readonly string[] {
  const head = `${level}[${finding.rule}]:`;
  const [first = "", ...rest] = wrap(`${head} ${words(finding.message, options)}`, options.width - 2);
  return [
    paint(head, level, options) + paint(first.slice(head.length), "strong", options),
    ...rest.map((line) => `  ${paint(line, "strong", options)}`),
  ];
}

/** The finding's own line first, then the steps to it, then what else is on its line or in other instances of it. */
function blocksOf(finding: ReportedFinding, level: Style): readonly Block[] {
  const { place, steps, related } = finding;
  const others = steps.filter((step) => !sameSnippet(step.place, place));
  const away = related.filter((step) => !sameSnippet(step.place, place));
  return [
    { place, marks: ownMarks(finding, level) },
    ...others.map((step, i) => stepBlock(step, others.length > 1 ? `${i + 1}. ` : "")),
    ...away.map((step) => stepBlock(step, "also: ")),
  ];
}

/** Every place on the finding's line, with what is said of it; what the title says is not said again. */
function ownMarks({ place, message, steps, related }: ReportedFinding, level: Style): readonly Mark[] {
  const marks = new Map([[place.offset, mark(place, level, undefined)]]);
  const add = (step: ReportedStep, style: Style) => {
    if (!sameSnippet(step.place, place)) return;
    const { offset } = step.place;
    const label = step.message === message ? undefined : step.message;
    const known = marks.get(offset);
    if (known === undefined) marks.set(offset, mark(step.place, style, label));
    else if (known.label === undefined) marks.set(offset, { ...known, ...(label !== undefined && { label }) });
  };
  for (const step of related) add(step, level);
  for (const step of steps) add(step, step.message === message ? level : "frame");
  return [...marks.values()];
}

function stepBlock(step: ReportedStep, lead: string): Block {
  return { place: step.place, marks: [mark(step.place, "frame", lead + step.message)] };
}

function mark(place: Place, style: Style, label: string | undefined): Mark {
  const { start, end } = place.snippet;
  return { start, end, style, ...(label !== undefined && { label }) };
}

function footersOf(
  finding: ReportedFinding,
  because: readonly ReportedBecause[],
  options: RenderOptions,
): readonly Footer[] {
  const named = subjectsText(finding.subjects);
  const constructs = constructsText(finding);
  const note = (word: string, text: string): Footer => ({ word, text, style: "strong" });
  return [
    ...because.map((one) => note("unknown", `${becauseText(one)} (${where(one.place, options)})`)),
    ...(named === undefined ? [] : [note("for", named)]),
    ...(constructs === undefined ? [] : [note("construct", constructs)]),
    { word: "help", text: finding.fix, style: "note" },
  ];
}

function where({ file, start }: Place, options: RenderOptions): string {
  return `${options.display(file)}:${start.line}:${start.column}`;
}

function sameSnippet(a: Place, b: Place): boolean {
  return a.file === b.file && a.start.line === b.start.line && a.snippet.text === b.snippet.text;
}
