import { joinSteps, type Failure, type Finding, type Level } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say, type Message } from "../src/core/message";
import { byDefault } from "../src/model/defaults";
import type { Model } from "../src/model/model";
import { excess, type DoubtedItem, type ExcessItem } from "../src/model/permissions/permissions";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { byStatement, isAdminLike, senders, type Sender } from "../src/model/senders";
import { introduced } from "../src/model/uses";

export const senderAdminPermissions: Rule = {
  id: "sender-admin-permissions",
  title: "Sender has administrator permissions",
  level: "error",
  why: "A sender's credentials are kept in the settings of programs. Whoever finds them there has the whole account.",
  fix: "Replace the statement with one that allows only the sending actions that the user needs.",
  openWhen: "there is a statement about all services, and it is not known whether it reaches the user or applies",
  never: [
    "people who administer the account in the console",
    "API users of whom no statement names actions of SES",
    "`*` on the resources of one service, or within a permissions boundary that names services",
    "NotAction that leaves nothing but SES",
    "`ses:*`, which smtp-user-excess-permissions reports",
  ],
  sources: [
    theDocument(
      "For example, you could create an IAM user that can sign into the console and make requests to SES, but not allow access to any other AWS service or billing information.",
    ),
    theDocument(
      "You can create an IAM user that is highly restricted or allowed to do most anything the root account can – it’s your choice.",
    ),
    theGuide(
      "control-user-access",
      "For example, you can create an IAM policy that allows users in your organization to send email, but not perform administrative actions such as checking sending statistics.",
    ),
  ],
  securitySeverity: 8.8,
  precision: "very-high",
  cwe: [250, 269, 272],
  *check(model) {
    for (const sender of senders(model)) yield* findingsOf(model, sender);
  },
};

/** One finding a statement, as of other excess: the first of its items that administrators have is the place. */
function* findingsOf(model: Model, sender: Sender): Generator<Finding> {
  const { items, doubted } = excess(model, sender.user, ["ses:SendRawEmail"]);
  for (const statement of byStatement(items).filter(isAdminLike)) {
    const item = statement.find((one) => isAdminLike([one]));
    const finding = item && failure(model, sender, item);
    if (finding !== undefined) yield finding;
  }
  for (const item of doubted) yield question(sender, item);
}

function failure(model: Model, sender: Sender, item: ExcessItem): Failure | undefined {
  const { user } = sender;
  const guard = both(sender.guard, item.guard);
  if (guard === undefined) return undefined; // It is no sender where it has the permissions.
  const { at, managedPolicy } = item;
  const allowed = say`is allowed${byDefault(model, at)}`;
  const told =
    managedPolicy === undefined
      ? { message: say`${subjectOf(sender)} and ${allowed} ${item.pattern}, in all services.` }
      : {
          message: say`${subjectOf(sender)} and has the permissions of an administrator through ${name(managedPolicy)}.`,
          fix: say`Replace ${name(managedPolicy)} with a policy that allows only the sending actions that the user needs.`,
        };
  return {
    verdict: "fail",
    level: levelOf(sender),
    at,
    subject: user.address,
    ...told,
    steps: joinSteps(sender.steps, item.steps),
    guard,
  };
}

function question(sender: Sender, { at, pattern, because, steps }: DoubtedItem): Finding {
  const { user, guard } = sender;
  const message = say`Whether ${name(user.address)}, which sends mail, is allowed ${pattern} in all services cannot be decided.`;
  return { verdict: "open", at, subject: user.address, message, steps: joinSteps(sender.steps, steps), because, guard };
}

function subjectOf({ user, smtp }: Sender): Message {
  return smtp === undefined ? say`${name(user.address)} sends mail with the API` : introduced({ user, strength: smtp });
}

function levelOf({ smtp, api }: Sender): Level {
  if (smtp === "proven" || smtp === "strong") return "error";
  return api ? "warning" : "note";
}
