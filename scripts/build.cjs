// Bundles the command and the API into dist/, CommonJS files without dependencies, and emits the API's types.
// dist/ is committed: a hook and an action run from a checkout without a build. `--check` builds elsewhere and compares,
// `--code FOLDER` builds there, without the types.
const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
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
const { dirname, join, relative, resolve } = require("node:path");
const esbuild = require("esbuild");
const { partsOf } = require("./parts.cjs");

const root = resolve(__dirname, "..");

/** What hooks and shells run: it starts `main.js`. */
const command = "ses-cred-lint.js";
/** The files that are loaded from outside, and the modules that they run. */
const entries = { "main.js": "src/cli/main.ts", "index.js": "src/index.ts" };

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Otherwise `/\p{…}/u` becomes a constructor's call, which compiles the pattern at every start.
  supported: { "regexp-unicode-property-escapes": true },
  // V8 reads text of one byte a character faster.
  charset: "ascii",
  minify: true,
  legalComments: "none", // Whole licences stand in a file of their own.
  logLevel: "warning",
};

async function build(into) {
  await buildCode(into);
  const tsc = require.resolve("typescript/bin/tsc");
  const types = ["--outDir", join(into, "types"), "-p", "tsconfig.build.json"];
  execFileSync(process.execPath, [tsc, ...types], { cwd: root, stdio: "inherit" });
  keepReachable(join(into, "types"), "src/index.d.ts");
}

async function buildCode(into) {
  rmSync(into, { recursive: true, force: true });
  const { parts, modules, data } = await partsOf(entries, options);
  for (const { file, options: one } of parts) await esbuild.build({ ...one, outfile: join(into, file) });
  await buildCommand(into);
  for (const { path, file } of data) {
    writeFileSync(join(into, file), JSON.stringify(JSON.parse(readFileSync(join(root, path), "utf8"))));
  }
  writeFileSync(join(into, "licences.txt"), licences(modules));
  // A hook runs the file itself.
  chmodSync(join(into, command), 0o755);
}

/** The hash tells compiled code that is kept from run to run which bundle it is of. */
async function buildCommand(into) {
  const hash = createHash("sha256");
  for (const file of ["main.js", "shared.js"]) hash.update(readFileSync(join(into, file)));
  const besideIt = {
    name: "beside-it",
    setup: ({ onResolve }) => onResolve({ filter: /^[.][/]main$/ }, () => ({ path: "./main.js", external: true })),
  };
  await esbuild.build({
    ...options,
    entryPoints: ["src/cli/start.ts"],
    outfile: join(into, command),
    banner: { js: "#!/usr/bin/env node" },
    define: { bundleHash: JSON.stringify(hash.digest("hex").slice(0, 16)) },
    plugins: [besideIt],
  });
}

/** The licences of the packages that the bundle holds parts of: they ask to be handed on with every copy. */
function licences(modules) {
  const folders = new Set(modules.flatMap((module) => /^.*node_modules[/](?:@[^/]+[/])?[^/]+/.exec(module) ?? []));
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
  const [option, folder] = process.argv.slice(2);
  if (option === "--code") await buildCode(resolve(folder));
  else if (option !== "--check") await build(join(root, "dist"));
  else if (!(await check())) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
