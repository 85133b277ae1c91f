import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { text, unknown } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import type { Model, User } from "../../../src/model/model";
import { meaningsOf, nameIndex, surelyMeant, whyOpen } from "../../../src/model/principals/name-index";
import { grantsOf, hasTooManyJoins, keysOf, loginsOf, membershipsOf } from "../../../src/model/principals/principals";
import { modelWith } from "../build";
import { open, place, referenceTo } from "../system";

const at = place();

function user(address: string, name: Value, guard: User["guard"] = []): User {
  return { address, at: place(), guard, name };
}

const bob = user("aws_iam_user.bob", text("bob", at));
const ann = user("aws_iam_user.ann", text("ann", at));
const generated = user("Mail", referenceTo("Mail", "name"));
const prefixed = user("aws_iam_user.prefixed", joined("smtp-", open("var.env")));

function joined(known: string, hole: ReturnType<typeof open>): Value {
  return { kind: "text", pieces: [...text(known, at).pieces, { kind: "hole", unknown: hole }], at };
}

function around(before: string, after: string): Value {
  const hole = { kind: "hole", unknown: open("var.account") } as const;
  return { kind: "text", pieces: [...text(before, at).pieces, hole, ...text(after, at).pieces], at };
}

function meant(value: Value, users: readonly User[] = [bob, ann, generated, prefixed]): readonly string[] {
  return meaningsOf(nameIndex("user", users), value).map((one) => `${one.resource.address} ${one.certainty}`);
}

