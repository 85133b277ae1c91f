import { rules } from "../../rules";
import type { Level } from "../core/finding";
import { nearest } from "../core/nearest";
import { formats } from "../output";
import { readCommandLine, type Given, type GivenOption, type OptionInfo } from "./command-line";
import type { ConfigurationAsked } from "./configuration";

/** What the command line asks for, checked: every name in it is known. */
export type Request =
  | CheckRequest
  | { readonly kind: "explain"; readonly rule: string }
  | { readonly kind: "rules"; readonly format: "text" | "json" }
  | { readonly kind: "limits" }
  | { readonly kind: "version" }
  /** Of a command; undefined: of all. */
  | { readonly kind: "help"; readonly command: CommandName | undefined }
  | WrongRequest;

export interface CheckRequest {
  readonly kind: "check";
  /** As typed. None: what the configuration says, or the working directory. */
  readonly paths: readonly string[];
  readonly reports: readonly ReportTarget[];
  readonly configuration: ConfigurationAsked;
  /** Ids of the rules to run; undefined: those that are on. */
  readonly select: readonly string[] | undefined;
  /** Ids of rules that do not run. */
  readonly ignore: readonly string[];
  /** Values for parameters of templates, `Name=value`, and paths of files that hold some; as typed. */
  readonly parameters: readonly string[];
  /** Values for variables of Terraform, `name=value`, and variable files, in the order of the line. */
  readonly variables: readonly { readonly name: "var" | "var-file"; readonly value: string }[];
  /** Undefined: what the configuration says, or "error". */
  readonly failOn: Level | "never" | undefined;
  readonly undecided: boolean;
  readonly failOnUndecided: boolean;
  readonly allowEmpty: boolean;
  readonly lenient: boolean;
  readonly exitZero: boolean;
  readonly quiet: boolean;
  readonly showFiles: boolean;
  readonly color: "auto" | "always" | "never";
}

/** A format and the file that it goes to; without one, to standard output. */
export interface ReportTarget {
  readonly format: string;
  readonly file?: string;
}

/** `message` is for the user, without a line end. */
interface WrongRequest {
  readonly kind: "wrong";
  readonly message: string;
}

const commandNames = ["check", "explain", "rules", "help"] as const;

export type CommandName = (typeof commandNames)[number];
export type OptionName = (typeof checkOptions)[number]["name"] | (typeof ruleListOptions)[number]["name"];

const help = { name: "help", short: "h" } as const;
const failLevels = ["error", "warning", "note", "never"] as const;
const colors = ["auto", "always", "never"] as const;
const listFormats = ["text", "json"] as const;

/** Of `check`, and of the command without the name of another one; in the order of the help. */
export const checkOptions = [
  { name: "format", short: "f", takes: "name[=file]", usual: "full", wrong: wrongTarget },
  { name: "output", short: "o", takes: "file" },
  { name: "config", takes: "file" },
  { name: "no-config" },
  { name: "select", takes: "rule", wrong: wrongRules },
  { name: "ignore", takes: "rule", wrong: wrongRules },
  { name: "parameters", takes: "k=v|file" },
  { name: "var", takes: "k=v", wrong: wrongVariable },
  { name: "var-file", takes: "file" },
  { name: "fail-on", takes: "level", choices: failLevels, usual: "error" },
  { name: "undecided" },
  { name: "fail-on-undecided" },
  { name: "allow-empty" },
  { name: "lenient" },
  { name: "exit-zero" },
  { name: "quiet", short: "q" },
  { name: "show-files" },
  { name: "print-limits" },
  { name: "color", takes: "when", choices: colors, usual: "auto" },
  help,
] as const satisfies readonly OptionInfo[];

/** Of the command itself. */
export const programOptions = [{ name: "version", short: "V" }, help] as const satisfies readonly OptionInfo[];

/** Of `rules`. */
export const ruleListOptions = [
  { name: "format", takes: "name", choices: listFormats, usual: "text" },
  help,
] as const satisfies readonly OptionInfo[];

/** Of `explain`. */
export const explainOptions = [help] as const satisfies readonly OptionInfo[];

/** Reads the arguments after the program's name. Writes nothing, and throws nothing for any arguments. */
export function readArguments(args: readonly string[]): Request {
  const [first, ...rest] = args;
  const command = commandNamed(first);
  switch (command) {
    case "check":
      return read(command, rest, checkOptions, checkRequest);
    case "explain":
      return read(command, rest, explainOptions, explainRequest);
    case "rules":
      return read(command, rest, ruleListOptions, listRequest);
    case "help":
      return { kind: "help", command: commandNamed(rest[0]) };
    case undefined:
      return read(command, args, [...checkOptions, ...programOptions], checkRequest);
  }
}

