import assert from "node:assert/strict";
import type { Source } from "../../src/core/source";
import { builtInModuleWords } from "../../src/input/terraform/modules/called-module";
import { builtInModules } from "../../src/input/terraform/modules/built-in-modules";
import { lintSources } from "../../src/lint";

const main: Source = {
  path: "main.tf",
  text: `
module "built_in" {
  source      = "terraform-aws-modules/iam/aws//modules/iam-user"
  name        = "smtp-sender"
  policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

module "installed" {
  source = "example/user/aws"
  name   = "smtp-reporter"
}

output "passwords" {
  value = [module.built_in.access_key_ses_smtp_password_v4, module.installed.password]
}
`,
};
const others: readonly Source[] = [
  {
    path: ".terraform/modules/modules.json",
    text: '{"Modules":[{"Key":"installed","Dir":".terraform/modules/installed"}]}',
  },
  {
    path: ".terraform/modules/installed/main.tf",
    text: 'module "user" {\n  source = "./user"\n  name = var.name\n}\n',
  },
  { path: ".terraform/modules/installed/variables.tf", text: 'variable "name" {}\n' },
  {
    path: ".terraform/modules/installed/outputs.tf",
    text: 'output "password" {\n  value = module.user.password\n  sensitive = true\n}\n',
  },
  {
    path: ".terraform/modules/installed/user/main.tf",
    text: `
variable "name" {}
variable "actions" {
  default = ["ses:*"]
}
resource "aws_iam_user" "this" {
  name = var.name
}
resource "aws_iam_access_key" "this" {
  user = aws_iam_user.this.name
}
resource "aws_iam_user_policy" "this" {
  user   = aws_iam_user.this.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })
}
output "password" {
  value = aws_iam_access_key.this.ses_smtp_password_v4
}
`,
  },
];

describe("modules that others wrote", () => {
  it("are seen by the look at a source, each of those that are built in", () => {
    for (const address of Object.keys(builtInModules)) assert.ok(builtInModuleWords.test(address), address);
  });

  const { findings } = lintSources([main, ...others]);

  it("have their findings on the blocks that call them", () => {
    // The policy that the caller hands over stands where it is written.
    const places = findings.map(({ rule, place }) => `${rule} ${place.file}:${place.start.line}`);
    assert.deepEqual(places, [
      "smtp-user-console-login main.tf:2",
      "sender-admin-permissions main.tf:5",
      "smtp-user-excess-permissions main.tf:8",
    ]);
  });
});
