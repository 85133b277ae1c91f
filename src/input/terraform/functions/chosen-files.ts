import { charactersOf } from "../../../core/encode";
import { when } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { concat, text } from "../../../core/text";
import type { Text, Value } from "../../../core/value";
import { orElse } from "./by-key";
import { fail, known, type Call } from "./param";
import { resolvePath } from "./path";

/**
 * The path of a file that is there. One with a part that is undecided, `policies/${var.env}.json`, is that of one of the
 * files that have such a name: with any other Terraform finds no file.
 */
export const existing: typeof known = {
  ...known,
  prepare: (value, call) => (value.kind === "text" ? chosen(value, call) : value),
};

function chosen(value: Text, call: Call): Value {
  const parts = partsOf(value);
  const names = parts === undefined ? [] : namesThere(parts, call);
  if (parts === undefined || names.length === 0 || names.length > limits.options) return value;
  const found = names.map((name) => ({
    guard: when(parts.id, name),
    value: concat([parts.before, text(name, value.at), parts.after], value.at),
  }));
  return orElse(found, () => fail(call, "no file has this name"), call.at);
}

interface Parts {
  readonly before: Text;
  readonly after: Text;
  /** Of the only part that is not known. */
  readonly id: string;
}

function partsOf({ pieces, at }: Text): Parts | undefined {
  const index = pieces.findIndex((piece) => piece.kind === "hole");
  const hole = pieces[index];
  if (hole?.kind !== "hole" || hole.unknown.id === undefined) return undefined;
  const [before, after] = [pieces.slice(0, index), pieces.slice(index + 1)];
  return {
    before: { kind: "text", pieces: before, at },
    after: { kind: "text", pieces: after, at },
    id: hole.unknown.id,
  };
}

/** What the part can be, a file's name or a directory's, so that there is a file. */
function namesThere({ before, after }: Parts, call: Call): readonly string[] {
  const [start, end] = [charactersOf(before), charactersOf(after)];
  if (start === undefined || end === undefined) return [];
  const slash = start.lastIndexOf("/") + 1;
  const [first, last = ""] = [start.slice(slash), end.split("/")[0]];
  const directory = resolvePath(start.slice(0, slash), call);
  const listed = directory === undefined ? undefined : call.read.list(directory);
  if (listed?.kind !== "entries") return [];
  return listed.entries.flatMap(({ name, kind }) => {
    if (kind === "directory" && !end.includes("/")) return [];
    if (name.length <= first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return [];
    const own = name.slice(first.length, name.length - last.length);
    const found = resolvePath(start + own + end, call);
    return found !== undefined && call.read.text(found).kind === "text" ? [own] : [];
  });
}
