import type { Because, Step } from "../../core/finding";
import { always, both, type Guard } from "../../core/guard";
import { say, type Message } from "../../core/message";
import type { Span } from "../../core/source";
import { knownText, optionsOf, text } from "../../core/text";
import type { Value } from "../../core/value";
import { credentialOf, doubtsOf, flowsInto, placeInSetting, stepsOf, type Flow } from "./flows";
import { newRegions, originOf, writtenPasswords } from "./known-secrets";
import type { HostSetting, MailSetting } from "./mail-settings";
import type { AccessKey, Model } from "../model";
import { perModel } from "../per-model";
import { regionOfHost } from "./shapes";
import { madeOf, type PasswordVersion } from "./smtp-password";

/** An SMTP password of a region that a mail client takes. */
export interface ClientPassword {
  /** `the SMTP password of aws_iam_access_key.mail` */
  readonly what: Message;
  readonly at: Span;
  readonly madeFor: MadeFor;
  /** As it flows to the client; undefined where it is written down. */
  readonly flow: Flow | undefined;
  /** From what makes it to the client. */
  readonly steps: readonly Step[];
  readonly guard: Guard;
  /** Why a function on the way may have left something else of it. */
  readonly doubts: readonly Because[];
}

/**
 * Computed: worked out from the secret, where both are in the input; otherwise as the provider of the key, or the custom
 * resource that makes the password, says.
 */
export type MadeFor =
  | { readonly kind: "region"; readonly region: Value; readonly computed: boolean }
  | { readonly kind: "no known region" };

/** What a setting of a mail client holds, where it is one password of version 4 or a choice of several. */
export function clientPasswords(model: Model, mail: MailSetting): readonly ClientPassword[] {
  const flows = flowsInto(model, mail.setting, mail.guard);
  return flows.length === 0 ? passwordsWritten(model, mail) : flows.flatMap((flow) => passwordsOf(model, mail, flow));
}

function passwordsOf(model: Model, { setting, hosts }: MailSetting, flow: Flow): readonly ClientPassword[] {
  const { form, credential, region } = flow.trace;
  const key = keysByAddress(model).get(credential);
  if (form !== "smtp-password" && form !== "encrypted-smtp-password") return [];
  const joined = both(flow.guard, key?.guard ?? always);
  if (joined === undefined) return [];
  const base = {
    what: say`the ${credentialOf(flow)}`,
    flow,
    at: placeInSetting(flow, setting),
    steps: stepsOf(model, flow),
    doubts: doubtsOf(flow),
  };
  return regionsOf(model, key, region ?? key?.region, hosts).flatMap(({ madeFor, guard }) => {
    const there = both(joined, guard);
    return there === undefined ? [] : [{ ...base, madeFor, guard: there }];
  });
}

const keysByAddress = perModel(
  (model: Model): ReadonlyMap<string, AccessKey> => new Map(model.keys.map((key) => [key.address, key])),
);

/** What a state has of the key says more than where its provider is, which may have changed since the key was made. */
function regionsOf(
  model: Model,
  key: AccessKey | undefined,
  region: Value | undefined,
  hosts: readonly HostSetting[],
): readonly { readonly madeFor: MadeFor; readonly guard: Guard }[] {
  if (key?.secret !== undefined && key.smtpPassword !== undefined) {
    const made = madeFor(madeOf(key.secret, key.smtpPassword, newRegions(model)), key.at);
    return [{ madeFor: made ?? { kind: "no known region" }, guard: always }];
  }
  if (region === undefined) return []; // What makes the password is a program that nobody knows.
  const reference = choiceOf(region);
  if (namesOnly(hosts, reference)) return [];
  return optionsOf(region).map(({ guard, value }) => ({
    madeFor: { kind: "region", region: value, computed: false },
    guard,
  }));
}

/** What a region is that is one of several by itself: the parameter whose allowed values these are. */
function choiceOf(region: Value): string | undefined {
  if (region.kind !== "choice") return undefined;
  const atoms = region.options.flatMap(({ guard, value }) => guard.map((atom) => ({ atom, value })));
  const itself = atoms.find(({ atom, value }) => atom.kind === "is" && atom.positive && knownText(value) === atom.is);
  return itself?.atom.kind === "is" ? itself.atom.on : undefined;
}

/** Do all hosts have their region from the reference? Then it is one region, whichever of its values that is. */
function namesOnly(hosts: readonly HostSetting[], reference: string | undefined): boolean {
  if (reference === undefined) return false;
  return hosts.every(({ value }) => {
    const pieces = regionOfHost(value)?.pieces ?? [];
    return pieces.length === 1 && pieces.every((piece) => piece.kind === "hole" && piece.unknown.id === reference);
  });
}

function madeFor(version: PasswordVersion | undefined, at: Span): MadeFor | undefined {
  if (version?.kind !== "version-4") return undefined;
  return { kind: "region", region: text(version.region, at), computed: true };
}

/** A password in the source that is made of a secret in the input. */
function passwordsWritten(model: Model, { setting, guard }: MailSetting): readonly ClientPassword[] {
  return writtenPasswords(setting.value, guard).flatMap((written) => {
    const origin = originOf(model, written.password);
    const made = madeFor(origin?.version, written.at);
    if (origin === undefined || made === undefined) return [];
    const { of, at } = origin.known;
    const steps = [{ at, message: say`${of} is the secret access key that it is derived from.` }];
    const what = say`the SMTP password of the key in ${of}`;
    return [{ what, at: written.at, flow: undefined, madeFor: made, steps, guard: written.guard, doubts: [] }];
  });
}
