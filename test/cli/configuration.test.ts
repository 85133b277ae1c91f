import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { folderWith } from "../temporary";
import { bundleCommand, type Command, type Outcome } from "./command";

const root = 'resource "aws_iam_access_key" "old" {\n  user = "root"\n}\n';

describe("the configuration of a run", () => {
  let command: Command;
  before(() => (command = bundleCommand()));

  function run(folder: string, ...args: readonly string[]): Outcome {
    return command.run(["--format", "concise", ...args], { cwd: folder });
  }

  /** A line for each finding: its file and level. */
  function told({ stdout }: Outcome): readonly string[] {
    return [...stdout.matchAll(/^(.*?):\d+:\d+: (\w+)/gm)].map(([, file, level]) => `${file ?? ""} ${level ?? ""}`);
  }

  it("sets levels, and what makes the exit status 1", () => {
    const folder = folderWith({
      "main.tf": root,
      "ses-cred-lint.config.yaml": "rules: { root-access-key: warning }\n",
    });
    const configured = run(folder);
    assert.deepEqual([configured.status, told(configured)], [0, ["main.tf warning"]]);
    assert.equal(run(folder, "--fail-on", "warning").status, 1);
    writeFileSync(
      join(folder, "ses-cred-lint.config.yaml"),
      "rules: { root-access-key: { level: note } }\nfailOn: note\n",
    );
    assert.equal(run(folder).status, 1);
    assert.equal(run(folder, "--fail-on", "error").status, 0);
  });

  it("switches rules off and on, unless the command line says which rules run", () => {
    const off = folderWith({
      "main.tf": root,
      "ses-cred-lint.config.json": '{ "rules": { "root-access-key": "off" } }',
    });
    assert.deepEqual(told(run(off)), []);
    assert.deepEqual(told(run(off, "--select", "root-access-key")), ["main.tf error"]);
    const key = 'resource "aws_iam_access_key" "app" {\n  user = "app"\n}\n';
    const on = folderWith({
      "main.tf": key,
      "ses-cred-lint.config.json": '{ "rules": { "credential-in-state": "on" } }',
    });
    assert.deepEqual(told(run(on)), ["main.tf note"]);
    assert.deepEqual(told(run(on, "--ignore", "credential-in-state")), []);
    assert.deepEqual(told(run(on, "--no-config")), []);
  });

  it("is the nearest to what is linted, wherever the command is started", () => {
    const folder = folderWith({
      "a/main.tf": root,
      "a/b/main.tf": root,
      "a/b/ses-cred-lint.config.yaml": "rules: { root-access-key: note }\n",
      "c/main.tf": root,
      "package.json": '{ "name": "app", "ses-cred-lint": { "rules": { "root-access-key": "warning" } } }',
    });
    assert.deepEqual(told(run(folder, "a/b/main.tf")), ["a/b/main.tf note"]);
    assert.deepEqual(told(run(join(folder, "c"), "../a/b")), ["../a/b/main.tf note"]);
    assert.deepEqual(told(run(folder, "a")), ["a/b/main.tf warning", "a/main.tf warning"]);
    assert.deepEqual(told(run(join(folder, "a/b"))), ["main.tf note"]);
    assert.deepEqual(told(run(join(folder, "a/b"), ".", "../../c")), ["main.tf warning", "../../c/main.tf warning"]);
  });

  it("is not looked for above the repository", () => {
    const folder = folderWith({ "ses-cred-lint.config.yaml": "failOn: never\n", "inner/main.tf": root });
    mkdirSync(join(folder, "inner/.git"));
    assert.equal(run(join(folder, "inner")).status, 1);
  });

  it("is none where a package.json only depends on the linter", () => {
    const manifest = '{ "devDependencies": { "ses-cred-lint": "0.1.0" } }';
    assert.equal(run(folderWith({ "main.tf": root, "package.json": manifest })).status, 1);
  });

  it("is the one that is named, wherever it is; its paths are relative to the working directory", () => {
    const folder = folderWith({
      "infra/main.tf": root,
      "other/main.tf": root,
      "ses-cred-lint.config.yaml": "failOn: x\n",
    });
    const elsewhere = folderWith({ "shared.yaml": "paths: [infra]\nfailOn: never\n" });
    const outcome = run(folder, "--config", join(elsewhere, "shared.yaml"));
    assert.deepEqual([outcome.status, told(outcome)], [0, ["infra/main.tf error"]]);
    assert.match(
      run(folder, "--config", "gone.yaml").stderr,
      /^ses-cred-lint: gone\.yaml cannot be read: no such file/,
    );
    const json = run(
      folder,
      "--config",
      relative(folder, join(elsewhere, "shared.yaml")),
      "--format",
      "json=report.json",
    );
    assert.equal(json.status, 0);
  });

  it("says what is linted where nothing is named, from its own directory", () => {
    const folder = folderWith({
      "infra/a/main.tf": root,
      "infra/b/main.tf": root,
      "other/main.tf": root,
      "ses-cred-lint.config.yaml": 'paths: ["infra/*", gone.tf]\n',
    });
    const outcome = run(join(folder, "other"));
    assert.deepEqual(told(outcome), ["../infra/a/main.tf error", "../infra/b/main.tf error"]);
    assert.match(outcome.stderr, /gone\.tf: error: There is no such file/);
    assert.deepEqual(told(run(folder, "other")), ["other/main.tf error"]);
  });

  it("excludes what is found below the paths, and nothing that is named", () => {
    const folder = folderWith({
      "main.tf": root,
      "examples/main.tf": root,
      "app/old.tf": root,
      "app/.gitignore": "!old.tf\n",
      "ses-cred-lint.config.yaml": "exclude: [./examples/, old.tf]\n",
    });
    assert.deepEqual(told(run(folder)), ["main.tf error"]);
    assert.match(run(folder, "--show-files").stderr, /^ses-cred-lint\.config\.yaml: the configuration\n/);
    assert.match(run(folder, "--show-files").stderr, /examples: ignored \(excluded by ses-cred-lint\.config\.yaml\)/);
    assert.deepEqual(told(run(folder, "examples", "app/old.tf")), ["app/old.tf error", "examples/main.tf error"]);
  });

  it("and .gitignore take no time that grows with a power of a path's depth", () => {
    const deep = `${"a/".repeat(60)}main.tf`;
    const slow = folderWith({ [deep]: root, ".gitignore": `${"**/a/".repeat(12)}b\n` });
    assert.equal(told(run(slow)).length, 1);
    const folder = folderWith({ [deep]: root, "ses-cred-lint.config.yaml": 'exclude: ["**/a/**/b"]\n' });
    assert.equal(told(run(folder)).length, 1);
  });

  it("takes back nothing that git ignores", () => {
    const files = { ".gitignore": "old.tf\n", "old.tf": root, "main.tf": root };
    const folder = folderWith({ ...files, "ses-cred-lint.config.yaml": 'exclude: ["!old.tf"]\n' });
    assert.deepEqual(told(run(folder)), ["main.tf error"]);
  });

  it("excludes from its own directory on, assemblies too", () => {
    const folder = folderWith({
      "infra/ses-cred-lint.config.yaml": "exclude: [/cdk.out, a.tf]\n",
      "infra/a.tf": root,
      "infra/cdk.out/a.tf": root,
    });
    assert.match(run(join(folder, "infra")).stderr, /nothing to lint/);
  });

  describe("is refused with the status 2", () => {
    it("where it is wrong, with the place, in every format", () => {
      const folder = folderWith({
        "main.tf": root,
        "infra/ses-cred-lint.config.yaml": "failOn: error\nfailon: note\n",
      });
      const outcome = command.run(["infra", "--format", "sarif"], { cwd: folder });
      const text = "ses-cred-lint: infra/ses-cred-lint.config.yaml:2:1: failon is no key. Did you mean failOn?\n";
      assert.deepEqual(outcome, { status: 2, stdout: "", stderr: text });
    });

    it("in a package.json, with the place in that", () => {
      const folder = folderWith({ "main.tf": root, "package.json": '{\n  "ses-cred-lint": { "path": ["."] }\n}\n' });
      assert.equal(run(folder).stderr, "ses-cred-lint: package.json:2:23: path is no key. Did you mean paths?\n");
    });

    it("where there are two side by side", () => {
      const files = { "main.tf": root, "ses-cred-lint.config.yaml": "", "ses-cred-lint.config.json": "{}" };
      const two = "ses-cred-lint.config.yaml and ses-cred-lint.config.json hold a configuration each";
      const outcome = run(folderWith(files));
      assert.deepEqual([outcome.status, outcome.stderr.includes(two)], [2, true]);
      const manifest = folderWith({ "ses-cred-lint.config.yml": "", "package.json": '{ "ses-cred-lint": {} }' });
      assert.match(run(manifest).stderr, /ses-cred-lint\.config\.yml and package\.json hold a/);
    });

    it("where it is a link out of the repository, a folder, too large or no text", () => {
      const outside = join(folderWith({ "real.yaml": "failOn: never\n" }), "real.yaml");
      const link = folderWith({ "main.tf": root });
      symlinkSync(outside, join(link, "ses-cred-lint.config.yaml"));
      assert.match(run(link).stderr, /config\.yaml cannot be read: a link out of the root\.\n$/);
      const gone = folderWith({ "main.tf": root });
      symlinkSync("nowhere", join(gone, "ses-cred-lint.config.yaml"));
      assert.match(run(gone).stderr, /cannot be read: no such file or directory\.\n$/);
      const directory = folderWith({ "ses-cred-lint.config.json/main.tf": root });
      assert.match(run(directory).stderr, /cannot be read: not a regular file\.\n$/);
      const large = folderWith({ "ses-cred-lint.config.yaml": "#".repeat(1_000_001) });
      assert.match(run(large).stderr, /cannot be read: larger than 1000000 bytes\.\n$/);
      const binary = folderWith({ "ses-cred-lint.config.yaml": Buffer.from([0, 1, 2]) });
      assert.match(run(binary).stderr, /cannot be read: not text\.\n$/);
      for (const folder of [link, gone, directory, large, binary]) assert.equal(run(folder).status, 2);
    });

    it("where its paths lead out of the repository, by a link or a pattern too", () => {
      const outside = folderWith({ "main.tf": root });
      const folder = folderWith({ "a/main.tf": root });
      symlinkSync(outside, join(folder, "link"));
      for (const path of ["..", "a/../../x", "/etc", "link", "../*", "link/main.tf"]) {
        writeFileSync(join(folder, "ses-cred-lint.config.yaml"), `paths:\n  - a\n  - ${JSON.stringify(path)}\n`);
        const text = "ses-cred-lint: ses-cred-lint.config.yaml:3:6: paths[1] leads out of the repository.\n";
        assert.deepEqual(run(folder), { status: 2, stdout: "", stderr: text }, path);
      }
    });

    it("and not for a pattern that a shell would expand to a million", () => {
      const folder = folderWith({
        "main.tf": root,
        "ses-cred-lint.config.yaml": `paths: [main.tf, "${"{a,b}".repeat(40)}*"]\n`,
      });
      assert.deepEqual(told(run(folder)), ["main.tf error"]);
    });
  });

  it("is in the report", () => {
    const folder = folderWith({
      "main.tf": root,
      "infra/main.tf": root,
      "package.json": '{ "ses-cred-lint": { "rules": { "root-access-key": "note", "credential-in-state": "on" } } }',
    });
    const { stdout } = command.run(["--format", "json", "infra"], { cwd: folder });
    const report: unknown = JSON.parse(stdout);
    assert.ok(typeof report === "object" && report !== null && "config" in report);
    assert.deepEqual(report.config, {
      source: "package.json#ses-cred-lint",
      off: ["smtp-policy-on-user"],
      levels: { "root-access-key": "note" },
    });
  });
});
