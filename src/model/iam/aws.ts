import type { Because } from "../../core/finding";
import { decodeJson } from "../../core/json";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import { text } from "../../core/text";
import type ActionsData from "../../data/actions.json";
import type PoliciesData from "../../data/managed-policies.json";
import { mayMatch } from "./may-match";
import { literalPattern, type Pattern } from "./pattern";
import type { Policy, Statement } from "./policy";
import { readPolicy } from "./read-policy";

/** Loaded on first use: the managed policies are 150 kB that few runs need. */
declare function require(id: "../../data/actions.json"): typeof ActionsData;
declare function require(id: "../../data/managed-policies.json"): typeof PoliciesData;
const actionsData = (): typeof ActionsData => require("../../data/actions.json");
const policiesData = (): typeof PoliciesData => require("../../data/managed-policies.json");

/**
 * What AWS says that changes with time: actions, services and managed policies, from the dated files in src/data.
 * `scripts/data` writes them and describes their form. Everything is unpacked on first use.
 */

/** A service whose actions are known one by one. */
type KnownService = "ses" | "iam";

export interface KnownAction {
  /** `ses:SendRawEmail` */
  readonly name: string;
  /** `ses:sendrawemail` */
  readonly lower: string;
  /** The name as a pattern, for comparisons. */
  readonly pattern: Pattern;
  readonly level: string;
  /** What the action is checked on; every required type is. None: the action is checked on `*`. */
  readonly types: readonly ResourceType[];
  /** The service's own condition keys that a request has, lower case: `ses:fromaddress`. */
  readonly keys: ReadonlySet<string>;
}

interface ResourceType {
  readonly name: string;
  readonly required: boolean;
  /** `arn:*:ses:*:*:identity/*` */
  readonly pattern: Pattern;
}

/** What an AWS managed policy grants. */
export interface AwsPolicy {
  /** The name, without the path. */
  readonly name: string;
  /** Statements about SES, IAM and all services. */
  readonly policy: Policy;
  /** Services of which it allows something besides, each with a statement that stands for it: all that is known. */
  readonly services: readonly { readonly name: string; readonly statement: Statement }[];
}

/** The names of a service's listed actions, in lower case. */
export function actionNames(service: KnownService): readonly string[] {
  return [...linesOf(service).keys()];
}

/**
 * The listed actions of a service; with a pattern in lower case those that it may be about. An action is unpacked when
 * it is asked for, and most patterns are the name of one.
 */
export function knownActions(service: KnownService, about?: Pattern): readonly KnownAction[] {
  const names = actionNames(service);
  const asked = about === undefined ? names : names.filter(mayMatch(about));
  return asked.flatMap((name) => actionNamed(name) ?? []);
}

/** The day of the lists of actions, as `2026-09-26`. */
export function actionsDate(): string {
  return actionsData().date;
}

/** The action of a name in any case, if its service's actions are listed. */
export function actionNamed(name: string): KnownAction | undefined {
  const lower = name.toLowerCase();
  const service = lower.startsWith("ses:") ? "ses" : lower.startsWith("iam:") ? "iam" : undefined;
  if (service === undefined) return undefined;
  const known = actionCache.get(lower);
  if (known !== undefined) return known;
  const line = linesOf(service).get(lower);
  if (line === undefined) return undefined;
  const action = actionOf(service, line, typesOf(service));
  actionCache.set(lower, action);
  return action;
}

/** The prefixes of all services: `sesv2` is none. */
export function services(): readonly string[] {
  serviceCache ??= actionsData().services.split(" ");
  return serviceCache;
}

export function isService(prefix: string): boolean {
  serviceNames ??= new Set(services());
  return serviceNames.has(prefix);
}

/** The service fields of the ARNs that a service's actions are checked on. None: they are checked on `*` alone. */
export function namespacesOf(service: string): readonly string[] {
  namespaceCache ??= new Map<string, string>(Object.entries(actionsData().namespaces));
  const namespaces = namespaceCache.get(service) ?? service;
  return namespaces === "-" ? [] : namespaces.split(" ");
}

