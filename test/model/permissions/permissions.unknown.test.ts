import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { limits } from "../../../src/core/limits";
import { concat, text } from "../../../src/core/text";
import type { Text, Value } from "../../../src/core/value";
import type { Grant, Model } from "../../../src/model/model";
import { attached, grant, inline, mapOf, maySend, nothing, ofAws, send, told, withGrants, withUnknown } from "../ask";
import { mail, modelOf, on, open, place, referenceTo, senders, valueOf, type Statement } from "../system";

describe("what is unknown", () => {
  const policyWith = (key: string, value: Value): Grant => {
    const { Action, ...rest } = send;
    const written = { Statement: { ...(key === "NotAction" ? rest : { Action, ...rest }), [key]: "" } };
    const document = withUnknown(valueOf(written), key, value);
    return grant(referenceTo(mail.address, "name"), { kind: "inline", name: undefined, document });
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
      withGrants(nothing, grant(open("var.user"), { kind: "managed", arn: ofAws("AmazonSESFullAccess") })),
      "maybe: var.user",
    ],
    [
      "the holder of a policy that does not matter",
      withGrants(nothing, grant(open("var.user"), { kind: "managed", arn: ofAws("AmazonS3FullAccess") })),
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
      "maybe: var.name",
    ],
    [
      "the boundary",
      { ...modelOf(inline(send)), users: [{ ...mail, boundary: open("var.boundary") }] },
      "maybe: var.boundary",
    ],
    [
      "the one identity of a boundary, and another of the policy",
      {
        ...withGrants(nothing, policyWith("Resource", identity("arn:aws:ses:*:*:identity/", open("var.own")))),
        users: [{ ...mail, boundary: referenceTo("b", "arn") }],
        policies: [
          {
            address: "b",
            at: place(),
            guard: [],
            name: text("b", place()),
            document: withUnknown(
              valueOf({ Statement: { ...send, Resource: "" } }),
              "Resource",
              identity("arn:aws:ses:*:*:identity/", open("var.bound")),
            ),
          },
        ],
      },
      "maybe: var.own",
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
  const named = (what: string, value: Value) => ({ ...gap(value), unknown: open(what) });
  /** Lists, maps and encoded values inside each other, so many deep. */
  const nested = (depth: number): Value => {
    let value: Value = text("x", place());
    for (let i = 0; i < depth; i++) {
      const at = place();
      const kinds: readonly Value[] = [
        { kind: "list", shape: "list", items: [{ guard: [], value }], at },
        { kind: "map", entries: [{ key: "k", keyAt: at, guard: [], value }], at },
        { kind: "text", pieces: [{ kind: "encoded", format: "json", value, at }], at },
      ];
      value = kinds[i % kinds.length] ?? value;
    }
    return value;
  };
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
  const withPolicy = (...Statement: readonly Statement[]): Model => ({
    ...modelOf(nothing),
    policies: [{ address: "p", at: place(), guard: [], name: text("p", place()), document: valueOf({ Statement }) }],
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
      "a module that is handed the user's id",
      { ...modelOf(nothing), gaps: [gap(referenceTo(mail.address, "id"))] },
      "maybe: module.remote",
    ],
    [
      "a module that is handed the user's tags",
      { ...modelOf(nothing), gaps: [gap(referenceTo(mail.address, "tags"))] },
      "no",
    ],
    [
      "a module that is handed the user by name",
      { ...modelOf(nothing), gaps: [gap(text("mail", place()))] },
      "maybe: module.remote",
    ],
    [
      "the first of two modules, whatever they are handed it by",
      { ...modelOf(nothing), gaps: [named("a", text("mail", place())), named("b", referenceTo(mail.address, "arn"))] },
      "maybe: a",
    ],
    [
      "a module that is there only without the user",
      {
        ...modelOf(nothing),
        users: [{ ...mail, guard: on("x") }],
        gaps: [{ ...gap(referenceTo(mail.address, "arn")), guard: when("var.x", false) }],
      },
      "no if var.x",
    ],
    [
      "a module that is handed what nests deeper than anybody looks",
      { ...modelOf(nothing), gaps: [gap(nested(limits.depth + 1))] },
      "maybe: module.remote",
    ],
    ["a module that is handed what nests deep", { ...modelOf(nothing), gaps: [gap(nested(limits.depth))] }, "no"],
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
      "a module that is handed a policy with a statement about something else, too",
      { ...withPolicy(send, { ...send, Action: "s3:*" }), gaps: [gap(referenceTo("p", "arn"))] },
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
    ["a sentence about the user", { ...modelOf(nothing), gaps: [gap(around("The key of ", ' for "mail".'))] }, "no"],
    [
      "a text that quotes what starts with the user",
      { ...modelOf(nothing), gaps: [gap(around('"', " and others"))] },
      "maybe: module.remote",
    ],
    [
      "a policy by a name in another case",
      { ...unattached, grants: [attached(text("arn:aws:iam::123456789012:policy/P", place()))] },
      "maybe: a name in another case",
    ],
    [
      "a command that names one whose name starts with that of the user",
      { ...modelOf(nothing), gaps: [gap(text("aws iam attach-user-policy --user-name mailer", place()))] },
      "no",
    ],
    [
      "a command that names the user in words",
      { ...modelOf(nothing), gaps: [gap(text("aws iam attach-user-policy --user-name 'mail' --x", place()))] },
      "maybe: module.remote",
    ],
    [
      "an ARN of the user without a path that is put together",
      { ...modelOf(nothing), gaps: [gap(around("arn:aws:iam::123456789012:user/", ""))] },
      "maybe: module.remote",
    ],
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
      withGrants(nothing, grant(open("var.user"), { kind: "managed", arn: ofAws("AmazonSESFullAccess") })),
      "maybe: var.user",
    ],
    [
      "a policy of AWS's own of which the name is known in part",
      withGrants(
        nothing,
        attached(
          concat(
            [
              ofAws(""),
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
