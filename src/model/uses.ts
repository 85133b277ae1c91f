import type { Step } from "../core/finding";
import { both, guardKey, holds, whereAny, type Guard } from "../core/guard";
import { name, say, type Message } from "../core/message";
import { entriesOf, knownStart, knownText, optionsOf } from "../core/text";
import type { Option, Value } from "../core/value";
import { smtpMakersFor, credentialUses, type CredentialUse } from "./credentials/credential-uses";
import { isTerraform } from "./dialect";
import type { Grant, Model, User } from "./model";
import { meaningsOf } from "./principals/name-index";
import { actionPattern } from "./iam/item-pattern";
import { literalPattern, prefixOf } from "./iam/pattern";
import { overlaps } from "./iam/pattern-relations";
import { excess, mayDo } from "./permissions/permissions";
import { perModel } from "./per-model";
import { isNamed } from "./principals/named-users";
import { grantsOf, keysOf, membershipsOf, policyNames, userStep } from "./principals/principals";
import { standingOf } from "./permissions/standings";

/** How sure it is that a user sends by SMTP. Only a proven use follows from where a credential goes. */
export type Strength = "proven" | "strong" | "medium" | "weak";

export interface SmtpUser {
  readonly user: User;
  /** The surest evidence. */
  readonly strength: Strength;
  /** The user is there, and is an SMTP user at least as sure as was asked for. */
  readonly guard: Guard;
  /** Why it is one. Starts at the user. */
  readonly steps: readonly Step[];
  /** A clause: `its SMTP password is used as …`. */
  readonly because: Message;
  /** Its secret reaches a setting of AWS, too. */
  readonly api: boolean;
}

/** The SMTP users that are at least so sure. In the order of the source. */
export function smtpUsers(model: Model, atLeast: Strength): readonly SmtpUser[] {
  return model.users.flatMap((user): readonly SmtpUser[] => {
    const evidence = (evidenceOf(model).get(user) ?? []).filter((one) => rank[one.strength] >= rank[atLeast]);
    const [best] = evidence;
    if (best === undefined) return [];
    const { strength, steps, because } = best;
    const guard = guardOf(user, evidence);
    return [{ user, strength, guard, steps, because, api: apiUses(model, user).length > 0 }];
  });
}

/** Who it is, as the subject of a sentence: `aws_iam_user.mail is an SMTP user`. */
export function introduced({ user, strength }: Pick<SmtpUser, "user" | "strength">): Message {
  return say`${name(user.address)} is an SMTP user${name(strength === "weak" ? " by its name" : "")}`;
}

/** Where the user is there and one of the evidence is. */
function guardOf(user: User, evidence: readonly SmtpEvidence[]): Guard {
  if (evidence.some((one) => holds(one.guard, user.guard) === "yes")) return user.guard;
  const guards = new Map(evidence.map(({ guard }) => [guardKey(guard), guard]));
  return both(user.guard, whereAny([...guards.values()])) ?? user.guard;
}

/** The ways in which a user's secret is used with the API of AWS. */
export function apiUses(model: Model, user: User): readonly CredentialUse[] {
  return usesOfKeys(model, user).filter((one) => one.use === "api");
}

/** The ways in which a user's secret is known to be for something else than mail. */
export function otherUses(model: Model, user: User): readonly CredentialUse[] {
  return usesOfKeys(model, user).filter(({ use, stored }) => use === "kept" || (use === "api" && !stored));
}

/** Is the user one that sends by SMTP, at least as sure as said? */
export function isSmtpUser(model: Model, user: User, atLeast: Strength): boolean {
  return (evidenceOf(model).get(user) ?? []).some((one) => rank[one.strength] >= rank[atLeast]);
}

const rank: Readonly<Record<Strength, number>> = { proven: 4, strong: 3, medium: 2, weak: 1 };

interface SmtpEvidence {
  readonly strength: Strength;
  readonly guard: Guard;
  readonly steps: readonly Step[];
  readonly because: Message;
}

