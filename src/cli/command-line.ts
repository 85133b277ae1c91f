import { nearest } from "./nearest";

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

export type CommandLine =
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
  /** The same, one by one. */
  readonly order: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Reads arguments as GNU's getopt_long does, options and operands in any order: `--name value`, `--name=value`,
 * `-nvalue`, `-qn value`; what follows `--` is no option.
 */
export function readCommandLine(args: readonly string[], options: readonly OptionInfo[]): CommandLine {
  const operands: string[] = [];
  const values = new Map<string, readonly string[]>();
  const order: { readonly name: string; readonly value: string }[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? "";
    if (argument === "--") return { kind: "given", operands: operands.concat(args.slice(i + 1)), values, order };
    if (!argument.startsWith("-") || argument === "-") {
      operands.push(argument);
      continue;
    }
    for (let rest: string | undefined = argument; rest !== undefined;) {
      const found = optionIn(rest, options);
      if (found === undefined) return unknownOption(rest, options);
      const { option, attached } = found;
      if (option.name === "help" || option.name === "version") return { kind: "asked", about: option.name };
      const value = option.takes === undefined ? "" : (attached ?? args[++i]);
      const problem = problemOf(option, value);
      if (problem !== undefined) return { kind: "wrong", message: problem };
      values.set(option.name, [...(values.get(option.name) ?? []), value ?? ""]);
      order.push({ name: option.name, value: value ?? "" });
      rest = found.rest;
    }
  }
  return { kind: "given", operands, values, order };
}

interface Found {
  readonly option: OptionInfo;
  /** The value, where it is a part of the argument. */
  readonly attached?: string;
  /** Further short options of the argument, as one: `-o` of `-qo`. */
  readonly rest?: string;
}

function optionIn(argument: string, options: readonly OptionInfo[]): Found | undefined {
  if (argument.startsWith("--")) {
    const [, name, , attached] = /^--([^=]*)(=(.*))?$/s.exec(argument) ?? [];
    const option = options.find((one) => one.name === name);
    if (option === undefined || (attached !== undefined && option.takes === undefined)) return undefined;
    return attached === undefined ? { option } : { option, attached };
  }
  const option = options.find((one) => one.short === argument[1]);
  if (option === undefined || argument.length === 2) return option && { option };
  const more = argument.slice(2);
  return option.takes === undefined ? { option, rest: `-${more}` } : { option, attached: more };
}

function problemOf(option: OptionInfo, value: string | undefined): string | undefined {
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
