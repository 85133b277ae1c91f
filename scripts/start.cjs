// `npm start` builds and lints fixtures/demo; `npm start -- PATH…` lints something else.
const { spawnSync } = require("node:child_process");
const { join, resolve } = require("node:path");

const root = resolve(__dirname, "..");
const run = (...args) => spawnSync(process.execPath, args, { cwd: process.env.INIT_CWD ?? root, stdio: "inherit" });

const built = run(join(root, "scripts/build.cjs"));
if (built.status !== 0) {
  process.exitCode = 2;
} else {
  // The demo is there to be read: npm would print an error of its own below the findings.
  const args = process.argv.length > 2 ? process.argv.slice(2) : [join(root, "fixtures/demo"), "--exit-zero"];
  process.exitCode = run(join(root, "dist/ses-cred-lint.js"), ...args).status ?? 2;
}
