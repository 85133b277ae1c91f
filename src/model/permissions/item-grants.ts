import { distinct, guardKey, holds } from "../../core/guard";
import { kept } from "../../core/map";
import { actionNames, isService, knownActions, namespacesOf, services } from "../iam/aws";
import { denialsAbout, evaluate, type Doubt, type Outcome, type RoutedTaker } from "./outcome";
import type { Part } from "./evidence";
import { guardrailsOf } from "./guardrails";
import { serviceField } from "../iam/arn-pattern";
import { hardWords, hasHoles, literalPattern, prefixOf, type Pattern } from "../iam/pattern";
import { covers, meetOf, overlaps } from "../iam/pattern-relations";
import type { Model } from "../model";
import { perModel } from "../per-model";
import type { PatternItem, Statement } from "../iam/policy";
import { actionPattern, resourcePattern } from "../iam/item-pattern";
import { actionMatches, questionOf, targetsOfService, type Question, type Targets } from "../iam/question";
import type { Boundary, Route, Standing } from "./standing";
import type { Worlds } from "../../core/worlds";

/** What an item grants of a service, besides what is clean. */
interface Granted {
  readonly worlds: Worlds;
  readonly doubts: readonly Doubt[];
}

interface GrantedSes extends Granted {
  /** Lower case, sorted. */
  readonly actions: readonly string[];
  /** Every action of SES but the clean ones. */
  readonly all: boolean;
}

/**
 * The items of one user, asked about hundreds of actions that are much alike. What they share is worked out once, and
 * once for all users whose policies are limited alike: thousands may be in one group.
 */
export interface Asking {
  readonly standing: Standing;
  /** Action names, lower case, that are no excess. */
  readonly clean: ReadonlySet<string>;
  /** Statements besides an item's own that decide: every Deny, and the whole boundary. */
  readonly limiting: readonly Statement[];
  readonly shared: Shared;
  /** What items grant over routes that are not sure: why they are not is the user's own. */
  readonly own: Map<Route, AnswersByStatement>;
}

interface Shared {
  /** Which limiting statements a question is about, as a key. */
  readonly limits: Map<Question, string | undefined>;
  /** The Denies by such a key. */
  readonly denials: Map<string, readonly RoutedTaker[]>;
  /** What items grant, by the guard of the route. */
  readonly answers: Map<string, AnswersByStatement>;
}

type AnswersByStatement = Map<Statement, AnswersOfStatement>;

/** What a statement over a route grants. */
interface AnswersOfStatement {
  readonly ses: Map<PatternItem | undefined, GrantedSes>;
  readonly elsewhere: Map<PatternItem | undefined, Granted>;
  /** Outcomes by all else that they depend on. */
  readonly outcomes: Map<Targets, Map<string, Outcome>>;
}

export function ask(model: Model, standing: Standing, clean: ReadonlySet<string>): Asking {
  const limiting = limitingOf(standing);
  const guardrails = guardrailsOf(model, standing);
  const make = (): Shared => ({ limits: new Map(), denials: new Map(), answers: new Map() });
  const key = `${guardrails ?? ""} but ${[...clean].join()}`;
  const shared = guardrails === undefined ? make() : kept(sharedOf(model), key, make);
  return { standing, clean, limiting, shared, own: new Map() };
}

const sharedOf = perModel(() => new Map<string, Shared>());

function answersOf({ shared, own }: Asking, { route, statement }: Part): AnswersOfStatement {
  const make = (): AnswersByStatement => new Map();
  const sure = route.certainty === "yes";
  const answers = sure ? kept(shared.answers, guardKey(route.guard), make) : kept(own, route, make);
  return kept(answers, statement, () => ({ ses: new Map(), elsewhere: new Map(), outcomes: new Map() }));
}

/** What an item grants of SES. */
export function grantedActions(asking: Asking, part: Part): GrantedSes {
  return kept(answersOf(asking, part).ses, part.item, () => findActions(asking, part));
}

/** What an item grants outside SES. */
export function grantedElsewhere(asking: Asking, part: Part): Granted {
  return kept(answersOf(asking, part).elsewhere, part.item, () => findElsewhere(asking, part));
}