describe("names and ARNs", () => {
  const table: readonly (readonly [string, Value, readonly string[]])[] = [
    ["a reference", referenceTo("aws_iam_user.bob", "name"), ["aws_iam_user.bob yes"]],
    ["a reference to the ARN", referenceTo("aws_iam_user.bob", "arn"), ["aws_iam_user.bob yes"]],
    ["a reference to a name that AWS picks", referenceTo("Mail", "name"), ["Mail yes"]],
    ["a literal name", text("bob", at), ["aws_iam_user.bob yes"]],
    ["a name that nobody has", text("eve", at), []],
    ["a name in another case", text("Bob", at), ["aws_iam_user.bob maybe"]],
    ["an ARN", text("arn:aws:iam::123456789012:user/bob", at), ["aws_iam_user.bob yes"]],
    ["an ARN with a path", text("arn:aws-cn:iam::123456789012:user/mail/eu/bob", at), ["aws_iam_user.bob yes"]],
    ["the ARN of a role", text("arn:aws:iam::123456789012:role/bob", at), []],
    ["the ARN of the account", text("arn:aws:iam::123456789012:root", at), []],
    ["a name that a hole could make", text("smtp-prod", at), ["aws_iam_user.prefixed maybe"]],
    ["the same name with the same hole", joined("smtp-", open("var.env")), ["aws_iam_user.prefixed yes"]],
    ["a name with another hole", joined("smtp-", open("var.other")), ["Mail maybe", "aws_iam_user.prefixed maybe"]],
    ["an ARN in an account that is not known", around("arn:aws:iam::", ":user/bob"), ["aws_iam_user.bob yes"]],
    ["the ARN of a role in such an account", around("arn:aws:iam::", ":role/bob"), []],
    ["the ARN of such an account", around("arn:aws:iam::", ":root"), []],
    [
      "an ARN of which the type is not known",
      joined("arn:aws:iam::1:", open("var.who")),
      ["aws_iam_user.bob maybe", "aws_iam_user.ann maybe", "Mail maybe", "aws_iam_user.prefixed maybe"],
    ],
    ["the ARN of a role that is not known", joined("arn:aws:iam::1:role/", open("var.role")), []],
    [
      "an ARN of which next to nothing is known",
      joined("arn:", open("var.arn")),
      ["aws_iam_user.bob maybe", "aws_iam_user.ann maybe", "Mail maybe", "aws_iam_user.prefixed maybe"],
    ],
    ["no text", text("", at), []],
    ["no name", { kind: "null", at }, []],
    ["a list", { kind: "list", shape: "list", items: [], at }, []],
  ];
  for (const [what, value, expected] of table) {
    it(`mean by ${what}: ${expected.join(", ") || "nobody"}`, () => {
      assert.deepEqual(meant(value), expected);
    });
  }

  it("mean for certain what they refer to or what is named so, and nobody is compared with others", () => {
    const index = nameIndex("user", [bob, ann, generated, prefixed]);
    const sure = (value: Value) => surelyMeant(index, value).map(({ resource }) => resource.address);
    assert.deepEqual(sure(referenceTo("Mail", "name")), ["Mail"]);
    assert.deepEqual(sure(text("bob", at)), ["aws_iam_user.bob"]);
    assert.deepEqual(sure(text("BOB", at)), []);
    assert.deepEqual(sure(joined("smtp-", open("var.env"))), ["aws_iam_user.prefixed"]);
    assert.deepEqual(sure(joined("smtp-", open("var.other"))), []);
    assert.deepEqual(sure(open("var.user")), []);
    assert.equal(index.joins.count, 0);
  });

  it("mean anybody where they are not known, but nobody whom a literal rules out", () => {
    assert.deepEqual(meant(open("var.user")).length, 4);
    assert.deepEqual(meant(joined("a", open("var.user")), [bob, ann]), ["aws_iam_user.ann maybe"]);
  });

  it("mean no root user by the account, whether that is known or not", () => {
    const root = user("aws_iam_user.root", text("root", at));
    assert.deepEqual(meant(text("arn:aws:iam::1:root", at), [root]), []);
    assert.deepEqual(meant(around("arn:aws:iam::", ":root"), [root]), []);
    assert.deepEqual(meant(around("arn:aws:iam::", ":user"), [user("aws_iam_user.user", text("user", at))]), []);
  });

  it("mean one by its known end, or by what is known between", () => {
    const start = { kind: "hole", unknown: open("var.start") } as const;
    const end: Value = { kind: "text", pieces: [start, ...text("nn", at).pieces], at };
    assert.deepEqual(meant(end, [bob, ann]), ["aws_iam_user.ann maybe"]);
  });

  it("mean another, too, where the one that has the name may not be there", () => {
    const perhaps = user("aws_iam_user.prod", text("smtp-prod", at), when("var.prod", true));
    assert.deepEqual(meant(text("smtp-prod", at), [{ ...perhaps, guard: [] }, prefixed]), ["aws_iam_user.prod yes"]);
    assert.deepEqual(meant(text("smtp-prod", at), [perhaps, prefixed]), [
      "aws_iam_user.prod yes",
      "aws_iam_user.prefixed maybe",
    ]);
  });

  it("are open for the last that is not known of them, which says most", () => {
    const value: Value = {
      kind: "text",
      at,
      pieces: [
        { kind: "hole", unknown: open("var.account") },
        ...text(":user/", at).pieces,
        { kind: "hole", unknown: open("var.user") },
      ],
    };
    assert.equal(whyOpen(value).reason.what, "var.user");
    assert.deepEqual(whyOpen(text("Bob", at)).reason, { kind: "invalid", what: "a name in another case" });
  });

  it("mean one under each guard of a choice", () => {
    const choice: Value = {
      kind: "choice",
      options: [
        { guard: when("var.eu", "true"), value: text("bob", at) },
        { guard: when("var.eu", false), value: text("ann", at) },
      ],
      at,
    };
    const found = meaningsOf(nameIndex("user", [bob, ann]), choice);
    assert.deepEqual(
      found.map((one) => [one.resource.address, one.guard]),
      [
        ["aws_iam_user.bob", when("var.eu", "true")],
        ["aws_iam_user.ann", when("var.eu", false)],
      ],
    );
  });

  it("mean policies by ARN, whatever the path and account", () => {
    const policy = { address: "p", at, guard: [], name: text("send", at), document: text("{}", at) };
    const denoted = (value: Value) => meaningsOf(nameIndex("policy", [policy]), value).map((one) => one.certainty);
    assert.deepEqual(denoted(text("arn:aws:iam::123456789012:policy/mail/send", at)), ["yes"]);
    assert.deepEqual(denoted(text("arn:aws:iam::aws:policy/AmazonSESFullAccess", at)), []);
    assert.deepEqual(denoted(text("arn:aws:iam::aws:policy/send", at)), []);
    assert.deepEqual(denoted(around("arn:", ":iam::aws:policy/send")), []);
    assert.deepEqual(denoted(referenceTo("p", "arn")), ["yes"]);
    assert.deepEqual(denoted(open("var.policy")), ["maybe"]);
  });
});

