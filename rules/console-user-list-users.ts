import type { Finding, Step } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { sameSpan } from "../src/core/source";
import type { Model, User } from "../src/model/model";
import { grantedAsKnown, mayDo, type Answer, type Granted } from "../src/model/permissions";
import { loginsOf, type HeldLogin } from "../src/model/principals";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { isSmtpUser } from "../src/model/uses";

export const consoleUserListUsers: Rule = {
  id: "console-user-list-users",
  title: "Console user cannot list users",
  level: "warning",
  why: "Creating SMTP credentials in the SES console asks for iam:ListUsers, and stops there without it.",
  fix: "Allow iam:ListUsers on * in the policy that gives the user access to Amazon SES.",
  openWhen: "a policy, attachment, group, boundary or condition that decides about iam:ListUsers is not known",
  never: [
    "users without a login profile",
    "users that send by SMTP",
    "roles",
    "users that may not read SES in the console",
  ],
  sources: [
    theDocument(
      "If the IAM user tries to create SES SMTP credentials using the console and they don’t have IAM permissions, they will get a pop-up error that says “… not authorized to perform iam:ListUsers…”",
    ),
    theGuide(
      "smtp-credentials",
      "Your IAM policy must allow you to perform the following IAM actions: iam:ListUsers, iam:CreateUser, iam:CreateAccessKey, and iam:PutUserPolicy.",
    ),
  ],
  securitySeverity: 2.0,
  precision: "high",
  cwe: [],
  *check(model) {
    for (const user of model.users) {
      const login = loginsOf(model, user).find((held) => held.certainty === "yes");
      if (login === undefined || isSmtpUser(model, user, "medium")) continue; // Not a console user of SES.
      const [read] = readsOfSes.flatMap((action) => grantedAsKnown(model, user, action) ?? []);
      if (read === undefined) continue; // May not use SES in the console, as far as is known.
      const finding = judge(model, { user, login, read });
      if (finding !== undefined) yield finding;
    }
  },
};

/** What the SES console asks for on its first page. */
const readsOfSes = ["ses:GetSendQuota", "ses:GetAccount"];

/** What creating SMTP credentials takes beside ListUsers, in the guide to 2024 and since. */
const provisioning = ["iam:CreateUser", "iam:CreateAccessKey", "iam:PutUserPolicy", "iam:PutGroupPolicy"];

interface ConsoleUser {
  readonly user: User;
  readonly login: HeldLogin;
  /** The read of SES that it is allowed. */
  readonly read: Granted;
}

function judge(model: Model, console: ConsoleUser): Finding | undefined {
  const { user, login, read } = console;
  const scope = both(login.guard, read.guard);
  if (scope === undefined) return undefined;
  const list = mayDo(model, user, "iam:ListUsers");
  const told = { at: user.at, subject: user.address, steps: evidence(console, list) };
  switch (list.answer) {
    case "yes":
      return undefined;
    case "no": {
      const guard = both(scope, list.guard);
      if (guard === undefined) return undefined;
      const provisions = provisioning.some((action) => grantedAsKnown(model, user, action) !== undefined);
      const why =
        list.denied === undefined
          ? say`is not allowed iam:ListUsers, so that creating SMTP credentials there stops`
          : say`has iam:ListUsers taken away by a Deny, so that creating SMTP credentials there stops`;
      const message = say`${name(user.address)} uses Amazon SES in the console and ${why}.`;
      return { ...told, verdict: "fail", level: provisions ? "warning" : "note", message, guard };
    }
    case "maybe": {
      const message = say`Whether ${name(user.address)}, who uses Amazon SES in the console, is allowed iam:ListUsers cannot be told.`;
      return { ...told, verdict: "open", message, because: list.because, guard: scope };
    }
  }
}

function evidence({ user, login, read }: ConsoleUser, list: Answer): readonly Step[] {
  const beyondUser = [...read.steps, ...list.steps].filter((step) => !sameSpan(step.at, user.at));
  return [
    { at: user.at, message: say`${name(user.address)} is the user.` },
    { at: login.login.at, message: say`${name(login.login.address)} lets it sign in to the console.` },
    ...beyondUser.filter((step, i) => beyondUser.findIndex((other) => sameSpan(other.at, step.at)) === i),
  ];
}
