import type { Because, Finding } from "../src/core/finding";
import { both, type Guard } from "../src/core/guard";
import { label, name, say, type Message } from "../src/core/message";
import { firstUnknown } from "../src/core/text";
import type { Truth } from "../src/core/truth";
import type { Text, Value } from "../src/core/value";
import { clientPasswords, type ClientPassword, type MadeFor } from "../src/model/credentials/client-passwords";
import { firstNamedTogether } from "../src/model/credentials/first-named";
import { isDefault } from "../src/model/defaults";
import { hostStep, mailSettings, type HostSetting, type MailSetting } from "../src/model/credentials/mail-settings";
import type { Model } from "../src/model/model";
import { isOfAnotherKey } from "../src/model/credentials/pair-mismatches";
import { theGuide } from "../src/model/quotes";
import { isSameRegion } from "../src/model/credentials/regions";
import type { Rule } from "../src/model/rule";
import { takenSteps } from "../src/model/credentials/setting-values";
import { regionOfHost } from "../src/model/credentials/shapes";

export const smtpPasswordRegionMismatch: Rule = {
  id: "smtp-password-region-mismatch",
  title: "SMTP password for another region",
  level: "error",
  why: "An SMTP password is derived from the secret access key for one region: by Terraform for the region of the provider that manages the key, by a custom resource for the region that it is given. Amazon SES in another region refuses it.",
  fix: "Give the mail client the host of the region that the password is derived for, or derive the password for the host's region.",
  openWhen:
    "the region of the provider that manages the key, the one that a custom resource is handed, or that of the host is not known",
  never: [
    "a provider and a host that take their region from one reference, whatever it is",
    "a host beside which another host of the key's region stands, as near by its name",
    "the region of the resource that takes the password: what counts is where the key is managed",
    "a password of another key than the user name's, which is wrong in every region",
    "passwords of version 2, and secret access keys that are used as passwords: other rules report them",
  ],
  sources: [
    theGuide(
      "smtp-credentials",
      "The credentials that you use to send email through the SES SMTP interface are unique to each AWS Region.",
    ),
  ],
  securitySeverity: 3.5,
  precision: "very-high",
  cwe: [1188],
  *check(model) {
    for (const mail of mailSettings(model)) {
      if (mail.role !== "smtp-password" || mail.host === undefined) continue;
      const guard = both(mail.guard, mail.host.guard);
      if (guard === undefined) continue; // The setting is never there beside this host.
      for (const password of clientPasswords(model, { ...mail, guard })) yield* judge(model, mail, password);
    }
  },
};

/** A password beside a host, and the region of the host. */
interface Use {
  readonly mail: MailSetting;
  readonly password: ClientPassword;
  readonly host: HostSetting;
  readonly region: Text;
  readonly guard: Guard;
}

/** All hosts that a password may be used with have to be of another region. */
function* judge(model: Model, mail: MailSetting, password: ClientPassword): Iterable<Finding> {
  const uses = mail.hosts.flatMap((host): readonly Use[] => {
    const region = regionOfHost(host.value);
    const guard = both(password.guard, host.guard);
    return region === undefined || guard === undefined ? [] : [{ mail, password, host, region, guard }];
  });
  const use = uses.find(({ host }) => host.value === mail.host?.value);
  if (use === undefined) return; // The two are never there at once.
  if (isOfAnotherKey(model, mail.setting, use.guard)) return; // A user name of another key is what is wrong with it.
  const answers = uses.map(({ region }) => isFor(password.madeFor, region));
  if (answers.includes("yes")) return;
  const because = [...password.doubts, ...(answers.includes("maybe") ? unknowns(uses) : [])];
  yield because.length > 0 ? openFinding(model, use, because) : failure(model, use);
}

function isFor(made: MadeFor, region: Value): Truth {
  return made.kind === "region" ? isSameRegion(made.region, region) : "no";
}

function unknowns(uses: readonly Use[]): readonly Because[] {
  const regions = uses.flatMap(({ password: { madeFor }, region }): readonly Value[] =>
    madeFor.kind === "region" ? [madeFor.region, region] : [region],
  );
  const found = new Set(regions.flatMap((region) => firstUnknown(region) ?? []));
  return [...found].map(({ reason, at }) => ({ reason, at }));
}

function openFinding(model: Model, use: Use, because: readonly Because[]): Finding {
  const { mail, password, host } = use;
  const message = say`Whether ${label(mail.setting.name)}, ${password.what}, is derived for the region of ${label(host.setting.name)} cannot be decided.`;
  return { ...commonOf(model, use), verdict: "open", message, because };
}

function failure(model: Model, use: Use): Finding {
  const { mail, password, host, region } = use;
  const { madeFor } = password;
  const byDefault = [region, ...(madeFor.kind === "region" && !madeFor.computed ? [madeFor.region] : [])].some((one) =>
    isByDefault(model, one),
  );
  const where = host.setting === mail.setting ? name("its host") : say`${label(host.setting.name)} beside it`;
  const made = say`${label(mail.setting.name)} is ${password.what}, derived for ${madeForText(model, madeFor)}`;
  return {
    ...commonOf(model, use),
    verdict: "fail",
    level: byDefault ? "warning" : "error",
    message: say`${made}, and ${where} is in ${withDefault(model, region)}.`,
  };
}

/** What its findings have in common. */
function commonOf(model: Model, { mail, password, host, guard }: Use) {
  const { group, setting } = mail;
  const { at, flow, steps } = password;
  const first =
    flow &&
    firstNamedTogether(model, [
      [{ address: group.address, setting }, flow],
      [{ address: group.address, setting: host.setting }, host.value],
    ]);
  const taken = first === undefined ? [] : takenSteps(setting, { written: first.setting }, first.at);
  return { at: first?.at ?? at, subject: group.address, steps: [...steps, ...taken, hostStep(host)], guard };
}

function madeForText(model: Model, made: MadeFor): Message {
  if (made.kind === "no known region") return name("no region that is known, as its secret says");
  return made.computed ? say`${made.region}, as its secret says` : withDefault(model, made.region);
}

function withDefault(model: Model, region: Value): Message {
  return isByDefault(model, region) ? say`${region} by default` : say`${region}`;
}

/** Does a part of it stand in a default? */
function isByDefault(model: Model, region: Value): boolean {
  const parts =
    region.kind === "text" ? region.pieces.flatMap((piece) => (piece.kind === "known" ? [piece.at] : [])) : [];
  return [region.at, ...parts].some((at) => isDefault(model, at));
}
