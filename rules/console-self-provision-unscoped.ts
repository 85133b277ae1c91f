import { addAll } from "../src/core/add-all";
import { joinSteps, type Because, type Finding, type Step } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { list, name, say } from "../src/core/message";
import { compareSpans, type Span } from "../src/core/source";
import { consoleUsers, isPolicyVariable, type ConsoleUser } from "../src/model/console-users";
import { grantedOn } from "../src/model/permissions/permissions";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const consoleSelfProvisionUnscoped: Rule = {
  id: "console-self-provision-unscoped",
  title: "Console user can give any user permissions, not only SMTP users",
  level: "warning",
  why: "Whoever is allowed to write the policy of any user, add anybody to any group, or create access keys for anybody can take the permissions of all of them.",
  fix: "Replace the resource with user/ses-smtp-user.* for users and group/AWSSESSendingGroupDoNotRename for groups.",
  openWhen: "the resource of a statement, or whether it applies, is not known",
  never: [
    "administrators",
    "resources by name or path, such as user/ses-smtp-user.* and group/AWSSESSendingGroupDoNotRename",
    "${aws:username}, which is the user itself",
    "users that are not allowed to use Amazon SES in the console",
    "iam:CreateUser and iam:CreateGroup: by themselves they give nobody more permissions",
  ],
  sources: [
    theGuide(
      "smtp-credentials",
      "Therefore, to improve the security of your AWS account, it is highly recommended that you restrict or regularly monitor these policies that include the Permissions management access level classification.",
    ),
  ],
  securitySeverity: 7.2,
  precision: "high",
  cwe: [250, 269, 732],
  *check(model) {
    for (const console of consoleUsers(model)) yield* findingsOf(console);
  },
};

/** A user and a group that nobody names: `#` is in no name. */
const anyUser = "arn:*:iam::*:user/#";
const anyGroup = "arn:*:iam::*:group/#";

const unscoped: readonly (readonly [action: string, on: string])[] = [
  ["iam:PutUserPolicy", anyUser],
  ["iam:CreateAccessKey", anyUser],
  ["iam:PutGroupPolicy", anyGroup],
  ["iam:AddUserToGroup", anyGroup],
];

/** What a statement allows on everybody. */
interface Unscoped {
  readonly at: Span;
  readonly guard: Guard;
  readonly steps: readonly Step[];
  readonly actions: readonly string[];
}

/** One finding a statement; the first of its actions, as they are written, is the place. */
function* findingsOf({ model, user, guard, steps }: ConsoleUser): Generator<Finding> {
  const found = new Map<string, Unscoped>();
  const doubts: Because[] = [];
  for (const [action, on] of unscoped) {
    const { granted, because } = grantedOn(model, user, action, on);
    if (granted === undefined)
      addAll(
        doubts,
        because.filter((one) => !isPolicyVariable(one)),
      );
    const at = granted?.steps.at(-1)?.at;
    const under = granted && both(guard, granted.guard);
    if (granted === undefined || at === undefined || under === undefined) continue;
    const { file, start } = granted.steps.at(-2)?.at ?? at;
    const key = `${file} ${start}`;
    const known = found.get(key);
    const isFirst = known === undefined || compareSpans(at, known.at) < 0;
    const first = isFirst ? { at, guard: under, steps: granted.steps } : known;
    found.set(key, { ...first, actions: [...(known?.actions ?? []), action] });
  }
  const subject = user.address;
  for (const { at, guard: under, steps: way, actions } of found.values()) {
    const message = say`${name(subject)}, a user of the SES console, is allowed ${list(actions.map(name))} on any user or group, not only on those that SMTP credentials need.`;
    yield { verdict: "fail", level: "warning", at, subject, message, steps: joinSteps(steps, way), guard: under };
  }
  if (found.size > 0 || doubts.length === 0) return;
  const message = say`Whether ${name(subject)}, a user of the SES console, can give any user permissions cannot be decided.`;
  yield { verdict: "open", at: user.at, subject, message, steps, because: doubts, guard };
}
