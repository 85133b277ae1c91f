import { gravity, type Because, type Finding, type Level } from "../core/finding";
import { guardText, whereAny, type Guard } from "../core/guard";
import { put } from "../core/map";
import type { Place, ReportedBecause, ReportedFinding, ReportedQuestion, ReportedStep, Subject } from "../core/report";
import { compareSpans, compareText, sameSpan, type Span } from "../core/source";
import type { Found } from "./evidence";
import type { Places } from "./places";
import { shown, shownPath } from "./shown";

/** A finding as it is reported, before it has what it is recognised by. */
export type Unmarked<F extends ReportedFinding> = Omit<F, "fingerprint" | "lineHash">;

/**
 * Findings of one rule on one line as one: the place is the first token's, the message and the steps are those of the
 * gravest, all else is related. Sorted by path, offset and rule.
 */
export function mergeFailures(found: readonly Found[], places: Places): readonly Unmarked<ReportedFinding>[] {
  return linesOf(found, places).map((line) => merged(line, places));
}

/** Open questions, merged as failures are, with all that is unknown of any of them. */
export function mergeQuestions(found: readonly Found[], places: Places): readonly Unmarked<ReportedQuestion>[] {
  return linesOf(found, places).map((line) => ({
    ...merged(line, places),
    because: describeBecause(line.flatMap(becauseOf), places),
  }));
}

/** Each unknown thing once, in the order of its places. */
export function describeBecause(because: readonly Because[], places: Places): readonly ReportedBecause[] {
  const once = new Map<string, ReportedBecause>();
  for (const { reason, at } of because) {
    const key = [reason.kind, reason.what, at.file, at.start].join("\n");
    if (!once.has(key)) once.set(key, { kind: reason.kind, what: shown(reason.what), place: places.place(at) });
  }
  return [...once.values()].sort(
    (a, b) => comparePlaces(a.place, b.place) || compareText(a.kind, b.kind) || compareText(a.what, b.what),
  );
}

export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.file, b.file) || a.offset - b.offset;
}

/** Found things that share rule, file and line, in the order of their places; lines in the order of the report. */
function linesOf(found: readonly Found[], places: Places): readonly (readonly Found[])[] {
  const lines = new Map<string, Found[]>();
  for (const one of found) {
    const { at } = one.finding;
    put(lines, [one.rule.id, at.file, places.positions(at)?.start.line].join("\n"), one);
  }
  return [...lines.values()].map((line) => line.sort(compareFound)).sort(compareLines);
}

function compareFound(a: Found, b: Found): number {
  return (
    compareSpans(a.finding.at, b.finding.at) ||
    compareText(a.unit, b.unit) ||
    compareText(a.finding.subject, b.finding.subject) ||
    compareText(a.finding.message.text, b.finding.message.text)
  );
}

function compareLines([a]: readonly Found[], [b]: readonly Found[]): number {
  if (a === undefined || b === undefined) return 0;
  const { at } = a.finding;
  const other = b.finding.at;
  return compareText(at.file, other.file) || at.start - other.start || compareText(a.rule.id, b.rule.id);
}

/** The findings of one line as one. */
function merged(line: readonly Found[], places: Places): Unmarked<ReportedFinding> {
  const [first] = line;
  if (first === undefined) throw new Error("A line without findings was merged.");
  const gravest = line.reduce((worst, one) => (isGraver(one, worst) ? one : worst), first);
  const { finding, rule } = gravest;
  return {
    rule: rule.id,
    level: levelOf(gravest),
    place: places.place(first.finding.at),
    subjects: subjectsOf(line),
    message: messageOf(finding, line),
    steps: stepsOf(finding, line, places),
    related: relatedTo(gravest, line, places),
    fix: shown(finding.fix?.text ?? rule.fix),
  };
}