function read(
  command: CommandName | undefined,
  args: readonly string[],
  options: readonly OptionInfo[],
  requestOf: (given: Given) => Request,
): Request {
  const line = readCommandLine(args, options);
  switch (line.kind) {
    case "given":
      return requestOf(line);
    case "wrong":
      return line;
    case "asked":
      return line.about === "version" ? { kind: "version" } : { kind: "help", command };
  }
}

function wrong(message: string): WrongRequest {
  return { kind: "wrong", message };
}

function commandNamed(name: string | undefined): CommandName | undefined {
  return commandNames.find((command) => command === name);
}

function explainRequest({ operands }: Given): Request {
  const [rule] = operands;
  if (rule === undefined) return wrong("missing required argument 'rule'");
  if (operands.length > 1) return tooMany("explain", 1, operands);
  const problem = wrongRule(rule);
  if (problem === undefined) return { kind: "explain", rule };
  return wrong(`argument '${rule}' of 'explain' is invalid. ${problem}`);
}

function listRequest({ operands, values }: Given): Request {
  if (operands.length > 0) return tooMany("rules", 0, operands);
  return { kind: "rules", format: chosen(listFormats, values.get("format"), "text") };
}

function tooMany(command: CommandName, most: 0 | 1, operands: readonly string[]): WrongRequest {
  const expected = `Expected ${most} argument${most === 1 ? "" : "s"} but got ${operands.length}`;
  return wrong(`too many arguments for '${command}'. ${expected}.`);
}

function checkRequest({ operands, values, order }: Given): Request {
  if (values.has("print-limits")) return { kind: "limits" };
  const reports = targets(values.get("format") ?? ["full"], values.get("output")?.at(-1));
  if (typeof reports === "string") return wrong(reports);
  return {
    kind: "check",
    paths: operands,
    reports,
    configuration: order.reduce<ConfigurationAsked>(configurationAsked, { kind: "nearest" }),
    select: values.has("select") ? idsIn(values.get("select")) : undefined,
    ignore: idsIn(values.get("ignore")),
    parameters: values.get("parameters") ?? [],
    variables: order.flatMap(({ name, value }) => (name === "var" || name === "var-file" ? [{ name, value }] : [])),
    failOn: failLevels.find((level) => level === values.get("fail-on")?.at(-1)),
    undecided: values.has("undecided"),
    failOnUndecided: values.has("fail-on-undecided"),
    allowEmpty: values.has("allow-empty"),
    lenient: values.has("lenient"),
    exitZero: values.has("exit-zero"),
    quiet: values.has("quiet"),
    showFiles: values.has("show-files"),
    color: chosen(colors, values.get("color"), "auto"),
  };
}

function wrongVariable(typed: string): string | undefined {
  return typed.indexOf("=") > 0 ? undefined : "A variable is given as name=value.";
}

/** The choice that was given last. */
function chosen<Choice extends string>(
  choices: readonly Choice[],
  given: readonly string[] | undefined,
  usual: Choice,
): Choice {
  return choices.find((choice) => choice === given?.at(-1)) ?? usual;
}

/**
 * `--output` names the file of the one format that has none; two reports on standard output would be no report. A string
 * says what is wrong.
 */
function targets(given: readonly string[], output: string | undefined): readonly ReportTarget[] | string {
  const asked = given.map(targetOf);
  const open = asked.filter((target) => target.file === undefined);
  if (open.length > 1) return "only one --format can go to standard output; write --format NAME=FILE";
  if (output === undefined) return asked;
  if (open.length === 0) return "--output needs a --format without a file of its own";
  return asked.map((target) => (target.file === undefined ? { format: target.format, file: output } : target));
}

/** `sarif=out.sarif` */
function targetOf(text: string): ReportTarget {
  const equals = text.indexOf("=");
  return equals < 0 ? { format: text } : { format: text.slice(0, equals), file: text.slice(equals + 1) };
}

/** The last of the options about it counts. */
function configurationAsked(before: ConfigurationAsked, { name, value }: GivenOption): ConfigurationAsked {
  if (name === "no-config") return { kind: "none" };
  return name === "config" ? { kind: "file", path: value } : before;
}

function idsIn(given: readonly string[] | undefined): readonly string[] {
  return (given ?? []).flatMap((text) => text.split(","));
}

function wrongTarget(text: string): string | undefined {
  const { format, file } = targetOf(text);
  const names = formats.map((known) => known.name);
  if (!names.includes(format)) {
    return didYouMean(format, names) ?? `There is no such format; there are ${names.join(", ")}.`;
  }
  return file === "" ? "The file's name is missing after the equals sign." : undefined;
}

/** Ids one by one or separated by commas. */
function wrongRules(text: string): string | undefined {
  return text
    .split(",")
    .map(wrongRule)
    .find((problem) => problem !== undefined);
}

function wrongRule(id: string): string | undefined {
  const ids = rules.map((rule) => rule.id);
  if (ids.includes(id)) return undefined;
  return didYouMean(id, ids) ?? "There is no such rule; `ses-cred-lint rules` lists all.";
}

function didYouMean(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}
