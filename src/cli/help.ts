import { formats, wrap } from "../output";
import { flagsOf, type OptionInfo } from "./command-line";
import {
  checkOptions,
  explainOptions,
  programOptions,
  ruleListOptions,
  type CommandName,
  type OptionName,
} from "./options";

/** The help of a command for a terminal of so many columns; without one, of all. */
export function helpOf(command: CommandName | undefined, columns: number): string {
  switch (command) {
    case "check":
      return checkHelp(columns);
    case "explain":
      return page("explain [options] <rule>", columns, [
        ["Arguments", [["rule", "the rule's id"]]],
        ["Options", explainOptions.map((option) => item(option, about.help))],
      ]);
    case "rules":
      return page("rules [options]", columns, [
        [
          "Options",
          ruleListOptions.map((option) => item(option, option.name === "format" ? "how to print" : about.help)),
        ],
      ]);
    case "help":
    case undefined:
      // Whoever asks for help without a command wants the options of the default one, too.
      return `${programHelp(columns)}\n${checkHelp(columns)}`;
  }
}

/** What a line of help is about, and what it says. */
type HelpItem = readonly [term: string, text: string];

function programHelp(columns: number): string {
  const description = "Finds wrong Amazon SES credentials and permissions in Terraform, CloudFormation and CDK.";
  const options = programOptions.map((option) =>
    item(option, option.name === "version" ? "print the version" : about.help),
  );
  const commands: readonly HelpItem[] = [
    ["check [options] [path...]", "lint (the default command)"],
    ["explain <rule>", "print a rule's page"],
    ["rules [options]", "list the rules"],
    ["help [command]", "print the help of a command"],
  ];
  const sections = [
    ["Options", options],
    ["Commands", commands],
  ] as const;
  return page("[command] [options] [path...]", columns, sections, description);
}

function checkHelp(columns: number): string {
  const sections = [
    [
      "Arguments",
      [["path", "files, directories or glob patterns (default: the configuration's, or the working directory)"]],
    ],
    ["Options", checkOptions.map((option) => item(option, about[option.name]))],
    ["Exit status", exitStatuses],
  ] as const;
  return page("check [options] [path...]", columns, sections);
}

const about: Readonly<Record<OptionName, string>> = {
  format: `how to report: ${formats.map(({ name, title }) => `${name} (${title})`).join(", ")}; repeatable`,
  output: "write the report to a file instead of standard output",
  config: "use this configuration file instead of the nearest one",
  "no-config": "use no configuration file",
  select: "run only this rule; repeatable, or separated by commas",
  ignore: "do not run this rule; repeatable, or separated by commas",
  parameters: "set a CloudFormation parameter, or read parameters from a JSON file as the AWS CLI does; repeatable",
  var: "set a variable of Terraform's root modules; repeatable",
  "var-file": "read a variable file as Terraform does; repeatable; the last of all --var and --var-file counts",
  "fail-on": "the lowest level of findings that makes the exit status 1",
  undecided: "also show the questions that hang on something unknown",
  "fail-on-undecided": "exit with 1 when there is such a question",
  "allow-empty": "exit with 0 when there is nothing to lint",
  lenient: "do not fail because of input that could not be read",
  "exit-zero": "exit with 0 whatever is found",
  quiet: "print nothing but the findings",
  "show-files": "list every file and what became of it, and the configuration, on standard error",
  "print-limits": "print the limits of the analysis and exit",
  color: "when to use colours",
  help: "print help",
};

const exitStatuses: readonly HelpItem[] = [
  ["0", "everything was read, and there is no finding at or above --fail-on"],
  ["1", "there are findings at or above it"],
  ["2", "a wrong command or configuration, nothing to lint, or input that could not be read"],
];

function item(option: OptionInfo, text: string): HelpItem {
  const { choices, usual } = option;
  const words = choices?.map((choice) => `"${choice}"`) ?? [];
  const details = [
    ...(words.length === 0 ? [] : [`choices: ${words.join(", ")}`]),
    ...(usual === undefined ? [] : [`default: ${words.length === 0 ? usual : `"${usual}"`}`]),
  ];
  return [flagsOf(option), details.length === 0 ? text : `${text} (${details.join(", ")})`];
}

function page(
  usage: string,
  columns: number,
  sections: readonly (readonly [title: string, items: readonly HelpItem[]])[],
  description?: string,
): string {
  const width = Math.max(...sections.flatMap(([, items]) => items.map(([term]) => term.length)));
  const lines = ([term, text]: HelpItem) =>
    wrap(text, Math.max(leastText, columns - width - 4)).map(
      (line, i) => `  ${(i === 0 ? term : "").padEnd(width)}  ${line}`,
    );
  const blocks = sections.map(([title, items]) => [`${title}:`, ...items.flatMap(lines)]);
  const parts = [
    [`Usage: ses-cred-lint ${usage}`],
    ...(description === undefined ? [] : [wrap(description, columns)]),
    ...blocks,
  ];
  return parts.map((part) => `${part.join("\n")}\n`).join("\n");
}

/** Narrower columns of text are harder to read than lines that the terminal breaks. */
const leastText = 30;
