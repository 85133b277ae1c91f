import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { configurationFiles } from "../../scripts/configuration";
import { readConfiguration, type ConfigurationResult } from "../../src/config/read-configuration";
import { lineStarts, positionAt } from "../../src/core/source";
import { golden } from "../golden";

const folder = "fixtures/cli/configuration";

function read(path: string): ConfigurationResult {
  return readConfiguration({ path, text: readFileSync(join(folder, path), "utf8") });
}

function configurationIn(path: string): unknown {
  const result = read(path);
  assert.equal(result.kind, "configuration", path);
  return result.configuration;
}

/** The problems of a file as the command tells them. */
function problemsIn(path: string): readonly string[] {
  const result = read(path);
  assert.equal(result.kind, "wrong", path);
  const starts = lineStarts(readFileSync(join(folder, path), "utf8"));
  return result.problems.map(({ at, message }) => {
    const { line, column } = positionAt(starts, at.start);
    return `${path}:${line}:${column}: ${message}`;
  });
}

describe("a configuration", () => {
  it("says the same in YAML and JSON", () => {
    const whole: unknown = JSON.parse(readFileSync(join(folder, "everything.json"), "utf8"));
    assert.deepEqual(configurationIn("everything.json"), whole);
    assert.deepEqual(configurationIn("everything.yaml"), whole);
  });

  it("may say nothing", () => {
    for (const path of ["nothing.yaml", "null.yaml", "nothing.json"]) assert.deepEqual(configurationIn(path), {});
  });

  it("is right in the pages about it", () => {
    for (const path of ["README.md", "docs/configuration.md"]) {
      const examples = [...readFileSync(path, "utf8").matchAll(/```yaml\n((?:paths|\$schema):[^]*?)```/g)];
      assert.equal(examples.length, 1, path);
      for (const [, text = ""] of examples)
        assert.equal(readConfiguration({ path: "x.yaml", text }).kind, "configuration");
    }
  });

  it("is told to be wrong where it is", () => {
    const files = readdirSync(join(folder, "wrong")).sort();
    golden(`${folder}/problems.txt`, `${files.flatMap((file) => problemsIn(`wrong/${file}`)).join("\n")}\n`);
  });

  it("names no secret in what is wrong", () => {
    assert.doesNotMatch(problemsIn("wrong/secret.yaml").join(), /AKIA|wJalr/);
  });

  it("is read or told to be wrong, whatever it is", () => {
    const read = (path: string, text: string) => {
      const result = readConfiguration({ path, text });
      if (result.kind === "configuration") return;
      assert.ok(result.problems.length > 0);
      for (const { at } of result.problems) assert.ok(at.start >= 0 && at.start <= text.length, text);
    };
    const key = fc.constantFrom(
      "paths",
      "exclude",
      "failOn",
      "rules",
      "allowedActions",
      "settingNames",
      "smtpUsers",
      "__proto__",
    );
    const value = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(fc.oneof(value, fc.jsonValue()), (one) => {
        for (const path of ["a.json", "a.yaml"]) read(path, JSON.stringify(one));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const path of ["a.json", "a.yaml"]) read(path, text);
      }),
    );
  });

  it("is told to be wrong soon, however much is wrong in it", () => {
    const keys = Array.from({ length: 50_000 }, (_, i) => `"rule-${i}": 1`).join(",\n");
    for (const path of ["a.json", "a.yaml"]) {
      const started = Date.now();
      const result = readConfiguration({ path, text: `{ "rules": { ${keys} } }` });
      assert.equal(result.kind, "wrong");
      assert.ok(Date.now() - started < 5_000);
    }
  });

  it("has the schema and the code that scripts/configuration.ts makes", async () => {
    for (const [path, text] of await configurationFiles()) {
      assert.equal(readFileSync(path, "utf8"), text, `${path}: npx tsx scripts/configuration.ts`);
    }
  });

  it("is what the schema itself allows, for whoever checks it with that", () => {
    const schema: unknown = JSON.parse(readFileSync("docs/schema/configuration-v1.json", "utf8"));
    assert.ok(typeof schema === "object" && schema !== null);
    const validate = new Ajv({ strictTypes: false }).compile(schema);
    assert.ok(validate(configurationIn("everything.json")));
    assert.ok(!validate({ smtpUser: [] }));
  });
});
