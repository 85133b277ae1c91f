import { fstatSync } from "node:fs";
import { version } from "../../package.json";
import { check } from "./check";
import { explain, listRules, printLimits } from "./explain";
import type * as Help from "./help";
import { readArguments } from "./options";
import { terminalOptions, type Terminal } from "./terminal";
import { writeStream } from "./write";

/** Loaded for who asks. */
declare function require(path: "./help"): typeof Help;

// Node exits with 0 when nothing is left to do and with 1 on an uncaught error, which would both be a verdict.
process.exitCode = 2;
process.exitCode = main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  ...outputTerminal(),
});

/** To ask the stream itself loads Node's network modules, which takes 5 ms that only a terminal has to pay. */
function outputTerminal(): { isTerminal: boolean; columns: number | undefined } {
  return isDevice(1)
    ? { isTerminal: process.stdout.isTTY, columns: process.stdout.columns }
    : { isTerminal: false, columns: undefined };
}

function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false; // Standard output was closed by whoever started the command.
  }
}

function main(args: readonly string[], terminal: Terminal): number {
  try {
    return run(args, terminal);
  } catch (error) {
    if (isBrokenPipe(error)) return 2;
    writeStream(2, `ses-cred-lint: ${describeError(error)}\n`);
    return 2;
  }
}

function run(args: readonly string[], terminal: Terminal): number {
  const request = readArguments(args);
  switch (request.kind) {
    case "check":
      return check(request, terminal);
    case "explain":
      writeStream(1, explain(request.rule, terminalOptions(terminal, "auto").width));
      return 0;
    case "rules":
      writeStream(1, listRules(request.format));
      return 0;
    case "limits":
      writeStream(1, printLimits());
      return 0;
    case "version":
      writeStream(1, `${version}\n`);
      return 0;
    case "help":
      writeStream(1, require("./help").helpOf(request.command, terminal.columns ?? 80));
      return 0;
    case "wrong":
      writeStream(2, `ses-cred-lint: ${request.message}\n`);
      return 2;
  }
}

/** The reader has gone (`| head`): there is nobody left to tell. */
function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

/**
 * An error of the system names its file. Any other is a bug of ours: its message might quote the input, so that only
 * its kind is reported.
 */
function describeError(error: unknown): string {
  if (error instanceof Error && "code" in error && "syscall" in error) return error.message;
  const kind = error instanceof Error ? error.name : typeof error;
  return `an internal error (${kind}) stopped the run; please report it with the input that shows it`;
}
