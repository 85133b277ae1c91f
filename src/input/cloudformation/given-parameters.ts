import type { Diagnostic } from "../../core/diagnostic";
import { readJson } from "../../core/json";
import { label } from "../../core/message";
import type { Read } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import { entry, knownText, text as textOf, unknown } from "../../core/text";
import type { Entry, Value } from "../../core/value";
import { failureDiagnostic } from "../decode-failure";
import type { Given } from "../dialect";
import { nameIn } from "./names";
import { isNoEcho } from "./parameters";
import { fieldOf } from "../fields";
import type { Template } from "./template";

/** The values that a user gives to parameters of templates. */
export interface GivenParameters {
  readonly entries: readonly Entry[];
  readonly files: readonly FileOutcome[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Of a parameter that is given twice the last value counts, as with `--parameter-overrides`. */
export function readGiven(given: Given | undefined, read: Read): GivenParameters {
  const parts = (given?.parameters ?? []).map((one) =>
    one.kind === "file" ? inFile(one.path, read) : inArgument(one),
  );
  return {
    entries: parts.flatMap((one) => one.entries),
    files: parts.flatMap((one) => one.files),
    diagnostics: parts.flatMap((one) => one.diagnostics),
  };
}

function inArgument({ name, value }: { readonly name: string; readonly value: string }): GivenParameters {
  const at = { file: "", start: 0, end: 0 };
  return { entries: [entry(name, textOf(value, at))], files: [], diagnostics: [] };
}

function inFile(path: string, read: Read): GivenParameters {
  const failed = (diagnostic: Diagnostic): GivenParameters => ({
    entries: [],
    files: [{ path, status: "failed", reason: diagnostic.message, dialect: "cloudformation" }],
    diagnostics: [diagnostic],
  });
  const result = read.text(path);
  const unreadable = (message: string) => failed({ kind: "unreadable", file: path, message });
  if (result.kind === "missing") return unreadable("There is no such file of parameters.");
  if (result.kind === "failed") return unreadable(`The file of parameters cannot be read: ${result.reason}.`);
  const decoded = readJson({ path, text: result.text });
  if (decoded.kind === "failed") return failed(failureDiagnostic(path, decoded, "file of parameters"));
  const outcome: FileOutcome = { path, status: "analysed", dialect: "cloudformation", bytes: result.bytes };
  return { entries: entriesIn(decoded.value), files: [outcome], diagnostics: [] };
}

/**
 * `[{ "ParameterKey", "ParameterValue" }]` and `["Name=value"]` as the AWS CLI takes them, `{ "Parameters": { name: value } }`
 * as CodePipeline does, and the map alone. Values that the stack had before are not known.
 */
function entriesIn(value: Value): readonly Entry[] {
  if (value.kind === "map") {
    const parameters = fieldOf(value, "Parameters");
    return parameters?.kind === "map" ? parameters.entries : value.entries;
  }
  if (value.kind !== "list") return [];
  return value.items.flatMap(({ value: item }): readonly Entry[] => {
    if (item.kind === "map") {
      const key = fieldOf(item, "ParameterKey");
      const name = knownText(key);
      if (key === undefined || name === undefined) return [];
      const own = fieldOf(item, "ParameterValue") ?? unknown("data-source", name, key.at);
      return [entry(name, own, key.at)];
    }
    const [, name, own] = /^(\w+)=(.*)$/s.exec(knownText(item) ?? "") ?? [];
    return name === undefined || own === undefined ? [] : [entry(name, textOf(own, item.at))];
  });
}

/**
 * The entries for the parameters that a template has, by name. A value of the command line has its place at the
 * parameter. What is given to a parameter with `NoEcho` is a secret: it stays unknown.
 */
export function givenTo(
  { parameters }: Template,
  prefix: string,
  { entries }: GivenParameters,
): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, readonly Entry[]>();
  for (const one of entries) {
    const parameter = parameters.get(one.key);
    if (parameter === undefined) continue;
    const { at, value: body } = parameter;
    const written =
      one.keyAt.file === "" && one.value.kind === "text" ? textOf(knownText(one.value) ?? "", at) : one.value;
    const value = isNoEcho(body) ? unknown("no-default", one.key, at, { id: prefix + one.key }) : written;
    found.set(one.key, [{ ...one, keyAt: one.keyAt.file === "" ? at : one.keyAt, value }]);
  }
  return found;
}

/** The values that are known, by the names of their parameters. */
export function givenTexts({ entries }: GivenParameters): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ key, value }) => {
      const text = nameIn(value);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}

/** Names on the command line that no template has: typed wrong, most likely. */
export function nobodysParameters(given: GivenParameters, templates: readonly Template[]): readonly Diagnostic[] {
  const [first] = templates;
  if (first === undefined) return [];
  return given.entries
    .filter(({ key, keyAt }) => keyAt.file === "" && !templates.some(({ parameters }) => parameters.has(key)))
    .map(({ key }) => ({
      kind: "unresolved",
      file: first.path,
      message: `No template has the parameter ${label(key).text}, which is given a value.`,
    }));
}
