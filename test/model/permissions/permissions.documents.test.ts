import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { text } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import type { Model } from "../../../src/model/model";
import type { Answer } from "../../../src/model/permissions/permissions";
import { allow, inline, mapOf, maySend, nothing, send, told, withDocument, withStatements, withUnknown } from "../ask";
import { modelOf, on, open, place, referenceTo, valueOf, type Document, type Statement, type System } from "../system";

/** Models are made test by test: what is worked out of one is kept with it. */
describe("lists that hang on something", () => {
  const identity = "arn:aws:ses:*:*:identity/a.org";
  const others = "arn:aws:ses:*:*:identity/b.org";
  const item = (written: string, toggle?: string) => ({ guard: on(toggle), value: text(written, place()) });
  const list = (...items: readonly ReturnType<typeof item>[]): Value => {
    return { kind: "list", shape: "list", items, at: place() };
  };
  const openList = (...items: readonly ReturnType<typeof item>[]): Value => {
    return { kind: "list", shape: "list", items, at: place(), rest: open("var.more") };
  };
  const effect = (name: "Allow" | "Deny") => ({ Effect: text(name, place()) });
  const action = { Action: text("ses:SendRawEmail", place()) };
  const everywhere = { ...effect("Allow"), ...action, Resource: list(item("*")) };

  const table: readonly (readonly [string, () => Model, string])[] = [
    [
      "an Allow on what more there is",
      () => withStatements({ ...effect("Allow"), ...action, Resource: openList(item("arn:aws:s3:::a")) }),
      "maybe: var.more",
    ],
    [
      "an Allow on everything, and more",
      () => withStatements({ ...effect("Allow"), ...action, Resource: openList(item("*")) }),
      "yes",
    ],
    [
      "an Allow on something under a toggle",
      () => withStatements({ ...effect("Allow"), ...action, Resource: list(item(identity, "p")) }),
      "no if not var.p",
    ],
    [
      "an Allow on one thing or another",
      () =>
        withStatements({
          ...effect("Allow"),
          ...action,
          Resource: list(item(identity, "p"), { ...item(others), guard: when("var.p", false) }),
        }),
      "yes",
    ],
    [
      "an Allow of an action under a toggle, on a resource without it",
      () =>
        withStatements({
          ...effect("Allow"),
          Action: list(item("ses:SendRawEmail", "p")),
          Resource: list({ ...item("*"), guard: when("var.p", false) }),
        }),
      "no",
    ],
    [
      "an Allow on all but what more there is",
      () => withStatements({ ...effect("Allow"), ...action, NotResource: openList(item("arn:aws:s3:::a")) }),
      "maybe: var.more",
    ],
    [
      "an Allow on all but something under a toggle",
      () => withStatements({ ...effect("Allow"), ...action, NotResource: list(item("*", "p")) }),
      "no if var.p",
    ],
    [
      "a Deny on what more there is",
      () => withStatements(everywhere, { ...effect("Deny"), ...action, Resource: openList(item("arn:aws:s3:::a")) }),
      "maybe: var.more",
    ],
    [
      "a Deny on everything under a toggle",
      () => withStatements(everywhere, { ...effect("Deny"), ...action, Resource: list(item("*", "p")) }),
      "no if var.p",
    ],
    [
      "a Deny of an action under a toggle, on a resource without it",
      () =>
        withStatements(everywhere, {
          ...effect("Deny"),
          Action: list(item("*", "p")),
          Resource: list({ ...item("*"), guard: when("var.p", false) }),
        }),
      "yes",
    ],
    [
      "a Deny on all but what more there is",
      () => withStatements(everywhere, { ...effect("Deny"), ...action, NotResource: openList(item("arn:aws:s3:::a")) }),
      "maybe: var.more",
    ],
    [
      "a Deny on all but everything",
      () => withStatements(everywhere, { ...effect("Deny"), ...action, NotResource: openList(item("*")) }),
      "yes",
    ],
    [
      "a Deny on all but everything under a toggle",
      () => withStatements(everywhere, { ...effect("Deny"), ...action, NotResource: list(item("*", "p")) }),
      "maybe: resources that overlap in part",
    ],
    [
      "a Deny of what more there is",
      () =>
        withStatements(everywhere, {
          ...effect("Deny"),
          Action: openList(item("ses:SendEmail")),
          Resource: list(item("*")),
        }),
      "maybe: var.more",
    ],
    [
      "a Deny of what is not known, on all but one thing",
      () =>
        withStatements(everywhere, {
          ...effect("Deny"),
          Action: open("var.action"),
          NotResource: list(item("arn:aws:s3:::a")),
        }),
      "maybe: var.action",
    ],
    [
      "a Deny of all but what more there is",
      () =>
        withStatements(everywhere, {
          ...effect("Deny"),
          NotAction: openList(item("ses:SendEmail")),
          Resource: list(item("*")),
        }),
      "maybe: var.more",
    ],
    [
      "a Deny of all but the action under a toggle",
      () =>
        withStatements(everywhere, {
          ...effect("Deny"),
          NotAction: list(item("ses:Send*", "p")),
          Resource: list(item("*")),
        }),
      "no if not var.p",
    ],
    [
      "nothing but a Deny under a condition",
      () => modelOf(inline({ ...send, Effect: "Deny", Condition: { StringLike: { "ses:FromAddress": "*@a.org" } } })),
      "no",
    ],
  ];
  for (const [what, model, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend(model())), expected);
    });
  }
});

