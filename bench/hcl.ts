import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundled } from "./bundle";
import { terraformFiles } from "./corpus";
import type { Bar, Measured } from "./measure";

const rounds = 3;

/** Our HCL parser against the two that npm has, on the same 200 files, each in new processes that take turns. */
export function benchHcl(): readonly Measured[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-hcl-"));
  const texts = terraformFiles(200);
  const files = join(directory, "files.json");
  writeFileSync(files, JSON.stringify(texts));
  const parsers = parsersIn(directory);
  const answers = Array.from({ length: rounds }, () => parsers.map((parser) => run(parser, files)));
  rmSync(directory, { recursive: true });
  const bars = barsOf(parsers.map(({ name }) => name));
  const timesOf = (pass: keyof Passes) =>
    parsers.map(({ name }, i) => ({ name, milliseconds: answers.map((round) => round[i]?.[pass] ?? NaN) }));
  const kilobytes = Math.round(texts.join("").length / 1000);
  return [
    {
      what: `HCL, 200 files of together ${kilobytes} KB: loading and the first pass, in a new process`,
      times: timesOf("first"),
      bars,
    },
    { what: "HCL, the same files: the third pass in that process", times: timesOf("third"), bars },
  ];
}

/** Milliseconds. */
interface Passes {
  readonly first: number;
  readonly third: number;
}

interface Parser {
  readonly name: string;
  readonly path: string;
}

/** Ours is bundled as it is in `dist`. hcl2json is measured where `npm install` was called in this folder. */
function parsersIn(directory: string): readonly Parser[] {
  const hcl2json = join(__dirname, "node_modules/@cdktf/hcl2json");
  return [
    { name: "ours", path: bundled("../src/input/terraform/parse/parse.ts", directory) },
    { name: "hcl2-parser", path: require.resolve("hcl2-parser") },
    ...(existsSync(hcl2json) ? [{ name: "@cdktf/hcl2json", path: hcl2json }] : []),
  ];
}

function barsOf(names: readonly string[]): readonly Bar[] {
  const bars: readonly Bar[] = [
    { slow: "hcl2-parser", fast: "ours", bound: "at least", times: 30 },
    { slow: "@cdktf/hcl2json", fast: "ours", bound: "at least", times: 10 },
  ];
  return bars.filter(({ slow }) => names.includes(slow));
}

function run({ name, path }: Parser, files: string): Passes {
  const child = join(__dirname, "hcl-process.cjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, name, path, files], { encoding: "utf8" });
  const [first = NaN, third = NaN] = stdout.trim().split(" ").map(Number);
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return { first, third };
}
