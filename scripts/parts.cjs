// Cuts the sources into the files of dist/. What every run needs is one file, and what stands behind a `require` of its
// own (`require("./cloudformation")`) is another, which is read and compiled on first use. Every module is in exactly one
// file, so that what it remembers (a WeakMap, a class) is there once.
const { readFileSync } = require("node:fs");
const { basename, dirname, join, relative, resolve } = require("node:path");
const esbuild = require("esbuild");
const ts = require("typescript");

/** All paths of modules are relative to it. */
const root = resolve(__dirname, "..");

/** Holds what every run needs; the entries and the lazy files take from it what they share with it. */
const shared = "shared.js";

/**
 * What to build: for each file of dist/ esbuild's options; the modules that are in them, and the JSON that stands beside
 * them as it is. `entries`: by the path of its file in dist/, the module that is run when that is loaded.
 */
async function partsOf(entries, options) {
  const graph = await readGraph(Object.values(entries), options);
  const files = filesOf(graph, entries);
  const taken = takenFrom(graph, files);
  const parts = [...new Set(files.values())].sort().map((file) => ({
    file,
    options: {
      ...options,
      ...startOf(file, entries, graph, files, taken),
      plugins: [across(file, graph, files, taken)],
    },
  }));
  const data = [...graph.lazy].filter(isData).sort();
  return { parts, modules: [...graph.imports.keys()], data: data.map((path) => ({ path, file: dataFile(path) })) };
}

/**
 * `imports`: for each module its imports, { specifier → { path, isLazy } }. `lazy`: what is imported so. Lazy is a
 * `require` in the project's sources; in a package it is the usual way to import.
 */
async function readGraph(entryPoints, options) {
  const { metafile } = await esbuild.build({ ...options, entryPoints, outdir: "dist", metafile: true, write: false });
  const imports = new Map();
  const lazy = new Set();
  for (const [module, input] of Object.entries(metafile.inputs)) {
    const own = input.imports.filter(({ external }) => !external);
    const isOurs = !isOfPackage(module);
    const targets = own.map(({ path, kind, original }) => {
      return [original, { path, isLazy: kind === "require-call" && isOurs }];
    });
    imports.set(module, new Map(targets));
    for (const [, { path, isLazy }] of targets) if (isLazy) lazy.add(path);
  }
  return { imports, lazy };
}

/** module → its file. What only one lazy file needs is in it; what several need has a file of its own. */
function filesOf({ imports, lazy }, entries) {
  const files = new Map(Object.entries(entries).map(([file, module]) => [module, file]));
  const reachedFrom = (start) => {
    const reached = new Set([start]);
    for (const module of reached) {
      for (const { path, isLazy } of imports.get(module).values()) if (!isLazy) reached.add(path);
    }
    return reached;
  };
  for (const entry of Object.values(entries)) {
    for (const module of reachedFrom(entry)) if (!files.has(module)) files.set(module, shared);
  }
  const starts = [...lazy].filter((module) => !isData(module)).sort();
  if (new Set(starts.map(nameOf)).size < starts.length) throw new Error(`two of ${starts.join(", ")} have one name`);
  const users = new Map();
  for (const start of starts) {
    if (files.has(start)) throw new Error(`${start} is loaded on first use, but imported by what every run needs`);
    for (const module of reachedFrom(start)) {
      if (!files.has(module)) users.set(module, [...(users.get(module) ?? []), start]);
    }
  }
  const named = new Map(starts.map((start) => [String(users.get(start)), `lazy/${nameOf(start)}.js`]));
  for (const [module, by] of users) files.set(module, named.get(String(by)) ?? `lazy/${by.map(nameOf).join("+")}.js`);
  return files;
}

/** `src/input/cloudformation/index.ts` is `cloudformation`, a package goes by its name. */
function nameOf(module) {
  const [, inPackage] = /^.*node_modules[/]((?:@[^/]+[/])?[^/]+)/.exec(module) ?? [];
  return (inPackage ?? basename(module.replace(/(?:[/]index)?[.]\w+$/, ""))).replace("/", "-");
}

function isOfPackage(module) {
  return module.includes("node_modules/");
}

function isData(module) {
  return module.endsWith(".json");
}

function dataFile(module) {
  return `lazy/${basename(module)}`;
}

