import assert from "node:assert/strict";
import { entry, text } from "../../../src/core/text";
import type { Model, User } from "../../../src/model/model";
import { mayDo } from "../../../src/model/permissions/permissions";
import { readPolicy } from "../../../src/model/iam/read-policy";
import { policyFor, principalOf } from "../../../src/model/principals/own-policy";
import { withSetsAsUsers } from "../../../src/model/principals/permission-sets";
import { inline, items, mapOf, maySend, send, told } from "../ask";
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
} from "../system";

type Element = NonNullable<Statement["Condition"]>;

const Version = "2012-10-17";

function withUser(Statement: Document["Statement"], more: Partial<User> = {}): Model {
  const model = modelOf({ policies: [{ route: "literal-name", document: { Version, Statement } }] });
  const [grant] = model.grants;
  const user: User = { ...mail, ...more };
  const grants = grant === undefined ? [] : [{ ...grant, holder: referenceTo(mail.address, "name") }];
  return { ...model, users: [user], grants };
}

/** The user is called mail, under the path "/", and has the tag Room: post. */
describe("conditions on what AWS says of the principal", () => {
  const table: readonly (readonly [Element, string])[] = [
    [{ StringEquals: { "aws:username": "mail" } }, "yes"],
    [{ StringEquals: { "AWS:UserName": ["other", "mail"] } }, "yes"],
    [{ StringEquals: { "aws:username": "Mail" } }, "no"],
    [{ StringEqualsIgnoreCase: { "aws:username": "MAIL" } }, "yes"],
    [{ StringEquals: { "aws:username": "m*" } }, "no"],
    [{ StringLike: { "aws:username": "m*" } }, "yes"],
    [{ StringNotLike: { "aws:username": "m*" } }, "no"],
    [{ StringEquals: { "aws:username": "${aws:username}" } }, "yes"],
    [{ Null: { "aws:username": "true" } }, "no"],
    [{ Null: { "aws:username": "false" } }, "yes"],
    [{ StringEqualsIfExists: { "aws:username": "other" } }, "no"],
    [{ NumericEquals: { "aws:username": "1" } }, "no"],
    [{ ArnEquals: { "aws:username": "arn:aws:iam::1:user/mail" } }, "no"],
    [{ StringEquals: { "aws:PrincipalType": "User" } }, "yes"],
    [{ StringEquals: { "aws:PrincipalType": "AssumedRole" } }, "no"],
    [{ StringEquals: { "aws:PrincipalTag/room": "post" } }, "yes"],
    [{ StringEquals: { "aws:PrincipalTag/Room": "office" } }, "no"],
    [{ StringEquals: { "aws:PrincipalTag/team": "post" } }, "maybe: aws:PrincipalTag/team of a request"],
    [{ ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::*:user/mail" } }, "yes"],
    [{ ArnEquals: { "aws:PrincipalArn": "arn:aws-cn:iam::123456789012:user/mail" } }, "yes"],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/*" } }, "yes"],
    [{ StringLike: { "aws:PrincipalArn": "*:user/${aws:username}" } }, "yes"],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/post/mail" } }, "no"],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }, "no"],
    [{ ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } }, "yes"],
    [{ ArnLike: { "aws:PrincipalArn": "mail" } }, "maybe: ArnLike on aws:PrincipalArn"],
    [{ StringEquals: { "aws:userid": "AIDAEXAMPLE" } }, "maybe: aws:userid of a request"],
    [{ StringEquals: { "ses:FromDisplayName": "${aws:username}" } }, "yes"],
    [
      { StringLike: { "ses:FromAddress": "${aws:username}@a.org" }, StringNotLike: { "ses:FromAddress": "mail@*" } },
      "no",
    ],
  ];
  for (const [Condition, expected] of table) {
    it(`${JSON.stringify(Condition)} let it send: ${expected}`, () => {
      assert.equal(told(maySend(withUser({ ...send, Condition }))), expected);
    });
  }

  it("deny it what is for others", () => {
    const deny = (name: string): Statement => {
      return { ...send, Effect: "Deny", Condition: { StringNotEquals: { "aws:username": name } } };
    };
    assert.equal(told(maySend(withUser([send, deny("mail")]))), "yes");
    const denied = maySend(withUser([send, deny("other")]));
    assert.ok(denied.answer === "no" && denied.denied.length === 1);
  });

  it("let it do more than send, or not", () => {
    const more = (name: string): Statement => {
      return { Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:username": name } } };
    };
    assert.deepEqual(items(withUser([send, more("other")])), []);
    assert.deepEqual(items(withUser([send, more("mail")])), ["s3:*, other-service"]);
  });

  it("are told of the boundary and the group, too, and of service control policies", () => {
    const only = (Effect: Statement["Effect"], operator: string): Document => {
      return { Version, Statement: { ...send, Effect, Condition: { [operator]: { "aws:username": "other" } } } };
    };
    const system = { policies: [{ route: "group-inline" as const, document: { Statement: send } }] };
    assert.equal(told(maySend(modelOf({ ...system, boundary: only("Allow", "StringEquals") }))), "no");
    assert.equal(told(maySend(modelOf({ ...system, boundary: only("Allow", "StringNotEquals") }))), "yes");
    assert.equal(told(maySend(modelOf({ ...system, control: [only("Deny", "StringNotEquals")] }))), "no");
    const group = only("Allow", "StringEquals");
    assert.equal(told(maySend(modelOf({ policies: [{ route: "group-attached", document: group }] }))), "no");
  });

  const unsure: readonly (readonly [string, Partial<User>, Element, string])[] = [
    [
      "its name is not known",
      { name: open("var.name") },
      { StringEquals: { "aws:username": "mail" } },
      "maybe: var.name",
    ],
    [
      "its path is not known",
      { path: open("var.path") },
      { ArnLike: { "aws:PrincipalArn": "*/x/mail" } },
      "maybe: var.path",
    ],
    [
      "it is not made here, and its path is not known",
      { outside: open("data.aws_iam_user.mail") },
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/mail" } },
      "maybe: data.aws_iam_user.mail",
    ],
    [
      "its name is a choice",
      { name: { kind: "choice", at: place(), options: [{ guard: on("p"), value: text("mail", place()) }] } },
      { StringEquals: { "aws:username": "mail" } },
      "maybe: aws:username of a request",
    ],
    [
      "a tag is there in some worlds",
      { tags: { kind: "map", at: place(), entries: [tag("team", "mail")] } },
      { StringEquals: { "aws:PrincipalTag/team": "mail" } },
      "maybe: aws:PrincipalTag/team of a request",
    ],
  ];
  for (const [why, more, Condition, expected] of unsure) {
    it(`are open where ${why}`, () => {
      assert.equal(told(maySend(withUser({ ...send, Condition }, more))), expected);
    });
  }

  it("are the same for a name that is not known and is asked for by itself", () => {
    const model = withUser(send, { name: open("var.name") });
    const [grant] = model.grants;
    assert.ok(grant?.policy.kind === "inline");
    const isItself = mapOf({ StringEquals: mapOf({ "aws:username": open("var.name") }) });
    const statement = valueOf(send);
    assert.ok(statement.kind === "map");
    const entries = [...statement.entries, entry("Condition", isItself)];
    const document = mapOf({ Statement: { ...statement, entries } });
    const grants = [{ ...grant, policy: { ...grant.policy, document } }];
    assert.equal(told(maySend({ ...model, grants })), "yes");
  });

  it("say nothing of the sessions of a permission set", () => {
    const address = "aws_ssoadmin_permission_set.mail";
    const model: Model = {
      ...modelOf({ policies: [] }),
      users: [],
      permissionSets: [{ address, at: place(), guard: [], name: text("mail", place()) }],
      permissionSetPolicies: [
        {
          address: "aws_ssoadmin_permission_set_inline_policy.mail",
          at: place(),
          guard: [],
          set: referenceTo(address, "arn"),
          policy: {
            kind: "inline",
            name: undefined,
            document: valueOf({
              Version,
              Statement: { ...send, Condition: { StringEquals: { "aws:username": "mail" } } },
            }),
          },
        },
      ],
    };
    const sets = withSetsAsUsers(model);
    const [set] = sets.users;
    assert.ok(set);
    assert.equal(told(mayDo(sets, set, "ses:SendRawEmail")), "maybe: aws:username of a request");
  });
});

describe("policy variables", () => {
  const identity = (name: string): Statement => ({ ...send, Resource: `arn:aws:ses:*:*:identity/${name}` });

  it("are the user's own name in a resource of SES", () => {
    const deny: Statement = { ...identity("mail.org"), Effect: "Deny" };
    assert.equal(told(maySend(withUser([identity("${aws:username}.org"), deny]))), "no");
    assert.equal(told(maySend(withUser([identity("${aws:username}.com"), deny]))), "yes");
  });

  it("are a text that is not known in other resources, which thousands may have in common", () => {
    const own: Statement = { Effect: "Allow", Action: "iam:*", Resource: "arn:aws:iam::*:user/${aws:username}" };
    const model = withUser(own);
    const on = (name: string) => told(mayDo(model, theUser(model), "iam:GetUser", `arn:*:iam::*:user/${name}`));
    assert.equal(on("mail"), "maybe: ${aws:username}");
    assert.equal(on("*"), "yes");
  });

  it("are the name of one user, where a request is about all of them", () => {
    const list = (Resource: string) => {
      const model = withUser({ Effect: "Allow", Action: "iam:ListUsers", Resource });
      return mayDo(model, theUser(model), "iam:ListUsers").answer;
    };
    assert.equal(list("arn:aws:iam::*:user/${aws:username}"), "no");
    assert.equal(list("arn:aws:iam::*:user/*"), "maybe");
  });

  it("are plain characters in a document without the version of 2012", () => {
    const allow = { ...send, Condition: { StringEquals: { "aws:username": "${aws:username}" } } };
    assert.equal(told(maySend(modelOf(inline(allow)))), "no");
  });
});

describe("the policy of several users", () => {
  const { statements, ...rest } = readPolicy(
    valueOf({
      Version,
      Statement: [
        { ...send, Condition: { StringLike: { "aws:username": "m*" }, Bool: { "aws:SecureTransport": "true" } } },
        { ...send, Condition: { StringEquals: { "ses:FromDisplayName": "${aws:username}" } } },
        send,
      ],
    }),
  );
  const of = (name: string) => policyFor({ ...rest, statements }, principalOf({ ...mail, name: text(name, place()) }));

  it("is one where its conditions on them are decided alike", () => {
    const [mine, yours, theirs] = ["mail", "mailer", "post"].map((name) => of(name).statements[0]);
    assert.equal(mine, yours);
    assert.notEqual(mine, theirs);
    assert.deepEqual(
      mine?.conditions.map(({ key }) => key),
      ["aws:SecureTransport"],
    );
  });

  it("is each one's own where a value is its name, and that of all where nothing is about them", () => {
    const [mine, yours] = ["mail", "mailer"].map((name) => of(name).statements);
    assert.notEqual(mine?.[1], yours?.[1]);
    assert.equal(mine?.[2], statements[2]);
  });
});

function tag(key: string, value: string) {
  return { ...entry(key, text(value, place())), guard: on("p") };
}
