import type { Diagnostic } from "../../core/diagnostic";
import { decodeJson, jsonText, readJson, type DecodeFailure } from "../../core/json";
import { lineStarts, positionAt, type Source, type Span } from "../../core/source";
import { knownStart, knownText } from "../../core/text";
import type { Entry, MapValue, Text, Value } from "../../core/value";
import { failureDiagnostic } from "../decode-failure";
import { fieldOf } from "../fields";
import { placesOf, within } from "../quick-look";
import { decodeYaml, readYaml } from "../yaml";
import type { YamlProblem } from "../yaml-builder";
import { repetition } from "../yaml-entries";

/** A template as written: nothing is evaluated. Sections that are missing are empty. */
export interface Template {
  readonly path: string;
  readonly root: MapValue;
  readonly parameters: Section;
  readonly mappings: Section;
  readonly conditions: Section;
  /** Resources by logical id. */
  readonly resources: ReadonlyMap<string, ResourceBody>;
  readonly outputs: Section;
  /** What makes further resources: macros, loops and includes among the resources, and modules, by key. */
  readonly makers: readonly Named[];
  /** Names of macros over the whole template (`Transform`), SAM's and those of CloudFormation itself among them. */
  readonly transforms: readonly Value[];
  /** Does its text speak of files that are included? */
  readonly hasIncludes: boolean;
  /** Does a tool add resources of its own when it deploys the template? */
  readonly isExtended: boolean;
}

type Section = ReadonlyMap<string, Named>;

/** An entry of a section. `at` is its name. */
export interface Named {
  readonly name: string;
  readonly at: Span;
  readonly value: Value;
}

export interface ResourceBody extends Named {
  readonly type: string;
  /** The name of the condition under which it is made. */
  readonly condition: Value | undefined;
  readonly value: MapValue;
}

