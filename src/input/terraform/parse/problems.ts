import type { Diagnostic } from "../../../core/diagnostic";
import { limits } from "../../../core/limits";
import type { Source } from "../../../core/source";

/**
 * The problems of one file, as they are found. Only the first ones are reported, since a binary file may have one for
 * every byte; the others are counted.
 */
export interface Problems {
  readonly source: Source;
  /** Is the text a string out of another file? Then its lines are not those that a reader sees. */
  readonly isString: boolean;
  readonly kind: "syntax" | "invalid";
  readonly reported: Diagnostic[];
  unreported: number;
}

/** Where something begins whose end is missing: `what` with its article, "the list". */
export interface Opening {
  readonly what: string;
  readonly at: number;
}

export function noProblems(source: Source, isString = false, kind: Problems["kind"] = "syntax"): Problems {
  return { source, isString, kind, reported: [], unreported: 0 };
}

/**
 * `message` is one sentence without its full stop. `opening` is reported where it stands on another line than `start`.
 */
export function report(problems: Problems, start: number, end: number, message: string, opening?: Opening): void {
  if (problems.reported.length >= limits.problemsPerFile) {
    problems.unreported++;
    return;
  }
  const file = problems.source.path;
  const opened = opening === undefined || problems.isString ? "" : openedAt(problems.source.text, opening, start);
  problems.reported.push({ kind: problems.kind, file, at: { file, start, end }, message: `${message}${opened}.` });
}

export function reportDepth(problems: Problems, start: number, end: number): void {
  const file = problems.source.path;
  if (problems.reported.some((problem) => problem.kind === "limit")) problems.unreported++;
  else {
    const message = `The code is nested more than ${limits.depth} levels deep; it is not analysed.`;
    problems.reported.push({ kind: "limit", limit: "depth", file, at: { file, start, end }, message });
  }
}

/** All that is to be reported, the number of what is not included. */
export function allProblems(problems: Problems): readonly Diagnostic[] {
  const { kind, reported, unreported, source } = problems;
  if (unreported === 0) return reported;
  const message = `${unreported} more ${unreported === 1 ? "problem is" : "problems are"} not shown.`;
  return [...reported, { kind, file: source.path, message, count: unreported }];
}

function openedAt(text: string, opening: Opening, found: number): string {
  const line = lineOf(text, opening.at);
  return line === lineOf(text, found) && found < text.length ? "" : `; ${opening.what} starts on line ${line}`;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
