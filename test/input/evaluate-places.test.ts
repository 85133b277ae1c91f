import assert from "node:assert/strict";
import type { Source, Span } from "../../src/core/source";
import { tracesOf } from "../../src/core/text";
import type { Value } from "../../src/core/value";
import { knownPieces } from "../plain";
import { projectOf } from "./modules";
import { pathText } from "./project-text";

const sources: readonly Source[] = [
  {
    path: "main.tf",
    text: `
variable "domain" {
  default = "example.com"
}
resource "aws_iam_access_key" "smtp" {
  user = "mail"
}
locals {
  password = aws_iam_access_key.smtp.ses_smtp_password_v4
  again    = local.password
  both     = "\${local.again}\${local.password}"
  part     = substr(local.password, 0, 4)
  hashed   = sha256(local.password)
  policy   = file("policy.json")
  action   = jsondecode(local.policy).Action
  heredoc  = <<-EOT
    {
      "Action": "ses:SendRawEmail", "To": "\${var.domain}"
    }
  EOT
  decoded  = jsondecode(local.heredoc)
  rendered = templatefile("user.tftpl", { domain = var.domain })
}
module "mail" {
  source = "./mail"
  secret = local.again
}
output "out" {
  value = { key = module.mail.wrapped }
}
output "key" {
  value = aws_iam_access_key.smtp
}
`,
  },
  { path: "policy.json", text: '{ "Action": ["ses:SendRawEmail"] }' },
  { path: "user.tftpl", text: "host ${domain} end" },
  {
    path: "mail/main.tf",
    text: 'variable "secret" {}\noutput "wrapped" {\n  value = base64encode("p:${var.secret}")\n}\n',
  },
];

const [unit] = projectOf(sources).units;

function valueOf(name: string): Value {
  const root = unit?.modules()[0];
  const found = [...(root?.locals ?? []), ...(root?.outputs ?? [])].find((one) => one.name === name);
  assert.ok(found);
  return found.value();
}

function textAt({ file, start, end }: Span): string {
  return sources.find((source) => source.path === file)?.text.slice(start, end) ?? "";
}

/** Credential, form and certainty, and the way from the first step to the last. */
function ways(name: string): readonly string[] {
  return tracesOf(valueOf(name)).map(
    ({ credential, form, certainty, path }) => `${credential} ${certainty} ${form}: ${pathText(path)}`,
  );
}

describe("traces of credentials in Terraform", () => {
  const key = "aws_iam_access_key.smtp";
  const password = `${key}.ses_smtp_password_v4`;

  it("begin where the key is referred to, and have a step for every local, variable, function and output", () => {
    const steps = `${password}, local.password, local.again, var.secret, base64encode, module.mail.wrapped`;
    assert.deepEqual(ways("out"), [`${key} is smtp-password: ${steps}`]);
    const [trace] = tracesOf(valueOf("password"));
    assert.equal(trace?.path.before && textAt(trace.path.before.at), password);
  });

  it("keep the shortest way where there are several", () => {
    assert.deepEqual(ways("both"), [`${key} is smtp-password: ${password}, local.password, local.both`]);
  });

  it("may be there after a part was taken, and end in a hash", () => {
    assert.deepEqual(ways("part"), [`${key} may smtp-password: ${password}, local.password, substr, local.part`]);
    assert.deepEqual(ways("hashed"), []);
  });

  it("are those of all its attributes where a key is handed on as a whole", () => {
    const forms = tracesOf(valueOf("key")).map((trace) => trace.form);
    assert.ok(forms.includes("secret-access-key") && forms.includes("smtp-password"));
  });
});

describe("places of values in Terraform", () => {
  it("are in the file that file() read", () => {
    const [action] = knownPieces(valueOf("action"));
    assert.equal(action?.at.file, "policy.json");
    assert.equal(textAt(action.at), "ses:SendRawEmail");
  });

  it("are exact in heredocs, through jsondecode, and in the default of a variable", () => {
    const pieces = knownPieces(valueOf("decoded"));
    assert.deepEqual(
      pieces.map(({ at }) => textAt(at)),
      ["ses:SendRawEmail", "example.com"],
    );
  });

  it("are in the template file", () => {
    const pieces = knownPieces(valueOf("rendered"));
    assert.deepEqual(
      pieces.map(({ at }) => [at.file, textAt(at)]),
      [
        ["user.tftpl", "host "],
        ["main.tf", "example.com"],
        ["user.tftpl", " end"],
      ],
    );
  });

  it("of defaults that nobody sets are known as such", () => {
    assert.deepEqual(unit?.defaults().map(textAt), ['"example.com"']);
  });

  it("of a resource are its type and name", () => {
    const [resource] = unit?.instances() ?? [];
    assert.equal(resource && textAt(resource.at), 'resource "aws_iam_access_key" "smtp"');
  });
});
