import { addAll } from "../core/add-all";
import { isIncomplete, type Diagnostic, type DiagnosticKind } from "../core/diagnostic";
import { limits, type Limit } from "../core/limits";
import { kept } from "../core/map";
import type { Report, ReportedDiagnostic } from "../core/report";
import { compareText } from "../core/source";
import type { Places } from "./places";
import { shown } from "./shown";

/** Problems in the order of the files, each once; of a file with more than the limit, the first and a count. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[], places: Places): readonly ReportedDiagnostic[] {
  const reported: ReportedDiagnostic[] = [];
  for (const ofFile of byFile(diagnostics).values()) {
    const single = ofFile.filter(({ count }) => count === undefined);
    const shown = single.slice(0, limits.problemsPerFile);
    addAll(
      reported,
      [...shown].sort(compareByPlace).map((diagnostic) => describe(diagnostic, places)),
    );
    const rest = [...single.slice(shown.length), ...ofFile.filter(({ count }) => count !== undefined)];
    const [first] = rest;
    if (first !== undefined) reported.push(countOf(rest, first));
  }
  return reported;
}

/** Limits that were hit, by name, with the number of times. */
export function countLimits(diagnostics: readonly Diagnostic[]): Report["limits"] {
  const counts = new Map<Limit, number>();
  for (const { limit } of diagnostics) if (limit !== undefined) counts.set(limit, (counts.get(limit) ?? 0) + 1);
  return [...counts].map(([limit, count]) => ({ limit, count })).sort((a, b) => compareText(a.limit, b.limit));
}

function byFile(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = new Map<string, Map<string, Diagnostic>>();
  for (const diagnostic of [...diagnostics].sort(compareDiagnostics)) {
    const ofFile = kept(files, diagnostic.file, () => new Map<string, Diagnostic>());
    ofFile.set([diagnostic.at?.start, diagnostic.kind, diagnostic.message].join(" "), diagnostic);
  }
  return new Map([...files].map(([file, ofFile]) => [file, [...ofFile.values()]]));
}

/** What stops the analysis comes before what was merely not found, so that the limit of a file never hides it. */
function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareText(a.file, b.file) || Number(isIncomplete(b)) - Number(isIncomplete(a)) || compareByPlace(a, b);
}

function compareByPlace(a: Diagnostic, b: Diagnostic): number {
  return (a.at?.start ?? -1) - (b.at?.start ?? -1) || compareText(a.kind, b.kind) || compareText(a.message, b.message);
}

function describe(diagnostic: Diagnostic, places: Places): ReportedDiagnostic {
  const { kind, file, message, limit, at } = diagnostic;
  const positions = at && places.positions(at);
  return {
    kind,
    file,
    message: shown(message),
    ...positions,
    ...(limit && { limit }),
    incomplete: isIncomplete(diagnostic),
  };
}

function countOf(rest: readonly Diagnostic[], first: Diagnostic): ReportedDiagnostic {
  const kind: DiagnosticKind = first.kind;
  const number = rest.reduce((sum, { count = 1 }) => sum + count, 0);
  const more = number === 1 ? "1 more problem is" : `${number} more problems are`;
  return { kind, file: first.file, message: `${more} in this file.`, incomplete: rest.some(isIncomplete) };
}