describe("what a user has", () => {
  const senders = { address: "aws_iam_group.senders", at: place(), guard: [], name: text("senders", at) };
  const inline = { kind: "inline", name: undefined, document: text("{}", at) } as const;

  function model(parts: Partial<Model>): Model {
    return modelWith({ users: [bob, ann], groups: [senders], ...parts });
  }

  const membership = (member: Value, group: Value, guard: User["guard"] = []) => ({
    address: "m",
    at: place(),
    guard,
    user: member,
    group,
  });
  const groupGrant = (holder: Value) => ({
    address: "g",
    at: place(),
    guard: [],
    to: "group" as const,
    holder,
    policy: inline,
  });

  it("comes through a group of the unit", () => {
    const one = model({
      memberships: [membership(text("bob", at), referenceTo("aws_iam_group.senders", "name"))],
      grants: [groupGrant(text("senders", at))],
    });
    const [grant] = grantsOf(one, bob);
    assert.equal(grant?.certainty, "yes");
    assert.deepEqual(
      grant.steps.map((step) => step.message.text),
      ["aws_iam_user.bob is an IAM user.", "m puts it into aws_iam_group.senders.", "g holds an inline policy."],
    );
    assert.deepEqual(grantsOf(one, ann), []);
  });

  it("comes through a group outside the unit that both sides name alike", () => {
    const one = model({
      memberships: [membership(text("bob", at), text("admins", at))],
      grants: [groupGrant(text("admins", at)), groupGrant(text("others", at))],
    });
    assert.deepEqual(
      membershipsOf(one, bob).map(({ group, certainty }) => [group, certainty]),
      [[undefined, "yes"]],
    );
    assert.equal(grantsOf(one, bob).length, 1);
    assert.equal(grantsOf(one, bob)[0]?.certainty, "yes");
  });

  it("comes for sure through a group that both sides name by the same unknown", () => {
    const one = model({
      memberships: [membership(text("bob", at), open("var.group"))],
      grants: [groupGrant(open("var.group"))],
    });
    assert.ok(grantsOf(one, bob).some((grant) => grant.certainty === "yes"));
    assert.ok(membershipsOf(one, bob).every((each) => each.certainty === "maybe" && each.because.length > 0));
  });

  it("may come through such a group where the member may be another", () => {
    const one = model({
      memberships: [membership(open("var.user"), open("var.group"))],
      grants: [groupGrant(open("var.group"))],
    });
    assert.ok(grantsOf(one, bob).length > 0);
    assert.ok(grantsOf(one, bob).every((grant) => grant.certainty === "maybe"));
  });

  it("may come through a group outside the unit of which the grant names no more than its variable", () => {
    const one = model({
      memberships: [membership(text("bob", at), text("admins", at))],
      grants: [groupGrant(open("var.group"))],
    });
    assert.deepEqual(
      grantsOf(one, bob).map(({ certainty, because }) => [certainty, because[0]?.reason.what]),
      [["maybe", "var.group"]],
    );
  });

  it("may come through a group of the unit whose name is in another case, or through another one", () => {
    const one = model({
      memberships: [membership(text("bob", at), text("Senders", at))],
      grants: [groupGrant(text("senders", at))],
    });
    assert.deepEqual(
      membershipsOf(one, bob).map(({ group, certainty }) => [group?.address, certainty]),
      [
        ["aws_iam_group.senders", "maybe"],
        [undefined, "maybe"],
      ],
    );
    assert.deepEqual([...new Set(grantsOf(one, bob).map(({ certainty }) => certainty))], ["maybe"]);
  });

  it("does not come for sure through groups that are named by two references", () => {
    const one = model({
      memberships: [membership(text("bob", at), referenceTo("data.a", "name"))],
      grants: [groupGrant(referenceTo("data.b", "name"))],
    });
    assert.ok(grantsOf(one, bob).every(({ certainty }) => certainty === "maybe"));
  });

  it("does not come for sure through groups of which one has no name, or that are read otherwise", () => {
    const none: Value = { kind: "null", at };
    for (const [one, other] of [
      [none, text("senders of another", at)],
      [referenceTo("data.a", "name"), referenceTo("data.a", "tags")],
    ] as const) {
      const given = model({ memberships: [membership(text("bob", at), other)], grants: [groupGrant(one)] });
      assert.ok(grantsOf(given, bob).every(({ certainty }) => certainty === "maybe"));
    }
  });

  it("comes through a group in the worlds in which the grant is for it", () => {
    const holder: Value = {
      kind: "choice",
      at,
      options: [
        { guard: when("var.mail", true), value: text("senders", at) },
        { guard: when("var.mail", false), value: text("others", at) },
      ],
    };
    const one = model({
      memberships: [membership(text("bob", at), text("senders", at))],
      grants: [groupGrant(holder)],
    });
    assert.deepEqual(
      grantsOf(one, bob).map(({ guard }) => guard),
      [when("var.mail", true)],
    );
  });

  it("may come through a group that is not known", () => {
    const one = model({
      memberships: [membership(text("bob", at), open("var.group"))],
      grants: [groupGrant(text("senders", at))],
    });
    const [grant] = grantsOf(one, bob);
    assert.equal(grant?.certainty, "maybe");
    assert.deepEqual(
      grant.because.map(({ reason }) => reason.what),
      ["var.group"],
    );
  });

  it("is there when the membership is", () => {
    const guard = when("var.mail", "true");
    const one = model({
      memberships: [membership(text("bob", at), text("senders", at), guard)],
      grants: [groupGrant(text("senders", at))],
    });
    assert.deepEqual(
      grantsOf(one, bob).map((grant) => grant.guard),
      [guard],
    );
  });

  it("is not there where the user and the grant exclude each other", () => {
    const guarded = user("aws_iam_user.bob", text("bob", at), when("var.mail", "true"));
    const grant = { ...groupGrant(text("bob", at)), to: "user" as const, guard: when("var.mail", false) };
    assert.deepEqual(grantsOf(modelWith({ users: [guarded], grants: [grant] }), guarded), []);
  });

  it("is not there where the membership and the grant to the group exclude each other", () => {
    const one = model({
      memberships: [membership(text("bob", at), text("senders", at), when("var.mail", true))],
      grants: [{ ...groupGrant(text("senders", at)), guard: when("var.mail", false) }],
    });
    assert.deepEqual(grantsOf(one, bob), []);
  });

  it("includes keys and console passwords", () => {
    const key = { address: "k", at: place(), guard: [], user: referenceTo("aws_iam_user.bob", "name") };
    const login = { address: "l", at: place(), guard: [], user: unknown("no-default", "var.u", at, { id: "var.u" }) };
    const one = model({ keys: [key], logins: [login] });
    assert.deepEqual(
      keysOf(one, bob).map((held) => held.certainty),
      ["yes"],
    );
    assert.deepEqual(keysOf(one, ann), []);
    assert.deepEqual(
      loginsOf(one, ann).map((held) => held.certainty),
      ["maybe"],
    );
  });

  it("includes no key and no password that is never there with the user", () => {
    const guarded = user("aws_iam_user.bob", text("bob", at), when("var.mail", true));
    const of = { address: "k", at: place(), guard: when("var.mail", false), user: text("bob", at) };
    const one = modelWith({ users: [guarded], keys: [of], logins: [of] });
    assert.deepEqual(keysOf(one, guarded), []);
    assert.deepEqual(loginsOf(one, guarded), []);
  });

  it("is found in time for thousands of users and grants", () => {
    const users = Array.from({ length: 4000 }, (_, i) => user(`u${i}`, text(`name${i}`, at)));
    const grants = users.map((each, i) => ({
      ...groupGrant(i % 2 === 0 ? text(`name${i}`, at) : referenceTo(each.address, "arn")),
      to: "user" as const,
    }));
    const many = modelWith({ users, grants });
    assert.ok(users.every((each) => grantsOf(many, each).length === 1));
  });

  it("is found in time for thousands whose names are put together from one that is not known", () => {
    const names = Array.from({ length: 2000 }, (_, i) => joined(`mail-${i}-`, open("var.env")));
    const users = names.map((name, i) => user(`u${i}`, name));
    const grants = names.map((name) => ({ ...groupGrant(name), to: "user" as const }));
    const many = modelWith({ users, grants });
    assert.ok(users.every((each) => grantsOf(many, each).length === 1));
    assert.ok(!hasTooManyJoins(many));
  });
});
