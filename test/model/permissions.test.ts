import assert from "node:assert/strict";
import { guardText, when } from "../../src/core/guard";
import { sameSpan } from "../../src/core/source";
import { concat, text } from "../../src/core/text";
import type { Text, Value } from "../../src/core/value";
import type { Grant, Model } from "../../src/model/model";
import { allowedPatterns, excess, mayDo, type Answer } from "../../src/model/permissions";
import { allow, attached, grant, inline, mapOf, maySend, nothing, send, told, withGrants, withStatements } from "./ask";
import { mail, modelOf, on, open, place, referenceTo, senders, theUser, valueOf } from "./system";
import type { Document, Statement, System } from "./system";

const aws = (name: string) => text(`arn:aws:iam::aws:policy/${name}`, place());

describe("may an SMTP user send?", () => {
  const table: readonly (readonly [string, System | Model, string])[] = [
    ["without policies", nothing, "no"],
    ["by the action", allow("ses:SendRawEmail"), "yes"],
    ["by the action in another case", allow("ses:sendrawemail"), "yes"],
    ["by a pattern", allow("ses:S?nd*Email"), "yes"],
    ["by ses:SendEmail, which SMTP does not use", allow("ses:SendEmail"), "no"],
    ["by ses:SendEmail*", allow("ses:SendEmail*"), "no"],
    ["by the prefix sesv2, which is none", allow("sesv2:SendRawEmail"), "no"],
    ["with action and resource swapped", allow("*", "ses:SendRawEmail"), "no"],
    ["on an identity", allow("ses:SendRawEmail", "arn:aws:ses:eu-west-1:123456789012:identity/a.org"), "yes"],
    ["on all that SES has", allow("ses:SendRawEmail", "arn:aws:ses:*:*:*"), "yes"],
    ["on all identities", allow("ses:SendRawEmail", "arn:aws:ses:*:*:identity*"), "yes"],
    [
      "on a type with a wildcard",
      allow("ses:SendRawEmail", "arn:aws:ses:*:*:iden*/a.org"),
      "maybe: a wildcard in the type of a resource",
    ],
    ["on a type with a wildcard, of another service", allow("ses:SendRawEmail", "arn:aws:iam::*:us*/a.org"), "no"],
    ["on configuration sets alone", allow("ses:*", "arn:aws:ses:*:*:configuration-set/*"), "no"],
    ["on a bucket", allow("*", "arn:aws:s3:::a/*"), "no"],
    ["on all of SES", allow("ses:*", "arn:aws:ses:*"), "yes"],
    ["from an address", allow("ses:SendRawEmail", "*", { StringLike: { "ses:FromAddress": "*@a.org" } }), "yes"],
    ["with version 1 of the API", allow("ses:SendRawEmail", "*", { StringEquals: { "ses:ApiVersion": "1" } }), "no"],
    ["with MFA", allow("ses:SendRawEmail", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }), "no"],
    [
      "from an address in the network",
      allow("ses:SendRawEmail", "*", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
      "yes",
    ],
    ["by a policy of AWS's own", withGrants(nothing, attached(aws("AmazonSESFullAccess"))), "yes"],
    [
      "by a policy of AWS's own in a path",
      withGrants(nothing, attached(aws("job-function/SystemAdministrator"))),
      "yes",
    ],
    ["by a policy that only reads", withGrants(nothing, attached(aws("AmazonSESReadOnlyAccess"))), "no"],
    ["by NotAction", inline({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), "yes"],
    ["but for a NotAction", inline({ Effect: "Allow", NotAction: "ses:*", Resource: "*" }), "no"],
  ];
  for (const [what, system, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend("users" in system ? system : modelOf(system))), expected);
    });
  }
});

