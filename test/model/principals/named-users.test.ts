import assert from "node:assert/strict";
import { text, unknown } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import type { Grant, Membership, User } from "../../../src/model/model";
import { isNamed } from "../../../src/model/principals/named-users";
import { withOutsideUsers } from "../../../src/model/principals/outside-users";
import { modelWith } from "../build";
import { eitherOf, mail, open, place, referenceTo } from "../system";

const at = place();

function startingWith(known: string, id: string): Value {
  return { kind: "text", pieces: [...text(known, at).pieces, { kind: "hole", unknown: open(id) }], at };
}

describe("users that are named", () => {
  const table: readonly (readonly [string, Value, readonly string[], boolean])[] = [
    ["nobody by no name", text("mail", at), [], false],
    ["one by the name in another case", text("Mail", at), ["mail", "other"], true],
    ["one by the address in another case", text("x", at), ["AWS_IAM_USER.mail"], true],
    ["one by a pattern of the name", text("mail", at), ["m?i*"], true],
    ["one by a pattern of the address", text("x", at), ["*.mail"], true],
    ["nobody by a part of the name", text("mail", at), ["mai", "ail"], false],
    ["nobody by a pattern of another", text("mail", at), ["n*"], false],
    ["one by both names that it can have", eitherOf(text("ann", at), text("bob", at)), ["ann", "bob"], true],
    ["nobody by one of two names", eitherOf(text("ann", at), text("bob", at)), ["ann"], false],
    ["one by a pattern whatever follows", startingWith("mail-", "var.env"), ["mail-*"], true],
    ["nobody by a name that it may have", startingWith("mail-", "var.env"), ["mail-prod", "mail-p*"], false],
    ["one of whose name nothing is known by what all are", open("var.name"), ["*"], true],
    ["nobody whose name is none", { kind: "null", at }, ["*a"], false],
  ];
  for (const [what, name, written, expected] of table) {
    it(`are ${what}`, () => {
      assert.equal(isNamed({ ...mail, name }, written), expected);
    });
  }
});

describe("users of elsewhere", () => {
  const policy = { kind: "inline", name: undefined, document: text("{}", at) } as const;
  const grant = (holder: Value): Grant => ({ address: "g", at: place(), guard: [], to: "user", holder, policy });
  const users: readonly User[] = [mail];
  const found = (holders: readonly Value[]) =>
    withOutsideUsers(modelWith({ users, grants: holders.map(grant) })).users.slice(users.length);

  const table: readonly (readonly [string, Value, readonly string[]])[] = [
    ["that are named", text("eve", at), ["user/eve"]],
    ["that are named by ARN", text("arn:aws:iam::123456789012:user/mail/eve", at), ["user/eve"]],
    ["that a variable names", open("var.user"), []],
    ["but not one of the unit", text("mail", at), []],
    ["but not one of the unit by reference", referenceTo(mail.address, "name"), []],
    ["but not the root of the account", text("Root", at), []],
    ["but no roles", text("arn:aws:iam::123456789012:role/eve", at), []],
    ["but none that fails", referenceTo("terraform_data.name", "output"), []],
    ["but none without a name", { kind: "null", at }, []],
  ];
  for (const [what, holder, expected] of table) {
    it(`are those ${what}`, () => {
      assert.deepEqual(
        found([holder]).map(({ address }) => address),
        expected,
      );
    });
  }

  it("are those whose name is given from outside, where the unit has none", () => {
    for (const kind of ["no-default", "data-source", "remote-module", "import"] as const) {
      const own = withOutsideUsers(
        modelWith({ grants: [grant(unknown(kind, "var.user", at, { id: "var.user" }))] }),
      ).users;
      assert.deepEqual(
        own.map(({ address, name, outside }) => [address, name.kind, outside?.reason]),
        [["user/${var.user}", "unknown", { kind: "missing", what: "user/${var.user}" }]],
        kind,
      );
    }
    assert.deepEqual(withOutsideUsers(modelWith({ grants: [grant(startingWith("a", "var.user"))] })).users, []);
    assert.deepEqual(withOutsideUsers(modelWith({ grants: [grant(referenceTo("x", "output"))] })).users, []);
  });

  it("are none by what a group is given", () => {
    const toGroup: Grant = { ...grant(text("eve", at)), to: "group" };
    assert.deepEqual(withOutsideUsers(modelWith({ grants: [toGroup] })).users, []);
  });

  it("are each there once, at the first place, by grants and memberships", () => {
    const [first, second] = [text("eve", place()), text("eve", place())];
    const membership: Membership = { address: "m", at, guard: [], user: text("dan", at), group: text("senders", at) };
    const model = modelWith({ grants: [grant(first), grant(second)], memberships: [membership] });
    assert.deepEqual(
      withOutsideUsers(model).users.map((user) => [user.address, user.at]),
      [
        ["user/eve", first.at],
        ["user/dan", at],
      ],
    );
  });
});
