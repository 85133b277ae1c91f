import { resolve } from "node:path";
import { gravity } from "../core/finding";
import type { GivenValue } from "../core/given-value";
import type { Report } from "../core/report";
import { lintTree } from "../lint";
import { describeDiagnostics, formats, summarize, type RenderOptions } from "../output";
import type { Wrong } from "./configuration";
import { displayPaths, pathBelow, readDisk, rootOf } from "./files";
import type { CheckRequest, ReportTarget } from "./options";
import { settle, setupOf, type Setup } from "./setup";
import { disarm, terminalOptions, type Terminal } from "./terminal";
import { writeFile, writeStream } from "./write";

/** Lints, writes every report, and returns the exit status. It is only returned once the reports are written. */
export function check(request: CheckRequest, terminal: Terminal): number {
  const started = process.hrtime.bigint();
  const { cwd } = terminal;
  const settled = settle(request, cwd);
  if (settled.kind === "wrong") return refuse(settled, terminal);
  const { paths, configured } = settled;
  const parameters = request.parameters.map(parameterOf);
  const variables = request.variables.map(variableOf);
  const files = [...parameters, ...variables].flatMap((one) => (one.kind === "file" ? [one.path] : []));
  const { root, named } = rootOf(cwd, [...paths, ...files]);
  const setup = setupOf(request, configured, root);
  // Files of parameters and variables are read, and shown, by their places below the root as all others.
  const below = (one: GivenValue): GivenValue =>
    one.kind === "file" ? { ...one, path: pathBelow(root, resolve(cwd, one.path)) ?? one.path } : one;
  const given = { parameters: parameters.map(below), variables: variables.map(below) };
  const report = lintTree(readDisk(root, setup.exclusion), named.slice(0, paths.length), { ...setup, ...given });
  const options: RenderOptions = {
    ...terminalOptions(terminal, request.color),
    display: displayPaths(cwd, root),
    undecided: request.undecided,
  };
  if (!request.quiet) writeStream(2, disarm(describeDiagnostics(report, options), terminal));
  for (const target of request.reports) writeReport(report, target, options, terminal);
  if (request.showFiles) writeStream(2, disarm(fileList(report, options), terminal));
  if (!request.quiet) writeStream(2, `${summarize(report)}, in ${milliseconds(started)} ms\n`);
  return exitStatus(report, { ...request, failOn: setup.failOn });
}

function refuse({ lines }: Wrong, terminal: Terminal): 2 {
  writeStream(2, disarm(lines.map((line) => `ses-cred-lint: ${line}\n`).join(""), terminal));
  return 2;
}

/** `name=value` of `--var`, the path of `--var-file`. */
function variableOf({ name: option, value: typed }: CheckRequest["variables"][number]): GivenValue {
  const equals = option === "var" ? typed.indexOf("=") : -1;
  if (equals < 0) return { kind: "file", path: typed };
  return { kind: "value", name: typed.slice(0, equals).trim(), value: typed.slice(equals + 1) };
}

/** `Name=value` or `ParameterKey=Name,ParameterValue=value`, or the path of a file: all as the AWS CLI takes them. */
function parameterOf(typed: string): GivenValue {
  const short = typed.replace(/^ParameterKey=([A-Za-z0-9]+),ParameterValue=/, "$1=");
  const [, name, written] = /^([A-Za-z0-9]+)=(.*)$/s.exec(short) ?? [];
  if (name === undefined || written === undefined) return { kind: "file", path: typed.replace(/^file:\/\//, "") };
  // Where commas separate, those of the value are escaped.
  const value = short === typed ? written : written.replaceAll("\\,", ",");
  return { kind: "value", name, value };
}

/** Exit statuses as the contract says: findings count first, then whether the whole job was done. */
function exitStatus(
  report: Report,
  request: Pick<CheckRequest, "failOnUndecided" | "allowEmpty" | "lenient" | "exitZero"> & Pick<Setup, "failOn">,
): 0 | 1 | 2 {
  const { failOn, failOnUndecided, allowEmpty, lenient, exitZero } = request;
  const counted = report.findings.filter((finding) => failOn !== "never" && gravity[finding.level] >= gravity[failOn]);
  const undecided = failOnUndecided && report.undecided.length > 0;
  if (!exitZero && (counted.length > 0 || undecided)) return 1;
  if (!report.complete && !lenient) return 2;
  return report.outcome === "nothing" && !allowEmpty ? 2 : 0;
}

function writeReport(report: Report, target: ReportTarget, options: RenderOptions, terminal: Terminal): void {
  const format = formats.find((one) => one.name === target.format);
  if (format === undefined) return;
  const { file } = target;
  // Colours and the width belong to the terminal, not to a file.
  const text = format.render(report, file === undefined ? options : { ...options, color: false, width: 120 });
  if (file === undefined) writeStream(1, format.human ? disarm(text, terminal) : text);
  else writeFile(file, text);
}

/** What became of every file, and which configuration there is: it may stand above all that is linted. */
function fileList({ configuration, files }: Report, options: RenderOptions): string {
  const { source } = configuration;
  const list = files
    .filter(({ path }) => path !== source)
    .map(
      ({ path, status, reason }) =>
        `${options.display(path)}: ${status}${reason === undefined ? "" : ` (${reason})`}\n`,
    );
  return [...(source === undefined ? [] : [`${options.display(source)}: the configuration\n`]), ...list].join("");
}

function milliseconds(started: bigint): string {
  return String((process.hrtime.bigint() - started) / 1_000_000n);
}