/** Is one graver than the other? Of two of one level, one that holds under every condition is. */
function isGraver(one: Found, other: Found): boolean {
  const difference = gravity[levelOf(one)] - gravity[levelOf(other)];
  return difference > 0 || (difference === 0 && one.finding.guard.length === 0 && other.finding.guard.length > 0);
}

/** The level of a failure; an open question has that of its rule. */
function levelOf({ finding, rule }: Found): Level {
  return finding.verdict === "fail" ? finding.level : rule.level;
}

/** What an open question hangs on; nothing for a failure. */
export function becauseOf({ finding }: Found): readonly Because[] {
  return finding.verdict === "open" ? finding.because : [];
}

function subjectsOf(line: readonly Found[]): readonly Subject[] {
  const once = new Map<string, Subject>();
  for (const { finding, unit, construct } of line) {
    const address = shown(finding.subject);
    const subject = { address, unit, ...(construct !== undefined && { construct: shownPath(construct) }) };
    once.set(`${unit}\n${finding.subject}`, subject);
  }
  return [...once.values()];
}

/** The message with the condition under which it is true: that of every finding on the line that says the same. */
function messageOf(finding: Finding, line: readonly Found[]): string {
  const same = line.filter((one) => saysTheSame(one.finding, finding));
  return withGuard(finding.message.text, whereAny(same.map((one) => one.finding.guard)));
}

function saysTheSame(a: Finding, b: Finding): boolean {
  return sameSpan(a.at, b.at) && a.message.text === b.message.text;
}

function isAt(one: Found, other: Found): boolean {
  return sameSpan(one.finding.at, other.finding.at);
}

function withGuard(message: string, guard: Guard): string {
  const text = shown(guardText(guard));
  return text === "" ? shown(message) : `${shown(message)} This applies when ${shorten(text)}.`;
}

function shorten(text: string): string {
  return text.length > guardLength ? `${text.slice(0, guardLength - 1)}…` : text;
}

/** Characters of a condition in a message: a longer one is an expression that nobody reads in a report. */
const guardLength = 160;

/** The steps, ending with the defect itself. None where the place says all. */
function stepsOf(finding: Finding, line: readonly Found[], places: Places): readonly ReportedStep[] {
  const { steps, at } = finding;
  const before = steps.map((step) => ({ place: places.place(step.at), message: shown(step.message.text) }));
  const last = steps.at(-1);
  if (last === undefined || sameSpan(last.at, at)) return before;
  return [...before, { place: places.place(at), message: messageOf(finding, line) }];
}

/** What the other findings of the line say, and where the evidence of each begins. */
function relatedTo(gravest: Found, line: readonly Found[], places: Places): readonly ReportedStep[] {
  const related = new Map<string, ReportedStep>();
  const add = (at: Span, message: string) => {
    const key = [at.file, at.start, at.end, message].join("\n");
    if (!related.has(key)) related.set(key, { place: places.place(at), message });
  };
  const reported = new Set(
    gravest.finding.steps.map((step) => `${step.at.file}\n${step.at.start}\n${step.message.text}`),
  );
  const [first] = line;
  const said = new Set<string>();
  for (const one of line) {
    if (related.size >= relatedKept) break;
    // The place and the message are reported already; where they are of different findings, the other halves are not.
    const isReported = saysTheSame(one.finding, gravest.finding) && first !== undefined && isAt(one, first);
    const { at, message } = one.finding;
    const saying = [at.start, at.end, message.text].join("\n");
    if (!isReported && !said.has(saying)) add(at, messageOf(one.finding, line));
    said.add(saying);
    if (one === gravest) continue;
    const [begin] = one.finding.steps;
    if (begin === undefined || reported.has(`${begin.at.file}\n${begin.at.start}\n${begin.message.text}`)) continue;
    add(begin.at, shown(begin.message.text));
  }
  return [...related.values()].slice(0, relatedKept);
}

/** Related places of one finding: one list in a module that is called a thousand times would bury all else. */
const relatedKept = 20;
