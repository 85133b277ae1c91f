import { always, type Guard } from "../../../core/guard";
import { isLimit, limits } from "../../../core/limits";
import { kept } from "../../../core/map";
import type { Definite, Unknown, Value } from "../../../core/value";
import { isError } from "../functions/context";
import { mapOptions } from "../functions/unify";
import type { FileLog } from "../file-log";
import { syntaxError } from "./expression";
import type { Evaluation } from "./scope";
import { hasUnknown } from "./size";
import { under } from "./under";

/**
 * A value where it is put to use, in an argument, a local, an output, that is there when the guard holds. What nothing
 * caught is reported; what cannot be under the guard is left out.
 */
export function settled(
  value: Value,
  { files, refused }: Pick<Evaluation, "files" | "refused">,
  guard: Guard = always,
): Value {
  const left = under(value, guard, refused);
  if (hasUnknown(left)) {
    const seen = lookedThrough(files)[guard.length === 0 ? "always" : "sometimes"];
    reportProblems(left, { files, isThere: guard.length === 0, seen, depth: 0 });
  }
  return left;
}

interface Walk {
  readonly files: FileLog;
  /** Is the value put to use in any case? What is wrong under a guard only is no problem: it may keep that away. */
  readonly isThere: boolean;
  readonly seen: WeakSet<Value>;
  depth: number;
}

/** What all instances of a resource share is looked through once. */
function lookedThrough(files: FileLog): Looked {
  return kept(looked, files, () => ({ always: new WeakSet(), sometimes: new WeakSet() }));
}

type Looked = Readonly<Record<"always" | "sometimes", WeakSet<Value>>>;

const looked = new WeakMap<FileLog, Looked>();

function reportProblems(value: Value, walk: Walk): void {
  if (value.kind === "unknown") {
    reportUnknown(value, walk);
    return;
  }
  if (!hasUnknown(value) || walk.depth >= limits.depth || walk.seen.has(value)) return;
  walk.seen.add(value);
  walk.depth++;
  for (const part of partsOf(value)) reportProblems(part, walk);
  walk.depth--;
}

/** The parts of a value that are there in any case. */
function partsOf(value: Exclude<Value, Unknown>): readonly Value[] {
  switch (value.kind) {
    case "text":
      return value.pieces.flatMap((piece) =>
        piece.kind === "hole" ? [piece.unknown] : piece.kind === "encoded" ? [piece.value] : [],
      );
    case "list":
      return [...value.items.filter((item) => item.guard.length === 0).map((item) => item.value), ...restOf(value)];
    case "map":
      return [
        ...value.entries.filter((entry) => entry.guard.length === 0).map((entry) => entry.value),
        ...restOf(value),
      ];
    case "choice":
      return value.options.filter((option) => !isError(option.value)).map((option) => option.value);
    case "null":
    case "bool":
    case "number":
      return [];
  }
}

function restOf({ rest }: { readonly rest?: Unknown }): readonly Unknown[] {
  return rest === undefined ? [] : [rest];
}

function reportUnknown({ reason, at }: Unknown, { files, isThere }: Walk): void {
  const { kind, what } = reason;
  if (kind === "invalid" && what !== syntaxError) {
    if (isThere) files.report({ kind: "invalid", file: at.file, at, message: `${capital(what)}.` });
  } else if (kind === "missing" && what.startsWith("the file ")) {
    files.report({ kind: "unresolved", file: at.file, at, message: `${capital(what)} is not there.` });
  } else if (kind === "unsupported" && what.endsWith(" of a path outside the input")) {
    files.report({ kind: "unresolved", file: at.file, at, message: `${what} reads nothing: it is not opened.` });
  } else if (kind === "limit" && isLimit(what)) {
    const message = `A value is over the limit "${what}" (${limits[what]}); it is unknown.`;
    files.report({ kind: "limit", limit: what, file: at.file, at, message });
  }
}

/** The start of a sentence. A phrase that starts with a name of the input names it with its dots; a bare name stands further on. */
export function capital(phrase: string): string {
  return /^[a-z]+ /.test(phrase) ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : phrase;
}

/** A value without the ways in which it is null; undefined where it always is. */
export function unlessNull(value: Value): Value | undefined {
  if (value.kind === "null") return undefined;
  if (value.kind !== "choice") return value;
  const options = value.options.filter((option) => option.value.kind !== "null");
  if (options.length === value.options.length) return value;
  return options.length === 0 ? undefined : { ...value, options };
}

/** An unknown without a name of its own gets that of what it passed, so that it is recognised again. */
export function named(value: Value, id: string): Value {
  return mapOptions(value, (one): Definite => {
    const nameless = one.kind === "unknown" && one.id === undefined && one.ref === undefined && !isError(one);
    return nameless && value.kind !== "choice" ? { ...one, id } : one;
  });
}
