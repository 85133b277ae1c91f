import { contextVariables, thisLabel } from "./label";
import { output, variables } from "./text";

/**
 * `cloudposse/ses/aws`, versions 0.20 to 0.25 (2026-11-25): a domain identity, and a user who may send from it, by a group
 * unless told otherwise. The records in DNS are left out.
 */
export function ses(): string {
  return [
    contextVariables,
    variables({
      domain: undefined,
      zone_id: '""',
      verify_domain: "false",
      verify_dkim: "false",
      create_spf_record: "false",
      custom_from_subdomain: "[]",
      custom_from_behavior_on_mx_failure: "null",
      custom_from_dns_record_enabled: "true",
      iam_permissions: '["ses:SendRawEmail"]',
      iam_allowed_resources: "[]",
      iam_access_key_max_age: "2592000",
      ses_group_enabled: "true",
      ses_group_name: '""',
      ses_group_path: '"/"',
      ses_user_enabled: "true",
    }),
    thisLabel,
    resources,
    output(["ses_domain_identity_arn"], 'try(aws_ses_domain_identity.ses_domain[0].arn, "")'),
    ...["user_name", "user_arn", "user_unique_id", "access_key_id"].map((name) =>
      output([name], `module.ses_user.${name}`),
    ),
    output(["ses_group_name"], "local.group ? local.group_name : null"),
    output(["secret_access_key"], "module.ses_user.secret_access_key", "sensitive"),
    output(["ses_smtp_password"], "module.ses_user.ses_smtp_password_v4", "sensitive"),
  ].join("");
}

const resources = `
locals {
  group      = module.this.enabled && var.ses_group_enabled
  user       = module.this.enabled && var.ses_user_enabled
  group_name = var.ses_group_name == "" || var.ses_group_name == null ? module.this.id : var.ses_group_name
}

resource "aws_ses_domain_identity" "ses_domain" {
  count  = module.this.enabled ? 1 : 0
  domain = var.domain
}

data "aws_iam_policy_document" "ses_policy" {
  count = local.user || local.group ? 1 : 0
  statement {
    actions   = var.iam_permissions
    resources = concat(aws_ses_domain_identity.ses_domain[*].arn, var.iam_allowed_resources)
  }
}

resource "aws_iam_group" "ses_users" {
  count = local.group ? 1 : 0
  name  = local.group_name
  path  = var.ses_group_path
}

resource "aws_iam_group_policy" "ses_group_policy" {
  count  = local.group ? 1 : 0
  name   = module.this.id
  group  = aws_iam_group.ses_users[0].name
  policy = data.aws_iam_policy_document.ses_policy[0].json
}

resource "aws_iam_user_group_membership" "ses_user" {
  count  = local.group && local.user ? 1 : 0
  user   = module.ses_user.user_name
  groups = [aws_iam_group.ses_users[0].name]
}

module "ses_user" {
  source                 = "cloudposse/iam-system-user/aws"
  version                = "0.23.2"
  enabled                = local.user
  iam_access_key_max_age = var.iam_access_key_max_age
  context                = module.this.context
}

resource "aws_iam_user_policy" "sending_emails" {
  count  = local.user && !local.group ? 1 : 0
  name   = module.this.id
  user   = module.ses_user.user_name
  policy = data.aws_iam_policy_document.ses_policy[0].json
}
`;
