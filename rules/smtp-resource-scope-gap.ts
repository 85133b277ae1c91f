import type { Finding } from "../src/core/finding";
import type { Guard } from "../src/core/guard";
import { name, say } from "../src/core/message";
import type { Model } from "../src/model/model";
import { configurationSetArns, namedIdentities, type NamedIdentity } from "../src/model/named-identities";
import { mayDoOn, type Answer } from "../src/model/permissions";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { introduced, smtpUsers, type SmtpUser } from "../src/model/uses";
import { allAtOnce } from "../src/model/worlds";

export const smtpResourceScopeGap: Rule = {
  id: "smtp-resource-scope-gap",
  title: "SMTP user may use the identity, but not what its mail needs",
  level: "warning",
  why: "Mail from an identity with a default configuration set uses that set, and Amazon SES asks for ses:SendRawEmail on it too. An ARN of another region or partition is no identity of this unit at all.",
  fix: "Add the ARN of the configuration set to the resources, or use *.",
  openWhen: "a policy that could allow the configuration set is not known",
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
      const told = new Set<NamedIdentity["item"]>();
      for (const named of namedIdentities(model, smtp.user)) {
        if (told.has(named.item)) continue; // One resource is one defect, however many identities it is about.
        const finding = named.matches ? withoutSet(model, smtp, named) : elsewhere(smtp, named);
        if (finding !== undefined) {
          told.add(named.item);
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
  const set = identity.configurationSet;
  if (set === undefined) return undefined;
  const answers = configurationSetArns(set).map((arn) => mayDoOn(model, user, "ses:SendRawEmail", arn));
  const subject = introduced(smtp);
  const refused = answers.flatMap((answer) => guardsOf(smtp, named, answer))[0];
  if (refused !== undefined) {
    const message = say`${subject} and is allowed to send from ${identity.name}, but not with ${set}, the identity's default configuration set.`;
    const fix = say`Add the ARN of the configuration set ${set} to the resources, or use ${name("*")}.`;
    const level = smtp.strength === "weak" ? "note" : "warning";
    return { ...told(smtp, named), verdict: "fail", level, message, fix, guard: refused };
  }
  const because = answers.flatMap((answer) => (answer.answer === "maybe" ? answer.because : []));
  const guard = allAtOnce([smtp.guard, named.guard]);
  if (because.length === 0 || guard === undefined) return undefined;
  const message = say`Whether ${name(user.address)}, an SMTP user, may use ${set}, the default configuration set of ${identity.name}, cannot be told.`;
  return { ...told(smtp, named), verdict: "open", message, because, guard };
}

function guardsOf(smtp: SmtpUser, named: NamedIdentity, answer: Answer): readonly Guard[] {
  const guard = answer.answer === "no" ? allAtOnce([smtp.guard, named.guard, answer.guard]) : undefined;
  return guard === undefined ? [] : [guard];
}

/** The resource has the identity's name, and another region or partition. */
function elsewhere(smtp: SmtpUser, named: NamedIdentity): Finding | undefined {
  const guard = allAtOnce([smtp.guard, named.guard]);
  if (guard === undefined) return undefined;
  const { identity, item } = named;
  const message = say`${introduced(smtp)} and is allowed to send from ${item.value}, which is not ${identity.name} of this unit: ${identity.arn}.`;
  const fix = say`Replace the ARN with that of ${name(identity.address)}.`;
  const level = smtp.strength === "weak" ? "note" : "error";
  return { ...told(smtp, named), verdict: "fail", level, message, fix, guard };
}

function told(smtp: SmtpUser, { at, steps, identity }: NamedIdentity) {
  const found = { at: identity.at, message: say`${name(identity.address)} is the identity.` };
  const [last] = steps.slice(-1);
  const way = [...smtp.steps, ...steps.slice(1, -1), found, ...(last === undefined ? [] : [last])];
  return { at, subject: smtp.user.address, steps: way };
}
