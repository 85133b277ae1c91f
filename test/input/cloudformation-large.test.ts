import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import fastGlob from "fast-glob";
import { stringify } from "yaml";
import { jsonText, readJson } from "../../src/core/json";
import { readSources } from "../../src/core/read";
import { adapt } from "../../src/input";
import { whole, withoutConstructs, type Whole } from "./whole";
import { readYaml, yamlText } from "../../src/input/yaml";
import { settingNames, tableNames } from "../../src/model/credentials/setting-names";

const root = join(__dirname, "../../fixtures");
const filesOf = (pattern: string, has: RegExp): readonly string[] =>
  fastGlob
    .sync(pattern, { cwd: root, ignore: ["**/node_modules/**", "**/*.tf.json"] })
    .filter((file) => has.test(readFileSync(join(root, file), "utf8")))
    .sort();
const files = filesOf("**/*.json", /"Resources"/);
const yamlFiles = filesOf("**/*.{yaml,yml}", /^Resources:/m);

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
  ChosenOfNothing: service({ A: { "Fn::If": ["IsProduction", "a", { Ref: "PlainQueue" }] } }),
  ByNoCondition: service({ A: { "Fn::If": ["Nobody", "a", "b"] } }),
  OfRole: roleThatMay({ Action: ["s3:GetObject", "sesv2:SendEmail"] }),
  OfRoleByReference: roleThatMay({ Action: { "Fn::Sub": "${Service}:SendEmail" } }),
  OfUser: policyOf({ Users: [{ Ref: "User" }] }),
  OfNobody: policyOf({ Roles: ["app"] }),
  OfSomebody: policyOf({ "Fn::Transform": { Name: "Holders" } }),
  OfSam: { Type: "AWS::Serverless::Function", Properties: { Handler: "index.handler", Runtime: "nodejs22.x" } },
};

function service(variables: Readonly<Record<string, unknown>>): object {
  const description = "Takes what waits in the queue and hands it on, so that its text is longer than a short one.";
  return {
    Type: "AWS::Lambda::Function",
    Properties: { Description: description, Environment: { Variables: variables } },
  };
}

function policyOf(holders: object): object {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", Action: "ses:SendRaw" }] };
  return { Type: "AWS::IAM::Policy", Properties: { PolicyName: "p", PolicyDocument: document, ...holders } };
}

function roleThatMay(statement: object): object {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", ...statement }] };
  return { Type: "AWS::IAM::Role", Properties: { Policies: [{ PolicyName: "mail", PolicyDocument: document }] } };
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
      Service: { Type: "String", Default: "sesv2" },
    },
    Conditions: { IsProduction: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] } },
    Resources: resources,
  },
  undefined,
  1,
);

