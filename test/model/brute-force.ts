import type { Document, Json, Principal, Statement, System } from "./system";

/**
 * What IAM decides for single requests, told from the JSON alone, one request and one world after the other: nothing of
 * the code under test. It follows "Policy evaluation logic" in the IAM User Guide, for one account.
 */

interface Request {
  readonly action: string;
  readonly resource: string;
  /** The values of the condition keys that the request has, by their names in lower case. */
  readonly context?: Context;
}

export type Context = Readonly<Record<string, readonly string[]>>;

/** The toggles that are on. */
export type World = ReadonlySet<string>;

/** The ARN of the one user of a system. */
export const userArn = "arn:aws:iam::123456789012:user/mail";
const accounts: readonly string[] = ["123456789012", "arn:aws:iam::123456789012:root"];

export function allows(system: System, world: World, request: Request): boolean {
  const isOn = (toggle: string | undefined) => toggle === undefined || world.has(toggle);
  const own = system.policies
    .filter(({ route, toggle }) => isOn(toggle) && (!route.startsWith("group") || isOn(system.member)))
    .map(({ document }) => document);
  const { boundary, control = [], onIdentities = [] } = system;
  const everything = [...own, ...(boundary === undefined ? [] : [boundary]), ...control, ...onIdentities];
  if (says(everything, "Deny", request)) return false;
  // "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions boundary".
  const isBounded = boundary !== undefined;
  if (isBounded && says(onIdentities.map(forAnybody), "Deny", request)) return false;
  // What the policy of a resource allows the user itself is allowed outside the boundary too.
  if (says(onIdentities, "Allow", request)) return true;
  if (boundary !== undefined && !says([boundary], "Allow", request)) return false;
  return says(own, "Allow", request);
}

function forAnybody({ Statement }: Document): Document {
  const of = listOf<Statement>(Statement).filter(({ NotPrincipal }) => NotPrincipal !== undefined);
  return { Statement: of.map((statement) => ({ ...statement, NotPrincipal: { AWS: [] } })) };
}

function says(documents: readonly Document[], effect: Statement["Effect"], request: Request): boolean {
  return documents.some(({ Version, Statement }) =>
    listOf<Statement>(Statement).some((one) => one.Effect === effect && isAbout(one, request, Version)),
  );
}

function isAbout(statement: Statement, { action, resource, context = {} }: Request, version?: string): boolean {
  // The one user is called mail; documents without a version have no variables.
  const filled = (text: string) => (version === undefined ? text : text.replaceAll("${aws:username}", "mail"));
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const ofAction =
    Action === undefined
      ? !listOf(NotAction ?? []).some((one) => like(one, action, "i"))
      : listOf(Action).some((one) => like(one, action, "i"));
  const ofResource =
    Resource === undefined
      ? !listOf(NotResource ?? []).some((one) => like(filled(one), resource, ""))
      : listOf(Resource).some((one) => like(filled(one), resource, ""));
  const isMatched = () =>
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        matches(operator, textsOf(values).map(filled), context[key.toLowerCase()]),
      ),
    );
  return ofAction && ofResource && isPrincipal(statement) && isMatched();
}

/** An Allow for the account leaves it to the policies of the users; a Deny is for all of them. */
function isPrincipal({ Principal, NotPrincipal, Effect }: Statement): boolean {
  // "You must also specify the account ARN of the not-denied principal."
  if (NotPrincipal !== undefined) {
    const named = arnsOf(NotPrincipal);
    const isSpared = named.includes(userArn) && (Effect === "Allow" || named.some((one) => accounts.includes(one)));
    return !named.includes("*") && !isSpared;
  }
  if (Principal === undefined) return true;
  return arnsOf(Principal).some(
    (one) => one === "*" || one === userArn || (Effect === "Deny" && accounts.includes(one)),
  );
}

function arnsOf(principal: Principal): readonly string[] {
  return typeof principal === "string" ? [principal] : listOf(principal.AWS);
}

/** Does one operator match what the request has of a key? Undefined: it does not have the key. */
function matches(operator: string, wanted: readonly string[], has: readonly string[] | undefined): boolean {
  const set = /^(\w+):/.exec(operator)?.[1];
  const rest = operator.slice(set === undefined ? 0 : set.length + 1);
  const base = rest.replace(/IfExists$/, "");
  if (base === "Null") return wanted.some((one) => (one === "true") === (has === undefined));
  const isNegated = base.includes("Not");
  const plain = base.replace("Not", "");
  const satisfies = (value: string) => wanted.some((one) => compares(plain, one, value)) !== isNegated;
  if (has === undefined) return set === undefined ? rest !== base || isNegated : set === "ForAllValues";
  return set === "ForAllValues" ? has.every(satisfies) : has.some(satisfies);
}

function compares(base: string, wanted: string, value: string): boolean {
  switch (base) {
    case "StringEquals":
      return wanted === value;
    case "StringEqualsIgnoreCase":
    case "Bool":
      return wanted.toLowerCase() === value.toLowerCase();
    case "StringLike":
      return like(wanted, value, "");
    case "NumericEquals":
      return Number(wanted) === Number(value);
    case "NumericLessThan":
      return Number(value) < Number(wanted);
    case "NumericLessThanEquals":
      return Number(value) <= Number(wanted);
    case "NumericGreaterThan":
      return Number(value) > Number(wanted);
    case "NumericGreaterThanEquals":
      return Number(value) >= Number(wanted);
    case "ArnEquals":
    case "ArnLike":
      return value.startsWith("arn:") && like(wanted, value, "");
    case "IpAddress":
      return wanted.includes(":") === value.includes(":") && isWithin(wanted, value);
    default:
      throw new Error(`${base} is not compared.`);
  }
}

/** Of version 6 there are only all addresses, and single ones. */
function isWithin(network: string, address: string): boolean {
  const [first = "", length = network.includes(":") ? "128" : "32"] = network.split("/");
  if (length === "0" || first === address) return true;
  return !network.includes(":") && bitsOf(first).slice(0, Number(length)) === bitsOf(address).slice(0, Number(length));
}

function bitsOf(address: string): string {
  return address
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
}

function textsOf(values: Json): readonly string[] {
  return (Array.isArray(values) ? values : [values]).map(String);
}

const patterns = new Map<string, RegExp>();

function like(pattern: string, characters: string, flags: string): boolean {
  const key = `${flags} ${pattern}`;
  const known = patterns.get(key);
  if (known !== undefined) return known.test(characters);
  const body = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[^]*")
    .replace(/\?/g, "[^]");
  const made = new RegExp(`^${body}$`, flags);
  patterns.set(key, made);
  return made.test(characters);
}

function listOf<T extends object | string>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