describe("a Deny", () => {
  const table: readonly (readonly [string, Statement, string])[] = [
    ["on everything", { Effect: "Deny", Action: "ses:Send*", Resource: "*" }, "no"],
    ["on all identities", { Effect: "Deny", Action: "ses:*", Resource: "arn:aws:ses:*:*:identity/*" }, "no"],
    ["on one identity", { Effect: "Deny", Action: "ses:*", Resource: "arn:aws:ses:*:*:identity/a.org" }, "yes"],
    [
      "on all identities but one",
      { Effect: "Deny", Action: "*", NotResource: "arn:aws:ses:*:*:identity/a.org" },
      "yes",
    ],
    ["on what is no identity", { Effect: "Deny", Action: "ses:*", Resource: "arn:aws:ses:*:*:template/*" }, "yes"],
    ["of other actions", { Effect: "Deny", Action: "ses:SendEmail", Resource: "*" }, "yes"],
    ["of all but it", { Effect: "Deny", NotAction: "ses:SendRawEmail", Resource: "*" }, "yes"],
    [
      "in an account that may be the unit's own",
      { Effect: "Deny", Action: "ses:*", Resource: "arn:aws:ses:*:123456789012:identity/*" },
      "maybe: resources that overlap in part",
    ],
    [
      "without MFA, which SMTP never has",
      { ...send, Effect: "Deny", Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } },
      "no",
    ],
    [
      "without MFA, where the key must be there",
      { ...send, Effect: "Deny", Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } },
      "yes",
    ],
    [
      "of other addresses",
      { ...send, Effect: "Deny", Condition: { StringNotLike: { "ses:FromAddress": "*@a.org" } } },
      "yes",
    ],
    [
      "under a condition that only AWS can judge",
      { ...send, Effect: "Deny", Condition: { StringNotEquals: { "aws:PrincipalTag/team": "mail" } } },
      "maybe: a condition on aws:PrincipalTag/team",
    ],
  ];
  for (const [what, deny, expected] of table) {
    it(`${what}, and an Allow on *: ${expected}`, () => {
      assert.equal(told(maySend(modelOf(inline(send, deny)))), expected);
    });
  }

  it("has a place where it is the cause", () => {
    const model = modelOf({
      policies: [
        { route: "inline", document: { Statement: send } },
        { route: "group-inline", document: { Statement: { Effect: "Deny", Action: "ses:*", Resource: "*" } } },
      ],
    });
    const answer = maySend(model);
    assert.equal(answer.answer, "no");
    assert.ok(answer.denied);
    assert.deepEqual(answer.steps.at(-1)?.at, answer.denied);
    assert.equal(answer.steps.at(-1)?.message.text, "ses:* is denied.");
  });

  it("and another under the opposite condition may leave nothing", () => {
    const from = (operator: string): Statement => {
      return { ...send, Effect: "Deny", Condition: { [operator]: { "ses:FromAddress": "*@a.org" } } };
    };
    const both = inline(send, from("StringLike"), from("StringNotLike"));
    assert.equal(told(maySend(modelOf(both))), "maybe: a Deny under a condition");
  });

  it("does not take away what is allowed on an overlapping, not a covered, resource", () => {
    const one = (identity: string, Effect: "Allow" | "Deny"): Statement => {
      return { Effect, Action: "ses:SendRawEmail", Resource: `arn:aws:ses:*:*:identity/${identity}` };
    };
    assert.equal(told(maySend(modelOf(inline(one("*.org", "Allow"), one("a*", "Deny"))))), "yes");
    assert.equal(told(maySend(modelOf(inline(one("a*", "Allow"), one("*", "Deny"))))), "no");
  });

  it("on what may be all is open beside one on something else", () => {
    const Resource = ["arn:aws:ses:*:123456789012:identity/*", "arn:aws:ses:*:*:identity/a.org"];
    const deny: Statement = { Effect: "Deny", Action: "ses:*", Resource };
    assert.equal(told(maySend(modelOf(inline(send, deny)))), "maybe: resources that overlap in part");
  });

  it("for the very addresses that the Allow is for leaves it open whether any are left", () => {
    const Condition = { StringLike: { "ses:FromAddress": "*@a.org" } };
    const model = modelOf(inline({ ...send, Condition }, { ...send, Effect: "Deny", Condition }));
    assert.equal(told(maySend(model)), "maybe: a Deny under a condition");
  });

  it("of the organization that is not known is open", () => {
    const model = modelOf({ ...inline(send), control: [{ Statement: [] }] });
    assert.equal(told(maySend(model)), "yes");
    const controlPolicies = model.controlPolicies.map((policy) => ({ ...policy, document: open("var.control") }));
    assert.equal(told(maySend({ ...model, controlPolicies })), "maybe: var.control");
  });

  it("of all but what is not known is open", () => {
    const model = modelOf(inline(send));
    const deny = valueOf({ Statement: { Effect: "Deny", Action: "*", NotResource: "" } });
    const hidden: Value = { kind: "list", shape: "list", items: [], rest: open("var.spared"), at: place() };
    const document = withUnknown(deny, "NotResource", hidden);
    const denial = grant(referenceTo(mail.address, "name"), { kind: "inline", name: undefined, document });
    assert.equal(told(maySend({ ...model, grants: [...model.grants, denial] })), "maybe: var.spared");
  });

  it("on the very resources of the Allow leaves nothing, also where they are no one pattern with the type", () => {
    const Resource = "arn:aws:ses:*:*:*a*n*";
    const model = modelOf(inline({ ...send, Resource }, { ...send, Effect: "Deny", Resource }));
    assert.equal(told(maySend(model)), "no");
  });
});

