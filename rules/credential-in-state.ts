import type { Finding } from "../src/core/finding";
import { type Message, name, say } from "../src/core/message";
import type { AccessKey, InState, LoginProfile } from "../src/model/model";
import type { Rule } from "../src/model/rule";

export const credentialInState: Rule = {
  id: "credential-in-state",
  title: "Credential in Terraform's state",
  level: "note",
  off: true,
  why: "Terraform writes the credentials that it creates into its state: whoever can read the state has the secret access key, the SMTP password or the console password.",
  fix: "Set pgp_key, so that the state has only what the holder of the PGP key can read.",
  openWhen: "it is not known whether there is a PGP key",
  never: [
    "keys and login profiles with a pgp_key",
    "templates of CloudFormation, which has no state that anybody reads: what they hand out is reported there",
    "data sources, and keys that are created elsewhere",
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
  const common = { at, subject: address, steps: [{ at, message: say`${name(address)} creates the ${noun}.` }], guard };
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
      const message = say`Whether the ${noun} of ${name(address)} is kept in the state in plain text cannot be decided.`;
      yield { ...common, verdict: "open", message, because: [{ reason, at: from }] };
    }
  }
}
