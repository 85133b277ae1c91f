import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { charactersOf, jsonText } from "../../src/core/encode";
import { readSources } from "../../src/core/read";
import type { Value } from "../../src/core/value";
import { evaluate } from "../../src/input/terraform/evaluate/expression";
import { noNames, type Scope } from "../../src/input/terraform/evaluate/scope";
import { openFiles } from "../../src/input/terraform/file-log";
import { parseConfig } from "../../src/input/terraform/parse/parse";

export const folder = join(__dirname, "../../fixtures/input/terraform/functions");
const moduleFolder = join(folder, "module");
const sources = fastGlob
  .sync("**", { cwd: moduleFolder })
  .map((path) => ({ path, text: readFileSync(join(moduleFolder, path), "utf8") }));

/** The value of an expression in which the names of `variables` stand for values, in the folder of the fixtures. */
export function valueOf(expression: string, variables: Readonly<Record<string, Value>> = {}): Value {
  const { file, problems } = parseConfig({ path: "main.tf", text: `value = ${expression}\n` });
  const [attribute] = file.body.attributes;
  if (attribute === undefined || problems.length > 0) throw new Error(`not an expression: ${expression}`);
  const scope: Scope = {
    evaluation: {
      files: openFiles(readSources(sources)),
      workingDir: "",
      instance: () => undefined,
      budget: { steps: 0, depth: 0 },
      refused: [],
    },
    names: { ...noNames(""), variable: (name) => variables[name] },
    at: (node) => ({ file: "main.tf", start: node.start, end: node.end }),
    bindings: undefined,
  };
  return evaluate(attribute.value, scope);
}

/** A value as `terraform console` is recorded: JSON, or `error`, or what is not known. */
export function answerOf(value: Value): string {
  if (value.kind === "unknown") {
    const { kind, what } = value.reason;
    // A function that nobody knows is an error for the console, and may be one of a later version here.
    return kind === "invalid" || kind === "missing" || what === "nonexistent()" ? "error" : `${kind} ${what}`;
  }
  const isSet = value.kind === "list" && value.shape === "set";
  return `${isSet ? "set " : ""}${charactersOf(jsonText(value)) ?? "partly unknown"}`;
}
