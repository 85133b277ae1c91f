import assert from "node:assert/strict";
import type { GivenValue } from "../../src/core/given-value";
import { readSources } from "../../src/core/read";
import { refOf } from "../../src/core/text";
import type { Value } from "../../src/core/value";
import { cloudformation } from "../../src/input/cloudformation";
import { plain } from "../plain";
import { messages, only, template } from "./templates";
import { whole } from "./whole";

describe("Values of parameters that are given", () => {
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
      const adapted = whole(
        cloudformation.adapt([{ path: "t.yaml", named: true }], readSources(sources), { parameters }),
      );
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

  it("ties templates by what is given to the parameters in the name of an export", () => {
    const parameter = ["Env: { Type: String }"];
    const users = template(parameter, ["U: { Type: AWS::IAM::User }"]);
    const key = "K: { Type: AWS::IAM::AccessKey, Properties: { UserName: { Fn::ImportValue: !Sub '${Env}-user' } } }";
    const sources = [
      { path: "u.yaml", text: `${users}Outputs:\n  N: { Value: !Ref U, Export: { Name: !Sub '\${Env}-user' } }\n` },
      { path: "k.yaml", text: template(parameter, [key]) },
    ];
    const files = sources.map(({ path }) => ({ path, named: true }));
    const parameters = [{ kind: "value", name: "Env", value: "prod" }] as const;
    const { models } = whole(cloudformation.adapt(files, readSources(sources), { parameters }));
    assert.deepEqual(
      models.map((model) => model.keys.map(({ user }) => refOf(user)?.address)),
      [["u.U"]],
    );
  });

  it("tells parameters that no template has, and files of parameters that cannot be read", () => {
    const text = template([], ["U: { Type: AWS::IAM::User }"]);
    const told = (parameters: readonly GivenValue[], file = ""): readonly string[] =>
      messages(
        whole(
          cloudformation.adapt(
            [{ path: "t.yaml", named: true }],
            readSources([
              { path: "t.yaml", text },
              { path: "values.json", text: file },
            ]),
            { parameters },
          ),
        ),
      );
    assert.deepEqual(told([{ kind: "value", name: "Nmae", value: "x" }]), [
      "No template has the parameter Nmae, which is given a value.",
    ]);
    assert.deepEqual(told([{ kind: "file", path: "gone.json" }]), ["There is no such file of parameters."]);
    assert.deepEqual(told([{ kind: "file", path: "values.json" }], "{"), [
      "The file of parameters ends before its JSON value does.",
    ]);
    assert.deepEqual(told([{ kind: "file", path: "values.json" }], "7"), []);
  });
});

const none: Value = { kind: "null", at: { file: "", start: 0, end: 0 } };
