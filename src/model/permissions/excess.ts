import { addAll } from "../../core/add-all";
import type { Because, Step } from "../../core/finding";
import { distinct, whereAny, type Guard } from "../../core/guard";
import { kept } from "../../core/map";
import { name, type Message } from "../../core/message";
import { compareSpans, spanKey, type Span } from "../../core/source";
import { knownActions } from "../iam/aws";
import { evidenceSteps, namesResources, actionPlace, eachReason, writtenPattern, type Part } from "./evidence";
import type { Model, User } from "../model";
import { ask, grantedActions, grantedElsewhere, grantsUnnamedServices, type Asking } from "./item-grants";
import { literalPattern, type Pattern } from "../iam/pattern";
import { covers, overlaps } from "../iam/pattern-relations";
import { perModel } from "../per-model";
import { actionPattern } from "../iam/item-pattern";
import type { Route, Standing } from "./standing";
import { standingOf } from "./standings";
import { without, type Worlds } from "../../core/worlds";

/** What a user may do beyond what it should. */
export interface Excess {
  /** One for each item of an action list, in the order of the source. */
  readonly items: readonly ExcessItem[];
  /** What is unknown and could hold more. */
  readonly because: readonly Because[];
  /** Items about all services (`*`, NotAction) of which it is not known whether the user has them. */
  readonly doubted: readonly DoubtedItem[];
}

export interface DoubtedItem {
  readonly pattern: Message;
  readonly at: Span;
  /** Never empty. */
  readonly because: readonly Because[];
  readonly steps: readonly Step[];
}

export interface ExcessItem {
  /** The pattern as written: `ses:*`, `everything but iam:*` for a NotAction. */
  readonly pattern: Message;
  /** Its action as a pattern, for comparisons. Undefined for a NotAction. */
  readonly action: Pattern | undefined;
  /** The item; of an AWS managed policy the attachment's ARN. */
  readonly at: Span;
  /** The excess is there when this holds; includes the user's own guard. */
  readonly guard: Guard;
  readonly reach: Reach;
  /** The known actions of SES that are in excess, lower case, if these are all. Undefined otherwise. */
  readonly actions: readonly string[] | undefined;
  /** user → membership → attachment → statement → action. */
  readonly steps: readonly Step[];
  /** The name of the AWS managed policy that it stands in. */
  readonly managedPolicy: string | undefined;
}

type Reach =
  | "everything" // services that nobody names, too: `*`, NotAction over more than SES, an administrator's policy
  | "other-service" // something outside SES
  | "all-ses" // every action of SES by its pattern, or granted; nothing else
  | "ses"; // some actions of SES

/**
 * What is granted besides `allowed` (actions and patterns, any case), for certain, on a request that can happen. An item
 * that matches no action that SES is known to have grants nothing: that it is wrong is a question of its own.
 */
export function excess(model: Model, user: User, allowed: readonly string[]): Excess {
  const actions = allowed.map((action) => action.toLowerCase());
  const ofUser = kept(excessesOf(model), user, () => new Map<string, Excess>());
  const key = actions.join();
  return kept(ofUser, key, () => findExcess(model, standingOf(model, user), actions));
}

/** Rules and the list of principals ask the same of each user. */
const excessesOf = perModel(() => new Map<User, Map<string, Excess>>());

function findExcess(model: Model, standing: Standing, allowed: readonly string[]): Excess {
  const asking = ask(model, standing, new Set(allowed.flatMap(matchedActions)));
  const patterns = allowed.map(literalPattern);
  const into: Collected = { items: new Map(), because: [], doubted: [] };
  for (const { statement } of allowsOf(standing))
    addAll(
      into.because,
      statement.actions.rest.map(({ because }) => because),
    );
  for (const part of partsOf(standing)) collect(asking, part, patterns, into);
  const services = ask(model, standing, new Set());
  for (const route of standing.routes) collectServices(services, route, into);
  const unknown = standing.unknowns.filter((one) => one.mayExceed).map((one) => one.because);
  return {
    items: [...into.items.values()].sort((a, b) => compareSpans(a.at, b.at)),
    because: eachReason([...into.because, ...unknown, ...standing.gaps]),
    doubted: into.doubted,
  };
}

/** The known actions that a pattern matches, in lower case; a name as it is. */
function matchedActions(written: string): readonly string[] {
  if (!/[*?]/.test(written)) return [written];
  const pattern = literalPattern(written);
  const known = (["ses", "iam"] as const).flatMap((service) => knownActions(service, pattern));
  return known.filter((action) => covers(pattern, action.pattern) === "yes").map(({ lower }) => lower);
}

/** Is an item about nothing but what a pattern allows? Of most services no actions are known. */
function isAllowed({ item }: Part, patterns: readonly Pattern[]): boolean {
  return item !== undefined && patterns.some((pattern) => covers(pattern, actionPattern(item)) === "yes");
}

