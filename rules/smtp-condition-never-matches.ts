import type { Finding } from "../src/core/finding";
import { both } from "../src/core/guard";
import { label, name, say, type Message } from "../src/core/message";
import { charactersIn } from "../src/core/text";
import { actionNamed } from "../src/model/iam/aws";
import type { PatternItem } from "../src/model/iam/policy";
import { blockingConditions, type BlockingCondition } from "../src/model/permissions/blocking-conditions";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { introduced, smtpUsers, type SmtpUser } from "../src/model/uses";

export const smtpConditionNeverMatches: Rule = {
  id: "smtp-condition-never-matches",
  title: "Condition keeps an SMTP user from sending",
  level: "error",
  why: "A request of the SMTP interface has the API version 2, a few condition keys of SES and no MFA. Where a condition asks for more, Amazon SES refuses the mail with 554 Access denied.",
  fix: "Remove the condition, or compare with what SMTP sends.",
  openWhen: "a condition on a key that only AWS can tell decides, or a policy that could allow sending is not known",
  never: [
    "conditions on addresses, networks and TLS that some mail matches",
    "conditions of one grant beside another grant",
    "Deny with plain Bool on aws:MultiFactorAuthPresent, which does not match access keys",
    "dates: what the date is when mail is sent is not known",
  ],
  sources: [
    theGuide(
      "control-user-access",
      "These email address condition keys apply only to the APIs noted in the following table.",
    ),
    theGuide(
      "control-user-access",
      "If the IAM user will be using the SMTP interface, you must allow access to ses:SendRawEmail at a minimum.",
    ),
  ],
  securitySeverity: 3.0,
  precision: "very-high",
  cwe: [],
  *check(model) {
    for (const smtp of smtpUsers(model, "weak")) {
      for (const blocking of blockingConditions(model, smtp.user)) {
        const finding = judge(smtp, blocking);
        if (finding !== undefined) yield finding;
      }
    }
  },
};

function judge(smtp: SmtpUser, blocking: BlockingCondition): Finding | undefined {
  const { user, strength } = smtp;
  const { condition, because } = blocking;
  const steps = [...smtp.steps, ...blocking.steps.slice(1)];
  const common = { at: condition.at, subject: user.address, steps };
  if (blocking.guard === undefined) {
    const message = say`Whether ${name(user.address)}, an SMTP user, can send under the condition on ${label(condition.key)} cannot be decided.`;
    return { ...common, verdict: "open", message, because, guard: smtp.guard };
  }
  const guard = both(smtp.guard, blocking.guard);
  if (guard === undefined) return undefined; // It is no SMTP user where it may not send.
  const { why, fix } = explain(blocking);
  const level = strength === "weak" ? "note" : "error";
  return { ...common, verdict: "fail", level, message: say`${introduced(smtp)} and cannot send: ${why}.`, fix, guard };
}

interface Explained {
  readonly why: Message;
  readonly fix: Message;
}

function explain({ condition, effect }: BlockingCondition): Explained {
  const key = condition.key.toLowerCase();
  const operator = label(condition.operator);
  if (effect === "deny") {
    const why = say`the Deny with ${operator} on ${label(condition.key)} matches every request that SMTP makes`;
    const fix = /^BoolIfExists$/i.test(condition.operator)
      ? say`Replace ${operator} with Bool, which does not match access keys.`
      : say`Remove the user from those whom the Deny is for.`;
    return { why, fix };
  }
  const remove = say`Remove the condition on ${label(condition.key)}.`;
  if (key === "ses:apiversion") {
    return {
      why: say`SMTP has the API version 2, which the condition on ${label(condition.key)} does not match`,
      fix: say`Let the condition on ${label(condition.key)} match 2, or remove it.`,
    };
  }
  if (key.startsWith("aws:multifactorauth")) {
    return { why: say`the condition asks for ${label(condition.key)}, and SMTP credentials carry no MFA`, fix: remove };
  }
  if (key.startsWith("ses:") && actionNamed("ses:SendRawEmail")?.keys.has(key) !== true) {
    return {
      why: say`requests for ses:SendRawEmail never have the condition key ${label(condition.key)}`,
      fix: remove,
    };
  }
  const isPlain = /^(?:for(?:any|all)values?:)?stringequals/i.test(condition.operator);
  if (isPlain && condition.values.some(hasWildcard)) {
    return {
      why: say`${operator} compares wildcards as plain characters, which no ${label(condition.key)} has`,
      fix: say`Replace ${operator} with StringLike.`,
    };
  }
  return { why: say`no request has such a value of ${label(condition.key)}`, fix: remove };
}

function hasWildcard({ value }: PatternItem): boolean {
  return value.kind === "text" && /[*?]/.test(charactersIn(value.pieces));
}
