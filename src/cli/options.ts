import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { rules } from "../../rules";
import type { Level } from "../core/finding";
import { formats } from "../output";
import { nearest } from "./nearest";

/** What the command line asks for, checked: every name in it is known. */
export type Request =
  | CheckRequest
  | { readonly kind: "explain"; readonly rule: string }
  | { readonly kind: "rules"; readonly format: "text" | "json" }
  | { readonly kind: "limits" }
  | Told;

export interface CheckRequest {
  readonly kind: "check";
  /** As typed. */
  readonly paths: readonly string[];
  readonly reports: readonly ReportTarget[];
  /** Ids of the rules to run. */
  readonly rules: readonly string[];
  readonly failOn: Level | "never";
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

/** Nothing to do but to say something: help or the version (status 0), or what is wrong with the command (2). */
export interface Told {
  readonly kind: "told";
  readonly text: string;
  readonly status: 0 | 2;
}

/** Reads the arguments after the program's name. Writes nothing, and throws nothing for any arguments. */
export function readArguments(args: readonly string[], version: string): Request {
  const asked: Request[] = [];
  const told: string[] = [];
  const program = build(version, (request) => asked.push(request));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => told.push(text),
      writeErr: (text) => told.push(text),
      outputError: (text, write) => {
        write(text.replace(/^error: /, "ses-cred-lint: "));
      },
    });
  }
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: "told", text: told.join(""), status: error.exitCode === 0 ? 0 : 2 };
  }
  const [request] = asked;
  return request ?? { kind: "told", text: told.join(""), status: 2 };
}

function build(version: string, ask: (request: Request) => void): Command {
  const program = new Command("ses-cred-lint")
    .description("Finds wrong Amazon SES credentials and permissions in Terraform, CloudFormation and CDK.")
    .version(version)
    .usage("[command] [options] [path...]");
  const check = addCheckOptions(program.command("check", { isDefault: true }).summary("lint (the default command)"))
    .addArgument(
      new Argument("[path...]", "files, directories or glob patterns").default(["."], "the working directory"),
    )
    .addHelpText("after", exitStatuses)
    .action((paths: string[], flags: CheckFlags, command: Command) => {
      if (flags.printLimits) ask({ kind: "limits" });
      else ask(checkRequest(paths, flags, command));
    });
  // Whoever asks for help without a command wants the options of the default one, too.
  program.addHelpText("after", () => `\n${check.helpInformation()}${exitStatuses}`);
  program
    .command("explain")
    .summary("print a rule's page")
    .argument("<rule>", "the rule's id", knownRule)
    .action((rule: string) => {
      ask({ kind: "explain", rule });
    });
  program
    .command("rules")
    .summary("list the rules")
    .addOption(new Option("--format <name>", "how to print").choices(["text", "json"]).default("text"))
    .action((flags: { format: "text" | "json" }) => {
      ask({ kind: "rules", format: flags.format });
    });
  return program;
}

/** As commander fills them in, by the long names of the options. */
interface CheckFlags {
  readonly format: readonly ReportTarget[];
  readonly output?: string;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly failOn: Level | "never";
  readonly undecided?: true;
  readonly failOnUndecided?: true;
  readonly allowEmpty?: true;
  readonly lenient?: true;
  readonly exitZero?: true;
  readonly quiet?: true;
  readonly showFiles?: true;
  readonly printLimits?: true;
  readonly color: "auto" | "always" | "never";
}

function addCheckOptions(command: Command): Command {
  const named = formats.map(({ name, title }) => `${name} (${title})`).join(", ");
  return command
    .addOption(
      new Option("-f, --format <name[=file]>", `how to report: ${named}; repeatable`)
        .argParser(addTarget)
        .default([], "full"),
    )
    .option("-o, --output <file>", "write the report to a file instead of standard output")
    .option("--select <rule>", "run only this rule; repeatable, or separated by commas", addRules)
    .option("--ignore <rule>", "run all rules but this one; likewise", addRules)
    .addOption(
      new Option("--fail-on <level>", "the least level that makes the exit status 1")
        .choices(["error", "warning", "note", "never"])
        .default("error"),
    )
    .option("--undecided", "show the questions that something unknown decides")
    .option("--fail-on-undecided", "exit with 1 where such a question is left")
    .option("--allow-empty", "nothing to lint is no failure")
    .option("--lenient", "exit by the findings alone, even if something could not be read")
    .option("--exit-zero", "exit with 0 whatever the findings are")
    .option("-q, --quiet", "print the findings only")
    .option("--show-files", "list what became of every file, on standard error")
    .option("--print-limits", "print the limits of the analysis and exit")
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"));
}

function checkRequest(paths: readonly string[], flags: CheckFlags, command: Command): CheckRequest {
  return {
    kind: "check",
    paths,
    reports: targets(flags, command),
    rules: selectedRules(flags),
    failOn: flags.failOn,
    undecided: flags.undecided ?? false,
    failOnUndecided: flags.failOnUndecided ?? false,
    allowEmpty: flags.allowEmpty ?? false,
    lenient: flags.lenient ?? false,
    exitZero: flags.exitZero ?? false,
    quiet: flags.quiet ?? false,
    showFiles: flags.showFiles ?? false,
    color: flags.color,
  };
}

/** `--output` names the file of the one format that has none; two reports on standard output would be no report. */
function targets(flags: CheckFlags, command: Command): readonly ReportTarget[] {
  const asked = flags.format.length === 0 ? [{ format: "full" }] : flags.format;
  const open = asked.filter((target) => target.file === undefined);
  if (open.length > 1) command.error("error: only one --format can go to standard output; write --format NAME=FILE");
  const { output } = flags;
  if (output === undefined) return asked;
  if (open.length === 0) command.error("error: --output needs a --format without a file of its own");
  return asked.map((target) => (target.file === undefined ? { format: target.format, file: output } : target));
}

function selectedRules(flags: CheckFlags): readonly string[] {
  const selected = flags.select ?? rules.filter((rule) => rule.off !== true).map((rule) => rule.id);
  return selected.filter((id) => !(flags.ignore ?? []).includes(id));
}

function addTarget(text: string, before: readonly ReportTarget[]): readonly ReportTarget[] {
  const [, format = text, file] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const names = formats.map((known) => known.name);
  if (!names.includes(format)) throw new InvalidArgumentError(unknownWord("format", format, names));
  if (file === "") throw new InvalidArgumentError("The file's name is missing after the equals sign.");
  return [...before, file === undefined ? { format } : { format, file }];
}

/** Ids one by one or separated by commas. */
function addRules(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(",").map(knownRule)];
}

function knownRule(id: string): string {
  const ids = rules.map((rule) => rule.id);
  if (!ids.includes(id)) throw new InvalidArgumentError(unknownWord("rule", id, ids));
  return id;
}

function unknownWord(what: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `There is no such ${what}; there are ${known.join(", ")}.` : `Did you mean ${near}?`;
}

const exitStatuses = `
Exit status: 0 everything read, nothing at or above --fail-on; 1 findings at or above it; 2 the job could not be
done whole: a wrong command, nothing to lint, or input that could not be read.`;
