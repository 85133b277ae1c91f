import type { Diagnostic } from "../../core/diagnostic";
import { readJson } from "../../core/json";
import { limits } from "../../core/limits";
import { name as named, say } from "../../core/message";
import type { Read } from "../../core/read";
import type { Span } from "../../core/source";
import { knownText } from "../../core/text";
import type { Value } from "../../core/value";
import { failureDiagnostic } from "../decode-failure";
import { entriesIn, fieldOf, textField } from "../fields";

/** A cloud assembly: what `cdk synth` writes. Manifests of any schema version: only what is needed is looked at. */
export interface Assembly {
  /** The directory of `manifest.json`, relative to the root of the run. */
  readonly dir: string;
  /** The stacks' templates, in the order of the manifest. */
  readonly templates: readonly StackTarget[];
  /** Paths of files that are uploaded, by the hash that is a part of their URL; templates of nested stacks among them. */
  readonly assets: ReadonlyMap<string, string>;
  /** Directories of the assemblies of stages. */
  readonly nested: readonly Target[];
  /** The manifest, the lists of assets and the files of metadata. */
  readonly files: readonly ManifestFile[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ManifestFile {
  readonly path: string;
  /** Could it be read, and is it JSON? A diagnostic says why not. */
  readonly isRead: boolean;
}

/** A file or directory that an artifact of the manifest names. */
export interface Target {
  readonly path: string;
  /** The name of the artifact. */
  readonly artifact: string;
  readonly at: Span;
}

interface StackTarget extends Target {
  /** The construct path of the stack. */
  readonly displayName: string;
  readonly stackName: string;
  /** The account and region that it is made for, by the names of pseudo parameters; none where it may go anywhere. */
  readonly pseudo: ReadonlyMap<string, string>;
  /** What the app says of its constructs, by their paths: in the manifest, since 2.276 in a file of its own. */
  readonly metadata: readonly Value[];
}

/** Undefined where the directory has no manifest. */
export function readAssembly(dir: string, read: Read): Assembly | undefined {
  const path = inside(dir, "manifest.json") ?? "manifest.json";
  const diagnostics: Diagnostic[] = [];
  const manifest = readDocument(path, read, diagnostics);
  if (manifest === undefined && diagnostics.length === 0) return undefined;
  const templates: StackTarget[] = [];
  const nested: Target[] = [];
  const files: ManifestFile[] = [{ path, isRead: manifest !== undefined }];
  const assets = new Map<string, string>();
  const outside = (artifact: string, at: Span): void => {
    const message = say`${named(artifact)} names a file outside the assembly.`;
    diagnostics.push({ kind: "unreadable", file: path, at, message: message.text });
  };
  const readNamed = (artifact: string, name: Value | undefined): Value | undefined => {
    if (name === undefined) return undefined;
    const target = inside(dir, knownText(name) ?? "..");
    if (target === undefined) outside(artifact, name.at);
    if (target === undefined || read.text(target).kind === "missing") return undefined;
    const document = readDocument(target, read, diagnostics);
    files.push({ path: target, isRead: document !== undefined });
    return document;
  };
  for (const artifact of entriesIn(fieldOf(manifest, "artifacts"))) {
    const type = textField(artifact.value, "type");
    const properties = fieldOf(artifact.value, "properties");
    const property = type === undefined ? undefined : readProperties.get(type);
    const written = property === undefined ? undefined : fieldOf(properties, property);
    if (written === undefined) continue; // Docker images, reports and the construct tree.
    const target = inside(dir, knownText(written) ?? "..");
    if (target === undefined) {
      outside(artifact.key, written.at);
    } else if (type === "aws:cloudformation:stack") {
      const displayName = textField(artifact.value, "displayName") ?? artifact.key;
      const more = readNamed(artifact.key, fieldOf(artifact.value, "additionalMetadataFile"));
      const metadata = [fieldOf(artifact.value, "metadata"), more];
      const stackName = textField(properties, "stackName") ?? artifact.key;
      const pseudo = environmentIn(textField(artifact.value, "environment"));
      const own = { displayName, stackName, pseudo, metadata: metadata.filter((one) => one !== undefined) };
      templates.push({ path: target, artifact: artifact.key, at: written.at, ...own });
    } else if (type === "cdk:cloud-assembly") {
      nested.push({ path: target, artifact: artifact.key, at: written.at });
    } else {
      for (const [hash, asset] of assetsIn(readNamed(artifact.key, written), dir)) assets.set(hash, asset);
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

/** `aws://123456789012/eu-west-1`, or `aws://unknown-account/unknown-region` where the app leaves that to the deployment. */
function environmentIn(written: string | undefined): ReadonlyMap<string, string> {
  const [, account = "", region = ""] = /^aws:\/\/(\d{12}|unknown-account)\/([a-z0-9-]+)$/.exec(written ?? "") ?? [];
  const parameters = new Map([
    ["AWS::AccountId", account],
    ["AWS::Region", region],
  ]);
  return new Map([...parameters].filter(([, value]) => value !== "" && !value.startsWith("unknown-")));
}

/** `{ files: { <hash>: { source: { path } } } }` */
function assetsIn(manifest: Value | undefined, dir: string): readonly (readonly [string, string])[] {
  return entriesIn(fieldOf(manifest, "files")).flatMap(({ key, value }) => {
    const source = textField(fieldOf(value, "source"), "path");
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
  diagnostics.push(failureDiagnostic(path, decoded, "manifest"));
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
