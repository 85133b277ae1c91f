import type { RE2JS } from "re2js";
import { limits } from "../../../core/limits";
import { unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import { binary } from "./define";
import { loadRegex } from "./lazy";
import { setOf } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { resolvePath } from "./path";
import { made } from "./pieces";

/** The regular files below a directory whose relative paths match a pattern. */
export const fileset = binary("none", [param.known, param.known], (call, written, pattern) => {
  const root = resolvePath(written.characters, call);
  if (root === undefined) return unknown("unsupported", `${call.name}() of a path outside the input`, call.at);
  const matcher = compileGlob(pattern.characters);
  if (matcher === undefined) return fail(call, "the pattern is not valid");
  const found: string[] = [];
  const isWhole = collect({ call, matcher, found, left: limits.items }, root, "", 0);
  const names = found.map((path): Value => made(path, call));
  const rest = isWhole
    ? undefined
    : unknown("unsupported", `${call.name}() of a directory that cannot be read`, call.at);
  return setOf(
    names.map((value) => ({ guard: [], value })),
    call,
    rest,
  );
});

interface Walk {
  readonly call: Call;
  readonly matcher: RE2JS;
  readonly found: string[];
  /** Entries that are still looked at. */
  left: number;
}

/** False: a part of the tree could not be looked at. */
function collect(walk: Walk, root: string, below: string, depth: number): boolean {
  const directory = below === "" ? root : root === "" ? below : `${root}/${below}`;
  const listed = walk.call.read.list(directory);
  if (listed.kind === "failed") return false;
  let isWhole = true;
  for (const entry of listed.entries) {
    if (walk.left-- <= 0) return false;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.kind === "file" && walk.matcher.matches(path)) walk.found.push(path);
    if (entry.kind === "directory") {
      if (depth >= limits.depth || !collect(walk, root, path, depth + 1)) isWhole = false;
    }
  }
  return isWhole;
}

/** `*` and `?` within one name, `**` over directories, `[…]`, `{a,b}` and escapes, as a regular expression. */
function compileGlob(pattern: string): RE2JS | undefined {
  const { RE2JS } = loadRegex();
  let source = "";
  let braces = 0;
  const tokens = pattern.match(/\\.|\*\*\/|\*\*|\*|\?|\[[^\]]+\]|[{},]|[^]/gsu) ?? [];
  for (const token of tokens) {
    if (token === "**/") source += "(?:.*/)?";
    else if (token === "**") source += ".*";
    else if (token === "*") source += "[^/]*";
    else if (token === "?") source += "[^/]";
    else if (token.length > 1 && token.startsWith("[")) source += token;
    else if (token === "{") {
      source += "(?:";
      braces++;
    } else if (token === "}" && braces > 0) {
      source += ")";
      braces--;
    } else if (token === "," && braces > 0) source += "|";
    else if (token === "[") return undefined;
    else source += RE2JS.quote(token.length > 1 && token.startsWith("\\") ? token.slice(1) : token);
  }
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
}
