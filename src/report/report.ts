import type { Finding } from "../core/finding";
import type { Report } from "../core/report";
import { compareText, type Span } from "../core/source";
import { countLimits, describeDiagnostics } from "./diagnostics";
import type { Evidence, Found } from "./evidence";
import { withFingerprints } from "./fingerprint";
import { describeBecause, mergeFailures, mergeQuestions } from "./merge";
import { isComplete, outcomeOf } from "./outcome";
import { placesIn } from "./places";

/** Everything that a run has to say, in one order, with no text of a source but masked snippets. */
export function makeReport(evidence: Evidence): Report {
  const { tool, files, rules, principals, sources } = evidence;
  const places = placesIn(
    sources,
    evidence.findings.flatMap(({ finding }) => spansOf(finding)),
  );
  const failed = evidence.findings.filter(({ finding }) => finding.verdict === "fail");
  const open = evidence.findings.filter(({ finding }) => finding.verdict === "open");
  const findings = withFingerprints(mergeFailures(failed, places));
  const undecided = withFingerprints(mergeQuestions(open, places));
  const diagnostics = describeDiagnostics(evidence.diagnostics, places);
  const complete = isComplete(files, diagnostics);
  return {
    tool,
    outcome: outcomeOf({ complete, findings: findings.length, undecided: undecided.length, files }),
    complete,
    findings,
    undecided,
    diagnostics,
    unresolved: describeBecause([...evidence.unresolved, ...open.flatMap(becauseOf)], places),
    files: [...files].sort((a, b) => compareText(a.path, b.path)),
    rules,
    off: [...evidence.off].sort(compareText),
    principals: principals.map((principal) => ({ ...principal, place: places.place(principal.at) })),
    limits: countLimits(evidence.diagnostics),
  };
}

function spansOf(finding: Finding): readonly Span[] {
  return [finding.at, ...finding.steps.map((step) => step.at)];
}

function becauseOf({ finding }: Found) {
  return finding.verdict === "open" ? finding.because : [];
}
