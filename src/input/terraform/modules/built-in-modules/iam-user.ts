import { output, variables } from "./text";

/**
 * `terraform-aws-modules/iam/aws//modules/iam-user`, versions 2 to 6.5 (2026-11-25): a user who gets a console password
 * and an access key unless told otherwise. Version 6 gave variables and outputs shorter names, and brought the inline policy.
 */
export function iamUser(): string {
  return [inputs(), resources, outputs()].join("");
}

function inputs(): string {
  const yes = ["create", "create_user", ...logins, ...keys, "password_reset_required"];
  const no = ["force_destroy", "create_ssh_key", "upload_iam_user_ssh_key", "create_inline_policy"];
  const unset = [
    ...["path", "permissions_boundary", "pgp_key", "password_length", "access_key_status", "iam_access_key_status"],
    ...["ssh_key_encoding", "ssh_public_key", "inline_policy_permissions"],
  ];
  return variables({
    name: '""',
    ...Object.fromEntries(yes.map((name) => [name, "true"])),
    ...Object.fromEntries(no.map((name) => [name, "false"])),
    ...Object.fromEntries(unset.map((name) => [name, "null"])),
    tags: "{}",
    policies: "{}",
    policy_arns: "[]",
    source_inline_policy_documents: "[]",
    override_inline_policy_documents: "[]",
  });
}

const logins = ["create_login_profile", "create_iam_user_login_profile"];
const keys = ["create_access_key", "create_iam_access_key"];

const resources = `
locals {
  exists  = var.create && var.create_user
  login   = local.exists && var.create_login_profile && var.create_iam_user_login_profile
  key     = local.exists && var.create_access_key && var.create_iam_access_key
  inline  = local.exists && var.create_inline_policy
  written = var.inline_policy_permissions == null ? {} : var.inline_policy_permissions
}

resource "aws_iam_user" "this" {
  count                = local.exists ? 1 : 0
  name                 = var.name
  path                 = var.path
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_user_policy_attachment" "additional" {
  for_each   = { for name, arn in var.policies : name => arn if local.exists }
  user       = aws_iam_user.this[0].name
  policy_arn = each.value
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = { for index, arn in var.policy_arns : index => arn if local.exists }
  user       = aws_iam_user.this[0].name
  policy_arn = each.value
}

data "aws_iam_policy_document" "inline" {
  count                     = local.inline ? 1 : 0
  source_policy_documents   = var.source_inline_policy_documents
  override_policy_documents = var.override_inline_policy_documents

  dynamic "statement" {
    for_each = local.written
    content {
      sid           = try(coalesce(statement.value.sid, statement.key), null)
      effect        = lookup(statement.value, "effect", null)
      actions       = lookup(statement.value, "actions", null)
      not_actions   = lookup(statement.value, "not_actions", null)
      resources     = lookup(statement.value, "resources", null)
      not_resources = lookup(statement.value, "not_resources", null)

      dynamic "condition" {
        for_each = try(coalesce(statement.value.condition, []), [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_user_policy" "inline" {
  count  = local.inline ? 1 : 0
  name   = var.name
  user   = aws_iam_user.this[0].name
  policy = data.aws_iam_policy_document.inline[0].json
}

resource "aws_iam_user_login_profile" "this" {
  count   = local.login ? 1 : 0
  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
}

resource "aws_iam_access_key" "this" {
  count   = local.key ? 1 : 0
  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
  status  = try(coalesce(var.access_key_status, var.iam_access_key_status), null)
}
`;

function outputs(): string {
  const of = (resource: string, attribute: string): string => `try(${resource}.this[0].${attribute}, null)`;
  const key = (name: string, attribute: string, mark?: "sensitive"): string =>
    output([`access_key_${name}`, ...olderNames(`access_key_${name}`)], of("aws_iam_access_key", attribute), mark);
  const login = (name: string, attribute: string, mark?: "sensitive"): string => {
    const names = [`login_profile_${name}`, ...olderNames(`user_login_profile_${name}`)];
    return output(names, of("aws_iam_user_login_profile", attribute), mark);
  };
  return [
    output(["name", ...olderNames("user_name")], of("aws_iam_user", "name")),
    output(["arn", ...olderNames("user_arn")], of("aws_iam_user", "arn")),
    output(["unique_id", ...olderNames("user_unique_id")], of("aws_iam_user", "unique_id")),
    login("password", "password", "sensitive"),
    login("encrypted_password", "encrypted_password"),
    key("id", "id"),
    key("status", "status"),
    key("secret", "secret", "sensitive"),
    key("encrypted_secret", "encrypted_secret"),
    key("ses_smtp_password", "ses_smtp_password"),
    key("ses_smtp_password_v4", "ses_smtp_password_v4", "sensitive"),
    key("encrypted_ses_smtp_password_v4", "encrypted_ses_smtp_password_v4"),
    output(["pgp_key"], "var.pgp_key"),
    output(["policy_arns"], "values(aws_iam_user_policy_attachment.this)[*].policy_arn"),
  ].join("");
}

/** In versions 4 and 5, and before. */
function olderNames(name: string): readonly string[] {
  return [`iam_${name}`, `this_iam_${name}`];
}