describe("what is unknown", () => {
  const policyWith = (key: string, value: Value): Grant => {
    const { Action, ...rest } = send;
    const document = valueOf({ Statement: { ...(key === "NotAction" ? rest : { Action, ...rest }), [key]: "" } });
    if (document.kind !== "map") throw new Error("An object is a map.");
    const hidden = document.entries.map((entry) => {
      if (entry.value.kind !== "map") return entry;
      const entries = entry.value.entries.map((each) => (each.key === key ? { ...each, value } : each));
      return { ...entry, value: { ...entry.value, entries } };
    });
    const policy = { kind: "inline" as const, name: undefined, document: { ...document, entries: hidden } };
    return grant(referenceTo(mail.address, "name"), policy);
  };
  const identity = (...parts: readonly (string | ReturnType<typeof open>)[]): Text => {
    const pieces = parts.flatMap((part): Text["pieces"] =>
      typeof part === "string" ? text(part, place()).pieces : [{ kind: "hole", unknown: part }],
    );
    return { kind: "text", pieces, at: place() };
  };
  const membership = (group: Value): Model => {
    const model = modelOf(nothing);
    return { ...model, memberships: model.memberships.map((each) => ({ ...each, group })) };
  };
  const table: readonly (readonly [string, Model, string])[] = [
    [
      "a document",
      withGrants(nothing, grant(text("mail", place()), { kind: "inline", name: undefined, document: open("var.doc") })),
      "maybe: var.doc",
    ],
    ["an ARN", withGrants(nothing, attached(open("var.arn"))), "maybe: var.arn"],
    ["an ARN beside a known Allow", withGrants(inline(send), attached(open("var.arn"))), "maybe: var.arn"],
    [
      "a customer policy outside",
      withGrants(nothing, attached(text("arn:aws:iam::123456789012:policy/x", place()))),
      "maybe: the policy arn:aws:iam::123456789012:policy/x",
    ],
    [
      "a customer policy outside, beside a known Allow",
      withGrants(inline(send), attached(text("arn:aws:iam::123456789012:policy/x", place()))),
      "yes",
    ],
    [
      "the holder",
      withGrants(nothing, grant(open("var.user"), { kind: "managed", arn: aws("AmazonSESFullAccess") })),
      "maybe: var.user",
    ],
    [
      "the holder of a policy that does not matter",
      withGrants(nothing, grant(open("var.user"), { kind: "managed", arn: aws("AmazonS3FullAccess") })),
      "no",
    ],
    ["an action", withGrants(nothing, policyWith("Action", open("var.action"))), "maybe: var.action"],
    ["a resource", withGrants(nothing, policyWith("Resource", open("var.resource"))), "maybe: var.resource"],
    [
      "the type of a resource in a region that does not matter",
      withGrants(
        nothing,
        policyWith("Resource", identity("arn:aws:ses:", open("var.region"), ":1:", open("var.type"), "/a.org")),
      ),
      "maybe: var.type",
    ],
    [
      "an effect beside a known Allow",
      withGrants(inline(send), policyWith("Effect", open("var.effect"))),
      "maybe: var.effect",
    ],
    [
      "account and domain of an identity",
      withGrants(
        nothing,
        policyWith(
          "Resource",
          identity("arn:aws:ses:", open("var.region"), ":", open("account"), ":identity/", open("var.domain")),
        ),
      ),
      "yes",
    ],
    [
      "what NotAction leaves out",
      withGrants(
        nothing,
        policyWith("NotAction", { kind: "list", shape: "list", items: [], rest: open("var.not"), at: place() }),
      ),
      "maybe: var.not",
    ],
    [
      "one of the actions that NotAction leaves out",
      withGrants(nothing, policyWith("NotAction", open("var.not"))),
      "maybe: var.not",
    ],
    [
      "the name of a bucket",
      withGrants(nothing, policyWith("Resource", identity("arn:aws:s3:::", open("var.bucket"), "/*"))),
      "no",
    ],
    ["a group", membership(open("var.group")), "maybe: var.group"],
    ["a group outside", membership(text("admins", place())), "maybe: the group admins"],
    [
      "the group that SES makes",
      membership(text("AWSSESSendingGroupDoNotRename", place())),
      "maybe: the group AWSSESSendingGroupDoNotRename",
    ],
    [
      "a policy outside, of the account that is the unit's own",
      withGrants(nothing, attached(identity("arn:aws:iam::", open("account"), ":policy/team/Developer"))),
      "maybe: the policy arn:aws:iam::${account}:policy/team/Developer",
    ],
    [
      "what such a policy gives besides",
      withGrants(inline(send), attached(identity("arn:aws:iam::", open("account"), ":policy/Developer"))),
      "yes",
    ],
    [
      "such a policy as boundary",
      {
        ...modelOf(inline(send)),
        users: [{ ...mail, boundary: identity("arn:aws:iam::", open("account"), ":policy/Developer") }],
      },
      "maybe: the permissions boundary arn:aws:iam::${account}:policy/Developer",
    ],
    [
      "a policy whose name is not known",
      withGrants(inline(send), attached(identity("arn:aws:iam::", open("account"), ":policy/", open("var.name")))),
      "maybe: account",
    ],
    [
      "the boundary",
      { ...modelOf(inline(send)), users: [{ ...mail, boundary: open("var.boundary") }] },
      "maybe: var.boundary",
    ],
    [
      "all that a data source's user has",
      { ...modelOf(nothing), users: [{ ...mail, outside: open("data.user") }] },
      "maybe: data.user",
    ],
    [
      "what a data source's user has besides",
      { ...modelOf(inline(send)), users: [{ ...mail, outside: open("data.user") }] },
      "yes",
    ],
  ];
  for (const [what, model, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend(model)), expected);
    });
  }
});

