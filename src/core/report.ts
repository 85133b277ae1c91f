import type { Diagnostic } from "./diagnostic";
import type { Because, Level } from "./finding";
import type { RuleInfo } from "./rule-info";
import type { Source, Span } from "./source";

/** Everything that a run has to say; every format is a pure function of it. Sorted by path, offset and rule. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string; readonly url: string };
  readonly outcome: Outcome;
  /** Was every file that looks like ours read and analysed? */
  readonly complete: boolean;
  readonly findings: readonly ReportedFinding[];
  readonly undecided: readonly ReportedFinding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileOutcome[];
  /** All rules, fired or not, in the order of the rule list. */
  readonly rules: readonly RuleInfo[];
  readonly principals: readonly Principal[];
  /** Limits that were hit, with the number of times. */
  readonly limits: readonly { readonly limit: string; readonly count: number }[];
  /** The texts that places point into, by path. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** One word for a run; the exit status follows from it and from `failOn`. */
export type Outcome = "clean" | "findings" | "findings-incomplete" | "incomplete" | "undecided" | "nothing";

/** Findings of one rule on one line are one: the first place is `at`, the others are related. */
export interface ReportedFinding {
  readonly rule: string;
  readonly level: Level;
  readonly at: Span;
  /** Address of the resource; further ones where findings were merged. */
  readonly subjects: readonly Subject[];
  readonly message: string;
  readonly steps: readonly ReportedStep[];
  readonly related: readonly ReportedStep[];
  readonly fix: string;
  /** Empty for a proven finding. */
  readonly because: readonly Because[];
  /** Stable over moved lines: a hash over rule, subject, masked text and ordinal. */
  readonly fingerprint: string;
}

export interface Subject {
  readonly address: string;
  /** The CDK construct path, where there is one. */
  readonly construct?: string;
}

export interface ReportedStep {
  readonly at: Span;
  readonly message: string;
}

/** Who holds what and may do what. */
export interface Principal {
  readonly address: string;
  readonly at: Span;
  readonly name: string;
  readonly uses: readonly {
    readonly use: "smtp" | "api" | "console";
    readonly strength: string;
    readonly because: string;
  }[];
  readonly credentials: readonly { readonly address: string; readonly kind: "access-key" | "console-password" }[];
  /** May it send by SMTP (`ses:SendRawEmail`)? */
  readonly maySend: "yes" | "no" | "maybe";
  /** Action patterns that it is allowed, as written, at most 50. */
  readonly allowed: readonly string[];
  /** Why something of it is unknown. */
  readonly unknown: readonly string[];
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
