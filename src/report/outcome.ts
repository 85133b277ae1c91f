import type { FileOutcome, Outcome, ReportedDiagnostic } from "../core/report";

/** Was every file that looks like ours read and analysed, and nothing cut off by a limit? */
export function isComplete(files: readonly FileOutcome[], diagnostics: readonly ReportedDiagnostic[]): boolean {
  if (diagnostics.some((diagnostic) => diagnostic.incomplete)) return false;
  return !files.some((file) => file.status === "failed" || file.status === "partial");
}

/** The one word for a run. "clean" needs every file accounted for, no question left open, and something analysed. */
export function outcomeOf(run: {
  readonly complete: boolean;
  readonly findings: number;
  readonly undecided: number;
  readonly files: readonly FileOutcome[];
}): Outcome {
  if (run.findings > 0) return run.complete ? "findings" : "findings-incomplete";
  if (!run.complete) return "incomplete";
  if (run.undecided > 0) return "undecided";
  return run.files.some((file) => file.status === "analysed") ? "clean" : "nothing";
}
