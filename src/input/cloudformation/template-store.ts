import { addAll } from "../../core/add-all";
import { isIncomplete, type Diagnostic } from "../../core/diagnostic";
import { kept } from "../../core/map";
import type { Read } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import type { Span } from "../../core/source";
import type { Value } from "../../core/value";
import { failureDiagnostic } from "../decode-failure";
import type { StackResource } from "./stack";
import { includedPaths } from "./includes";
import { localPath, type LocalPath } from "./local-path";
import { looksLikeService } from "./recognise";
import { serviceTemplate } from "./serverless/service";
import { fieldOf, textField } from "../fields";
import { parseTemplates, problemDiagnostics, readDocuments, type ResourceBody, type Template } from "./template";
import { writtenText } from "./written-text";

/** The templates of a run, each file read and parsed once. */
export interface TemplateStore {
  /** The templates of a file; none where it is something else or cannot be read. */
  load(path: string): readonly Template[];
  /** The first document of a file that is a part of a template. Undefined where it cannot be read. */
  fragment(path: string): Value | undefined;
  /** Is the file a part of a template that was loaded? */
  isPart(path: string): boolean;
  /** What was wrong with the files that were loaded. */
  diagnostics(): readonly Diagnostic[];
  /** What became of the files that were loaded. `also`: what was found later, when they were adapted. */
  files(also: readonly Diagnostic[]): readonly FileOutcome[];
}

/** `certain`: what is loaded is a template, whatever is in it. */
export function templateStore(read: Read, dialect: string, certain: boolean): TemplateStore {
  const loaded = new Map<string, readonly Template[]>();
  const fragments = new Map<string, Value | undefined>();
  const outcomes = new Map<string, FileOutcome>();
  const diagnostics: Diagnostic[] = [];
  const store: TemplateStore = {
    isPart: (path) => fragments.get(path) !== undefined,
    fragment(path) {
      if (fragments.has(path)) return fragments.get(path);
      const { value, outcome, problems } = loadFragment(path, read, dialect);
      fragments.set(path, value);
      if (outcome) outcomes.set(path, outcome);
      addAll(diagnostics, problems);
      return value;
    },
    load(path) {
      const known = loaded.get(path);
      if (known !== undefined) return known;
      const { templates, outcome, problems } = loadFile(path, read, dialect, certain, named);
      loaded.set(path, templates);
      if (outcome) outcomes.set(path, outcome);
      addAll(diagnostics, problems);
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
  const named: FileReader = (path, at) => {
    const value = path.kind === "inside" ? store.fragment(path.path) : undefined;
    if (value !== undefined) return value;
    const message = `The file that is named here ${goneWhere(path)}.`;
    diagnostics.push({ kind: "unresolved", file: at.file, at, message });
    return undefined;
  };
  return store;
}

/** Why a file that is named cannot be read. */
export function goneWhere(path: LocalPath): string {
  return path.kind === "outside" ? "lies outside of what is read" : "is not in the input";
}

interface Loaded {
  readonly templates: readonly Template[];
  /** None for a file that is not there: whoever names it says so. */
  readonly outcome?: FileOutcome;
  readonly problems: readonly Diagnostic[];
}

/** `named`: what a file holds that a service names. */
function loadFile(path: string, read: Read, dialect: string, certain: boolean, named: FileReader): Loaded {
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
    case "other": {
      const { document, diagnostics: problems } = parsed;
      const service = document && looksLikeService(text) ? serviceTemplate(path, document, named) : undefined;
      if (service === undefined) return { templates: [], outcome: { path, status: "not-iac", bytes }, problems: [] };
      return { templates: [service], outcome: { path, status: "analysed", dialect, bytes }, problems };
    }
  }
}

type FileReader = (path: LocalPath, at: Span) => Value | undefined;

function loadFragment(path: string, read: Read, dialect: string): Fragment {
  const result = read.text(path);
  if (result.kind === "missing") return { problems: [] };
  if (result.kind === "failed") {
    const { reason } = result;
    const problem: Diagnostic = { kind: "unreadable", file: path, message: `The file cannot be read: ${reason}.` };
    return { outcome: { path, status: "failed", reason, dialect }, problems: [problem] };
  }
  const { text, bytes } = result;
  const source = { path, text };
  const documents = readDocuments(source);
  if (documents.kind === "failed") {
    const problem = failureDiagnostic(path, documents);
    return { outcome: { path, status: "failed", reason: problem.message, dialect, bytes }, problems: [problem] };
  }
  const [value] = documents.documents;
  const problems = problemDiagnostics(source, documents.problems, "file");
  return { ...(value && { value }), outcome: { path, status: "analysed", dialect, bytes }, problems };
}

interface Fragment extends Omit<Loaded, "templates"> {
  readonly value?: Value;
}

/** Where the template is that a resource nests; undefined where it is a URL or is worked out. */
export function writtenNestedPath(resource: StackResource): LocalPath | undefined {
  const { template } = resource.stack;
  const property = templateProperties.get(resource.type);
  const body = template.resources.get(resource.name);
  if (property === undefined || body === undefined) return undefined;
  return nestedPath(template, body, resource.property(property));
}

/** The paths of the templates that a template nests, as far as they are written down. */
export function nestedPaths(template: Template): readonly string[] {
  return nestingIn(template).flatMap((resource) => {
    const property = templateProperties.get(resource.type);
    if (property === undefined) return [];
    const path = nestedPath(template, resource, fieldOf(fieldOf(resource.value, "Properties"), property));
    return path?.kind === "inside" ? [path.path] : [];
  });
}

/** The paths of files that are parts of a template, as far as they are written down. */
export function partPaths(template: Template): readonly string[] {
  return includedPaths(template).flatMap((path) => (path.kind === "inside" ? [path.path] : []));
}

/** The resources that can nest a template. */
export function nestingIn(template: Template): readonly ResourceBody[] {
  return kept(nesting, template, ({ resources }) =>
    [...resources.values()].filter(({ type }) => templateProperties.has(type)),
  );
}

/** Kept, since whoever follows templates asks each several times. */
const nesting = new WeakMap<Template, readonly ResourceBody[]>();

/** The property that names a nested template. */
const templateProperties: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudFormation::Stack", "TemplateURL"],
  ["AWS::CloudFormation::StackSet", "TemplateURL"],
  ["AWS::Serverless::Application", "Location"],
]);

/** CDK and SAM say in the metadata which file they will upload. */
function nestedPath(template: Template, resource: ResourceBody, url: Value | undefined): LocalPath | undefined {
  const asset = textField(fieldOf(resource.value, "Metadata"), "aws:asset:path");
  return localPath(template.path, asset ?? writtenText(url, { template }));
}
