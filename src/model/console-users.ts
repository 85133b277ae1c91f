import { joinSteps, type Because, type Step } from "../core/finding";
import { both, type Guard } from "../core/guard";
import { name, say } from "../core/message";
import type { Model, User } from "./model";
import { perModel } from "./per-model";
import { withSetsAsUsers } from "./principals/permission-sets";
import { excess, grantedAsKnown } from "./permissions/permissions";
import { loginsOf, userStep } from "./principals/principals";
import { isNamed } from "./principals/named-users";
import { isSmtpUser } from "./uses";

/** Somebody who signs in to the console and may read SES there: a user with a login profile, a permission set. */
export interface ConsoleUser {
  /** The model to ask in. */
  readonly model: Model;
  readonly user: User;
  /** Whether it may do any of what creating SMTP credentials takes beside ListUsers. */
  readonly provisions: boolean;
  /** Whether the configuration says that it is meant to create them. */
  readonly isMeant: boolean;
  /** It is there, signs in and may read SES. */
  readonly guard: Guard;
  /** How it signs in, and how it may read SES. */
  readonly steps: readonly Step[];
}

/**
 * Who uses SES in the console, as far as is known. Not SMTP users, whose login is a defect of its own, and not the
 * administrators of the account. In the order of the source.
 */
export const consoleUsers = perModel((model: Model): readonly ConsoleUser[] => [...usersOf(model), ...setsOf(model)]);

/** What the SES console asks for on its first page. */
const readsOfSes = ["ses:GetSendQuota", "ses:GetAccount"];

/** What creating SMTP credentials takes beside ListUsers, in the guide to 2024 and since. */
const provisioning = [
  "iam:CreateUser",
  "iam:CreateAccessKey",
  "iam:PutUserPolicy",
  "iam:CreateGroup",
  "iam:PutGroupPolicy",
  "iam:AddUserToGroup",
];

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

/** Permission sets with SES access that may do a part of it, or are meant to. */
function setsOf(model: Model): readonly ConsoleUser[] {
  const sets = withSetsAsUsers(model);
  return sets.users.flatMap((user) => {
    const signIn = [
      { at: user.at, message: say`${name(user.address)} is a permission set: who is assigned it signs in.` },
    ];
    return consoleUser(sets, user, user.guard, signIn).filter(({ provisions, isMeant }) => provisions || isMeant);
  });
}

function consoleUser(model: Model, user: User, guard: Guard, signIn: readonly Step[]): readonly ConsoleUser[] {
  const [read] = readsOfSes.flatMap((action) => grantedAsKnown(model, user, action) ?? []);
  const joined = read && both(guard, read.guard);
  if (read === undefined || joined === undefined) return []; // May not use SES in the console, as far as is known.
  if (isAdministrator(model, user)) return [];
  const provisions = provisioning.some((action) => grantedAsKnown(model, user, action) !== undefined);
  const isMeant = isNamed(user, model.stated?.selfProvisionUsers ?? []);
  return [{ model, user, provisions, isMeant, guard: joined, steps: joinSteps(signIn, read.steps) }];
}

/** May it do everything, IAM included? Of whom a Deny takes a part is none. */
function isAdministrator(model: Model, user: User): boolean {
  const everything = excess(model, user, []).items.some(({ reach }) => reach === "everything");
  return everything && adminActions.every((action) => grantedAsKnown(model, user, action) !== undefined);
}

/** Whoever is allowed these can give themselves everything else. */
const adminActions = ["iam:ListUsers", "iam:CreatePolicyVersion", "iam:AttachUserPolicy"];

/** What AWS fills in for the user that asks is no unknown of the input: `${aws:username}` is none that SES makes. */
export function isPolicyVariable({ reason }: Because): boolean {
  return reason.what.startsWith("${");
}
