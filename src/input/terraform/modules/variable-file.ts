import { readJson } from "../../../core/json";
import { unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import { failureDiagnostic } from "../../decode-failure";
import { evaluate } from "../evaluate/expression";
import { once } from "../evaluate/once";
import { noNames, type Evaluation, type Scope } from "../evaluate/scope";
import { settled } from "../evaluate/settled";
import type { NamedValue, VariableFile } from "./unit-tree";
import { inDirectory, type ModuleSource } from "./module-source";
import { parseConfig } from "../parse/parse";

/** The variable files of a root module, with their values: literals, since nothing can be referred to there. */
export function variableFilesOf(source: ModuleSource, evaluation: Evaluation): readonly VariableFile[] {
  return source.variableFiles.map(({ name, loaded }) => {
    const path = inDirectory(source.dir, name);
    return { path, loaded, values: valuesIn(path, evaluation) };
  });
}

/** The values in a variable file of either syntax. */
export function valuesIn(path: string, evaluation: Evaluation): readonly NamedValue[] {
  return path.endsWith(".json") ? jsonValues(path, evaluation) : nativeValues(path, evaluation);
}

/** The values that variable files assign, by name; the last one counts. */
export function assignedValues(files: readonly VariableFile[]): ReadonlyMap<string, NamedValue> {
  return new Map(
    files.filter((file) => file.loaded).flatMap((file) => file.values.map((value) => [value.name, value])),
  );
}

function nativeValues(path: string, evaluation: Evaluation): readonly NamedValue[] {
  const text = evaluation.files.text(path);
  if (text === undefined) return [];
  const { file, problems } = parseConfig({ path, text });
  problems.forEach(evaluation.files.report);
  if (problems.length > 0) evaluation.files.note({ path, status: "partial", reason: "has syntax errors" });
  const scope: Scope = {
    evaluation,
    names: noNames("", "variable file"),
    at: (node) => ({ file: path, start: node.start, end: node.end }),
    bindings: undefined,
  };
  return file.body.attributes.map(({ name, value }) => {
    const at = scope.at(name);
    const get = once(
      () => settled(evaluate(value, scope), evaluation),
      (): Value => unknown("missing", name.text, at),
    );
    return { name: name.text, address: `var.${name.text}`, at, value: get };
  });
}

function jsonValues(path: string, evaluation: Evaluation): readonly NamedValue[] {
  const text = evaluation.files.text(path);
  if (text === undefined) return [];
  const decoded = readJson({ path, text });
  if (decoded.kind === "failed") {
    evaluation.files.report(failureDiagnostic(path, decoded));
    evaluation.files.note({ path, status: "failed", reason: "is not valid JSON" });
    return [];
  }
  const { value } = decoded;
  if (value.kind !== "map") return [];
  return value.entries.map((entry) => ({
    name: entry.key,
    address: `var.${entry.key}`,
    at: entry.keyAt,
    value: () => entry.value,
  }));
}
