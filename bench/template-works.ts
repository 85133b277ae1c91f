import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CORE_SCHEMA, defineScalarTag, defineSequenceTag, load, type Schema } from "js-yaml";
import { readDisk } from "../src/cli/files";
import { readJson } from "../src/core/json";
import { readSources, type Read, type TextResult } from "../src/core/read";
import type { Source } from "../src/core/source";
import { adapt } from "../src/input";
import type { Adapting } from "../src/input/dialect";
import { discover } from "../src/input/discover";
import { readYaml } from "../src/input/yaml";

interface Work {
  readonly name: string;
  readonly work: () => unknown;
}

/** What is done with a template, or with a folder of assemblies, by its path: what does nothing else comes first. */
export function worksWith(path: string): readonly Work[] {
  if (/\.(?:json|yaml)$/.test(path)) return templateWorks({ path, text: readFileSync(path, "utf8") });
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return [
    {
      name: "readFile and JSON.parse",
      work: () => files.map((name) => parse(readFileSync(join(path, name), "utf8"))),
    },
    { name: "found and read", work: () => readTree(readDisk(path)) },
    { name: "found, read and adapted", work: () => adaptTree(readOnce(readDisk(path))) },
  ];
}

function templateWorks(source: Source): readonly Work[] {
  const all = { name: "read and adapted", work: () => adaptAlone(source) };
  if (source.path.endsWith(".json")) {
    return [
      { name: "JSON.parse", work: () => parse(source.text) },
      { name: "read", work: () => readJson(source) },
      all,
    ];
  }
  const schema = cloudFormationSchema();
  return [
    { name: "js-yaml", work: () => load(source.text, { schema }) },
    { name: "read", work: () => readYaml(source) },
    all,
  ];
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

function adaptAlone({ path, text }: Source): unknown {
  return taken(adapt([{ path, named: true }], readOnce(readSources([{ path, text }]))));
}

function adaptTree(read: Read): unknown {
  return taken(adapt(discover(read, [""]).files, read));
}

/** Of a folder in which every file is JSON. */
function readTree(read: Read): unknown {
  return discover(read, [""]).files.map(({ path }) => {
    const result = read.text(path);
    return result.kind === "text" && readJson({ path, text: result.text });
  });
}

/** As a run takes the models, which keeps none: their number. */
function taken(adapting: Adapting): number {
  return Array.from(adapting, () => 1).length;
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
