import { looksSecret } from "../../core/message";

/**
 * May a literal's text be shown? By its shape wherever it stands (actions, ARNs, types, regions, SES hosts), by its
 * position where it is a name; never where it could be a credential. In `text`, `hole` stands for an interpolation.
 * Errs on the side of masking.
 */
export function isPrintable(text: string, key: string): boolean {
  if (holdsSecret(text)) return false;
  const shape = text.replaceAll(hole, "*");
  if (anywhere.some((pattern) => pattern.test(shape))) return true;
  const position = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (hostPosition.test(position) && host.test(shape)) return true;
  return namePositions.has(position) && nameShape.test(shape);
}

/** May a key of a map, an attribute's or block's name be shown? Anything that reads as a name is one. */
export function isPrintableKey(text: string): boolean {
  return /^[\w.:$@/*-]{1,160}$/.test(text) && !holdsSecret(text);
}

/** May the inside of `${…}` in data be shown? References only: a name, an attribute, a pseudo parameter, an index. */
export function isReference(text: string): boolean {
  return /^!?[A-Za-z][\w.:*[\]-]{0,120}$/.test(text) && !holdsSecret(text);
}

/** Does the name of a setting say that its value is a credential? */
export function namesCredential(key: string): boolean {
  return /pass|pwd|secret|token|credential|private|auth|key|smtp|value$/i.test(key);
}

/** Could the text hold a credential? As `looksSecret` says, and a user and password in a URL; logical ids are none. */
export function holdsSecret(text: string): boolean {
  if (/\/\/[^/\s@:]*:[^/\s@]*@/.test(text) || /(?:AKIA|ASIA)[A-Z0-9]{16}/.test(text)) return true;
  return looksSecret(text) && !isLogicalId(text);
}

/**
 * A name as the CDK makes it: a path's words without separators, mostly small letters, and 8 hexadecimal digits; of an
 * output of a nested stack, the words of an attribute after them. Fewer than one secret in a million looks so.
 */
function isLogicalId(text: string): boolean {
  const [, words] = /^([A-Z][A-Za-z0-9]*)[A-F0-9]{8}(?:[A-Z][a-z]+){0,4}$/.exec(text) ?? [];
  return words !== undefined && words.replace(/[^a-z]/g, "").length > 0.6 * words.length;
}

/** The parts of a hidden literal that may be shown all the same: a URL's scheme, and a host of AWS behind the user. */
export function printableParts(text: string): IterableIterator<RegExpExecArray> {
  return text.matchAll(
    /^[a-z]{2,8}:\/\/|@(?:[a-z0-9*-]{1,63}\.){1,8}(?:amazonaws\.com|api\.aws)(?:\.cn)?(?::\d{1,5})?/g,
  );
}

/** Stands for an interpolation in a literal that is judged by its shape. */
export const hole = "\u0001";

const anywhere: readonly RegExp[] = [
  // Joints of names, and nothing.
  /^[\s:;,./@*|_=()[\]{}<>'"\\&$-]*$/,
  /^(?:ses|sesv2|iam|sts|aws|s3|sns|sqs|kms|ec2|ssm|logs|lambda|dynamodb|cloudwatch|secretsmanager):[A-Za-z*?]*$/i,
  /^arn:[a-z*-]*:[a-z0-9*-]*:[a-z0-9*-]*:[a-z0-9*]*:[\w+=,.@:/*?${}&%-]*$/,
  /^[A-Z][A-Za-z0-9]*(?:::[A-Za-z0-9]+){1,3}$/,
  /^aws_[a-z0-9_]+$/,
  /^(?:[a-z0-9*-]+\.){1,8}(?:amazonaws\.com|api\.aws)(?:\.cn)?(?::\d{1,5})?$/,
  /^(?:us|eu|ap|ca|sa|me|af|il|cn|mx)-(?:gov-|iso[a-z]?-)?[a-z]+-\d$/,
  /^-?\d{1,5}(?:\.\d{1,5})?$/,
  /^(?:true|false|null|yes|no|Allow|Deny|Active|Inactive|2012-10-17|2008-10-17|2010-09-09|root)$/,
  /^(?:SESConsole|AWSSESSendingGroupDoNotRename|AmazonSes\w{1,40}|AmazonSES\w{1,40}|ses-smtp-user[\w.*-]{0,40})$/,
];

const nameShape = /^[\w+=,.@:/*?${}~-]{1,200}$/;
const host = /^[a-z0-9.*-]+\.[a-z]{2,24}(?::\d{1,5})?$/i;
const hostPosition = /(?:host|hostname|server|endpoint|relay|domain)$/;

/** Keys, in lower case and without joints, whose values are names. */
const namePositions: ReadonlySet<string> = new Set([
  ...["name", "username", "user", "users", "group", "groups", "groupname", "role", "roles", "rolename", "path"],
  ...["policy", "policies", "policyname", "policyarn", "policyarns", "managedpolicyarns", "permissionsboundary"],
  ...["effect", "action", "actions", "notaction", "notactions", "resource", "resources", "notresource"],
  ...["notresources", "sid", "version", "type", "principal", "identifiers", "service", "test", "variable"],
  ...["ref", "fngetatt", "fnimportvalue", "fnfindinmap", "condition", "dependson", "awscdkpath", "foreach"],
  ...["source", "profile", "status", "region", "alias", "awsregion", "awsdefaultregion", "index", "label"],
]);
