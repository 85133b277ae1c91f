import { joinSteps, type Finding } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { list, name, say } from "../src/core/message";
import { consoleUsers, isPolicyVariable, type ConsoleUser } from "../src/model/console-users";
import { grantedAsKnown, grantedOn, mayDo, type Answer, type Granted } from "../src/model/permissions/permissions";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule, RuleOptions } from "../src/model/rule";

export const consoleSelfProvisionIncomplete: Rule = {
  id: "console-self-provision-incomplete",
  title: "Console user lacks permissions to create SMTP credentials",
  level: "warning",
  why: "Creating SMTP credentials in the SES console takes several IAM actions. Without all of them it stops in the middle, and can leave a user without a key or policy behind.",
  fix: "Allow the actions that are missing on user/ses-smtp-user.* and group/AWSSESSendingGroupDoNotRename, in the policy that gives the user access to Amazon SES.",
  openWhen: "a policy, attachment, group, boundary or condition that decides about one of the actions is not known",
  never: [
    "console users with none of the actions, unless the configuration says that they are meant to create SMTP credentials (selfProvisionUsers)",
    "users that lack nothing but iam:ListUsers: console-user-list-users reports them",
    "administrators",
    "roles, SMTP users, and users without a login profile",
    "any user, where the setting selfProvision is off",
  ],
  sources: [
    theDocument(
      "An IAM user can also create SMTP credentials by using the SES console, but that IAM user’s policy needs to give them permission to use IAM itself, because SES SMTP credentials are created through IAM.",
    ),
    theGuide(
      "smtp-credentials",
      "Your IAM policy must allow you to perform the following IAM actions: iam:CreateUser, iam:CreateGroup, iam:PutGroupPolicy, iam:AddUserToGroup, and iam:CreateAccessKey.",
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
    if (selfProvision === "off") return;
    for (const console of consoleUsers(model)) {
      const finding = judge(console, selfProvision);
      if (finding !== undefined) yield finding;
    }
  },
};

type Profile = Exclude<RuleOptions["selfProvision"], "off">;

const userMade = "user/ses-smtp-user.*";
const groupMade = "group/AWSSESSendingGroupDoNotRename";
const listUsers = "iam:ListUsers";

/** What each profile takes, and the users and groups that SES makes: a grant on others does not count. */
const profiles: Readonly<Record<Profile, readonly (readonly [action: string, on?: string])[]>> = {
  document: [
    [listUsers],
    ["iam:CreateUser", userMade],
    ["iam:CreateAccessKey", userMade],
    ["iam:PutUserPolicy", userMade],
  ],
  current: [
    ["iam:CreateUser", userMade],
    ["iam:CreateGroup", groupMade],
    ["iam:PutGroupPolicy", groupMade],
    ["iam:AddUserToGroup", groupMade],
    ["iam:CreateAccessKey", userMade],
  ],
};

interface Asked {
  readonly action: string;
  readonly on: string | undefined;
  /** As far as policies are known. */
  readonly granted: Granted | undefined;
  readonly answer: Answer;
}

function judge({ model, user, isMeant, guard, steps }: ConsoleUser, profile: Profile): Finding | undefined {
  const asked = profiles[profile].map(([action, on]): Asked => {
    const arn = on && `arn:*:iam::*:${on}`;
    const granted =
      arn === undefined ? grantedAsKnown(model, user, action) : grantedOn(model, user, action, arn).granted;
    return { action, on, granted, answer: mayDo(model, user, action, arn) };
  });
  const granted = asked.flatMap((one) => one.granted ?? []);
  const provisions = asked.some((one) => one.granted !== undefined && one.action !== listUsers);
  if (!provisions && !isMeant) return undefined;
  const others = asked.filter((one) => one.granted === undefined && one.action !== listUsers);
  const missing = others.filter(({ answer }) => isMissing(answer));
  const way = granted.reduce((all, one) => joinSteps(all, one.steps), steps);
  const common = { at: user.at, subject: user.address, steps: way };
  const under = missing.flatMap(({ answer }) => guardsOf(guard, answer))[0];
  if (under !== undefined) {
    const actions = list(missing.map(({ action }) => name(action)));
    const guide = profile === "current" ? ", as the guide has it since September 2024 without iam:ListUsers" : "";
    const part = name(granted.length > 0 ? "only a part" : "nothing");
    const message = say`${name(user.address)} is allowed ${part} of what creating SMTP credentials in the console takes${name(guide)}: it is not allowed ${actions}.`;
    const resources = list([...new Set(missing.flatMap(({ on }) => on ?? []))].map(name));
    const fix = say`Allow ${actions} on ${resources} in the policy that gives the user access to Amazon SES.`;
    return { ...common, verdict: "fail", level: granted.length >= 2 ? "warning" : "note", message, fix, guard: under };
  }
  const open = others.flatMap(({ action, answer }) => (answer.answer === "maybe" ? [{ action, answer }] : []));
  if (open.length === 0) return undefined;
  const actions = list(open.map(({ action }) => name(action)));
  const message = say`Whether ${name(user.address)}, a user of the SES console, is allowed ${actions} to create SMTP credentials cannot be decided.`;
  return { ...common, verdict: "open", message, because: open.flatMap(({ answer }) => answer.because), guard };
}

/** What is allowed on the user itself, by a policy variable, is not allowed on one that SES makes. */
function isMissing(answer: Answer): boolean {
  return answer.answer === "no" || (answer.answer === "maybe" && answer.because.every(isPolicyVariable));
}

/** Where the user is in the rule's scope and may not. */
function guardsOf(scope: Guard, answer: Answer): readonly Guard[] {
  const guard = answer.answer === "no" ? both(scope, answer.guard) : scope;
  return guard === undefined ? [] : [guard];
}
