import assert from "node:assert/strict";
import { adapt, messages, only, template } from "./templates";

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
    const own = adapt({
      path: "t",
      text: template([], ["A: { Type: AWS::IAM::User, Properties: { UserName: !Ref A } }"]),
    });
    assert.deepEqual([only(own).users[0]?.name.kind, messages(own)], ["unknown", ["The value refers to itself."]]);
    const text =
      "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\nResources:\n  U: { Type: AWS::IAM::User, Condition: A }\n";
    assert.deepEqual(messages(adapt({ path: "t", text })), ["The condition A refers to itself."]);
  });

  it("does not know what stores read that read each other", () => {
    const store = (name: string, value: string): string =>
      `${name}: { Type: AWS::SSM::Parameter, Properties: { Name: /${name}, Type: String, Value: "${value}" } }`;
    for (const values of [
      ["a{{resolve:ssm:/B}}", "{{resolve:ssm:/A}}"],
      ["{{resolve:ssm:/A}}", "b"],
    ]) {
      const text = template(
        [],
        values.map((value, i) => store(i === 0 ? "A" : "B", value)),
      );
      assert.deepEqual(messages(adapt({ path: "t", text })), ["The value refers to itself."]);
    }
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

  it("tells parameters apart by their allowed values where they are few, in each and in all", () => {
    const kinds = (parameters: number, values: number): ReadonlySet<string> => {
      const allowed = Array.from({ length: values }, (_, i) => `v${i}`).join(", ");
      const declared = Array.from(
        { length: parameters },
        (_, i) => `P${i}: { Type: String, AllowedValues: [${allowed}] }`,
      );
      const text = template(
        declared,
        users(parameters, (i) => `!Ref P${i}`),
      );
      return new Set(only(adapt({ path: "t", text })).users.map((user) => user.name.kind));
    };
    assert.deepEqual(
      [kinds(8, 8), kinds(9, 8), kinds(2, 9)],
      [new Set(["choice"]), new Set(["unknown"]), new Set(["unknown"])],
    );
  });

  it("follows a password that thousands of users share as far as a limit allows, and says so", () => {
    const shared = Array.from(
      { length: 3_000 },
      (_, i) => `U${i}: { Type: AWS::IAM::User, Properties: { LoginProfile: { Password: !Ref P } } }`,
    );
    const adapted = adapt({ path: "t", text: template(["P: { Type: String }"], shared) });
    assert.deepEqual(new Set(adapted.diagnostics.map(({ limit }) => limit)), new Set(["flows"]));
    assert.equal(only(adapted).logins.length, 3_000);
  });

  it("looks once for what may make resources, whatever number of names is not there", () => {
    const gone = Array.from({ length: 50_000 }, (_, i) => `\${Gone${i}}`).join("");
    const text = template(
      [],
      users(50_000, () => "a"),
    );
    const adapted = adapt({ path: "t", text: `${text}Outputs:\n  O: { Value: !Sub "${gone}" }\n` });
    assert.equal(adapted.diagnostics.length, 50_000);
  });

  it("reads what a function names ahead of many empty lines", () => {
    const queue = `Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      A: !GetAtt U0${"\n".repeat(500_000)}        .Arn`;
    const text = template([], [...users(2_000, () => "a"), queue]);
    assert.equal(only(adapt({ path: "t", text })).users.length, 2_000);
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
