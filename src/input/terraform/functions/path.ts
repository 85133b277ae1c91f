import type { CallContext } from "./context";

/**
 * A path of the configuration as a path relative to the root of the run: from the working directory, with forward
 * slashes, without dots. Undefined where it leads out of the root, or is absolute.
 */
export function resolvePath(path: string, { workingDir }: Pick<CallContext, "workingDir">): string | undefined {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.startsWith("~") || path.includes("\0")) return undefined;
  const parts: string[] = [];
  for (const part of `${workingDir}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** As Go's filepath.Base: without slashes at the end; `.` of an empty path. */
export function baseName(path: string): string {
  if (path === "") return ".";
  const trimmed = withoutSlashes(path);
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** As Go's filepath.Dir: what stands before the last slash, cleaned. */
export function directoryName(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf("/") + 1));
}

/** As Go's filepath.Clean: single slashes, no dots, `..` only at the start of a relative path. */
function cleanPath(path: string): string {
  const isRooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (!isRooted && (parts.length === 0 || parts.at(-1) === ".."))) parts.push(part);
    else parts.pop();
  }
  const joined = parts.join("/");
  return isRooted ? `/${joined}` : joined === "" ? "." : joined;
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}
