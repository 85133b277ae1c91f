import assert from "node:assert/strict";
import { sameSpan } from "../../../src/core/source";
import { text, unknown } from "../../../src/core/text";
import type { Model } from "../../../src/model/model";
import { namespacesOf, services } from "../../../src/model/iam/aws";
import { literalPattern } from "../../../src/model/iam/pattern";
import { allowedPatterns, excess } from "../../../src/model/permissions/permissions";
import { allow, attached, inline, items, nothing, ofAws, send, withGrants, withStatements, withUnknown } from "../ask";
import { modelOf, open, place, theUser, valueOf, type Statement, type System } from "../system";

describe("excess over ses:SendRawEmail", () => {
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
      ["open: aws:PrincipalTag/a of a request"],
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
      "minus a Deny of all else of two services",
      inline({ ...send, Action: "*" }, { Effect: "Deny", NotAction: ["ses:*", "s3:GetObject"], Resource: "*" }),
      ["*, other-service"],
    ],
    [
      "minus a Deny of all that a service has",
      inline({ ...send, Action: "s3:*" }, { Effect: "Deny", Action: "s3:?*", Resource: "*" }),
      [],
    ],
    [
      "minus a Deny of some actions of every service",
      inline({ ...send, Action: "*" }, { Effect: "Deny", Action: "*:Delete*", Resource: "*" }),
      ["*, everything"],
    ],
    [
      "minus Denies of some actions, and of others on one identity",
      inline(
        { ...send, Action: "ses:*Identity" },
        { Effect: "Deny", Action: "ses:Delete*", Resource: "*" },
        { Effect: "Deny", Action: "ses:Create*", Resource: "arn:aws:ses:*:*:identity/a.org" },
      ),
      [
        "ses:*Identity, ses, ses:createemailidentity ses:getemailidentity ses:verifydomainidentity ses:verifyemailidentity",
      ],
    ],
    [
      "on all ARNs of an account, of which no service but by its name is known to be one",
      allow("*", "arn:aws:*:*:123456789012:*"),
      ["*, everything"],
    ],
    ["one action of every service", allow("*:SendEmail"), ["*:SendEmail, other-service"]],
    ["the reads of every service", allow("*:Get*"), ["*:Get*, other-service"]],
    [
      "within a boundary of services whose names begin alike",
      { ...allow("*"), boundary: { Statement: { ...send, Action: "a*:*" } } },
      ["*, other-service"],
    ],
    [
      "within a boundary that denies all else",
      {
        ...allow("*"),
        boundary: {
          Statement: [
            { ...send, Action: "*" },
            { Effect: "Deny", NotAction: ["ses:*", "s3:GetObject"], Resource: "*" },
          ],
        },
      },
      ["*, other-service"],
    ],
    [
      "under an API version that SMTP does not have",
      allow("ses:Send*BulkEmail", "*", { StringEquals: { "ses:ApiVersion": "2" } }),
      ["ses:Send*BulkEmail, ses, ses:sendbulkemail"],
    ],
    [
      "a policy of AWS's own",
      withGrants(nothing, attached(ofAws("AmazonSESFullAccess"))),
      ["ses:*, all-ses, AmazonSESFullAccess"],
    ],
    [
      "an administrator's policy",
      withGrants(nothing, attached(ofAws("AdministratorAccess"))),
      ["*, everything, AdministratorAccess"],
    ],
    [
      "another service's policy",
      withGrants(nothing, attached(ofAws("AmazonSQSReadOnlyAccess"))),
      ["sqs:…, other-service, AmazonSQSReadOnlyAccess"],
    ],
    [
      "another service's policy, which is denied",
      withGrants(
        inline({ Effect: "Deny", Action: "sqs:*", Resource: "*" }),
        attached(ofAws("AmazonSQSReadOnlyAccess")),
      ),
      [],
    ],
    [
      "another service's policy, which may be denied",
      withGrants(
        inline({
          Effect: "Deny",
          Action: "sqs:*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:PrincipalTag/a": "b" } },
        }),
        attached(ofAws("AmazonSQSReadOnlyAccess")),
      ),
      ["open: aws:PrincipalTag/a of a request"],
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

  it("is everything where a Deny names services, whichever they are", () => {
    const withArns = services().filter((service) => namespacesOf(service).length > 0);
    const deny: Statement = { Effect: "Deny", Action: withArns.slice(0, 2).map((one) => `${one}:*`), Resource: "*" };
    assert.deepEqual(items(modelOf(inline({ ...send, Action: "*" }, deny))), ["*, everything"]);
  });

  it("is not everything where the ARNs are those of one service, whichever it is", () => {
    const [service = ""] = services().filter((one) => namespacesOf(one).includes(one));
    assert.deepEqual(items(modelOf(allow("*", `arn:aws:${service}:*:*:*`))), ["*, other-service"]);
  });

  it("is everything, whatever else the same list allows", () => {
    assert.deepEqual(items(modelOf(allow(["*", "?*:Get*"]))), ["*, everything", "?*:Get*, other-service"]);
  });

  it("is not open because of the group that SES makes", () => {
    const model = modelOf(inline(send));
    const group = text("AWSSESSendingGroupDoNotRename", place());
    assert.deepEqual(items({ ...model, memberships: model.memberships.map((each) => ({ ...each, group })) }), []);
  });

  it("stands on the token, and on the ARN of a policy of AWS's own", () => {
    const own = modelOf(allow(["ses:SendRawEmail", "ses:Get*"]));
    const arn = ofAws("AmazonSESFullAccess");
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

  it("can be compared by its pattern, of a policy of AWS's own by that of the service", () => {
    const model = withGrants(allow("*"), attached(ofAws("AmazonSQSReadOnlyAccess")));
    const found = excess(model, theUser(model), []).items.map(({ action }) => action);
    assert.deepEqual(new Set(found), new Set([literalPattern("*"), literalPattern("sqs:*")]));
  });

  it("is told by the patterns that are allowed", () => {
    const model = withGrants(allow(["ses:Send*", "ses:Get*"]), attached(ofAws("AmazonSQSReadOnlyAccess")));
    assert.deepEqual(
      allowedPatterns(model, theUser(model)).map((message) => message.text),
      ["ses:Send*", "ses:Get*", "sqs:…"],
    );
  });
});

