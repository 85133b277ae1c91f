import { limits } from "../core/limits";
import { firstIndex } from "../core/search";
import type { Known, Unknown, Value } from "../core/value";
import { namesRoot, type SettingNames } from "../model/credentials/setting-names";
import { credentialShape, credentialsIn, keyLength, someLongRun } from "../model/credentials/shapes";

// Most resources of a large input have nothing to do with mail or credentials, and need not be evaluated. A quick look at
// their text, or at a value, tells which: where it is not sure, the resource is evaluated.

/** May a word in the text speak of credentials or mail? Names that a user adds are none of these words. */
export function speaksOfMail(text: string): boolean {
  return mailPart.test(text) || namesSes(text);
}

/** May the text name an action of SES, or what looks like one? A service may stand apart from its action. */
export function namesAction(text: string): boolean {
  return actionStart.test(text);
}

/** As `speaksOfMail`, but narrower: most resources of a plan or state have `access` or `smart` somewhere. */
export function speaksPlainlyOfMail(text: string): boolean {
  return plainMailPart.test(text) || namesSes(text);
}

/** Is `ses` a word of the text, as names have words: `ses_host`, `sesHost`, `MySES`, and never `addresses`? */
function namesSes(text: string): boolean {
  return sesWord.test(text);
}

/** A part of every name that says mail or credentials of AWS, and of every host of SES. */
const mailPart = /smtp|mail|sasl|postfix|exim|relay|smart|auth[^a-z0-9]*info|secret|access|key[^a-z0-9]*id/i;
const plainMailPart = /smtp|mail|sasl|postfix|exim|relay|smart[-_]?host|auth.?info|secret|access[-_]?key|key[-_]?id/i;
const actionStart = /\b(?:ses(?:v2)?[:"]|email:)/i;
const sesWord = /(?:(?<![a-z])ses|SES|Ses)(?:v2)?(?![a-z])/;

/** Does a credential run through the value, or may any word in it speak of credentials or mail? */
export function concernsMail(value: Value): boolean {
  return isSomewhere(value, mailParts, 0);
}

/** Is there a text that looks like a credential, or something named after root? Most values have neither. */
export function holdsLiteral(value: Value): boolean {
  return isSomewhere(value, literalParts, 0);
}

/** What is looked for in the parts of a value. */
interface Signs {
  key(key: string): boolean;
  known(piece: Known): boolean;
  unknown(unknown: Unknown): boolean;
}

const mailParts: Signs = {
  key: speaksOfMail,
  known: ({ text, traces }) => traces.length > 0 || speaksOfMail(text),
  unknown: ({ traces }) => traces.length > 0,
};

const literalParts: Signs = {
  key: () => false,
  known: ({ text }) => text === "root" || credentialsIn(text).length > 0,
  unknown: ({ id }) => id !== undefined && namesRoot(id),
};

function isSomewhere(value: Value, signs: Signs, depth: number): boolean {
  if (depth > limits.depth) return true;
  const isInRest = (rest: Unknown | undefined) => rest !== undefined && signs.unknown(rest);
  switch (value.kind) {
    case "null":
    case "bool":
    case "number":
      return false;
    case "unknown":
      return signs.unknown(value);
    case "choice":
      return value.options.some((option) => isSomewhere(option.value, signs, depth + 1));
    case "list":
      return value.items.some((item) => isSomewhere(item.value, signs, depth + 1)) || isInRest(value.rest);
    case "map": {
      const { entries, rest } = value;
      return entries.some((one) => signs.key(one.key) || isSomewhere(one.value, signs, depth + 1)) || isInRest(rest);
    }
    case "text":
      return value.pieces.some((piece) => {
        if (piece.kind === "encoded") return isSomewhere(piece.value, signs, depth + 1);
        return piece.kind === "hole" ? signs.unknown(piece.unknown) : signs.known(piece);
      });
  }
}

/** Is there something in a part of a text, which starts and ends at these offsets? */
export type Within = (start: number, end: number) => boolean;

/** What a glance at a whole text says of its parts. */
interface Glance {
  /** A word that speaks of credentials or mail. */
  readonly mail: Within;
  /** The start of an action of SES, or of what looks like one: `sesv2:`. */
  readonly actions: Within;
  /** A credential that is written down, or something named after root. */
  readonly literals: Within;
}

/**
 * Looks through a text whose parts are not read, and that has no escapes for letters or slashes. A secret key counts where
 * a word names it; which words do is not known where a user adds names. An SMTP password in a program counts beside a host
 * of Amazon SES.
 */
export function glanceAt(text: string, names: SettingNames): Glance {
  const words = within(placesOf(text, mailPart));
  const ses = within(placesOf(text, sesWord));
  const actions = within(placesOf(text, actionStart));
  const signs = within(placesOf(text, /AKIA|ASIA|root|[Ee][Mm][Aa][Ii][Ll]-[Ss][Mm][Tt][Pp]/));
  const mail: Within = (start, end) => names.isExtended || words(start, end) || ses(start, end);
  const literals: Within = (start, end) => signs(start, end) || (mail(start, end) && hasSecretKey(text, start, end));
  return { mail, actions, literals };
}

/** Offsets of what a pattern matches, of its last characters: what stands before may belong to another part. */
export function placesOf(text: string, pattern: RegExp): readonly number[] {
  const places: number[] = [];
  const all = new RegExp(pattern, `${pattern.flags}g`);
  while (all.test(text)) places.push(all.lastIndex - 1);
  return places;
}

/** Of places in their order. */
export function within(places: readonly number[]): Within {
  return (start, end) => (places[firstIndex(places, (place) => place >= start)] ?? end) < end;
}

/** Is there a run, in a part of the text, that is as long as a secret key, and looks like one? */
function hasSecretKey(text: string, from: number, to: number): boolean {
  const isKey: Within = (start, end) => {
    // The first letter after a backslash may belong to an escape (`\n`), or the backslash to another one.
    const escaped = end - start > keyLength && text.charAt(start - 1) === "\\" ? 1 : 0;
    const isAsLong = end - start - escaped === keyLength; // Most runs are not: nothing more is asked of them.
    return isAsLong && credentialShape(text.slice(start + escaped, end)) === "secret-access-key";
  };
  return someLongRun(text, isKey, from, to);
}
