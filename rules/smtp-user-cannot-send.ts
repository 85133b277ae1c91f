import { joinSteps, type Finding } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say, type Message } from "../src/core/message";
import { byAll, oneOfDenies } from "../src/model/permissions/evidence";
import { blockingConditions } from "../src/model/permissions/blocking-conditions";
import type { Model } from "../src/model/model";
import { mayDo, type Answer } from "../src/model/permissions/permissions";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { smtpUsers, type SmtpUser } from "../src/model/uses";

export const smtpUserCannotSend: Rule = {
  id: "smtp-user-cannot-send",
  title: "SMTP user cannot send",
  level: "error",
  why: "Sending by SMTP needs ses:SendRawEmail; ses:SendEmail does not help. Without it Amazon SES refuses the mail with 554 Access denied.",
  fix: "Allow ses:SendRawEmail on * in a policy of the user or of its group.",
  openWhen:
    "a policy, attachment, group, boundary or condition that decides is not in the input, or not known, or the user or its group is imported",
  never: [
    "users that are SMTP users by their name only, unless the configuration says that they are (smtpUsers)",
    "users from a data source whose policies are not in the input",
    "a Deny that holds on some requests only",
    "grants whose condition never matches: smtp-condition-never-matches reports them",
  ],
  sources: [
    theGuide(
      "control-user-access",
      "If the IAM user will be using the SMTP interface, you must allow access to ses:SendRawEmail at a minimum.",
    ),
  ],
  securitySeverity: 3.0,
  precision: "very-high",
  cwe: [],
  *check(model) {
    for (const smtp of smtpUsers(model, "strong")) {
      if (blockingConditions(model, smtp.user).length > 0) continue; // smtp-condition-never-matches says it.
      const finding = judge(model, smtp, mayDo(model, smtp.user, "ses:SendRawEmail"));
      if (finding !== undefined) yield finding;
    }
  },
};

function judge(model: Model, smtp: SmtpUser, send: Answer): Finding | undefined {
  const { user } = smtp;
  switch (send.answer) {
    case "yes":
      return undefined;
    case "no": {
      const guard = both(smtp.guard, send.guard);
      if (guard === undefined) return undefined;
      const message = refusal(model, smtp, send);
      const steps = joinSteps(smtp.steps, send.steps);
      const fix = fixOf(send);
      return {
        verdict: "fail",
        level: "error",
        at: user.at,
        subject: user.address,
        message,
        steps,
        guard,
        ...(fix && { fix }),
      };
    }
    case "maybe":
      return {
        verdict: "open",
        at: user.at,
        subject: user.address,
        message: say`Whether ${name(user.address)}, an SMTP user, is allowed ses:SendRawEmail cannot be decided.`,
        steps: joinSteps(smtp.steps, send.steps),
        because: send.because,
        guard: smtp.guard,
      };
  }
}

type Refusal = Extract<Answer, { readonly answer: "no" }>;

function refusal(model: Model, { user }: SmtpUser, { denied, bounded }: Refusal): Message {
  const subject = name(user.address);
  if (denied.length > 0) return say`${subject} is an SMTP user but is denied ses:SendRawEmail${byAll(denied)}.`;
  if (bounded !== undefined)
    return say`${subject} is an SMTP user whose permissions boundary leaves out ses:SendRawEmail.`;
  const refused = say`${subject} is an SMTP user but is not allowed ses:SendRawEmail`;
  if (mayDo(model, user, "ses:SendEmail").answer !== "yes") return say`${refused}.`;
  return say`${refused}; ses:SendEmail, which it is allowed, is of no use to SMTP.`;
}

function fixOf({ denied, bounded }: Refusal): Message | undefined {
  if (denied.length > 0) return say`Take ses:SendRawEmail out of ${oneOfDenies(denied)}.`;
  return bounded === undefined ? undefined : say`Allow ses:SendRawEmail in the permissions boundary, too.`;
}
