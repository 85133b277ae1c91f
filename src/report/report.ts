import type { Finding } from "../core/finding";
import type { Principal, Report, ReportedPrincipal } from "../core/report";
import { compareText, type Span } from "../core/source";
import { countLimits, describeDiagnostics } from "./diagnostics";
import type { Evidence } from "./evidence";
import { withFingerprints } from "./fingerprint";
import { becauseOf, comparePlaces, describeBecause, mergeFailures, mergeQuestions } from "./merge";
import { isComplete, outcomeOf } from "./outcome";
import { placesIn, type Places } from "./places";
import { shown } from "./shown";

/** Everything that a run has to say, in one order, with no text of a source but masked snippets. */
export function makeReport(evidence: Evidence): Report {
  const { tool, files, rules, principals, sources } = evidence;
  const failed = evidence.findings.filter(({ finding }) => finding.verdict === "fail");
  const open = evidence.findings.filter(({ finding }) => finding.verdict === "open");
  const unresolved = [...evidence.unresolved, ...open.flatMap(becauseOf)];
  const places = placesIn(
    sources,
    evidence.findings.flatMap(({ finding }) => spansOf(finding)),
    [...unresolved, ...principals].map(({ at }) => at),
  );
  const findings = withFingerprints(mergeFailures(failed, places), places);
  const undecided = withFingerprints(mergeQuestions(open, places), places);
  const diagnostics = describeDiagnostics(evidence.diagnostics, places);
  const complete = isComplete(files, diagnostics);
  return {
    tool,
    outcome: outcomeOf({ complete, findings: findings.length, undecided: undecided.length, files }),
    complete,
    findings,
    undecided,
    diagnostics,
    unresolved: describeBecause(unresolved, places),
    files: [...files].sort((a, b) => compareText(a.path, b.path)),
    rules,
    configuration: {
      ...evidence.configuration,
      off: [...evidence.configuration.off].sort(compareText),
      levels: [...evidence.configuration.levels].sort((a, b) => compareText(a.rule, b.rule)),
    },
    principals: principals.map((principal) => describePrincipal(principal, places)).sort(comparePrincipals),
    limits: countLimits(evidence.diagnostics),
  };
}

function describePrincipal(principal: Principal, places: Places): ReportedPrincipal {
  const { address, name, uses, credentials, allowed, unknown, at } = principal;
  return {
    ...principal,
    address: shown(address),
    name: shown(name),
    uses: uses.map((use) => ({ ...use, because: shown(use.because) })),
    credentials: credentials.map((credential) => ({ ...credential, address: shown(credential.address) })),
    allowed: allowed.map(shown),
    unknown: unknown.map(shown),
    place: places.place(at),
  };
}

function comparePrincipals(a: ReportedPrincipal, b: ReportedPrincipal): number {
  return comparePlaces(a.place, b.place) || compareText(a.address, b.address);
}

function spansOf(finding: Finding): readonly Span[] {
  return [finding.at, ...finding.steps.map((step) => step.at)];
}