describe("NotAction", () => {
  const item = (i: number) => ({
    guard: [...on(`a${i}`), ...on(`b${i}`)],
    value: i % 2 === 0 ? text("ses:*", place()) : open("var.more"),
  });
  const allBut = (...numbers: readonly number[]) => {
    const NotAction: Value = { kind: "list", shape: "list", items: numbers.map(item), at: place() };
    return maySend(withStatements({ Effect: text("Allow", place()), Resource: text("*", place()), NotAction }));
  };
  const what = (answer: Answer) => (answer.answer === "maybe" ? answer.because.map(({ reason }) => reason.what) : []);

  it("leaves out an action in the worlds of its items", () => {
    assert.equal(told(allBut(0)), "no if var.a0 and var.b0");
    assert.deepEqual(what(allBut(1)), ["var.more"]);
  });

  it("is open where its items' worlds are too many to be told", () => {
    const many = Array.from({ length: 400 }, (_, i) => i);
    const even = many.filter((i) => i % 2 === 0);
    assert.deepEqual(what(allBut(...even)), ["options"]);
    assert.deepEqual(what(allBut(...many.filter((i) => i % 2 === 1))), ["options"]);
  });
});

describe("a policy variable", () => {
  const own = { StringEquals: { "ses:FromAddress": "${aws:PrincipalTag/mail}@a.org" } };
  const from = (Version?: string): System => ({
    policies: [{ route: "inline", document: { ...(Version && { Version }), Statement: { ...send, Condition: own } } }],
  });

  it("is what AWS fills in", () => {
    assert.equal(told(maySend(modelOf(from("2012-10-17")))), "maybe: ${aws:PrincipalTag/mail}");
  });

  it("has a value where it is the user's name or has a default, which may be part of an address", () => {
    for (const variable of ["${aws:username}", "${aws:PrincipalTag/mail, 'a'}"]) {
      const Condition = { StringEquals: { "ses:FromAddress": `${variable}@a.org` } };
      const document = { Version: "2012-10-17", Statement: { ...send, Condition } };
      assert.equal(told(maySend(modelOf({ policies: [{ route: "inline", document }] }))), "yes");
    }
  });

  it("is but its characters where the document is of the version of 2008, which is that without a version", () => {
    assert.equal(told(maySend(modelOf(from("2008-10-17")))), "yes");
    assert.equal(told(maySend(modelOf(from()))), "yes");
  });

  it("is one where the version is not known", () => {
    const model = withDocument(
      mapOf({ Version: open("var.version"), Statement: valueOf({ ...send, Condition: own }) }),
    );
    assert.equal(told(maySend(model)), "maybe: ${aws:PrincipalTag/mail}");
  });
});

