import { contextVariables, thisLabel } from "./label";
import { output, variables } from "./text";

/**
 * `cloudposse/iam-system-user/aws`, versions 0 to 1.2 (2026-11-25): a user with an access key, which stands in SSM
 * parameters too unless told otherwise. Since version 1 the outputs that hold secrets are null where the parameters are made;
 * before, keys expired (a resource of the provider awsutils) unless told otherwise.
 */
export function systemUser(major = 1): string {
  const hidden = major >= 1 ? "local.stored ? null : " : "";
  const user = "aws_iam_user.default[0]";
  return [
    contextVariables,
    variables({
      create_iam_access_key: "true",
      iam_access_key_max_age: major >= 1 ? "0" : "2592000",
      ssm_enabled: "true",
      ssm_ses_smtp_password_enabled: "false",
      ssm_base_path: '"/system_user/"',
      permissions_boundary: "null",
      path: '"/"',
      force_destroy: "false",
      inline_policies: "[]",
      inline_policies_map: "{}",
      policy_arns: "[]",
      policy_arns_map: "{}",
    }),
    thisLabel,
    resources,
    output(["user_name"], "local.user"),
    ...["arn", "unique_id"].map((name) => output([`user_${name}`], `try(${user}.${name}, "")`)),
    output(["ssm_enabled"], "local.stored"),
    output(["access_key_id"], "local.keyed ? local.key.id : null"),
    output(["secret_access_key"], `${hidden}local.keyed ? local.key.secret : ""`, "sensitive"),
    output(["ses_smtp_password_v4"], `${hidden}local.keyed ? local.key.ses_smtp_password_v4 : ""`, "sensitive"),
    output(["access_key_id_ssm_path"], `local.stored ? "${parameter("access_key_id")}" : null`),
    output(["secret_access_key_ssm_path"], `local.stored ? "${parameter("secret_access_key")}" : null`),
    output(["ses_smtp_password_v4_ssm_path"], `local.stored_password ? "${parameter("ses_smtp_password_v4")}" : null`),
  ].join("");
}

function parameter(name: string): string {
  return `\${local.base}/\${local.user}/${name}`;
}

const resources = `
locals {
  enabled = module.this.enabled
  user    = try(aws_iam_user.default[0].name, "")
  keyed   = local.enabled && var.create_iam_access_key
  expires = var.iam_access_key_max_age > 0
  key     = local.expires ? one(awsutils_expiring_iam_access_key.default) : one(aws_iam_access_key.default)
  stored  = local.keyed && var.ssm_enabled
  base    = trimsuffix(var.ssm_base_path, "/")

  stored_password = local.stored && var.ssm_ses_smtp_password_enabled
}

resource "aws_iam_user" "default" {
  count                = local.enabled ? 1 : 0
  name                 = module.this.id
  path                 = var.path
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_access_key" "default" {
  count = local.keyed && !local.expires ? 1 : 0
  user  = local.user
}

resource "awsutils_expiring_iam_access_key" "default" {
  count = local.keyed && local.expires ? 1 : 0
  user  = local.user
}

resource "aws_iam_user_policy" "inline_policies" {
  for_each = local.enabled ? merge(var.inline_policies_map, { for index, text in var.inline_policies : index => text }) : {}
  user     = local.user
  policy   = each.value
}

resource "aws_iam_user_policy_attachment" "policies" {
  for_each   = local.enabled ? merge(var.policy_arns_map, { for index, arn in var.policy_arns : index => arn }) : {}
  user       = local.user
  policy_arn = each.value
}

resource "aws_ssm_parameter" "access_key_id" {
  count = local.stored ? 1 : 0
  name  = "${parameter("access_key_id")}"
  type  = "SecureString"
  value = local.key.id
}

resource "aws_ssm_parameter" "secret_access_key" {
  count = local.stored ? 1 : 0
  name  = "${parameter("secret_access_key")}"
  type  = "SecureString"
  value = local.key.secret
}

resource "aws_ssm_parameter" "ses_smtp_password_v4" {
  count = local.stored_password ? 1 : 0
  name  = "${parameter("ses_smtp_password_v4")}"
  type  = "SecureString"
  value = local.key.ses_smtp_password_v4
}
`;
