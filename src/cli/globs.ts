import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type * as FastGlob from "fast-glob";

/** Loaded when the first pattern is met: most runs name paths. */
declare function require(id: "fast-glob"): typeof FastGlob;

/**
 * A path that is not there and has glob characters is a pattern; one that matches nothing stays as it is, so that it is
 * reported as missing. Directories match too, links are not followed.
 */
export function expandGlobs(cwd: string, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (!/[*?[{]/.test(path) || existsSync(resolve(cwd, path))) return [path];
    const options = { cwd, dot: true, followSymbolicLinks: false, onlyFiles: false, ignore: ["**/node_modules/**"] };
    const found = require("fast-glob").sync(path, options).sort();
    return found.length === 0 ? [path] : found;
  });
}
