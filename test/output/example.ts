import { when } from "../../src/core/guard";
import { name } from "../../src/core/message";
import type { RuleInfo } from "../../src/core/rule-info";
import type { Source } from "../../src/core/source";
import type { RenderOptions } from "../../src/output/format";
import type { Evidence, Found } from "../../src/report/evidence";
import { asked, evidenceOf, found, placeOf, step } from "../report/evidence";

/** One run as rules would tell it, over sources that are odd in every way that matters to a format. */

const main: Source = {
  path: "envs/prod/main.tf",
  text: `# Mail of the shop. The old password was hunter2.
resource "aws_iam_user" "mail" {
  name = "shop-mailer"
}

resource "aws_iam_access_key" "mail" {
  user = aws_iam_user.mail.name
}

module "app" {
  source        = "../../modules/app"
  smtp_password = aws_iam_access_key.mail.secret
}

resource "aws_iam_user_policy" "mail" {
\tuser = aws_iam_user.mail.name
\tpolicy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ses:*", "iam:CreateUser"], Resource = "*" }] })
}
`,
};

const app: Source = {
  path: "modules/app/main.tf",
  text: `variable "smtp_password" {
  type = string
}

resource "aws_ecs_task_definition" "app" {
  container_definitions = jsonencode([{
    name = "app"
    environment = [
      { name = "SMTP_HOST", value = "email-smtp.eu-west-1.amazonaws.com" },
      { name = "SMTP_PASSWORD", value = var.smtp_password },
      { name = "ADMIN_PASSWORD", value = "hunter2" },
    ]
  }])
}
`,
};

const template: Source = {
  path: "stacks/mail {{ env }} ✉.yaml",
  text: [
    "Resources:",
    "  Postmaster:",
    "    Type: AWS::IAM::User",
    "    Properties:",
    "      LoginProfile: { Password: hunter2 }",
    "  PostmasterPolicy:",
    "    Type: AWS::IAM::UserPolicy",
    "    Properties: { UserName: !Ref Postmaster, PolicyName: 📮📮 送信, PolicyDocument: { Statement: { Effect: Allow, Action: 'ses:*', Resource: '*' } } }",
    "",
  ].join("\r\n"),
};

/** One line, as the CDK writes it without indentation. */
const assembly: Source = {
  path: "cdk.out/MailStack.template.json",
  text: JSON.stringify({
    Resources: {
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `Queue${i}`,
          { Type: "AWS::SQS::Queue", Properties: { Tag: "hunter2" } },
        ]),
      ),
      MailSmtpUserDefaultPolicy8A9B1C2D: {
        Type: "AWS::IAM::Policy",
        Properties: { PolicyDocument: { Statement: [{ Action: "ses:Send*", Effect: "Allow", Resource: "*" }] } },
      },
    },
  }),
};

const broken: Source = { path: "envs/test/broken.tf", text: `resource "aws_iam_user" {\n  password = "hunter2\n` };

const excess: RuleInfo = {
  id: "smtp-user-excess-permissions",
  title: "SMTP user may do more than send",
  level: "warning",
  why: "SMTP uses ses:SendRawEmail only. Whoever finds the SMTP password's access key can do all else that it is allowed.",
  fix: "Replace the actions by ses:SendRawEmail where the statement serves this user only.",
  openWhen: "a policy, attachment or group of the user is not in the input, or not known",
  never: ["ses:SendRawEmail and patterns that match nothing else", "Resource: *, which is what AWS itself attaches"],
  sources: [
    {
      title: "Amazon SES Developer Guide",
      url: "https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html",
      text: "You must allow access to ses:SendRawEmail at a minimum.",
    },
  ],
  securitySeverity: 6.5,
  precision: "high",
  cwe: [250, 272],
};

const secretKey: RuleInfo = {
  ...excess,
  id: "smtp-password-is-secret-key",
  title: "Secret access key as SMTP password",
  level: "error",
  why: "The SMTP password is derived from the secret access key and is not the same: Amazon SES refuses the key.",
  fix: "Replace secret by ses_smtp_password_v4.",
  openWhen: "a function on the way of the key may keep a part of it only",
  never: ["a key that goes through a converter"],
  securitySeverity: 7.5,
  precision: "very-high",
  cwe: [522],
};

const login: RuleInfo = { ...excess, id: "smtp-user-console-login", title: "SMTP user with a console login", cwe: [] };

const isSmtpUser = step(
  placeOf(main, `"aws_iam_user" "mail"`),
  "aws_iam_user.mail is an SMTP user: its SMTP password reaches SMTP_PASSWORD of module.app.aws_ecs_task_definition.app.",
);