describe("a large CloudFormation template", () => {
  it("is one whose text is kept to be looked at", () => {
    const json = readJson({ path: "a.json", text: large(written) });
    assert.ok(json.kind === "value" && jsonText(json.value) !== undefined);
    const yaml = readYaml({ path: "a.yaml", text: largeYaml(tagged) });
    assert.ok(yaml.kind === "documents" && yaml.documents.every((one) => yamlText(one) !== undefined));
  });

  for (const file of files) {
    it(`has the model that it has when it is read at once: ${file}`, () => {
      isTheSame(readFileSync(join(root, file), "utf8"));
    });
  }

  for (const file of yamlFiles) {
    it(`has the model that it has when it is read at once: ${file}`, () => {
      const text = readFileSync(join(root, file), "utf8");
      assert.deepEqual(modelOf(largeYaml(text)), smallModelOf(`${text}\n# x\n`));
    });
  }

  it("has it whatever random resources say", () => {
    fc.assert(
      fc.property(randomResources, (services) => {
        const Resources = { ...resources, ...services };
        isTheSame(JSON.stringify({ ...JSON.parse(written), Transform: undefined, Resources }, undefined, 1));
      }),
      { numRuns: 60 },
    );
  });

  it("has it in YAML, too, whatever random resources say", () => {
    const plain = Object.fromEntries(Object.entries(resources).filter(([name]) => name !== "OfSam"));
    fc.assert(
      fc.property(randomResources, (services) => {
        const Resources = { ...plain, ...services };
        const text = stringify({ ...JSON.parse(written), Transform: undefined, Resources }, { lineWidth: 0 });
        assert.deepEqual(modelOf(largeYaml(text)), smallModelOf(`${text}\n# x\n`));
      }),
      { numRuns: 40 },
    );
  });

  it("has the model that it has when it is read at once, whatever its resources refer to", () => {
    assert.ok(modelOf(large(written)).models.some((model) => model.settings.length > 0 && model.literals.length > 0));
    isTheSame(written);
    isTheSame(written.replace('"SMTP_USERNAME"', '"\\u0053MTP_USERNAME"'));
    // Of equal keys the last counts.
    isTheSame(written.replace(/("Type": "AWS::SQS::Queue",)/g, '$1 "Type": "AWS::IAM::User",'));
    isTheSame(written.replace(/("Type": "AWS::SQS::Queue",)/g, '$1 "\\u0054ype": "AWS::IAM::User",'));
    // With a transform, a name that is not there may be one that is made.
    isTheSame(written.replace(/"Transform".*\n/, "").replaceAll("AWS::Serverless::", "AWS::Lambda::"));
  });

  it("has it where a user adds names of settings, which no word of a text tells", () => {
    const names = settingNames({ awsSecretAccessKey: ["OUR_SIGNATURE"] });
    const Resources = { ...resources, Signing: service({ OUR_SIGNATURE: secretKey }) };
    const text = JSON.stringify({ ...JSON.parse(written), Resources }, undefined, 1);
    const { models } = modelOf(large(text), names);
    assert.ok(models.some((model) => model.literals.some((literal) => literal.address === "Signing")));
    isTheSame(text, names);
  });

  it("has it in YAML, too, in flow and in blocks, with long names of functions and with tags", () => {
    const plain: unknown = JSON.parse(written.replace(/"Transform".*\n/, "").replaceAll("Serverless::", "Lambda::"));
    for (const collectionStyle of ["flow", "block"] as const) {
      for (const defaultStringType of ["PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL"] as const) {
        const text = stringify(plain, { collectionStyle, defaultStringType, defaultKeyType: "PLAIN", lineWidth: 0 });
        isTheSameYaml(text);
        if (collectionStyle === "block")
          isTheSameYaml(text.replace(/["']?Ref["']?: (["']?[\w:]+["']?)(?=\s)/g, "!Ref $1"));
      }
    }
    isTheSameYaml(tagged);
    isTheSameYaml(tagged.replace(/\n/g, "\r\n"));
  });
});

const secretKey = "wJalrXUtnFEMIK7MDENGbPxRfiCYABCDEFGHIJKL";

/** Texts and functions that matter, and some that do not. */
const randomValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    "orders",
    "root",
    "AKIAIOSFODNN7ABCDEFG",
    secretKey,
    `C:\\${secretKey}`,
    `a\n${secretKey}\n`,
    `AWS_SECRET_ACCESS_KEY=${secretKey}`,
    "email-smtp.eu-west-1.amazonaws.com",
    "email.eu-west-1.amazonaws.com",
    "ZW1haWwtc210cC5ldS13ZXN0LTEuYW1hem9uYXdzLmNvbQ==",
    '{"SMTP_PASSWORD": "x"}',
    '{"\\u0053MTP_PASSWORD": "x"}',
    { Ref: "Host" },
    { Ref: "Password" },
    { Ref: "Key" },
    { Ref: "AWS::NoValue" },
    { "Fn::GetAtt": ["Key", "SecretAccessKey"] },
    { "Fn::GetAtt": "MailQueue.QueueName" },
    { "Fn::Sub": "${Key.SecretAccessKey} of ${ Key } at ${!Host}" },
    { "Fn::Sub": ["${Host}", { Host: { "Fn::GetAtt": ["Key", "SecretAccessKey"] } }] },
    { "Fn::Base64": { "Fn::Sub": "AWS_ACCESS_KEY_ID=${Key}" } },
    { "Fn::Join": ["", ["SEC", "RET=", secretKey]] },
    { "Fn::FindInMap": ["Hosts", { Ref: "AWS::Region" }, "name"] },
    { "Fn::If": ["IsProduction", { Ref: "Key" }, "x"] },
    { "Fn::Split": [",", "root,AKIAIOSFODNN7ABCDEFG"] },
    { "Fn::ImportValue": "smtp-password" },
    { "Fn::Foo": "x" },
    "{{resolve:ssm:/app/smtp/password}}",
  ),
  fc.string({ maxLength: 12 }),
);

const randomKey = fc.constantFrom(
  "A",
  "HOST",
  "PASSWORD",
  "SMTP_USER",
  "AWS_PROFILE",
  "KEY-__-ID",
  "AUTH--INFO",
  "SECRET_KEY",
);

/** What stands beside the type, before and behind it. */
const frames: readonly ((resource: object) => object)[] = [
  (resource) => resource,
  (resource) => ({ Metadata: { Type: "a", Condition: "b" }, ...resource }),
  (resource) => ({ Condition: "IsProduction", ...resource }),
  (resource) => ({ ...resource, Condition: "IsProduction" }),
  (resource) => ({ ...resource, Condition: "Nobody" }),
];

const randomResources: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...holders()),
      fc.dictionary(randomKey, randomValue, { maxKeys: 4 }),
      fc.constantFrom(...frames),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((made) =>
    Object.fromEntries(made.map(([holder, variables, frame], i) => [`Random${i}`, frame(holder(variables))])),
  );

