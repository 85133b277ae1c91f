import assert from "node:assert/strict";
import type { Report } from "../src/core/report";
import { lintSources } from "../src/lint";

/**
 * Input that nobody writes but to make the tool hang or crash. Each must end with a report that says which limit cut it
 * short; mocha's timeout is the measure of time, since sizes are chosen so that anything quadratic takes minutes.
 */
describe("hostile input", () => {
  it("names that every object of JavaScript has are names like any other", () => {
    for (const name of ["toString", "constructor", "hasOwnProperty", "__proto__"]) {
      const template = `Resources:\n  U: { Type: AWS::IAM::User }\n  V: { Type: AWS::IAM::User, Properties: { UserName: !GetAtt U.${name}, Path: !Sub "\${U.${name}}" } }\n  ${name}: { Type: AWS::IAM::User }\n`;
      const configuration = `resource "aws_iam_user" "${name}" {}\nresource "${name}" "a" {}\nresource "aws_iam_user" "v" {\nname = aws_iam_user.${name}.${name}\npath = ${name}.a.arn\n}\n`;
      const report = lintSources([
        { path: "a.yaml", text: template },
        { path: "main.tf", text: configuration },
      ]);
      assert.equal(report.principals.length, 5, name);
    }
  });

  it("passwords and hosts that stand beside each other by the thousand are told by their names", () => {
    const lines = repeat(5000, (i) => `P${i}_SMTP_PASSWORD = ${password}\nH${i}_SMTP_HOST = "${host}"\n`);
    const report = lint(
      `${smtpUser}resource "aws_lambda_function" "f" {\nenvironment {\nvariables = {\n${lines}}\n}\n}\n`,
    );
    assert.deepEqual(limitsHit(report), ["neighbours"]);
    assert.equal(report.outcome, "findings-incomplete");
  });

  it("one secret that is a password in thousands of places is told at each", () => {
    const resources = repeat(2000, (i) => {
      return `  F${i}: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {SMTP_PASSWORD: !GetAtt K.SecretAccessKey, SMTP_HOST: ${host}}}}}\n`;
    });
    const text = `Resources:\n  U: {Type: AWS::IAM::User}\n  K: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref U}}\n${resources}`;
    const report = lintSources([{ path: "a.yaml", text }]);
    assert.equal(report.findings.filter(({ rule }) => rule === "smtp-password-is-secret-key").length, 2000);
  });

  it("a thousand keys in each of a thousand settings are followed as far as a limit allows, and that is said", () => {
    const keys = repeat(1000, (i) => `resource "aws_iam_access_key" "k${i}" {\nuser = "u${i}"\n}\n`);
    const all = repeat(1000, (i) => `aws_iam_access_key.k${i}.secret, `);
    const parameters = repeat(1000, (i) => {
      return `resource "aws_ssm_parameter" "p${i}" {\nname = "/p${i}/smtp_password"\nvalue = base64encode(local.all)\n}\n`;
    });
    const report = lint(`${keys}locals {\nall = join(",", [${all}])\n}\n${parameters}`);
    assert.deepEqual(limitsHit(report), ["flows"]);
    assert.equal(report.findings.filter(({ rule }) => rule === "smtp-password-is-secret-key").length, 200);
  });

  it("policies of thousands of allowed and denied resources are too much for their user, and that is said", () => {
    const statements = (effect: string): string =>
      repeat(
        2000,
        (i) => `{ Effect = "${effect}", Action = "ses:S*d*", Resource = "arn:aws:ses:*:*:identity/*${i}*" },`,
      );
    const document = `{ Statement = [${statements("Allow")}${statements("Deny")}] }`;
    const report = lint(
      `${smtpUser}resource "aws_iam_user_policy" "p" {\nuser = "mailer"\npolicy = jsonencode(${document})\n}\n`,
    );
    assert.deepEqual(limitsHit(report), ["effort"]);
    assert.equal(report.outcome, "incomplete");
    assert.ok(report.undecided.length > 0);
  });

  it("wildcards by the thousand in one pattern end", () => {
    const pattern = "ses:*S*?n*d*".padEnd(2000, "*?a");
    const document = `{ Statement = [${repeat(300, (i) => `{ Effect = "${i % 2 ? "Deny" : "Allow"}", Action = "${pattern}${i}", Resource = "${pattern}" },`)}] }`;
    lint(`${smtpUser}resource "aws_iam_user_policy" "p" {\nuser = "mailer"\npolicy = jsonencode(${document})\n}\n`);
  });

  it("what thousands of instances of a plan share refers to thousands of names", () => {
    const of = { mode: "managed", type: "aws_iam_user", name: "u" };
    const addresses = Array.from({ length: 25_000 }, (_, i) => `aws_iam_user.u[${i}]`);
    const resources = addresses.map((address, index) => ({ ...of, address, index, values: { name: `u${index}` } }));
    const references = addresses.map((address) => `${address}.name`);
    const declared = { ...of, address: "aws_iam_user.u", expressions: { name: { references } } };
    const plan = {
      format_version: "1.2",
      planned_values: { root_module: { resources } },
      configuration: { root_module: { resources: [declared] } },
    };
    const report = lintSources([{ path: "plan.json", text: JSON.stringify(plan) }]);
    assert.equal(report.principals.length, 25_000);
  });

  it("conditions by the hundred, each with many wildcards, are too much for their user, and that is said", () => {
    const statements = Array.from({ length: 100 }, (_, i) => ({
      Effect: i % 2 === 0 ? "Allow" : "Deny",
      Action: ["ses:*", "iam:*"],
      Resource: "*",
      Condition: {
        StringLike: { "ses:FromAddress": Array.from({ length: 20 }, (_, j) => `*a*b${i}${"*c?".repeat(20)}${j}`) },
        IpAddress: { "aws:SourceIp": Array.from({ length: 20 }, (_, j) => `10.${i}.${j}.0/24`) },
      },
    }));
    const report = lint(`${smtpUser}${policyOf(statements)}`);
    assert.deepEqual(limitsHit(report), ["effort"]);
    assert.equal(report.outcome, "incomplete");
  });

  it("a Deny on two of thousands of keys, hundreds of times, is failed as far as a limit allows", () => {
    const tags = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`aws:PrincipalTag/a${i}`, "x"]));
    const denied = Array.from({ length: 600 }, (_, i) => [`aws:RequestTag/b${i}`, `aws:PrincipalTag/c${i}`]);
    const statements = [tags, ...denied.map((keys) => Object.fromEntries(keys.map((key) => [key, "x"])))];
    const report = lint(
      `${smtpUser}${policyOf(
        statements.map((keys, i) => ({
          Effect: i === 0 ? "Allow" : "Deny",
          Action: "ses:SendRawEmail",
          Resource: "*",
          Condition: { StringEquals: keys },
        })),
      )}`,
    );
    assert.equal(report.outcome, "undecided");
  });

  it("networks by the ten thousand in one condition, and in thousands of Denies, are compared", () => {
    const network = (i: number): string => `10.${i >> 8}.${i % 256}.0/24`;
    const statement = (effect: string, operator: string, networks: readonly string[]): object => ({
      Effect: effect,
      Action: "ses:SendRawEmail",
      Resource: "*",
      Condition: { [operator]: { "aws:SourceIp": networks } },
    });
    const networks = Array.from({ length: 20_000 }, (_, i) => network(i));
    const denied = networks.slice(0, 10_000).map((one) => statement("Deny", "IpAddress", [one]));
    for (const [others, operator] of [
      [[statement("Deny", "NotIpAddress", networks)], "IpAddress"],
      [denied, "NotIpAddress"],
    ] as const) {
      const report = lint(`${smtpUser}${policyOf([statement("Allow", operator, networks), ...others])}`);
      assert.deepEqual([limitsHit(report), report.outcome], [[], "clean"]);
    }
  });

  it("users and policies by the thousand whose names are not known are open, and that is said", () => {
    const all = repeat(1500, (i) => {
      const user = `resource "aws_iam_user" "u${i}" {\nname = "\${var.x}u${i}"\n}\n`;
      return `${user}resource "aws_iam_user_policy" "p${i}" {\nuser = "\${var.x}"\n${policy}}\n`;
    });
    assert.deepEqual(limitsHit(lint(`variable "x" {}\n${all}`)), ["effort", "joins"]);
  });

  it("each of thousands of users that are handed out has an answer", () => {
    const users = repeat(3000, (i) => {
      return `resource "aws_iam_user" "u${i}" {\nname = "u${i}"\n}\noutput "o${i}" {\nvalue = aws_iam_user.u${i}.name\n}\n`;
    });
    assert.deepEqual(limitsHit(lint(users)), []);
  });

  it("each of a thousand undecided conditions is told apart", () => {
    const all = repeat(1000, (i) => {
      const key = `resource "aws_iam_access_key" "k${i}" {\ncount = var.v${i} ? 1 : 0\nuser = "mailer"\n}\n`;
      const given = `resource "aws_iam_user_policy" "p${i}" {\ncount = var.v${i} ? 1 : 0\nuser = "mailer"\n${policy}}\n`;
      return `variable "v${i}" {\ntype = bool\n}\n${key}${given}`;
    });
    lint(`${smtpUser}${all}`);
  });

  it("hundreds of policies of each of many users have an answer", () => {
    const policies = repeat(
      20,
      (i) => `resource "aws_iam_user_policy" "p${i}" {\nuser = aws_iam_user.u.name\n${policy}}\n`,
    );
    const report = lintSources([
      { path: "main.tf", text: 'module "m" {\nsource = "./m"\ncount = 100\n}\n' },
      { path: "m/main.tf", text: `${smtpUser}${policies}` },
    ]);
    assert.deepEqual(limitsHit(report), []);
    assert.equal(report.findings.length, 20);
  });
});

const host = "email-smtp.us-east-1.amazonaws.com";
const password = "aws_iam_access_key.k.ses_smtp_password_v4";
const policy = 'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "ses:*", Resource = "*" }] })\n';
const smtpUser = `resource "aws_iam_user" "u" {\nname = "mailer"\n}
resource "aws_iam_access_key" "k" {\nuser = aws_iam_user.u.name\n}
output "p" {\nvalue = ${password}\nsensitive = true\n}
`;

function repeat(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

function policyOf(statements: readonly object[]): string {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return `resource "aws_iam_user_policy" "p" {\nuser = "mailer"\npolicy = <<EOT\n${document}\nEOT\n}\n`;
}

function lint(text: string): Report {
  return lintSources([{ path: "main.tf", text }]);
}

function limitsHit(report: Report): readonly string[] {
  return report.limits.map(({ limit }) => limit);
}
