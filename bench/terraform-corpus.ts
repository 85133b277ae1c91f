import { readSources } from "../src/core/read";
import type { Source } from "../src/core/source";
import { terraform } from "../src/input/terraform";

/** Terraform of many parts, the same on every run. */

export function adapt(sources: readonly Source[]): unknown {
  const found = sources.map(({ path }) => ({ path, named: false }));
  return Array.from(terraform.adapt(found, readSources(sources)), () => 1).length;
}

/** A root module and the 200 modules of 20 resources that it calls. */
export function modulesOf20(): readonly Source[] {
  return [root(200), ...Array.from({ length: 200 }, (_, i) => moduleOf20(i))];
}

function root(calls: number): Source {
  const blocks = Array.from(
    { length: calls },
    (_, i) => `module "m${i}" {
  source = "./m${i}"
  name   = "\${var.project}-m${i}"
  tags   = { Project = var.project, Number = ${i} }
}
`,
  );
  const head = 'provider "aws" {\n  region = "eu-west-1"\n}\nvariable "project" {\n  default = "example"\n}\n';
  return { path: "main.tf", text: head + blocks.join("") };
}

/** One of them, of 20 resources; one in ten makes users that send mail. */
function moduleOf20(index: number): Source {
  const mail = index % 10 === 0 ? [user] : [];
  const parts = [moduleHead, ...mail, ...Array.from({ length: 10 - mail.length * 2 }, (_, i) => service(i))];
  return { path: `m${index}/main.tf`, text: `${parts.join("\n")}\n` };
}

const moduleHead = `variable "name" {
  type = string
}
variable "tags" {
  type    = map(string)
  default = {}
}
variable "enabled" {
  type    = bool
  default = true
}
locals {
  prefix = lower(replace(var.name, "_", "-"))
  tags   = merge(var.tags, { Name = local.prefix, Managed = "terraform" })
}
output "prefix" {
  value = local.prefix
}
`;

/** Four resources. */
const user = `resource "aws_iam_user" "mail" {
  count = var.enabled ? 1 : 0
  name  = "ses-smtp-user.\${local.prefix}"
  tags  = local.tags
}
resource "aws_iam_access_key" "mail" {
  count = var.enabled ? 1 : 0
  user  = aws_iam_user.mail[0].name
}
resource "aws_iam_user_policy" "mail" {
  user   = aws_iam_user.mail[0].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ses:SendRawEmail"], Resource = "*" }]
  })
}
resource "aws_ssm_parameter" "mail" {
  name  = "/\${local.prefix}/smtp-password"
  type  = "SecureString"
  value = aws_iam_access_key.mail[0].ses_smtp_password_v4
}
`;

/** Two resources. */
function service(i: number): string {
  return `resource "aws_sqs_queue" "queue${i}" {
  name                       = "\${local.prefix}-queue${i}"
  visibility_timeout_seconds = 60 * ${i + 1}
  tags                       = local.tags
}
resource "aws_lambda_function" "handler${i}" {
  function_name = "\${local.prefix}-handler${i}"
  role          = "arn:aws:iam::123456789012:role/\${local.prefix}"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  environment {
    variables = {
      QUEUE_URL = aws_sqs_queue.queue${i}.url
      LOG_LEVEL = var.enabled ? "info" : "debug"
      TABLE     = "\${local.prefix}-table"
    }
  }
  tags = merge(local.tags, { Handler = "handler${i}" })
}
`;
}

/** Users with keys, two resources each. */
export function instances(count: number): Source {
  const text = `locals {
  people = { for i in range(0, ${count / 10}) : "p\${i}" => { team = "t\${i % 7}" } }
  names  = merge([for key, one in local.people : { for n in range(0, 10) : "\${key}-\${n}" => one.team }]...)
}
resource "aws_iam_user" "person" {
  for_each = local.names
  name     = "ses-smtp-user.\${each.key}"
  path     = "/\${each.value}/"
}
resource "aws_iam_access_key" "person" {
  for_each = aws_iam_user.person
  user     = each.value.name
}
`;
  return { path: "main.tf", text };
}

/** Each local stands twice in the next. */
export function locals(depth: number): Source {
  const lines = Array.from(
    { length: depth },
    (_, i) => `  l${i + 1} = [local.l${i}[0], { one = local.l${i}, other = local.l${i} }]\n`,
  );
  return {
    path: "main.tf",
    text: `locals {\n  l0 = ["x"]\n${lines.join("")}}\noutput "last" {\n  value = local.l${depth}\n}\n`,
  };
}
