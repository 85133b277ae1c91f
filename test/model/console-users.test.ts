import assert from "node:assert/strict";
import { guardText, when } from "../../src/core/guard";
import { text } from "../../src/core/text";
import type { Value } from "../../src/core/value";
import { consoleUsers } from "../../src/model/console-users";
import { tableNames } from "../../src/model/credentials/setting-names";
import type { LoginProfile, Model, Unit, User } from "../../src/model/model";
import { withSetsAsUsers } from "../../src/model/principals/permission-sets";
import { grantsOf } from "../../src/model/principals/principals";
import { excess } from "../../src/model/permissions/permissions";
import { byStatement, isAdminLike, senders } from "../../src/model/senders";
import { smtpUsers } from "../../src/model/uses";
import { credential, modelWith, settingsOf } from "./build";
import { allow, attached, inline, nothing, ofAws, withGrants } from "./ask";
import { mail, modelOf, on, open, place, referenceTo, theUser, valueOf, type Statement, type System } from "./system";

const at = place();

function withLogin(system: System, parts: Partial<LoginProfile> = {}): Model {
  const login = { address: "login", at, guard: [], user: referenceTo(mail.address, "name"), ...parts };
  return { ...modelOf(system), logins: [login] };
}

function named(model: Model, name: string): Model {
  return { ...model, users: model.users.map((user) => ({ ...user, name: text(name, at) })) };
}

const [everything, readSes] = [allow("*"), allow("ses:GetAccount")];

function everythingBut(action: string): System {
  const all: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
  return inline(all, { ...all, Effect: "Deny", Action: action });
}

describe("users of the console of SES", () => {
  const stated = { smtpUsers: [], selfProvisionUsers: ["mail"], settingNames: tableNames };
  const toggled = (toggle: string): System => ({
    policies: readSes.policies.map((policy) => ({ ...policy, toggle })),
  });
  const table: readonly (readonly [string, Model, readonly string[]])[] = [
    ["who sign in and may read SES", withLogin(readSes), ["mail"]],
    ["who may read how much they send", withLogin(allow("ses:GetSendQuota")), ["mail"]],
    ["but not who may only send", withLogin(allow("ses:SendEmail")), []],
    ["but not who cannot sign in", modelOf(readSes), []],
    ["but not who only may sign in", withLogin(readSes, { user: open("var.user") }), []],
    ["but not who may read it only without a login", withLogin(toggled("x"), { guard: when("var.x", false) }), []],
    ["but not SMTP users", named(withLogin(allow("ses:*")), "ses-smtp-user.mail"), []],
    ["and those that are called SMTP alone", named(withLogin(readSes), "smtp"), ["mail"]],
    ["but not administrators", withLogin(everything), []],
    ["and who may do nearly everything", withLogin(everythingBut("iam:ListUsers")), ["mail provisions"]],
    ["and who may create no policy versions", withLogin(everythingBut("iam:CreatePolicyVersion")), ["mail provisions"]],
    ["and who may attach no policies", withLogin(everythingBut("iam:AttachUserPolicy")), ["mail provisions"]],
    ["who are meant to provision", { ...withLogin(readSes), stated }, ["mail meant"]],
    ["who may list users, too", withLogin(allow(["ses:Get*", "iam:ListUsers"])), ["mail"]],
    ...["CreateUser", "CreateAccessKey", "PutUserPolicy", "CreateGroup", "PutGroupPolicy", "AddUserToGroup"].map(
      (action) =>
        [`who may do ${action}`, withLogin(allow(["ses:Get*", `iam:${action}`])), ["mail provisions"]] as const,
    ),
  ];
  for (const [what, model, expected] of table) {
    it(`are those ${what}`, () => {
      assert.deepEqual(
        consoleUsers(model).map((one) => `mail${one.provisions ? " provisions" : ""}${one.isMeant ? " meant" : ""}`),
        expected,
      );
    });
  }
});

describe("permission sets", () => {
  it("have the policies that are theirs, and those that may be", () => {
    const set = (address: string) => ({ address, at, guard: [], name: text(address, at) });
    const holders = [
      referenceTo("mail", "arn"),
      referenceTo("web", "arn"),
      referenceTo("other", "arn"),
      open("var.set"),
    ];
    const policies = holders.map((holder, i) => {
      return { address: `policy${i}`, at, guard: [], set: holder, policy: grantOf(readAll).policy };
    });
    const model = modelWith({ permissionSets: [set("mail"), set("web")], permissionSetPolicies: policies });
    const sets = withSetsAsUsers(model);
    assert.deepEqual(
      sets.users.map((user) => grantsOf(sets, user).map(({ grant, certainty }) => `${grant.address} ${certainty}`)),
      [
        ["policy0 yes", "policy3 maybe"],
        ["policy1 yes", "policy3 maybe"],
      ],
    );
  });
});