describe("excess over more than ses:SendRawEmail", () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ["ses:GetAcc*", "ses:*tAccount*", []],
    ["ses:GetAcc*", "ses:*Identity", ["ses:GetAcc*, ses, ses:getaccount ses:getaccountsendingenabled"]],
    // It matches the beginning of the other's name.
    ["ses:DeleteIdentity*", "ses:*Identity", ["ses:DeleteIdentity*, ses, ses:deleteidentitypolicy"]],
    ["iam:GetUser*", "iam:GetUser", ["iam:GetUser*, other-service"]],
    ["iam:?etUser*", "iam:GetUser*", []],
    ["s3:GetObject", "s3:getobject", []],
    ["s3:Get*", "s3:GetObject", ["s3:Get*, other-service"]],
  ];
  for (const [granted, allowed, expected] of table) {
    it(`${granted} beside ${allowed}: ${expected.join("; ") || "none"}`, () => {
      assert.deepEqual(items(modelOf(allow(granted)), ["ses:SendRawEmail", allowed]), expected);
    });
  }

  it("is none where a Deny leaves but what is allowed", () => {
    const deny: Statement = { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" };
    const model = modelOf(inline({ ...send, Action: "s3:*" }, deny));
    assert.deepEqual(items(model, ["s3:GetObject"]), []);
    assert.deepEqual(items(model, ["s3:PutObject"]), ["s3:*, other-service"]);
  });
});

describe("excess on a resource whose ARN is known only once it is applied", () => {
  const of = (effect: string, address: string) => ({
    Effect: valueOf(effect),
    Action: valueOf("sqs:*"),
    Resource: unknown("after-apply", `${address}.arn`, place(), {
      id: `${address}.arn`,
      ref: { address, attribute: "arn", service: "sqs" },
    }),
  });

  it("is none where the same one is denied, also for actions that are checked on no resource", () => {
    assert.deepEqual(items(withStatements(of("Allow", "aws_sqs_queue.a"), of("Deny", "aws_sqs_queue.a"))), []);
  });

  it("is open where another one is denied, which may be the same", () => {
    const [first = ""] = items(withStatements(of("Allow", "aws_sqs_queue.a"), of("Deny", "aws_sqs_queue.b")));
    assert.match(first, /^open: /);
  });
});

describe("the patterns that are allowed", () => {
  it("are none of a statement whose effect is not known, or whose resource is none", () => {
    const statement = { Action: text("s3:*", place()), Resource: text("*", place()) };
    const some = withStatements({ Effect: open("var.effect"), ...statement });
    assert.deepEqual(allowedPatterns(some, theUser(some)), []);
    const swapped = modelOf(allow("*", "ses:SendRawEmail"));
    assert.deepEqual(allowedPatterns(swapped, theUser(swapped)), []);
  });
});
