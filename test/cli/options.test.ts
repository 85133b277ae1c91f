import assert from "node:assert/strict";
import { helpOf } from "../../src/cli/help";
import { readArguments, type CheckRequest, type Request } from "../../src/cli/options";
import { golden } from "../golden";

const read = (...args: readonly string[]): Request => readArguments(args);

function check(...args: readonly string[]): CheckRequest {
  const request = read(...args);
  assert.equal(request.kind, "check", JSON.stringify(request));
  return request;
}

describe("arguments", () => {
  it("leave to the configuration what they do not say", () => {
    const { paths, reports, configuration, select, ignore, failOn, color, quiet } = check();
    assert.deepEqual(
      { paths, reports, configuration, select, ignore, failOn, color, quiet },
      {
        paths: [],
        reports: [{ format: "full" }],
        configuration: { kind: "nearest" },
        select: undefined,
        ignore: [],
        failOn: undefined,
        color: "auto",
        quiet: false,
      },
    );
  });

  it("name a configuration, or none; the last one counts", () => {
    assert.deepEqual(check("--config", "a.yaml").configuration, { kind: "file", path: "a.yaml" });
    assert.deepEqual(check("--config=a.yaml", "--no-config").configuration, { kind: "none" });
    assert.deepEqual(check("--no-config", "--config=a.json").configuration, { kind: "file", path: "a.json" });
  });

  it("may be written in any order, with and without the name of the command", () => {
    for (const args of [
      ["a", "-q", "b", "--fail-on", "note"],
      ["check", "-q", "--fail-on=note", "a", "b"],
      ["--fail-on", "never", "a", "--fail-on", "note", "b", "-q"],
    ]) {
      const { paths, quiet, failOn } = check(...args);
      assert.deepEqual({ paths, quiet, failOn }, { paths: ["a", "b"], quiet: true, failOn: "note" });
    }
  });

  it("hold a value in every form", () => {
    for (const form of [["-f", "json"], ["-fjson"], ["-qfjson"], ["--format", "json"], ["--format=json"]]) {
      assert.deepEqual(check(...form, "x").reports, [{ format: "json" }], form.join(" "));
      assert.deepEqual(check(...form, "x").paths, ["x"]);
    }
    assert.deepEqual(check("--format=sarif=a=b").reports, [{ format: "sarif", file: "a=b" }]);
    assert.deepEqual(check("-o", "-x").reports, [{ format: "full", file: "-x" }]);
  });

  it("are paths after --, and so is a dash", () => {
    assert.deepEqual(check("--quiet", "-", "--", "--help", "rules").paths, ["-", "--help", "rules"]);
    assert.deepEqual(check("a", "rules").paths, ["a", "rules"]);
  });

  it("select rules one by one or by commas", () => {
    assert.deepEqual(
      check("--select", "root-access-key,credential-in-output", "--select=smtp-user-cannot-send").select,
      ["root-access-key", "credential-in-output", "smtp-user-cannot-send"],
    );
    assert.equal(check("--ignore", "root-access-key").select, undefined);
    assert.deepEqual(check("--ignore", "root-access-key").ignore, ["root-access-key"]);
  });

  it("are read for the other commands", () => {
    assert.deepEqual(read("explain", "root-access-key"), { kind: "explain", rule: "root-access-key" });
    assert.deepEqual(read("rules"), { kind: "rules", format: "text" });
    assert.deepEqual(read("rules", "--format", "json"), { kind: "rules", format: "json" });
    assert.deepEqual(read("--print-limits", "x"), { kind: "limits" });
    assert.deepEqual(read("a", "-V", "--nope"), { kind: "version" });
  });

  const wrong: readonly (readonly [args: string, text: string])[] = [
    ["-x", "unknown option '-x'"],
    ["-qz", "unknown option '-z'"],
    ["--formt json", "unknown option '--formt'\n(Did you mean --format?)"],
    ["--quiet=1", "option '-q, --quiet' takes no value"],
    ["rules -q", "unknown option '-q'"],
    ["--output", "option '-o, --output <file>' argument missing"],
    ["--format sarf", "option '-f, --format <name[=file]>' argument 'sarf' is invalid. Did you mean sarif?"],
    [
      "--format json=",
      "option '-f, --format <name[=file]>' argument 'json=' is invalid. The file's name is missing after the equals sign.",
    ],
    [
      "--fail-on x",
      "option '--fail-on <level>' argument 'x' is invalid. Allowed choices are error, warning, note, never.",
    ],
    [
      "--select root-acess-key",
      "option '--select <rule>' argument 'root-acess-key' is invalid. Did you mean root-access-key?",
    ],
    ["-f json -f sarif", "only one --format can go to standard output; write --format NAME=FILE"],
    ["-f json=a -o b", "--output needs a --format without a file of its own"],
    ["explain", "missing required argument 'rule'"],
    ["explain a b", "too many arguments for 'explain'. Expected 1 argument but got 2."],
    ["explain root-acces-key", "argument 'root-acces-key' of 'explain' is invalid. Did you mean root-access-key?"],
    ["rules all", "too many arguments for 'rules'. Expected 0 arguments but got 1."],
  ];
  for (const [args, message] of wrong) {
    it(`are told to be wrong: ${args}`, () => {
      assert.deepEqual(read(...args.split(" ")), { kind: "wrong", message });
    });
  }

  it("ask for help", () => {
    const helps = [undefined, "check", "explain", "rules"] as const;
    golden("fixtures/cli/help.txt", helps.map((command) => helpOf(command, 80)).join(`${"-".repeat(80)}\n`));
    for (const command of helps) {
      const asked = { kind: "help", command };
      assert.deepEqual(read(...(command === undefined ? [] : [command]), "-h", "--nope"), asked);
      assert.deepEqual(read("help", ...(command === undefined ? [] : [command])), asked);
    }
  });

  it("get help that is as wide as the terminal", () => {
    const widest = (columns: number) =>
      Math.max(
        ...helpOf("rules", columns)
          .split("\n")
          .map((line) => line.length),
      );
    assert.ok(widest(200) > 70 && widest(60) <= 60);
  });
});