describe("an open world", () => {
  const gap = (...inputs: readonly Value[]) => ({
    address: "module.remote",
    at: place(),
    guard: [],
    unknown: open("module.remote"),
    inputs,
  });
  const output = (value: Value) => ({
    address: "output.user",
    at: place(),
    guard: [],
    name: "user",
    value,
    valueAt: place(),
    sensitive: false,
    exported: false,
  });
  const library = { path: "", kind: "library", dialect: "terraform" } as const;
  const withPolicy = (statement: Statement): Model => ({
    ...modelOf(nothing),
    policies: [
      { address: "p", at: place(), guard: [], name: text("p", place()), document: valueOf({ Statement: statement }) },
    ],
  });
  const unattached = withPolicy(send);
  const identityPolicy = (arn: string) => valueOf({ Statement: { ...send, Principal: { AWS: [arn] } } });

  const around = (before: string, after: string): Text => {
    const user = referenceTo(mail.address, "name");
    return concat(
      [
        text(before, place()),
        { kind: "text", at: place(), pieces: [{ kind: "hole", unknown: user }] },
        text(after, place()),
      ],
      place(),
    );
  };

  const table: readonly (readonly [string, Model, string])[] = [
    ["a policy that nobody attaches", unattached, "no"],
    [
      "a module that is handed the user",
      { ...modelOf(nothing), gaps: [gap(referenceTo(mail.address, "name"))] },
      "maybe: module.remote",
    ],
    [
      "a module that is handed its group in a map",
      { ...modelOf(nothing), gaps: [gap(mapOf({ groups: referenceTo(senders.address, "name") }))] },
      "maybe: module.remote",
    ],
    [
      "a module that is handed something else",
      { ...modelOf(nothing), gaps: [gap(referenceTo("aws_s3_bucket.b", "arn"))] },
      "no",
    ],
    [
      "a module that is handed the policy",
      { ...unattached, gaps: [gap(referenceTo("p", "arn"))] },
      "maybe: module.remote",
    ],
    [
      "a module that is handed a policy of something else",
      { ...withPolicy({ ...send, Action: "s3:*" }), gaps: [gap(referenceTo("p", "arn"))] },
      "no",
    ],
    [
      "an identity policy that names the user",
      { ...modelOf(nothing), gaps: [gap(identityPolicy("arn:aws:iam::123456789012:user/eu/mail"))] },
      "maybe: module.remote",
    ],
    [
      "a parameter's path that the user's name stands in",
      { ...modelOf(nothing), gaps: [gap(around("/mail/", "/password"))] },
      "no",
    ],
    ["a sentence about the user", { ...modelOf(nothing), gaps: [gap(around("The key of ", " for mail."))] }, "no"],
    [
      "a command that names the user",
      { ...modelOf(nothing), gaps: [gap(around("aws iam attach-user-policy --user-name ", " --policy-arn x"))] },
      "maybe: module.remote",
    ],
    [
      "an ARN of the user that is put together",
      { ...modelOf(nothing), gaps: [gap(around("arn:aws:iam::123456789012:user/eu/", ""))] },
      "maybe: module.remote",
    ],
    [
      "a policy as text that names the user",
      { ...modelOf(nothing), gaps: [gap(around('{"Principal": {"AWS": "', '"}}'))] },
      "maybe: module.remote",
    ],
    [
      "an identity policy that names another",
      { ...modelOf(nothing), gaps: [gap(identityPolicy("arn:aws:iam::123456789012:user/mailer"))] },
      "no",
    ],
    [
      "a library that keeps the user",
      { ...modelOf(nothing), unit: library, outputs: [output(text("x", place()))] },
      "no",
    ],
    [
      "a library that hands the user out",
      { ...modelOf(nothing), unit: library, outputs: [output(referenceTo(mail.address, "arn"))] },
      "maybe: a caller of the library",
    ],
    [
      "a root that outputs the user",
      { ...modelOf(nothing), outputs: [output(referenceTo(mail.address, "arn"))] },
      "no",
    ],
    [
      "a policy of AWS's own that may be another user's",
      withGrants(nothing, grant(open("var.user"), { kind: "managed", arn: aws("AmazonSESFullAccess") })),
      "maybe: var.user",
    ],
    [
      "a policy of AWS's own of which the name is known in part",
      withGrants(
        nothing,
        attached(
          concat(
            [
              aws(""),
              { kind: "text", at: place(), pieces: [{ kind: "hole", unknown: open("var.level") }] },
              text("AmazonSESFullAccess", place()),
            ],
            place(),
          ),
        ),
      ),
      "maybe: var.level",
    ],
    [
      "a library whose user may send",
      { ...modelOf(inline(send)), unit: library, outputs: [output(referenceTo(mail.address, "arn"))] },
      "yes",
    ],
  ];
  for (const [what, model, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(maySend(model)), expected);
    });
  }
});

