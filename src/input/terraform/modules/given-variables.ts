import type { GivenValue } from "../../../core/given-value";
import { label } from "../../../core/message";
import { text } from "../../../core/text";
import type { Value } from "../../../core/value";
import { evaluate } from "../evaluate/expression";
import { noNames, type Evaluation, type Scope } from "../evaluate/scope";
import { parseConfig } from "../parse/parse";
import type { BlockSource } from "./block-source";
import type { NamedValue, VariableFile } from "./unit-tree";
import type { ModuleSource } from "./module-source";
import { placedAt } from "./overlay";
import { typeOf } from "./type-constraint";
import { valuesIn } from "./variable-file";

/** The variable files of a root module with those that a user names, which are read after all others. */
export function withGivenFiles(
  own: readonly VariableFile[],
  given: readonly GivenValue[],
  evaluation: Evaluation,
): readonly VariableFile[] {
  const paths = given.flatMap((one) => (one.kind === "file" ? [one.path] : []));
  const files = paths.map((path) => ({ path, loaded: true, values: valuesIn(path, evaluation) }));
  return [...own.filter(({ path }) => !paths.includes(path)), ...files];
}

/**
 * The values by name, `--var` and `--var-file` in the order of the command line: of what is given twice the last counts.
 * A name that the module does not declare is for another one.
 */
export function withGivenValues(
  assigned: ReadonlyMap<string, NamedValue>,
  { given, files, source, evaluation }: GivenTo,
): ReadonlyMap<string, NamedValue> {
  const values = new Map(assigned);
  for (const one of given) {
    if (one.kind === "file") {
      const file = files.find(({ path }) => path === one.path);
      for (const value of file?.values ?? []) values.set(value.name, value);
      continue;
    }
    const variable = source.variables.get(one.name);
    if (variable !== undefined) values.set(one.name, namedValue(one, variable, evaluation));
  }
  return values;
}

interface GivenTo {
  readonly given: readonly GivenValue[];
  readonly files: readonly VariableFile[];
  readonly source: ModuleSource;
  readonly evaluation: Evaluation;
}

type Typed = Extract<GivenValue, { kind: "value" }>;

/** As Terraform reads it: a collection is an expression, everything else the text itself. Its place is the variable. */
function namedValue({ name, value }: Typed, variable: BlockSource, evaluation: Evaluation): NamedValue {
  const { at } = variable;
  const type = typeOf(variable.attributes.get("type")?.value);
  const isText = type.kind === "string" || type.kind === "number" || type.kind === "bool" || type.kind === "any";
  const read = (): Value => (isText ? text(value, at) : placedAt(expressionValue(value, variable, evaluation), at, 0));
  return { name, address: `var.${name}`, at, value: read };
}

/** What cannot be read is reported at the variable, without its text. */
function expressionValue(written: string, { file, at, labels }: BlockSource, evaluation: Evaluation): Value {
  const { file: parsed, problems } = parseConfig({ path: file, text: `value = ${written}\n` });
  const [attribute] = parsed.body.attributes;
  if (problems.length > 0 || attribute === undefined) {
    const message = `The value that is given to ${label(labels[0]?.text ?? "a variable").text} is not valid.`;
    evaluation.files.report({ kind: "invalid", file, at, message });
    return text(written, at);
  }
  const scope: Scope = { evaluation, names: noNames("", "variable file"), at: () => at, bindings: undefined };
  return evaluate(attribute.value, scope);
}

/** Names on the command line that no root module declares: typed wrong, most likely. */
export function nobodysVariables(given: readonly GivenValue[], roots: readonly ModuleSource[]): readonly Nobody[] {
  const file = roots[0]?.configs[0]?.path;
  if (file === undefined) return [];
  return given.flatMap((one) => {
    if (one.kind === "file" || roots.some((root) => root.variables.has(one.name))) return [];
    return [{ file, message: `No root module declares the variable ${label(one.name).text}, which is given a value.` }];
  });
}

interface Nobody {
  readonly file: string;
  readonly message: string;
}
