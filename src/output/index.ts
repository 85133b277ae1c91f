import { concise } from "./concise";
import type { Format } from "./format";
import { full } from "./full";
import type * as Json from "./json";
import type * as Sarif from "./sarif";

export type { Format, RenderOptions } from "./format";
export { wrap } from "./columns";
export { describeDiagnostics, summarize } from "./summary";

/** Loaded when a program is to read the report. */
declare function require(path: "./json"): typeof Json;
declare function require(path: "./sarif"): typeof Sarif;

const json: Format = {
  name: "json",
  title: "the whole report, for programs",
  human: false,
  render: (report) => require("./json").renderJson(report),
};

const sarif: Format = {
  name: "sarif",
  title: "SARIF 2.1.0, for code scanning",
  human: false,
  render: (report) => require("./sarif").renderSarif(report),
};

/** Every format that `--format` takes. */
export const formats: readonly Format[] = [full, concise, json, sarif];