describe("guards", () => {
  const underToggle: System = { policies: [{ route: "inline", document: { Statement: send }, toggle: "p" }] };

  it("a policy that is there under a guard is missing where it does not hold", () => {
    assert.equal(told(maySend(modelOf(underToggle))), "no if not var.p");
  });

  it("a user and its policy under one guard are there together", () => {
    const model = modelOf(underToggle);
    assert.equal(told(maySend({ ...model, users: [{ ...mail, guard: on("p") }] })), "yes");
    assert.equal(told(maySend({ ...model, users: [{ ...mail, guard: when("var.p", false) }] })), "no if not var.p");
  });

  it("two policies that take turns leave nothing out", () => {
    const model = modelOf(underToggle);
    const grants = model.grants.flatMap((each) => [each, { ...each, address: "other", guard: when("var.p", false) }]);
    assert.equal(told(maySend({ ...model, grants })), "yes");
  });

  it("an Allow may be known in one world and open in another", () => {
    const model = withGrants(underToggle, { ...attached(open("var.arn")), guard: when("var.p", false) });
    assert.equal(told(maySend(model)), "maybe: var.arn");
  });

  it("too many of them are told as open, in time", () => {
    const policies = Array.from({ length: 200 }, (_, i) => ({
      route: "inline" as const,
      document: { Statement: { ...send, Resource: `arn:aws:ses:*:*:identity/${i}.org` } },
    }));
    const model = modelOf({ policies });
    const grants = model.grants.map((each, i) => ({ ...each, guard: [...on(`a${i}`), ...on(`b${i}`)] }));
    assert.equal(maySend({ ...model, grants }).answer, "maybe");
  });
});

describe("actions without a resource", () => {
  const table: readonly (readonly [string, string, Answer["answer"]])[] = [
    ["iam:ListUsers", "*", "yes"],
    ["iam:ListUsers", "arn:aws:iam::*:*", "yes"],
    ["iam:ListUsers", "arn:aws:iam::123456789012:*", "yes"],
    ["iam:ListUsers", "arn:aws:iam::*:user/*", "maybe"],
    ["iam:ListUsers", "arn:aws:iam::*:user/ses-smtp-user.*", "no"],
    ["iam:ListUsers", "arn:aws:ses:*:*:*", "no"],
    ["iam:CreateUser", "arn:aws:iam::*:user/ses-smtp-user.*", "yes"],
    ["iam:CreateUser", "arn:aws:iam::*:group/*", "no"],
    ["ses:GetSendQuota", "*", "yes"],
    ["ses:GetSendQuota", "arn:aws:ses:*:*:identity/*", "no"],
    ["ses:GetSendQuota", "arn:aws:ses:*:*:*", "maybe"],
    ["ses:GetSendQuota", "arn:aws:iam::*:user/*", "no"],
    ["ses:GetSendQuota", "arn:aws:iam::*:*", "no"],
    ["ses:SendBulkEmail", "arn:aws:ses:*:*:*", "yes"],
    // It is checked on a template, too.
    ["ses:SendBulkEmail", "arn:aws:ses:*:*:identity/*", "no"],
  ];
  for (const [action, resource, expected] of table) {
    it(`${action} on ${resource}: ${expected}`, () => {
      const model = modelOf(allow(action, resource));
      assert.equal(mayDo(model, theUser(model), action).answer, expected);
    });
  }
});