const findings: readonly Found[] = [
  found(
    placeOf(app, "var.smtp_password"),
    {
      level: "error",
      subject: "module.app.aws_ecs_task_definition.app",
      message: name("The secret access key of aws_iam_access_key.mail is the SMTP password beside an SES host."),
      steps: [
        step(placeOf(main, `"aws_iam_access_key" "mail"`), "aws_iam_access_key.mail creates the secret access key."),
        step(placeOf(main, "aws_iam_access_key.mail.secret"), "It is handed to module.app as smtp_password."),
        step(placeOf(app, "email-smtp.eu-west-1.amazonaws.com"), "The host is that of Amazon SES."),
        step(placeOf(app, "var.smtp_password"), "SMTP_PASSWORD takes it."),
      ],
      fix: name("Replace aws_iam_access_key.mail.secret by aws_iam_access_key.mail.ses_smtp_password_v4."),
    },
    secretKey,
    "envs/prod",
  ),
  found(
    placeOf(main, "ses:*"),
    {
      subject: "aws_iam_user.mail",
      message: name("aws_iam_user.mail may do ses:* besides ses:SendRawEmail."),
      steps: [isSmtpUser, step(placeOf(main, "ses:*"), "aws_iam_user_policy.mail allows it on every resource.")],
      guard: when("var.mail", "true"),
    },
    excess,
    "envs/prod",
  ),
  found(
    placeOf(main, "iam:CreateUser"),
    {
      level: "error",
      subject: "aws_iam_user.mail",
      message: name("aws_iam_user.mail may do iam:CreateUser, which is no action of Amazon SES."),
      steps: [isSmtpUser],
      guard: when("var.mail", "true"),
    },
    excess,
    "envs/prod",
  ),
  found(
    placeOf(template, "ses:*"),
    { level: "warning", subject: "Postmaster", message: name("Postmaster may do ses:* besides ses:SendRawEmail.") },
    excess,
    template.path,
  ),
  found(
    placeOf(template, "hunter2"),
    {
      level: "warning",
      subject: "Postmaster",
      message: name("Postmaster is an SMTP user and has a console login."),
      steps: [step(placeOf(template, "Postmaster"), "Postmaster is named as an SMTP user.")],
    },
    login,
    template.path,
  ),
  {
    ...found(
      placeOf(assembly, "ses:Send*"),
      {
        level: "note",
        subject: "MailSmtpUserDefaultPolicy8A9B1C2D",
        message: name("MailSmtpUserDefaultPolicy8A9B1C2D allows ses:Send* besides ses:SendRawEmail."),
      },
      excess,
      assembly.path,
    ),
    construct: "MailStack/Mail/SmtpUser/DefaultPolicy/Resource",
  },
  asked(
    placeOf(main, `"aws_iam_user" "mail"`),
    {
      message: name("Whether aws_iam_user.mail has a console login cannot be decided."),
      because: [
        { reason: { kind: "no-default", what: "var.login" }, at: placeOf(main, "mail") },
        { reason: { kind: "remote-module", what: "module.people" }, at: placeOf(main, "module") },
      ],
    },
    login,
    "envs/prod",
  ),
];

export const example: Evidence = evidenceOf([main, app, template, assembly, broken], {
  findings,
  rules: [secretKey, excess, login],
  principals: [
    {
      address: "aws_iam_user.mail",
      at: placeOf(main, `"aws_iam_user" "mail"`),
      name: "shop-mailer",
      uses: [{ use: "smtp", strength: "proven", because: "its SMTP password reaches SMTP_PASSWORD" }],
      credentials: [{ address: "aws_iam_access_key.mail", kind: "access-key" }],
      maySend: "yes",
      allowed: ["ses:*", "iam:CreateUser"],
      unknown: ["module.people"],
    },
    {
      address: "Postmaster",
      at: placeOf(template, "Postmaster"),
      name: "${…}",
      uses: [{ use: "console", strength: "proven", because: "it has the login profile Postmaster" }],
      credentials: [{ address: "Postmaster", kind: "console-password" }],
      maySend: "maybe",
      allowed: ["ses:*"],
      unknown: [],
    },
  ],
  diagnostics: [
    {
      kind: "syntax",
      file: broken.path,
      at: placeOf(broken, `"hunter2`),
      message: "The string is not closed on its line.",
    },
    { kind: "unresolved", file: main.path, at: placeOf(main, "module"), message: "module.people is not in the input." },
    { kind: "limit", file: "big.json", message: "The file is larger than 50000000 bytes.", limit: "fileBytes" },
  ],
  files: [
    { path: broken.path, status: "partial", reason: "syntax", dialect: "terraform", bytes: 47 },
    { path: main.path, status: "analysed", dialect: "terraform", bytes: 600 },
    { path: app.path, status: "analysed", dialect: "terraform", bytes: 400 },
    { path: template.path, status: "analysed", dialect: "cloudformation", bytes: 400 },
    { path: assembly.path, status: "analysed", dialect: "cdk", bytes: 2000 },
    { path: "big.json", status: "failed", reason: "too large" },
    { path: "README.md", status: "not-iac" },
  ],
});

export const plainOptions: RenderOptions = {
  color: false,
  unicode: true,
  width: 100,
  display: (path) => path,
  undecided: true,
};
