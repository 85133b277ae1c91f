import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { lint } from "../../src/index";
import { renderJson } from "../../src/output/json";
import { folderWith, temporaryFolder } from "../temporary";

/** `dist/` as the sources of now make it: files that load each other. */
describe("the bundle", () => {
  const folder = temporaryFolder();
  before(() => {
    node("scripts/build.cjs", "--code", join(folder, "dist"));
    const list = 'require("node:fs").writeFileSync(process.env.LOADED, Object.keys(require.cache).join("\\n"))';
    writeFileSync(join(folder, "list.cjs"), `process.on("exit", () => ${list});\n`);
  });

  function node(...args: readonly string[]): string {
    const env = { ...process.env, LOADED: join(folder, "loaded"), NODE_DISABLE_COMPILE_CACHE: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
    assert.equal(status, 0, stderr);
    return stdout;
  }

  const command = () => join(folder, "dist/ses-cred-lint.js");

  it("says what the sources say, of every dialect", () => {
    const told = node(command(), "--exit-zero", "--format", "json", "fixtures/demo");
    assert.equal(told, renderJson(lint(["fixtures/demo"])));
  });

  it("is an API that says the same", () => {
    const path = JSON.stringify(join(folder, "dist/index.js"));
    const script = `const { lint } = require(${path}); console.log(lint(["fixtures/demo"]).findings.length)`;
    assert.equal(node("-e", script), `${lint(["fixtures/demo"]).findings.length}\n`);
  });

  it("checks a configuration, in YAML and JSON", () => {
    for (const [name, text] of [
      ["ses-cred-lint.config.yaml", "failOn: never\nrules: { root-access-key: note }\n"],
      ["ses-cred-lint.config.json", '{ "failOn": "never", "rules": { "root-access-key": "note" } }'],
    ] as const) {
      const input = folderWith({
        [name]: text,
        "main.tf": 'resource "aws_iam_access_key" "old" {\n  user = "root"\n}\n',
      });
      assert.match(node(command(), "--format", "concise", input), /: note root-access-key /);
    }
  });

  it("loads what a run over a little Terraform needs, and nothing else", () => {
    node("-r", join(folder, "list.cjs"), command(), "--exit-zero", "fixtures/demo/shop");
    const loaded = readFileSync(join(folder, "loaded"), "utf8").split("\n");
    const ours = loaded.map((path) => relative(resolve(folder, "dist"), path)).filter((path) => !path.startsWith(".."));
    assert.deepEqual(ours.sort(), ["lazy/actions.json", "lazy/ignore.js", "main.js", "ses-cred-lint.js", "shared.js"]);
  });
});
