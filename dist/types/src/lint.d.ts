import type { Level } from "./core/finding";
import type { GivenValue } from "./core/given-value";
import { type Read } from "./core/read";
import type { Report } from "./core/report";
import { type Source } from "./core/source";
import { type Rule, type RuleOptions } from "./model/rule";
/** Lints sources in memory, as if they were the whole of a repository. Pure: the same sources give the same report. */
export declare function lintSources(sources: readonly Source[], asked?: Asked): Report;
/** What may be asked of a run; the rules that are on and their usual options otherwise. */
export interface Asked {
    readonly rules?: readonly Rule[];
    readonly options?: Partial<RuleOptions>;
    /** Levels of findings, by the ids of their rules; those that the rules give them otherwise. */
    readonly levels?: Readonly<Record<string, Level>>;
    /** The file that says so, as the report names it. */
    readonly configuration?: string;
    /** Values for parameters of templates, and files that hold some, by paths as those that are linted. */
    readonly parameters?: readonly GivenValue[];
    /** Values for variables of Terraform's root modules, and variable files; the last one counts. */
    readonly variables?: readonly GivenValue[];
}
/** The rules that run where none is selected. */
export declare const defaultRules: readonly Rule[];
/** Lints what is below the named paths, which are relative to the root of `read`; "" is the root itself. */
export declare function lintTree(read: Read, paths: readonly string[], asked?: Asked): Report;