describe("an action without a resource, on one that is not known", () => {
  const ask = (Resource: Value) => {
    const model = withStatements({ Effect: text("Allow", place()), Action: text("iam:ListUsers", place()), Resource });
    return told(mayDo(model, theUser(model), "iam:ListUsers"));
  };
  const ends = (start: string): Text => {
    const hole: Text = { kind: "text", at: place(), pieces: [{ kind: "hole", unknown: open("var.path") }] };
    return concat([text(start, place()), hole], place());
  };

  it("is open where it may be all, or all of IAM", () => {
    assert.equal(ask(open("var.resource")), "maybe: var.resource");
    assert.equal(ask(ends("arn:aws:iam::*:")), "maybe: var.path");
  });

  it("of SES is open where it may be all", () => {
    const one = { Effect: text("Allow", place()), Action: text("ses:GetSendQuota", place()) };
    const model = withStatements({ ...one, Resource: open("var.resource") });
    assert.equal(told(mayDo(model, theUser(model), "ses:GetSendQuota")), "maybe: var.resource");
  });

  it("is denied on all, on all of IAM, and perhaps on all users", () => {
    const denied = (Resource: string) => {
      const all: Statement = { Effect: "Allow", Action: "iam:*", Resource: "*" };
      const model = modelOf(inline(all, { Effect: "Deny", Action: "iam:ListUsers", Resource }));
      return mayDo(model, theUser(model), "iam:ListUsers").answer;
    };
    assert.equal(denied("*"), "no");
    assert.equal(denied("arn:aws:iam::*:*"), "no");
    assert.equal(denied("arn:aws:iam::*:user/*"), "maybe");
    assert.equal(denied("arn:aws:s3:::*"), "yes");
  });

  it("is refused where it is about something else in any case", () => {
    assert.equal(ask(ends("arn:aws:s3:::")), "no");
    assert.equal(ask(ends("arn:aws:iam::*:role/")), "no");
  });
});

describe("a permissions boundary", () => {
  const bounded = (boundary: Document) => told(maySend(modelOf({ ...inline(send), boundary })));

  it("takes away what it does not allow", () => {
    assert.equal(bounded({ Statement: { ...send, Action: "s3:*" } }), "no");
    assert.equal(bounded({ Statement: { ...send, Action: "ses:*" } }), "yes");
    assert.equal(
      bounded({
        Statement: [
          { ...send, Action: "*" },
          { ...send, Effect: "Deny" },
        ],
      }),
      "no",
    );
  });

  it("may leave but the addresses that a Deny is for", () => {
    const Condition = { StringLike: { "ses:FromAddress": "*@a.org" } };
    const deny: Statement = { ...send, Effect: "Deny", Condition };
    const all = modelOf({ ...inline(send, deny), boundary: { Statement: { ...send, Condition } } });
    assert.equal(told(maySend(all)), "maybe: a Deny under a condition");
    const some = modelOf({ ...inline({ ...send, Condition }, deny), boundary: { Statement: send } });
    assert.equal(told(maySend(some)), "maybe: a Deny under a condition");
  });

  it("may ask for another address than the policy does", () => {
    const from = (domain: string): Statement => ({
      ...send,
      Condition: { StringLike: { "ses:FromAddress": `*@${domain}` } },
    });
    const model = modelOf({ ...inline(from("a.org")), boundary: { Statement: from("b.org") } });
    assert.equal(maySend(model).answer, "maybe");
  });

  it("takes away nothing that another Allow of it gives", () => {
    const identity = "arn:aws:ses:*:*:identity/a.org";
    assert.equal(
      bounded({
        Statement: [
          { ...send, Action: "s3:*" },
          { ...send, Resource: identity },
        ],
      }),
      "yes",
    );
  });

  it("is not known where its name is in another case", () => {
    const model = modelOf({ ...inline(send), boundary: { Statement: { ...send, Effect: "Deny" } } });
    const users = [{ ...mail, boundary: text("arn:aws:iam::123456789012:policy/B", place()) }];
    assert.equal(maySend({ ...model, users }).answer, "maybe");
  });

  it("may be a policy of AWS's own", () => {
    const within = (name: string) =>
      told(maySend({ ...modelOf(inline(send)), users: [{ ...mail, boundary: aws(name) }] }));
    assert.equal(within("AmazonSESFullAccess"), "yes");
    assert.equal(within("AmazonS3FullAccess"), "no");
  });
});

