import type { Limit } from "./limits";
import { type Source } from "./source";
/** How the layers below `cli` see files: `cli/files` gives one over the disk, `readSources` one over memory. */
export interface Read {
    /** The entries of a directory, sorted by code unit. `path` is relative to the root, "" is the root itself. */
    list(path: string): ListResult;
    /** The text of a file. Only regular files inside the root are opened, no link out of it is followed. */
    text(path: string): TextResult;
}
export type ListResult = {
    readonly kind: "entries";
    readonly entries: readonly DirectoryEntry[];
} | {
    readonly kind: "failed";
    readonly reason: string;
};
/** A link to a regular file inside the root counts as the file. */
export interface DirectoryEntry {
    readonly name: string;
    readonly kind: "file" | "directory" | "other";
    /** Why an "other" is not opened: a link out of the root, a socket. */
    readonly reason?: string;
    /** The file that says that git ignores it. Whether it is read all the same is decided by `input/discover`. */
    readonly ignoredBy?: string;
    /** The configuration that excludes it. It is read only where it is named, or where something refers to it. */
    readonly excludedBy?: string;
}
/**
 * `missing` is told apart, since a file that is not there is no failure to read. A byte order mark stays in the text.
 * `looks`: the text without what is wrong in its bytes, good enough to tell what kind of file it is.
 */
export type TextResult = {
    readonly kind: "text";
    readonly text: string;
    readonly bytes: number;
} | {
    readonly kind: "missing";
} | {
    readonly kind: "failed";
    readonly reason: string;
    readonly limit?: Limit;
    readonly looks?: string;
};
/** A Read over sources in memory: their paths make the directories. */
export declare function readSources(sources: readonly Source[]): Read;
