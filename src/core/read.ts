/** How the layers below `cli` see files: `cli/files` gives one over the disk, `readSources` one over memory. */
export interface Read {
  /** The entries of a directory, sorted by code unit. `path` is relative to the root, "" is the root itself. */
  list(path: string): ListResult;
  /** The text of a file. Only regular files inside the root are opened, no link out of it is followed. */
  text(path: string): TextResult;
}

export type ListResult =
  | { readonly kind: "entries"; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: "failed"; readonly reason: string };

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
}

/** `missing` is told apart, since a file that is not there is no failure to read. */
export type TextResult =
  | { readonly kind: "text"; readonly text: string; readonly bytes: number }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string };
