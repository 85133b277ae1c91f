import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lintSources } from "../src/lint";
import type { RuleOptions } from "../src/model/rule";

const people = readFileSync(join(__dirname, "../fixtures/rules/console-self-provision-incomplete/fail.tf"), "utf8");

describe("selfProvision", () => {
  it("asks by default for what the document says", () => {
    assert.deepEqual(messages({}), messages({ selfProvision: "document" }));
    assert.deepEqual(
      messages({}).filter((one) => one.includes("aws_iam_user.ben")),
      [
        "aws_iam_user.ben can use Amazon SES in the console but is not allowed iam:ListUsers, so creating SMTP credentials there stops.",
        "aws_iam_user.ben may do only a part of what creating SMTP credentials in the console takes: it is not allowed iam:CreateAccessKey and iam:PutUserPolicy.",
      ],
    );
  });

  it("asks as current for what the guide says since September 2024", () => {
    assert.deepEqual(
      messages({ selfProvision: "current" }).filter((one) => one.includes("aws_iam_user.ben")),
      [
        "aws_iam_user.ben may do only a part of what creating SMTP credentials in the console takes, as the guide has it since September 2024 without iam:ListUsers: it is not allowed iam:CreateGroup, iam:PutGroupPolicy, iam:AddUserToGroup and iam:CreateAccessKey.",
      ],
    );
  });

  it("asks as off for nothing", () => {
    assert.deepEqual(messages({ selfProvision: "off" }), []);
  });
});

describe("sensitiveOutputs", () => {
  const marked = [
    'provider "aws" {\n  region = "eu-west-1"\n}',
    'resource "aws_iam_access_key" "app" {\n  user = "app"\n}',
    'output "secret" {\n  value     = aws_iam_access_key.app.secret\n  sensitive = true\n}',
  ].join("\n");
  const told = (options: Partial<RuleOptions>) =>
    lintSources([{ path: "main.tf", text: marked }], { options }).findings.map(({ level, rule }) => `${level} ${rule}`);

  it("leaves what is marked sensitive alone by default", () => {
    assert.deepEqual(told({}), []);
  });

  it("tells it as a note where it is set", () => {
    assert.deepEqual(told({ sensitiveOutputs: true }), ["note credential-in-output"]);
  });
});

describe("selfProvisionUsers", () => {
  const reader = `
resource "aws_iam_user" "ben" { name = "Ben" }
resource "aws_iam_user_login_profile" "ben" { user = aws_iam_user.ben.name }
resource "aws_iam_user_policy" "ben" {
  user   = aws_iam_user.ben.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "ses:Get*", Resource = "*" }] })
}
`;
  const levels = (options: Partial<RuleOptions>) => told(reader, options, "console-user-list-users");

  it("are warned of, whatever else they may do", () => {
    assert.deepEqual(levels({}), ["note"]);
    assert.deepEqual(levels({ selfProvisionUsers: ["ben"] }), ["warning"]);
    assert.deepEqual(levels({ selfProvisionUsers: ["aws_iam_user.*"] }), ["warning"]);
    assert.deepEqual(levels({ selfProvisionUsers: ["ann", "be", "en"] }), ["note"]);
  });
});

describe("smtpUsers", () => {
  const mailer = (name: string) => `
variable "env" {}
resource "aws_iam_user" "mailer" { name = ${name} }
resource "aws_iam_access_key" "mailer" { user = aws_iam_user.mailer.name }
resource "aws_iam_user_policy" "mailer" {
  user   = aws_iam_user.mailer.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ses:*", "s3:GetObject"], Resource = "*" }] })
}
`;
  const levels = (name: string, smtpUsers: readonly string[]) =>
    told(mailer(name), { smtpUsers }, "smtp-user-excess-permissions");

  it("are SMTP users as strongly as the marks of the SES console make one: a warning", () => {
    assert.deepEqual(levels('"newsletter"', []), []);
    assert.deepEqual(levels('"newsletter"', ["news*"]), ["warning"]);
    assert.deepEqual(levels('"newsletter"', ["aws_iam_user.mailer"]), ["warning"]);
  });

  it("are meant by a name of which the unknown part may be anything", () => {
    assert.deepEqual(levels('"news-\${var.env}"', ["news-*"]), ["warning"]);
    assert.deepEqual(levels('"news-\${var.env}"', ["news-prod"]), []);
  });
});

describe("allowedActions", () => {
  const sender = (actions: string) => `
resource "aws_iam_user" "mailer" { name = "ses-smtp-user.1" }
resource "aws_iam_user_policy" "mailer" {
  user   = aws_iam_user.mailer.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = [${actions}], Resource = "*" }] })
}
`;
  const found = (actions: string, allowed: readonly string[], user = "ses-smtp-user.*") =>
    told(sender(actions), { allowedActions: { [user]: allowed } }, "smtp-user-excess-permissions");

  it("are no excess of the users that they are allowed to", () => {
    const actions = '"ses:SendRawEmail", "ses:SendEmail", "s3:GetObject"';
    assert.deepEqual(found(actions, []), ["warning"]);
    assert.deepEqual(found(actions, ["ses:sendemail"]), ["warning"]);
    assert.deepEqual(found(actions, ["ses:sendemail", "s3:Get*"]), []);
    assert.deepEqual(found(actions, ["*"], "another"), ["warning"]);
    assert.deepEqual(found(actions, ["*"], "SES-SMTP-user.1"), []);
  });

  it("leave the rest of a pattern that grants more", () => {
    assert.deepEqual(found('"ses:Send*"', ["ses:SendEmail"]), ["warning"]);
    assert.deepEqual(found('"ses:SendRaw*", "ses:Send*Email"', ["ses:Send*"]), []);
    assert.deepEqual(found('"s3:*"', ["s3:GetObject"]), ["warning"]);
  });
});

function told(text: string, options: Partial<RuleOptions>, rule: string): readonly string[] {
  return lintSources([{ path: "main.tf", text }], { options })
    .findings.filter((one) => one.rule === rule)
    .map(({ level }) => level);
}

function messages(options: Partial<RuleOptions>): readonly string[] {
  return lintSources([{ path: "main.tf", text: people }], { options })
    .findings.map((one) => one.message)
    .sort();
}