/** "other": it is JSON or YAML of some other kind, with its first document. */
type Parsed =
  | { readonly kind: "templates"; readonly templates: readonly Template[]; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "failed"; readonly diagnostic: Diagnostic }
  | { readonly kind: "other"; readonly document: Value | undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * The templates of a file: one, or one a document of a YAML file. `certain`: something else says that it is a template,
 * also where it has no resources.
 */
export function parseTemplates(source: Source, certain: boolean): Parsed {
  const read = readDocuments(source);
  if (read.kind === "failed") return { kind: "failed", diagnostic: failureDiagnostic(source.path, read, "template") };
  const templates = read.documents.flatMap((document) => templateOf(source, document, certain) ?? []);
  const diagnostics = problemDiagnostics(source, read.problems);
  if (templates.length === 0) return { kind: "other", document: read.documents[0], diagnostics };
  return { kind: "templates", templates, diagnostics };
}

interface Documents {
  readonly kind: "documents";
  readonly documents: readonly Value[];
  readonly problems: readonly YamlProblem[];
}

/** JSON is read as JSON; what is no JSON may still be YAML in JSON's clothes, with comments or trailing commas. */
export function readDocuments(source: Source): Documents | DecodeFailure {
  const isJson = /^\ufeff?\s*[[{]/.test(source.text);
  if (!isJson) return readYaml(source);
  const json = readJson(source);
  if (json.kind === "value") {
    return { kind: "documents", documents: [json.value], problems: json.repeated.map(repetition) };
  }
  if (json.limit !== undefined) return json;
  const yaml = readYaml(source);
  return yaml.kind === "documents" ? yaml : json;
}

/** `what`: what the file is called in the message. */
export function problemDiagnostics(
  source: Source,
  problems: readonly YamlProblem[],
  what = "template",
): readonly Diagnostic[] {
  const starts = problems.length > 0 ? lineStarts(source.text) : [];
  return problems.map(({ message, at, first, limit }): Diagnostic => {
    const before = first === undefined ? "" : `, first on line ${positionAt(starts, first.start).line}`;
    const said = { file: source.path, at, message: `The ${what} ${message}${before}.` };
    return limit === undefined ? { kind: "invalid", ...said } : { kind: "limit", limit, ...said };
  });
}

/** The template that a text holds: `TemplateBody`. `path`: what it is called. Undefined where it is none. */
export function templateInText(path: string, body: Text): Template | undefined {
  const [only] = body.pieces;
  const isEncoded = only?.kind === "encoded" && body.pieces.length === 1;
  const document = isEncoded ? only.value : documentIn(body);
  return document?.kind === "map" ? asTemplate(path, document) : undefined;
}

function documentIn(body: Text): Value | undefined {
  const json = decodeJson(body);
  if (json.kind === "value") return json.value;
  const yaml = decodeYaml(body);
  return yaml.kind === "documents" ? yaml.documents[0] : undefined;
}

/** The document as a template; undefined where it is something else. */
function templateOf({ path, text }: Source, document: Value, certain: boolean): Template | undefined {
  if (document.kind !== "map") return undefined;
  const isVersioned = document.entries.some((entry) => entry.key === "AWSTemplateFormatVersion");
  const template = asTemplate(path, document, text.includes("AWS::Include"));
  const hasResources = [...template.resources.values()].some((resource) => resource.type.includes("::"));
  return hasResources || template.makers.length > 0 || isVersioned || certain ? template : undefined;
}

/** A document that is known to be a template. */
export function asTemplate(path: string, document: MapValue, hasIncludes = false): Template {
  const resources = new Map<string, ResourceBody>();
  // Modules that are packed into the template when it is deployed make resources as macros do.
  const makers: Named[] = [...sectionOf(document, "Modules").values()];
  const typeAhead = typesAhead(path, document);
  for (const { key: name, keyAt: at, value } of entriesIn(document, "Resources")) {
    const body = value.kind === "map" ? resourceBody({ name, at, value }, typeAhead(value)) : undefined;
    if (body !== undefined) resources.set(name, body);
    else if (name.startsWith("Fn::") || isMadeByTag(value)) makers.push({ name, at, value });
  }
  return {
    path,
    root: document,
    parameters: sectionOf(document, "Parameters"),
    mappings: sectionOf(document, "Mappings"),
    conditions: sectionOf(document, "Conditions"),
    resources,
    outputs: sectionOf(document, "Outputs"),
    makers,
    transforms: transformsOf(document),
    hasIncludes,
    isExtended: false,
  };
}

function resourceBody(
  named: Named & { readonly value: MapValue },
  ahead: string | undefined,
): ResourceBody | undefined {
  const { name, at, value } = named;
  if (ahead !== undefined) return { name, at, value, type: ahead, condition: undefined };
  const type = knownText(fieldOf(value, "Type"));
  return type === undefined ? undefined : { name, at, value, type, condition: fieldOf(value, "Condition") };
}

/**
 * The types of resources of a large JSON text that start with it, and have no condition: so are most that programs write,
 * and the rest of them need not be read.
 */
function typesAhead(path: string, document: MapValue): (body: MapValue) => string | undefined {
  const text = jsonText(document);
  if (text === undefined) return () => undefined;
  const start = /\{\s*"Type"\s*:\s*"(?=[^"\\]*")/y;
  const isUnclear = within(placesOf(text, /"Condition"|\\u/));
  return ({ at }) => {
    start.lastIndex = at.start;
    if (at.file !== path || !start.test(text) || isUnclear(at.start, at.end)) return undefined;
    return text.slice(start.lastIndex, text.indexOf('"', start.lastIndex));
  };
}

/** `Type: !Rain::Module …`: something else takes the place of the resource. */
function isMadeByTag(value: Value): boolean {
  return value.kind === "map" && fieldOf(value, "Type")?.kind === "map";
}

function sectionOf(document: MapValue, name: string): Section {
  return new Map(entriesIn(document, name).map(({ key, keyAt, value }) => [key, { name: key, at: keyAt, value }]));
}

function entriesIn(document: MapValue, name: string): readonly Entry[] {
  const section = fieldOf(document, name);
  return section?.kind === "map" ? section.entries : [];
}

function transformsOf(document: MapValue): readonly Value[] {
  const transform = fieldOf(document, "Transform");
  if (transform === undefined) return [];
  return transform.kind === "list" ? transform.items.map((item) => item.value) : [transform];
}

/** SAM makes no IAM users, and language extensions are read as far as this version knows them. */
export function isAwsTransform(transform: Value): boolean {
  return knownStart(transform).startsWith("AWS::");
}

/** Is the map, as written, a call of a function? `Ref` and `Condition` stand for single values only. */
export function isFunction({ entries: [only], rest }: MapValue): boolean {
  return only?.key.startsWith("Fn::") === true && rest === undefined;
}
