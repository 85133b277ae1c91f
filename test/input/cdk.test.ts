import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { readSources } from "../../src/core/read";
import type { Source } from "../../src/core/source";
import { refOf } from "../../src/core/text";
import { cdk } from "../../src/input/cdk";
import { whole, type Whole } from "./whole";
import { golden } from "../golden";
import { modelText } from "./model-text";

const fixture = "fixtures/cdk";
const root = join(__dirname, "../..", fixture);

describe("CDK output", () => {
  it("gives a model for each stack of a synthesized app, with stages, nested stacks and construct paths", () => {
    const paths = fastGlob.sync("cdk.out/**/*", { cwd: root }).sort();
    const adapted = adapt(...paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") })));
    assert.deepEqual(adapted.diagnostics, []);
    const files = adapted.files.map(({ path, status }) => `${status} ${path}\n`).sort();
    golden("fixtures/input/cdk/app.txt", [...adapted.models.map(modelText), ...files].join(""));
  });

  it("takes every template of an assembly, so that none is analysed twice", () => {
    const sources = [manifest("cdk.out", { S: stack("S.template.json") }), template("cdk.out/S.template.json")];
    const stale = template("cdk.out/Old.template.json");
    const outside = template("other/T.template.json");
    const taken = recognised(...sources, stale, outside);
    assert.deepEqual(taken, ["cdk.out/manifest.json", "cdk.out/S.template.json", "cdk.out/Old.template.json"]);
    const { files, models } = adapt(...sources, stale);
    assert.equal(models.length, 1);
    assert.equal(files.find((file) => file.path === stale.path)?.status, "skipped");
  });

  it("reads an assembly of any name and of any schema version", () => {
    const sources = [manifest("build/assembly", { S: stack("S.json") }, "999.1.2"), template("build/assembly/S.json")];
    const [model] = adapt(...sources).models;
    assert.deepEqual(model?.unit, { path: "build/assembly/S.json", kind: "root", dialect: "cdk", construct: "S" });
    assert.equal(model.constructOf("User"), "S/User/Resource");
  });

  it("finds the template of a nested stack or a stack set by the metadata and by the hash of its asset", () => {
    const hash = "0123456789abcdef0123456789abcdef";
    const nested = (Properties: object, Metadata: object, Type = "AWS::CloudFormation::Stack"): string =>
      JSON.stringify({ Resources: { N: { Type, Properties, Metadata } } });
    const url = { "Fn::Join": ["", ["https://s3.", { Ref: "AWS::Region" }, `/bucket/${hash}.json`]] };
    const assets = JSON.stringify({ files: { [hash]: { source: { path: "N.nested.template.json" } } } });
    for (const text of [
      nested({ TemplateURL: url }, {}),
      nested({ TemplateURL: url }, {}, "AWS::CloudFormation::StackSet"),
      nested({ TemplateURL: "https://x" }, { "aws:asset:path": "N.nested.template.json" }),
    ]) {
      const { models } = adapt(
        manifest("cdk.out", { S: stack("S.template.json"), A: asset("S.assets.json") }),
        { path: "cdk.out/S.template.json", text },
        { path: "cdk.out/S.assets.json", text: assets },
        template("cdk.out/N.nested.template.json"),
      );
      assert.deepEqual(
        models.map((model) => model.users.map((user) => user.address)),
        [["N.User"]],
      );
    }
  });

  it("reads the template of a product of Service Catalog as a stack of its own", () => {
    const assets = JSON.stringify({ files: { abc: { source: { path: "P.product.template.json" } } } });
    const { models, files } = adapt(
      manifest("cdk.out", { S: stack("S.template.json"), A: asset("S.assets.json") }),
      template("cdk.out/S.template.json"),
      { path: "cdk.out/S.assets.json", text: assets },
      template("cdk.out/P.product.template.json"),
    );
    assert.deepEqual(
      models.map((model) => model.unit.path),
      ["cdk.out/S.template.json", "cdk.out/P.product.template.json"],
    );
    assert.ok(files.every(({ status }) => status === "analysed"));
  });

  it("knows constructs by the metadata of a stack, where its template does not name them", () => {
    const bare = JSON.stringify({
      Parameters: { Key: { Type: "String", Default: "" } },
      Resources: { N: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "./N.nested.template.json" } } },
      Outputs: { Login: { Value: "" } },
    });
    const logicalId = (data: string): object[] => [{ type: "aws:cdk:logicalId", data }];
    const templateFile = (data: string): object[] => [{ type: "aws:cdk:templateFile", data }];
    const metadata = {
      "/App/S": templateFile("S.template.json"),
      "/App/S/Mail": templateFile("N.nested.template.json"),
      "/App/S/Mail.NestedStack/Resource": logicalId("N"),
      "/App/S/Key": logicalId("Key"),
      "/App/S/Login": logicalId("Login"),
      "/App/S/Mail/Key": logicalId("Key"),
      "/App/S/Mail/User/Resource": logicalId("User"),
    };
    const nested = {
      path: "cdk.out/N.nested.template.json",
      text: JSON.stringify({ Resources: { User: { Type: "AWS::IAM::User" }, Key: { Type: "AWS::IAM::AccessKey" } } }),
    };
    const constructs = (artifact: object, ...files: readonly Source[]): object => {
      const sources = [manifest("cdk.out", { S: artifact }), { path: "cdk.out/S.template.json", text: bare }, nested];
      const [model] = adapt(...sources, ...files).models;
      const entries: readonly (readonly [string, string | undefined])[] = [
        ["stack", model?.unit.construct],
        ...Object.keys(known).map((address): readonly [string, string | undefined] => [
          address,
          model?.constructOf(address),
        ]),
      ];
      return Object.fromEntries<string | undefined>(entries);
    };
    const known = {
      N: "App/S/Mail.NestedStack/Resource",
      Key: "App/S/Key",
      "Outputs.Login": "App/S/Login",
      "N.User": "App/S/Mail/User/Resource",
      "N.User.LoginProfile": "App/S/Mail/User/Resource",
      "N.Key": "App/S/Mail/Key",
    };
    assert.deepEqual(constructs({ ...stack("S.template.json"), metadata }), { stack: "App/S", ...known });
    const file = { path: "cdk.out/S.metadata.json", text: JSON.stringify(metadata) };
    assert.deepEqual(constructs({ ...stack("S.template.json"), additionalMetadataFile: "S.metadata.json" }, file), {
      stack: "App/S",
      ...known,
    });
    // What nobody names is in its stack at least.
    const around = { stack: "App/S", N: "App/S", Key: "App/S", "Outputs.Login": "App/S" };
    const nothing = { ...around, "N.User": undefined, "N.User.LoginProfile": undefined, "N.Key": undefined };
    assert.deepEqual(constructs({ ...stack("S.template.json"), displayName: "App/S" }), nothing);
  });

  it("makes stacks one unit that read each other's outputs, by their names or by exports", () => {
    const user = { Type: "AWS::IAM::User" };
    const users = {
      Resources: { User: user },
      Outputs: { Name: { Value: { Ref: "User" }, Export: { Name: "A:Name" } } },
    };
    const policy = (holder: object): object => ({
      Resources: { P: { Type: "AWS::IAM::Policy", Properties: { Users: [holder], PolicyDocument: {} } } },
    });
    const units = (holder: object): object => {
      const text = { "A.template.json": users, "B.template.json": policy(holder), "C.template.json": policy(holder) };
      const { models, diagnostics } = adapt(
        manifest("cdk.out", {
          A: stack("A.template.json", { stackName: "mail-users" }),
          B: stack("B.template.json"),
          C: stack("C.template.json"),
        }),
        ...Object.entries(text).map(([name, json]) => ({ path: `cdk.out/${name}`, text: JSON.stringify(json) })),
      );
      assert.deepEqual(diagnostics, []);
      return models.map(({ unit, grants }) => [
        unit.path,
        ...grants.map(({ address, holder }) => [address, refOf(holder)]),
      ]);
    };
    const ref = { address: "A.User", attribute: "name" };
    const together = [["cdk.out/A.template.json", ["B.P", ref], ["C.P", ref]]];
    assert.deepEqual(units({ "Fn::ImportValue": "A:Name" }), together);
    assert.deepEqual(units({ "Fn::GetStackOutput": { StackName: "mail-users", OutputName: "Name" } }), together);
    assert.deepEqual(units({ "Fn::ImportValue": "Other:Name" }), [
      ["cdk.out/A.template.json"],
      ["cdk.out/B.template.json", ["P", undefined]],
      ["cdk.out/C.template.json", ["P", undefined]],
    ]);
  });

  it("knows the account and the region of a stack, and of those that it nests, where the app says them", () => {
    const Properties = { EmailIdentity: "example.com" };
    const Policies = [{ PolicyName: "send", PolicyDocument: { Ref: "AWS::AccountId" } }];
    const Nested = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "./N.nested.template.json" } };
    const Identity = { Type: "AWS::SES::EmailIdentity", Properties };
    const User = { Type: "AWS::IAM::User", Properties: { UserName: { "Fn::Sub": "mail-${AWS::Region}" }, Policies } };
    const textOf = (environment: string): string => {
      const artifact = { ...stack("S.template.json"), environment };
      const { models } = adapt(
        manifest("cdk.out", { S: artifact }),
        { path: "cdk.out/S.template.json", text: JSON.stringify({ Resources: { Nested } }) },
        { path: "cdk.out/N.nested.template.json", text: JSON.stringify({ Resources: { Identity, User } }) },
      );
      return models.map(modelText).join("");
    };
    const known = textOf("aws://123456789012/eu-west-1");
    assert.ok(known.includes(":ses:eu-west-1:123456789012:identity/example.com"), known);
    assert.ok(known.includes("mail-eu-west-1"), known);
    for (const open of ["aws://unknown-account/unknown-region", "aws://123456789012/unknown-region", "aws://", ""]) {
      assert.ok(!textOf(open).includes("eu-west-1"), open);
      assert.ok(!/unknown-(?:account|region)/.test(textOf(open)), open);
    }
  });

  it("does not follow a manifest out of its assembly", () => {
    const artifacts = {
      S: stack("../secret.json"),
      T: stack("/etc/passwd"),
      U: nestedAssembly("../.."),
      V: { ...stack("V.template.json"), additionalMetadataFile: "../../V.metadata.json" },
    };
    const sources = [manifest("cdk.out", artifacts), template("secret.json"), template("cdk.out/V.template.json")];
    const { diagnostics, models } = adapt(...sources);
    assert.deepEqual(
      models.map((model) => model.unit.path),
      ["cdk.out/V.template.json"],
    );
    assert.deepEqual(
      diagnostics.map((one) => one.message),
      [
        "S names a file outside the assembly.",
        "T names a file outside the assembly.",
        "U names a file outside the assembly.",
        "V names a file outside the assembly.",
      ],
    );
  });

  it("says what is missing or broken, and reads the rest", () => {
    const artifacts = {
      N: nestedAssembly("assembly-Gone"),
      S: stack("S.template.json"),
      T: stack("Gone.template.json"),
    };
    const gone = adapt(manifest("cdk.out", artifacts), template("cdk.out/S.template.json"));
    assert.equal(gone.models.length, 1);
    assert.deepEqual(
      gone.diagnostics.map((one) => `${one.file}: ${one.message}`),
      [
        "cdk.out/manifest.json: The template of T is not there.",
        "cdk.out/manifest.json: The assembly of N is not there.",
      ],
    );
    const broken = adapt({ path: "cdk.out/manifest.json", text: '{"artifacts": {"S": {"type": "cdk:tree" "x"' });
    assert.deepEqual(
      broken.diagnostics.map((one) => one.kind),
      ["syntax"],
    );
    assert.deepEqual(
      broken.files.map((one) => one.status),
      ["failed"],
    );
  });

  it("reads assemblies that name each other once", () => {
    const inner = manifest("cdk.out/a", { S: stack("S.template.json"), B: nestedAssembly(".") });
    const outer = manifest("cdk.out", { A: nestedAssembly("a"), A2: nestedAssembly("a") });
    assert.equal(adapt(outer, inner, template("cdk.out/a/S.template.json")).models.length, 1);
  });

  it("finds the output of an app where the app says, and nowhere else", () => {
    const app = (output?: string): Source => ({ path: "infra/cdk.json", text: JSON.stringify({ app: "x", output }) });
    const at = (dir: string): readonly Source[] => [
      manifest(dir, { S: stack("S.template.json") }),
      template(`${dir}/S.template.json`),
    ];
    const problems = (...sources: readonly Source[]): number => adapt(...sources).diagnostics.length;
    assert.equal(problems(app("../build/cdk"), ...at("build/cdk")), 0);
    assert.equal(problems(app(), ...at("infra/test/app.snapshot")), 1);
    assert.equal(problems(app(), ...at("other/cdk.out")), 1);
    assert.equal(problems(app("../../build"), ...at("other/cdk.out")), 1);
  });

  it("tells in one line how an app without output is synthesized", () => {
    const app = (dir: string, text: string): Source => ({ path: `${dir}cdk.json`, text });
    const { diagnostics, files } = adapt(app("infra/", '{"app": "npx ts-node app.ts"}'));
    assert.deepEqual(
      diagnostics.map((one) => [one.kind, one.message]),
      [["unreadable", "The CDK app has no output to read: run `npx cdk synth` in infra, then lint again."]],
    );
    assert.deepEqual(
      files.map((one) => one.status),
      ["failed"],
    );
    const built = adapt(
      app("", '{"app": "node app.js", "output": "build/out"}'),
      manifest("build/out", { S: stack("S.template.json") }),
      template("build/out/S.template.json"),
    );
    assert.deepEqual(built.diagnostics, []);
    assert.deepEqual(recognised({ path: "cdk.json", text: '{"context": {}}' }), []);
  });
});

function recognised(...sources: readonly Source[]): readonly string[] {
  const read = readSources(sources);
  return sources.map(({ path }) => path).filter((path) => cdk.recognises({ path, named: false }, read));
}

function adapt(...sources: readonly Source[]): Whole {
  const files = recognised(...sources).map((path) => ({ path, named: false }));
  return whole(cdk.adapt(files, readSources(sources)));
}

function manifest(dir: string, artifacts: object, version = "36.0.0"): Source {
  return { path: `${dir}/manifest.json`, text: JSON.stringify({ version, artifacts }) };
}

function stack(templateFile: string, more: object = {}): object {
  return { type: "aws:cloudformation:stack", properties: { templateFile, ...more } };
}

function asset(file: string): object {
  return { type: "cdk:asset-manifest", properties: { file } };
}

function nestedAssembly(directoryName: string): object {
  return { type: "cdk:cloud-assembly", properties: { directoryName } };
}

function template(path: string): Source {
  const User = { Type: "AWS::IAM::User", Metadata: { "aws:cdk:path": "S/User/Resource" } };
  return { path, text: JSON.stringify({ Resources: { User } }) };
}
