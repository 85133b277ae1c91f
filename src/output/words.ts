import { enumerated } from "../core/enumerated";
import type { FileOutcome, ReportedBecause, ReportedFinding, Subject } from "../core/report";
import type { ReasonKind } from "../core/value";

/** Why something is not known, as a sentence without its full stop: `var.env has no default`. */
export function becauseText({ kind, what }: Pick<ReportedBecause, "kind" | "what">): string {
  return `${what} ${reasons[kind]}`;
}

const reasons: Readonly<Record<ReasonKind, string>> = {
  "no-default": "has no value and no default",
  "after-apply": "is known only once it is applied",
  "data-source": "is read from outside the input",
  "remote-module": "is a module that is not in the input",
  import: "is exported by a stack that is not in the input",
  imported: "is imported, and may have policies that are not in the input",
  unsupported: "is not evaluated by this version",
  invalid: "is not valid",
  missing: "is not in the input",
  limit: "is over a limit",
};

/** The resources that a finding is about, each address once: the first few, and how many there are more. Undefined for one. */
export function subjectsText(subjects: readonly Subject[]): string | undefined {
  const addresses = new Set(subjects.map((subject) => subject.address));
  return addresses.size < 2 ? undefined : firstFew([...addresses]);
}

/** CDK construct paths of what a finding is about, each once; undefined where there is none. */
export function constructsText({ subjects }: ReportedFinding): string | undefined {
  const paths = new Set(subjects.flatMap(({ construct }) => (construct === undefined ? [] : [construct])));
  return paths.size === 0 ? undefined : firstFew([...paths]);
}

function firstFew(texts: readonly string[]): string {
  const rest = texts.length - fewShown;
  return rest > 0 ? `${texts.slice(0, fewShown).join(", ")} and ${rest} more` : enumerated(texts, "and");
}

const fewShown = 5;

/** `1 file`, `2 files` */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function countFiles(files: readonly FileOutcome[], ...statuses: readonly FileOutcome["status"][]): number {
  return files.filter((file) => statuses.includes(file.status)).length;
}
