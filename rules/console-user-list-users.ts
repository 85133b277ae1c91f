import { joinSteps, type Finding } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { consoleUsers, type ConsoleUser } from "../src/model/console-users";
import { byAll, oneOfDenies } from "../src/model/permissions/evidence";
import { grantedAsKnown, mayDo } from "../src/model/permissions/permissions";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const consoleUserListUsers: Rule = {
  id: "console-user-list-users",
  title: "Console user cannot list users",
  level: "warning",
  why: "Creating SMTP credentials in the SES console calls iam:ListUsers, and stops where that is not allowed.",
  fix: "Allow iam:ListUsers on * in the policy that gives the user access to Amazon SES.",
  openWhen: "a policy, attachment, group, boundary or condition that decides about iam:ListUsers is not known",
  never: [
    "users without a login profile",
    "users that send by SMTP",
    "roles",
    "administrators",
    "any user, where the setting selfProvision is current or off",
    "users that are not allowed to read SES in the console",
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
  *check(model, { selfProvision }) {
    if (selfProvision !== "document") return; // The guide since September 2024 does not ask for iam:ListUsers.
    for (const console of consoleUsers(model)) {
      const finding = judge(console);
      if (finding !== undefined) yield finding;
    }
  },
};

/** With one of these, or where the configuration says so, the user is meant to create SMTP credentials. */
const provisioning = ["iam:CreateUser", "iam:CreateAccessKey", "iam:PutUserPolicy", "iam:PutGroupPolicy"];

function judge({ model, user, isMeant, guard: scope, steps }: ConsoleUser): Finding | undefined {
  const list = mayDo(model, user, "iam:ListUsers");
  const common = { at: user.at, subject: user.address, steps: joinSteps(steps, list.steps) };
  switch (list.answer) {
    case "yes":
      return undefined;
    case "no": {
      const guard = both(scope, list.guard);
      if (guard === undefined) return undefined;
      const provisions = isMeant || provisioning.some((action) => grantedAsKnown(model, user, action) !== undefined);
      const { denied } = list;
      const why =
        denied.length === 0 ? say`is not allowed iam:ListUsers` : say`is denied iam:ListUsers${byAll(denied)}`;
      const message = say`${name(user.address)} can use Amazon SES in the console but ${why}, so creating SMTP credentials there stops.`;
      const fix = denied.length === 0 ? undefined : say`Take iam:ListUsers out of ${oneOfDenies(denied)}.`;
      return {
        ...common,
        verdict: "fail",
        level: provisions ? "warning" : "note",
        message,
        guard,
        ...(fix && { fix }),
      };
    }
    case "maybe": {
      const message = say`Whether ${name(user.address)}, a user of the SES console, is allowed iam:ListUsers cannot be decided.`;
      return { ...common, verdict: "open", message, because: list.because, guard: scope };
    }
  }
}
