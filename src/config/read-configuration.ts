import { readJson } from "../core/json";
import { label } from "../core/message";
import type { Source, Span } from "../core/source";
import { knownText } from "../core/text";
import type { Value } from "../core/value";
import { readYaml } from "../input/yaml";
import type { Configuration } from "./configuration";
import { problemsOf, type ConfigurationProblem, type SchemaError } from "./problems";

export { valueAt } from "./problems";

/** The validator that ajv makes of the schema. */
interface Check {
  (plain: unknown): plain is Configuration;
  readonly errors?: readonly SchemaError[] | null;
}

/** Loaded with the first configuration. */
declare function require(path: "../data/check-configuration.js"): { readonly check: Check };

export type ConfigurationResult =
  | { readonly kind: "configuration"; readonly configuration: Configuration; readonly written: Value }
  /** Never empty; in the order of the file. */
  | { readonly kind: "wrong"; readonly problems: readonly ConfigurationProblem[] };

/** A configuration file, JSON or YAML by its name. One without a word in it says nothing. */
export function readConfiguration(source: Source): ConfigurationResult {
  return source.path.endsWith(".json") ? ofJson(source) : ofYaml(source);
}

function ofJson(source: Source): ConfigurationResult {
  const read = readJson(source, "all");
  return read.kind === "failed" ? wrong([problemOf(read)]) : checkConfiguration(read.value);
}

function ofYaml(source: Source): ConfigurationResult {
  const read = readYaml(source, "core");
  if (read.kind === "failed") return wrong([problemOf(read)]);
  const [first, second] = read.documents;
  if (read.problems.length > 0) return wrong(read.problems.map(problemOf));
  if (second !== undefined) return wrong([problemOf({ at: second.at, message: "has a second document" })]);
  const start = { file: source.path, start: 0, end: 0 };
  return checkConfiguration(
    first === undefined || first.kind === "null" ? { kind: "map", entries: [], at: start } : first,
  );
}

/** A configuration that stands in another file, too. */
export function checkConfiguration(written: Value): ConfigurationResult {
  const repeated = repeatedKeys(written);
  if (repeated.length > 0) return wrong(repeated);
  const { check } = require("../data/check-configuration.js");
  const plain = plainOf(written);
  if (check(plain)) return { kind: "configuration", configuration: plain, written };
  return wrong(problemsOf(check.errors ?? [], written));
}

function wrong(problems: readonly ConfigurationProblem[]): ConfigurationResult {
  return { kind: "wrong", problems: [...problems].sort((a, b) => a.at.start - b.at.start) };
}

/** What a reader says of the file. */
function problemOf({ at, message }: { readonly at: Span; readonly message: string }): ConfigurationProblem {
  return { at, message: `The configuration ${message}.` };
}

/** JSON takes the last of equal keys, and whoever wrote the first would wonder. In YAML the reader reports it. */
function repeatedKeys(value: Value): readonly ConfigurationProblem[] {
  if (value.kind === "list") return value.items.flatMap((item) => repeatedKeys(item.value));
  if (value.kind !== "map") return [];
  const seen = new Set<string>();
  return value.entries.flatMap(({ key, keyAt: at, value: inner }) => {
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? [problemOf({ at, message: `has the key ${label(key).text} twice` })] : repeatedKeys(inner);
  });
}

/** As JSON.parse gives it. A key `__proto__` is a key as any other. */
function plainOf(value: Value): unknown {
  switch (value.kind) {
    case "null":
      return null;
    case "bool":
    case "number":
      return value.value;
    case "text":
      return knownText(value);
    case "list":
      return value.items.map((item) => plainOf(item.value));
    case "map":
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plainOf(entry.value)]));
    case "unknown":
    case "choice":
      return undefined; // A file of its own has neither: what its reader cannot tell is a problem.
  }
}
