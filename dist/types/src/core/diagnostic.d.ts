import type { Limit } from "./limits";
import type { Span } from "./source";
/** Something about the input that the run could not read or understand. Never a finding. */
export interface Diagnostic {
    readonly kind: DiagnosticKind;
    /** The file, relative to the root; for a path that was named and is not there, the path. */
    readonly file: string;
    /** The place, where the problem has one. */
    readonly at?: Span;
    /** One sentence, present tense. Names and kinds only: never a literal's text. */
    readonly message: string;
    /** Which limit, where `kind` is "limit". */
    readonly limit?: Limit;
    /** It stands for so many problems of the file that are not reported one by one. */
    readonly count?: number;
}
export type DiagnosticKind = "unreadable" | "syntax" | "invalid" | "unresolved" | "limit";
/**
 * Does the problem mean that a part of the input was not analysed (exit 2)? A value with too many ways to come out is
 * analysed as an unknown one, and what hangs on it is undecided.
 */
export declare function isIncomplete(diagnostic: Diagnostic): boolean;
