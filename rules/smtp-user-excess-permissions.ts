import { joinSteps, type Failure, type Finding, type Level } from "../src/core/finding";
import { both, holds, type Guard } from "../src/core/guard";
import { list, name, say, type Message } from "../src/core/message";
import { byDefault } from "../src/model/defaults";
import type { Model, User } from "../src/model/model";
import { excess, mayDo, type Excess, type ExcessItem } from "../src/model/permissions/permissions";
import { hasWildcards } from "../src/model/iam/pattern";
import { covers } from "../src/model/iam/pattern-relations";
import { theDocument, theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { byStatement, isAdminLike } from "../src/model/senders";
import { isNamed } from "../src/model/principals/named-users";
import { introduced, smtpUsers, type SmtpUser } from "../src/model/uses";

export const smtpUserExcessPermissions: Rule = {
  id: "smtp-user-excess-permissions",
  title: "SMTP user is allowed more than sending",
  level: "warning",
  why: "Sending by SMTP needs ses:SendRawEmail only. Whoever finds the user's access key can do everything else that the user is allowed.",
  fix: "Replace the actions with ses:SendRawEmail; where other users need them, give this user its own policy.",
  openWhen: "a policy, attachment or group of the user is not in the input, or not known",
  never: [
    "ses:SendRawEmail and patterns that match nothing else, such as ses:SendRaw*",
    "Resource: *, which is what AWS itself attaches",
    "what a Deny on every resource takes back",
    "actions that the configuration lets the user have (allowedActions)",
    "users that are SMTP users by their name only, and that are allowed to create users or access keys in IAM",
    "ses:SendEmail in place of ses:SendRawEmail: the user cannot send, which is a rule of its own",
  ],
  sources: [
    theGuide(
      "control-user-access",
      "If the IAM user will be using the SMTP interface, you must allow access to ses:SendRawEmail at a minimum.",
    ),
    theDocument(
      "The important thing is that you can control the IAM user’s permissions and delete the IAM user at any time.",
    ),
  ],
  securitySeverity: 6.5,
  precision: "high",
  cwe: [250, 272],
  *check(model, { allowedActions }) {
    const allowed = Object.entries(allowedActions).map(([user, actions]) => ({ users: [user], actions }));
    for (const smtp of smtpUsers(model, "weak")) {
      const found = excess(model, smtp.user, ["ses:SendRawEmail", ...allowedTo(smtp.user, allowed)]);
      if (found.items.length > 0) yield* failures(model, smtp, found.items);
      else if (found.because.length > 0 && smtp.strength !== "weak") yield question(smtp, found);
    }
  },
};

/** Actions that the configuration lets users have. */
interface AllowedActions {
  /** As `isNamed` takes them, which reads one list once. */
  readonly users: readonly string[];
  readonly actions: readonly string[];
}

function allowedTo(user: User, allowed: readonly AllowedActions[]): readonly string[] {
  return allowed.flatMap(({ users, actions }) => (isNamed(user, users) ? actions : []));
}

/** One finding a statement: the first of its gravest actions is the place. */
function* failures(model: Model, smtp: SmtpUser, items: readonly ExcessItem[]): Generator<Failure> {
  const onlySendEmail = items.every(isSendEmail);
  for (const statement of byStatement(items)) {
    if (isAdminLike(statement)) continue; // sender-admin-permissions says it.
    const level = gravest(statement.map((item) => levelOf(smtp, item, onlySendEmail)));
    const worst = statement.find((item) => levelOf(smtp, item, onlySendEmail) === level);
    const guard = worst && both(smtp.guard, worst.guard);
    if (worst === undefined || guard === undefined) continue; // The excess is there only when the user is no SMTP user.
    if (onlySendEmail && cannotSend(model, smtp, guard)) continue; // smtp-user-cannot-send says it: it is the wrong action.
    const { at, steps } = worst;
    const fix = fixOf(statement);
    yield {
      verdict: "fail",
      level,
      at,
      subject: smtp.user.address,
      message: messageOf(smtp, statement, byDefault(model, at)),
      steps: joinSteps(smtp.steps, steps),
      guard,
      ...(fix && { fix }),
    };
  }
}

function cannotSend(model: Model, { user, strength }: SmtpUser, guard: Guard): boolean {
  if (strength !== "proven" && strength !== "strong") return false;
  const send = mayDo(model, user, "ses:SendRawEmail");
  return send.answer === "no" && holds(send.guard, guard) === "yes";
}

function question(smtp: SmtpUser, { because }: Excess): Finding {
  const { user, steps, guard } = smtp;
  const message = say`Whether ${name(user.address)}, an SMTP user, is allowed more than ses:SendRawEmail cannot be decided.`;
  return { verdict: "open", at: user.at, subject: user.address, message, steps, because, guard };
}

/**
 * Who is an SMTP user by name only gets a note. `ses:SendEmail` beside SendRawEmail is what most guides copy: a note,
 * if that is all. An API sender may rightly need more than SMTP does.
 */
function levelOf(smtp: SmtpUser, item: ExcessItem, onlySendEmail: boolean): Level {
  if (smtp.strength === "weak" || onlySendEmail) return "note";
  return smtp.strength === "proven" && !smtp.api && item.reach !== "ses" ? "error" : "warning";
}

function isSendEmail({ actions }: ExcessItem): boolean {
  return actions?.length === 1 && actions[0] === "ses:sendemail";
}

function gravest(levels: readonly Level[]): Level {
  return levels.find((level) => level === "error") ?? levels.find((level) => level === "warning") ?? "note";
}

function messageOf(smtp: SmtpUser, items: readonly ExcessItem[], usual: Message): Message {
  return say`${introduced(smtp)} and is allowed${usual} more than ses:SendRawEmail${through(items)}: ${patternsOf(items)}.`;
}

function through([first]: readonly ExcessItem[]): Message {
  return first?.managedPolicy === undefined ? name("") : say` through ${name(first.managedPolicy)}`;
}

function fixOf([first]: readonly ExcessItem[]): Message | undefined {
  if (first?.managedPolicy === undefined) return undefined;
  return say`Replace ${name(first.managedPolicy)} with a policy that allows only ses:SendRawEmail.`;
}

function patternsOf(items: readonly ExcessItem[]): Message {
  const patterns = [...new Map(smallest(items).map((item) => [item.pattern.text, counted(item)])).values()];
  const shown = patterns.slice(0, patternsShown);
  const rest = patterns.length - shown.length;
  return list(rest === 0 ? shown : [...shown, say`${rest} more`]);
}

/** What a person would write: beside `ses:*`, no `ses:SendEmail`. */
function smallest(items: readonly ExcessItem[]): readonly ExcessItem[] {
  const wild = items.filter(({ action }) => action !== undefined && hasWildcards(action)).slice(0, patternsCompared);
  const widest = wild.filter(
    (one, i) => !wild.some((other, j) => saysAll(other, one) && (j < i || !saysAll(one, other))),
  );
  return items.filter((one) => widest.includes(one) || !widest.some((other) => saysAll(other, one)));
}

function saysAll({ action: all }: ExcessItem, { action }: ExcessItem): boolean {
  return all !== undefined && action !== undefined && covers(all, action) === "yes";
}

/** A list of thousands of patterns is not compared pattern by pattern: it may then name what another one says already. */
const patternsCompared = 50;

/** `ses:Send* (6 actions)`: how many a pattern stands for, by the dated list of SES's actions. */
function counted({ pattern, actions = [] }: ExcessItem): Message {
  return actions.length > 1 ? say`${pattern} (${actions.length} actions)` : pattern;
}

/** A message is one sentence; who wants all patterns has the statement in sight. */
const patternsShown = 10;
