import type { Diagnostic } from "../../core/diagnostic";
import { kept } from "../../core/map";
import type { Read, TextResult } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import { compareText } from "../../core/source";

/** Reads files and keeps account of what became of each. */
export interface FileLog {
  readonly read: Read;
  /** The text of a file, or undefined with a diagnostic. Wherever it is asked for again, it is the same. */
  text(path: string): string | undefined;
  /** What became of a file, in other words than that it was read. The last word counts. */
  note(outcome: FileOutcome): void;
  readonly report: (diagnostic: Diagnostic) => void;
  outcomes(): readonly FileOutcome[];
  diagnostics(): readonly Diagnostic[];
}

/** `dialect` stands in every outcome. What functions read through `read` is accounted for as well. */
export function openFiles(disk: Read, dialect = "terraform"): FileLog {
  const texts = new Map<string, TextResult>();
  const outcomes = new Map<string, FileOutcome>();
  const reported = new Map<string, Diagnostic>();
  const text = (path: string): TextResult =>
    kept(texts, path, () => {
      const result = disk.text(path);
      if (result.kind === "text") outcomes.set(path, { path, status: "analysed", dialect, bytes: result.bytes });
      if (result.kind === "failed") outcomes.set(path, { path, status: "failed", reason: result.reason, dialect });
      return result;
    });
  const report = (diagnostic: Diagnostic): void => {
    kept(reported, keyOf(diagnostic), () => diagnostic);
  };
  return {
    read: { list: (path) => disk.list(path), text },
    text(path) {
      const result = text(path);
      if (result.kind === "text") return result.text;
      if (result.kind === "failed") {
        const { reason, limit } = result;
        const problem = { file: path, message: `The file cannot be read: ${reason}.` };
        report(limit === undefined ? { kind: "unreadable", ...problem } : { kind: "limit", limit, ...problem });
      } else {
        report({ kind: "unreadable", file: path, message: "The file is not there." });
      }
      return undefined;
    },
    note(outcome) {
      const bytes = outcomes.get(outcome.path)?.bytes;
      outcomes.set(outcome.path, { dialect, ...(bytes !== undefined && { bytes }), ...outcome });
    },
    report,
    outcomes: () => [...outcomes.values()].sort((a, b) => compareText(a.path, b.path)),
    diagnostics: () => [...reported.values()],
  };
}

/**
 * What is outside of the input is named once, wherever it is referred to. One value over a limit takes many others with
 * it, so a limit is reported once a file.
 */
function keyOf({ file, at, kind, message }: Diagnostic): string {
  if (kind === "unresolved") return message;
  return kind === "limit" ? `${file} ${message}` : `${file} ${String(at?.start)} ${kind} ${message}`;
}
