import { enumerated } from "../core/enumerated";
import { label } from "../core/message";
import { nearest } from "../core/nearest";
import type { Span } from "../core/source";
import { knownText } from "../core/text";
import type { Value } from "../core/value";

/** What is wrong with a configuration. `message` is a sentence; of the file it holds keys alone. */
export interface ConfigurationProblem {
  readonly at: Span;
  readonly message: string;
}

/** What the code that ajv makes says of a value (ajv's ErrorObject). */
export interface SchemaError {
  readonly keyword: string;
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  readonly params: {
    readonly allowedValues?: readonly string[];
    readonly type?: string;
    readonly missingProperty?: string;
    readonly limit?: number;
  };
  /** The key that is wrong, where it is no value. */
  readonly propertyName?: string;
}

/** The problems that errors mean: of very many not all, since each is looked up in the file. */
export function problemsOf(errors: readonly SchemaError[], written: Value): readonly ConfigurationProblem[] {
  return errors.slice(0, mostErrors).flatMap((error) => {
    const path = error.instancePath.split("/").slice(1).map(unescaped);
    return problemOf(error, path, valueAt(written, path)) ?? [];
  });
}

/** Far more than anybody reads at once. */
const mostErrors = 500;

/** RFC 6901, section 4. */
function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The part of a configuration that keys and indexes lead to; the last part that is there. */
export function valueAt(written: Value, path: readonly string[]): Value {
  let value = written;
  for (const key of path) {
    const inner = value.kind === "list" ? value.items[Number(key)] : entryOf(value, key);
    if (inner === undefined) return value;
    value = inner.value;
  }
  return value;
}

function entryOf(value: Value, key: string) {
  return value.kind === "map" ? value.entries.find((entry) => entry.key === key) : undefined;
}

/** Undefined where another error says it. */
function problemOf(error: SchemaError, path: readonly string[], value: Value): ConfigurationProblem | undefined {
  const { keyword, params, propertyName } = error;
  const { at } = value;
  const where = path.length === 0 ? "The configuration" : nameOf(path);
  switch (keyword) {
    case "if":
    case "propertyNames":
      return undefined; // What is inside of them failed, and is reported.
    case "enum": {
      const allowed = params.allowedValues ?? [];
      if (propertyName !== undefined) return unknownKey(propertyName, path, value, allowed);
      return { at, message: `${where} must be ${enumerated(allowed, "or")}.${meaning(knownText(value), allowed)}` };
    }
    case "type":
      return { at, message: `${where} must be ${typeNames.get(params.type ?? "") ?? "another type"}.` };
    case "required":
      return { at, message: `${where} has no ${params.missingProperty ?? "key"}.` };
    case "minItems":
      return { at, message: `${where} must not be empty.` };
    case "maxItems":
      return { at, message: `${where} must not have more than ${params.limit ?? 0} items.` };
    case "pattern":
      return { at, message: `${where} ${wrongText(knownText(value) ?? "", path)}.` };
  }
  return { at, message: `${where} is not as the schema has it.` };
}

/** `rules.root-access-key`, `paths[1]` */
function nameOf(path: readonly string[]): string {
  return path
    .map((key, i) => (/^[0-9]+$/.test(key) && i > 0 ? `[${key}]` : `${i > 0 ? "." : ""}${label(key).text}`))
    .join("");
}

function unknownKey(key: string, path: readonly string[], map: Value, known: readonly string[]): ConfigurationProblem {
  const at = entryOf(map, key)?.keyAt ?? map.at;
  const isRule = path[0] === "rules" && path.length === 1;
  const what = isRule ? "rule" : path.length === 0 ? "key" : `key of ${nameOf(path)}`;
  const hint = meaning(key, known);
  const others = isRule ? " `ses-cred-lint rules` lists the rules." : ` It can be ${enumerated(known, "or")}.`;
  return {
    at,
    message: `${key === "" ? "An empty text" : label(key).text} is no ${what}.${hint === "" ? others : hint}`,
  };
}

function meaning(word: string | undefined, known: readonly string[]): string {
  const near = word === undefined || word === "" ? undefined : nearest(word, known);
  return near === undefined ? "" : ` Did you mean ${near}?`;
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ["object", "a map"],
  ["array", "a list"],
  ["string", "a text"],
  ["boolean", "true or false"],
]);

function wrongText(text: string, [key]: readonly string[]): string {
  if (text.trim() === "") return "must not be empty";
  if (key === "settingNames") return "must have a letter or a digit";
  return key === "allowedActions"
    ? "must be an action, such as ses:SendEmail, or a pattern of actions"
    : "must not have more than 300 characters, two **, or two * between slashes";
}