/** Everything that holds settings: environments, tags, parameters, secrets, user data, files of metadata. */
function holders(): readonly ((variables: Readonly<Record<string, unknown>>) => object)[] {
  const description = "So long that its text is looked at: ".repeat(6);
  const pairs = (variables: Readonly<Record<string, unknown>>): readonly unknown[] =>
    Object.entries(variables).map(([Key, Value]) => ({ Key, Value }));
  return [
    service,
    (variables) => ({ Type: "AWS::SQS::Queue", Properties: { QueueName: description, Tags: pairs(variables) } }),
    (variables) => ({ Type: "Custom::Thing", Properties: { Description: description, ...variables } }),
    (variables) => ({
      Type: "AWS::SSM::Parameter",
      Properties: {
        Type: "String",
        Name: "/app/value",
        Value: Object.values(variables)[0] ?? "",
        Description: description,
      },
    }),
    (variables) => ({
      Type: "AWS::SecretsManager::Secret",
      Properties: { Description: description, SecretString: { "Fn::Sub": JSON.stringify(variables) } },
    }),
    (variables) => ({
      Type: "AWS::EC2::Instance",
      Properties: {
        UserData: { "Fn::Base64": { "Fn::Join": ["\n", Object.values(variables)] } },
        Tags: [{ Key: "Name", Value: description }],
      },
    }),
    (variables) => ({
      Type: "AWS::EC2::Instance",
      Metadata: { "AWS::CloudFormation::Init": { config: { files: { "/etc/app": { content: variables } } } } },
      Properties: { Tags: [{ Key: "Name", Value: description }] },
    }),
  ];
}

/** As people write it. Its Lambdas are as long as those that are looked at. */
const tagged = `Parameters:
  Host: { Type: String, Default: email-smtp.eu-west-1.amazonaws.com }
Conditions:
  IsProduction: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  User: { Type: "AWS::IAM::User" }
  Key:
    Type: AWS::IAM::AccessKey
    Properties: { UserName: !Ref User }
  Queue:
    Type: AWS::SQS::Queue
${[
  "A: !Ref Queue",
  "A: !Ref Key",
  "A: !Ref Host",
  "A: !Ref Nobody",
  "A: !GetAtt Queue.Arn",
  "A: !GetAtt Key.SecretAccessKey",
  "A: !GetAtt [Key, SecretAccessKey]",
  "A: !GetAtt\n            - Key\n            - SecretAccessKey",
  "A:\n            Fn::GetAtt:\n              - Nobody\n              - Arn",
  "A: !Sub '\${Key.SecretAccessKey}'",
  'A: !Sub\n            - "\${x}"\n            - { x: !Ref Key }',
  "A: !If [IsProduction, a, !Ref Queue]",
  "A: !If [IsProduction, a, !Ref Key]",
  "A: !If\n            - Nobody\n            - a\n            - b",
  "A: !FindInMap [Hosts, !Ref AWS::Region, name]",
  "A: &key !Ref Key",
  "A: *key",
  "A: &-key.1 !Ref Key",
  "A: *-key.1",
  'D: { "A":*-key.1 }',
  "A: !%52ef Key",
  `A: 'C:\\wJalrXUtnFEMIK7MDENGbPxRfiCYABCDEFGHIJKL'\n          SECRET_KEY: "C:\\\\wJalrXUtnFEMIK7MDENGbPxRfiCYABCDEFGHIJKL"`,
  "A: x # !GetAtt Queue.Nonsense, !Ref Nobody, !If [Nobody, a, b]",
  "<<: { A: !Ref Key }",
  "A: !ImportValue root-access-key",
  'A: "\\x53MTP_PASSWORD"',
  '"\\u0053MTP_PASSWORD": x',
  "AWS_PROFILE: root",
  "SMTP_HOST: x",
  "A: AKIAIOSFODNN7ABCDEFG\n          B: wJalrXUtnFEMIK7MDENGbPxRfiCYABCDEFGHIJKL",
  "A: '{{resolve:secretsmanager:mail:SecretString:password}}'",
]
  .map((variables, i) => yamlService(`Service${i}`, variables))
  .join("")}`;

function yamlService(name: string, variables: string): string {
  return `  ${name}:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          ${variables}
`;
}

/** With a description behind the rest, so that all places stay. */
function large(text: string): string {
  return text.replace(/\s*\}\s*$/, `, "Description": "${"x".repeat(20_000)}"}`);
}

function largeYaml(text: string): string {
  return `${text}\n# ${"x".repeat(20_000)}\n`;
}

function isTheSame(text: string, names = tableNames): void {
  const small = text.replace(/\s*\}\s*$/, ', "Description": "x"}');
  assert.deepEqual(modelOf(large(text), names), smallModelOf(small, names));
}

function isTheSameYaml(text: string): void {
  const { models, diagnostics } = smallModelOf(text);
  assert.ok(models.length > 0);
  assert.deepEqual(modelOf(largeYaml(text)), { models, diagnostics, files: [] });
}

/** What is large already would be compared with itself. */
function smallModelOf(text: string, names = tableNames): Whole {
  assert.ok(text.length < 20_000, "it is too large to be read at once");
  return modelOf(text, names);
}

/** Defaults are a set of places: which is asked first says nothing. */
function modelOf(text: string, names = tableNames): Whole {
  const read = readSources([{ path: "a.json", text }]);
  const { models, diagnostics } = whole(adapt([{ path: "a.json", named: true }], read, { names }));
  const sorted = models.map((model) => {
    return {
      ...withoutConstructs(model),
      defaults: [...model.defaults].sort((a, b) => a.start - b.start),
    };
  });
  return { models: sorted, diagnostics, files: [] };
}
