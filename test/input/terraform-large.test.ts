import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import fastGlob from "fast-glob";
import { readSources } from "../../src/core/read";
import type { Source } from "../../src/core/source";
import { whole, withoutConstructs, type Whole } from "./whole";
import { terraform } from "../../src/input/terraform";
import { projectOf } from "./modules";

const root = join(__dirname, "../../fixtures");
const directories = [
  ...new Set(
    fastGlob.sync("**/*.{tf,tofu}", { cwd: root, ignore: ["**/node_modules/**"] }).map((path) => dirname(path)),
  ),
].sort();

/** What stands around the resources that are written at random. */
const around = `
variable "open" {}
variable "enabled" {
  type = bool
}
variable "host" {
  default = "email-smtp.eu-west-1.amazonaws.com"
}
variable "team" {
  default = "orders"
}
locals {
  tags   = { Team = var.team, Managed = "terraform" }
  secret = aws_iam_access_key.sender.secret
  all    = [var.team, local.secret]
  either = var.enabled ? local.secret : "orders"
  wrong  = tonumber("x")
}
resource "aws_iam_user" "sender" {
  name = "sender"
}
resource "aws_iam_access_key" "sender" {
  user = aws_iam_user.sender.name
}
resource "aws_secretsmanager_secret" "password" {
  name = "smtp"
}
resource "aws_secretsmanager_secret_version" "password" {
  secret_id     = aws_secretsmanager_secret.password.id
  secret_string = aws_iam_access_key.sender.ses_smtp_password_v4
}
resource "aws_sqs_queue" "plain" {
  name = "orders"
}
resource "aws_sqs_queue" "mail" {
  name = "email-smtp.eu-west-1.amazonaws.com"
}
resource "aws_sqs_queue" "handed" {
  name = local.secret
}
resource "aws_sqs_queue" "several" {
  count = 2
  name  = "orders-\${count.index}"
}
data "aws_secretsmanager_secret_version" "read" {
  secret_id = aws_secretsmanager_secret.password.id
}
module "inner" {
  source = "./inner"
  value  = local.secret
  enabled = var.enabled
}
module "elsewhere" {
  source = "git::https://example.com/elsewhere.git"
}
`;

const inner = `
variable "value" {}
variable "enabled" {}
resource "aws_ecs_service" "handed" {
  name     = "handed"
  password = var.value
}
resource "aws_ecs_service" "plain" {
  name = "plain"
  on   = var.enabled
}
output "value" {
  value = var.value
}
output "plain" {
  value = aws_ecs_service.plain.arn
}
`;

/** Expressions that matter, and some that do not. */
const expression: fc.Arbitrary<string> = fc.letrec<{ any: string; one: string }>((tie) => ({
  one: fc.constantFrom(
    ...['"orders"', "12", "null", "true", '"smtp"', '"AKIAIOSFODNN7ABCDEFG"', '"root"', '"\\u0053MTP_PASSWORD=x"'],
    ...["var.open", "var.enabled", "var.host", "var.team", "var.nobody", "local.tags", "local.secret", "local.all"],
    ...["local.either", "local.wrong", "local.nobody", "local.tags.Team", "local.tags.Nobody", "self.name", "each.key"],
    ...["aws_sqs_queue.plain.arn", "aws_sqs_queue.plain.name", "aws_sqs_queue.mail.name", "aws_sqs_queue.mail.arn"],
    ...["aws_sqs_queue.handed.name", "aws_sqs_queue.handed", "aws_sqs_queue.handed.url", "aws_sqs_queue.several.arn"],
    ...["aws_sqs_queue.several[0].arn", "aws_sqs_queue.several[*].name", "aws_sqs_queue.nobody.arn"],
    ...["aws_iam_access_key.sender.id", "aws_iam_access_key.sender.secret", "aws_iam_access_key.sender"],
    ...["module.inner.value", "module.inner.plain", "module.inner.nobody", "module.elsewhere.password", "module.inner"],
    ...["data.aws_secretsmanager_secret_version.read.secret_string", "data.aws_region.here.name", "path.module"],
    ...[
      'file("nobody.txt")',
      'file("../outside.txt")',
      'base64decode("U01UUF9IT1NU")',
      "random()",
      "terraform.workspace",
    ],
    ...['jsondecode("{\\"SMTP_HOST\\": 1}")', "<<-E\n  SMTP_HOST=x\n  E\n"],
  ),
  any: fc.oneof(
    { maxDepth: 3 },
    tie("one"),
    tie("one").map((one) => (one.startsWith("<<") ? one : `"a-\${${one}}-b"`)),
    tie("any").map((one) => `(${one}\n)`),
    tie("any").map((one) => `[${one}\n]`),
    tie("any").map((one) => `{ a = ${one}\n }`),
    tie("any").map((one) => `{ SMTP_PASSWORD = ${one}\n }`),
    tie("any").map((one) => `{ "access_key" = ${one}\n }`),
    tie("one").map((one) => `{ (${one}\n) = "x" }`),
    tie("any").map((one) => `merge(local.tags, ${one}\n)`),
    tie("any").map((one) => `merge(${one}\n...)`),
    tie("any").map((one) => `try(${one}\n, "smtp")`),
    tie("any").map((one) => `jsonencode(${one}\n)`),
    tie("any").map((one) => `[for x in local.all : ${one}\n]`),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(var.enabled ? ${a}\n : ${b}\n)`),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a}\n == ${b}\n)`),
  ),
})).any;

