import { joinSteps, type Because, type Step } from "../../core/finding";
import { allAtOnce, always, type Guard } from "../../core/guard";
import { kept } from "../../core/map";
import { cellsOf, takersOf } from "../iam/cells";
import { judge } from "../iam/condition";
import { evaluate } from "./outcome";
import { conditionStep, evidenceSteps, eachReason } from "./evidence";
import type { Model, User } from "../model";
import { perModel } from "../per-model";
import { mayDo, type Answer } from "./permissions";
import type { Condition, Policy, Statement } from "../iam/policy";
import { actionMatches, questionOf } from "../iam/question";
import type { Boundary, Route, Standing } from "./standing";
import { standingOf } from "./standings";
import { without } from "../../core/worlds";

/** A condition that keeps an SMTP user from sending: without it, the user could. */
export interface BlockingCondition {
  readonly condition: Condition;
  readonly effect: "allow" | "deny";
  /** Proven when this holds, which includes the user's own guard. Undefined: something is unknown. */
  readonly guard: Guard | undefined;
  /** What is unknown. Empty where it is proven. */
  readonly because: readonly Because[];
  /** From the user to the condition. */
  readonly steps: readonly Step[];
}

/**
 * The conditions for which a user may not send, or for which it cannot be told. None where it may, and where it could
 * not without them either.
 */
export function blockingConditions(model: Model, user: User): readonly BlockingCondition[] {
  return kept(blockingOf(model), user, () => findBlocking(model, user));
}

/** Two rules ask the same of each user. */
const blockingOf = perModel(() => new Map<User, readonly BlockingCondition[]>());

const action = "ses:SendRawEmail";

function findBlocking(model: Model, user: User): readonly BlockingCondition[] {
  const standing = { ...standingOf(model, user), unknowns: [] };
  const placed = placedStatements(standing).filter(({ statement }) => isAboutSending(statement));
  if (placed.every(({ statement }) => statement.conditions.length === 0)) return [];
  const answer = mayDo(model, user, action);
  const question = questionOf(action);
  if (answer.answer === "yes" || without([user.guard], evaluate(standing, question).granted)?.length === 0) return [];
  if (evaluate(withoutConditions(standing), question).granted.length === 0) return [];
  return placed.flatMap((one) => blockingIn(user, one, answer));
}

interface Placed {
  readonly statement: Statement;
  /** Undefined: it stands in the permissions boundary. */
  readonly route: Route | undefined;
}

function placedStatements({ routes, boundaries }: Standing): readonly Placed[] {
  return [
    ...routes.flatMap((route) => route.policy.statements.map((statement) => ({ statement, route }))),
    ...boundaries.flatMap((one) =>
      one.kind === "policy" ? one.policy.statements.map((statement) => ({ statement, route: undefined })) : [],
    ),
  ];
}

function isAboutSending(statement: Statement): boolean {
  const free = { ...statement, conditions: [] };
  const question = questionOf(action);
  return cellsOf(free, question).length > 0 || takersOf(free, question).length > 0;
}

/** As if no Allow had a condition, and no Deny that has one were there. */
function withoutConditions(standing: Standing): Standing {
  const routes = standing.routes.map((route) => ({ ...route, policy: freed(route.policy) }));
  const boundaries = standing.boundaries.map((one): Boundary => {
    return one.kind === "policy" ? { ...one, policy: freed(one.policy) } : one;
  });
  return { ...standing, routes, boundaries };
}

function freed(policy: Policy): Policy {
  const statements = policy.statements
    .filter(({ effect, conditions }) => effect !== "deny" || conditions.length === 0)
    .map((statement) => ({ ...statement, conditions: [] }));
  return { ...policy, statements };
}

function blockingIn(user: User, { statement, route }: Placed, answer: Answer): readonly BlockingCondition[] {
  const { effect, conditions } = statement;
  if (effect === "unknown") return [];
  const question = questionOf(action);
  const item = actionMatches(statement.actions, question.action)[0]?.item;
  return conditions.flatMap((condition): readonly BlockingCondition[] => {
    // Where it is not there, something else decides.
    const guard = allAtOnce([
      answer.answer === "no" ? answer.guard : always,
      statement.guard,
      condition.guard,
      ...(route === undefined ? [] : [route.guard]),
    ]);
    if (guard === undefined) return [];
    const { verdict, because } = judge([condition], question.request, effect, guard);
    const steps = joinSteps(evidenceSteps(user, { route, statement, item }), [conditionStep(condition)]);
    const found = { condition, effect, steps };
    const decides =
      condition.has === undefined && // Whom a policy is for is no defect of its condition.
      (effect === "allow" ? verdict === "never" : verdict === "always" && isDenied(statement, answer));
    if (decides && answer.answer === "no") return [{ ...found, guard, because: [] }];
    if (answer.answer === "maybe" && (decides || (effect === "allow" && verdict === "unknown"))) {
      return [{ ...found, guard: undefined, because: decides ? answer.because : eachReason(because) }];
    }
    return [];
  });
}

/** Is it the Deny for which the user may not send? */
function isDenied({ actions }: Statement, answer: Answer): boolean {
  if (answer.answer !== "no") return true;
  const { denied } = answer;
  return denied.some((at) => at === actions.at || actions.items.some((item) => item.at === at));
}