/** The action patterns that the user is allowed, as written, each once, shortest way first. */
export function allowedPatterns(model: Model, user: User): readonly Message[] {
  const found = new Map<string, Message>();
  const add = (message: Message) => found.set(message.text, message);
  const standing = standingOf(model, user);
  for (const { statement, item } of partsOf(standing)) {
    if (statement.effect === "allow" && namesResources(statement)) add(writtenPattern(statement, item));
  }
  for (const { aws } of standing.routes) {
    for (const service of aws?.services ?? []) add(name(`${service.name}:…`));
  }
  return [...found.values()];
}

interface Collected {
  /** By the place, the pattern and the reach: one item may reach a user over several routes. */
  readonly items: Map<string, ExcessItem>;
  readonly because: Because[];
  readonly doubted: DoubtedItem[];
}

/** Every item of every Allow, and every NotAction. */
function partsOf(standing: Standing): readonly Part[] {
  return allowsOf(standing).flatMap(({ route, statement }): readonly Part[] => {
    if (statement.actions.negated) return [{ route, statement, item: undefined }];
    return statement.actions.items.map((item) => ({ route, statement, item }));
  });
}

/** Statements that allow, or may. What everybody is allowed is no excess of one user. */
function allowsOf({ routes }: Standing): readonly Pick<Part, "route" | "statement">[] {
  return routes
    .filter(({ onResource }) => onResource !== "for-everybody")
    .flatMap((route) => route.policy.statements.map((statement) => ({ route, statement })))
    .filter(({ statement }) => statement.effect !== "deny");
}

function collect(asking: Asking, part: Part, allowed: readonly Pattern[], into: Collected): void {
  if (isAllowed(part, allowed)) return;
  const ses = grantedActions(asking, part);
  const other = grantedElsewhere(asking, part);
  const worlds = distinct([...ses.worlds, ...other.worlds]);
  // Where the item is in excess for sure, it need not be doubted as well.
  for (const { guard, because } of [...ses.doubts, ...other.doubts]) {
    if (without([guard], worlds)?.length !== 0) addAll(into.because, because);
  }
  if (worlds.length === 0) {
    const because = eachReason(other.doubts.flatMap((doubt) => doubt.because));
    if (because.length > 0 && isWide(part)) into.doubted.push(doubtedItem(asking.standing, part, because));
    return;
  }
  const beyond = other.worlds.length > 0;
  put(asking.standing, part, into, {
    pattern: writtenPattern(part.statement, part.item),
    worlds,
    reach: reachOf(asking, part, ses.all || namesAllOfSes(part), beyond),
    actions: beyond ? undefined : ses.actions,
  });
}

/** `ses:*`, or a NotAction of other services, says every action, also where the resource or a condition leaves fewer. */
function namesAllOfSes({ item, statement }: Part): boolean {
  return item === undefined
    ? statement.actions.items.every((one) => overlaps(actionPattern(one), anySesAction) === "no")
    : covers(actionPattern(item), anySesAction) === "yes";
}

const anySesAction = literalPattern("ses:*");

function reachOf(asking: Asking, part: Part, allOfSes: boolean, beyond: boolean): Reach {
  if (!beyond) return allOfSes ? "all-ses" : "ses";
  return isWide(part) && grantsUnnamedServices(asking, part) ? "everything" : "other-service";
}

/** Is an item about all services? */
function isWide({ item }: Part): boolean {
  return item === undefined || covers(actionPattern(item), allServices) === "yes";
}

function doubtedItem({ user }: Standing, part: Part, because: readonly Because[]): DoubtedItem {
  const pattern = writtenPattern(part.statement, part.item);
  return { pattern, at: actionPlace(part), because, steps: evidenceSteps(user, part) };
}

const allServices = literalPattern("*:*");

/** Services of which an AWS managed policy is known to allow something, and no more. */
function collectServices(asking: Asking, route: Route, into: Collected): void {
  for (const { name: service, statement } of route.aws?.services ?? []) {
    const part: Part = { route, statement, item: statement.actions.items[0] };
    const granted = grantedElsewhere(asking, part);
    addAll(
      into.because,
      granted.doubts.flatMap((doubt) => doubt.because),
    );
    if (granted.worlds.length === 0) continue; // Denied, outside the boundary, or only under a condition.
    const pattern = name(`${service}:…`);
    put(asking.standing, part, into, { pattern, worlds: granted.worlds, reach: "other-service", actions: undefined });
  }
}

function put(
  standing: Standing,
  part: Part,
  { items }: Collected,
  { worlds, ...found }: Pick<ExcessItem, "pattern" | "reach" | "actions"> & { readonly worlds: Worlds },
): void {
  const at = actionPlace(part);
  const key = `${spanKey(at)} ${found.reach} ${found.pattern.text}`;
  const known = items.get(key);
  items.set(key, {
    ...found,
    at,
    guard: whereAny(known === undefined ? worlds : [known.guard, ...worlds]),
    steps: known?.steps ?? evidenceSteps(standing.user, part),
    action: part.item && actionPattern(part.item),
    managedPolicy: part.route.aws?.name,
  });
}
