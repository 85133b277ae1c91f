import type { Read } from "../../core/read";
import type { FoundFile } from "../dialect";

/** `cdk.json` tells the command that makes the assembly. */
export function isApp(file: FoundFile, read: Read): boolean {
  if (!/(?:^|\/)cdk\.json$/.test(file.path)) return false;
  const result = read.text(file.path);
  return result.kind === "text" && result.text.includes('"app"');
}

/** `cdk.context.json` keeps what the app was told of accounts and looked up there. */
export function isContext({ path }: FoundFile): boolean {
  return /(?:^|\/)cdk\.context\.json$/.test(path);
}

/** The outermost directory of assemblies that a file belongs to. Files of an assembly are read through its manifest. */
export function assemblyOf(path: string, read: Read): string | undefined {
  const isCandidate = /(?:^|\/)(?:cdk\.out\/|(?:manifest|[^/]+\.(?:template|assets))\.json$)/.test(path);
  if (!isCandidate || !/\.(?:json|ya?ml|template)$/.test(path)) return undefined;
  for (let end = 0; end >= 0; end = path.indexOf("/", end + 1)) {
    const dir = path.slice(0, end);
    const manifest = read.text(dir === "" ? "manifest.json" : `${dir}/manifest.json`);
    if (manifest.kind === "text" && looksLikeManifest(manifest.text)) return dir;
  }
  return undefined;
}

/** A quick look: other programs have a `manifest.json`, too. */
function looksLikeManifest(text: string): boolean {
  return text.includes('"artifacts"') && /"type"\s*:\s*"(?:aws:cloudformation:stack|cdk:)/.test(text);
}
