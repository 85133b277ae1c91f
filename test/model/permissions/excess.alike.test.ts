import assert from "node:assert/strict";
import { guardText, when, type Guard } from "../../../src/core/guard";
import { concat, text } from "../../../src/core/text";
import type { Text, Value } from "../../../src/core/value";
import type { Membership, Model, User } from "../../../src/model/model";
import { excess } from "../../../src/model/permissions/permissions";
import { allow, grant, inline, items, nothing, ofAws, send, withStatements, withUnknown } from "../ask";
import { mail, modelOf, on, open, place, referenceTo, theUser, valueOf, type Route } from "../system";

describe("actions that are alike but for one thing", () => {
  const list = (...written: readonly (readonly [string, Guard?] | Value)[]): Value => {
    const items = written.map((one) =>
      "kind" in one ? { guard: [], value: one } : { guard: one[1] ?? [], value: text(one[0], place()) },
    );
    return { kind: "list", shape: "list", items, at: place() };
  };
  const holeOf = (variable: string): Text => {
    return { kind: "text", at: place(), pieces: [{ kind: "hole", unknown: open(variable) }] };
  };
  const startsWith = (start: string): Value => concat([text(start, place()), holeOf("var.rest")], place());
  const statement = (effect: "Allow" | "Deny", actions: Readonly<Record<string, Value>>) => {
    return { Effect: text(effect, place()), Resource: text("*", place()), ...actions };
  };
  const all = statement("Allow", { Action: text("ses:*Ident*Policies", place()) });
  const bounded = (model: Model, Action: string | readonly string[]): Model => {
    const { policies, users } = modelOf({ ...nothing, boundary: { Statement: { ...send, Action } } });
    return { ...model, policies, users };
  };

  it("are told apart where one may be denied, and another is", () => {
    const deny = statement("Deny", { Action: list(["ses:Get*"], startsWith("ses:List")) });
    assert.deepEqual(
      items(withStatements(statement("Allow", { Action: text("ses:*tIdentityPolicies", place()) }), deny)),
      ["open: var.rest"],
    );
  });

  it("are told apart where one is denied in some worlds, and another in all", () => {
    const deny = statement("Deny", { Action: list(["ses:Get*"], ["ses:List*", on("p")]) });
    assert.deepEqual(items(withStatements(all, deny)), [
      "ses:*Ident*Policies, ses, ses:listidentitypolicies, not var.p",
    ]);
  });

  it("are told apart where each is denied in worlds of its own", () => {
    const deny = statement("Deny", { Action: list(["ses:Get*", on("p")], ["ses:List*", on("q")]) });
    assert.deepEqual(items(withStatements(all, deny)), [
      "ses:*Ident*Policies, ses, ses:getemailidentitypolicies ses:getidentitypolicies ses:listidentitypolicies, (not var.p or not var.q)",
    ]);
  });

  it("are told token by token, each in its own worlds", () => {
    const allowed = statement("Allow", { Action: list(["ses:*", on("p")], ["ses:GetAccount"]) });
    assert.deepEqual(items(withStatements(allowed)), ["ses:*, all-ses, var.p", "ses:GetAccount, ses, ses:getaccount"]);
  });

  it("are told apart where NotAction may leave one out, and not another", () => {
    const model = withStatements(statement("Allow", { NotAction: list(startsWith("ses:List")) }));
    assert.deepEqual(items(bounded(model, "ses:*tIdentityPolicies")), [
      "everything but ses:List${var.rest}, ses, ses:getidentitypolicies",
    ]);
  });

  it("are told apart where NotAction may leave each out for another reason", () => {
    const startsWithGet = concat([text("ses:Get", place()), holeOf("var.get")], place());
    const model = withStatements(statement("Allow", { NotAction: list(startsWithGet, startsWith("ses:List")) }));
    assert.deepEqual(items(bounded(model, ["ses:GetIdentityPolicies", "ses:ListIdentityPolicies"])), [
      "open: var.get",
      "open: var.rest",
    ]);
  });

  it("are told apart where NotAction leaves each out in two of three worlds", () => {
    const in2 = (other: string) => [...on("p"), ...on(other)];
    const model = withStatements(
      statement("Allow", {
        NotAction: list(["ses:GetIdentityPolicies", in2("q")], ["ses:ListIdentityPolicies", in2("r")]),
      }),
    );
    const [line = ""] = items(bounded(model, ["ses:GetIdentityPolicies", "ses:ListIdentityPolicies"]));
    assert.match(line, /\(not var\.p or var\.p and not var\.q or var\.p and not var\.r\)$/);
  });

  it("are told apart where NotAction leaves them out in other worlds", () => {
    const both = [...on("p"), ...on("q")];
    const model = withStatements(
      statement("Allow", { NotAction: list(["ses:GetIdentityPolicies", on("p")], ["ses:ListIdentityPolicies", both]) }),
    );
    assert.deepEqual(items(bounded(model, ["ses:GetIdentityPolicies", "ses:ListIdentityPolicies"])), [
      "everything but ses:GetIdentityPolicies and ses:ListIdentityPolicies, ses, ses:getidentitypolicies ses:listidentitypolicies, (not var.p or var.p and not var.q)",
    ]);
  });
});

