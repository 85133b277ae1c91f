import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../src/core/diagnostic";
import type { Given } from "../../src/core/given";
import { limits } from "../../src/core/limits";
import { readSources } from "../../src/core/read";
import type { Source } from "../../src/core/source";
import { refOf } from "../../src/core/text";
import { cloudformation } from "../../src/input/cloudformation";
import type { Value } from "../../src/core/value";
import type { Adapted } from "../../src/input/dialect";
import { readYaml } from "../../src/input/yaml";
import type { Model } from "../../src/model/model";
import { golden } from "../golden";
import { plain } from "../plain";
import { modelText } from "./model-text";

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

  it("takes the values that are given to parameters, and keeps what is given to one with NoEcho unknown", () => {
    const text = template(
      [
        "Name: { Type: String, Default: other }",
        "Groups: { Type: CommaDelimitedList }",
        "Path: { Type: String, NoEcho: true }",
      ],
      ["U: { Type: AWS::IAM::User, Properties: { UserName: !Ref Name, Path: !Ref Path, Groups: !Ref Groups } }"],
    );
    const files = [
      '[{"ParameterKey":"Groups","ParameterValue":"a, b"},{"ParameterKey":"Path","ParameterValue":"/x/"},{"ParameterKey":"Name"}]',
      '["Groups=a, b", "Path=/x/", "x", 1]',
      '{"Parameters": {"Groups": "a, b", "Path": "/x/"}}',
      '{"Groups": "a, b", "Path": "/x/"}',
    ];
    for (const file of files) {
      const sources = [
        { path: "t.yaml", text },
        { path: "values.json", text: file },
      ];
      const name = { kind: "value", name: "Name", value: "mailer" } as const;
      const parameters = [{ kind: "file", path: "values.json" }, name] as const;
      const adapted = cloudformation.adapt([{ path: "t.yaml", named: true }], readSources(sources), { parameters });
      const { users, memberships, defaults } = only(adapted);
      assert.deepEqual(
        [plain(users[0]?.name ?? none), users[0]?.path?.kind, memberships.map(({ group }) => plain(group)), defaults],
        ["mailer", "unknown", ["a", "b"], []],
      );
      assert.deepEqual(
        adapted.files.map((one) => [one.path, one.status]),
        [
          ["t.yaml", "analysed"],
          ["values.json", "analysed"],
        ],
      );
    }
  });

  it("tells parameters that no template has, and files of parameters that cannot be read", () => {
    const text = template([], ["U: { Type: AWS::IAM::User }"]);
    const told = (parameters: Given["parameters"], file = ""): readonly string[] =>
      messages(
        cloudformation.adapt(
          [{ path: "t.yaml", named: true }],
          readSources([
            { path: "t.yaml", text },
            { path: "values.json", text: file },
          ]),
          { parameters },
        ),
      );
    assert.deepEqual(told([{ kind: "value", name: "Nmae", value: "x" }]), [
      "No template has the parameter Nmae that is given.",
    ]);
    assert.deepEqual(told([{ kind: "file", path: "gone.json" }]), ["There is no such file of parameters."]);
    assert.deepEqual(told([{ kind: "file", path: "values.json" }], "{"), [
      "The file of parameters ends before its JSON value does.",
    ]);
    assert.deepEqual(told([{ kind: "file", path: "values.json" }], "7"), []);
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

  it("tells keys that are there twice, with the line of the first", () => {
    const text = "Resources:\n  U: { Type: AWS::IAM::User }\n  U: { Type: AWS::IAM::Group }\n";
    const told = ["The template has the key U twice, first on line 2."];
    assert.deepEqual(messages(adapt({ path: "t", text })), told);
    const json =
      '{"Resources": {\n"U": {"Type": "AWS::IAM::User", "T": ["U", {"T": "U"}]},\n"U" : {"Type": "AWS::IAM::User"}}}';
    assert.deepEqual(messages(adapt({ path: "t", text: json })), told);
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
    const missing = adapt({ path: "a.yaml", text: nests("gone.yaml") });
    assert.deepEqual(
      missing.diagnostics.map((one) => one.kind),
      ["unresolved"],
    );
    assert.equal(only(missing).gaps.length, 1);
  });
});

