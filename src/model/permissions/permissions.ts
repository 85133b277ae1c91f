import { joinSteps, type Because, type Step } from "../../core/finding";
import { always, askedText, hangsOnNumber, isOfNone, whereAny, type Guard } from "../../core/guard";
import type { Span } from "../../core/source";
import { cellsOf } from "../iam/cells";
import { evaluate, type Outcome } from "./outcome";
import { actionPlace, evidenceSteps, outsideBoundaryStep, eachReason, type Evidence } from "./evidence";
import type { Model, User } from "../model";
import type { Pattern } from "../iam/pattern";
import { userStep } from "../principals/principals";
import { actionMatches, questionOf, questionOn, type Question, type Targets } from "../iam/question";
import type { Standing } from "./standing";
import { isDeployed } from "./refusals";
import { standingOf } from "./standings";
import { without, type Worlds } from "../../core/worlds";

export { allowedPatterns, excess, type DoubtedItem, type Excess, type ExcessItem } from "./excess";

/** Whether a user may do something on any request, in the three ways that the input can answer. */
export type Answer =
  /** It may wherever the user exists. `steps` ends at the action in the statement that allows it. */
  | { readonly answer: "yes"; readonly steps: readonly Step[] }
  /** It may not, proven in a closed world, when `guard` holds (which includes the user's own guard). */
  | {
      readonly answer: "no";
      readonly guard: Guard;
      /** What comes nearest: the Deny, or the grants that do not allow it. Starts at the user. */
      readonly steps: readonly Step[];
      /** The Denies that together take it away, where they do. */
      readonly denied: readonly Span[];
      /** The permissions boundary that leaves it out, where the policies alone would allow it. */
      readonly bounded: Span | undefined;
    }
  | {
      readonly answer: "maybe";
      /** What is unknown. Never empty. */
      readonly because: readonly Because[];
      readonly steps: readonly Step[];
    };

/**
 * May the user do this, on any request? `ses:SendRawEmail` is asked as SMTP asks it; others as the API or the console.
 * The action's case does not matter. `on`: on resources of this ARN pattern.
 */
export function mayDo(model: Model, user: User, action: string, on?: string): Answer {
  return answerTo(model, user, on === undefined ? questionOf(action) : questionOn(action, on), action);
}

/** As `mayDo`, on resources of an ARN pattern that the input has. */
export function mayDoOn(model: Model, user: User, action: string, on: Pattern): Answer {
  const targets: Targets = { needed: "all", of: [{ kind: "arn", pattern: on }] };
  return answerTo(model, user, { ...questionOf(action), targets }, action);
}

function answerTo(model: Model, user: User, question: Question, action: string): Answer {
  const standing = standingOf(model, user);
  const outcome = evaluate(standing, question);
  const refused = refusalsOf(model, user, outcome);
  if (refused.proven.length > 0) {
    const open = [...standing.open, ...attachable(standing, question)];
    if (open.length > 0)
      return {
        answer: "maybe",
        because: eachReason([...open, ...reasons(outcome)]),
        steps: near(standing, outcome, question),
      };
    const denied = outcome.denials.map(actionPlace);
    const bounded = denied.length === 0 ? boundaryThatLeavesOut(standing, question) : undefined;
    const steps = [
      ...near(standing, outcome, question),
      ...(bounded === undefined ? [] : [outsideBoundaryStep(user, bounded, action)]),
    ];
    return { answer: "no", guard: whereAny(refused.proven), steps, denied, bounded };
  }
  const rest = without([user.guard], outcome.granted)?.filter((guard) => isDeployed(model, guard));
  if (rest?.length === 0) return { answer: "yes", steps: evidenceSteps(user, outcome.grant) };
  const because = [...reasons(outcome), ...refused.open.map((guard) => numberUnknown(user, guard))];
  return { answer: "maybe", because: eachReason(because), steps: near(standing, outcome, question) };
}

interface Refusals {
  readonly proven: Worlds;
  readonly open: Worlds;
}

