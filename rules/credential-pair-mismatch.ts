import type { Because, Finding } from "../src/core/finding";
import { both } from "../src/core/guard";
import { label, name, say, type Message } from "../src/core/message";
import type { CredentialForm } from "../src/core/value";
import { credentialPairs, type CredentialPair } from "../src/model/credential-pairs";
import { flowsInto, nounOf, placeOf, stepsOf, type Flow } from "../src/model/flows";
import type { Model, Setting } from "../src/model/model";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const credentialPairMismatch: Rule = {
  id: "credential-pair-mismatch",
  title: "Credentials of different keys",
  level: "error",
  why: "An SMTP user name is the id of an access key, and the password is made of the secret of the same key: Amazon SES, and AWS, refuse the id of one key with the secret of another.",
  fix: "Give the id and the secret, or the user name and the password, of one key.",
  openWhen:
    "a function on the way of one of the two may keep a part of it only (substr, regex), or which of several keys it is cannot be told",
  never: [
    "two keys that stand beside each other, each under names of its own",
    "halves that are chosen by one condition, as where keys are rotated",
    "the raw secret as SMTP password, and the SMTP password as secret: those are other rules'",
    "halves of which one is not in the input",
  ],
  sources: [theDocument("you need an AWS access key ID and secret access key.")],
  securitySeverity: 4,
  precision: "very-high",
  cwe: [522],
  *check(model) {
    for (const pair of credentialPairs(model)) yield* mismatches(model, pair);
  },
};

/** The id of one key beside the password or secret of another. */
interface Mismatch {
  readonly pair: CredentialPair;
  readonly secret: Flow;
  readonly id: Flow;
  readonly idSetting: Setting;
}

function* mismatches(model: Model, pair: CredentialPair): Iterable<Finding> {
  const ids = idsOf(model, pair);
  if (ids.length < pair.ids.length) return; // What one of them is, nobody knows: it may be the right one.
  const flows = ids.flatMap((one) => one.flows.map((flow) => ({ flow, setting: one.setting })));
  for (const secret of secretsOf(model, pair)) {
    const beside = flows.filter(({ flow }) => both(flow.guard, secret.guard) !== undefined);
    const [other] = beside;
    if (other === undefined || beside.some(({ flow }) => flow.trace.credential === secret.trace.credential)) continue;
    yield judge(model, { pair, secret, id: other.flow, idSetting: other.setting });
  }
}

interface Id {
  readonly setting: Setting;
  /** Never empty. */
  readonly flows: readonly Flow[];
}

function idsOf(model: Model, { ids, guard }: CredentialPair): readonly Id[] {
  return ids.flatMap((setting) => {
    const joined = both(guard, setting.guard);
    if (joined === undefined) return [{ setting, flows: [] }];
    const flows = flowsInto(model, setting, joined).filter(({ trace }) => trace.form === "access-key-id");
    return flows.length === 0 ? [] : [{ setting, flows }];
  });
}

function secretsOf(model: Model, { kind, secret, guard }: CredentialPair): readonly Flow[] {
  return flowsInto(model, secret, guard).filter(({ trace }) => isOfKind(kind, trace.form));
}

function isOfKind(kind: CredentialPair["kind"], form: CredentialForm): boolean {
  if (kind === "aws") return form === "secret-access-key";
  return form === "smtp-password" || form === "encrypted-smtp-password" || form === "smtp-password-v2";
}

function judge(model: Model, { pair, secret, id, idSetting }: Mismatch): Finding {
  const { group, secret: setting } = pair;
  const at = placeOf(secret, setting.value, setting.nameAt);
  const beside = { at: idSetting.nameAt, message: say`${label(idSetting.name)} stands beside it.` };
  const told = {
    at,
    subject: group.address,
    steps: [...stepsOf(model, id), beside, ...stepsOf(model, secret)],
    guard: both(id.guard, secret.guard) ?? secret.guard,
  };
  const what = say`${label(setting.name)} is the ${whose(secret)}`;
  const because = [...doubtsOf(id), ...doubtsOf(secret)];
  if (because.length > 0) {
    const question = say`Whether ${label(idSetting.name)} and ${label(setting.name)} of ${name(group.address)} are of one key cannot be told.`;
    return { ...told, verdict: "open", message: question, because };
  }
  const message = say`${what}, and ${label(idSetting.name)} beside it the ${whose(id)}.`;
  return { ...told, verdict: "fail", level: "error", message };
}

function whose({ trace }: Flow): Message {
  return say`${nounOf(trace.form)} of ${name(trace.credential)}`;
}

function doubtsOf({ trace }: Flow): readonly Because[] {
  const { certainty, path } = trace;
  if (certainty === "is") return [];
  return [{ reason: { kind: "unsupported", what: path.what }, at: path.at }];
}
