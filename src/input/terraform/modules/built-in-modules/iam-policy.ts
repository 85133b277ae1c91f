import { output, variables } from "./text";

/** `terraform-aws-modules/iam/aws//modules/iam-policy`, versions 2 to 6.5 (2026-11-25): one managed policy. */
export function iamPolicy(): string {
  const unset = ["name", "name_prefix", "path", "description"];
  return [
    variables({
      create: "true",
      create_policy: "true",
      ...Object.fromEntries(unset.map((name) => [name, "null"])),
      policy: '""',
      tags: "{}",
    }),
    resource,
    ...["id", "arn", "name", "path", "description", "policy"].map((name) =>
      output([name], `try(aws_iam_policy.policy[0].${name}, null)`),
    ),
  ].join("");
}

const resource = `
resource "aws_iam_policy" "policy" {
  count       = var.create && var.create_policy ? 1 : 0
  name        = var.name
  name_prefix = var.name_prefix
  path        = var.path
  policy      = var.policy
}
`;
