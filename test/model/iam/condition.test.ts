import assert from "node:assert/strict";
import { negate } from "../../../src/core/guard";
import { concat, text } from "../../../src/core/text";
import type { Definite, Text, Value } from "../../../src/core/value";
import { actionNamed } from "../../../src/model/iam/aws";
import { judge, requestWith, type Judgement, type Side } from "../../../src/model/iam/condition";
import type { Condition } from "../../../src/model/iam/policy";
import { readPolicy } from "../../../src/model/iam/read-policy";
import { mapOf } from "../ask";
import { on, open, place, valueOf, type Json } from "../system";

type Verdict = Judgement["verdict"];

function verdict(condition: Json, by: "smtp" | "api", action: string, side: Side = "allow"): Verdict {
  const document = {
    Version: "2012-10-17",
    Statement: { Effect: side === "allow" ? "Allow" : "Deny", Action: "*", Resource: "*", Condition: condition },
  };
  const [statement] = readPolicy(valueOf(document)).statements;
  const judgement = judge(statement?.conditions ?? [], { by, action: actionNamed(action) }, side);
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
    [{ NumericEquals: { "ses:ApiVersion": 1 } }, "never"],
    [{ NumericEquals: { "ses:ApiVersion": ["1", "2.0"] } }, "always"],
    [{ NumericEquals: { "ses:ApiVersion": "?" } }, "unknown"],
    [{ NumericNotEquals: { "ses:ApiVersion": "02" } }, "never"],
    [{ NumericEquals: { "ses:ApiVersion": "2*" } }, "unknown"],
    [{ NumericLessThan: { "ses:ApiVersion": 2 } }, "never"],
    [{ NumericLessThan: { "ses:ApiVersion": 3 } }, "always"],
    [{ NumericLessThanEquals: { "ses:ApiVersion": 2 } }, "always"],
    [{ NumericLessThanEquals: { "ses:ApiVersion": 1 } }, "never"],
    [{ NumericGreaterThan: { "ses:ApiVersion": 2 } }, "never"],
    [{ NumericGreaterThanEquals: { "ses:ApiVersion": 2 } }, "always"],
    [{ NumericGreaterThanEquals: { "ses:ApiVersion": 3 } }, "never"],
    [{ StringLike: { "ses:ApiVersion": "2*" } }, "always"],
    [{ StringLike: { "ses:ApiVersion": "1*" } }, "never"],
    [{ StringEquals: { "ses:ApiVersion": "2*" } }, "never"],
    [{ StringEqualsIgnoreCase: { "ses:ApiVersion": "?" } }, "never"],
    [{ DateEquals: { "ses:ApiVersion": "2" } }, "unknown"],
    [{ DateLessThan: { "ses:ApiVersion": "2" } }, "unknown"],
    [{ DateLessThanEquals: { "ses:ApiVersion": "2" } }, "unknown"],
    [{ DateGreaterThan: { "ses:ApiVersion": "2" } }, "unknown"],
    [{ DateGreaterThanEquals: { "ses:ApiVersion": "2" } }, "unknown"],
    [{ BinaryEquals: { "ses:ApiVersion": "Mg==" } }, "unknown"],
    [{ IpAddress: { "ses:ApiVersion": "2" } }, "unknown"],
    [{ NumericEquals: { "ses:ApiVersion": "2a" } }, "unknown"],
    [{ DateEquals: { "ses:FromAddress": "2020-01-01" } }, "unknown"],
    [{ BinaryEquals: { "ses:FromAddress": "AAAA" } }, "unknown"],
    // A text and a network are not compared.
    [{ StringLike: { "aws:SourceIp": "10.*" }, IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }, "unknown"],
    [{ "ForSome:StringEquals": { "ses:ApiVersion": "2" } }, "unknown"],
    [{ NumericGreaterThan: { "ses:ApiVersion": "1.5" } }, "always"],
    [{ ArnLike: { "ses:ApiVersion": "2" } }, "never"],
    [{ StringNotEquals: { "ses:ApiVersion": "2" } }, "never"],
    [{ StringLike: { "ses:FromAddress": "*@example.org" } }, "sometimes"],
    [{ StringLike: { "ses:FromAddress": "*" } }, "always"],
    [{ StringLike: { "ses:FromAddress": "?*" } }, "always"],
    [{ StringEquals: { "ses:FromAddress": "a@example.org" } }, "sometimes"],
    [{ StringEquals: { "ses:FromAddress": "*@example.org" } }, "never"],
    [{ StringEquals: { "ses:FromAddress": ["*@example.org", "a@example.org"] } }, "sometimes"],
    [{ StringEqualsIfExists: { "ses:FromAddress": "*@example.org" } }, "never"],
    [{ StringNotLike: { "ses:FromAddress": "*@example.org" } }, "sometimes"],
    [{ StringNotLike: { "ses:FromAddress": "*" } }, "never"],
    [{ StringNotEquals: { "ses:FromAddress": "*@example.org" } }, "always"],
    [
      { StringEqualsIgnoreCase: { "ses:FromDisplayName": "a" }, StringNotEquals: { "ses:FromDisplayName": "a" } },
      "sometimes",
    ],
    [
      { StringEqualsIgnoreCase: { "ses:FromDisplayName": "z" }, StringNotEquals: { "ses:FromDisplayName": "z" } },
      "sometimes",
    ],
    [
      { StringEqualsIgnoreCase: { "ses:FromDisplayName": "-" }, StringNotEquals: { "ses:FromDisplayName": "-" } },
      "never",
    ],
    [{ StringEquals: { "ses:FromAddress": [] } }, "never"],
    [{ "ForAllValues:StringLike": { "ses:Recipients": "*@example.org" } }, "sometimes"],
    [{ "ForAnyValue:StringLike": { "ses:Recipients": "*@example.org" } }, "sometimes"],
    // A key of several values needs an operator of sets.
    [{ StringLike: { "ses:Recipients": "*@example.org" } }, "unknown"],
    [{ Null: { "ses:Recipients": "true" } }, "never"],
    [{ Null: { "ses:FromAddress": "true" } }, "never"],
    [{ Null: { "ses:FromAddress": false } }, "always"],
    [{ Null: { "ses:FromAddress": "TRUE" } }, "never"],
    [{ Null: { "ses:FeedbackAddress": "true" } }, "sometimes"],
    // Keys that the request does not have.
    [{ StringEquals: { "ses:TenantName": "a" } }, "never"],
    [{ StringEqualsIfExists: { "ses:TenantName": "a" } }, "always"],
    [{ "ForAllValues:StringEquals": { "ses:TenantName": "a" } }, "always"],
    [{ "ForAllValues:StringEqualsIfExists": { "ses:TenantName": "a" } }, "always"],
    [{ "ForAnyValue:StringNotEquals": { "ses:TenantName": "a" } }, "never"],
    [{ "ForAnyValue:StringEqualsIfExists": { "ses:TenantName": "a" } }, "never"],
    [{ DateLessThan: { "ses:TenantName": "2020-01-01T00:00:00Z" } }, "never"],
    [{ DateNotEquals: { "ses:TenantName": "2020-01-01T00:00:00Z" } }, "always"],
    [{ BinaryEquals: { "ses:TenantName": "AAAA" } }, "never"],
    [{ ArnLikeIfExists: { "ses:TenantName": "arn:aws:ses:*:*:*" } }, "always"],
    [{ ArnNotEquals: { "ses:TenantName": "arn:aws:ses:*:*:*" } }, "always"],
    [{ NumericGreaterThan: { "ses:TenantName": 1 } }, "never"],
    [{ StringNotEquals: { "ses:TenantName": "a" } }, "always"],
    [{ StringEquals: { "s3:prefix": "a" } }, "never"],
    [{ Null: { "s3:prefix": "true" } }, "always"],
    // Long-term keys carry no MFA.
    [{ Bool: { "aws:MultiFactorAuthPresent": true } }, "never"],
    [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, "never"],
    [{ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, "always"],
    [{ Null: { "aws:MultiFactorAuthPresent": "true" } }, "always"],
    [{ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }, "never"],
    [{ NumericLessThanIfExists: { "aws:MultiFactorAuthAge": "3600" } }, "always"],
    [{ Bool: { "aws:SecureTransport": "true" } }, "always"],
    [{ Bool: { "aws:SecureTransport": "True" } }, "always"],
    [{ StringEqualsIgnoreCase: { "aws:SecureTransport": "TRUE" } }, "always"],
    [{ StringEqualsIgnoreCase: { "aws:SecureTransport": "\u0014rue" } }, "never"],
    [{ StringEquals: { "aws:SecureTransport": "TRUE" } }, "never"],
    [{ Bool: { "aws:SecureTransport": "false" } }, "never"],
    // It is not there for a request by a VPC endpoint.
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "sometimes"],
    [{ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, "sometimes"],
    [{ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "sometimes"],
    [{ IpAddress: { "aws:SourceIp": "192.0.2.0/24" }, IpAddressIfExists: { "aws:SourceIp": "192.0.3.0/24" } }, "never"],
    [{ IpAddress: { "aws:SourceIp": "192.0.2.0/24" }, IpAddressIfExists: { "aws:SourceIp": "192.0.1.0/24" } }, "never"],
    [{ NotIpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, "sometimes"],
    [{ IpAddress: { "aws:SourceIp": "255.255.255.255" } }, "sometimes"],
    [{ IpAddress: { "aws:SourceIp": "256.0.0.1" } }, "unknown"],
    [{ IpAddressIfExists: { "aws:SourceIp": "0.0.0.0/0" } }, "sometimes"],
    [{ IpAddressIfExists: { "aws:SourceIp": "::/0" } }, "sometimes"],
    [{ IpAddressIfExists: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } }, "always"],
    // What only AWS knows, and what is not judged.
    [{ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, "unknown"],
    [{ StringEquals: { "aws:PrincipalTag/team": "mail" } }, "unknown"],
    [{ DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, "unknown"],
    [{ StringEqual: { "ses:FromAddress": "a@example.org" } }, "unknown"],
    [{ StringEquals: { "ses:FromAddress": "${aws:username}" } }, "unknown"],
    // Several at once.
    [{ StringLike: { "ses:FromAddress": "*@a.org", "ses:FromDisplayName": "A*" } }, "sometimes"],
    [{ StringLike: { "ses:FromAddress": "*@a.org" }, StringNotLike: { "ses:FromAddress": "x*" } }, "sometimes"],
    [{ StringLike: { "ses:FromAddress": "*@a.org" }, StringNotEquals: { "ses:FromAddress": "*@b.org" } }, "sometimes"],
    [{ StringLike: { "ses:FromAddress": "*@a.org" }, StringEquals: { "aws:PrincipalTag/team": "mail" } }, "unknown"],
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
    ["ses:SendEmail", { Null: { "ses:FromAddress": "true" } }, "sometimes"],
    ["ses:SendEmail", { StringEquals: { "ses:TenantName": "a" } }, "sometimes"],
    ["ses:SendEmail", { StringLike: { "ses:TenantName": "*" } }, "sometimes"],
    ["ses:SendEmail", { StringLikeIfExists: { "ses:TenantName": "*" } }, "always"],
    ["ses:SendEmail", { Bool: { "ses:TenantName": "true" } }, "unknown"],
    ["ses:SendEmail", { StringEquals: { "ses:MultiRegionEndpointId": "a" } }, "unknown"],
    ["ses:DeleteIdentity", { StringLike: { "ses:FromAddress": "*@a.org" } }, "never"],
    ["ses:DeleteIdentity", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }, "sometimes"],
    ["iam:CreateUser", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, "sometimes"],
    ["iam:CreateUser", { Null: { "aws:MultiFactorAuthPresent": "true" } }, "sometimes"],
    ["iam:CreateUser", { Null: { "aws:MultiFactorAuthAge": "true" } }, "sometimes"],
    ["iam:CreateUser", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, "sometimes"],
    ["iam:CreateUser", { Null: { "aws:RequestedRegion": "true" } }, "never"],
    ["s3:GetObject", { Null: { "iam:PermissionsBoundary": "true" } }, "always"],
    ["iam:CreateUser", { NumericLessThan: { "aws:MultiFactorAuthAge": 3600 } }, "sometimes"],
    ["ses:SendEmail", { "ForAnyValue:StringLike": { "ses:Recipients": "*@a.org" } }, "sometimes"],
    ["iam:AttachUserPolicy", { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::1:policy/b" } }, "sometimes"],
    ["iam:CreateUser", { NumericLessThan: { "aws:MultiFactorAuthAge": 0 } }, "never"],
    ["iam:CreateUser", { StringEquals: { "aws:MultiFactorAuthAge": "3600" } }, "unknown"],
    ["iam:CreateUser", { StringLike: { "aws:MultiFactorAuthAge": "*" } }, "unknown"],
    ["iam:CreateUser", { ArnEquals: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/b" } }, "sometimes"],
    ["iam:CreateUser", { ArnLike: { "iam:PermissionsBoundary": "*" } }, "unknown"],
    ["iam:CreateUser", { ArnLikeIfExists: { "iam:PermissionsBoundary": "arn:*:*:*:*:*" } }, "always"],
    ["iam:CreateUser", { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/b" } }, "never"],
    ["iam:CreateUser", { StringNotEquals: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } }, "sometimes"],
    ["iam:CreateUser", { ArnLike: { "aws:SourceIp": "arn:*:*:*:*:*" } }, "unknown"],
    ["iam:CreateUser", { IpAddress: { "iam:PermissionsBoundary": "10.0.0.0/8" } }, "unknown"],
    ["iam:CreateUser", { NumericEquals: { "iam:PermissionsBoundary": 1 } }, "unknown"],
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

/** From one time on, and before another: where none lies between, no request matches. */
describe("conditions on times", () => {
  const between = (after: string, before: string) => {
    const conditions = {
      DateGreaterThanEquals: { "aws:CurrentTime": after },
      DateLessThan: { "aws:CurrentTime": before },
    };
    return verdict(conditions, "api", "ses:SendEmail", "deny");
  };
  const table: readonly (readonly [string, string, Verdict])[] = [
    ["2020-01-01", "2020-01-02", "unknown"],
    ["2020-01-02", "2020-01-01", "never"],
    ["2020-01-01T10:00Z", "2020-01-01T09:00Z", "never"],
    ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z", "never"],
    ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00.001Z", "unknown"],
    ["2020-01-01T10:00:00+02:00", "2020-01-01T08:00:00Z", "never"],
    ["yesterday", "2020-01-01", "unknown"],
  ];
  for (const [after, before, expected] of table) {
    it(`from ${after} until ${before} match ${expected}`, () => {
      assert.equal(between(after, before), expected);
    });
  }
});

describe("conditions on networks", () => {
  const table: readonly (readonly [string, string, Verdict])[] = [
    ["192.0.2.0/24", "192.0.0.0/16", "never"],
    ["192.0.0.0/16", "192.0.2.0/24", "sometimes"],
    ["192.0.2.7", "192.0.2.7/32", "never"],
    ["192.0.2.0/33", "0.0.0.0/0", "unknown"],
    ["192.0.2.256", "0.0.0.0/0", "unknown"],
    ["192.0.2", "0.0.0.0/0", "unknown"],
    ["192.0.2.0.0", "0.0.0.0/0", "unknown"],
    ["192.0.2.a", "0.0.0.0/0", "unknown"],
    ["192.0.2.1e1", "0.0.0.0/0", "unknown"],
    ["192.0.2.", "0.0.0.0/0", "unknown"],
    ["::1", "0:0:0:0:0:0:0:1/128", "never"],
    ["::1", "0:0:0:0:0:0:0:2/127", "sometimes"],
    ["1::8", "1:0:0:0:0:0:0:8", "never"],
    ["1::8", "1:0:0:0:0:0:0:9", "sometimes"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "never"],
    ["2001:db8::/32", "2001::/16", "never"],
    ["::/0", "0.0.0.0/0", "sometimes"],
    ["1:2:3:4:5:6:7:8::", "::/0", "unknown"],
    ["1:2:3:4:5:6:7", "::/0", "unknown"],
    ["1::2::3", "::/0", "unknown"],
    ["1::12345", "::/0", "unknown"],
    ["::/129", "::/0", "unknown"],
  ];
  for (const [inside, outside, expected] of table) {
    it(`in ${inside}, and not in ${outside}, match ${expected}`, () => {
      const networks = { IpAddress: { "aws:SourceIp": inside }, NotIpAddress: { "aws:SourceIp": outside } };
      assert.equal(verdict(networks, "smtp", "ses:SendRawEmail", "allow"), expected);
    });
  }
});

describe("conditions with values that are not known", () => {
  const from = open("var.from");
  const more: Value = { kind: "list", shape: "list", items: [], rest: from, at: place() };
  const hole: Text = { kind: "text", pieces: [{ kind: "hole", unknown: from }], at: place() };
  const address = text("a@a.org", place());
  const table: readonly (readonly [string, string, string, Value, Verdict, Verdict])[] = [
    ["an address", "StringEquals", "ses:FromAddress", from, "sometimes", "sometimes"],
    ["a pattern", "StringLike", "ses:FromAddress", from, "sometimes", "unknown"],
    ["all but a pattern", "StringNotLike", "ses:FromAddress", from, "unknown", "sometimes"],
    ["a network", "IpAddress", "aws:SourceIp", from, "sometimes", "sometimes"],
    ["a version", "StringEquals", "ses:ApiVersion", from, "unknown", "unknown"],
    ["a number", "NumericEquals", "ses:ApiVersion", from, "unknown", "unknown"],
    ["a network, or none", "IpAddressIfExists", "aws:SourceIp", from, "sometimes", "unknown"],
    ["whether the key is there", "Null", "ses:TenantName", more, "unknown", "unknown"],
    ["perhaps more", "StringEquals", "ses:FromAddress", more, "unknown", "sometimes"],
    ["an address or none", "StringEquals", "ses:FromAddress", choice(address, undefined), "unknown", "sometimes"],
    ["one or another", "StringEquals", "ses:FromAddress", choice(address, text("*", place())), "unknown", "sometimes"],
    ["one of two", "StringEquals", "ses:FromAddress", choice(address, from), "sometimes", "sometimes"],
  ];
  for (const [what, operator, key, value, allow, deny] of table) {
    it(`${what}: ${operator} ${key} match ${allow} in an Allow, ${deny} in a Deny`, () => {
      const condition = mapOf({ [operator]: mapOf({ [key]: value }) });
      const document = mapOf({ Statement: mapOf({ Action: text("*", place()), Condition: condition }) });
      const conditions = readPolicy(document).statements[0]?.conditions ?? [];
      const request = { by: "smtp", action: actionNamed("ses:SendRawEmail") } as const;
      assert.equal(judge(conditions, request, "allow").verdict, allow);
      assert.equal(judge(conditions, request, "deny").verdict, deny);
    });
  }

  it("of which one matches some requests keep a Deny from all, whatever the others do", () => {
    const both = { StringLike: { "ses:FromAddress": "*@a.org" }, StringEquals: { "aws:PrincipalTag/team": "mail" } };
    assert.equal(verdict(both, "smtp", "ses:SendRawEmail", "deny"), "sometimes");
  });

  const version = concat(
    [text("1.", place()), { ...hole, pieces: [{ kind: "hole", unknown: open("var.minor") }] }],
    place(),
  );
  const whys: readonly (readonly [string, string, string, Value, string])[] = [
    ["a value", "StringEquals", "ses:ApiVersion", from, "var.from"],
    ["a part of a value", "NumericEquals", "ses:ApiVersion", concat([text("2", place()), hole], place()), "var.from"],
    ["what more there is", "StringEquals", "ses:ApiVersion", more, "var.from"],
    ["a choice", "StringEquals", "ses:FromAddress", choice(address, undefined), "the outcome of var.a"],
    ["that which could fit", "StringEquals", "ses:ApiVersion", listOf(version, from), "var.from"],
    ["each that could fit", "StringLike", "ses:ApiVersion", listOf(version, from, open("var.to")), "var.from, var.to"],
    ["an operator for another type", "DateEquals", "ses:FromAddress", address, "DateEquals on ses:FromAddress"],
    ["an operator that is none", "String Equals", "ses:FromAddress", address, "the operator on ses:FromAddress"],
    ["a key of several values", "StringEquals", "ses:Recipients", address, "StringEquals on ses:Recipients"],
    ["a key", "StringEquals", "aws:PrincipalTag/a", choice(address, undefined), "aws:PrincipalTag/a of a request"],
    ["a key that no message may have", "StringEquals", "a b", address, "a condition key of a request"],
  ];
  for (const [what, operator, key, value, why] of whys) {
    it(`are open for ${what}: ${why}`, () => {
      const condition = mapOf({ [operator]: mapOf({ [key]: value }) });
      const conditions =
        readPolicy(mapOf({ Statement: mapOf({ Condition: condition }) })).statements[0]?.conditions ?? [];
      const { because } = judge(conditions, { by: "smtp", action: undefined }, "allow");
      const sending = judge(conditions, { by: "smtp", action: actionNamed("ses:SendRawEmail") }, "allow");
      const reasons = key.startsWith("ses:") ? sending.because : because;
      assert.equal(reasons.map(({ reason }) => reason.what).join(", "), why);
    });
  }

  it("are open for the one that does not fit the key, and not for another on it", () => {
    const condition = { StringLike: { "ses:FromAddress": "*@a.org" }, DateEquals: { "ses:FromAddress": "2020-01-01" } };
    const document = valueOf({ Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: condition } });
    const conditions = readPolicy(document).statements[0]?.conditions ?? [];
    const { because } = judge(conditions, { by: "smtp", action: actionNamed("ses:SendRawEmail") }, "allow");
    assert.deepEqual(
      because.map(({ reason }) => reason),
      [{ kind: "invalid", what: "DateEquals on ses:FromAddress" }],
    );
  });

  it("are too many to be compared where each is there under a guard of its own: one of them is told", () => {
    const request = { by: "smtp", action: actionNamed("ses:SendRawEmail") } as const;
    const conditions = Array.from({ length: 20 }, (_, i): Condition => ({
      operator: "StringLike",
      key: "ses:FromAddress",
      at: place(),
      guard: on(`p${i}`),
      values: [{ value: text(`*${i}@a.org`, place()), at: place(), guard: [] }],
      rest: [],
    }));
    const { answer, because } = requestWith(conditions, [], request);
    assert.equal(answer, "maybe");
    assert.deepEqual(
      because.map(({ reason }) => reason),
      [{ kind: "limit", what: "what conditions leave of ses:FromAddress" }],
    );
  });

  it("match some requests of an Allow also where they are there under a guard", () => {
    const request = { by: "smtp", action: actionNamed("ses:SendRawEmail") } as const;
    const condition: Condition = {
      operator: "StringEquals",
      key: "ses:FromAddress",
      at: place(),
      guard: on("strict"),
      values: [{ value: address, at: place(), guard: [] }],
      rest: [],
    };
    assert.equal(judge([condition], request, "allow").verdict, "sometimes");
    const denied = judge([condition], request, "deny");
    assert.equal(denied.verdict, "unknown");
    assert.deepEqual(
      denied.because.map(({ reason }) => reason.what),
      ["the outcome of var.strict"],
    );
  });

  it("are no refusal where they never match and are there under a guard", () => {
    const request = { by: "smtp", action: actionNamed("ses:SendRawEmail") } as const;
    const condition: Condition = {
      operator: "StringEquals",
      key: "ses:ApiVersion",
      at: place(),
      guard: on("strict"),
      values: [{ value: text("1", place()), at: place(), guard: [] }],
      rest: [],
    };
    assert.equal(judge([condition], request, "allow").verdict, "unknown");
    assert.equal(requestWith([condition], [], request, on("strict")).answer, "no");
    for (const lax of negate(on("strict"))) assert.equal(requestWith([condition], [], request, lax).answer, "yes");
    assert.equal(judge([{ ...condition, guard: [] }], request, "allow").verdict, "never");
  });

  it("may match in the worlds in which more values are there, and in no others", () => {
    const request = { by: "smtp", action: actionNamed("ses:SendRawEmail") } as const;
    const condition: Condition = {
      operator: "StringEquals",
      key: "ses:ApiVersion",
      at: place(),
      guard: [],
      values: [],
      rest: [{ guard: on("more"), because: { reason: from.reason, at: from.at } }],
    };
    assert.equal(requestWith([condition], [], request, on("more")).answer, "maybe");
    for (const none of negate(on("more"))) assert.equal(requestWith([condition], [], request, none).answer, "no");
  });
});

function listOf(...values: readonly Value[]): Value {
  return { kind: "list", shape: "list", items: values.map((value) => ({ guard: [], value })), at: place() };
}

/** One thing if `var.a`, another if not. */
function choice(yes: Definite, no: Definite | undefined): Value {
  const otherwise = negate(on("a")).flatMap((guard) => (no === undefined ? [] : [{ guard, value: no }]));
  return { kind: "choice", at: place(), options: [{ guard: on("a"), value: yes }, ...otherwise] };
}