describe("a policy on an identity", () => {
  const arn = "arn:aws:ses:eu-west-1:111111111111:identity/a.org";
  const user = "arn:aws:iam::123456789012:user/mail";
  const root = "arn:aws:iam::123456789012:root";
  const on = (Effect: Statement["Effect"], principal: Pick<Statement, "Principal" | "NotPrincipal">): System => ({
    ...allow("ses:SendRawEmail", arn),
    onIdentities: [{ Statement: { Effect, Action: "ses:*", Resource: arn, ...principal } }],
  });
  const table: readonly (readonly [string, System, string])[] = [
    ["denies whom it names", on("Deny", { Principal: { AWS: user } }), "no"],
    ["denies everybody", on("Deny", { Principal: "*" }), "no"],
    ["denies others", on("Deny", { Principal: { AWS: "arn:aws:iam::123456789012:user/other" } }), "yes"],
    ["denies an account", on("Deny", { Principal: { AWS: root } }), "maybe: whether the user is in the account"],
    ["denies all but others", on("Deny", { NotPrincipal: { AWS: `${user}2` } }), "maybe: NotPrincipal"],
    ["denies all but the user", on("Deny", { NotPrincipal: { AWS: user } }), "maybe: NotPrincipal"],
    ["denies all but the user and the account", on("Deny", { NotPrincipal: { AWS: [user, root] } }), "yes"],
    ["allows all but the user", on("Allow", { NotPrincipal: { AWS: user } }), "yes"],
  ];
  for (const [what, system, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend(modelOf(system))), expected);
    });
  }

  it("denies a user in the worlds in which it names it", () => {
    const model = modelOf(on("Deny", { Principal: "*" }));
    const items = [{ guard: when("var.p", true), value: text(user, place()) }];
    const principal = mapOf({ AWS: { kind: "list", shape: "list", items, at: place() } });
    const identityPolicies = model.identityPolicies.map((policy) => ({
      ...policy,
      document: withUnknown(policy.document, "Principal", principal),
    }));
    assert.equal(told(maySend({ ...model, identityPolicies })), "no if var.p");
  });

  it("denies everybody who has a permissions boundary, by NotPrincipal", () => {
    const system = on("Deny", { NotPrincipal: { AWS: [user, root] } });
    const boundary = { Statement: { ...send, Action: "*" } };
    assert.equal(told(maySend(modelOf({ ...system, boundary }))), "no");
    assert.equal(told(maySend(modelOf({ ...on("Allow", { NotPrincipal: { AWS: user } }), boundary }))), "yes");
  });

  it("may allow a user that it does not name in NotPrincipal", () => {
    const { onIdentities } = on("Allow", { NotPrincipal: { AWS: `${user}2` } });
    const system = { ...nothing, ...(onIdentities && { onIdentities }) };
    assert.equal(told(maySend(modelOf(system))), "maybe: NotPrincipal");
    const named = on("Allow", { NotPrincipal: { AWS: user } }).onIdentities;
    assert.equal(told(maySend(modelOf({ ...nothing, ...(named && { onIdentities: named }) }))), "no");
  });

  it("allows a user that it names past a permissions boundary", () => {
    const { onIdentities } = on("Allow", { Principal: { AWS: user } });
    const boundary = { Statement: { ...send, Action: "s3:*" } };
    assert.equal(told(maySend(modelOf({ ...nothing, ...(onIdentities && { onIdentities }), boundary }))), "yes");
    assert.equal(told(maySend(modelOf({ ...inline(send), boundary }))), "no");
  });
});

