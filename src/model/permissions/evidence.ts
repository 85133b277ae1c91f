import type { Because, Step } from "../../core/finding";
import { label, list, name, say, type Message } from "../../core/message";
import { compareSpans, spanKey, type Span } from "../../core/source";
import type { User } from "../model";
import { literalPattern } from "../iam/pattern";
import { overlaps } from "../iam/pattern-relations";
import type { Condition, PatternItem, Patterns, Statement } from "../iam/policy";
import { userStep } from "../principals/principals";
import { resourcePattern } from "../iam/item-pattern";
import type { Route } from "./standing";

/** A statement, as it reaches the user. `item`: the item of Action that is meant; undefined for NotAction. */
export interface Evidence {
  readonly route: Route | undefined;
  readonly statement: Statement;
  readonly item: PatternItem | undefined;
}

/** One Allow, or one item of its actions: asked alone, it tells what this item grants. */
export interface Part {
  readonly route: Route;
  readonly statement: Statement;
  readonly item: PatternItem | undefined;
}

/** user → membership → attachment → statement → action. */
export function evidenceSteps(user: User, evidence: Evidence | undefined): readonly Step[] {
  if (evidence === undefined) return [userStep(user)];
  const { route, statement, item } = evidence;
  const way = route === undefined ? [userStep(user), boundaryStep(user)] : route.steps;
  if (route?.aws !== undefined) return [...way, managedStep(route.aws.name, statement, item)];
  if (!namesResources(statement)) return [...way, noResourceStep(statement)];
  const ofPrincipal = statement.conditions.filter(({ has }) => has !== undefined).map(conditionStep);
  return [...way, statementStep(statement), actionStep(statement, item), ...ofPrincipal];
}

/** For whom it is, or on which requests: what it asks for is written there. */
export function conditionStep({ at, key }: Condition): Step {
  return { at, message: say`The statement has a condition on ${label(key)}.` };
}

/** `Resource: "ses:SendRawEmail"` is neither `*` nor an ARN: the statement is about nothing, and grants nothing. */
export function namesResources({ resources }: Statement): boolean {
  if (resources.negated || resources.rest.length > 0) return true;
  return resources.items.some((item) => overlaps(resourcePattern(item), anyArn) !== "no");
}

const anyArn = literalPattern("arn:*");

function noResourceStep({ resources }: Statement): Step {
  const at = resources.items[0]?.at ?? resources.at;
  return { at, message: say`${writtenPatterns(resources)} is no resource: the statement grants nothing.` };
}

/** Where a statement's action is written; of AWS's own policies the attachment's ARN. */
export function actionPlace({ statement, item }: Pick<Evidence, "statement" | "item">): Span {
  return item?.at ?? statement.actions.at;
}

/** The item as written; of NotAction what it leaves out. */
export function writtenPattern(statement: Statement, item: PatternItem | undefined): Message {
  return item === undefined ? writtenPatterns(statement.actions) : say`${item.value}`;
}

function writtenPatterns({ negated, items }: Patterns): Message {
  const [first] = items;
  if (first === undefined) return name(negated ? "everything" : "nothing that is known");
  const but = name(negated ? "everything but " : "");
  if (items.length <= patternsWritten) return say`${but}${list(items.map((item) => say`${item.value}`))}`;
  return say`${but}${first.value} and ${items.length - 1} more`;
}

/** A step or a message is one sentence. */
const patternsWritten = 3;

function boundaryStep(user: User): Step {
  return { at: user.boundary?.at ?? user.at, message: say`${name(user.address)} has a permissions boundary.` };
}

export function outsideBoundaryStep(user: User, at: Span, action: string): Step {
  return { at, message: say`The permissions boundary of ${name(user.address)} does not allow ${name(action)}.` };
}

function managedStep(policy: string, statement: Statement, item: PatternItem | undefined): Step {
  const verb = name(statement.effect === "deny" ? "denies" : "allows");
  return {
    at: actionPlace({ statement, item }),
    message: say`${name(policy)} ${verb} ${writtenPattern(statement, item)}.`,
  };
}

function statementStep(statement: Statement): Step {
  const at = statement.effectAt;
  const resources = writtenPatterns(statement.resources);
  switch (statement.effect) {
    case "allow":
      return { at, message: say`The statement allows actions on ${resources}.` };
    case "deny":
      return { at, message: say`The statement denies actions on ${resources}.` };
    case "unknown":
      return { at, message: say`Whether the statement allows or denies actions on ${resources} is not known.` };
  }
}

function actionStep(statement: Statement, item: PatternItem | undefined): Step {
  const at = actionPlace({ statement, item });
  const pattern = writtenPattern(statement, item);
  if (item?.value.kind === "unknown") return { at, message: say`Its actions are ${pattern}.` };
  const verb = name(statement.effect === "deny" ? "denied" : "allowed");
  return { at, message: say`${pattern} is ${verb}.` };
}

/** What several Denies do together is reported with their number. */
export function byAll({ length }: readonly Span[]): Message {
  return length > 1 ? say` by ${length} statements together` : name("");
}

/** Each of them is needed to deny it. */
export function oneOfDenies({ length }: readonly Span[]): Message {
  return name(length > 1 ? "one of the Denies" : "the Deny");
}

/** Each reason once, in the order of the source. */
export function eachReason(because: readonly Because[]): readonly Because[] {
  const found = new Map<string, Because>();
  for (const one of because) {
    const { at, reason } = one;
    found.set(`${spanKey(at)} ${reason.kind} ${reason.what}`, one);
  }
  return [...found.values()].sort((a, b) => compareSpans(a.at, b.at));
}