/** The evidence of every user, the surest first and, of two as sure, what holds wherever the user is there. */
const evidenceOf = perModel((model: Model): ReadonlyMap<User, readonly SmtpEvidence[]> => {
  return new Map(
    model.users.map((user): [User, readonly SmtpEvidence[]] => {
      const possible = (one: SmtpEvidence) => both(user.guard, one.guard) !== undefined;
      const hangs = (one: SmtpEvidence) => Number(holds(one.guard, user.guard) !== "yes");
      const sure = [...provenBy(model, user), ...strongBy(model, user)].filter(possible);
      // What always holds leaves less sure evidence nothing to add, and that takes the most time to find.
      const settled = sure.some((one) => hangs(one) === 0);
      const evidence = settled ? sure : [...sure, ...mediumBy(model, user), ...weakBy(model, user)].filter(possible);
      return [user, evidence.sort((a, b) => rank[b.strength] - rank[a.strength] || hangs(a) - hangs(b))];
    }),
  );
});

function provenBy(model: Model, user: User): readonly SmtpEvidence[] {
  const byKeys = usesOfKeys(model, user).filter(({ use }) => use === "smtp");
  const byMakers = smtpMakersFor(model, user.address).map(({ at, message, guard }) => ({
    guard,
    steps: [{ at, message }],
    because: name("its SMTP credentials are made by a program of their own"),
  }));
  return [...byKeys, ...byMakers].map(({ guard, steps, because }) => ({
    strength: "proven",
    guard,
    steps: [userStep(user), ...steps],
    because,
  }));
}

/** The uses of the keys that are surely the user's. */
function usesOfKeys(model: Model, user: User): readonly CredentialUse[] {
  return keysOf(model, user)
    .filter((held) => held.certainty === "yes")
    .flatMap(({ key, guard }) =>
      (credentialUses(model).get(key.address) ?? []).flatMap((use) => {
        const joined = both(guard, use.guard);
        return joined === undefined ? [] : [{ ...use, guard: joined }];
      }),
    );
}

/**
 * What the configuration says, which knows who uses a user and proves nothing; and what AWS itself names and attaches when
 * the SES console makes an SMTP user (Amazon SES Developer Guide, "Obtaining Amazon SES SMTP credentials").
 */
function strongBy(model: Model, user: User): readonly SmtpEvidence[] {
  const evidence: SmtpEvidence[] = [];
  const add = (guard: Guard, steps: readonly Step[], because: Message) => {
    evidence.push({ strength: "strong", guard, steps: [userStep(user), ...steps], because });
  };
  if (isNamed(user, model.stated?.smtpUsers ?? [])) {
    const message = say`${name(user.address)} is an IAM user that sends by SMTP, as the configuration says.`;
    evidence.push({
      strength: "strong",
      guard: user.guard,
      steps: [{ at: user.at, message }],
      because: name("the configuration says so"),
    });
  }
  for (const { membership, group, guard, certainty } of membershipsOf(model, user)) {
    if (certainty === "yes" && [membership.group, group?.name].some((one) => knownText(one) === sendingGroup)) {
      const message = say`${name(user.address)} is in the group ${name(sendingGroup)}.`;
      add(guard, [{ at: membership.group.at, message }], say`it is in the group ${name(sendingGroup)}`);
    }
  }
  for (const { guard, value } of optionsUnder(user.guard, user.name)) {
    if (!knownStart(value).startsWith("ses-smtp-user")) continue;
    const message = say`${name(user.address)} is named like the SMTP users of the SES console.`;
    add(guard, [{ at: value.at, message }], say`it is named like the SMTP users of the SES console`);
  }
  for (const { guard, value } of tagsOf(user, "InvokedBy")) {
    if (knownText(value) !== "SESConsole") continue;
    const message = say`${name(user.address)} has the tag that the SES console gives to SMTP users.`;
    add(guard, [{ at: value.at, message }], say`it has the tag that the SES console gives to SMTP users`);
  }
  for (const { grant, guard: granted, certainty } of grantsOf(model, user)) {
    if (certainty !== "yes") continue;
    for (const { guard, value } of optionsUnder(granted, policyNameOf(model, grant))) {
      if (knownText(value)?.replace(/^.*[/]/, "") !== sendingPolicy) continue;
      const message = say`${name(user.address)} has the policy ${name(sendingPolicy)}.`;
      add(guard, [{ at: grant.at, message }], say`it has the policy ${name(sendingPolicy)}`);
    }
  }
  return evidence;
}

