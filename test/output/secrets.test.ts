import assert from "node:assert/strict";
import fc from "fast-check";
import { when } from "../../src/core/guard";
import { name, say } from "../../src/core/message";
import type { Source } from "../../src/core/source";
import { text } from "../../src/core/text";
import { describeDiagnostics, formats, summarize } from "../../src/output";
import { lintSources } from "../../src/lint";
import { makeReport } from "../../src/report/report";
import { asked, evidenceOf, found, step } from "../report/evidence";
import { plainOptions } from "./example";

/** Sources with a secret in every kind of place: `S` stands for it. */
const sources: readonly (readonly [string, string])[] = [
  ["a.tf", `secret_key = "S"\n`],
  ["a.tf", `name = "S"\nAction = ["S", "ses:S"]\n`],
  ["a.tf", `resource "aws_iam_user" "S" {}\n`],
  ["a.tf", `x = aws_iam_user.mail["S"].name\n`],
  ["a.tf", `S = "ses:*"\n`],
  ["a.tf", `x = { "S" = "a", S = "b" }\n`],
  ["a.tf", `# S\n// S\n/* S\nS */\n`],
  ["a.tf", `url = "smtp://user:S@email-smtp.eu-west-1.amazonaws.com"\nsource = "git::https://x:S@github.com/a"\n`],
  ["a.tf", `user_data = <<-EOT\n  #!/bin/bash\n  export SMTP_PASSWORD=S\n  echo S\n  S: S\nEOT\n`],
  ["a.tf", `policy = <<EOT\n{"Action": "ses:*", "Resource": "arn:aws:iam::123456789012:user/S"}\nEOT\n`],
  ["a.tf", `policy = "{\\"Action\\": \\"ses:*\\", \\"Name\\": \\"S\\"}"\n`],
  ["a.tf", `x = "S\ny = "\${S"\nz = <<EOT\nS`],
  ["a.tf", `x = "\${jsonencode({ name = "S" })}"\nx = cond ? "S" : "S"\n`],
  ["a.tfvars", `secret = "S"\n`],
  ["a.yaml", `Password: S\nUserName: S\nS: x\nList: [S, "S", 'S']\n- S\n# S\nX: !Sub S\nY: !Ref S\n`],
  ["a.yaml", `X: |\n  S\n  password = "S"\nY: "S\n  S"\nZ: &a S\n`],
  ["a.json", `{"Action":"S","S":"ses:*","UserName":"S","Ref":"S","x":"{\\"Name\\":\\"S\\"}","y":["S"]}`],
  ["a.json", `{"Resources":{"User":{"Metadata":{"aws:cdk:path":"Stack/S/User"},"x":"` + "x".repeat(300) + `S"}}}`],
  [
    "a.tf.json",
    `{"x":"\${jsonencode({\\"Name\\" = \\"S\\", \\"S\\" = 1})}","name":"\${var.x}-S","y":"{\\"a\\":\\"S\\"}"}`,
  ],
  ["policy.tpl", `{ "Action": "S", "x": "\${S}" }\nS\n`],
];

const mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+".split("");
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".split("");
const keyId = fc
  .tuple(fc.constantFrom("AKIA", "ASIA"), fc.array(fc.constantFrom(...upper), { minLength: 16, maxLength: 16 }))
  .map(([prefix, rest]) => prefix + rest.join(""));
/** As AWS makes them; of a million, fewer than three hundred have no digit, no capital or no small letter. */
const secretKey = fc
  .array(fc.constantFrom(...mixed), { minLength: 40, maxLength: 40 })
  .map((characters) => characters.join(""))
  .filter((secret) => /[a-z]/.test(secret) && /[A-Z]/.test(secret) && /[0-9]/.test(secret));

const runs = fc.record({
  secret: fc.oneof(keyId, secretKey),
  source: fc.constantFrom(...sources),
  places: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 60 })), {
    minLength: 1,
    maxLength: 6,
  }),
  color: fc.boolean(),
  unicode: fc.boolean(),
  width: fc.constantFrom(40, 80, 200),
});

describe("secrets", () => {
  it("stand in the output of no format, wherever the input has them and wherever a finding points", () => {
    fc.assert(
      fc.property(runs, ({ secret, source: [path, template], places, ...options }) => {
        const source: Source = { path, text: template.replaceAll("S", () => secret) };
        const spans = places.map(([share, length]) => {
          const start = Math.floor(share * source.text.length);
          return { file: path, start, end: Math.min(start + length, source.text.length) };
        });
        const [at = { file: path, start: 0, end: 0 }, ...others] = spans;
        const value = text(secret, at);
        const told = {
          subject: `aws_iam_user.mail["${secret}"]`,
          message: say`${value} is wrong.`,
          steps: others.map((other) => step(other, "It comes from here.")),
          fix: say`Replace ${value}.`,
          guard: when(`var.x == "${secret}"`, "true"),
        };
        const because = [{ reason: { kind: "no-default" as const, what: `var.x["${secret}"]` }, at }];
        const report = makeReport(
          evidenceOf([source], {
            findings: [found(at, told), asked(at, { ...told, because, message: name("It may be wrong.") })],
            unresolved: because,
            diagnostics: [{ kind: "syntax", file: path, at, message: "It is broken." }],
          }),
        );
        const rendering = { ...plainOptions, ...options };
        const texts = formats.map((format) => format.render(report, rendering));
        for (const output of [...texts, describeDiagnostics(report, rendering), summarize(report)]) {
          assert.ok(!output.includes(secret), output);
        }
      }),
      { numRuns: 600 },
    );
  });

  it("stand in the output of no format where rules tell of them: the places of credentials, and passwords of people", () => {
    const word = fc
      .array(fc.constantFrom(...mixed), { minLength: 12, maxLength: 20 })
      .map((one) => `Zq9-${one.join("")}`);
    fc.assert(
      fc.property(fc.oneof(secretKey, word), fc.constantFrom(...told), (secret, [path, template]) => {
        const report = lintSources([{ path, text: template.replaceAll("S!", () => secret) }]);
        assert.ok(report.findings.length > 0);
        for (const format of formats) {
          assert.ok(!format.render(report, plainOptions).includes(secret), `${format.name} of ${path}`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** Inputs in which a rule has something to tell of the line with the secret. `S!` stands for it. */
const told: readonly (readonly [string, string])[] = [
  [
    "a.yaml",
    `Resources:\n  Ann:\n    Type: AWS::IAM::User\n    Properties:\n      LoginProfile:\n        Password: "S!"\n`,
  ],
  [
    "a.yaml",
    `Parameters:\n  P:\n    Type: String\n    Default: "S!"\nResources:\n  Ann:\n    Type: AWS::IAM::User\n    Properties:\n      LoginProfile: { Password: !Ref P }\n`,
  ],
  ["a.tf", `resource "awscc_iam_user" "ann" {\n  user_name = "ann"\n  login_profile = { password = "S!" }\n}\n`],
  [
    "a.tf",
    `resource "aws_iam_access_key" "k" {\n  user = "k"\n}\nresource "aws_instance" "i" {\n  user_data = <<-EOT\n    PASSWORD=S!\n    SMTP_PASSWORD=S! K=\${aws_iam_access_key.k.secret}\n  EOT\n}\n`,
  ],
];
