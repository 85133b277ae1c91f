import type { KnownAction } from "./aws";
import { kept } from "../../core/map";
import { literalPattern, type Pattern } from "./pattern";
import type { Condition } from "./policy";

/** The requests in question. `action` is undefined for actions of services that are not listed one by one. */
export interface Request {
  /** SMTP sends with a long-term key and `ses:SendRawEmail` alone; everything else comes by the API or the console. */
  readonly by: "smtp" | "api";
  readonly action: KnownAction | undefined;
}

/** What a condition key may have in the requests in question. `sure`: it is always there. */
export type Fact =
  | { readonly kind: "absent" }
  | { readonly kind: "one-of"; readonly values: readonly Pattern[]; readonly sure: boolean }
  /** The caller may choose any. */
  | { readonly kind: "any"; readonly of: KeyType; readonly sure: boolean }
  /** Only AWS knows which one. */
  | { readonly kind: "unknown" };

/** Of several mail addresses there is one at least. */
export type KeyType = "text" | "mail-address" | "mail-addresses" | "arn" | "number" | "ip-address";

/**
 * What a request has of a condition's key. Facts are those of the service authorization reference and the SES Developer
 * Guide; what the key says of the principal stands with the condition.
 */
export function factOf({ key: written, has }: Pick<Condition, "key" | "has">, request: Request): Fact {
  if (has !== undefined) return kept(ofPrincipals, has, () => oneOf([has], true));
  const key = written.toLowerCase();
  const service = key.slice(0, Math.max(0, key.indexOf(":")));
  if (service === "aws") return globalFact(key, request);
  if (request.action === undefined) return service === "ses" || service === "iam" ? absent : unknown;
  if (!request.action.keys.has(key)) return absent;
  // SMTP counts as version 2; the API has both.
  if (key === "ses:apiversion") return request.by === "smtp" ? secondVersion : bothVersions;
  const sure = request.by === "smtp" && (key === "ses:fromaddress" || key === "ses:recipients");
  return (sure ? surelyChosen : chosen).get(key) ?? unknown;
}

const ofPrincipals = new WeakMap<Pattern, Fact>();

function oneOf(values: readonly Pattern[], sure: boolean): Fact {
  return { kind: "one-of", values, sure };
}

const absent: Fact = { kind: "absent" };
const unknown: Fact = { kind: "unknown" };
const secondVersion = oneOf([literalPattern("2")], true);
const bothVersions = oneOf([literalPattern("1"), literalPattern("2")], true);

/** Keys whose values the caller chooses, or whoever made what the call is about. */
const chosen: ReadonlyMap<string, Fact> = new Map([
  ["ses:fromaddress", { kind: "any", of: "mail-address", sure: false }],
  ["ses:fromdisplayname", { kind: "any", of: "text", sure: false }],
  ["ses:feedbackaddress", { kind: "any", of: "mail-address", sure: false }],
  ["ses:recipients", { kind: "any", of: "mail-addresses", sure: false }],
  ["ses:tenantname", { kind: "any", of: "text", sure: false }],
  ["iam:permissionsboundary", { kind: "any", of: "arn", sure: false }],
  ["iam:policyarn", { kind: "any", of: "arn", sure: false }],
]);

const surelyChosen: ReadonlyMap<string, Fact> = new Map([
  ["ses:fromaddress", { kind: "any", of: "mail-address", sure: true }],
  ["ses:recipients", { kind: "any", of: "mail-addresses", sure: true }],
]);

function globalFact(key: string, { by }: Request): Fact {
  switch (key) {
    case "aws:securetransport":
      return secure;
    // Long-term access keys, which SMTP credentials are, never carry MFA; a session of a person may.
    case "aws:multifactorauthpresent":
      return by === "smtp" ? absent : perhapsMfa;
    case "aws:multifactorauthage":
      return by === "smtp" ? absent : anyAge;
    case "aws:sourceip":
      return anyAddress;
    case "aws:requestedregion":
      return by === "smtp" ? unknown : anyRegion;
    default:
      return unknown;
  }
}

/** "Always included in the request context"; SES takes mail and calls over TLS only. */
const secure = oneOf([literalPattern("true")], true);
const perhapsMfa = oneOf([literalPattern("true"), literalPattern("false")], false);
/** Whole seconds. */
const anyAge: Fact = { kind: "any", of: "number", sure: false };
/** Not there for a request by a VPC endpoint. */
const anyAddress: Fact = { kind: "any", of: "ip-address", sure: false };
const anyRegion: Fact = { kind: "any", of: "text", sure: true };

/** What every value of a type looks like. Of an empty text there is no key. */
export function shapeOf(of: KeyType | undefined): Pattern {
  switch (of) {
    case "mail-address":
    case "mail-addresses":
      return mailAddress;
    case "arn":
      return arn;
    case "text":
    case "ip-address":
    case "number":
      return someText;
    case undefined:
      return anyText;
  }
}

/** In quotes, there may be a second `@`. */
const mailAddress = literalPattern("*@*");
const arn = literalPattern("arn:*:*:*:*:*");
const someText = literalPattern("?*");
const anyText = literalPattern("*");
