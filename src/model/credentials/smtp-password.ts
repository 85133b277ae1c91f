import { kept } from "../../core/map";
import type * as Crypto from "node:crypto";
import type { Secret } from "../../core/secret";

declare function require(id: "node:crypto"): typeof Crypto;

/**
 * SMTP passwords are worked out from secret access keys. Source: Amazon SES Developer Guide, "Obtaining Amazon SES SMTP
 * credentials", and its code example; version 2 is that of the guide before 2020.
 */
export type PasswordVersion =
  | { readonly kind: "version-4"; readonly region: string }
  /** One for all regions. Amazon SES accepts none that is derived now. */
  | { readonly kind: "version-2" };

/**
 * What a password is of a secret's: tried are the known regions, and those that somebody named. Undefined: it is not made of
 * the secret, or for a region that nobody knows.
 */
export function madeOf(secret: Secret, password: Secret, named: readonly string[] = []): PasswordVersion | undefined {
  return passwordsOf(secret, named).find((one) => one.password.equals(password))?.version;
}

/** Base64 of the version and the signature, 44 characters. */
export function smtpPassword(secret: Secret, region: string): Secret {
  return secret.derive((text) => {
    const day = hmac(`AWS4${text}`, "11111111");
    const signature = [region, "ses", "aws4_request", "SendRawEmail"].reduce(hmac, day);
    return versioned(0x04, signature);
  });
}

/** The SMTP password of version 2, which is one for all regions. */
export function smtpPasswordVersion2(secret: Secret): Secret {
  return secret.derive((text) => versioned(0x02, hmac(text, "SendRawEmail")));
}

export interface MadePassword {
  readonly password: Secret;
  readonly version: PasswordVersion;
}

/** All that is made of a secret: for the known regions, for others that somebody named, and of version 2. */
export function passwordsOf(secret: Secret, named: readonly string[]): readonly MadePassword[] {
  const usual = kept(passwords, secret, () => [
    ...regions.split(" ").map((region) => ofRegion(secret, region)),
    { password: smtpPasswordVersion2(secret), version: { kind: "version-2" } } as const,
  ]);
  return named.length === 0 ? usual : [...usual, ...named.map((region) => ofRegion(secret, region))];
}

const passwords = new WeakMap<Secret, readonly MadePassword[]>();

function ofRegion(secret: Secret, region: string): MadePassword {
  return { password: smtpPassword(secret, region), version: { kind: "version-4", region } };
}

function hmac(key: string | Buffer, message: string): Buffer {
  return require("node:crypto").createHmac("sha256", key).update(message).digest();
}

function versioned(version: number, signature: Buffer): string {
  return Buffer.concat([Buffer.from([version]), signature]).toString("base64");
}

export function isKnownRegion(region: string): boolean {
  return regions.split(" ").includes(region);
}

/** The regions of AWS, as of 2026-11-25: Amazon SES is in most of them. */
const regions =
  "us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 " +
  "ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 " +
  "ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 " +
  "eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-gov-east-1 us-gov-west-1 cn-north-1 " +
  "cn-northwest-1";