function findActions(asking: Asking, part: Part): GrantedSes {
  const outcomes = new Set<Outcome>();
  const actions: string[] = [];
  const isAsked = (name: string) => !asking.clean.has(name);
  const about = part.item && actionPattern(part.item);
  for (const action of knownActions("ses", about).filter(({ lower }) => isAsked(lower))) {
    const outcome = evaluatePart(asking, part, questionOf(action.lower));
    if (outcome === undefined) continue; // The item is about other actions.
    outcomes.add(outcome);
    if (outcome.granted.length > 0) actions.push(action.lower); // Otherwise on no resource, or denied.
  }
  return {
    ...grantedBy(outcomes),
    actions: actions.sort(),
    all: actions.length === actionNames("ses").filter(isAsked).length,
  };
}

/** Does an item grant actions of services that no pattern names? Then it is about everything. */
export function grantsUnnamedServices(asking: Asking, part: Part): boolean {
  const named = [...namedPatterns(asking, part)].filter((one) => !isOfAllServices(one));
  const fields = namedFields(asking.limiting, part);
  const isUnnamed = (service: string) =>
    !namespacesOf(service).some((field) => fields.has(field)) &&
    named.every((one) => overlaps(one, literalPattern(`${service}:*`)) === "no");
  const service = services().find((one) => namespacesOf(one).length > 0 && isUnnamed(one));
  if (service === undefined) return false;
  return questionsOf(service, asking, part).some(
    (question) => (evaluatePart(asking, part, question)?.granted ?? []).length > 0,
  );
}

/** The patterns of actions by which services are told apart: the item's, those of every Deny and of the boundary. */
function namedPatterns({ limiting }: Asking, { statement, item }: Part): readonly Pattern[] {
  const own = item === undefined ? statement.actions.items.map(actionPattern) : [actionPattern(item)];
  return [...own, ...limiting.flatMap(({ actions }) => actions.items.map(actionPattern))];
}

/** Services are asked until one is granted wherever the user is. */
function findElsewhere(asking: Asking, part: Part): Granted {
  const outcomes = new Set<Outcome>();
  const own = asking.standing.user.guard;
  for (const service of servicesOf(asking, part)) {
    for (const question of questionsOf(service, asking, part)) {
      const outcome = evaluatePart(asking, part, question);
      if (outcome === undefined) continue; // The item is about other actions.
      outcomes.add(outcome);
      if (outcome.granted.some((guard) => holds(guard, own) === "yes")) return { worlds: outcome.granted, doubts: [] };
    }
  }
  return grantedBy(outcomes);
}

function grantedBy(outcomes: ReadonlySet<Outcome>): Granted {
  const all = [...outcomes];
  return {
    worlds: distinct(all.flatMap((outcome) => outcome.granted)),
    doubts: all.flatMap((outcome) => outcome.doubts),
  };
}

/**
 * Questions that the same statements are about, on the same targets and with the same condition keys, have the same
 * outcome: most of an action list do, and most items of one list.
 */
function evaluatePart(asking: Asking, part: Part, question: Question): Outcome | undefined {
  const { standing } = asking;
  const [match, ...more] = actionMatches(part.statement.actions, question.action, part.item);
  if (match === undefined) return undefined;
  const limits = match.truth === "yes" && more.length === 0 ? limitsOf(asking, question) : undefined;
  if (limits === undefined) return evaluate(standing, question, part);
  const outcomes = kept(answersOf(asking, part).outcomes, question.targets, () => new Map<string, Outcome>());
  const key = `${guardKey(match.guard)} ${limits}`;
  return kept(outcomes, key, () => evaluate(standing, question, part, denialsOf(asking, question, limits)));
}

function denialsOf({ standing, shared }: Asking, question: Question, limits: string): readonly RoutedTaker[] {
  return kept(shared.denials, limits, () => denialsAbout(standing, question));
}

/** Undefined where it depends on more: an action that is not sure to match, or matches under a guard. */
function limitsOf({ limiting, shared: { limits } }: Asking, question: Question): string | undefined {
  if (limits.has(question)) return limits.get(question);
  let key: string | undefined = `${kindOf(question)} `;
  for (const statement of limiting) {
    const matches = actionMatches(statement.actions, question.action);
    if (matches.some((match) => match.truth === "maybe" || match.guard.length > 0)) {
      key = undefined;
      break;
    }
    key += matches.length === 0 ? "0" : "1";
  }
  limits.set(question, key);
  return key;
}

