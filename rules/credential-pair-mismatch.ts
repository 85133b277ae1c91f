import type { Finding } from "../src/core/finding";
import { label, name, say } from "../src/core/message";
import { credentialPairs } from "../src/model/credentials/credential-pairs";
import { credentialOf, doubtsOf, placeInSetting, stepsOf } from "../src/model/credentials/flows";
import { firstNamedTogether } from "../src/model/credentials/first-named";
import { takenSteps } from "../src/model/credentials/setting-values";
import type { Model } from "../src/model/model";
import { pairMismatches, type PairMismatch } from "../src/model/credentials/pair-mismatches";
import { theDocument } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";
import { writtenMismatches, type WrittenMismatch } from "../src/model/credentials/written-pairs";

export const credentialPairMismatch: Rule = {
  id: "credential-pair-mismatch",
  title: "Credentials of different access keys",
  level: "error",
  why: "An SMTP user name is the id of an access key, and the password is derived from the secret of the same key: Amazon SES, and AWS, refuse the id of one key with the secret of another.",
  fix: "Give the id and the secret, or the user name and the password, of one key.",
  openWhen:
    "a function on the way of one of the two may keep a part of it only (substr, regex), or it is not known which of several keys it is",
  never: [
    "two keys that stand beside each other, each under names of its own",
    "halves that are chosen by one condition, as where keys are rotated",
    "an SMTP password as secret access key: another rule reports it",
    "halves of which one is not in the input",
  ],
  sources: [theDocument("you need an AWS access key ID and secret access key.")],
  securitySeverity: 4,
  precision: "very-high",
  cwe: [522],
  *check(model) {
    for (const mismatch of pairMismatches(model)) yield judge(model, mismatch);
    for (const pair of credentialPairs(model)) yield* writtenMismatches(model, pair).map(failure);
  },
};

/** As its secret says, which is in the input. */
function failure({ pair, id, at, known, isMadeOf, guard }: WrittenMismatch): Finding {
  const password = label(pair.secret.name);
  const user = label(id.name);
  return {
    verdict: "fail",
    level: "error",
    at,
    subject: pair.group.address,
    message: isMadeOf
      ? say`${password} is derived from the secret of ${known.of}, and ${user} beside it is the id of another key.`
      : say`${user} is the id of the key of ${known.of}, and ${password} beside it is not derived from its secret for any known region.`,
    steps: [
      { at: known.at, message: say`${known.of} is a secret access key.` },
      { at: id.nameAt, message: say`${user} stands beside the password.` },
    ],
    guard,
  };
}

function judge(model: Model, { pair, secret, id, idSetting, guard }: PairMismatch): Finding {
  const { group, secret: setting } = pair;
  const first = firstNamedTogether(model, [
    [{ address: group.address, setting }, secret],
    [{ address: group.address, setting: idSetting }, id],
  ]);
  const at = first?.at ?? placeInSetting(secret, setting);
  const taken = first === undefined ? [] : takenSteps(setting, { written: first.setting }, at);
  const beside = { at: idSetting.nameAt, message: say`${label(idSetting.name)} stands beside it.` };
  const common = {
    at,
    subject: group.address,
    steps: [...stepsOf(model, id), beside, ...stepsOf(model, secret), ...taken],
    guard,
  };
  const what = say`${label(setting.name)} is the ${credentialOf(secret)}`;
  const because = [...doubtsOf(id), ...doubtsOf(secret)];
  if (because.length > 0) {
    const question = say`Whether ${label(idSetting.name)} and ${label(setting.name)} of ${name(group.address)} are of one key cannot be decided.`;
    return { ...common, verdict: "open", message: question, because };
  }
  const message = say`${what}, and ${label(idSetting.name)} beside it the ${credentialOf(id)}.`;
  return { ...common, verdict: "fail", level: "error", message };
}
