// Bundles the command and the API into dist/, CommonJS files without dependencies, and emits the API's types.
// dist/ is committed: a hook and an action run from a checkout without a build. `--check` builds elsewhere and compares.
const { execFileSync } = require("node:child_process");
const {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { tmpdir } = require("node:os");
const { basename, dirname, join, relative, resolve } = require("node:path");
const esbuild = require("esbuild");

const root = resolve(__dirname, "..");

/**
 * What few runs need stands in files of its own, which are loaded on first use. Node reads and compiles the whole of a
 * file at every start, and these are half of all.
 */
const lazy = {
  "re2js.js": { importedAs: /^re2js$/, entry: "re2js" },
  "js-yaml.js": { importedAs: /[/]yaml-events$/, entry: "./src/input/yaml-events.ts" },
  "fast-glob.js": { importedAs: /^fast-glob$/, entry: "fast-glob" },
};

/** Data that is read whole needs no bundling. */
const data = ["actions.json", "managed-policies.json"];

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // V8 reads text of one byte a character faster.
  charset: "ascii",
  minify: true,
  metafile: true,
  legalComments: "none", // Whole licences stand in a file of their own.
  logLevel: "warning",
};

const keepApart = {
  name: "keep-apart",
  setup(build) {
    for (const [file, { importedAs }] of Object.entries(lazy)) {
      build.onResolve({ filter: importedAs }, () => ({ path: `./lazy/${file}`, external: true }));
    }
    build.onResolve({ filter: /[/]data[/].*[.]json$/ }, ({ path }) => ({
      path: `./lazy/${basename(path)}`,
      external: true,
    }));
  },
};

async function build(into) {
  rmSync(into, { recursive: true, force: true });
  const entries = { ...options, plugins: [keepApart] };
  const banner = { js: "#!/usr/bin/env node" };
  const builds = [
    { ...entries, entryPoints: ["src/cli/main.ts"], outfile: join(into, "ses-cred-lint.js"), banner },
    { ...entries, entryPoints: ["src/index.ts"], outfile: join(into, "index.js") },
    ...Object.entries(lazy).map(([file, { entry }]) => {
      return { ...options, entryPoints: [entry], outfile: join(into, "lazy", file) };
    }),
  ];
  const sources = new Set();
  for (const one of builds) {
    const { metafile } = await esbuild.build(one);
    for (const source of Object.keys(metafile.inputs)) sources.add(source);
  }
  writeFileSync(join(into, "licences.txt"), licences(sources));
  for (const file of data) {
    const text = readFileSync(join(root, "src/data", file), "utf8");
    writeFileSync(join(into, "lazy", file), JSON.stringify(JSON.parse(text)));
  }
  // A hook runs the file itself.
  chmodSync(join(into, "ses-cred-lint.js"), 0o755);
  const tsc = require.resolve("typescript/bin/tsc");
  const types = ["--outDir", join(into, "types"), "-p", "tsconfig.build.json"];
  execFileSync(process.execPath, [tsc, ...types], { cwd: root, stdio: "inherit" });
  keepReachable(join(into, "types"), "src/index.d.ts");
}

/** The licences of the packages that the bundle holds parts of: they ask to be handed on with every copy. */
function licences(sources) {
  const folders = new Set([...sources].flatMap((source) => /^.*node_modules[/](?:@[^/]+[/])?[^/]+/.exec(source) ?? []));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${name} has no licence that could be handed on`);
      return `${name} ${version}\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** The compiler emits the types of all sources; the API needs those that its own types name. */
function keepReachable(folder, entry) {
  const reached = new Set();
  const visit = (name) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const [, target] of readFileSync(join(folder, name), "utf8").matchAll(/from "(\.[^"]+)"/g)) {
      const path = join(dirname(name), target);
      visit(existsSync(join(folder, `${path}.d.ts`)) ? `${path}.d.ts` : join(path, "index.d.ts"));
    }
  };
  visit(entry);
  for (const name of filesBelow(folder)) if (!reached.has(name)) rmSync(join(folder, name));
  for (const name of readdirSync(folder, { recursive: true }).sort().reverse()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory() && readdirSync(path).length === 0) rmSync(path, { recursive: true });
  }
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

async function check() {
  const fresh = mkdtempSync(join(tmpdir(), "dist-"));
  await build(fresh);
  const committed = join(root, "dist");
  const names = new Set([...filesBelow(fresh), ...filesBelow(committed)]);
  const different = [...names].filter((name) => {
    const [a, b] = [join(fresh, name), join(committed, name)];
    return !existsSync(a) || !existsSync(b) || !readFileSync(a).equals(readFileSync(b));
  });
  rmSync(fresh, { recursive: true });
  for (const name of different) console.error(`${relative(root, join(committed, name))} is not what the sources build`);
  if (different.length > 0) console.error("Run `npm run build` and commit dist/.");
  return different.length === 0;
}

async function main() {
  if (!process.argv.includes("--check")) await build(join(root, "dist"));
  else if (!(await check())) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
