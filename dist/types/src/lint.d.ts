import { type Read } from "./core/read";
import type { Report } from "./core/report";
import type { Source } from "./core/source";
import type { Rule } from "./model/rule";
/** Lints sources in memory, as if they were the whole of a repository. Pure: the same sources give the same report. */
export declare function lintSources(sources: readonly Source[], rules?: readonly Rule[]): Report;
/** Lints what is below the named paths, which are relative to the root of `read`; "" is the root itself. */
export declare function lintTree(read: Read, paths: readonly string[], rules?: readonly Rule[]): Report;
