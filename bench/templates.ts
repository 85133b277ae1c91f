import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CORE_SCHEMA, defineScalarTag, defineSequenceTag, load, type Schema } from "js-yaml";
import { readJson } from "../src/core/json";
import { readSources, type Read, type TextResult } from "../src/core/read";
import { readDisk } from "../src/cli/files";
import { adapt } from "../src/input";
import { discover } from "../src/input/discover";
import { readYaml } from "../src/input/yaml";
import { cdkTemplate, cdkTemplateOf, yamlTemplate } from "./template-corpus";
import type { Measured, Timed } from "./measure";

const rounds = 9;
const megabyte = 1_000_000;

/** Large templates against the parsers that do nothing else, in one process, after everything has run once. */
export function benchTemplates(): readonly Measured[] {
  return [benchCdk(), benchYaml(), benchJson()];
}

function benchCdk(): Measured {
  const text = cdkTemplate(5 * megabyte);
  return {
    what: `CDK, a template of ${size(text)} MB`,
    times: takeTurns([
      { name: "JSON.parse", work: () => parse(text) },
      { name: "read", work: () => readJson({ path: "S.template.json", text }) },
      { name: "read and adapted", work: () => adaptAlone("S.template.json", text) },
    ]),
    bars: [
      { slow: "read", fast: "JSON.parse", bound: "at most", times: 4 },
      { slow: "read and adapted", fast: "JSON.parse", bound: "at most", times: 4 },
    ],
  };
}

function benchYaml(): Measured {
  const text = yamlTemplate(5 * megabyte);
  const schema = cloudFormationSchema();
  return {
    what: `YAML, a template of ${size(text)} MB`,
    times: takeTurns([
      { name: "js-yaml", work: () => load(text, { schema }) },
      { name: "read", work: () => readYaml({ path: "template.yaml", text }) },
      { name: "read and adapted", work: () => adaptAlone("template.yaml", text) },
    ]),
    bars: [
      { slow: "read", fast: "js-yaml", bound: "at most", times: 1.5 },
      { slow: "read and adapted", fast: "js-yaml", bound: "at most", times: 1.5 },
    ],
  };
}

/** What reading a plan of that size costs before anything of it is looked at. */
function benchJson(): Measured {
  const template = cdkTemplate(5 * megabyte);
  const text = `[${Array.from({ length: 20 }, () => template).join(",")}]`;
  return {
    what: `JSON, ${size(text)} MB, as large as a large plan: the reader alone`,
    times: takeTurns(
      [
        { name: "JSON.parse", work: () => parse(text) },
        { name: "read", work: () => readJson({ path: "plan.json", text }) },
      ],
      3,
    ),
    bars: [{ slow: "read", fast: "JSON.parse", bound: "at most", times: 4 }],
  };
}

/** Many small assemblies on the disk, against reading their files and JSON.parse. */
export function benchAssemblies(): Measured {
  const root = mkdtempSync(join(tmpdir(), "bench-assemblies-"));
  for (let i = 0; i < 400; i++) writeAssembly(join(root, `app${i}`, "cdk.out"));
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  const times = takeTurns(
    [
      {
        name: "readFile and JSON.parse",
        work: () => files.map((name) => parse(readFileSync(join(root, name), "utf8"))),
      },
      { name: "found, read and adapted", work: () => adaptTree(readOnce(readDisk(root))) },
    ],
    5,
  );
  rmSync(root, { recursive: true });
  const bars = [
    { slow: "found, read and adapted", fast: "readFile and JSON.parse", bound: "at most", times: 3 },
  ] as const;
  return { what: `CDK, 400 assemblies of together ${files.length} files`, times, bars };
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

function parse(text: string): unknown {
  return JSON.parse(text);
}

function adaptAlone(path: string, text: string): unknown {
  return adapt([{ path, named: true }], readSources([{ path, text }]));
}

function adaptTree(read: Read): unknown {
  return adapt(discover(read, [""]).files, read);
}

/** As a run reads its files. */
function readOnce(read: Read): Read {
  const known = new Map<string, TextResult>();
  return {
    list: (path) => read.list(path),
    text(path) {
      const result = known.get(path) ?? read.text(path);
      known.set(path, result);
      return result;
    },
  };
}

interface Work {
  readonly name: string;
  readonly work: () => unknown;
}

/** Each once to be compiled, and then in turns, so that load on the machine hits all. */
function takeTurns(works: readonly Work[], times = rounds): readonly Timed[] {
  for (const { work } of works) work();
  const taken = works.map((): number[] => []);
  for (let round = 0; round < times; round++) {
    works.forEach(({ work }, i) => {
      const start = performance.now();
      work();
      taken[i]?.push(performance.now() - start);
    });
  }
  return works.map(({ name }, i) => ({ name, milliseconds: taken[i] ?? [] }));
}

/** As whoever reads templates with js-yaml alone has to say which tags there are. */
function cloudFormationSchema(): Schema {
  const identify = (): boolean => false;
  const scalars = ["!Ref", "!Sub", "!GetAtt"].map((tag) => defineScalarTag(tag, { identify, resolve: (text) => text }));
  const create = (): unknown[] => [];
  const addItem = (items: unknown[], item: unknown): string => {
    items.push(item);
    return "";
  };
  const sequences = ["!If", "!Equals"].map((tag) => defineSequenceTag(tag, { identify, create, addItem }));
  return CORE_SCHEMA.withTags(...scalars, ...sequences);
}

function size(text: string): string {
  return (text.length / megabyte).toFixed(1);
}
