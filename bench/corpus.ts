/** Realistic Terraform, the same on every run: modules, policies in every form, heredocs, dynamic blocks, comments. */

/** `count` files of 1 to 6 KB. */
export function terraformFiles(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => file(i));
}

function file(seed: number): string {
  const parts = [header, variables, mailUser, policyDocument, bucket, service, moduleCalls, outputs];
  const chosen = parts.filter((_, i) => ((seed * 7 + i * 3) % 5) + (i === 0 ? 5 : 0) > 1);
  return chosen.map((part, i) => part(`${names[(seed + i) % names.length] ?? "mail"}_${seed}`)).join("\n");
}

const names = ["mail", "newsletter", "alerts", "billing", "reports", "signup", "support"];

function header(name: string): string {
  return `# ${name}: what sends mail, and what may read it.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  name   = "\${var.project}-${name}"
  domain = var.environment == "prod" ? "example.com" : "\${var.environment}.example.com"
  tags = merge(var.tags, {
    Name      = local.name
    ManagedBy = "terraform"
  })
  senders = { for s in var.senders : s.name => s if s.enabled }
}
`;
}

function variables(name: string): string {
  return `variable "${name}_enabled" {
  description = "Whether to create the ${name} resources."
  type        = bool
  default     = true
}

variable "${name}_senders" {
  description = "Who may send, and as whom."
  type = list(object({
    name    = string
    address = string
    enabled = optional(bool, true)
  }))
  default = [
    { name = "noreply", address = "noreply@example.com" },
    { name = "support", address = "support@example.com", enabled = false },
  ]

  validation {
    condition     = length(var.${name}_senders) > 0 && alltrue([for s in var.${name}_senders : can(regex("@", s.address))])
    error_message = "At least one sender with an address is needed."
  }
}
`;
}

function mailUser(name: string): string {
  return `resource "aws_iam_user" "${name}" {
  count = var.${name}_enabled ? 1 : 0

  name = "\${local.name}-smtp"
  path = "/mail/"
  tags = local.tags
}

resource "aws_iam_access_key" "${name}" {
  count = var.${name}_enabled ? 1 : 0
  user  = aws_iam_user.${name}[0].name
}

resource "aws_iam_user_policy" "${name}" {
  count = var.${name}_enabled ? 1 : 0
  name  = "send"
  user  = aws_iam_user.${name}[0].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Send"
        Effect   = "Allow"
        Action   = ["ses:SendRawEmail"]
        Resource = "*"
        Condition = {
          StringLike = { "ses:FromAddress" = ["*@\${local.domain}"] }
        }
      },
    ]
  })
}

resource "aws_ssm_parameter" "${name}_password" {
  name  = "/\${var.environment}/${name}/smtp_password"
  type  = "SecureString"
  value = join("", aws_iam_access_key.${name}[*].ses_smtp_password_v4)
}
`;
}

function policyDocument(name: string): string {
  return `data "aws_iam_policy_document" "${name}" {
  statement {
    sid       = "AllowSend"
    effect    = "Allow"
    actions   = ["ses:SendEmail", "ses:SendRawEmail"]
    resources = [for identity in aws_ses_domain_identity.this : identity.arn]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }

  dynamic "statement" {
    for_each = toset(var.extra_topics)
    content {
      actions   = ["sns:Publish"]
      resources = ["arn:aws:sns:\${data.aws_region.current.name}:\${data.aws_caller_identity.current.account_id}:\${statement.value}"]
    }
  }
}

resource "aws_iam_policy" "${name}" {
  name_prefix = "${name}-"
  policy      = data.aws_iam_policy_document.${name}.json
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [description]
  }
}
`;
}

function bucket(name: string): string {
  return `/*
 * Received mail. Objects expire: they are copied to the archive first.
 */
resource "aws_s3_bucket_policy" "${name}" {
  bucket = aws_s3_bucket.${name}.id
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Sid": "AllowSESPuts",
        "Effect": "Allow",
        "Principal": { "Service": "ses.amazonaws.com" },
        "Action": "s3:PutObject",
        "Resource": "\${aws_s3_bucket.${name}.arn}/*",
        "Condition": { "StringEquals": { "aws:Referer": "\${data.aws_caller_identity.current.account_id}" } }
      }]
    }
  EOF
}
`;
}

function service(name: string): string {
  return `resource "aws_ecs_task_definition" "${name}" {
  family                   = local.name
  requires_compatibilities = ["FARGATE"]
  cpu                      = var.cpu != null ? var.cpu : 256
  memory                   = max(512, var.memory)

  container_definitions = jsonencode([{
    name      = "${name}"
    image     = "\${aws_ecr_repository.this.repository_url}:\${var.image_tag}"
    essential = true
    environment = concat([
      { name = "SMTP_HOST", value = "email-smtp.\${var.region}.amazonaws.com" },
      { name = "SMTP_PORT", value = tostring(587) },
    ], [for k, v in var.environment_variables : { name = upper(k), value = v }])
    secrets = [
      { name = "SMTP_USERNAME", valueFrom = aws_ssm_parameter.${name}_user.arn },
      { name = "SMTP_PASSWORD", valueFrom = aws_ssm_parameter.${name}_password.arn },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.${name}.name
        "awslogs-region"        = var.region
        "awslogs-stream-prefix" = "ecs"
      }
    }
  }])

  user_data = <<EOT
#!/bin/bash
# Postfix relays through SES.
%{ for host in var.relays ~}
echo "relayhost = [\${host}]:587" >> /etc/postfix/main.cf
%{ endfor ~}
systemctl restart postfix || exit $?
EOT
}
`;
}

function moduleCalls(name: string): string {
  return `module "${name}_identity" {
  source   = "./modules/identity"
  for_each = local.senders

  domain      = local.domain
  mail_from   = "bounce.\${local.domain}"
  dkim        = try(each.value.dkim, true)
  tags        = local.tags
  dashboards  = { for k, v in var.dashboards : k => v... if v != "" }
  alarm_rates = [0.05, 0.001, 1e-3, -1]

  providers = {
    aws = aws.mail
  }
}
`;
}

function outputs(name: string): string {
  return `output "${name}_smtp_username" {
  description = "The user name for SMTP."
  value       = one(aws_iam_access_key.${name}[*].id)
}

output "${name}_smtp_password" {
  description = "The password for SMTP."
  value       = try(aws_iam_access_key.${name}[0].ses_smtp_password_v4, null)
  sensitive   = true
}
`;
}
