import assert from "node:assert/strict";
import { negate, when, whenAny } from "../../../src/core/guard";
import { concat, text } from "../../../src/core/text";
import type { Text, Value } from "../../../src/core/value";
import type { Model } from "../../../src/model/model";
import { mayDo, type Answer } from "../../../src/model/permissions/permissions";
import {
  allow,
  attached,
  grant,
  inline,
  mapOf,
  maySend,
  nothing,
  ofAws,
  send,
  told,
  withGrants,
  withStatements,
  withUnknown,
} from "../ask";
import {
  mail,
  modelOf,
  on,
  open,
  place,
  referenceTo,
  theUser,
  valueOf,
  type Document,
  type Statement,
  type System,
} from "../system";

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
    ["by a policy of AWS's own", withGrants(nothing, attached(ofAws("AmazonSESFullAccess"))), "yes"],
    [
      "by a policy of AWS's own in a path",
      withGrants(nothing, attached(ofAws("job-function/SystemAdministrator"))),
      "yes",
    ],
    ["by a policy that only reads", withGrants(nothing, attached(ofAws("AmazonSESReadOnlyAccess"))), "no"],
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
      "maybe: aws:PrincipalTag/team of a request",
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
    assert.deepEqual([answer.steps.at(-1)?.at], answer.denied);
    assert.equal(answer.steps.at(-1)?.message.text, "ses:* is denied.");
  });

  it("has none where it is never there with what it would take", () => {
    const deny: Document = { Statement: { ...send, Effect: "Deny" } };
    const model = modelOf({
      policies: [
        { route: "inline", document: { Statement: send }, toggle: "p" },
        { route: "inline", document: deny },
      ],
    });
    const grants = model.grants.map((each, i) => (i === 0 ? each : { ...each, guard: when("var.p", false) }));
    const answer = maySend({ ...model, grants });
    assert.equal(told(answer), "no if not var.p");
    assert.ok(answer.answer === "no" && answer.denied.length === 0);
  });

  it("on all identities of the account that the Allow is for leaves nothing", () => {
    const of = (resource: string) => `arn:aws:ses:*:111111111111:${resource}`;
    const denied: Statement = { Effect: "Deny", Action: "ses:*", Resource: of("identity/*") };
    assert.equal(told(maySend(modelOf(inline({ ...send, Resource: of("*") }, denied)))), "no");
  });

  it("in another account than the Allow takes nothing, whatever the pattern of its resource", () => {
    for (const resource of ["identity/*", "*a*n*"]) {
      const allowed = { ...send, Resource: `arn:aws:ses:*:111111111111:${resource}` };
      const denied: Statement = { Effect: "Deny", Action: "ses:*", Resource: "arn:aws:ses:*:222222222222:*" };
      assert.equal(told(maySend(modelOf(inline(allowed, denied)))), "yes");
    }
  });

  it("and another under the opposite condition leave nothing", () => {
    const from = (operator: string): Statement => {
      return { ...send, Effect: "Deny", Condition: { [operator]: { "ses:FromAddress": "*@a.org" } } };
    };
    const both = inline(send, from("StringLike"), from("StringNotLike"));
    assert.equal(told(maySend(modelOf(both))), "no");
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

  it("for the very addresses that the Allow is for leaves none", () => {
    const Condition = { StringLike: { "ses:FromAddress": "*@a.org" } };
    const model = modelOf(inline({ ...send, Condition }, { ...send, Effect: "Deny", Condition }));
    assert.equal(told(maySend(model)), "no");
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

describe("guards", () => {
  const underToggle: System = { policies: [{ route: "inline", document: { Statement: send }, toggle: "p" }] };

  it("a policy that is there under a guard is missing where it does not hold", () => {
    assert.equal(told(maySend(modelOf(underToggle))), "no if not var.p");
  });

  it("a policy that is not known is missing, too, where it is not there", () => {
    const policy = { kind: "inline", name: undefined, document: open("var.document") } as const;
    const unknown = { ...grant(referenceTo(mail.address, "name"), policy), guard: on("p") };
    assert.equal(told(maySend(withGrants(nothing, unknown))), "no if not var.p");
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

  it("of things whose number is not known: that there are none is a choice where all else is known", () => {
    const model = modelOf(inline(send));
    const some = whenAny("var.list");
    const [none = some] = negate(some);
    const grants = model.grants.map((each) => ({ ...each, guard: some }));
    assert.equal(told(maySend({ ...model, grants })), "no if not var.list");
    assert.equal(told(maySend({ ...model, grants, users: [{ ...mail, guard: some }] })), "yes");
    assert.equal(told(maySend({ ...model, grants, users: [{ ...mail, guard: none }] })), "no if not var.list");
    const unknown = { ...attached(open("var.arn")), guard: some };
    assert.equal(told(maySend({ ...model, grants: [unknown] })), "maybe: the outcome of var.list");
  });

  it("too many policies that are not known are told as open", () => {
    const unknowns = Array.from({ length: 40 }, (_, i) => ({
      ...attached(open("var.arn")),
      guard: [...on(`a${i}`), ...on(`b${i}`)],
    }));
    const answer = maySend(withGrants(inline(send), ...unknowns));
    assert.ok(answer.answer === "maybe");
    assert.deepEqual([...new Set(answer.because.map(({ reason }) => reason.what))].sort(), ["options", "var.arn"]);
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
    ["s3:GetObject", "arn:aws:s3:::a/*", "yes"],
    ["s3:GetObject", "arn:aws:sqs:*:*:*", "no"],
    // No resource of the service is known.
    ["activate:GetProgram", "*", "yes"],
    ["activate:GetProgram", "arn:aws:activate:*:*:*/a", "no"],
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

describe("actions of the API", () => {
  const ask = (system: System, action: string) => {
    const model = modelOf(system);
    return told(mayDo(model, theUser(model), action));
  };

  it("may be signed for with MFA, which SMTP never has", () => {
    const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    assert.equal(ask(allow("*", "*", mfa), "iam:CreateUser"), "yes");
    assert.equal(ask(allow("*", "*", mfa), "ses:SendRawEmail"), "no");
  });

  it("are asked on all that they need, or on any that they may be asked on", () => {
    const identities: Statement = { Effect: "Deny", Action: "ses:*", Resource: "arn:aws:ses:*:*:identity/*" };
    const system = inline({ ...send, Action: "*" }, identities);
    assert.equal(ask(system, "ses:GetEmailIdentity"), "no");
    assert.equal(ask(system, "ses:ListRecommendations"), "yes");
  });
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

  it("leaves but the addresses that a Deny is for", () => {
    const Condition = { StringLike: { "ses:FromAddress": "*@a.org" } };
    const deny: Statement = { ...send, Effect: "Deny", Condition };
    const all = modelOf({ ...inline(send, deny), boundary: { Statement: { ...send, Condition } } });
    assert.equal(told(maySend(all)), "no");
    const some = modelOf({ ...inline({ ...send, Condition }, deny), boundary: { Statement: send } });
    assert.equal(told(maySend(some)), "no");
  });

  it("may ask for another address than the policy does", () => {
    const from = (domain: string): Statement => ({
      ...send,
      Condition: { StringLike: { "ses:FromAddress": `*@${domain}` } },
    });
    const model = modelOf({ ...inline(from("a.org")), boundary: { Statement: from("b.org") } });
    assert.equal(told(maySend(model)), "no");
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

  it("denies nothing where it is not there, whatever else its document may say", () => {
    const model = modelOf({ ...inline(send), boundary: { Statement: send } });
    const statement = (Effect: "Allow" | "Deny") => valueOf({ ...send, Effect });
    const items = [
      { guard: [], value: statement("Allow") },
      { guard: when("var.p", false), value: statement("Deny") },
    ];
    const policies = model.policies.map((policy) => ({
      ...policy,
      document: mapOf({ Statement: { kind: "list", shape: "list", items, at: place() } }),
    }));
    const boundary: Value = {
      kind: "choice",
      at: place(),
      options: [
        { guard: on("p"), value: referenceTo("aws_iam_policy.b", "arn") },
        { guard: when("var.p", false), value: { kind: "null", at: place() } },
      ],
    };
    assert.equal(told(maySend({ ...model, policies, users: [{ ...mail, boundary }] })), "yes");
    assert.equal(told(maySend({ ...model, policies })), "no if not var.p");
    // Nor does it allow anything there.
    const grants = model.grants.map((each) => ({ ...each, guard: on("p") }));
    assert.equal(told(maySend({ ...model, grants, policies, users: [{ ...mail, boundary }] })), "no if not var.p");
  });

  it("is not known where its name is in another case", () => {
    const model = modelOf({ ...inline(send), boundary: { Statement: { ...send, Effect: "Deny" } } });
    const users = [{ ...mail, boundary: text("arn:aws:iam::123456789012:policy/B", place()) }];
    assert.equal(maySend({ ...model, users }).answer, "maybe");
  });

  it("may be a policy of AWS's own", () => {
    const within = (name: string) =>
      told(maySend({ ...modelOf(inline(send)), users: [{ ...mail, boundary: ofAws(name) }] }));
    assert.equal(within("AmazonSESFullAccess"), "yes");
    assert.equal(within("AmazonS3FullAccess"), "no");
  });
});
