import type { Level } from "./finding";
/** What is said of a rule. Its file name is its id, its fixture folder, its page and its suppression word. */
export interface RuleInfo {
    readonly id: string;
    /** A few words, sentence case, no full stop. */
    readonly title: string;
    /** The level that it mostly has; a finding carries its own. */
    readonly level: Level;
    /** One or two sentences: what goes wrong. */
    readonly why: string;
    /** A command: what to do. */
    readonly fix: string;
    /** When it answers "open": a condition; or `never: ` and why. */
    readonly openWhen: string;
    /** What it never flags. */
    readonly never: readonly string[];
    readonly sources: readonly Quote[];
    /** SARIF security-severity: above 0.0, at most 10.0, never exactly 9.0. */
    readonly securitySeverity: number;
    readonly precision: "very-high" | "high" | "medium";
    /** CWE numbers. */
    readonly cwe: readonly number[];
    /** It runs only where it is selected. */
    readonly off?: true;
}
/** What goes on from "Undecided": `when …`, or `never: …`. */
export declare function undecidedText({ openWhen }: RuleInfo): string;
/** Text that the rule stands on. */
export interface Quote {
    readonly title: string;
    readonly url: string;
    readonly text: string;
}
