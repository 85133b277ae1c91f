import type { Because } from "../../core/finding";
import { allAtOnce, always, type Guard } from "../../core/guard";
import { kept } from "../../core/map";
import type { Truth } from "../../core/truth";
import { actionNamed, isService, namespacesOf, type KnownAction } from "./aws";
import { actionPattern } from "./item-pattern";
import { widenField } from "./arn-pattern";
import { isPolicyVariable, literalPattern, unknownsIn, type Pattern } from "./pattern";
import { covers, overlaps } from "./pattern-relations";
import type { PatternItem, Patterns, Statement } from "./policy";
import type { Request } from "./request";
import { everywhere, tooMany, within, without } from "../../core/worlds";

/** What is asked: one action, known or made up of a pattern's characters (`s3:GetObject`). */
export interface Question {
  /** Lower case. */
  readonly action: Pattern;
  readonly request: Request;
  readonly targets: Targets;
}

/**
 * What an action is checked on. With required resource types it needs all of these; without them any target will do.
 */
export interface Targets {
  readonly needed: "all" | "any";
  readonly of: readonly Target[];
}

/** ARNs of a resource type, or `*`: what actions without a resource are checked on. */
export type Target =
  { readonly kind: "arn"; readonly pattern: Pattern } | { readonly kind: "star"; readonly service: string };

/** Whether something holds when `guard` does, and why that is not sure. */
export interface Claim {
  readonly guard: Guard;
  readonly truth: "yes" | "maybe";
  readonly because: readonly Because[];
}

function targetsOf(action: KnownAction): Targets {
  const service = action.lower.slice(0, action.lower.indexOf(":"));
  const required = action.types.filter((type) => type.required);
  const types = required.length > 0 ? required : action.types;
  const key = `${service} ${required.length > 0 ? "all" : "any"} ${types.map((type) => type.name).join(" ")}`;
  return kept(targetsByKey, key, () => {
    const arns = types.map((type) => arnTarget(type.pattern));
    return required.length > 0
      ? { needed: "all", of: arns }
      : { needed: "any", of: [{ kind: "star", service }, ...arns] };
  });
}

/** Targets of an action whose service is not listed action by action. */
export function targetsOfService(service: string): Targets {
  const known = targetsByKey.get(service);
  if (known !== undefined) return known;
  const targets: Targets = { needed: "any", of: [{ kind: "star", service }, ...namespacesOf(service).map(arnsOf)] };
  if (isService(service)) targetsByKey.set(service, targets);
  return targets;
}

function arnsOf(namespace: string): Target {
  return { kind: "arn", pattern: literalPattern(`arn:*:${namespace}:*:*:*`) };
}

/** Kept for the services and actions that exist: their number has an end. One target is one object. */
const targetsByKey = new Map<string, Targets>();
const arnTargets = new Map<Pattern, Target>();

function arnTarget(pattern: Pattern): Target {
  return kept(arnTargets, pattern, () => ({ kind: "arn", pattern }));
}

/** The question that a name of an action is. */
export function questionOf(name: string): Question {
  const lower = name.toLowerCase();
  const known = questions.get(lower);
  if (known !== undefined) return known;
  const action = actionNamed(lower);
  const service = lower.slice(0, Math.max(0, lower.indexOf(":")));
  const question: Question = {
    action: action?.pattern ?? literalPattern(lower),
    request: { by: lower === "ses:sendrawemail" ? "smtp" : "api", action },
    targets: action === undefined ? targetsOfService(service) : targetsOf(action),
  };
  // Only known actions are kept: their number has an end.
  if (action !== undefined) questions.set(lower, question);
  return question;
}

const questions = new Map<string, Question>();

/** The question about a named action on resources of one ARN pattern: `arn:*:iam::*:user/ses-smtp-user.*`. */
export function questionOn(name: string, arn: string): Question {
  const ofArn = kept(questionsOnResources, arn, () => new Map<string, Question>());
  return kept(ofArn, name, () => {
    return { ...questionOf(name), targets: { needed: "all", of: [arnTarget(literalPattern(arn))] } };
  });
}

/** Kept for the few that rules ask. */
const questionsOnResources = new Map<string, Map<string, Question>>();