describe("excess over ses:SendRawEmail", () => {
  function items(model: Model): readonly string[] {
    const found = excess(model, theUser(model), ["ses:SendRawEmail"]);
    const more = found.because.map(({ reason }) => `open: ${reason.what}`);
    const lines = found.items.map(({ pattern, reach, actions, managedPolicy, guard }) => {
      const few = actions !== undefined && actions.length <= 10 ? actions.join(" ") : undefined;
      const parts = [pattern.text, reach, few, managedPolicy, guardText(guard)];
      return parts.filter((part) => part !== undefined && part !== "").join(", ");
    });
    return [...lines, ...more];
  }

  const table: readonly (readonly [string, System | Model, readonly string[]])[] = [
    ["nothing", nothing, []],
    ["exactly it", allow("ses:SendRawEmail"), []],
    ["a pattern that matches no more", allow("ses:SendRaw*"), []],
    ["names that SES does not have", allow(["ses:Foo", "sesv2:SendEmail", "email:Send"]), []],
    ["ses:SendEmail", allow(["ses:SendEmail", "ses:SendRawEmail"]), ["ses:SendEmail, ses, ses:sendemail"]],
    ["ses:*", allow("ses:*"), ["ses:*, all-ses"]],
    ["everything", allow("*"), ["*, everything"]],
    ["everything of every service", allow("*:*"), ["*:*, everything"]],
    ["another service", allow(["ses:SendRawEmail", "s3:GetObject"]), ["s3:GetObject, other-service"]],
    ["iam:PassRole", allow("iam:PassRole"), ["iam:PassRole, other-service"]],
    ["services whose names begin alike", allow("s*:*"), ["s*:*, other-service"]],
    ["ses:?*, which is all that SES has", allow("ses:?*"), ["ses:?*, all-ses"]],
    ["action and resource swapped", allow("*", "ses:SendRawEmail"), []],
    ["another service on an identity", allow("s3:*", "arn:aws:ses:*:*:identity/a.org"), []],
    [
      "NotAction",
      inline({ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }),
      ["everything but iam:* and sts:*, everything"],
    ],
    [
      "NotAction beside SES",
      inline({ Effect: "Allow", NotAction: "ses:*", Resource: "*" }),
      ["everything but ses:*, everything"],
    ],
    [
      "ses:* from an address, which few actions know",
      allow("ses:Send*", "*", { StringLike: { "ses:FromAddress": "*@a.org" } }),
      [
        "ses:Send*, ses, ses:sendbounce ses:sendbulktemplatedemail ses:sendcustomverificationemail ses:sendemail ses:sendtemplatedemail",
      ],
    ],
    [
      "under a condition that may never match",
      allow("s3:*", "*", { StringEquals: { "aws:PrincipalTag/a": "b" } }),
      ["open: a condition on aws:PrincipalTag/a"],
    ],
    [
      "minus a Deny of all else",
      inline({ ...send, Action: "*" }, { Effect: "Deny", NotAction: "ses:SendRawEmail", Resource: "*" }),
      [],
    ],
    [
      "minus a Deny of other services",
      inline({ ...send, Action: "*" }, { Effect: "Deny", NotAction: "ses:*", Resource: "*" }),
      ["*, all-ses"],
    ],
    [
      "minus a Deny of some",
      inline({ ...send, Action: "s3:*" }, { Effect: "Deny", Action: "s3:Delete*", Resource: "*" }),
      ["s3:*, other-service"],
    ],
    [
      "a policy of AWS's own",
      withGrants(nothing, attached(aws("AmazonSESFullAccess"))),
      ["ses:*, all-ses, AmazonSESFullAccess"],
    ],
    [
      "an administrator's policy",
      withGrants(nothing, attached(aws("AdministratorAccess"))),
      ["*, everything, AdministratorAccess"],
    ],
    [
      "another service's policy",
      withGrants(nothing, attached(aws("AmazonSQSReadOnlyAccess"))),
      ["sqs:…, other-service, AmazonSQSReadOnlyAccess"],
    ],
    [
      "a policy under a toggle",
      { policies: [{ route: "attached", document: { Statement: { ...send, Action: "ses:*" } }, toggle: "p" }] },
      ["ses:*, all-ses, var.p"],
    ],
    [
      "a token that is in excess for sure, and in part perhaps denied",
      inline(
        { ...send, Action: "s3:*" },
        {
          Effect: "Deny",
          Action: "s3:Put*",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalTag/a": "b" } },
        },
      ),
      ["s3:*, other-service"],
    ],
    [
      "a token that is in excess for sure, and of which other actions are perhaps denied",
      inline(
        { ...send, Action: "ses:*" },
        {
          Effect: "Deny",
          Action: "ses:Get*",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalTag/a": "b" } },
        },
      ),
      ["ses:*, all-ses"],
    ],
    ["an unknown action", withGrants(nothing, attached(open("var.arn"))), ["open: var.arn"]],
    [
      "a known Allow beside an unknown policy",
      withGrants(allow("ses:*"), attached(open("var.arn"))),
      ["ses:*, all-ses", "open: var.arn"],
    ],
  ];
  for (const [what, system, expected] of table) {
    it(`${what}: ${expected.join("; ") || "none"}`, () => {
      assert.deepEqual(items("users" in system ? system : modelOf(system)), expected);
    });
  }

  it("is open where only an effect that is not known lets an action of the boundary pass", () => {
    const boundary = { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } } as const;
    const model = modelOf({ ...allow("*"), boundary });
    const policies = model.policies.map((policy) => {
      const { document } = policy;
      return { ...policy, document: withUnknown(document, "Effect", open("var.effect")) };
    });
    assert.deepEqual(items(model), ["*, other-service"]);
    assert.deepEqual(items({ ...model, policies }), ["open: var.effect"]);
  });

  it("is none of what a pattern allows besides", () => {
    const model = modelOf(allow(["ses:SendRawEmail", "ses:GetAcc*"]));
    const besides = (pattern: string) => excess(model, theUser(model), ["ses:SendRawEmail", pattern]).items.length;
    assert.equal(besides("ses:*tAccount*"), 0);
    assert.equal(besides("ses:*Identity"), 1);
  });

  it("is not open because of the group that SES makes", () => {
    const model = modelOf(inline(send));
    const group = text("AWSSESSendingGroupDoNotRename", place());
    assert.deepEqual(items({ ...model, memberships: model.memberships.map((each) => ({ ...each, group })) }), []);
  });

  it("stands on the token, and on the ARN of a policy of AWS's own", () => {
    const own = modelOf(allow(["ses:SendRawEmail", "ses:Get*"]));
    const arn = aws("AmazonSESFullAccess");
    const model = { ...own, grants: [...own.grants, attached(arn)] };
    const found = excess(model, theUser(model), ["ses:SendRawEmail"]).items;
    const tokens = found.map((item) => [item.pattern.text, sameSpan(item.at, arn.at)]);
    assert.deepEqual(tokens, [
      ["ses:Get*", false],
      ["ses:*", true],
    ]);
    assert.deepEqual(
      found.map((item) => item.steps.map((step) => step.message.text)),
      [
        [
          "aws_iam_user.mail is an IAM user.",
          "grant.0 holds an inline policy.",
          "The statement allows actions on *.",
          "ses:Get* is allowed.",
        ],
        [
          "aws_iam_user.mail is an IAM user.",
          "aws_iam_user_policy_attachment.x attaches arn:aws:iam::aws:policy/AmazonSESFullAccess.",
          "AmazonSESFullAccess allows ses:*.",
        ],
      ],
    );
  });

  it("is told by the patterns that are allowed", () => {
    const model = withGrants(allow(["ses:Send*", "ses:Get*"]), attached(aws("AmazonSQSReadOnlyAccess")));
    assert.deepEqual(
      allowedPatterns(model, theUser(model)).map((message) => message.text),
      ["ses:Send*", "ses:Get*", "sqs:…"],
    );
  });
});

/** The document with another value for an element of its statements. */
function withUnknown(value: Value, key: string, unknown: Value): Value {
  if (value.kind !== "map") return value;
  const entries = value.entries.map((entry) => {
    return { ...entry, value: entry.key === key ? unknown : withUnknown(entry.value, key, unknown) };
  });
  return { ...value, entries };
}