describe("SMTP users", () => {
  const user = (parts: Partial<User>): User => ({ address: "x", at, guard: [], name: open("var.name"), ...parts });
  const told = (one: User, parts: Partial<Model> = {}) =>
    smtpUsers(modelWith({ users: [one], ...parts }), "weak").map(({ strength }) => strength);
  const unit = (dialect: Unit["dialect"]): Partial<Model> => ({ unit: { path: "", kind: "root", dialect } });
  const generated = user({ address: "SmtpUser", name: referenceTo("SmtpUser", "name") });
  const smtp: Value = valueOf({ Purpose: "SMTP" });
  const table: readonly (readonly [string, User, Partial<Model>, readonly string[]])[] = [
    ["by a name", user({ name: text("Smtp-mail", at) }), {}, ["weak"]],
    ["by a path", user({ path: text("/smtp/", at) }), {}, ["weak"]],
    ["by a tag", user({ tags: smtp }), {}, ["weak"]],
    ["by a tag's name", user({ tags: valueOf({ smtp: "yes" }) }), {}, ["weak"]],
    ["by the logical id, of which AWS makes the name", generated, unit("cloudformation"), ["weak"]],
    ["by the logical id in a CDK app", generated, unit("cdk"), ["weak"]],
    ["but not by Terraform's address", generated, unit("terraform"), []],
    ["but not by the logical id of a named one", { ...generated, name: text("mail", at) }, unit("cdk"), []],
    ["by the name that the console gives", user({ name: text("ses-smtp-user.1", at) }), {}, ["strong"]],
    ["by the tag that the console gives", user({ tags: valueOf({ InvokedBy: "SESConsole" }) }), {}, ["strong"]],
    ["but not by another value of that tag", user({ tags: valueOf({ InvokedBy: "Console" }) }), {}, []],
    ["but not who are called otherwise", user({ name: text("ses-user", at) }), {}, []],
    [
      "but not who make the users of mail clients",
      user({ name: text("smtp-provisioner", at) }),
      { grants: [grantOf({ Effect: "Allow", Action: "iam:CreateUser", Resource: "*" })] },
      [],
    ],
    [
      "and who may do all of IAM",
      user({ name: text("smtp-provisioner", at) }),
      { grants: [grantOf({ Effect: "Allow", Action: "iam:*", Resource: "*" })] },
      ["weak"],
    ],
    [
      "and who may do all but making them",
      user({ name: text("smtp-provisioner", at) }),
      { grants: [grantOf({ Effect: "Allow", NotAction: "iam:CreateUser", Resource: "*" })] },
      ["weak"],
    ],
    [
      "and who may create no users",
      user({ name: text("smtp-provisioner", at) }),
      { grants: [grantOf({ Effect: "Deny", Action: "iam:CreateUser", Resource: "*" })] },
      ["weak"],
    ],
  ];
  for (const [what, one, parts, expected] of table) {
    it(`are known: ${what}`, () => {
      assert.deepEqual(told(one, parts), expected);
    });
  }

  it("are SMTP users where any of the evidence is there", () => {
    const keys = [{ address: "key", at, guard: [], user: text("mail", at) }];
    const sending = (...toggles: readonly string[]) =>
      toggles.map((toggle) => settingsOf({ SMTP_PASSWORD: credential("key", "smtp-password") }, { guard: on(toggle) }));
    const found = (settings: Model["settings"]) =>
      smtpUsers({ ...modelOf(inline()), keys, settings }, "proven").map(({ guard }) => guardText(guard));
    assert.deepEqual(found(sending("x")), ["var.x"]);
    assert.deepEqual(found(sending("x", "y")), ["(var.x or var.y)"]);
    assert.deepEqual(found([...sending("x"), settingsOf({ SMTP_PASSWORD: credential("key", "smtp-password") })]), [""]);
  });

  it("send by the API, too, where a policy names SES and the secret goes there", () => {
    const keys = [{ address: "key", at, guard: [], user: text("mail", at) }];
    const settings = [settingsOf({ AWS_SECRET_ACCESS_KEY: credential("key", "secret-access-key") })];
    const found = (action: string) =>
      senders({ ...modelOf(allow(action)), keys, settings }).map(({ smtp: by, api }) => [by, api]);
    assert.deepEqual(found("ses:SendEmail"), [[undefined, true]]);
    assert.deepEqual(found("s3:GetObject"), []);
    assert.deepEqual(found("*"), []);
  });
});

describe("what senders have in excess", () => {
  const excessOf = (model: Model) => excess(model, theUser(model), []).items;

  it("is what administrators have where it is everything, or lets one have it", () => {
    const table: readonly (readonly [string, Model, boolean])[] = [
      ["everything", modelOf(allow("*")), true],
      ["everything of S3", modelOf(allow("s3:*")), false],
      ["IAMFullAccess", withGrants(nothing, attached(ofAws("IAMFullAccess"))), true],
      ["SystemAdministrator", withGrants(nothing, attached(ofAws("job-function/SystemAdministrator"))), true],
      ["AmazonSESFullAccess", withGrants(nothing, attached(ofAws("AmazonSESFullAccess"))), false],
    ];
    for (const [what, model, expected] of table) {
      const items = excessOf(model);
      assert.ok(items.length > 0, what);
      assert.equal(isAdminLike(items), expected, what);
    }
  });

  it("is told for each statement, and for each policy of AWS's own", () => {
    const several = inline(
      { Effect: "Allow", Action: ["s3:*", "sqs:*"], Resource: "*" },
      { Effect: "Allow", Action: "sns:*", Resource: "*" },
    );
    const one = excessOf(modelOf(several));
    assert.deepEqual(
      byStatement(one).map((items) => items.length),
      [2, 1],
    );
    const managed = withGrants(nothing, attached(ofAws("AmazonSESFullAccess")), attached(ofAws("AmazonSQSFullAccess")));
    assert.equal(byStatement(excessOf(managed)).length, 2);
  });
});

const readAll: Statement = { Effect: "Allow", Action: "ses:Get*", Resource: "*" };

function grantOf(statement: Statement) {
  const document = valueOf({ Statement: statement });
  const policy = { kind: "inline", name: undefined, document } as const;
  return { address: "g", at, guard: [], to: "user", holder: referenceTo("x", "name"), policy } as const;
}
