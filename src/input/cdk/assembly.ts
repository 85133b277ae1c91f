import type { Diagnostic } from "../../core/diagnostic";
import { readJson } from "../../core/json";
import { limits } from "../../core/limits";
import { name as named, say } from "../../core/message";
import type { Read } from "../../core/read";
import { knownText } from "../../core/text";
import type { Entry, Value } from "../../core/value";

/** A cloud assembly: what `cdk synth` writes. Manifests of any schema version: only what is needed is looked at. */
export interface Assembly {
  /** The directory of `manifest.json`, relative to the root of the run. */
  readonly dir: string;
  /** Paths of the stacks' templates, in the order of the manifest. */
  readonly templates: readonly string[];
  /** Paths of files that are uploaded, by the hash that is a part of their URL; templates of nested stacks among them. */
  readonly assets: ReadonlyMap<string, string>;
  /** Directories of the assemblies of stages. */
  readonly nested: readonly string[];
  /** The files that say so. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A quick look: other programs have a `manifest.json`, too. */
export function looksLikeManifest(text: string): boolean {
  return text.includes('"artifacts"') && /"type"\s*:\s*"(?:aws:cloudformation:stack|cdk:)/.test(text);
}

/** Undefined where the directory has no manifest. */
export function readAssembly(dir: string, read: Read): Assembly | undefined {
  const path = inside(dir, "manifest.json") ?? "manifest.json";
  const diagnostics: Diagnostic[] = [];
  const manifest = readDocument(path, read, diagnostics);
  if (manifest === undefined && diagnostics.length === 0) return undefined;
  const templates: string[] = [];
  const nested: string[] = [];
  const files = [path];
  const assets = new Map<string, string>();
  for (const artifact of entriesOf(field(manifest, "artifacts"))) {
    const type = knownText(field(artifact.value, "type"));
    const properties = field(artifact.value, "properties");
    const property = type === undefined ? undefined : readProperties.get(type);
    const written = property === undefined ? undefined : field(properties, property);
    if (written === undefined) continue; // Docker images, reports and the construct tree.
    const target = inside(dir, knownText(written) ?? "..");
    if (target === undefined) {
      const message = say`${named(artifact.key)} names a file outside the assembly.`;
      diagnostics.push({ kind: "unreadable", file: path, at: written.at, message: message.text });
    } else if (type === "aws:cloudformation:stack") {
      templates.push(target);
    } else if (type === "cdk:cloud-assembly") {
      nested.push(target);
    } else {
      files.push(target);
      for (const [hash, asset] of assetsIn(target, dir, read, diagnostics)) assets.set(hash, asset);
    }
  }
  return { dir, templates, assets, nested, files, diagnostics };
}

/** The property of an artifact that names a file or directory that is read, by the artifact's type. */
const readProperties: ReadonlyMap<string, string> = new Map([
  ["aws:cloudformation:stack", "templateFile"],
  ["cdk:cloud-assembly", "directoryName"],
  ["cdk:asset-manifest", "file"],
]);

/** `{ files: { <hash>: { source: { path } } } }` */
function assetsIn(
  path: string,
  dir: string,
  read: Read,
  diagnostics: Diagnostic[],
): readonly (readonly [string, string])[] {
  const manifest = readDocument(path, read, diagnostics);
  return entriesOf(field(manifest, "files")).flatMap(({ key, value }) => {
    const source = knownText(field(field(value, "source"), "path"));
    // Assets of a stage stand beside its assembly, and hold code: only templates are read, which stand in it.
    const target = source === undefined ? undefined : inside(dir, source);
    return target === undefined ? [] : [[key, target] as const];
  });
}

function readDocument(path: string, read: Read, diagnostics: Diagnostic[]): Value | undefined {
  const result = read.text(path);
  if (result.kind === "missing") return undefined;
  if (result.kind === "failed") {
    diagnostics.push({ kind: "unreadable", file: path, message: `The manifest cannot be read: ${result.reason}.` });
    return undefined;
  }
  const decoded = readJson({ path, text: result.text });
  if (decoded.kind === "value") return decoded.value;
  const { limit, at, message } = decoded;
  const kind = limit === undefined ? "syntax" : "limit";
  diagnostics.push({ kind, file: path, at, message: `The manifest ${message}.`, ...(limit && { limit }) });
  return undefined;
}

/** The path of a file below a directory; undefined where it leads out of it. */
export function inside(dir: string, relative: string): string | undefined {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(relative)) return undefined;
  const parts: string[] = [];
  for (const part of relative.split(/[/\\]/)) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  if (parts.length === 0 || parts.length > limits.depth) return undefined;
  return dir === "" ? parts.join("/") : `${dir}/${parts.join("/")}`;
}

function field(value: Value | undefined, key: string): Value | undefined {
  return entriesOf(value).find((entry) => entry.key === key)?.value;
}

function entriesOf(value: Value | undefined): readonly Entry[] {
  return value?.kind === "map" ? value.entries : [];
}