describe("a policy on an identity that is known in part", () => {
  const others = "arn:aws:ses:eu-west-1:111111111111:identity/b.org";
  const policyOn = (identity: Value, document: Value = open("var.policy")) => ({
    ...modelOf(allow("ses:SendRawEmail", others)),
    identityPolicies: [{ address: "aws_ses_identity_policy.p", at: place(), guard: [], identity, document }],
  });
  const table: readonly (readonly [string, () => Model, string])[] = [
    ["of another identity, by its name", () => policyOn(text("a.org", place())), "yes"],
    ["of another identity, by its ARN", () => policyOn(text("arn:aws:ses:eu-west-1:1:identity/a.org", place())), "yes"],
    ["of the identity, by its name", () => policyOn(text("b.org", place())), "maybe: var.policy"],
    ["of the identity, by its ARN", () => policyOn(text(others, place())), "maybe: var.policy"],
    ["of an identity that is not known", () => policyOn(open("var.identity")), "maybe: var.identity"],
    ["of a number", () => policyOn({ kind: "number", value: 1, at: place() }), "maybe: var.policy"],
    [
      "for somebody who is not known",
      () =>
        policyOn(
          text("b.org", place()),
          mapOf({
            Statement: mapOf({
              Effect: text("Deny", place()),
              Action: text("ses:*", place()),
              Resource: text(others, place()),
              Principal: open("var.who"),
            }),
          }),
        ),
      "maybe: var.who",
    ],
  ];
  for (const [what, model, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend(model())), expected);
    });
  }
});

describe("a service control policy", () => {
  const deny: Statement = { Effect: "Deny", Action: "ses:*", Resource: "*" };
  const control = (target: Value, attached = "aws_organizations_policy.c", statement = deny): Model => ({
    ...modelOf(inline(send)),
    controlPolicies: [
      { address: "aws_organizations_policy.c", at: place(), guard: [], document: valueOf({ Statement: statement }) },
    ],
    controlAttachments: [
      { address: "attachment", at: place(), guard: [], policy: referenceTo(attached, "id"), target },
    ],
  });
  const root = text("r-ab12", place());
  const below = text("ou-ab12-cd34", place());
  const either: Value = {
    kind: "choice",
    at: place(),
    options: [
      { guard: on("p"), value: root },
      { guard: when("var.p", false), value: below },
    ],
  };
  const rootOf = (id: string) => referenceTo("aws_organizations_organization.main", id);
  const where = "maybe: whether the account of the user is below the target of the service control policy";
  const table: readonly (readonly [string, () => Model, string])[] = [
    ["at the root", () => control(root), "no"],
    ["at the root, by reference", () => control(rootOf("roots[0].id")), "no"],
    ["at what is no root, by reference", () => control(rootOf("id")), where],
    ["at a unit", () => control(below), where],
    ["at one or the other", () => control(either), where],
    ["at the root, but another", () => control(root, "aws_organizations_policy.d"), "yes"],
    [
      "that allows something else bounds nobody",
      () => control(root, undefined, { ...deny, Effect: "Allow", Action: "s3:*" }),
      "yes",
    ],
    [
      "that allows everything, as that of AWS's own, takes nothing",
      () => control(root, undefined, { ...deny, Effect: "Allow", Action: "*" }),
      "yes",
    ],
  ];
  for (const [what, model, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend(model())), expected);
    });
  }
});