describe("CloudFormation with hostile input", () => {
  const users = (count: number, name: (i: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, i) => `U${i}: { Type: AWS::IAM::User, Properties: { UserName: ${name(i)} } }`);

  it("ends chains of references and conditions at the limit", () => {
    const chain = adapt({
      path: "t",
      text: template(
        [],
        users(5_000, (i) => `!Ref U${i + 1}`),
      ),
    });
    assert.ok(chain.diagnostics.some((one) => one.limit === "depth"));
    const conditions = Array.from({ length: 5_000 }, (_, i) => `  C${i}: !Not [!Condition C${i + 1}]\n`).join("");
    const text = `Conditions:\n${conditions}Resources:\n  U: { Type: AWS::IAM::User, Condition: C0 }\n`;
    assert.ok(adapt({ path: "t", text }).diagnostics.some((one) => one.limit === "depth"));
  });

  it("does not know a name that refers to itself, nor a condition that does", () => {
    const [a] = only(
      adapt({ path: "t", text: template([], ["A: { Type: AWS::IAM::User, Properties: { UserName: !Ref A } }"]) }),
    ).users;
    assert.equal(a?.name.kind, "unknown");
    const text =
      "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\nResources:\n  U: { Type: AWS::IAM::User, Condition: A }\n";
    assert.deepEqual(messages(adapt({ path: "t", text })), ["The condition A refers to itself."]);
  });

  it("ends loops inside loops at the limit, and does not take one for what it is not", () => {
    const loop = (i: number): string =>
      i === 40 ? "'U${I0}': { Type: AWS::IAM::User }" : `Fn::ForEach::L${i}: [I${i}, [a, b], { ${loop(i + 1)} }]`;
    const bomb = adapt({ path: "t.yaml", text: `Resources:\n  ${loop(0)}\n` });
    assert.deepEqual([bomb.diagnostics.map(({ limit }) => limit), only(bomb).gaps.length], [["loopNodes"], 1]);
    for (const odd of [
      "x",
      "[]",
      "[a]",
      "[a, [b]]",
      "[a, [b], c]",
      "[[a], [b], {}]",
      "[a, { Ref: a }, {}]",
      "[a, [[b]], {}]",
    ]) {
      assert.equal(
        only(adapt({ path: "t.yaml", text: `Resources:\n  Fn::ForEach::X: ${odd}\n` })).users.length,
        0,
        odd,
      );
    }
  });

  it("comes to an end where files include themselves", () => {
    const include = (path: string): string => `{ Name: AWS::Include, Parameters: { Location: ${path} } }`;
    const itself = `UserName: a\nTags: { Fn::Transform: ${include("part.yaml")} }\nFn::Transform: ${include("part.yaml")}\nInner: { Fn::Transform: ${include("part.yaml")}, Other: { Fn::Transform: ${include("part.yaml")} } }\n`;
    const template = `Transform: ${include("t.yaml")}\nResources:\n  U: { Type: AWS::IAM::User, Properties: { Fn::Transform: ${include("part.yaml")} } }\n  Fn::Transform: ${include("t.yaml")}\n`;
    const adapted = adapt({ path: "t.yaml", text: template }, { path: "part.yaml", text: itself });
    assert.deepEqual(
      only(adapted).users.map((user) => user.address),
      ["U"],
    );
  });

  it("keeps texts that explode unknown", () => {
    const text = template(
      [],
      users(40, (i) => (i === 39 ? "xxxxxxxxxxxxxxxx" : `!Sub "\${U${i + 1}}\${U${i + 1}}"`)),
    );
    assert.ok(adapt({ path: "t", text }).diagnostics.some((one) => one.limit === "valueSize"));
  });

  it("never counts out conditions: thirty that are free, and towers of them", () => {
    const parameters = Array.from({ length: 30 }, (_, i) => `P${i}: { Type: String }`);
    const free = Array.from({ length: 30 }, (_, i) => `  C${i}: !Equals [!Ref P${i}, "true"]\n`).join("");
    const all = `  All: !And [${Array.from({ length: 30 }, (_, i) => `!Condition C${i}`).join(", ")}]\n`;
    const tower = Array.from({ length: 60 }, (_, i) => {
      const below = `!Condition ${i === 0 ? "C0" : `T${i - 1}`}`;
      return `  T${i}: !Or [!And [${below}, !Condition C1], !And [${below}, !Condition C2]]\n`;
    }).join("");
    const chosen = Array.from({ length: 30 }, (_, i) => `!If [C${i}, a, b]`).join(", ");
    const resources = [
      `A: { Type: AWS::IAM::User, Condition: All, Properties: { UserName: !Join ["", [x, ${chosen}, y]] } }`,
      "T: { Type: AWS::IAM::User, Condition: T59 }",
    ];
    const adapted = adapt({
      path: "t",
      text: `Conditions:\n${free}${all}${tower}${template(parameters, resources)}`,
    });
    const [a, t] = only(adapted).users;
    assert.deepEqual(
      adapted.diagnostics.map(({ limit }) => limit),
      ["options"],
    );
    assert.equal(a?.guard.length, 30);
    assert.equal(t?.guard.length, 1);
    assert.ok(a.name.kind === "text" || a.name.kind === "choice");
  });
});

const none: Value = { kind: "null", at: { file: "", start: 0, end: 0 } };

function template(parameters: readonly string[], resources: readonly string[]): string {
  const section = (name: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `${name}:\n${lines.map((line) => `  ${line}\n`).join("")}`;
  return section("Parameters", parameters) + section("Resources", resources);
}

function adapt(...sources: readonly Source[]): Adapted {
  const files = sources.map(({ path }) => ({ path, named: true }));
  return cloudformation.adapt(files, readSources(sources));
}

function only({ models }: Adapted): Model {
  const [model] = models;
  assert.ok(model !== undefined && models.length === 1);
  return model;
}

function messages({ diagnostics }: Adapted): readonly Diagnostic["message"][] {
  return diagnostics.map((one) => one.message);
}

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
