import { both } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { grantsOf } from "../src/model/principals/principals";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { smtpUsers } from "../src/model/uses";

export const smtpPolicyOnUser: Rule = {
  id: "smtp-policy-on-user",
  title: "SMTP user has a policy itself, not through a group",
  level: "note",
  off: true,
  why: "Since September 2024 the SES console puts SMTP users into a group that has the policy: what they are allowed stands in one place.",
  fix: "Put the user into a group, give the group the policy, and remove it from the user.",
  openWhen: "never: a policy that is not surely the user's own is not reported",
  never: [
    "policies that the user has through a group",
    "users that nothing marks as SMTP users, not even the configuration (smtpUsers)",
  ],
  sources: [
    theGuide(
      "smtp-credentials",
      "SES is moving away from inline policies and encourages you to do the same as a security recommendation.",
    ),
  ],
  securitySeverity: 1.0,
  precision: "very-high",
  cwe: [],
  *check(model) {
    for (const { user, guard, steps } of smtpUsers(model, "weak")) {
      for (const { grant, certainty, through, guard: held, steps: way } of grantsOf(model, user)) {
        const under = both(guard, held);
        if (certainty === "maybe" || through !== undefined || under === undefined) continue; // Not surely its own.
        const how = name(grant.policy.kind === "inline" ? "an inline policy" : "a policy attached");
        yield {
          verdict: "fail",
          level: "note",
          at: grant.at,
          subject: user.address,
          message: say`${name(user.address)} is an SMTP user and has ${how} itself, not through a group.`,
          steps: [...steps, ...way.slice(1)],
          guard: under,
        };
      }
    }
  },
};