/** module → the names that other files import from it, by those files. */
function takenFrom({ imports }, files) {
  const taken = new Map();
  for (const [module, targets] of imports) {
    const file = files.get(module);
    const outside = [...targets].filter(([, { path, isLazy }]) => !isLazy && files.get(path) !== file);
    const names = outside.length === 0 ? undefined : importedNames(module);
    for (const [specifier, { path }] of outside) {
      const byFile = taken.get(path) ?? new Map();
      taken.set(path, byFile.set(file, new Set([...(byFile.get(file) ?? []), ...(names.get(specifier) ?? [])])));
    }
  }
  return taken;
}

/** specifier → the values that a source imports, or hands on, from there. */
function importedNames(module) {
  const text = readFileSync(join(root, module), "utf8");
  const names = new Map();
  const add = ({ moduleSpecifier, importClause, exportClause }) => {
    const list = importClause?.namedBindings ?? exportClause;
    if (list === undefined || importClause?.name !== undefined) {
      throw new Error(`${module} must import by name what is in another file of dist/: ${moduleSpecifier.text}`);
    }
    const elements = list.elements?.filter((one) => !one.isTypeOnly);
    const own = elements?.map((one) => (one.propertyName ?? one.name).text) ?? namesOf(list.name.text);
    names.set(moduleSpecifier.text, [...(names.get(moduleSpecifier.text) ?? []), ...own]);
  };
  const namesOf = (all) => [...text.matchAll(new RegExp(`\\b${all}[.](\\w+)`, "g"))].map(([, name]) => name);
  for (const statement of ts.createSourceFile(module, text, ts.ScriptTarget.ES2022).statements) {
    const isTypeOnly = (statement.importClause ?? statement).isTypeOnly;
    if (statement.moduleSpecifier !== undefined && !isTypeOnly) add(statement);
  }
  return names;
}

/** Where the bundling of a file starts: at the module that it is for, and at all that it hands to other files. */
function startOf(file, entries, { imports, lazy }, files, taken) {
  if (file in entries) return { entryPoints: [entries[file]] };
  const modules = [...imports.keys()].filter((module) => files.get(module) === file);
  const start = modules.find((module) => lazy.has(module));
  if (start !== undefined && isOfPackage(start)) return { entryPoints: [start] };
  const lines = start === undefined ? [] : [`export * from "./${start}";`];
  const keys = [];
  for (const module of modules.filter((one) => taken.has(one))) {
    const names = [...new Set([...taken.get(module).values()].flatMap((own) => [...own]))].sort();
    const items = names.map((name) => `${name} as ${keyOf(module, name)}`);
    if (items.length > 0) lines.push(`import { ${items.join(", ")} } from "./${module}";`);
    keys.push(...names.map((name) => keyOf(module, name)));
  }
  return {
    stdin: {
      contents: [...lines, `export const parts = () => ({ ${keys.join(", ")} });`].join("\n"),
      resolveDir: root,
    },
  };
}

/** Two modules may have a `walk` each. */
function keyOf(module, name) {
  return `${module.replace(/^src[/]|[.]ts$/g, "").replace(/\W/g, "_")}_${name}`;
}

/** Bundles a file: an import of what is in another one becomes a `require` of that. */
function across(file, { imports }, files, taken) {
  const to = (other) => `./${relative(dirname(file), other)}`.replace(/^\.\/\.\.\//, "../");
  return {
    name: "across",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ importer, path, namespace }) => {
        if (namespace === "elsewhere") return { path, external: true };
        const target = imports.get(relative(root, importer))?.get(path);
        if (target === undefined || files.get(target.path) === file) return undefined;
        if (!target.isLazy) return { path: target.path, namespace: "elsewhere" };
        return { path: to(isData(target.path) ? dataFile(target.path) : files.get(target.path)), external: true };
      });
      build.onLoad({ filter: /./, namespace: "elsewhere" }, ({ path }) => {
        const names = [...(taken.get(path)?.get(file) ?? [])].sort();
        const keys = names.map((name) => `${keyOf(path, name)}: ${name}`);
        if (keys.length === 0) return { contents: "" };
        return { contents: `export const { ${keys.join(", ")} } = require("${to(files.get(path))}").parts();` };
      });
    },
  };
}

module.exports = { partsOf };
