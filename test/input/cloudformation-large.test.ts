import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { readSources } from "../../src/core/read";
import { adapt } from "../../src/input";
import type { Adapted } from "../../src/input/dialect";

const root = join(__dirname, "../../fixtures");
const files = fastGlob
  .sync("**/*.json", { cwd: root, ignore: ["**/node_modules/**", "**/*.tf.json"] })
  .filter((file) => readFileSync(join(root, file), "utf8").includes('"Resources"'))
  .sort();

/** Of resources that only a part of is worked out in a large template. */
const resources: Readonly<Record<string, unknown>> = {
  Key: { Type: "AWS::IAM::AccessKey", Properties: { UserName: { Ref: "User" } } },
  User: { Type: "AWS::IAM::User", Properties: { LoginProfile: { Password: { Ref: "Password" } } } },
  PlainQueue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "orders" } },
  MailQueue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "smtp-password" } },
  Nothing: service({ QUEUE: { Ref: "PlainQueue" }, AT: { "Fn::Sub": "${PlainQueue.Arn} in ${AWS::Region}" } }),
  OfMail: service({ SMTP_PASSWORD: "x", HOST: "email-smtp.eu-west-1.amazonaws.com" }),
  ByName: service({ SMTP_USERNAME: "x" }),
  ByReference: service({ HOST: { Ref: "Host" }, A: { Ref: "Key" }, B: { "Fn::GetAtt": ["Key", "SecretAccessKey"] } }),
  ByQueue: service({ A: { "Fn::GetAtt": ["MailQueue", "QueueName"] } }),
  ByVariable: service({ A: { "Fn::Sub": ["${x}", { x: { "Fn::GetAtt": ["Key", "SecretAccessKey"] } }] } }),
  ByTextOfSub: service({ A: { "Fn::Sub": "${Key.SecretAccessKey}" }, B: { "Fn::GetAtt": "Key.SecretAccessKey" } }),
  ByImport: service({ A: { "Fn::ImportValue": "root-access-key" } }),
  ByPassword: service({ A: { Ref: "Password" } }),
  Literal: service({ A: "AKIAIOSFODNN7ABCDEFG", B: "wJalrXUtnFEMIK7MDENGbPxRfiCYABCDEFGHIJKL" }),
  Root: service({ AWS_PROFILE: "root" }),
  Cut: service({ AWS_PROFILE: { "Fn::Select": [1, { "Fn::Split": [",", "a,root,b"] }] } }),
  Resolved: service({ A: "{{resolve:secretsmanager:mail:SecretString:password}}" }),
  Wrong: service({ A: { Ref: "Nobody" }, B: { "Fn::GetAtt": ["Nobody", "Arn"] }, C: { "Fn::Sub": "${Nobody}" } }),
  Chosen: service({ A: { "Fn::If": ["IsProduction", { Ref: "Key" }, { Ref: "AWS::NoValue" }] } }),
  OfSam: { Type: "AWS::Serverless::Function", Properties: { Handler: "index.handler", Runtime: "nodejs22.x" } },
};

function service(variables: Readonly<Record<string, unknown>>): unknown {
  const description = "Takes what waits in the queue and hands it on, so that its text is longer than a short one.";
  return {
    Type: "AWS::Lambda::Function",
    Properties: { Description: description, Environment: { Variables: variables } },
  };
}

const written = JSON.stringify(
  {
    AWSTemplateFormatVersion: "2010-09-09",
    Transform: "AWS::Serverless-2016-10-31",
    Globals: {
      Function: { Environment: { Variables: { SMTP_PASSWORD: { "Fn::GetAtt": ["Key", "SecretAccessKey"] } } } },
    },
    Parameters: {
      Host: { Type: "String", Default: "email-smtp.eu-west-1.amazonaws.com" },
      Password: { Type: "String", NoEcho: true },
    },
    Conditions: { IsProduction: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] } },
    Resources: resources,
  },
  undefined,
  1,
);

describe("a large CloudFormation template", () => {
  for (const file of files) {
    it(`has the model that it has when it is read at once: ${file}`, () => {
      isTheSame(readFileSync(join(root, file), "utf8"));
    });
  }

  it("has the model that it has when it is read at once, whatever its resources refer to", () => {
    assert.ok(modelOf(large(written)).models.some((model) => model.settings.length > 0 && model.literals.length > 0));
    isTheSame(written);
    isTheSame(written.replace('"SMTP_USERNAME"', '"\\u0053MTP_USERNAME"'));
    // With a transform, a name that is not there may be one that is made.
    isTheSame(written.replace(/"Transform".*\n/, "").replaceAll("AWS::Serverless::", "AWS::Lambda::"));
  });
});

/** With a description behind the rest, so that all places stay. */
function large(text: string): string {
  return text.replace(/\s*\}\s*$/, `, "Description": "${"x".repeat(20_000)}"}`);
}

function isTheSame(text: string): void {
  const small = text.replace(/\s*\}\s*$/, ', "Description": "x"}');
  assert.deepEqual(modelOf(large(text)), modelOf(small));
}

function modelOf(text: string): Adapted {
  const { models, diagnostics } = adapt([{ path: "a.json", named: true }], readSources([{ path: "a.json", text }]));
  return { models, diagnostics, files: [] };
}