/**
 * An AWS managed policy by the part of its ARN after `:policy/`: `job-function/ViewOnlyAccess`. All of it is reported
 * to stand at `at`: its text is in no file of the input.
 */
export function awsPolicy(path: string, at: Span): AwsPolicy | undefined {
  policyLines ??= new Map(Object.entries(policiesData().policies));
  const line = policyLines.get(path);
  return line === undefined ? undefined : policyOf(path, line, at);
}

/** The actions that were asked for, and the lines of all, by lower-case name. */
const actionCache = new Map<string, KnownAction>();
const lineCache = new Map<KnownService, ReadonlyMap<string, string>>();
const typeCache = new Map<KnownService, ReadonlyMap<string, Pattern>>();
let serviceCache: readonly string[] | undefined;
let serviceNames: ReadonlySet<string> | undefined;
let namespaceCache: ReadonlyMap<string, string> | undefined;
let policyLines: ReadonlyMap<string, string> | undefined;

function linesOf(service: KnownService): ReadonlyMap<string, string> {
  return kept(lineCache, service, () => {
    const lines = actionsData().actions[service];
    return new Map(lines.map((line) => [`${service}:${line.slice(0, line.indexOf(" ")).toLowerCase()}`, line]));
  });
}

/** One pattern a type, so that actions on the same types have the same targets. */
function typesOf(service: KnownService): ReadonlyMap<string, Pattern> {
  return kept(typeCache, service, () => {
    const entries = Object.entries(actionsData().resources[service]);
    return new Map(entries.map(([name, arn]) => [name, literalPattern(arn)]));
  });
}

/** `SendRawEmail Write configuration-set?,identity ApiVersion,FromAddress` */
function actionOf(service: KnownService, line: string, patterns: ReadonlyMap<string, Pattern>): KnownAction {
  const [name = "", level = "", types = "-", keys = "-"] = line.split(" ");
  const lower = `${service}:${name.toLowerCase()}`;
  return {
    name: `${service}:${name}`,
    lower,
    pattern: literalPattern(lower),
    level,
    types: listOf(types).map((type) => {
      const required = !type.endsWith("?");
      const bare = required ? type : type.slice(0, -1);
      return { name: bare, required, pattern: patterns.get(bare) ?? literalPattern(`arn:*:${service}:*:*:*`) };
    }),
    keys: new Set(listOf(keys).map((key) => `${service}:${key.toLowerCase()}`)),
  };
}

function listOf(field: string): readonly string[] {
  return field === "-" ? [] : field.split(",");
}

/** `s3 sns? [{"Effect":"Allow",…}]` */
function policyOf(path: string, line: string, at: Span): AwsPolicy {
  const start = line.indexOf("[");
  const names = (start < 0 ? line : line.slice(0, start)).split(" ").filter((name) => name !== "");
  const json = `{"Version":"2012-10-17","Statement":${start < 0 ? "[]" : line.slice(start)}}`;
  // A text that is not as long as its place has that one place for all its parts.
  const document = decodeJson(text(json.length === at.end - at.start ? `${json} ` : json, at));
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    services: names.map((name) => {
      const certain = !name.endsWith("?");
      const service = certain ? name : name.slice(0, -1);
      return { name: service, statement: witness(service, certain, at) };
    }),
    policy:
      document.kind === "value"
        ? readPolicy(document.value)
        : { at, statements: [], rest: [{ guard: [], because: { reason: { kind: "invalid", what: path }, at } }] },
  };
}

/** An Allow of something of a service. Under a condition, it is not known whether it ever applies. */
function witness(service: string, certain: boolean, at: Span): Statement {
  const conditional: Because = { reason: { kind: "unsupported", what: `conditions on ${service}` }, at };
  const item = (pattern: string) => ({ value: text(pattern, at), at, guard: [] });
  return {
    at,
    guard: [],
    effect: "allow",
    effectAt: at,
    actions: { negated: false, items: [item(`${service}:*`)], rest: [], at },
    resources: { negated: false, items: [item("*")], rest: [], at },
    conditions: [],
    rest: certain ? [] : [{ guard: [], because: conditional }],
  };
}
