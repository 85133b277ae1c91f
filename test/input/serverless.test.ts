import assert from "node:assert/strict";
import { readSources } from "../../src/core/read";
import { cloudformation } from "../../src/input/cloudformation";
import { plain } from "../plain";
import { adapt, only } from "./templates";

describe("The Serverless Framework", () => {
  it("skips a service that is a program, and takes nothing else for a service", () => {
    const program = 'const serverlessConfiguration = { service: "x", provider: { name: "aws" } };';
    assert.deepEqual(
      adapt({ path: "app/serverless.ts", text: program }).files.map(({ status }) => status),
      ["skipped"],
    );
    const service = (provider: string): string =>
      `service: x\nprovider: ${provider}\nfunctions: { f: { handler: f } }\n`;
    const chart = "service:\n  annotations: {}\nprovider: aws\nresources: {}\n";
    assert.equal(
      cloudformation.recognises(
        { path: "values.yaml", named: false },
        readSources([{ path: "values.yaml", text: chart }]),
      ),
      false,
    );
    const read = (text: string): readonly string[] => adapt({ path: "s.yml", text }).files.map(({ status }) => status);
    assert.deepEqual([service("aws"), service("{ name: aws }"), service("{ name: google } # aws")].map(read), [
      ["analysed"],
      ["analysed"],
      ["not-iac"],
    ]);
  });

  it("takes a service for one with a byte order mark before it, and on one line", () => {
    const text = "service: x\nprovider: aws\n";
    const minified = '{"service":"x","provider":{"name":"aws"}}';
    for (const one of [`\uFEFF${text}`, text.replace(/\n/g, "\r\n"), minified, `\uFEFF${minified}`]) {
      const { files } = adapt({ path: "s.yml", text: one });
      assert.deepEqual(
        files.map(({ status }) => status),
        ["analysed"],
        JSON.stringify(one),
      );
    }
  });

  it("takes a service for one whatever is odd in it", () => {
    const odd = ["resources: x", "resources: [x, ~, [y], {Resources: z}]", "functions: [f]", "functions: {f: ~, g: x}"];
    const variables = [
      "${",
      "${self:",
      "${self:}",
      "${file()}",
      "${file(.yml)}",
      "${self:a.b.c}",
      "${${opt:x}}",
      "${,}",
      "${self:custom.self}",
    ];
    const texts = [
      ...odd,
      ...variables.map(
        (one) =>
          `custom: { self: "${one}" }\nresources: { Resources: { U: { Type: AWS::IAM::User, Properties: { UserName: "a${one}" } } } }`,
      ),
    ];
    for (const text of texts) {
      const path = "s.yml";
      assert.equal(adapt({ path, text: `service: x\nprovider: aws\n${text}\n` }).models.length, 1, text);
    }
    const itself =
      "service: x\nprovider: aws\ncustom: { name: a }\nresources: { Resources: { U: { Type: AWS::IAM::User, Properties: { UserName: '${file(s.yml):custom.name}' } } } }\n";
    assert.deepEqual(
      only(adapt({ path: "s.yml", text: itself })).users.map((user) => plain(user.name)),
      ["a"],
    );
    const deep = Array.from({ length: 3_000 }, (_, i) => `  v${i}: "\${self:custom.v${i + 1}}"\n`).join("");
    const wide = Array.from(
      { length: 60 },
      (_, i) => `  w${i}: "\${self:custom.w${i + 1}}\${self:custom.w${i + 1}}"\n`,
    ).join("");
    const user =
      'resources: { Resources: { U: { Type: AWS::IAM::User, Properties: { UserName: "${self:custom.v0}${self:custom.w0}" } } } }\n';
    const text = `service: x\nprovider: aws\ncustom:\n${deep}${wide}  w60: xxxxxxxx\n${user}`;
    assert.equal(only(adapt({ path: "s.yml", text })).users.length, 1);
  });
});
