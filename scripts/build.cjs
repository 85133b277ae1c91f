// Bundles the command and the API into dist/, each one CommonJS file without dependencies, and emits the API's types.
// dist/ is committed: a hook and an action run from a checkout without a build. `--check` builds elsewhere and compares.
const { execFileSync } = require("node:child_process");
const { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { dirname, join, relative, resolve } = require("node:path");
const esbuild = require("esbuild");

const root = resolve(__dirname, "..");

function build(into) {
  rmSync(into, { recursive: true, force: true });
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    charset: "utf8",
    // Node reads and compiles the whole file at every start: half the size is a third of the time that it takes.
    minify: true,
    legalComments: "inline",
    logLevel: "warning",
  };
  esbuild.buildSync({
    ...shared,
    entryPoints: ["src/cli/main.ts"],
    outfile: join(into, "ses-cred-lint.js"),
    banner: { js: "#!/usr/bin/env node" },
  });
  // A hook runs the file itself.
  chmodSync(join(into, "ses-cred-lint.js"), 0o755);
  esbuild.buildSync({ ...shared, entryPoints: ["src/index.ts"], outfile: join(into, "index.js") });
  const tsc = require.resolve("typescript/bin/tsc");
  const types = ["--outDir", join(into, "types"), "-p", "tsconfig.build.json"];
  execFileSync(process.execPath, [tsc, ...types], { cwd: root, stdio: "inherit" });
  keepReachable(join(into, "types"), "src/index.d.ts");
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

function check() {
  const fresh = mkdtempSync(join(tmpdir(), "dist-"));
  build(fresh);
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

if (process.argv.includes("--check")) process.exitCode = check() ? 0 : 1;
else build(join(root, "dist"));
