import { addAll } from "../../core/add-all";
import { flatten, slice } from "../../core/flat";
import { charactersIn } from "../../core/text";
import type { Text, Value } from "../../core/value";

/**
 * What credentials and mail hosts look like. Sources: AWS IAM User Guide, "IAM identifiers" (key ids); Amazon SES
 * Developer Guide, "Obtaining Amazon SES SMTP credentials" (passwords) and "Amazon SES endpoints and quotas" (hosts).
 */
export type CredentialShape = "access-key-id" | "secret-access-key" | "smtp-password" | "smtp-password-v2";

/** The shape of a whole text. Placeholders and texts without a shape have none. */
export function credentialShape(text: string): CredentialShape | undefined {
  if (isPlaceholder(text)) return undefined;
  if (/^(?:AKIA|ASIA)[A-Z0-9]{16}$/.test(text)) return "access-key-id";
  if (/^B[A-P][A-Za-z0-9+/]{42}$/.test(text)) return "smtp-password";
  if (/^A[g-v][A-Za-z0-9+/]{42}$/.test(text)) return "smtp-password-v2";
  return isSecretAccessKey(text) ? "secret-access-key" : undefined;
}

/** A credential inside a longer text: offsets in UTF-16 units, end exclusive. */
export interface ShapedPart {
  readonly shape: CredentialShape;
  readonly start: number;
  readonly end: number;
}

/**
 * The credential-shaped runs of a text, in order. A run ends where its alphabet does, so that 40 characters inside a
 * longer run are none; `key=secret` ends at the equals sign. The id of a key has letters and digits only, and stands
 * behind slashes in a URL.
 */
export function credentialsIn(text: string): readonly ShapedPart[] {
  const found: ShapedPart[] = [];
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9+/]+/g)) {
    const shape = run.length >= 20 && run.length <= 44 ? credentialShape(run) : undefined;
    if (shape !== undefined) found.push({ shape, start: index, end: index + run.length });
    else addAll(found, idsIn(run, index));
  }
  return found;
}

