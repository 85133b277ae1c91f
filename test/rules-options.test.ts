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

function messages(options: Partial<RuleOptions>): readonly string[] {
  return lintSources([{ path: "main.tf", text: people }], { options })
    .findings.map((one) => one.message)
    .sort();
}