const block: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("environment", "smtp", "lifecycle", 'provisioner "local-exec"', 'dynamic "settings"'),
    expression,
    expression,
  )
  .map(([type, first, second]) =>
    type.startsWith("dynamic")
      ? `  ${type} {\n    for_each = ${first}\n    content {\n      value = ${second}\n    }\n  }\n`
      : `  ${type} {\n    command = ${first}\n  }\n`,
  );

const argument: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("a", "a", "a", "value", "smtp_host", "secret_key", "source", "depends_on"), expression)
  .map(([name, value]) => `  ${name} = ${value}\n`);

/** Most resources hold one thing, so that nothing else in them matters. */
const body = fc
  .array(fc.oneof({ arbitrary: argument, weight: 3 }, block), { minLength: 1, maxLength: 2 })
  .map((parts) => parts.join(""));

/** Types of which only settings are told, and others. */
const head = fc.oneof(
  { arbitrary: fc.constantFrom("resource aws_ecs_service", "resource helm_release", "resource local_file"), weight: 4 },
  fc.constantFrom(
    ...["resource aws_lambda_function", "resource random_id", "resource aws_iam_role", "resource aws_iam_thing"],
    ...["resource aws_ssm_parameter", "resource null_resource", "data aws_thing", "data external"],
    ...["ephemeral aws_thing"],
  ),
);

const repetition = fc.oneof(
  { arbitrary: fc.constant(""), weight: 4 },
  fc.constantFrom(
    "count = 2",
    "for_each = local.tags",
    "count = var.enabled ? 1 : 0",
    "count = local.wrong",
    "count = -1",
  ),
);

const resource = fc.tuple(head, repetition, body);

describe("a large unit of Terraform", () => {
  it("is one of which not all is worked out", () => {
    const [unit] = projectOf(large([{ path: "main.tf", text: around }])).units;
    const relevant = unit?.relevant({ instancesOf: () => "none", isRelevant: () => false });
    assert.ok(unit !== undefined && relevant !== undefined && relevant.length < unit.instances().length);
  });

  for (const directory of directories) {
    it(`has the model that it has when everything is worked out: ${directory}`, () => {
      const paths = fastGlob.sync("**/*.{tf,tofu,tfvars,tpl,json,sh,yaml}", {
        cwd: join(root, directory),
        ignore: ["**/node_modules/**", "**/cdk.out/**", "**/cdktf.out/**", "**/*.tf.json"],
      });
      isTheSame(paths.map((path) => ({ path, text: readFileSync(join(root, directory, path), "utf8") })));
    });
  }

  it("has it whatever is written at random", () => {
    fc.assert(
      fc.property(fc.array(resource, { minLength: 1, maxLength: 9 }), (resources) => {
        const blocks = resources.map(([head, repeated, written], i) => {
          const [keyword = "", type = ""] = head.split(" ");
          return `${keyword} "${type}" "r${i}" {\n  ${repeated}\n${written}}\n`;
        });
        isTheSame([
          { path: "main.tf", text: around + blocks.join("") },
          { path: "inner/main.tf", text: inner },
        ]);
      }),
      { numRuns: 600 },
    );
  });
});

function isTheSame(sources: readonly Source[]): void {
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  assert.ok(size < 100_000, "it is too large to be worked out as a whole");
  assert.deepEqual(answerOf(large(sources)), answerOf(sources));
}

/** Comments make a unit large, and change nothing else. */
function large(sources: readonly Source[]): readonly Source[] {
  const comment = `\n# ${"x".repeat(120_000)}\n`;
  return sources.map(({ path, text }) => ({ path, text: /\.(?:tf|tofu)$/.test(path) ? text + comment : text }));
}

/** What is told is told in another order, where things are looked at in another one. */
function answerOf(sources: readonly Source[]): Pick<Whole, "models"> & { readonly diagnostics: readonly string[] } {
  const found = sources
    .filter(({ path }) => /\.(?:tf|tofu|tfvars)$/.test(path))
    .map(({ path }) => ({ path, named: false }));
  const { models, diagnostics } = whole(terraform.adapt(found, readSources(sources)));
  return { models: models.map(withoutConstructs), diagnostics: diagnostics.map((one) => JSON.stringify(one)).sort() };
}
