import { isIncomplete, type Diagnostic } from "../../core/diagnostic";
import type { Read } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import { knownText } from "../../core/text";
import type { Value } from "../../core/value";
import type { StackResource } from "./stack";
import { fieldOf, parseTemplates, type ResourceBody, type Template } from "./template";

/** The templates of a run, each file read and parsed once. */
export interface TemplateStore {
  /** The templates of a file; none where it is something else or cannot be read. */
  load(path: string): readonly Template[];
  /** What was wrong with the files that were loaded. */
  diagnostics(): readonly Diagnostic[];
  /** What became of the files that were loaded. `also`: what was found later, when they were adapted. */
  files(also: readonly Diagnostic[]): readonly FileOutcome[];
}

/** `certain`: what is loaded is a template, whatever is in it. */
export function templateStore(read: Read, dialect: string, certain: boolean): TemplateStore {
  const loaded = new Map<string, readonly Template[]>();
  const outcomes = new Map<string, FileOutcome>();
  const diagnostics: Diagnostic[] = [];
  return {
    load(path) {
      const known = loaded.get(path);
      if (known !== undefined) return known;
      const { templates, outcome, problems } = loadFile(path, read, dialect, certain);
      loaded.set(path, templates);
      if (outcome) outcomes.set(path, outcome);
      diagnostics.push(...problems);
      return templates;
    },
    diagnostics: () => diagnostics,
    files(also) {
      const incomplete = new Set([...diagnostics, ...also].filter(isIncomplete).map((diagnostic) => diagnostic.file));
      return [...outcomes.values()].map((outcome) =>
        outcome.status === "analysed" && incomplete.has(outcome.path) ? { ...outcome, status: "partial" } : outcome,
      );
    },
  };
}

interface Loaded {
  readonly templates: readonly Template[];
  /** None for a file that is not there: whoever names it says so. */
  readonly outcome?: FileOutcome;
  readonly problems: readonly Diagnostic[];
}

function loadFile(path: string, read: Read, dialect: string, certain: boolean): Loaded {
  const result = read.text(path);
  if (result.kind === "missing") return { templates: [], problems: [] };
  if (result.kind === "failed") {
    const { reason } = result;
    const problem: Diagnostic = { kind: "unreadable", file: path, message: `The template cannot be read: ${reason}.` };
    return { templates: [], outcome: { path, status: "failed", reason, dialect }, problems: [problem] };
  }
  const { text, bytes } = result;
  const parsed = parseTemplates({ path, text }, certain);
  switch (parsed.kind) {
    case "templates":
      return {
        templates: parsed.templates,
        outcome: { path, status: "analysed", dialect, bytes },
        problems: parsed.diagnostics,
      };
    case "failed":
      return {
        templates: [],
        outcome: { path, status: "failed", reason: parsed.diagnostic.message, dialect, bytes },
        problems: [parsed.diagnostic],
      };
    case "other":
      return { templates: [], outcome: { path, status: "not-iac", bytes }, problems: [] };
  }
}

/**
 * The path of the template that a resource nests, relative to the root of the run; undefined where it is a URL or is
 * worked out.
 */
export function writtenNestedPath(resource: StackResource): string | undefined {
  const { template } = resource.stack;
  const property = templateProperties.get(resource.type);
  const body = template.resources.get(resource.name);
  return property && body && nestedPath(template, body, resource.property(property));
}

/** The paths of the templates that a template nests, as far as they are written down. */
export function nestedPaths(template: Template): readonly string[] {
  return [...template.resources.values()].flatMap((resource) => {
    const property = templateProperties.get(resource.type);
    const properties = fieldOf(resource.value, "Properties");
    if (property === undefined || properties?.kind !== "map") return [];
    return nestedPath(template, resource, fieldOf(properties, property)) ?? [];
  });
}

/** The property that names a nested template. */
const templateProperties: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudFormation::Stack", "TemplateURL"],
  ["AWS::Serverless::Application", "Location"],
]);

/** CDK and SAM say in the metadata which file they will upload. */
function nestedPath(template: Template, resource: ResourceBody, url: Value | undefined): string | undefined {
  const metadata = fieldOf(resource.value, "Metadata");
  const asset = metadata?.kind === "map" ? knownText(fieldOf(metadata, "aws:asset:path")) : undefined;
  const written = asset ?? knownText(url);
  if (written === undefined || /^[a-z][a-z0-9+.-]*:/i.test(written) || written.startsWith("/")) return undefined;
  const parts = template.path.split("/").slice(0, -1);
  for (const part of written.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts.join("/");
}
