import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../src/index";
import { lintSources } from "../src/lint";
import type { RuleOptions } from "../src/model/rule";
import { settingName, settingNames, tableNames } from "../src/model/credentials/setting-names";

const people = readFileSync(join(__dirname, "../fixtures/rules/console-self-provision-incomplete/fail.tf"), "utf8");

describe("selfProvision", () => {
  it("asks by default for what the document says", () => {
    assert.deepEqual(messages({}), messages({ selfProvision: "document" }));
    assert.deepEqual(
      messages({}).filter((one) => one.includes("aws_iam_user.ben")),
      [
        "aws_iam_user.ben can use Amazon SES in the console but is not allowed iam:ListUsers, so creating SMTP credentials there stops.",
        "aws_iam_user.ben is allowed only a part of what creating SMTP credentials in the console takes: it is not allowed iam:CreateAccessKey and iam:PutUserPolicy.",
      ],
    );
  });

  it("asks as current for what the guide says since September 2024", () => {
    assert.deepEqual(
      messages({ selfProvision: "current" }).filter((one) => one.includes("aws_iam_user.ben")),
      [
        "aws_iam_user.ben is allowed only a part of what creating SMTP credentials in the console takes, as the guide has it since September 2024 without iam:ListUsers: it is not allowed iam:CreateGroup, iam:PutGroupPolicy, iam:AddUserToGroup and iam:CreateAccessKey.",
      ],
    );
  });

  it("counts as current what is allowed on the users and the group that SES makes, and on no others", () => {
    const person = (user: string, group: string) => `
resource "aws_iam_user" "ann" { name = "ann" }
resource "aws_iam_user_login_profile" "ann" { user = aws_iam_user.ann.name }
resource "aws_iam_user_policy" "ann" {
  user = aws_iam_user.ann.name
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "ses:*", Resource = "*" },
      { Effect = "Allow", Action = ["iam:CreateUser", "iam:CreateAccessKey"], Resource = "arn:aws:iam::*:user/${user}" },
      { Effect = "Allow", Action = ["iam:*Group", "iam:PutGroupPolicy"], Resource = "arn:aws:iam::*:group/${group}" },
    ]
  })
}
`;
    const lacks = (user: string, group: string) =>
      told(person(user, group), { selfProvision: "current" }, "console-self-provision-incomplete", "message");
    const lacking = (actions: string) =>
      `aws_iam_user.ann is allowed only a part of what creating SMTP credentials in the console takes, as the guide has it since September 2024 without iam:ListUsers: it is not allowed ${actions}.`;
    const group = "AWSSESSendingGroupDoNotRename";
    assert.deepEqual(lacks("ses-smtp-user.*", group), []);
    assert.deepEqual(lacks("ses-smtp-user.*", "other"), [
      lacking("iam:CreateGroup, iam:PutGroupPolicy and iam:AddUserToGroup"),
    ]);
    assert.deepEqual(lacks("other", group), [lacking("iam:CreateUser and iam:CreateAccessKey")]);
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

  it("are told what they lack, if that is everything", () => {
    const lacks = (options: Partial<RuleOptions>) => told(reader, options, "console-self-provision-incomplete");
    assert.deepEqual(lacks({}), []);
    assert.deepEqual(lacks({ selfProvisionUsers: ["ben"] }), ["note"]);
    assert.deepEqual(lacks({ selfProvisionUsers: ["ben"], selfProvision: "current" }), ["note"]);
    assert.deepEqual(told(reader, { selfProvisionUsers: ["ben"] }, "console-self-provision-incomplete", "message"), [
      "aws_iam_user.ben is allowed nothing of what creating SMTP credentials in the console takes: it is not allowed iam:CreateUser, iam:CreateAccessKey and iam:PutUserPolicy.",
    ]);
  });

  it("may be permission sets", () => {
    const set = `
resource "aws_ssoadmin_permission_set" "mail" {
  name         = "mail"
  instance_arn = "arn:aws:sso:::instance/ssoins-1"
}
resource "aws_ssoadmin_permission_set_inline_policy" "mail" {
  instance_arn       = aws_ssoadmin_permission_set.mail.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.mail.arn
  inline_policy      = jsonencode({ Statement = [{ Effect = "Allow", Action = "ses:Get*", Resource = "*" }] })
}
`;
    assert.deepEqual(told(set, {}, "console-user-list-users"), []);
    assert.deepEqual(told(set, { selfProvisionUsers: ["mail"] }, "console-user-list-users"), ["warning"]);
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

describe("settingNames", () => {
  const own: Partial<RuleOptions> = {
    settingNames: {
      smtpPassword: ["newsletter_pw", "mail_token"],
      smtpUser: ["newsletter_id"],
      awsSecretAccessKey: ["token"],
    },
  };
  const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYREALREALREAL";
  const key = 'resource "aws_iam_access_key" "k" { user = "newsletter" }\n';

  function findings(path: string, text: string, options: Partial<RuleOptions>): readonly string[] {
    return lintSources([{ path, text }], { options }).findings.map(({ level, rule }) => `${level} ${rule}`);
  }

  /** What is found only with the names. */
  function added(path: string, text: string): readonly string[] {
    const without = findings(path, text, {});
    return findings(path, text, own).filter((one) => !without.includes(one));
  }

  it("say what settings of Terraform are, in every spelling", () => {
    for (const name of ["NEWSLETTER_PW", "newsletterPassword", "APP_NEWSLETTER_PW_PROD"]) {
      const map = `resource "aws_lambda_function" "f" {
  environment { variables = { ${name} = aws_iam_access_key.k.secret } }
}
`;
      assert.deepEqual(added("main.tf", key + map), ["warning smtp-password-is-secret-key"], name);
    }
  });

  it("count by the whole name of a stored secret, where only that says it", () => {
    const stored =
      'resource "aws_ssm_parameter" "p" {\n  type = "SecureString"\n  name = "/newsletter/pw"\n  value = aws_iam_access_key.k.secret\n}\n';
    assert.deepEqual(added("main.tf", key + stored), ["warning smtp-password-is-secret-key"]);
  });

  it("say what outputs and variables are", () => {
    const output = 'output "newsletter_pw" {\n  value = aws_iam_access_key.k.secret\n  sensitive = true\n}\n';
    assert.deepEqual(added("main.tf", key + output), ["warning smtp-password-is-secret-key"]);
    const literal = ["error hardcoded-aws-credentials"];
    assert.deepEqual(added("main.tf", `variable "vault_token" { default = "${secret}" }`), literal);
    assert.deepEqual(added("terraform.tfvars", `vault_token = "${secret}"`), literal);
  });

  it("say what settings of templates are, of large ones too", () => {
    const template = (resources: number) => `Resources:
  K: { Type: AWS::IAM::AccessKey, Properties: { UserName: newsletter } }
  F:
    Type: AWS::Lambda::Function
    Properties: { Environment: { Variables: { NEWSLETTER_PW: !GetAtt K.SecretAccessKey, VAULT_TOKEN: ${secret} } } }
${Array.from({ length: resources }, (_, i) => `  Q${i}: { Type: AWS::SQS::Queue, Properties: { QueueName: queue-number-${i} } }\n`).join("")}`;
    for (const resources of [0, 500]) {
      const found = added("t.yaml", template(resources));
      assert.deepEqual(found, ["warning smtp-password-is-secret-key", "error hardcoded-aws-credentials"]);
    }
  });

  it("are looked for where no other word speaks of mail or credentials", () => {
    // A password of version 2, which is told by the setting that it stands in.
    const password = Buffer.from([2, ...Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256)]).toString("base64");
    const legacy = ["warning smtp-password-legacy"];
    const lambda = (name: string) =>
      `resource "aws_lambda_function" "f" {\n  environment { variables = { ${name} = "${password}" } }\n}\n`;
    assert.deepEqual(added("main.tf", lambda("NEWSLETTER_PW")), legacy);
    assert.deepEqual(added("main.tf", lambda("SMTP_PASSWORD")), []);
    const padding = Array.from(
      { length: 500 },
      (_, i) => `  Q${i}: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: ${i} } }\n`,
    );
    const template = `Resources:
${padding.join("")}  F:
    Type: AWS::Lambda::Function
    Properties: { Environment: { Variables: { NEWSLETTER_PW: ${password} } } }
`;
    assert.deepEqual(added("t.yaml", template), legacy);
  });

  it("say what is written in a plan, of a large one too", () => {
    const plan = (padding: number) =>
      JSON.stringify(
        {
          format_version: "1.2",
          terraform_version: "1.11.4",
          planned_values: { root_module: {} },
          variables: { vault_token: { value: secret } },
          configuration: {
            root_module: {
              resources: [
                {
                  address: "null_resource.a",
                  mode: "managed",
                  type: "null_resource",
                  name: "a",
                  expressions: {
                    triggers: { constant_value: { build_token: secret.toLowerCase().replace("w", "W") } },
                  },
                },
              ],
            },
          },
          padding: "x".repeat(padding),
        },
        undefined,
        1,
      );
    // The value of the variable may have been given to it when Terraform ran; the constant is in the configuration.
    const literal = "error hardcoded-aws-credentials";
    for (const padding of [0, 1_100_000]) assert.deepEqual(added("plan.json", plan(padding)), [literal]);
  });

  it("take the longest of the names that fit, and leave other providers theirs", () => {
    const { of } = settingNames(own.settingNames ?? {});
    assert.deepEqual(of("NEWSLETTER_PW"), { role: "smtp-password", specific: true, foreign: false });
    assert.deepEqual(of("MAIL_TOKEN"), { role: "smtp-password", specific: true, foreign: false });
    assert.deepEqual(of("VAULT_TOKEN"), { role: "aws-secret", specific: true, foreign: false });
    assert.deepEqual(of("RESEND_VAULT_TOKEN"), { role: "aws-secret", specific: true, foreign: true });
    assert.deepEqual(settingNames({ smtpUser: ["resend_id", "--"] }).of("RESEND_ID"), {
      role: "smtp-user",
      specific: true,
      foreign: false,
    });
    const others = settingNames({ smtpHost: ["target"], awsAccessKeyId: ["token_id"] });
    assert.equal(others.of("RELAY_TARGET")?.role, "smtp-host");
    assert.equal(others.of("TOKEN_ID")?.role, "aws-key-id");
    assert.deepEqual(of("SENDGRID_NEWSLETTER_ID"), { role: "smtp-user", specific: true, foreign: true });
    assert.deepEqual(of("SMTP_HOST"), settingName("SMTP_HOST"));
    assert.equal(of("newsletter_pw_arn"), undefined);
  });

  it("are none where their words are none", () => {
    assert.equal(settingNames({ smtpPassword: ["***"], smtpHost: [] }), tableNames);
  });
});

describe("levels", () => {
  const key = [{ path: "main.tf", text: 'resource "aws_iam_access_key" "old" {\n  user = "root"\n}\n' }];

  it("are those of all findings of a rule", () => {
    const told = lintSources(key, { levels: { "root-access-key": "note" } });
    assert.deepEqual(
      told.findings.map(({ rule, level }) => [rule, level]),
      [["root-access-key", "note"]],
    );
    assert.deepEqual(told.configuration.levels, [{ rule: "root-access-key", level: "note" }]);
    const [rule] = told.rules;
    assert.equal(rule?.level, "error", "The rule itself says what it says by default.");
  });

  it("are those of its open questions, too", () => {
    const open = `variable "policy" {}
resource "aws_iam_user" "mail" { name = "ses-smtp-user.1" }
resource "aws_iam_user_policy_attachment" "mail" {
  user       = aws_iam_user.mail.name
  policy_arn = var.policy
}
`;
    const sources = [{ path: "main.tf", text: open }];
    const levels = (asked: Parameters<typeof lintSources>[1]) =>
      lintSources(sources, asked).undecided.flatMap(({ rule, level }) =>
        rule === "smtp-user-cannot-send" ? [level] : [],
      );
    assert.deepEqual(levels({}), ["error"]);
    assert.deepEqual(levels({ levels: { "smtp-user-cannot-send": "note" } }), ["note"]);
  });

  it("are of rules that there are", () => {
    assert.throws(() => lint(["fixtures/demo/shop"], { levels: { "no-such-rule": "note" } }), RangeError);
  });
});

function told(
  text: string,
  options: Partial<RuleOptions>,
  rule: string,
  what: "level" | "message" = "level",
): readonly string[] {
  return lintSources([{ path: "main.tf", text }], { options })
    .findings.filter((one) => one.rule === rule)
    .map((one) => one[what]);
}

function messages(options: Partial<RuleOptions>): readonly string[] {
  return lintSources([{ path: "main.tf", text: people }], { options })
    .findings.map((one) => one.message)
    .sort();
}
