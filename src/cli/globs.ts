import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type * as FastGlob from "fast-glob";

/** Loaded when the first pattern is met: most runs name paths. */
declare function require(id: "fast-glob"): typeof FastGlob;

/**
 * A path that is not there and has glob characters is a pattern; one that matches nothing stays as it is, so that it is
 * reported as missing. Directories match too, links are not followed. Braces are as a shell has them, where they count.
 */
export function expandGlobs(cwd: string, paths: readonly string[], braces = true): readonly string[] {
  return paths.flatMap((path) => {
    if (!(braces ? /[*?[{]/ : /[*?[]/).test(path) || existsSync(resolve(cwd, path))) return [path];
    const found = require("fast-glob").sync(path, {
      cwd,
      dot: true,
      followSymbolicLinks: false,
      onlyFiles: false,
      ignore: ["**/node_modules/**"],
      braceExpansion: braces,
      extglob: braces,
    });
    return found.length === 0 ? [path] : found.sort();
  });
}
