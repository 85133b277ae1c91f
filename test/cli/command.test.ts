import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "../temporary";
import { bundleCommand, type Command } from "./command";

const root = 'resource "aws_iam_access_key" "old" {\n  user = "root"\n}\n';
const silent = 'resource "aws_iam_role" "app" {\n  name = "app"\n}\n';

const keysOfUsers = `
variable "users" { type = set(string) }
variable "admin" {}
resource "aws_iam_access_key" "users" {
  for_each = var.users
  user     = each.key
}
resource "aws_iam_access_key" "admin" { user = var.admin }
`;

const keyOfRoot = { address: "aws_iam_access_key.k", mode: "managed", type: "aws_iam_access_key", name: "k" };
const planOfRoot = JSON.stringify({
  format_version: "1.2",
  planned_values: { root_module: { resources: [{ ...keyOfRoot, values: { user: "root" } }] } },
});

describe("the command", () => {
  let command: Command;
  before(() => (command = bundleCommand()));

  describe("exit status", () => {
    const cases: readonly {
      name: string;
      files: Readonly<Record<string, string | Buffer>>;
      args?: readonly string[];
      status: number;
      out?: RegExp;
      err?: RegExp;
    }[] = [
      { name: "0 where nothing is wrong", files: { "main.tf": silent }, status: 0, err: /clean/ },
      { name: "1 where an error is found", files: { "main.tf": root }, status: 1, out: /root-access-key/ },
      {
        name: "0 with --exit-zero",
        files: { "main.tf": root },
        args: ["--exit-zero"],
        status: 0,
        out: /root-access-key/,
      },
      { name: "0 below --fail-on", files: { "main.tf": root }, args: ["--fail-on", "never"], status: 0 },
      { name: "0 without the rule", files: { "main.tf": root }, args: ["--ignore", "root-access-key"], status: 0 },
      {
        name: "1 where a value that is given makes it wrong",
        files: {
          "t.yaml":
            "Parameters: { N: { Type: String } }\nResources: { K: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref N } } }",
          "values.json": '{"N": "mailer"}',
        },
        args: ["--parameters", "values.json", "--parameters", "N=root"],
        status: 1,
        out: /root-access-key/,
      },
      {
        name: "1 where parameters are given as the AWS CLI takes them",
        files: {
          "t.yaml":
            "Parameters: { N: { Type: CommaDelimitedList }, S: { Type: String } }\nResources: { K: { Type: AWS::IAM::AccessKey, Properties: { Status: !Ref S, UserName: !Select [1, !Ref N] } } }",
          "values.json": '{"S": "Active"}',
        },
        args: ["--parameters", "file://values.json", "--parameters", "ParameterKey=N,ParameterValue=mailer\\,root"],
        status: 1,
        out: /error\[root-access-key\]/,
      },
      { name: "2 for an empty folder", files: {}, status: 2, err: /nothing to lint/ },
      { name: "0 for an empty folder with --allow-empty", files: {}, args: ["--allow-empty"], status: 0 },
      { name: "2 for a folder without infrastructure code", files: { "a.txt": "", "b.json": "[1]" }, status: 2 },
      { name: "2 for a missing path", files: { "main.tf": silent }, args: [".", "gone"], status: 2, err: /gone/ },
      {
        name: "2 for a path below a file",
        files: { "main.tf": silent },
        args: [".", "main.tf/x"],
        status: 2,
        err: /main\.tf\/x: error: There is no such file[^]*1 file read/,
      },
      {
        name: "1 for a missing path beside a finding",
        files: { "main.tf": root },
        args: [".", "gone"],
        status: 1,
        err: /gone/,
      },
      {
        name: "2 for an unknown option",
        files: {},
        args: ["--formt", "json"],
        status: 2,
        err: /Did you mean --format/,
      },
      {
        name: "2 for an unknown rule",
        files: {},
        args: ["--select", "root-acess-key"],
        status: 2,
        err: /Did you mean root-access-key/,
      },
      { name: "2 for an unknown format", files: {}, args: ["--format", "sarf"], status: 2, err: /Did you mean sarif/ },
      {
        name: "2 for an unknown command's word",
        files: {},
        args: ["explain", "x"],
        status: 2,
        err: /There is no such rule/,
      },
      { name: "0 for help", files: {}, args: ["--help"], status: 0, out: /--show-files/ },
      {
        name: "2 for broken HCL",
        files: { "main.tf": 'resource "a" {\n  b = = 1\n}\n' },
        status: 2,
        err: /main\.tf:2:\d+: error/,
      },
      { name: "0 for broken HCL with --lenient", files: { "main.tf": "x = = 1\n" }, args: ["--lenient"], status: 0 },
      {
        name: "2 for a broken template",
        files: { "t.yaml": "Resources:\n  A:\n    Type: AWS::IAM::User\n  B: [\n" },
        status: 2,
        err: /t\.yaml:\d+:\d+: error/,
      },
      {
        name: "2 for broken Terraform JSON",
        files: { "main.tf.json": '{"resource": {' },
        status: 2,
        err: /main\.tf\.json:1:\d+: error/,
      },
      {
        name: "2 for a binary with a .tf name",
        files: { "main.tf": Buffer.from([0x7f, 0x45, 0, 1]) },
        status: 2,
        err: /main\.tf: error: .*not text/,
      },
      {
        name: "2 for variables that git-crypt keeps",
        files: { "main.tf": "", "terraform.tfvars": Buffer.from("\0GITCRYPT\0\x01\x02", "latin1") },
        status: 2,
        err: /terraform\.tfvars: error: .*encrypted by git-crypt/,
      },
      {
        name: "2 for Latin-1",
        files: { "main.tf": Buffer.from([0x23, 0xe9, 0x0a]) },
        status: 2,
        err: /main\.tf: error: .*not UTF-8/,
      },
      {
        name: "2 for a template in Latin-1 that nobody named",
        files: {
          "main.tf": silent,
          "mail.yaml": Buffer.from("# \xe9\nResources: { Mail: { Type: AWS::IAM::User } }", "latin1"),
        },
        status: 2,
        err: /mail\.yaml: error: .*not UTF-8/,
      },
      {
        name: "0 for values in Latin-1 that are no template",
        files: { "main.tf": silent, "values.yaml": Buffer.from("name: \xe9\n", "latin1") },
        status: 0,
      },
      {
        name: "1 where variables that are given make it wrong, the last of each",
        files: { "main.tf": keysOfUsers, "mailers.tfvars": 'users = ["mailer"]\nadmin = "root"\n' },
        args: ["--var", "admin=mailer", "--var-file", "mailers.tfvars", "--var", 'users=["a", "root"]'],
        status: 1,
        out: /aws_iam_access_key\.admin names the user root[^]*aws_iam_access_key\.users\["root"\] names the user root/,
      },
      {
        name: "0 where variables that are given make it right",
        files: { "main.tf": keysOfUsers, "terraform.tfvars": 'users = ["root"]\nadmin = "root"\n' },
        args: ["--var", "admin=root", "--var", "users=[]", "--var", "admin=mailer"],
        status: 0,
      },
      {
        name: "2 for a variable without a value",
        files: { "main.tf": keysOfUsers },
        args: ["--var", "admin"],
        status: 2,
        err: /A variable is given as name=value/,
      },
      {
        name: "2 for a variable file that is not there",
        files: { "main.tf": silent },
        args: ["--var-file", "none.tfvars"],
        status: 2,
        err: /none\.tfvars: error: The file is not there/,
      },
      {
        name: "1 for a plan that PowerShell wrote as UTF-16",
        files: { "plan.json": Buffer.from(`\uFEFF${planOfRoot}`, "utf16le") },
        status: 1,
        out: /root-access-key/,
      },
      {
        name: "1 for a template that PowerShell wrote as UTF-16",
        files: {
          "mail.yaml": Buffer.from(
            "\uFEFFResources: { Key: { Type: AWS::IAM::AccessKey, Properties: { UserName: root } } }",
            "utf16le",
          ),
        },
        status: 1,
        out: /root-access-key/,
      },
      {
        name: "1 for a plan that git ignores",
        files: { ".gitignore": "*plan*\n", "tfplan.json": planOfRoot },
        status: 1,
        out: /root-access-key/,
      },
      {
        name: "2 for an app of the CDK without output whose cdk.json git ignores",
        files: { ".gitignore": "*.json\n", "cdk.json": '{ "app": "node app.js" }' },
        status: 2,
        err: /cdk\.json: error: .*npx cdk synth/,
      },
      {
        name: "2 for a state that cannot be read",
        files: { "terraform.tfstate": Buffer.from([0x7b, 0, 0x7d]) },
        status: 2,
        err: /terraform\.tfstate: error: .*not text/,
      },
    ];
    for (const { name, files, args = [], status, out, err } of cases) {
      it(name, () => {
        const outcome = command.run(args, { cwd: folderWith(files) });
        assert.equal(outcome.status, status, outcome.stdout + outcome.stderr);
        if (out) assert.match(outcome.stdout, out);
        if (err) assert.match(outcome.stderr, err);
        assert.doesNotMatch(outcome.stdout + outcome.stderr, /\n\s+at .*\(.*:\d+:\d+\)/, "a stack trace");
      });
    }
  });

  it("lints the rest where a file is broken, and says so", () => {
    const cwd = folderWith({ "a/main.tf": root, "b/main.tf": 'resource "x" "y" {' });
    const { status, stdout, stderr } = command.run(["--format", "json"], { cwd });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /"outcome": ?"findings-incomplete"/);
    assert.match(stderr, /b\/main\.tf:1:\d+: error/);
  });

  it("reads no file that a link out of the root leads to", () => {
    const outside = folderWith({ "secret.tf": root });
    const cwd = folderWith({ "main.tf": silent });
    symlinkSync(join(outside, "secret.tf"), join(cwd, "linked.tf"));
    symlinkSync(outside, join(cwd, "linked"));
    const { status, stdout, stderr } = command.run([], { cwd });
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /linked\.tf: error: .*a link out of the root/);
  });

  it("reads no file whose path is longer than any, however many parts it has", () => {
    const nested = `Resources:\n  Mail:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ${"a/".repeat(50_000)}x.yaml }\n`;
    const cwd = folderWith({ "main.tf": root, "mail.yaml": nested });
    const { status, stderr } = command.run([], { cwd });
    assert.equal(status, 1, stderr);
  });

  it("reads a link to a file inside the root", () => {
    const cwd = folderWith({ "shared/key.tf.txt": root, "live/main.tf": silent });
    symlinkSync("../shared/key.tf.txt", join(cwd, "live/key.tf"));
    assert.equal(command.run([], { cwd }).status, 1);
  });

  it("does not wait for a pipe with a .tf name", () => {
    const cwd = folderWith({ "main.tf": root });
    if (spawnSync("mkfifo", [join(cwd, "pipe.tf")]).status !== 0) return;
    const { status, stderr } = command.run([], { cwd });
    assert.equal(status, 1);
    assert.match(stderr, /pipe\.tf: error: .*not a regular file/);
  });

  it("says that a file may not be read, and lints the rest", function () {
    if (process.getuid?.() === 0) this.skip(); // root may read everything
    const cwd = folderWith({ "main.tf": root, "closed.tf": silent });
    chmodSync(join(cwd, "closed.tf"), 0);
    const { status, stderr } = command.run([], { cwd });
    assert.equal(status, 1);
    assert.match(stderr, /closed\.tf: error: .*permission denied/);
  });

  it("leaves alone what git ignores, but for variable files and named paths", () => {
    const cwd = folderWith({ ".gitignore": "/build/\n*.tfvars\n", "build/main.tf": root, "main.tf": silent });
    assert.equal(command.run([], { cwd }).status, 0);
    assert.equal(command.run(["build"], { cwd }).status, 1);
    assert.equal(command.run(["build/main.tf"], { cwd }).status, 1);
    writeFileSync(join(cwd, "x.tfvars"), "a = = 1\n");
    assert.equal(command.run([], { cwd }).status, 2);
  });

  it("expands a pattern that the shell has left", () => {
    const cwd = folderWith({ "a/main.tf": silent, "b/main.tf": root });
    assert.equal(command.run(["*/main.tf"], { cwd }).status, 1);
    assert.equal(command.run(["a*/*.tf"], { cwd }).status, 0);
  });

  it("writes several reports, whole or not at all", () => {
    const cwd = folderWith({ "main.tf": root });
    const { status, stdout } = command.run(["--format", "concise", "--format", "sarif=out.sarif"], { cwd });
    assert.equal(status, 1);
    assert.match(stdout, /^main\.tf:2:\d+: error root-access-key /);
    assert.match(readFileSync(join(cwd, "out.sarif"), "utf8"), /"version": ?"2\.1\.0"/);
    assert.deepEqual(readdirSync(cwd).sort(), [".git", "main.tf", "out.sarif"]);
  });

  it("exits with 2 where a report cannot be written", () => {
    const cwd = folderWith({ "main.tf": silent });
    mkdirSync(join(cwd, "folder"));
    for (const target of ["gone/out.json", "folder"]) {
      const { status, stderr } = command.run(["--format", "json", "--output", target], { cwd });
      assert.equal(status, 2, target);
      assert.match(stderr, /^ses-cred-lint: E/m);
    }
  });

  it("writes through a device instead of replacing it", () => {
    const cwd = folderWith({ "main.tf": root });
    const { status } = command.run(["--format", "json=/dev/null"], { cwd });
    assert.equal(status, 1);
    assert.ok(existsSync("/dev/null") && readFileSync("/dev/null").length === 0);
  });

  it("lets no text of the input become a command of GitHub's runner", () => {
    const evil = "::error::x\n##[error]y\n";
    const cwd = folderWith({ "main.tf": `# ${evil}${root}`, "::set-output name=a::b.tf": "x = = 1" });
    const { stdout, stderr } = command.run(["--format", "concise"], { cwd, env: { GITHUB_ACTIONS: "true" } });
    for (const line of (stdout + stderr).split(/\r?\n/)) assert.doesNotMatch(line, /^\s*::|##\[/);
  });

  it("paints on a terminal only, unless told", () => {
    const cwd = folderWith({ "main.tf": root });
    const escape = "\u001b[";
    assert.ok(!command.run([], { cwd }).stdout.includes(escape));
    assert.ok(command.run([], { cwd, env: { FORCE_COLOR: "1" } }).stdout.includes(escape));
    assert.ok(command.run(["--color", "always"], { cwd }).stdout.includes(escape));
    assert.ok(!command.run([], { cwd, env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).stdout.includes(escape));
  });

  it("gives the same report from wherever it is started", () => {
    const cwd = folderWith({ "a/main.tf": root, "b/main.tf": root });
    const one = command.run(["--format", "json"], { cwd });
    const other = command.run(["--format", "json", "..", "../b"], { cwd: join(cwd, "a") });
    assert.equal(other.stdout, one.stdout);
  });
});
