import type { Finding } from "../src/core/finding";
import { type Message, name, say } from "../src/core/message";
import type { AccessKey, InState, LoginProfile } from "../src/model/model";
import type { Rule } from "../src/model/rule";

export const credentialInState: Rule = {
  id: "credential-in-state",
  title: "Credential in Terraform's state",
  level: "note",
  off: true,
  why: "Terraform writes what it makes into its state: whoever can read the state holds the secret access key, the SMTP password or the console password.",
  fix: "Set pgp_key, so that the state has only what the holder of the PGP key can read.",
  openWhen: "whether there is a PGP key cannot be told",
  never: [
    "keys and login profiles with a pgp_key",
    "templates of CloudFormation, which have no state that anybody reads: what they hand out is reported where they do",
    "data sources, and keys that are made elsewhere",
  ],
  sources: [
    {
      title: "Terraform AWS provider, aws_iam_access_key",
      url: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key",
      text: "Note that this will be written to the state file.",
    },
  ],
  securitySeverity: 3.5,
  precision: "very-high",
  cwe: [312, 522],
  *check({ keys, logins }) {
    for (const key of keys) if (key.inState) yield* judge(key, key.inState, name("secret access key"));
    for (const login of logins) if (login.inState) yield* judge(login, login.inState, name("console password"));
  },
};

function* judge(made: AccessKey | LoginProfile, inState: InState, noun: Message): Iterable<Finding> {
  const { address, at, guard } = made;
  const common = { at, subject: address, steps: [{ at, message: say`${name(address)} makes the ${noun}.` }], guard };
  switch (inState.kind) {
    case "encrypted":
      return;
    case "plain":
      yield {
        ...common,
        verdict: "fail",
        level: "note",
        message: say`The ${noun} of ${name(address)} is kept in the state in plain text.`,
      };
      return;
    case "unknown": {
      const { reason, at: from } = inState.unknown;
      const message = say`Whether the ${noun} of ${name(address)} is kept in the state in plain text cannot be told.`;
      yield { ...common, verdict: "open", message, because: [{ reason, at: from }] };
    }
  }
}
