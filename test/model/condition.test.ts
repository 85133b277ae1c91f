import assert from "node:assert/strict";
import { actionNamed } from "../../src/model/aws";
import { judge, type Judgement } from "../../src/model/condition";
import { readPolicy } from "../../src/model/policy";
import { valueOf, type Json } from "./system";

type Verdict = Judgement["verdict"];

function verdict(condition: Json, by: "smtp" | "api", action: string): Verdict {
  const document = { Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: condition } };
  const [statement] = readPolicy(valueOf(document)).statements;
  const judgement = judge(statement?.conditions ?? [], { by, action: actionNamed(action) });
  if (judgement.verdict === "unknown") assert.ok(judgement.because.length > 0, "a reason");
  return judgement.verdict;
}

describe("conditions, for the request by SMTP", () => {
  const table: readonly (readonly [Json, Verdict])[] = [
    [{}, "always"],
    [{ StringEquals: { "ses:ApiVersion": "2" } }, "always"],
    [{ StringEquals: { "ses:ApiVersion": "1" } }, "never"],
    [{ stringequals: { "SES:apiversion": ["1", "2"] } }, "always"],
    [{ NumericEquals: { "ses:ApiVersion": 2 } }, "always"],
    [{ NumericEquals: { "ses:ApiVersion": 1 } }, "unknown"],
    [{ StringNotEquals: { "ses:ApiVersion": "2" } }, "never"],
    [{ StringLike: { "ses:FromAddress": "*@example.org" } }, "sometimes"],
    [{ StringLike: { "ses:FromAddress": "*" } }, "always"],
    [{ StringEquals: { "ses:FromAddress": "a@example.org" } }, "sometimes"],
    [{ StringEquals: { "ses:FromAddress": "*@example.org" } }, "never"],
    [{ StringEquals: { "ses:FromAddress": ["*@example.org", "a@example.org"] } }, "sometimes"],
    [{ StringEqualsIfExists: { "ses:FromAddress": "*@example.org" } }, "never"],
    [{ StringNotLike: { "ses:FromAddress": "*@example.org" } }, "sometimes"],
    [{ StringNotLike: { "ses:FromAddress": "*" } }, "never"],
    [{ StringNotEquals: { "ses:FromAddress": "*@example.org" } }, "always"],
    [{ StringEquals: { "ses:FromAddress": [] } }, "never"],
    [{ "ForAllValues:StringLike": { "ses:Recipients": "*@example.org" } }, "sometimes"],
    [{ Null: { "ses:FromAddress": "true" } }, "never"],
    [{ Null: { "ses:FromAddress": false } }, "always"],
    // Keys that the request does not have.
    [{ StringEquals: { "ses:TenantName": "a" } }, "never"],
    [{ StringEqualsIfExists: { "ses:TenantName": "a" } }, "always"],
    [{ "ForAllValues:StringEquals": { "ses:TenantName": "a" } }, "always"],
    [{ "ForAnyValue:StringNotEquals": { "ses:TenantName": "a" } }, "never"],
    [{ StringNotEquals: { "ses:TenantName": "a" } }, "always"],
    [{ StringEquals: { "s3:prefix": "a" } }, "never"],
    [{ Null: { "s3:prefix": "true" } }, "always"],
    // Long-term keys carry no MFA.
    [{ Bool: { "aws:MultiFactorAuthPresent": true } }, "never"],
    [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, "never"],
    [{ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, "always"],
    [{ Null: { "aws:MultiFactorAuthPresent": "true" } }, "always"],
    [{ Bool: { "aws:SecureTransport": "true" } }, "always"],
    [{ Bool: { "aws:SecureTransport": "false" } }, "never"],
    // What only AWS knows, and what is not judged.
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "unknown"],
    [{ StringEquals: { "aws:PrincipalTag/team": "mail" } }, "unknown"],
    [{ DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, "unknown"],
    [{ StringEqual: { "ses:FromAddress": "a@example.org" } }, "unknown"],
    [{ StringEquals: { "ses:FromAddress": "${aws:username}" } }, "unknown"],
    // Several at once.
    [{ StringLike: { "ses:FromAddress": "*@a.org", "ses:FromDisplayName": "A*" } }, "sometimes"],
    [{ StringLike: { "ses:FromAddress": "*@a.org" }, StringNotLike: { "ses:FromAddress": "x*" } }, "unknown"],
    [{ StringEquals: { "ses:ApiVersion": "1", "aws:PrincipalTag/team": "mail" } }, "never"],
  ];
  for (const [condition, expected] of table) {
    it(`${JSON.stringify(condition)} match ${expected}`, () => {
      assert.equal(verdict(condition, "smtp", "ses:SendRawEmail"), expected);
    });
  }
});

describe("conditions, for calls of the API and the console", () => {
  const table: readonly (readonly [string, Json, Verdict])[] = [
    ["ses:SendEmail", { StringEquals: { "ses:ApiVersion": "1" } }, "sometimes"],
    ["ses:SendEmail", { StringEquals: { "ses:ApiVersion": ["1", "2"] } }, "always"],
    ["ses:SendEmail", { StringEquals: { "ses:ApiVersion": "3" } }, "never"],
    ["ses:SendEmail", { StringLike: { "ses:FromAddress": "*@a.org" } }, "sometimes"],
    ["ses:DeleteIdentity", { StringLike: { "ses:FromAddress": "*@a.org" } }, "never"],
    ["ses:DeleteIdentity", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }, "sometimes"],
    ["iam:CreateUser", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, "sometimes"],
    ["iam:CreateUser", { Bool: { "aws:ViaAWSService": "true" } }, "unknown"],
    ["s3:GetObject", { StringEquals: { "ses:FromAddress": "a@a.org" } }, "never"],
    ["s3:GetObject", { StringEquals: { "s3:prefix": "a" } }, "unknown"],
  ];
  for (const [action, condition, expected] of table) {
    it(`${action} ${JSON.stringify(condition)} match ${expected}`, () => {
      assert.equal(verdict(condition, "api", action), expected);
    });
  }
});