/**
 * Where it is refused in a closed world. That there are none of things whose number is not known, policies to attach
 * maybe, is not proven: a list without a value is unknown, and no choice between some and none. A user that is one of
 * many is often given its policy by another list of as many.
 */
function refusalsOf(model: Model, { guard: own }: User, outcome: Outcome): Refusals {
  const refused = (outcome.refused ?? []).filter((guard) => isDeployed(model, guard));
  const isNumberChosen = outcome.doubts.length === 0 && !hangsOnNumber(own);
  if (isNumberChosen || isOfNone(own)) return { proven: refused, open: [] };
  return { proven: refused.filter((guard) => !isOfNone(guard)), open: refused.filter(isOfNone) };
}

function numberUnknown(user: User, guard: Guard): Because {
  return { reason: { kind: "unsupported", what: `the outcome of ${askedText(guard)}` }, at: user.at };
}

function boundaryThatLeavesOut(standing: Standing, question: Question): Span | undefined {
  if (standing.user.boundary === undefined) return undefined;
  const { granted } = evaluate({ ...standing, boundaries: [{ kind: "none", guard: always }] }, question);
  return granted.length === 0 ? undefined : standing.user.boundary.at;
}

/** Where what is known of the user's policies allows it; policies that are not known neither add nor take away. */
export interface Granted {
  /** Includes the user's own guard. */
  readonly guard: Guard;
  readonly steps: readonly Step[];
}

/** Is it allowed for certain, as far as policies are known? A rule asks so whether a user is in its scope. */
export function grantedAsKnown(model: Model, user: User, action: string): Granted | undefined {
  return knownOn(model, user, questionOf(action)).granted;
}

/** As `grantedAsKnown`, on resources of an ARN pattern; with what is unknown of statements that may allow it there. */
export function grantedOn(model: Model, user: User, action: string, on: string): GrantedOrNot {
  return knownOn(model, user, questionOn(action, on));
}

interface GrantedOrNot {
  readonly granted: Granted | undefined;
  readonly because: readonly Because[];
}

function knownOn(model: Model, user: User, question: Question): GrantedOrNot {
  const outcome = evaluate({ ...standingOf(model, user), unknowns: [] }, question);
  const { granted, grant } = outcome;
  const because = eachReason(reasons(outcome));
  if (granted.length === 0) return { granted: undefined, because };
  return { granted: { guard: whereAny(granted), steps: evidenceSteps(user, grant) }, because };
}

/** Policies of the unit that would allow it, in the hands of a module that is not in the input. */
function attachable(standing: Standing, question: Question): readonly Because[] {
  return standing.handedPolicies
    .filter(({ policy }) => policy.statements.some((statement) => cellsOf(statement, question).length > 0))
    .map(({ because }) => because);
}

function reasons(outcome: Outcome): readonly Because[] {
  return outcome.doubts.flatMap((doubt) => doubt.because);
}

/**
 * The evidence that comes nearest to an answer: the Denies, a statement about the action, any policy. Of a grant that is
 * there in other worlds only, the way to it.
 */
function near(standing: Standing, outcome: Outcome, question: Question): readonly Step[] {
  const { user } = standing;
  if (outcome.denials.length > 0) {
    return outcome.denials.map((denial) => evidenceSteps(user, denial)).reduce(joinSteps);
  }
  if (outcome.grant?.route !== undefined) return outcome.grant.route.steps;
  const evidence = aboutAction(standing, question);
  if (evidence !== undefined) return evidenceSteps(user, evidence);
  return standing.routes[0]?.steps ?? [userStep(user)];
}

/** A statement that allows the action, but on other resources or under a condition that never holds. */
function aboutAction(standing: Standing, { action }: Question): Evidence | undefined {
  for (const route of standing.routes) {
    for (const statement of route.policy.statements) {
      const match = actionMatches(statement.actions, action)[0];
      if (match !== undefined) return { route, statement, item: match.item };
    }
  }
  return undefined;
}