describe("excess of several users and routes", () => {
  const everywhere = { ...send, Action: "ses:*" };

  it("is open for the reasons of each user", () => {
    const ben: User = { ...mail, address: "aws_iam_user.ben", name: text("ben", place()) };
    const model = modelOf({ policies: [{ route: "group-inline", document: { Statement: everywhere } }] });
    const into = (user: User, variable: string): Membership => {
      const hole: Text = { kind: "text", at: place(), pieces: [{ kind: "hole", unknown: open(variable) }] };
      const group = concat([text("send", place()), hole], place());
      return {
        address: `membership.${variable}`,
        at: place(),
        guard: [],
        user: referenceTo(user.address, "name"),
        group,
      };
    };
    const memberships = [into(mail, "var.mail"), into(ben, "var.ben")];
    const asked = { ...model, users: [mail, ben], memberships };
    const because = (user: User) => excess(asked, user, []).because.map(({ reason }) => reason.what);
    assert.deepEqual(because(mail), ["var.mail"]);
    assert.deepEqual(because(ben), ["var.ben"]);
  });

  it("is of each user what it is of that user alone, however each is limited", () => {
    const shared = modelOf({
      policies: [{ route: "group-inline", document: { Statement: { ...send, Action: ["ses:*", "s3:*", "sqs:*"] } } }],
    });
    const managed = (address: string, Action: string) => {
      const document = valueOf({ Statement: { ...send, Action } });
      return { address, at: place(), guard: [], name: text(address, place()), document };
    };
    const bounds = [managed("b0", "s3:*"), managed("b1", "ses:*")];
    const either: Value = {
      kind: "choice",
      at: place(),
      options: [
        { guard: on("p"), value: referenceTo("b0", "arn") },
        { guard: when("var.p", false), value: referenceTo("b1", "arn") },
      ],
    };
    const limits: readonly Partial<User>[] = [
      {},
      { guard: on("p") },
      { boundary: referenceTo("b0", "arn") },
      { boundary: referenceTo("b1", "arn") },
      { boundary: either },
      { boundary: open("var.a") },
      { boundary: open("var.b") },
      { boundary: ofAws("AmazonS3FullAccess") },
      { boundary: ofAws("AmazonSQSFullAccess") },
      { name: text("denied", place()) },
      { name: text("denied-perhaps", place()) },
      { name: text("In-Another-Case", place()) },
    ];
    const users = limits.map((one, i): User => ({ ...mail, address: `u${i}`, name: text(`u${i}`, place()), ...one }));
    const document = valueOf({ Statement: { Effect: "Deny", Action: ["s3:*", "ses:*"], Resource: "*" } });
    const deny = { kind: "inline", name: undefined, document } as const;
    const denials = [
      grant(text("denied", place()), deny),
      grant(text("in-another-case", place()), deny),
      { ...grant(text("denied-perhaps", place()), deny), guard: on("p") },
    ];
    const memberships = users.map(({ address }) => ({
      address: `membership.${address}`,
      at: place(),
      guard: [],
      user: referenceTo(address, "name"),
      group: referenceTo("aws_iam_group.senders", "name"),
    }));
    const model = { ...shared, users, policies: bounds, grants: [...shared.grants, ...denials], memberships };
    const told = (asked: Model, user: User) => {
      const { items: found, because } = excess(asked, user, []);
      return [
        ...found.map(({ pattern, reach, guard }) => `${pattern.text} ${reach} ${guardText(guard)}`),
        ...because.map(({ reason }) => reason.what),
      ];
    };
    for (const [i, user] of users.entries()) {
      const alone = { ...model, users: [user], memberships: memberships.slice(i, i + 1) };
      assert.deepEqual(told(model, user), told(alone, user), user.address);
    }
    assert.equal(new Set(users.map((user) => told(model, user).join())).size, 11);
  });

  it("is in the order of the source, whatever the way to it", () => {
    const policy = (route: Route, Action: string) => ({ route, document: { Statement: { ...send, Action } } });
    const model = modelOf({ policies: [policy("group-inline", "ses:Get*"), policy("inline", "ses:List*")] });
    const tokens = excess(model, theUser(model), []).items.map(({ pattern }) => pattern.text);
    assert.deepEqual(tokens, ["ses:Get*", "ses:List*"]);
  });

  it("is there in all worlds where one token reaches the user over two routes, and is told by the first", () => {
    const model = modelOf({ policies: [{ route: "inline", document: { Statement: everywhere }, toggle: "p" }] });
    const grants = model.grants.flatMap((each) => [each, { ...each, address: "other", guard: when("var.p", false) }]);
    const twice = { ...model, grants };
    assert.deepEqual(items(twice), ["ses:*, all-ses"]);
    const [found] = excess(twice, theUser(twice), []).items;
    assert.equal(found?.steps[1]?.message.text, "grant.0 holds an inline policy.");
  });

  it("is there in all worlds where a boundary lets one service or the other pass", () => {
    const model = modelOf({
      ...allow("*"),
      boundary: { Statement: { ...send, Action: "s3:*" } },
    });
    const [own, ...others] = model.policies;
    assert.ok(own !== undefined && others.length === 0);
    const other = {
      ...own,
      address: "aws_iam_policy.c",
      document: valueOf({ Statement: { ...send, Action: "sqs:*" } }),
    };
    const boundary: Value = {
      kind: "choice",
      at: place(),
      options: [
        { guard: on("p"), value: referenceTo(own.address, "arn") },
        { guard: when("var.p", false), value: referenceTo(other.address, "arn") },
      ],
    };
    const users = model.users.map((user) => ({ ...user, boundary }));
    assert.deepEqual(items({ ...model, users, policies: [own, other] }), ["*, other-service"]);
  });

  it("is no more than a service where what bounds it is known in part", () => {
    const model = modelOf({ ...allow("*"), boundary: { Statement: everywhere } });
    const Action: Value = {
      kind: "list",
      shape: "list",
      items: [
        { guard: [], value: text("s3:*", place()) },
        { guard: [], value: open("var.more") },
      ],
      at: place(),
    };
    const policies = model.policies.map((policy) => ({
      ...policy,
      document: withUnknown(policy.document, "Action", Action),
    }));
    assert.deepEqual(items({ ...model, policies }).slice(0, 1), ["*, other-service"]);
  });

  it("may be in what more a list of actions has, and is not where the list is a Deny's", () => {
    const rest: Value = { kind: "list", shape: "list", items: [], rest: open("var.more"), at: place() };
    const own = modelOf(inline(send));
    const more = (Effect: "Allow" | "Deny") => {
      const document = withUnknown(valueOf({ Statement: { Effect, Action: "", Resource: "*" } }), "Action", rest);
      const policy = grant(referenceTo(mail.address, "name"), { kind: "inline", name: undefined, document });
      return items({ ...own, grants: [...own.grants, policy] });
    };
    assert.deepEqual(more("Allow"), ["open: var.more"]);
    assert.deepEqual(more("Deny"), []);
  });

  it("may be in a service whose name is known in part", () => {
    const hole: Text = { kind: "text", at: place(), pieces: [{ kind: "hole", unknown: open("var.service") }] };
    const Action = concat([text("s", place()), hole, text(":Get*", place())], place());
    const model = withStatements({ Effect: text("Allow", place()), Action, Resource: text("*", place()) });
    assert.deepEqual(items(model), ["open: var.service"]);
  });
});
