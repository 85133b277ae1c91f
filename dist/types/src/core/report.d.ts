import type { DiagnosticKind } from "./diagnostic";
import type { Level } from "./finding";
import type { Limit } from "./limits";
import type { RuleInfo } from "./rule-info";
import type { Position, Span } from "./source";
import type { ReasonKind } from "./value";
/**
 * Everything that a run has to say; every format is a pure function of it. It holds no text of a source but what its
 * places show, and that is masked. Sorted by path, offset and rule.
 */
export interface Report {
    readonly tool: Tool;
    readonly outcome: Outcome;
    /** Was every file that looks like ours read and analysed? */
    readonly complete: boolean;
    readonly findings: readonly ReportedFinding[];
    readonly undecided: readonly ReportedQuestion[];
    readonly diagnostics: readonly ReportedDiagnostic[];
    /** What the input refers to and does not hold; each thing once. */
    readonly unresolved: readonly ReportedBecause[];
    readonly files: readonly FileOutcome[];
    /** All rules, fired or not, in the order of the rule list. */
    readonly rules: readonly RuleInfo[];
    readonly configuration: ReportedConfiguration;
    readonly principals: readonly ReportedPrincipal[];
    /** Limits that were hit, with the number of times. */
    readonly limits: readonly {
        readonly limit: Limit;
        readonly count: number;
    }[];
}
/** What the user set of the run. Rules by their ids, sorted. */
export interface ReportedConfiguration {
    /** The configuration file, relative to the root; of one that is elsewhere, its name. */
    readonly source?: string;
    /** Rules that did not run. */
    readonly off: readonly string[];
    /** Rules whose findings all have one level. */
    readonly levels: readonly {
        readonly rule: string;
        readonly level: Level;
    }[];
}
export interface Tool {
    readonly name: string;
    readonly version: string;
    readonly url: string;
}
/** One word for a run; the exit status follows from it and from `failOn`. */
export type Outcome = "clean" | "findings" | "findings-incomplete" | "incomplete" | "undecided" | "nothing";
/** A place as it may be shown. It is on one line: a longer span is cut at the end of its first line. */
export interface Place {
    readonly file: string;
    /** UTF-16 offset of the start, for sorting and editors. */
    readonly offset: number;
    readonly start: Position;
    readonly end: Position;
    readonly snippet: Snippet;
}
/** The masked line of a place, or a part of it around the place where the line is long. */
export interface Snippet {
    readonly text: string;
    /** The place within `text`: UTF-16 offsets, half-open. */
    readonly start: number;
    readonly end: number;
    /** Characters of the line are left out before, or after, `text`. */
    readonly cutBefore: boolean;
    readonly cutAfter: boolean;
}
/** Findings of one rule on one line are one: the first place is `place`, the others are related. */
export interface ReportedFinding {
    readonly rule: string;
    readonly level: Level;
    readonly place: Place;
    /** The resources that it is about: one, or several where findings were merged. Never empty. */
    readonly subjects: readonly Subject[];
    readonly message: string;
    /** How the evidence hangs together, in the order to read it. */
    readonly steps: readonly ReportedStep[];
    readonly related: readonly ReportedStep[];
    readonly fix: string;
    /** Stable over moved lines: a hash over rule, unit, subject, masked text and ordinal. */
    readonly fingerprint: string;
    /** GitHub's hash of the line; undefined where its window holds the text of a credential. */
    readonly lineHash: string | undefined;
}
/** A finding that something unknown decides. */
export interface ReportedQuestion extends ReportedFinding {
    /** What is unknown. Never empty. */
    readonly because: readonly ReportedBecause[];
}
export interface ReportedBecause {
    readonly kind: ReasonKind;
    readonly what: string;
    readonly place: Place;
}
export interface Subject {
    readonly address: string;
    /** The unit that the address belongs to: the directory or file that it starts from. */
    readonly unit: string;
    /** The CDK construct path, where there is one. */
    readonly construct?: string;
}
export interface ReportedStep {
    readonly place: Place;
    readonly message: string;
}
export interface ReportedDiagnostic {
    readonly kind: DiagnosticKind;
    readonly file: string;
    readonly message: string;
    readonly start?: Position;
    readonly end?: Position;
    readonly limit?: Limit;
    /** A part of the input was not analysed because of it. */
    readonly incomplete: boolean;
}
/** A user or permission set: the credentials that it has, and what it is allowed. */
export interface Principal {
    readonly address: string;
    readonly at: Span;
    readonly name: string;
    readonly uses: readonly {
        readonly use: "smtp" | "api" | "console";
        readonly strength: string;
        readonly because: string;
    }[];
    readonly credentials: readonly {
        readonly address: string;
        readonly kind: "access-key" | "console-password";
    }[];
    /** May it send by SMTP (`ses:SendRawEmail`)? */
    readonly maySend: "yes" | "no" | "maybe";
    /** Action patterns that it is allowed, as written, at most 50. */
    readonly allowed: readonly string[];
    /** Why something of it is unknown. */
    readonly unknown: readonly string[];
}
export interface ReportedPrincipal extends Principal {
    readonly place: Place;
}
/** What became of a file. Every directory entry of the run has one. */
export interface FileOutcome {
    readonly path: string;
    readonly status: "analysed" | "partial" | "skipped" | "failed" | "ignored" | "not-iac";
    /** Why it is not analysed. */
    readonly reason?: string;
    readonly dialect?: string;
    readonly bytes?: number;
}