describe("the evidence of a no", () => {
  const steps = (model: Model): readonly string[] => maySend(model).steps.map(({ message }) => message.text);
  const bounds = (Action: string) => ({ Statement: { ...send, Action } });
  const isA = "aws_iam_user.mail is an IAM user.";
  const holds = "grant.0 holds an inline policy.";

  it("of a yes is the shortest way", () => {
    const document = { Statement: send };
    const found = steps(
      modelOf({
        policies: [
          { route: "group-inline", document },
          { route: "inline", document },
        ],
      }),
    );
    assert.equal(found[1], "grant.1 holds an inline policy.");
  });

  it("is the user alone where it has nothing", () => {
    assert.deepEqual(steps(modelOf(nothing)), [isA]);
  });

  it("is a policy that says nothing of it, where there is no better", () => {
    assert.deepEqual(steps(modelOf(allow("s3:*"))), [isA, holds]);
  });

  it("is a statement about the action, on something else", () => {
    const elsewhere = modelOf(allow("ses:SendRawEmail", "arn:aws:s3:::a"));
    assert.deepEqual(steps(elsewhere), [
      isA,
      holds,
      "The statement allows actions on arn:aws:s3:::a.",
      "ses:SendRawEmail is allowed.",
    ]);
  });

  it("ends at the boundary that leaves it out", () => {
    const bounded = modelOf({ ...inline(send), boundary: bounds("s3:*") });
    const answer = maySend(bounded);
    assert.ok(answer.answer === "no" && answer.bounded !== undefined && answer.denied.length === 0);
    assert.equal(
      steps(bounded).at(-1),
      "The permissions boundary of aws_iam_user.mail does not allow ses:SendRawEmail.",
    );
  });

  it("is no boundary where nothing would be allowed without it", () => {
    const answer = maySend(modelOf({ ...nothing, boundary: bounds("s3:*") }));
    assert.ok(answer.answer === "no" && answer.bounded === undefined);
  });

  it("is the Deny and not the boundary where both take it", () => {
    const deny: Statement = { ...send, Effect: "Deny" };
    const answer = maySend(modelOf({ ...inline(send, deny), boundary: bounds("ses:*") }));
    assert.ok(answer.answer === "no" && answer.denied.length === 1 && answer.bounded === undefined);
    assert.equal(answer.steps.at(-1)?.message.text, "ses:SendRawEmail is denied.");
  });

  it("is each of two Denies that only together take it, and no third", () => {
    const from = (operator: string, address: string): Statement => {
      return { ...send, Effect: "Deny", Action: "ses:*", Condition: { [operator]: { "ses:FromAddress": address } } };
    };
    const inside = from("StringLike", "*@a.org");
    const model = modelOf(inline(send, from("StringEquals", "a@a.org"), inside, from("StringNotLike", "*@a.org")));
    const answer = maySend(model);
    assert.ok(answer.answer === "no" && answer.denied.length === 2);
    assert.deepEqual(
      steps(model).filter((one) => one === "ses:* is denied."),
      ["ses:* is denied.", "ses:* is denied."],
    );
    assert.deepEqual(
      answer.denied,
      answer.steps.filter(({ message }) => message.text === "ses:* is denied.").map(({ at }) => at),
    );
  });

  it("is one Deny where it alone takes what others take together", () => {
    const from = (operator: string): Statement => {
      return { ...send, Effect: "Deny", Condition: { [operator]: { "ses:FromAddress": "*@a.org" } } };
    };
    const whole: Statement = { ...send, Effect: "Deny", Action: "ses:*" };
    const answer = maySend(modelOf(inline(send, from("StringLike"), from("StringNotLike"), whole)));
    assert.ok(answer.answer === "no" && answer.denied.length === 1);
    assert.equal(answer.steps.at(-1)?.message.text, "ses:* is denied.");
  });

  it("is each of two Denies that are there one without the other", () => {
    const deny: Document = { Statement: { ...send, Effect: "Deny" } };
    const model = modelOf({
      policies: [
        { route: "inline", document: { Statement: send } },
        { route: "inline", document: deny, toggle: "p" },
        { route: "inline", document: deny },
      ],
    });
    const grants = model.grants.map((each, i) => (i === 2 ? { ...each, guard: when("var.p", false) } : each));
    const answer = maySend({ ...model, grants });
    assert.ok(answer.answer === "no" && answer.denied.length === 2);
  });

  it("is the Deny of the boundary, which the user has", () => {
    const deny: Statement = { ...send, Effect: "Deny" };
    assert.deepEqual(steps(modelOf({ ...inline(send), boundary: { Statement: [send, deny] } })), [
      isA,
      "aws_iam_user.mail has a permissions boundary.",
      "The statement denies actions on *.",
      "ses:SendRawEmail is denied.",
    ]);
  });

  it("is no Deny where NotResource leaves it out", () => {
    const answer = maySend(modelOf(inline({ Effect: "Allow", Action: "ses:*", NotResource: "*" })));
    assert.ok(answer.answer === "no" && answer.denied.length === 0);
  });

  it("is the way to what allows it in another world", () => {
    const under = modelOf({ policies: [{ route: "inline", document: { Statement: send }, toggle: "p" }] });
    assert.deepEqual(steps(under), [isA, holds]);
  });
});
