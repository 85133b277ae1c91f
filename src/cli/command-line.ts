import { parseArgs, type ParseArgsConfig } from "node:util";
import { put } from "../core/map";
import { nearest } from "../core/nearest";

/** An option as the command takes it: `-f, --format <name[=file]>`. What it is for stands in the help. */
export interface OptionInfo<Name extends string = string> {
  readonly name: Name;
  /** One letter. */
  readonly short?: string;
  /** How the help calls its value. Without: it takes none. */
  readonly takes?: string;
  readonly choices?: readonly string[];
  /** The value where the option is not given. */
  readonly usual?: string;
  /** A sentence about what is wrong with a value. */
  readonly wrong?: (value: string) => string | undefined;
}

type CommandLine =
  | Given
  /** Whatever else is written. */
  | { readonly kind: "asked"; readonly about: "help" | "version" }
  /** `message` is for the user, without a line end. */
  | { readonly kind: "wrong"; readonly message: string };

export interface Given {
  readonly kind: "given";
  readonly operands: readonly string[];
  /** By the names of options that are given, in the order of the line. One that takes no value has an empty one. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The given options one by one, in the order of the line. */
  readonly order: readonly GivenOption[];
}

export interface GivenOption {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads arguments as GNU's getopt_long does, options and operands in any order: `--name value`, `--name=value`,
 * `-nvalue`, `-qn value`; what follows `--` is no option.
 */
export function readCommandLine(args: readonly string[], options: readonly OptionInfo[]): CommandLine {
  const operands: string[] = [];
  const order: GivenOption[] = [];
  for (const token of tokensOf(args, options)) {
    switch (token.kind) {
      case "positional":
        operands.push(token.value);
        break;
      case "option-terminator": // Node tells what follows it as positional.
        break;
      case "option": {
        const option = options.find(({ name }) => name === token.name);
        if (option === undefined) return unknownOption(token.rawName, options);
        if (option.name === "help" || option.name === "version") return { kind: "asked", about: option.name };
        const problem = problemOf(option, token.value);
        if (problem !== undefined) return { kind: "wrong", message: problem };
        order.push({ name: option.name, value: token.value ?? "" });
      }
    }
  }
  const values = new Map<string, string[]>();
  for (const { name, value } of order) put(values, name, value);
  return { kind: "given", operands, values, order };
}

/** Without `strict` Node tells what is wrong by its tokens, and throws nothing. */
function tokensOf(args: readonly string[], options: readonly OptionInfo[]) {
  const known: ParseArgsConfig["options"] = {};
  for (const { name, short, takes } of options) {
    known[name] = { type: takes === undefined ? "boolean" : "string", ...(short !== undefined && { short }) };
  }
  return parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function problemOf(option: OptionInfo, value: string | undefined): string | undefined {
  if (option.takes === undefined) return value === undefined ? undefined : `option '${flagsOf(option)}' takes no value`;
  if (value === undefined) return `option '${flagsOf(option)}' argument missing`;
  const { choices } = option;
  const isOther = choices !== undefined && !choices.includes(value);
  const wrong = isOther ? `Allowed choices are ${choices.join(", ")}.` : option.wrong?.(value);
  return wrong === undefined ? undefined : `option '${flagsOf(option)}' argument '${value}' is invalid. ${wrong}`;
}

function unknownOption(argument: string, options: readonly OptionInfo[]): CommandLine {
  const names = argument.startsWith("--") ? options.map(({ name }) => `--${name}`) : [];
  const near = nearest(argument, names);
  const hint = near === undefined ? "" : `\n(Did you mean ${near}?)`;
  return { kind: "wrong", message: `unknown option '${argument}'${hint}` };
}

/** `-f, --format <name[=file]>` */
export function flagsOf({ name, short, takes }: OptionInfo): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${takes === undefined ? "" : ` <${takes}>`}`;
}