/** Can a resource pattern match what the target is checked on? */
export function reaches(pattern: Pattern, target: Target): Truth {
  return target.kind === "arn" ? overlaps(pattern, target.pattern) : reachesStar(pattern, target.service);
}

/**
 * Actions without a resource are granted on `*`. IAM's are granted on all of IAM's ARNs too; on all users (`user/*`),
 * say, it depends on the action (ListUsers is checked on a path of users). Narrower patterns do not grant.
 */
function reachesStar(pattern: Pattern, service: string): Truth {
  if (overlaps(pattern, star) === "yes") return "yes";
  const anyAccount = widenField(widenField(pattern, 3), 4);
  const all = covers(anyAccount, literalPattern(`arn:*:${service}:*:*:*`));
  if (all === "yes") return service === "iam" ? "yes" : "maybe";
  if (all === "maybe") return "maybe";
  const ofType = literalPattern(`arn:*:iam:*:*:user/#`);
  // What stands for a policy variable has no wildcards: `user/${aws:username}` is one user.
  const isNamed = pattern.some((token) => typeof token !== "number" && isPolicyVariable(token));
  return service === "iam" && !isNamed && covers(anyAccount, ofType) !== "no" ? "maybe" : "no";
}

/** The text `*` itself. */
export const star: Pattern = ["*".charCodeAt(0)];

/** Claims at once; undefined where their guards exclude each other. */
export function joinClaims(claims: readonly Claim[]): Claim | undefined {
  const guard = allAtOnce(claims.map((claim) => claim.guard));
  if (guard === undefined) return undefined;
  const because = claims.flatMap((claim) => claim.because);
  return { guard, truth: claims.every((claim) => claim.truth === "yes") ? "yes" : "maybe", because };
}

/** Does the statement say what it says, its action, resource and condition aside? */
export function statementClaim(statement: Statement): Claim {
  const because = statement.rest.map((rest) => rest.because);
  return { guard: statement.guard, truth: because.length === 0 ? "yes" : "maybe", because };
}

interface Match extends Claim {
  /** The item that matches; undefined for NotAction. */
  readonly item: PatternItem | undefined;
}

/** When a statement is about an action. `only`: by this item alone. */
export function actionMatches(actions: Patterns, action: Pattern, only?: PatternItem): readonly Match[] {
  return actions.negated ? exceptions(actions, action) : listed(actions, action, only);
}

function listed(actions: Patterns, action: Pattern, only: PatternItem | undefined): readonly Match[] {
  const found: Match[] = [];
  for (const item of only === undefined ? actions.items : [only]) {
    const pattern = actionPattern(item);
    const answer = overlaps(pattern, action);
    if (answer === "no") continue; // It is about other actions.
    found.push({ item, guard: item.guard, truth: answer, because: unknownsIn(pattern) });
  }
  if (only !== undefined) return found;
  return [...found, ...actions.rest.map(({ guard, because }) => maybe(guard, [because]))];
}

/** `NotAction` is about every action that none of its items matches. */
function exceptions(actions: Patterns, action: Pattern): readonly Match[] {
  const excepted: Guard[] = [];
  const doubts: { readonly guard: Guard; readonly because: readonly Because[] }[] = [];
  for (const item of actions.items) {
    const pattern = actionPattern(item);
    const answer = overlaps(pattern, action);
    if (answer === "yes") excepted.push(item.guard);
    if (answer === "maybe") doubts.push({ guard: item.guard, because: unknownsIn(pattern) });
  }
  for (const { guard, because } of actions.rest) doubts.push({ guard, because: [because] });
  const open = without(everywhere, excepted);
  if (open === undefined) return [maybe(always, [tooMany(actions.at)])];
  const sure = without(
    open,
    doubts.map((doubt) => doubt.guard),
  );
  if (sure === undefined) return [maybe(always, [tooMany(actions.at)])];
  return [
    ...sure.map((guard): Match => ({ item: undefined, guard, truth: "yes", because: [] })),
    ...doubts.flatMap(({ guard, because }) => within(open, guard).map((under) => maybe(under, because))),
  ];
}

function maybe(guard: Guard, because: readonly Because[]): Match {
  return { item: undefined, guard, truth: "maybe", because };
}
