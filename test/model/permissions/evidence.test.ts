import assert from "node:assert/strict";
import { text } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import { evidenceSteps, namesResources, writtenPattern } from "../../../src/model/permissions/evidence";
import { readPolicy } from "../../../src/model/iam/read-policy";
import type { Statement } from "../../../src/model/iam/policy";
import { attached, inline, mapOf, maySend, nothing, ofAws, send, withGrants, withStatements } from "../ask";
import { mail, open, place, valueOf } from "../system";

function statementOf(document: Value): Statement {
  const [statement] = readPolicy(document).statements;
  if (statement === undefined) throw new Error("The document has a statement.");
  return statement;
}

function statement(parts: Readonly<Record<string, unknown>>): Statement {
  return statementOf(valueOf({ Statement: { Effect: "Allow", Resource: "*", ...parts } }));
}

describe("what is written of a statement", () => {
  const table: readonly (readonly [string, Statement, string])[] = [
    ["what NotAction leaves out", statement({ NotAction: ["iam:*", "sts:*"] }), "everything but iam:* and sts:*"],
    ["three of it", statement({ NotAction: ["a:*", "b:*", "c:*"] }), "everything but a:*, b:* and c:*"],
    [
      "four, of which one is told",
      statement({ NotAction: ["a:*", "b:*", "c:*", "d:*"] }),
      "everything but a:* and 3 more",
    ],
    ["nothing left out", statement({ NotAction: [] }), "everything"],
    ["no action", statement({ Action: [] }), "nothing that is known"],
  ];
  for (const [what, one, expected] of table) {
    it(`is ${what}: ${expected}`, () => {
      assert.equal(writtenPattern(one, undefined).text, expected);
    });
  }

  it("names resources where one may be an ARN, or more are not known", () => {
    assert.equal(namesResources(statement({ Resource: ["ses:SendRawEmail"] })), false);
    assert.equal(namesResources(statement({ Resource: ["ses:SendRawEmail", "arn:aws:s3:::a"] })), true);
    const NotResource = mapOf({
      Statement: mapOf({ Effect: text("Allow", place()), NotResource: text("a", place()) }),
    });
    assert.equal(namesResources(statementOf(NotResource)), true);
    const Resource: Value = { kind: "list", shape: "list", items: [], rest: open("var.more"), at: place() };
    assert.equal(namesResources(statementOf(mapOf({ Statement: mapOf({ Resource }) }))), true);
  });
});

describe("the last steps to a statement", () => {
  const steps = (model: Parameters<typeof maySend>[0]) =>
    maySend(model)
      .steps.slice(1)
      .map(({ message }) => message.text);

  it("are one of a policy of AWS's own, which allows or denies", () => {
    const attaches = (name: string) => `aws_iam_user_policy_attachment.x attaches arn:aws:iam::aws:policy/${name}.`;
    assert.deepEqual(steps(withGrants(nothing, attached(ofAws("AmazonSESFullAccess")))), [
      attaches("AmazonSESFullAccess"),
      "AmazonSESFullAccess allows ses:*.",
    ]);
    assert.deepEqual(steps(withGrants(inline(send), attached(ofAws("AWSDenyAll")))), [
      attaches("AWSDenyAll"),
      "AWSDenyAll denies *.",
    ]);
  });

  it("say so where the actions or the effect are not known", () => {
    const parts = { Effect: text("Allow", place()), Resource: text("*", place()) };
    const actions = withStatements({ ...parts, Action: open("var.actions") });
    assert.equal(steps(actions).at(-1), "Its actions are var.actions.");
    const effect = withStatements({ ...parts, Effect: open("var.effect"), Action: text("ses:*", place()) });
    assert.equal(steps(effect).at(-2), "Whether the statement allows or denies actions on * is not known.");
  });

  it("are the user alone where there is no evidence", () => {
    assert.deepEqual(
      evidenceSteps(mail, undefined).map(({ message }) => message.text),
      ["aws_iam_user.mail is an IAM user."],
    );
  });
});
