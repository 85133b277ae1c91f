import { name, say } from "../src/core/message";
import { knownText } from "../src/core/text";
import type { Value } from "../src/core/value";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const rootCallerIdentity: Rule = {
  id: "root-caller-identity",
  title: "Terraform runs as the account root user",
  level: "error",
  why: "A plan or state was made with credentials of the account root user, which allow everything and cannot be limited.",
  fix: "Give Terraform a role of its own, and remove the access key of the root user.",
  openWhen: "never: only a plan or state tells who made it",
  never: [
    "an IAM user named root, and roles with the word in their names",
    "configuration alone: it does not say who runs it",
  ],
  sources: [theDocument("use them only when you need to access your account and billing information.")],
  securitySeverity: 9.5,
  precision: "very-high",
  cwe: [250],
  *check(model) {
    for (const { address, at, arn, guard } of model.callers) {
      if (!isAccountRoot(arn)) continue;
      yield {
        verdict: "fail",
        level: "error",
        at: arn.at,
        subject: address,
        message: say`Terraform ran as the account root user: the ARN of ${name(address)} ends in :root.`,
        steps: [{ at, message: say`${name(address)} is the identity with whose credentials Terraform ran.` }],
        guard,
      };
    }
  },
};

/** In every partition; `user/root` and `role/root-admin` are other identities. */
function isAccountRoot(arn: Value): boolean {
  return /^arn:[^:]+:(?:iam|sts)::\d*:root$/.test(knownText(arn) ?? "");
}
