import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { limits } from "../../src/core/limits";
import { readSources } from "../../src/core/read";
import type { Source } from "../../src/core/source";
import { refOf } from "../../src/core/text";
import { cloudformation } from "../../src/input/cloudformation";
import { readYaml } from "../../src/input/yaml";
import type { Model } from "../../src/model/model";
import { golden } from "../golden";
import { plain } from "../plain";
import { modelText } from "./model-text";
import { adapt, messages, only, template } from "./templates";

const folder = "fixtures/input/cloudformation";
const root = join(__dirname, "../..", folder);

describe("CloudFormation", () => {
  for (const name of readdirSync(root).sort()) {
    it(`${name}: the model and what is told are the reviewed ones`, () => {
      const adapted = adapt(...filesBelow(join(root, name), ""));
      const told = adapted.diagnostics.map(({ kind, message }) => `${kind} ${message}\n`);
      golden(`${folder}/${name}/model.txt`, [...adapted.models.map(modelText), ...told].join(""));
    });

    it(`${name}: the same in JSON gives the same model`, () => {
      const yaml = filesBelow(join(root, name), "");
      const json = yaml.map(({ path, text }) => ({ path, text: asJson(text) }));
      assert.deepEqual(adapt(...json).models.map(modelText), adapt(...yaml).models.map(modelText));
    });
  }

  it("keeps the place of every piece, in the long forms and the short ones", () => {
    const yaml =
      "Resources:\n  U:\n    Type: AWS::IAM::User\n    Properties: { UserName: !Sub 'a-${AWS::Region}-b' }\n";
    for (const text of [yaml, asJson(yaml)]) {
      const [user] = only(adapt({ path: "t", text })).users;
      assert.ok(user?.name.kind === "text");
      const places = user.name.pieces.map((piece) => (piece.kind === "hole" ? piece.unknown.at : piece.at));
      const [first, hole, last] = places.map(({ start, end }) => text.slice(start, end));
      assert.deepEqual([first, hole, last], ["a-", "AWS::Region", "-b"]);
    }
  });

  it("says that a value is a default where it is one", () => {
    const text = template(
      ["P: { Type: String, Default: mailer }"],
      ["U: { Type: AWS::IAM::User, Properties: { UserName: !Ref P } }"],
    );
    const { defaults, users } = only(adapt({ path: "t", text }));
    assert.deepEqual(defaults, [users[0]?.name.at]);
    assert.equal(text.slice(defaults[0]?.start, defaults[0]?.end), "mailer");
  });

  it("ties templates by exports that are written down, but not where two of them have the same one", () => {
    const users =
      "Resources:\n  U: { Type: AWS::IAM::User }\nOutputs:\n  N: { Value: !Ref U, Export: { Name: user } }\n";
    const login = "Resources:\n  L: { Type: AWS::IAM::AccessKey, Properties: { UserName: !ImportValue user } }\n";
    const keys = (...sources: readonly Source[]): readonly string[] =>
      adapt(...sources).models.flatMap((model) =>
        model.keys.map((one) => `${one.address} ${refOf(one.user)?.address}`),
      );
    const [a, b] = [
      { path: "a/users.yaml", text: users },
      { path: "b/users.yaml", text: users },
    ];
    const c = { path: "c/keys.yaml", text: login };
    assert.deepEqual(keys(a, c), ["keys.L users.U"]);
    assert.deepEqual(keys(a, b, c), ["L undefined"]);
    const byDefault = (text: string): string => `Parameters: { Env: { Type: String, Default: prod } }\n${text}`;
    const named = { ...a, text: byDefault(users.replace("Name: user", "Name: !Sub '${Env}-user'")) };
    const imported = {
      ...c,
      text: byDefault(login.replace("!ImportValue user", "{ Fn::ImportValue: !Sub '${Env}-user' }")),
    };
    assert.deepEqual(keys(named, imported), ["keys.L users.U"]);
    assert.deepEqual(keys(named, { ...imported, text: imported.text.replace("prod", "test") }), ["L undefined"]);
  });

  const names: readonly (readonly [string, boolean])[] = [
    ["!Ref Env", true],
    ["!Join ['-', [!Ref Env, user]]", true],
    ["!Join ['-', [!Ref Env, !Sub 'a-${Env}']]", true],
    ["!Sub ['${A}-${Env}', { A: !Ref Env }]", true],
    ["!Sub '${AWS::Region}-user'", true],
    ["!Ref AWS::AccountId", true],
    ["12", true],
    ["!Sub '${AWS::StackName}-user'", false],
    ["!Sub '${Other}-user'", false],
    ["!Join [!Ref Other, [a, user]]", false],
    ["!GetAtt U.Arn", false],
  ];
  for (const [name, isTied] of names) {
    it(`ties ${isTied ? "" : "no "}templates by the name ${name}`, () => {
      const parameters = ["Env: { Type: String, Default: prod }", "Other: { Type: String }"];
      const users = template(parameters, ["U: { Type: AWS::IAM::User }"]);
      const key = `K: { Type: AWS::IAM::AccessKey, Properties: { UserName: { Fn::ImportValue: ${name} } } }`;
      const { models } = adapt(
        { path: "users.yaml", text: `${users}Outputs:\n  N: { Value: !Ref U, Export: { Name: ${name} } }\n` },
        { path: "keys.yaml", text: template(parameters, [key]) },
      );
      const owners = models.flatMap((model) => model.keys.map(({ user }) => refOf(user)?.address));
      const exported = models.flatMap((model) => model.outputs.map((output) => output.exported));
      assert.deepEqual([owners, exported], isTied ? [["users.U"], [false]] : [[undefined], [true]]);
    });
  }

  it("ties templates by what the stacks publish and read that they nest", () => {
    const nests = (path: string, more = ""): string =>
      template([], [`S: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${path}${more} } }`]);
    const users =
      "Parameters: { X: { Type: String } }\nResources:\n  U: { Type: AWS::IAM::User }\nOutputs:\n  N: { Value: !Ref U, Export: { Name: user } }\n";
    const keys = template([], ["K: { Type: AWS::IAM::AccessKey, Properties: { UserName: !ImportValue user } }"]);
    const { models } = adapt(
      { path: "a.yaml", text: nests("nested/u.yaml", ", Parameters: { X: !ImportValue other }") },
      { path: "b.yaml", text: nests("nested/k.yaml") },
      { path: "nested/u.yaml", text: users },
      { path: "nested/k.yaml", text: keys },
    );
    const found = models.flatMap((model) => model.keys.map((key) => [key.address, refOf(key.user)?.address]));
    assert.deepEqual([models.length, found], [1, [["b.S.K", "a.S.U"]]]);
  });

  it("comes to an end where templates import from each other", () => {
    const text = (own: string, other: string): string =>
      `Resources:\n  U: { Type: AWS::IAM::User, Properties: { UserName: !ImportValue ${other} } }\n` +
      `Outputs:\n  N: { Value: !ImportValue ${other}, Export: { Name: ${own} } }\n`;
    const { models } = adapt({ path: "a.yaml", text: text("a", "b") }, { path: "b.yaml", text: text("b", "a") });
    assert.deepEqual(
      models.map((model) => model.users.map((user) => user.name.kind)),
      [["unknown", "unknown"]],
    );
  });

  it("finds written keys in branches that are not taken, mappings, and resources that are not there", () => {
    const key = (n: number): string => `AKIAQ3EGUZLM5TPVWXY${n}`;
    const text = template(
      [`P: { Type: String, Default: ${key(1)} }`],
      [
        "There: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { A: !Ref P, B: !Ref P } } } }",
        `Gone: { Type: AWS::Lambda::Function, Condition: No, Properties: { Environment: { Variables: { A: ${key(2)} } } } }`,
        `Both: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { A: !If [No, ${key(3)}, x] } } } }`,
      ],
    );
    const more = `Conditions: { No: !Equals [a, b] }\nMappings: { M: { k: { v: ${key(4)} } } }\n`;
    const { literals } = only(adapt({ path: "t", text: text + more }));
    assert.deepEqual(
      literals.map(({ at, address }) => [`${text}${more}`.slice(at.start, at.end), address]),
      [
        [key(1), "P"],
        [key(2), "Gone"],
        [key(3), "Both"],
        [key(4), "Mappings.M"],
      ],
    );
  });

  it("finds templates by their content, whatever they are called", () => {
    const body = '"Resources": {"U": {"Type": "AWS::IAM::User"}}';
    const cases: readonly (readonly [string, string, boolean])[] = [
      ["a.template", `{${body}}`, true],
      ["a.json", `{${body}}`, true],
      ["deploy.yml", "Resources:\n  U:\n    Type: AWS::IAM::User\n", true],
      ["deploy.yml", "Resources:\n  U: {Type: AWS::IAM::User}\n", true],
      ["deploy.yml", "AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n", true],
      ["deploy.yml", "Resources:\n  Fn::Transform: { Name: AWS::Include, Parameters: { Location: all.yml } }\n", true],
      ["compose.yaml", "services:\n  web: {image: x}\n", false],
      ["crd.yaml", "kind: X\nResources:\n  Type: Y\n", false],
      ["package.json", `{${body}}`, false],
      ["notes.md", body, false],
    ];
    for (const [path, text, expected] of cases) {
      assert.equal(cloudformation.recognises({ path, named: false }, readSources([{ path, text }])), expected, path);
    }
  });

  it("calls a file that only looks like a template not infrastructure code", () => {
    const text = "resources:\n  Resources:\n    U: { Type: AWS::IAM::User }\n";
    assert.deepEqual(adapt({ path: "serverless.yml", text }).files, [
      { path: "serverless.yml", status: "not-iac", bytes: Buffer.byteLength(text) },
    ]);
  });

  it("takes a file that only makes resources in a loop for a template", () => {
    const over = (items: string): Model =>
      only(
        adapt({
          path: "t.yaml",
          text: `Resources:\n  Fn::ForEach::U: [N, ${items}, { "U\${N}": { Type: AWS::IAM::User } }]\n`,
        }),
      );
    const [known, open] = [over("[a, b]"), over("!Ref Names")];
    assert.deepEqual([known.users.map((user) => user.address), known.gaps], [["Ua", "Ub"], []]);
    const packed =
      "Modules:\n  M: { Source: m.yaml }\nResources:\n  A: { Type: !Rain::Module m.yaml }\n  U: { Type: AWS::IAM::User, Properties: { Groups: [!Ref MGroup] } }\n";
    const modules = adapt({ path: "t.yaml", text: packed });
    assert.deepEqual([modules.diagnostics, only(modules).gaps.map((gap) => gap.address)], [[], ["M", "A"]]);
    assert.deepEqual([open.users, open.gaps.map((gap) => gap.address)], [[], ["Fn::ForEach::U"]]);
  });

  it("reads every template of a file of several documents, and JSON with comments as YAML", () => {
    const user = (name: string): string => `Resources:\n  ${name}: { Type: AWS::IAM::User }\n`;
    const several = adapt({ path: "t.yaml", text: `${user("A")}---\nkind: Other\n---\n${user("B")}` });
    assert.deepEqual(
      several.models.map((model) => model.users.map((one) => one.address)),
      [["A"], ["B"]],
    );
    const commented = adapt({
      path: "t.json",
      text: '{\n # why\n "Resources": {"A": {"Type": "AWS::IAM::User"},},\n}',
    });
    assert.equal(only(commented).users.length, 1);
  });

  it("tells functions that there are not, unless a macro may have them", () => {
    const text = template([], ["U: { Type: AWS::IAM::User, Properties: { UserName: !Subb x, Path: !GetAZs '' } }"]);
    assert.deepEqual(messages(adapt({ path: "t", text })), ["There is no function Fn::Subb."]);
    assert.deepEqual(messages(adapt({ path: "t", text: `Transform: Mine\n${text}` })), []);
  });

  it("tells broken templates with their place, reads the others, and never quotes a file", () => {
    const good = { path: "good.yaml", text: "Resources:\n  U: { Type: AWS::IAM::User }\n" };
    const broken: readonly (readonly [string, string, string])[] = [
      ["bad.yaml", "Resources:\n  U: { Type: AWS::IAM::User, hunter2\n", "The template is not valid YAML."],
      [
        "bad.json",
        '{"Resources": {"U": {"Type": "AWS::IAM::User" "hunter2": 1}}}',
        "The template lacks a comma or a closing brace.",
      ],
      [
        "deep.json",
        `{"AWSTemplateFormatVersion": ${"[".repeat(100_000)}`,
        `The template nests deeper than ${limits.depth} levels.`,
      ],
    ];
    for (const [path, text, message] of broken) {
      const adapted = adapt({ path, text }, good);
      assert.deepEqual(
        adapted.diagnostics.map((one) => one.message),
        [message],
      );
      assert.deepEqual(
        adapted.files.map((one) => one.status),
        ["failed", "analysed"],
      );
      assert.equal(adapted.models.length, 1);
    }
  });

  it("takes an honest template's aliases as what they stand for, however many", () => {
    const tags = "Metadata:\n  Tags: &tags [{ Key: team, Value: mail }]\n";
    const users = Array.from({ length: 150 }, (_, i) => `U${i}: { Type: AWS::IAM::User, Properties: { Tags: *tags } }`);
    const adapted = adapt({ path: "t", text: tags + template([], users) });
    assert.deepEqual(adapted.diagnostics, []);
    assert.ok(only(adapted).users.every(({ tags: own }) => own?.kind === "map" && own.entries[0]?.key === "team"));
  });

  it("tells keys that are there twice, with the line of the first", () => {
    const text =
      "Resources:\n  U: { Type: AWS::IAM::User }\n  U: { Type: AWS::IAM::Group }\n  U: { Type: AWS::IAM::User }\n";
    const told = Array.from({ length: 2 }, () => "The template has the key U twice, first on line 2.");
    assert.deepEqual(messages(adapt({ path: "t", text })), told);
    const json =
      '{"Resources": {\n"U": {"Type": "AWS::IAM::User", "T": ["U", {"T": "U"}]},\n"U" : {"Type": "AWS::IAM::User"},\n"U": {"Type": "AWS::IAM::User"}}}';
    assert.deepEqual(messages(adapt({ path: "t", text: json })), told);
    const large = json.replace("{", `{"Metadata": "${"x".repeat(2_000_000)}",`);
    assert.deepEqual(messages(adapt({ path: "t", text: large })), told);
  });

  it("analyses a nested template through the one that nests it, and stacks in a circle once", () => {
    const nests = (path: string): string =>
      template([], [`S: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${path} } }`]);
    const circle = adapt({ path: "a.yaml", text: nests("b.yaml") }, { path: "b.yaml", text: nests("a.yaml") });
    assert.deepEqual(
      circle.models.map((model) => model.unit.path),
      ["a.yaml"],
    );
    assert.deepEqual(messages(circle), ["The stack S.S nests itself."]);
    const workedOut = adapt(
      { path: "a.yaml", text: nests("!Join [/, ['.', b.yaml]]") },
      { path: "b.yaml", text: template([], ["U: { Type: AWS::IAM::User }"]) },
    );
    assert.deepEqual(
      workedOut.models.map((model) => model.unit.path),
      ["a.yaml"],
    );
    const missing = adapt({ path: "a.yaml", text: nests("gone.yaml") });
    assert.deepEqual(
      missing.diagnostics.map((one) => one.kind),
      ["unresolved"],
    );
    assert.equal(only(missing).gaps.length, 1);
  });
});

function asJson(yaml: string): string {
  const result = readYaml({ path: "t", text: yaml });
  assert.ok(result.kind === "documents" && result.documents[0]);
  return JSON.stringify(plain(result.documents[0]), undefined, 2);
}

function filesBelow(base: string, path: string): readonly Source[] {
  return readdirSync(join(base, path))
    .sort()
    .flatMap((name): readonly Source[] => {
      const own = path === "" ? name : `${path}/${name}`;
      if (statSync(join(base, own)).isDirectory()) return filesBelow(base, own);
      return name === "model.txt" ? [] : [{ path: own, text: readFileSync(join(base, own), "utf8") }];
    });
}
