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
 * Large templates, and many small ones, against what only reads and parses them. The bars are on the work itself, in a
 * process that has done it before. In a new one nothing of ours is compiled yet, while JSON.parse is machine code of
 * Node's: how much that is stands beside it.
 */
export function benchTemplates(): readonly Measured[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-templates-"));
  const bundle = bundled("templates-process.ts", directory);
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
    {
      what: `CDK, a template of ${size(cdk)} MB`,
      path: write("a.json", cdk),
      works: ["JSON.parse", ...all],
      bars: atMost(4, all, "JSON.parse"),
    },
    {
      what: `YAML, a template of ${size(yaml)} MB`,
      path: write("a.yaml", yaml),
      works: ["js-yaml", ...all],
      bars: atMost(1.5, all, "js-yaml"),
    },
    {
      what: `JSON, ${size(plan)} MB, as large as a large plan: the reader alone`,
      path: write("plan.json", plan),
      works: ["JSON.parse", "read"],
      bars: atMost(4, ["read"], "JSON.parse"),
    },
    {
      what: "CDK, 400 assemblies of three files",
      path: writeAssemblies(join(directory, "apps")),
      works: ["readFile and JSON.parse", "found and read", "found, read and adapted"],
      // As the bar of Terraform's evaluation, it is on what is done with what our reader has read.
      bars: atMost(3, ["found, read and adapted"], "found and read"),
    },
  ];
  const measured = subjects.flatMap((subject) => compared(subject, bundle));
  rmSync(directory, { recursive: true });
  return measured;
}

/** What is done with a file or folder: works by their names. */
interface Subject {
  readonly what: string;
  readonly path: string;
  readonly works: readonly string[];
  readonly bars: readonly Bar[];
}

function atMost(times: number, slow: readonly string[], fast: string): readonly Bar[] {
  return slow.map((name) => ({ slow: name, fast, bound: "at most", times }));
}

function compared({ what, path, works, bars }: Subject, bundle: string): readonly Measured[] {
  const run = (count: number, names: readonly string[]): readonly (readonly number[])[] => {
    const { stdout } = spawnSync(process.execPath, [bundle, path, String(count), ...names], { encoding: "utf8" });
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").map(Number));
  };
  const first = Array.from({ length: rounds }, () => works.flatMap((name) => run(1, [name])[0] ?? []));
  const again = run(rounds + 1, works).slice(1);
  const timesOf = (answers: typeof again): Measured["times"] =>
    works.map((name, i) => ({ name, milliseconds: answers.map((round) => round[i] ?? NaN) }));
  return [
    { what: `${what}, in a new process`, times: timesOf(first), bars: [] },
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
