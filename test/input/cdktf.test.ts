import assert from "node:assert/strict";
import { lintSources } from "../../src/lint";

/** A stack below another construct: an output in a construct of its own, a module, and a provider with a literal key. */
const stack = {
  "//": {
    metadata: { backend: "s3", stackName: "mail", version: "0.21.0" },
    outputs: { team: { mail: { user: { password: "user_password_0A1B2C3D" } } } },
  },
  provider: {
    aws: [{ access_key: "AKIAGJ73ZL6JC3QYPUO5", secret_key: "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" }],
  },
  resource: {
    aws_iam_access_key: { key: { "//": { metadata: { path: "team/mail/user/key" } }, user: "mail" } },
  },
  module: {
    sender: { "//": { metadata: { path: "team/mail/sender" } }, source: "./sender" },
  },
  output: { user_password_0A1B2C3D: { value: "${aws_iam_access_key.key.secret}" } },
};

const sender = `resource "aws_iam_access_key" "root" {
  user = "root"
}
`;

describe("CDKTF output", () => {
  it("names the construct of an output, of what a module makes, and for all else the stack", () => {
    const { findings } = lintSources([
      { path: "cdktf.out/stacks/mail/cdk.tf.json", text: JSON.stringify(stack, undefined, 2) },
      { path: "cdktf.out/stacks/mail/sender/main.tf", text: sender },
    ]);
    const subjects = findings.flatMap((finding) => finding.subjects);
    assert.deepEqual(subjects.map(({ address, construct }) => `${address}: ${construct ?? "none"}`).sort(), [
      "module.sender.aws_iam_access_key.root: team/mail/sender",
      "output.user_password_0A1B2C3D: team/mail/user/password",
      "provider.aws: team/mail",
    ]);
  });

  it("gives Terraform JSON of others no constructs", () => {
    const { findings } = lintSources([{ path: "main.tf.json", text: JSON.stringify(stack) }]);
    assert.deepEqual(
      findings.flatMap((finding) => finding.subjects.map(({ construct }) => construct)),
      [undefined, undefined],
    );
  });
});
