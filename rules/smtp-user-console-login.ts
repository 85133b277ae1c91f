import type { Finding } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { loginsOf, type HeldLogin } from "../src/model/principals/principals";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { smtpUsers, type SmtpUser } from "../src/model/uses";

export const smtpUserConsoleLogin: Rule = {
  id: "smtp-user-console-login",
  title: "SMTP user can sign in to the console",
  level: "warning",
  why: "A mail client never signs in to the console: the password is one more way into the account, for a user that nobody watches.",
  fix: "Remove the login profile, or create a dedicated user for the mail client.",
  openWhen: "a login profile is for a user whose name is not known and could be the SMTP user",
  never: ["users with a login profile that do not send by SMTP"],
  sources: [
    theDocument("To use the SMTP interface, you need SES SMTP credentials."),
    theDocument(
      "To sign into the console, you can use an IAM username and password (recommended) or root account email address and password (not recommended).",
    ),
  ],
  securitySeverity: 5.0,
  precision: "high",
  cwe: [272],
  *check(model) {
    for (const smtp of smtpUsers(model, "weak")) {
      for (const held of loginsOf(model, smtp.user)) {
        const finding = judge(smtp, held);
        if (finding !== undefined) yield finding;
      }
    }
  },
};

function judge(smtp: SmtpUser, { login, guard: heldGuard, certainty, because }: HeldLogin): Finding | undefined {
  const { user, strength } = smtp;
  const guard = both(smtp.guard, heldGuard);
  if (guard === undefined) return undefined;
  const steps = [...smtp.steps, { at: login.at, message: say`${name(login.address)} lets it sign in to the console.` }];
  const common = { at: login.at, subject: user.address, steps, guard };
  switch (certainty) {
    case "yes": {
      const byName = strength === "weak" ? name(", by its name an SMTP user,") : name(", an SMTP user,");
      const message = say`${name(user.address)}${byName} can sign in to the console with ${name(login.address)}.`;
      return { ...common, verdict: "fail", level: strength === "weak" ? "note" : "warning", message };
    }
    case "maybe": {
      if (strength === "weak") return undefined;
      const message = say`Whether ${name(login.address)} is for ${name(user.address)}, an SMTP user, cannot be decided.`;
      return { ...common, verdict: "open", message, because };
    }
  }
}
