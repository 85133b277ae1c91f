import assert from "node:assert/strict";
import { guardText, when, type Guard } from "../../../src/core/guard";
import { text } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import { printable } from "../../../src/core/message";
import { actionsInPolicies } from "../../../src/model/permissions/policy-actions";
import type { Grant, Model } from "../../../src/model/model";
import { mapOf, nothing } from "../ask";
import { mail, modelOf, on, open, place, referenceTo, senders, valueOf } from "../system";

const written = { Effect: "Allow", Action: "ses:SendRawEmails", Resource: "*" };
const document = valueOf({ Statement: written });
const inline = { kind: "inline", name: undefined, document } as const;
const managed = { address: "aws_iam_policy.list", at: place(), guard: [], name: text("list", place()), document };

function grant(to: Grant["to"], holder: Value, policy: Grant["policy"] = inline, guard: Guard = []): Grant {
  return { address: "aws_iam_user_policy.x", at: place(), guard, to, holder, policy };
}

function modelWith(parts: Partial<Model>): Model {
  return { ...modelOf(nothing), ...parts };
}

/** `action, subject, guard`, an action a line. */
function told(model: Model): readonly string[] {
  return [...actionsInPolicies(model)].map(({ item, subject, guard }) =>
    [printable(item.value), subject, guardText(guard)].filter((part) => part !== "").join(", "),
  );
}

describe("actions in policies", () => {
  const action = "ses:SendRawEmails";
  const table: readonly (readonly [string, Grant, string])[] = [
    ["a user's, by reference", grant("user", referenceTo(mail.address, "name")), `${action}, ${mail.address}`],
    ["a user's, by its name", grant("user", text("mail", place())), `${action}, ${mail.address}`],
    ["of a user who is not known", grant("user", open("var.user")), `${action}, aws_iam_user_policy.x`],
    ["of a user in another case", grant("user", text("Mail", place())), `${action}, aws_iam_user_policy.x`],
    ["a group's, by reference", grant("group", referenceTo(senders.address, "name")), `${action}, ${senders.address}`],
    ["a group's, by its name", grant("group", text("senders", place())), `${action}, aws_iam_user_policy.x`],
  ];
  for (const [what, one, expected] of table) {
    it(`are ${what}: ${expected}`, () => {
      assert.deepEqual(told(modelWith({ grants: [one] })), [expected]);
    });
  }

  it("are those of managed policies, service control policies and inline policies of roles", () => {
    const expected = [`${action}, ${managed.address}`];
    assert.deepEqual(told(modelWith({ policies: [managed] })), expected);
    assert.deepEqual(told(modelWith({ controlPolicies: [managed] })), expected);
    assert.deepEqual(told(modelWith({ rolePolicies: [managed] })), expected);
  });

  it("are those of policies on identities", () => {
    const [statement, address] = [{ ...written, Principal: "*" }, "aws_ses_identity_policy.mail"];
    const identity = text("example.com", place());
    const one = { address, at: place(), guard: [], identity, document: valueOf({ Statement: statement }) };
    assert.deepEqual(told(modelWith({ identityPolicies: [one] })), [`${action}, ${address}`]);
  });

  it("are those of permission sets", () => {
    const one = { address: "inline", at: place(), guard: [], policy: inline };
    const set = referenceTo("aws_ssoadmin_permission_set.mail", "arn");
    assert.deepEqual(told(modelWith({ permissionSetPolicies: [{ ...one, set }] })), [
      `${action}, aws_ssoadmin_permission_set.mail`,
    ]);
    assert.deepEqual(told(modelWith({ permissionSetPolicies: [{ ...one, set: open("var.set") }] })), [
      `${action}, inline`,
    ]);
  });

  it("are each there once, however many have the policy", () => {
    const arn = referenceTo(managed.address, "arn");
    const grants = ["mail", "other"].map((user) => grant("user", text(user, place()), { kind: "managed", arn }));
    assert.equal(told(modelWith({ policies: [managed], grants })).length, 1);
  });

  it("are there where the policy, the statement and the action are", () => {
    const items = [
      { guard: on("a"), value: text("ses:A", place()) },
      { guard: when("var.p", false), value: text("ses:B", place()) },
    ];
    const statement = mapOf({
      Effect: text("Allow", place()),
      Resource: text("*", place()),
      Action: { kind: "list", shape: "list", items, at: place() },
    });
    const statements: Value = {
      kind: "list",
      shape: "list",
      items: [{ guard: on("s"), value: statement }],
      at: place(),
    };
    const policy = { ...inline, document: mapOf({ Statement: statements }) };
    const one = grant("user", text("mail", place()), policy, on("p"));
    assert.deepEqual(told(modelWith({ grants: [one] })), [`ses:A, ${mail.address}, var.p and var.s and var.a`]);
  });
});
