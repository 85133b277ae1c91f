import assert from "node:assert/strict";
import { readSources } from "../../src/core/read";
import { terraform } from "../../src/input/terraform";
import { whole } from "./whole";

const id = "AKIAQ7HZ2M4LNP6RTVWX";
const secret = "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";

/** What is found in a Terraform text: `kind line:column`. */
function found(text: string): readonly string[] {
  const read = readSources([{ path: "main.tf", text }]);
  const { models } = whole(terraform.adapt([{ path: "main.tf", named: true }], read));
  return models.flatMap((model) => [
    ...model.literals.map(({ kind, at }) => `${kind} ${text.slice(at.start, at.end)}`),
    ...model.references.map(({ kind, at }) => `root by ${kind} ${text.slice(at.start, at.end)}`),
  ]);
}

const literals: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "a key id anywhere": [`output "x" { value = "key ${id}." }`, `access-key-id ${id}`],
  "a secret key beside a key id": [
    `locals { pair = { a = "${id}", b = "${secret}" } }`,
    `access-key-id ${id}`,
    `secret-access-key ${secret}`,
  ],
  "a secret key whose name says so": [
    `variable "aws_secret_key" { default = "${secret}" }`,
    `secret-access-key ${secret}`,
  ],
  "a secret key in JSON in a heredoc": [
    `resource "x" "y" {\n  config = <<-J\n    {"AWS_SECRET_ACCESS_KEY": "${secret}"}\n  J\n}`,
    `secret-access-key ${secret}`,
  ],
  "a secret key in a branch of a condition": [
    `provider "aws" { secret_key = var.x ? "${secret}" : null }\nvariable "x" {}`,
    `secret-access-key ${secret}`,
  ],
  "a secret key after an escape": [`locals { aws_secret_key = "\\n${secret}" }`, `secret-access-key ${secret}`],
  "the profile of root": [`provider "aws" { profile = "root" }`, 'root by profile "root"'],
  "a name of root's key that is handed on": [
    `provider "aws" { access_key = var.root_access_key }\nvariable "root_access_key" {}`,
    "root by name var.root_access_key",
  ],
};

const others: Readonly<Record<string, string>> = {
  "a digest": `locals { aws_secret_key = "da39a3ee5e6b4b0d3255bfef95601890afd80709" }`,
  "a part of a longer run": `locals { aws_secret_key = "${secret}${secret}" }`,
  "a run that goes on in a reference": `locals { aws_secret_key = "${secret}\${var.rest}" }\nvariable "rest" {}`,
  "a secret whose name says nothing": `locals { digest = "${secret}" }`,
  "documentation's examples": `provider "aws" {\n  access_key = "AKIAIOSFODNN7EXAMPLE"\n  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\n}`,
  "LocalStack's credentials": `provider "aws" {\n  access_key = "${id}"\n  endpoints {\n    ses = "http://localhost:4566"\n  }\n}`,
  "what is imported": `import {\n  to = aws_iam_access_key.x\n  id = "${id}"\n}`,
  "the root of other things": `resource "aws_instance" "x" {\n  root_block_device {\n    device_name = "root"\n  }\n}`,
  "a profile of something else": `resource "x" "y" { profile = "root" }`,
  "a principal that is the account": `locals { principal = "arn:aws:iam::111122223333:root" }`,
};

describe("literals of credentials", () => {
  for (const [what, [text, ...expected]] of Object.entries(literals)) {
    it(`are found: ${what}`, () => {
      assert.deepEqual(found(text), expected);
    });
  }
  for (const [what, text] of Object.entries(others)) {
    it(`are not: ${what}`, () => {
      assert.deepEqual(found(text), []);
    });
  }
});
