import type { Notification, ReportingDescriptor } from "sarif";
import type { DiagnosticKind } from "../../core/diagnostic";
import { enumerated } from "../../core/enumerated";
import type { Report, ReportedDiagnostic, ReportedQuestion } from "../../core/report";
import { percentEncoded } from "../paths";
import { becauseText, plural } from "../words";
import { physicalLocation } from "./places";

const descriptions: Readonly<Record<DiagnosticKind | "undecided" | "results-cut", string>> = {
  unreadable: "A file could not be opened or is not text.",
  syntax: "A file is not what it claims to be. What could be parsed of it is analysed.",
  invalid: "A reference, type or value is wrong.",
  unresolved: "Something that the input refers to is not in the input.",
  limit: "A part of the input is over a limit and was not analysed.",
  undecided: "Something that is not known decides whether there is a finding.",
  "results-cut": "There are more results than code scanning takes. The gravest are reported.",
};

/** Code scanning wants of a notification what it wants of a rule. */
export const notificationDescriptors: readonly ReportingDescriptor[] = Object.entries(descriptions).map(
  ([id, text]) => ({ id, shortDescription: { text }, fullDescription: { text }, help: { text } }),
);

/** What the run has to say besides its results: undecided questions, problems of the input, results left out. */
export function notificationsOf(
  report: Report,
  ruleIndex: ReadonlyMap<string, number>,
  leftOut: number,
): readonly Notification[] {
  return [
    ...(leftOut > 0 ? [cutNotification(leftOut)] : []),
    ...report.diagnostics.map(diagnosticNotification),
    ...report.undecided.map((question) => questionNotification(question, ruleIndex.get(question.rule) ?? -1)),
  ];
}

function cutNotification(leftOut: number): Notification {
  const text = `${plural(leftOut, "result")} of lower level ${leftOut === 1 ? "is" : "are"} left out.`;
  return { descriptor: { id: "results-cut" }, level: "warning", message: { text } };
}

function diagnosticNotification(diagnostic: ReportedDiagnostic): Notification {
  const { kind, file, message, start, end, incomplete } = diagnostic;
  const region = start && {
    startLine: start.line,
    startColumn: start.column,
    ...(end && { endLine: end.line, endColumn: end.column }),
  };
  return {
    descriptor: { id: kind },
    level: incomplete ? "error" : kind === "invalid" ? "warning" : "note",
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: percentEncoded(file) }, ...(region && { region }) } }],
  };
}

function questionNotification(question: ReportedQuestion, index: number): Notification {
  const reasons = enumerated(question.because.map(becauseText), "and");
  return {
    descriptor: { id: "undecided" },
    associatedRule: { id: question.rule, index },
    level: "note",
    message: { text: `${question.message} Not known: ${reasons}.` },
    locations: [{ physicalLocation: physicalLocation(question.place) }],
  };
}