function idsIn(run: string, offset: number): readonly ShapedPart[] {
  return [...run.matchAll(/(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g)].flatMap(({ 0: id, index }) => {
    const start = offset + index;
    return isPlaceholder(id) ? [] : [{ shape: "access-key-id", start, end: start + id.length }];
  });
}

/** May there be one, also where parts of the text are read as other characters than letters, digits, + and /? */
export function mayHoldCredentials(text: string): boolean {
  return text.includes("AKIA") || text.includes("ASIA") || someLongRun(text, () => true);
}

/** Characters of a secret key. */
export const keyLength = 40;

/**
 * Is there a run of at least 40 characters of Base64, between two offsets, that `test` holds for? Most texts have none:
 * looked at from its end, a stretch of 40 soon has another character, and no run has its beginning before that one.
 */
export function someLongRun(
  text: string,
  test: (start: number, end: number) => boolean,
  from = 0,
  to = text.length,
): boolean {
  for (let start = from; start + keyLength <= to;) {
    let end = start + keyLength;
    let at = end - 1;
    while (at >= start && isBase64(text.charCodeAt(at))) at--;
    if (at >= start) {
      start = at + 1;
      continue;
    }
    while (end < to && isBase64(text.charCodeAt(end))) end++;
    if (test(start, end)) return true;
    start = end + 1;
  }
  return false;
}

function isBase64(code: number): boolean {
  const isDigitOrSlash = code >= 47 && code <= 57;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || isDigitOrSlash || code === 43;
}

/**
 * Is the text what people write where a credential would stand? Documentation's examples, the test vectors of the SES
 * guide, mocks and blanks. They are never flagged.
 */
export function isPlaceholder(text: string): boolean {
  const plain = text.trim();
  if (plain === "" || vectors.has(plain)) return true;
  if (/EXAMPLE(?:KEY)?$/i.test(plain) || /^<.*>$/.test(plain)) return true;
  if (/^(?:mock|test|fake|dummy|changeme|change-me|change_me|placeholder|x{4}|\*{3})/i.test(plain)) return true;
  return /^(?:AKIA|ASIA)(?:MOCK|TEST|FAKE|X{4}|EXAMPLE|PLACEHOLDER)/.test(plain) || isOneCharacter(plain);
}

/**
 * Does a text stand where people put a password of their own? Whole words only: `ChangeMe123!` is a password that
 * people sign in with.
 */
export function isBlankPassword(text: string): boolean {
  const plain = text.trim();
  if (plain === "" || /^<.*>$/.test(plain) || isOneCharacter(plain)) return true;
  return /^(?:mock|test|fake|dummy|change[-_ ]?me|placeholder|example)$/i.test(plain);
}

/**
 * Does a text say where a program finds its password, rather than what it is: `${SMTP_PASSWORD}`, `{{ .Values.password }}`,
 * `arn:…`, `vault:mail/smtp`, `/run/secrets/smtp`? Or is it made of the words that people write for one
 * (`YOUR_SMTP_PASSWORD`)?
 */
export function namesSecret(text: string): boolean {
  const plain = text.trim();
  if (/[$%<#]\{|\{\{|\$\(|<%|^\$[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$/.test(plain)) return true;
  if (/^(?:arn|vault|ssm|secret|secrets|secretsmanager|op|env|file|ref\+\w+):/i.test(plain)) return true;
  if (/^(?:[/]|[.]{1,2}[/])[\w./-]+$/.test(plain) && !/^[A-Za-z0-9+/]{44}$/.test(plain)) return true;
  const words = plain
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
  return /^[A-Za-z _.-]+$/.test(plain) && words.every((word) => standIns.has(word));
}

const standIns: ReadonlySet<string> = new Set(
  `your my our the a an this here is in of for with from to set enter insert replace change me it todo tbd none null
  redacted hidden removed masked secret secrets password passwd pass pwd credential credentials key value string token
  smtp ses mail email aws amazon user username real actual generated some foo bar example sample xxx`.split(/\s+/),
);

const vectors: ReadonlySet<string> = new Set([
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
  "BF0/eIJm0ruTHsSjOkRuOGzGF+zeSyE3aiRzrzUQ8LwG",
  "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy",
]);

/**
 * 40 characters of Base64 that are not a hexadecimal digest. A secret without upper or lower case has a chance of one
 * in a billion; paths and words of 40 letters do not.
 */
function isSecretAccessKey(text: string): boolean {
  if (!/^[A-Za-z0-9+/]{40}$/.test(text) || /^[0-9a-fA-F]{40}$/.test(text)) return false;
  return /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** `0000000000`, or a key id that goes on with one character. */
function isOneCharacter(text: string): boolean {
  const rest = text.replace(/^(?:AKIA|ASIA)/, "");
  return rest !== "" && rest === rest.charAt(0).repeat(rest.length);
}

/** Where a mail client, or an API client, connects to. */
export interface Host {
  readonly kind: HostKind;
  /** The AWS region, where the name says one in known characters. */
  readonly region?: string;
}

type HostKind =
  | "ses-smtp" // takes the SMTP credentials of IAM users
  | "ses-api" // the HTTPS API
  | "mail-manager" // SMTP ingress with credentials of its own (`inp-…`)
  | "other" // any other host: another provider, a relay, inbound and feedback hosts of SES
  | "unknown"; // what is known does not tell

/** The host that a text names, alone, with a port, in Base64, or inside a URL or a line. Undefined: no text, or an empty one. */
export function hostOf(value: Value): Host | undefined {
  if (value.kind === "unknown") return { kind: "unknown" };
  const text = hostText(value);
  return text && classifyHost(charactersIn(text.pieces, unknownCharacter));
}

/** The part of an SES SMTP host that says its region, as it is put together. Undefined: the text names no such host. */
export function regionOfHost(value: Value): Text | undefined {
  const text = hostText(value);
  if (text === undefined) return undefined;
  const characters = charactersIn(text.pieces, unknownCharacter).toLowerCase();
  const found = sesSmtp.exec(characters);
  if (found === null) return undefined;
  const start = found.index + found[0].indexOf(".", 1) + 1;
  const end = start + (found[1]?.length ?? 0);
  // What is not known has no width in a flat text.
  const offset = (index: number) => characters.slice(0, index).replaceAll(unknownCharacter, "").length;
  return slice(flatten(text), offset(start), offset(end));
}

function hostText(value: Value): Text | undefined {
  if (value.kind !== "text") return undefined;
  const [piece] = value.pieces;
  if (piece === undefined) return undefined;
  // A Kubernetes secret holds Base64 of what its readers get.
  return value.pieces.length === 1 && piece.kind === "encoded" && piece.value.kind === "text" ? piece.value : value;
}

/** Stands for what is not known in a host's characters: it may be a label, a part of one, or several. */
const unknownCharacter = "\uFFFC";

/** What host some characters name. U+FFFC stands for a part that is not known. */
export function classifyHost(characters: string): Host {
  const text = characters.toLowerCase();
  const smtp = sesSmtp.exec(text);
  if (smtp) return withRegion("ses-smtp", smtp[1]);
  const manager = /mail-manager-smtp\.(?:amazonaws\.com|api\.aws)/.test(text);
  if (manager) return { kind: "mail-manager" };
  const api = sesApi.exec(text);
  if (api) return withRegion("ses-api", api[1]);
  return { kind: text.includes(unknownCharacter) && !hasDomain(text) ? "unknown" : "other" };
}

/**
 * `email-smtp.<region>.amazonaws.com`, with `-fips`, a VPC endpoint's name before and `vpce.` inside, in every
 * partition. A region or suffix that is not known leaves the first label, which no other provider uses.
 */
const sesSmtp =
  /(?:^|[^a-z0-9-])email-smtp(?:-fips)?\.([a-z0-9\uFFFC-]+)(?:$|\uFFFC|\.(?:vpce\.)?(?:amazonaws\.com|api\.aws|\uFFFC))/;

const sesApi = /(?:^|[^a-z0-9-])email(?:-fips)?\.([a-z0-9\uFFFC-]+)\.(?:vpce\.)?(?:amazonaws\.com|api\.aws)/;

function withRegion(kind: HostKind, region: string | undefined): Host {
  return region === undefined || region.includes(unknownCharacter) ? { kind } : { kind, region };
}

/** Is a domain known (`${name}.sendgrid.net`) that no unknown label can make a host of SES? */
function hasDomain(text: string): boolean {
  return /\.[a-z0-9-]+\.[a-z]{2,}(?![a-z0-9.-])/.test(text) && !/\.(?:amazonaws\.com|api\.aws)/.test(text);
}
