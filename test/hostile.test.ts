import assert from "node:assert/strict";
import type { Report } from "../src/core/report";
import { lintSources } from "../src/lint";

/**
 * Input that nobody writes but to make the tool hang or crash. Each must end with a report that says which limit cut it
 * short; mocha's timeout is the measure of time, since sizes are chosen so that anything quadratic takes minutes.
 */
describe("hostile input", () => {
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

function lint(text: string): Report {
  return lintSources([{ path: "main.tf", text }]);
}

function limitsHit(report: Report): readonly string[] {
  return report.limits.map(({ limit }) => limit);
}
