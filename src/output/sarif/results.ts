import type { CodeFlow, Location, LogicalLocation, Result } from "sarif";
import { enumerated } from "../../core/enumerated";
import type { Place, ReportedFinding, ReportedStep, Subject } from "../../core/report";
import { physicalLocation, locationWithMessage } from "./places";

/** Places that a message links to: GitHub shows a related location only where the message names it. */
const mostLinks = 10;

export function resultOf(finding: ReportedFinding, ruleIndex: number): Result {
  const { rule, level, place, subjects, steps } = finding;
  const related = relatedTo(finding);
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: linkedMessage(finding.message, related) },
    locations: [{ physicalLocation: physicalLocation(place), logicalLocations: subjects.flatMap(logicalLocations) }],
    ...(related.length > 0 && { relatedLocations: related.map(relatedLocation) }),
    ...(steps.length > 0 && { codeFlows: [codeFlowOf(steps)] }),
    partialFingerprints: {
      ...(finding.lineHash !== undefined && { primaryLocationLineHash: finding.lineHash }),
      "sesCredLint/v1": finding.fingerprint,
    },
  };
}

/** The evidence that does not stand at the place itself, each place once with each thing said of it. */
function relatedTo({ place, steps, related }: ReportedFinding): readonly ReportedStep[] {
  const once = new Map<string, ReportedStep>();
  for (const step of [...steps.filter((one) => !samePlace(one.place, place)), ...related]) {
    once.set([step.place.file, step.place.offset, step.message].join("\n"), step);
  }
  return [...once.values()];
}

function relatedLocation(step: ReportedStep, i: number): Location {
  return { id: i + 1, ...locationWithMessage(step.place, step.message) };
}

/** The message, then what it rests on as links to the related locations. */
function linkedMessage(message: string, related: readonly ReportedStep[]): string {
  const links = related
    .slice(0, mostLinks)
    .flatMap((step, i) => (step.message === message ? [] : [`[${linkText(step.message)}](${i + 1})`]));
  if (links.length === 0) return message;
  return `${message} Evidence: ${enumerated(links, "and")}.`;
}

/** A step's sentence within a link: without its full stop, brackets escaped (SARIF 2.1.0, 3.11.6). */
function linkText(message: string): string {
  return message.replace(/\.$/, "").replace(/[[\]\\]/g, "\\$&");
}

function codeFlowOf(steps: readonly ReportedStep[]): CodeFlow {
  return {
    threadFlows: [{ locations: steps.map((step) => ({ location: locationWithMessage(step.place, step.message) })) }],
  };
}

function logicalLocations({ address, construct }: Subject): readonly LogicalLocation[] {
  return [
    { fullyQualifiedName: address, kind: "resource" },
    ...(construct === undefined ? [] : [{ fullyQualifiedName: construct, kind: "module" }]),
  ];
}

function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.offset === b.offset;
}
