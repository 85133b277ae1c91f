import { joinSteps, type Finding } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say } from "../src/core/message";
import type { CredentialUse } from "../src/model/credentials/credential-uses";
import type { Model } from "../src/model/model";
import { excess } from "../src/model/permissions/permissions";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { otherUses, smtpUsers, type SmtpUser } from "../src/model/uses";

export const smtpUserNotDedicated: Rule = {
  id: "smtp-user-not-dedicated",
  title: "SMTP user is used for something else, too",
  level: "note",
  why: "One access key for mail and for AWS calls cannot be rotated, restricted or deleted for one of them alone, and a leak from the mail client exposes the other use, too.",
  fix: "Create a dedicated user for each use.",
  openWhen: "never: it speaks of two uses that are both in the input",
  never: [
    "permissions beyond sending: that is a rule of its own",
    "several mail clients of one user",
    "a key that is kept in a secret or parameter of its own, where nothing says that a program reads it",
    "users that are known to use nothing but the API",
  ],
  sources: [
    theDocument(
      "The important thing is that you can control the IAM user’s permissions and delete the IAM user at any time.",
    ),
  ],
  securitySeverity: 3.5,
  precision: "high",
  cwe: [653],
  *check(model) {
    for (const smtp of smtpUsers(model, "proven")) {
      const finding = judge(model, smtp, otherUses(model, smtp.user));
      if (finding !== undefined) yield finding;
    }
  },
};

/** The first of the other uses that can be there together with the mail client's. */
function judge(model: Model, smtp: SmtpUser, others: readonly CredentialUse[]): Finding | undefined {
  const { user, steps } = smtp;
  for (const { guard: when, at, steps: way, because } of others) {
    const guard = both(smtp.guard, when);
    if (guard === undefined) continue; // Either mail or the API, never both.
    return {
      verdict: "fail",
      level: holdsMore(model, smtp) ? "warning" : "note",
      at,
      subject: user.address,
      message: say`${name(user.address)} is an SMTP user, and ${because}, too.`,
      steps: joinSteps(steps, way),
      guard,
    };
  }
  return undefined;
}

/** Does it hold permissions of other services than SES? */
function holdsMore(model: Model, { user }: SmtpUser): boolean {
  const { items } = excess(model, user, ["ses:SendRawEmail"]);
  return items.some(({ reach }) => reach === "everything" || reach === "other-service");
}
