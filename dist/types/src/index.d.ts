import type { Level } from "./core/finding";
import type { Report } from "./core/report";
import type { RuleOptions } from "./model/rule";
export type { FileOutcome, Outcome, Report, ReportedFinding, ReportedQuestion, ReportedStep } from "./core/report";
export type { RuleInfo } from "./core/rule-info";
export type { Source } from "./core/source";
export type { Rule, RuleOptions } from "./model/rule";
export { rules } from "../rules";
export { lintSources } from "./lint";
/** What may be set of a run; everything has a default. */
export interface LintOptions {
    /** Relative paths are taken from here; default: the working directory. */
    readonly cwd?: string;
    /** Ids of the rules to run; default: those that are on. An unknown id is an error. */
    readonly rules?: readonly string[];
    /** What is not set has its default. */
    readonly options?: Partial<RuleOptions>;
    /** Levels that all findings of a rule have, by the rule's id; those that the rule gives them otherwise. */
    readonly levels?: Readonly<Record<string, Level>>;
    /** Values for parameters of CloudFormation templates, by name. */
    readonly parameters?: Readonly<Record<string, string>>;
    /** Values for variables of Terraform's root modules, by name; collections as Terraform writes them. */
    readonly variables?: Readonly<Record<string, string>>;
}
/**
 * Lints files and directories on disk. Paths in the report are relative to the repository that holds them.
 * Throws a RangeError for a rule that does not exist; whatever is wrong with the input is in the report. No configuration
 * file is read: what one says is asked for.
 */
export declare function lint(paths: readonly string[], asked?: LintOptions): Report;