const sendingGroup = "AWSSESSendingGroupDoNotRename";
const sendingPolicy = "AmazonSesSendingAccess";

/** The name of a policy, or the ARN of one that is not in the unit, which ends in it. */
function policyNameOf(model: Model, { policy }: Grant): Value | undefined {
  if (policy.kind === "inline") return policy.name;
  const managed = meaningsOf(policyNames(model), policy.arn).find(({ certainty }) => certainty === "yes");
  return managed?.resource.name ?? policy.arn;
}

/** What a value can be where the guard holds, and when. */
function optionsUnder(guard: Guard, value: Value | undefined): readonly Option[] {
  return (value === undefined ? [] : optionsOf(value)).flatMap((option) => {
    const joined = both(guard, option.guard);
    return joined === undefined ? [] : [{ guard: joined, value: option.value }];
  });
}

/** A user with a key that may do nothing else than SMTP asks for. API senders look the same. */
function mediumBy(model: Model, user: User): readonly SmtpEvidence[] {
  const keys = keysOf(model, user).filter((one) => one.certainty === "yes");
  if (keys.length === 0) return [];
  const send = mayDo(model, user, "ses:SendRawEmail");
  const more = excess(model, user, ["ses:SendRawEmail"]);
  if (send.answer !== "yes" || more.items.length > 0 || more.because.length > 0) return [];
  const because = say`it has a key and is allowed nothing but ses:SendRawEmail`;
  return keys.map(({ guard }) => ({ strength: "medium", guard, steps: send.steps, because }));
}

function weakBy(model: Model, user: User): readonly SmtpEvidence[] {
  const named = [nameTexts(model, user), allTexts(user.path), allTexts(user.tags)].flat();
  if (!named.some((text) => /smtp/i.test(text)) || makesUsers(model, user)) return [];
  const because = say`its name, path or tags say SMTP`;
  return [{ strength: "weak", guard: user.guard, steps: [userStep(user)], because }];
}

/**
 * Who makes the users and keys of mail clients is named after them, and sends no mail. That is who is allowed IAM's
 * actions for it by name; whoever is allowed `iam:*` may be a mail client with the wrong policy.
 */
function makesUsers(model: Model, user: User): boolean {
  return standingOf(model, user).routes.some(({ policy }) =>
    policy.statements.some(({ effect, actions }) => {
      if (effect !== "allow" || actions.negated) return false;
      const patterns = actions.items.map(actionPattern).filter((pattern) => prefixOf(pattern).startsWith("iam:c"));
      return patterns.some((pattern) => making.some((action) => overlaps(pattern, literalPattern(action)) === "yes"));
    }),
  );
}

const making = ["iam:createuser", "iam:createaccesskey"];

/** AWS makes the name of a user without one from the logical id; Terraform's addresses are nobody's name. */
function nameTexts(model: Model, user: User): readonly string[] {
  const texts = allTexts(user.name);
  const isMade = texts.length === 0 && user.name.kind === "unknown";
  return isMade && !isTerraform(model.unit) ? [user.address] : texts;
}

function tagsOf({ guard, tags }: User, key: string): readonly Option[] {
  return optionsUnder(guard, tags).flatMap((option) =>
    (option.value.kind === "map" ? entriesOf(option.value, key) : []).flatMap((entry) => {
      const joined = both(option.guard, entry.guard);
      return joined === undefined ? [] : optionsUnder(joined, entry.value);
    }),
  );
}

/** The known texts of a value and of what it is made of, keys too; two levels are as deep as tags and paths go. */
function allTexts(value: Value | undefined, depth = 2): readonly string[] {
  if (value === undefined || depth < 0) return [];
  switch (value.kind) {
    case "text":
      return value.pieces.flatMap((piece) => (piece.kind === "known" ? [piece.text] : []));
    case "map":
      return value.entries.flatMap((entry) => [entry.key, ...allTexts(entry.value, depth - 1)]);
    case "list":
      return value.items.flatMap((item) => allTexts(item.value, depth - 1));
    case "choice":
      return value.options.flatMap((option) => allTexts(option.value, depth - 1));
    case "unknown":
    case "null":
    case "bool":
    case "number":
      return [];
  }
}
