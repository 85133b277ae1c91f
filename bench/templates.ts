import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundled } from "./bundle";
import type { Bar, Measured } from "./measure";
import { cdkTemplate, cdkTemplateOf, yamlTemplate } from "./template-corpus";

const rounds = 9;
const megabyte = 1_000_000;

/**
 * Large templates, and many small ones, against what only reads and parses them. A run of the tool is a new process, in
 * which our code is at most compiled to what V8 keeps of it, while JSON.parse is machine code of Node's: that is what users
 * meet, and what the bars are on. A process that has done it before shows what the work itself costs; there, the bars are
 * held to as well.
 */
export function benchTemplates(): readonly Measured[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-templates-"));
  const bundle = bundled("templates-process.ts", directory);
  const kept = bundled("kept.ts", directory);
  const cdk = cdkTemplate(5 * megabyte);
  const yaml = yamlTemplate(5 * megabyte);
  const plan = `[${Array.from({ length: 20 }, () => cdk).join(",")}]`;
  const write = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const all = ["read", "read and adapted"];
  const subjects: readonly Subject[] = [
    { what: `CDK, a template of ${size(cdk)} MB`, path: write("a.json", cdk), fast: "JSON.parse", slow: all, times: 4 },
    {
      what: `YAML, a template of ${size(yaml)} MB`,
      path: write("a.yaml", yaml),
      fast: "js-yaml",
      slow: all,
      times: 1.5,
    },
    {
      what: `JSON, ${size(plan)} MB, as large as a large plan: the reader alone`,
      path: write("plan.json", plan),
      fast: "JSON.parse",
      slow: ["read"],
      times: 4,
    },
    {
      what: "CDK, 400 assemblies of three files",
      path: writeAssemblies(join(directory, "apps")),
      fast: "readFile and JSON.parse",
      slow: ["found, read and adapted"],
      times: 3,
    },
  ];
  const measured = subjects.flatMap((subject) => compared(subject, { bundle, kept }));
  rmSync(directory, { recursive: true });
  return measured;
}

/** What is done with a file or folder, and the bar: each of `slow` at most so many times `fast`. */
interface Subject {
  readonly what: string;
  readonly path: string;
  readonly fast: string;
  readonly slow: readonly string[];
  readonly times: number;
}

/** What does the work, and what loads it with the code that is kept of it. */
interface Bundles {
  readonly bundle: string;
  readonly kept: string;
}

function compared({ what, path, fast, slow, times }: Subject, { bundle, kept }: Bundles): readonly Measured[] {
  const names = [fast, ...slow];
  const run = (count: number, works: readonly string[]): readonly (readonly number[])[] => {
    const { stdout } = spawnSync(process.execPath, [kept, bundle, path, String(count), ...works], { encoding: "utf8" });
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").map(Number));
  };
  run(1, names); // Keeps what all of them compile.
  const first = Array.from({ length: rounds }, () => names.flatMap((name) => run(1, [name])[0] ?? []));
  const again = run(rounds + 1, names).slice(1);
  const bars = slow.map((name): Bar => ({ slow: name, fast, bound: "at most", times }));
  const timesOf = (answers: typeof again): Measured["times"] =>
    names.map((name, i) => ({ name, milliseconds: answers.map((round) => round[i] ?? NaN) }));
  return [
    { what: `${what}, in a new process`, times: timesOf(first), bars },
    { what: `${what}, in a process that has done it before`, times: timesOf(again), bars },
  ];
}

function writeAssemblies(root: string): string {
  for (let i = 0; i < 400; i++) writeAssembly(join(root, `app${i}`, "cdk.out"));
  return root;
}

function writeAssembly(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const properties = { templateFile: "Services.template.json", validateOnSynth: false };
  const stack = { type: "aws:cloudformation:stack", properties, displayName: "Services" };
  const assets = { type: "cdk:asset-manifest", properties: { file: "Services.assets.json" } };
  const manifest = { version: "48.0.0", artifacts: { "Services.assets": assets, Services: stack } };
  const written = {
    "manifest.json": manifest,
    "Services.assets.json": { version: "48.0.0", files: {}, dockerImages: {} },
  };
  for (const [name, content] of Object.entries(written))
    writeFileSync(join(dir, name), JSON.stringify(content, undefined, 2));
  writeFileSync(join(dir, "Services.template.json"), cdkTemplateOf(5));
}

function size(text: string): string {
  return (text.length / megabyte).toFixed(1);
}
