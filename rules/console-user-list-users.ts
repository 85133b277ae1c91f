import type { Finding, Step } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { sameSpan } from "../src/core/source";
import type { Model, User } from "../src/model/model";
import { permissionSetUsers } from "../src/model/permission-sets";
import { grantedAsKnown, mayDo } from "../src/model/permissions";
import { loginsOf, userStep } from "../src/model/principals";
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
    for (const console of [...usersOf(model), ...setsOf(model)]) {
      const finding = judge(console);
      if (finding !== undefined) yield finding;
    }
  },
};

/** What the SES console asks for on its first page. */
const readsOfSes = ["ses:GetSendQuota", "ses:GetAccount"];

/** What creating SMTP credentials takes beside ListUsers, in the guide to 2024 and since. */
const provisioning = ["iam:CreateUser", "iam:CreateAccessKey", "iam:PutUserPolicy", "iam:PutGroupPolicy"];

interface ConsoleUser {
  /** The model to ask in. */
  readonly model: Model;
  readonly user: User;
  /** Whether it may do what creating SMTP credentials takes beside ListUsers. */
  readonly provisions: boolean;
  /** It is there, signs in and may read SES. */
  readonly guard: Guard;
  /** How it signs in, and how it may read SES. */
  readonly steps: readonly Step[];
}

/** Users with a login profile that may use SES in the console, as far as is known, and do not send by SMTP. */
function usersOf(model: Model): readonly ConsoleUser[] {
  return model.users.flatMap((user) => {
    const login = loginsOf(model, user).find((held) => held.certainty === "yes");
    if (login === undefined || isSmtpUser(model, user, "medium")) return [];
    const signIn = [
      userStep(user),
      { at: login.login.at, message: say`${name(login.login.address)} lets it sign in to the console.` },
    ];
    return consoleUser(model, user, login.guard, signIn);
  });
}

/** Permission sets with SES access and a provisioning action. */
function setsOf(model: Model): readonly ConsoleUser[] {
  return permissionSetUsers(model).flatMap(({ user, model: own }) => {
    const signIn = [
      { at: user.at, message: say`${name(user.address)} is a permission set: who is assigned it signs in.` },
    ];
    return consoleUser(own, user, user.guard, signIn).filter(({ provisions }) => provisions);
  });
}

function consoleUser(model: Model, user: User, guard: Guard, signIn: readonly Step[]): readonly ConsoleUser[] {
  const [read] = readsOfSes.flatMap((action) => grantedAsKnown(model, user, action) ?? []);
  const joined = read && both(guard, read.guard);
  if (read === undefined || joined === undefined) return []; // May not use SES in the console, as far as is known.
  const provisions = provisioning.some((action) => grantedAsKnown(model, user, action) !== undefined);
  return [{ model, user, provisions, guard: joined, steps: [...signIn, ...read.steps] }];
}

function judge({ model, user, provisions, guard: scope, steps }: ConsoleUser): Finding | undefined {
  const list = mayDo(model, user, "iam:ListUsers");
  const told = { at: user.at, subject: user.address, steps: once([...steps, ...list.steps]) };
  switch (list.answer) {
    case "yes":
      return undefined;
    case "no": {
      const guard = both(scope, list.guard);
      if (guard === undefined) return undefined;
      const why =
        list.denied === undefined ? say`is not allowed iam:ListUsers` : say`a Deny takes iam:ListUsers from it`;
      const message = say`${name(user.address)} can use Amazon SES in the console but ${why}, so creating SMTP credentials there stops.`;
      return { ...told, verdict: "fail", level: provisions ? "warning" : "note", message, guard };
    }
    case "maybe": {
      const message = say`Whether ${name(user.address)}, a user of the SES console, is allowed iam:ListUsers cannot be told.`;
      return { ...told, verdict: "open", message, because: list.because, guard: scope };
    }
  }
}

/** Both questions start at the user and may share a policy: each place is told once. */
function once(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step, i) => steps.findIndex((other) => sameSpan(other.at, step.at)) === i);
}
