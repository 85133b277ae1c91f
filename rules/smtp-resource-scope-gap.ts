import type { Finding } from "../src/core/finding";
import { name, say } from "../src/core/message";
import type { Model } from "../src/model/model";
import { configurationSets, namedIdentities, type NamedIdentity } from "../src/model/permissions/named-identities";
import { mayDoOn } from "../src/model/permissions/permissions";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { introduced, smtpUsers, type SmtpUser } from "../src/model/uses";
import { allAtOnce } from "../src/core/guard";

export const smtpResourceScopeGap: Rule = {
  id: "smtp-resource-scope-gap",
  title: "SMTP user's resources leave out what its mail needs",
  level: "warning",
  why: "Mail from an identity with a default configuration set uses that set, and Amazon SES asks for ses:SendRawEmail on it too. An ARN of another region or partition names no identity of this configuration at all.",
  fix: "Add the ARN of the configuration set to the resources, or use *.",
  openWhen:
    "a policy that could allow the configuration set is not known, or the set may be none, as it is a variable or parameter without a value",
  never: [
    "*, and patterns that match configuration sets too",
    "identities without a default configuration set",
    "identities that the input does not make",
    "ARNs of which the region is not known",
  ],
  sources: [
    theGuide(
      "control-user-access",
      "To limit the identities that the user can send from, set Resource to the ARN(s) of the identities that you are permitting the user to use.",
    ),
  ],
  securitySeverity: 2.0,
  precision: "high",
  cwe: [],
  *check(model) {
    for (const smtp of smtpUsers(model, "weak")) {
      const reported = new Set<NamedIdentity["item"]>();
      for (const named of namedIdentities(model, smtp.user)) {
        if (reported.has(named.item)) continue; // One resource is one defect, however many identities it is about.
        const finding = named.matches ? withoutSet(model, smtp, named) : elsewhere(smtp, named);
        if (finding !== undefined) {
          reported.add(named.item);
          yield finding;
        }
      }
    }
  },
};

/** The identity has a default configuration set, and the user may not use that. */
function withoutSet(model: Model, smtp: SmtpUser, named: NamedIdentity): Finding | undefined {
  const { user } = smtp;
  const { identity } = named;
  const subject = introduced(smtp);
  let open: Finding | undefined;
  for (const set of configurationSets(model, identity)) {
    const answer = mayDoOn(model, user, "ses:SendRawEmail", set.arn);
    if (answer.answer === "yes") continue;
    const guard = allAtOnce([smtp.guard, named.guard, set.guard, ...(answer.answer === "no" ? [answer.guard] : [])]);
    if (guard === undefined) continue; // The user, the grant and the set are never there at once.
    if (answer.answer === "no" && set.perhaps !== undefined) {
      const because = [{ reason: set.perhaps.reason, at: set.perhaps.at }];
      const message = say`Whether ${identity.name} has ${set.name} as its default configuration set, which ${name(user.address)}, an SMTP user, is not allowed, cannot be decided.`;
      open ??= { ...commonOf(smtp, named), verdict: "open", message, because, guard };
      continue;
    }
    if (answer.answer === "no") {
      const message = say`${subject} and is allowed to send from ${identity.name}, but not with ${set.name}, the identity's default configuration set.`;
      const fix = say`Add the ARN of the configuration set ${set.name} to the resources, or use ${name("*")}.`;
      const level = smtp.strength === "weak" ? "note" : "warning";
      return { ...commonOf(smtp, named), verdict: "fail", level, message, fix, guard };
    }
    const message = say`Whether ${name(user.address)}, an SMTP user, is allowed ${set.name}, the default configuration set of ${identity.name}, cannot be decided.`;
    open ??= { ...commonOf(smtp, named), verdict: "open", message, because: answer.because, guard };
  }
  return open;
}

/** The resource has the identity's name, and another region or partition. */
function elsewhere(smtp: SmtpUser, named: NamedIdentity): Finding | undefined {
  const guard = allAtOnce([smtp.guard, named.guard]);
  if (guard === undefined) return undefined;
  const { identity, item } = named;
  const message = say`${introduced(smtp)} and is allowed to send from ${item.value}, but the ARN of ${name(identity.address)} is ${identity.arn}.`;
  const fix = say`Replace the ARN with that of ${name(identity.address)}.`;
  const level = smtp.strength === "weak" ? "note" : "error";
  return { ...commonOf(smtp, named), verdict: "fail", level, message, fix, guard };
}

/** What its findings have in common. */
function commonOf(smtp: SmtpUser, { at, steps, identity }: NamedIdentity) {
  const found = { at: identity.at, message: say`${name(identity.address)} is the identity.` };
  const [last] = steps.slice(-1);
  const way = [...smtp.steps, ...steps.slice(1, -1), found, ...(last === undefined ? [] : [last])];
  return { at, subject: smtp.user.address, steps: way };
}
