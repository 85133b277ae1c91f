import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fastGlob from "fast-glob";
import ts from "typescript";

/** What each layer may import, besides itself. `node:` modules and packages are listed like layers. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  data: [],
  model: ["core", "data", "node:crypto"],
  input: ["core", "model", "data", "node:crypto", "node:zlib", "js-yaml", "re2js"],
  rules: ["core", "model"],
  report: ["core", "node:crypto"],
  output: ["core", "node:zlib", "sarif"],
  config: ["core", "model", "input", "data"],
  lint: ["core", "model", "input", "rules", "report", "package.json"],
  cli: [
    "core",
    "config",
    "lint",
    "rules",
    "output",
    "package.json",
    "node:buffer",
    "node:crypto",
    "node:fs",
    "node:module",
    "node:path",
    "node:util",
    "node:vm",
    "ignore",
    "fast-glob",
  ],
  api: ["core", "model", "lint", "rules", "cli"],
};

const files = fastGlob.sync(["src/**/*.ts", "rules/**/*.ts"]).sort();

describe("layers", () => {
  it("finds sources in every layer", () => {
    const found = new Set(files.map(layerOf));
    for (const layer of Object.keys(allowed)) if (layer !== "data") assert.ok(found.has(layer), layer);
  });

  for (const file of files) {
    it(`${file} imports only what its layer may`, () => {
      for (const target of importsOf(file)) {
        const layer = layerOf(file);
        const may = allowed[layer] ?? [];
        assert.ok(target === layer || may.includes(target), `${layer} must not import ${target}`);
      }
    });
  }

  it("keeps dialects apart: only CDK builds on CloudFormation", () => {
    for (const file of files.filter((name) => name.startsWith("src/input/"))) {
      const own = dialectOf(file);
      if (own === undefined) continue;
      for (const target of relativeImports(file).map(dialectOf)) {
        const fine = target === undefined || target === own || (own === "cdk" && target === "cloudformation");
        assert.ok(fine, `${file} imports the dialect ${String(target)}`);
      }
    }
  });

  it("lets the configuration take the YAML reader of the input, and nothing else", () => {
    const config = files.filter((name) => layerOf(name) === "config");
    const taken = config.flatMap((file) => relativeImports(file)).filter((target) => layerOf(target) === "input");
    assert.deepEqual(taken, ["src/input/yaml.ts"]);
  });

  it("has no import cycle between layers, or folders of the input and the model; inside one, the files of a grammar call each other", () => {
    const done = new Set<string>();
    const visit = (room: string, path: readonly string[]): void => {
      assert.ok(!path.includes(room), [...path, room].join(" → "));
      if (done.has(room)) return;
      for (const target of roomsBelow(room)) visit(target, [...path, room]);
      done.add(room);
    };
    for (const file of files) visit(roomOf(file), []);
  });

  it("exports nothing that nobody imports, but for the API", () => {
    const taken = takenNames();
    const left = files
      .filter((file) => file !== "src/index.ts")
      .flatMap((file) => exportsOf(file).map((name) => `${file} ${name}`))
      .filter((one) => !taken.has(one) && !taken.has(one.replace(/ .*/, " *")));
    assert.deepEqual(left, []);
  });
});

function exportsOf(file: string): readonly string[] {
  const declared = /^export (?:declare )?(?:function\*?|const|class|interface|type) (\w+)/gm;
  return [...readFileSync(file, "utf8").matchAll(declared)].map(([, name = ""]) => name);
}

/** What is imported or passed on, as `src/core/map.ts kept`; of a module that is taken as a whole `*`. */
function takenNames(): ReadonlySet<string> {
  const all = fastGlob.sync(["{src,rules,scripts,bench,test}/**/*.ts"], { ignore: ["**/node_modules/**"] });
  const clause = /^(?:import|export) (?:type )?(?:\{([^}]*)\}|\* as \w+) from "(\.[^"]+)"/gm;
  return new Set(
    all.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(clause)].flatMap(([, names = "*", from = ""]) => {
        const target = resolved(join(dirname(file), from));
        return names.split(",").map((name) => `${target} ${name.replace(/\btype\b|\bas\b.*/g, "").trim()}`);
      }),
    ),
  );
}

function layerOf(file: string): string {
  if (file.startsWith("rules/")) return "rules";
  if (file === "src/lint.ts") return "lint";
  if (file === "src/index.ts") return "api";
  return file.split("/")[1] ?? file;
}

function dialectOf(file: string): string | undefined {
  const [, name, rest] = /^src\/input\/([^/]+)\/(.+)$/.exec(file) ?? [];
  return rest === undefined ? undefined : name;
}

function importsOf(file: string): readonly string[] {
  const bare = specifiers(file).filter((name) => !name.startsWith("."));
  return [...bare, ...relativeImports(file).map(layerOf)];
}

/** Files that a file imports, relative to the root of the project; without types-only imports on demand. */
function relativeImports(file: string, types = true): readonly string[] {
  return specifiers(file, types)
    .filter((name) => name.startsWith("."))
    .map((name) => resolved(join(dirname(file), name)));
}

function resolved(path: string): string {
  if (path.endsWith(".json")) return path;
  return files.find((file) => file === `${path}.ts` || file === `${path}/index.ts`) ?? path;
}

/** A layer; in `input` and `model` a folder of it, or a file that folders share or that builds on them. */
function roomOf(file: string): string {
  const layer = layerOf(file);
  if (layer !== "input" && layer !== "model") return layer;
  const [, folder] = /^src\/((?:input|model)\/[^/]+)\/./.exec(file) ?? [];
  return folder ?? file;
}

/** The rooms that a room imports at run time. */
function roomsBelow(room: string): ReadonlySet<string> {
  const own = files.filter((file) => roomOf(file) === room);
  const targets = own.flatMap((file) => relativeImports(file, false)).map(roomOf);
  return new Set(targets.filter((target) => target !== room));
}

function specifiers(file: string, types = true): readonly string[] {
  const text = readFileSync(file, "utf8");
  const read = types ? text : text.replace(/^import type [^;]+;/gm, "");
  return ts.preProcessFile(read, true, true).importedFiles.map((imported) => imported.fileName);
}
