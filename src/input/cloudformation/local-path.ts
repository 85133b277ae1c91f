/** A path that a file names, relative to the root of the run. "outside": it leads out of the root. */
export type LocalPath = { readonly kind: "inside"; readonly path: string } | { readonly kind: "outside" };

/** Where a path leads that is written in a file; undefined for a URL and for what is not known. */
export function localPath(from: string, written: string | undefined): LocalPath | undefined {
  if (written === undefined || written === "" || /^[a-z][a-z0-9+.-]*:/i.test(written)) return undefined;
  if (written.startsWith("/")) return { kind: "outside" };
  const parts = from.split("/").slice(0, -1);
  for (const part of written.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return { kind: "outside" };
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return { kind: "inside", path: parts.join("/") };
}