/** Requests by one way with the same condition keys are of one kind. */
function kindOf(question: Question): number {
  return kept(kinds, question, ({ request: { by, action } }) =>
    kept(kindsByKeys, [by, ...(action?.keys ?? [])].join(), () => kindsByKeys.size),
  );
}

const kinds = new WeakMap<Question, number>();
/** Their number has an end, as that of the known actions has. */
const kindsByKeys = new Map<string, number>();

/** Every Deny, and the whole boundary. */
function limitingOf({ routes, boundaries }: Standing): readonly Statement[] {
  const denies = routes.flatMap((route) => route.policy.statements).filter(({ effect }) => effect !== "allow");
  return [...denies, ...boundStatements(boundaries)];
}

function boundStatements(boundaries: readonly Boundary[]): readonly Statement[] {
  return boundaries.flatMap((one) => (one.kind === "policy" ? one.policy.statements : []));
}

/** The services besides SES that an item can be about. One that does not exist grants nothing. */
function servicesOf(asking: Asking, part: Part): readonly string[] {
  const pattern = part.item === undefined ? anyAction : actionPattern(part.item);
  const named = namedService(pattern);
  if (named !== undefined) return named !== "ses" && isService(named) ? [named] : [];
  const others = services().filter((service) => service !== "ses");
  const patterns = namedPatterns(asking, part);
  if (patterns.every((one) => namedService(one) !== undefined || isAlikeForServices(one))) {
    return sample(others, new Set(patterns.map(namedService)), namedFields(asking.limiting, part));
  }
  return others.filter((service) => overlaps(pattern, literalPattern(`${service}:*`)) !== "no");
}

/**
 * Services that no pattern names are alike: one with ARNs stands for all, as what is granted without one is granted
 * there too. Named are the prefixes of actions and the service fields of resources.
 */
function sample(
  others: readonly string[],
  named: ReadonlySet<string | undefined>,
  fields: ReadonlySet<string | undefined>,
): readonly string[] {
  const special = others.filter((one) => named.has(one) || namespacesOf(one).some((field) => fields.has(field)));
  const plain = others.find((one) => namespacesOf(one).length > 0 && !special.includes(one));
  return plain === undefined ? special : [plain, ...special];
}

/** The service fields of the ARNs that decide; undefined where one is not known. */
function namedFields(limiting: readonly Statement[], { statement }: Part): ReadonlySet<string | undefined> {
  const resources = [statement, ...limiting].flatMap((one) => one.resources.items.map(resourcePattern));
  return new Set(resources.map(serviceField));
}

const anyAction = literalPattern("*");

/** The service before the colon, where it is known. */
function namedService(pattern: Pattern): string | undefined {
  const [service, action] = prefixOf(pattern).split(":");
  return action === undefined ? undefined : service;
}

/** Does a pattern tell no service from another? One that is not known at all may be about any. */
function isAlikeForServices(pattern: Pattern): boolean {
  return isOfAllServices(pattern) || (pattern.length === 1 && hasHoles(pattern));
}

/** `*`, `*:Get*` */
function isOfAllServices(pattern: Pattern): boolean {
  return (
    covers(pattern, anyAction) === "yes" || (prefixOf(pattern.slice(1)).startsWith(":") && prefixOf(pattern) === "")
  );
}

/**
 * IAM is asked action by action; of other services, actions made up of the patterns' own characters. What a boundary
 * allows and a Deny leaves out by name may be all that remains of a broad Allow.
 */
function questionsOf(service: string, { limiting, clean }: Asking, part: Part): readonly Question[] {
  if (service === "iam") {
    return knownActions("iam", part.item && actionPattern(part.item))
      .filter((action) => !clean.has(action.lower))
      .map((action) => questionOf(action.lower));
  }
  const whole = literalPattern(`${service}:*`);
  const pattern = part.item === undefined ? whole : (meetOf(actionPattern(part.item), whole)?.pattern ?? whole);
  const limits = limiting.flatMap(({ actions }) => actions.items.map(actionPattern));
  const met = limits.map((one) => meetOf(pattern, one)?.pattern).filter((one) => one !== undefined);
  return [pattern, ...met]
    .flatMap(hardWords)
    .filter((word) => word.length > service.length + 1 && !clean.has(prefixOf(word)))
    .map((action): Question => {
      return { action, request: { by: "api", action: undefined }, targets: targetsOfService(service) };
    });
}
