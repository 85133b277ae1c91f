import type { Because, Step } from "../core/finding";
import { name, say, type Message } from "../core/message";
import { compareSpans, type Span } from "../core/source";
import type { Evidence } from "./evaluate";
import type { User } from "./model";
import type { PatternItem, Statement } from "./policy";

/** user → membership → attachment → statement → action. */
export function evidenceSteps(user: User, evidence: Evidence | undefined): readonly Step[] {
  if (evidence === undefined) return [userStep(user)];
  const { route, statement, item } = evidence;
  const way = route === undefined ? [userStep(user), boundaryStep(user)] : route.steps;
  const place = route?.place;
  return [...way, statementStep(statement, place), actionStep(statement, item, place)];
}

export function userStep(user: User): Step {
  return { at: user.at, message: say`${name(user.address)} is an IAM user.` };
}

/** Where a statement's action is written; of AWS's own policies the attachment's ARN. */
export function placeOf({ route, statement, item }: Evidence): Span {
  return route?.place ?? item?.at ?? statement.actions.at;
}

/** The token as written; of NotAction what it leaves out. */
export function writtenPattern(statement: Statement, item: PatternItem | undefined): Message {
  if (item !== undefined) return say`${item.value}`;
  const { items } = statement.actions;
  const [first] = items;
  if (first === undefined) return name("everything");
  const more = items.length - 1;
  return more === 0 ? say`everything but ${first.value}` : say`everything but ${first.value} and ${more} more`;
}

function boundaryStep(user: User): Step {
  return { at: user.boundary?.at ?? user.at, message: say`${name(user.address)} has a permissions boundary.` };
}

function statementStep(statement: Statement, place: Span | undefined): Step {
  const at = place ?? statement.effectAt;
  switch (statement.effect) {
    case "allow":
      return { at, message: name("The statement allows what it names.") };
    case "deny":
      return { at, message: name("The statement denies what it names.") };
    case "unknown":
      return { at, message: name("Whether the statement allows or denies is not known.") };
  }
}

function actionStep(statement: Statement, item: PatternItem | undefined, place: Span | undefined): Step {
  const at = place ?? item?.at ?? statement.actions.at;
  const verb = name(statement.effect === "deny" ? "denied" : "allowed");
  return { at, message: say`${writtenPattern(statement, item)} is ${verb}.` };
}

/** Each reason once, in the order of the source. */
export function told(because: readonly Because[]): readonly Because[] {
  const found = new Map<string, Because>();
  for (const one of because) {
    const { at, reason } = one;
    found.set(`${at.file} ${at.start} ${at.end} ${reason.kind} ${reason.what}`, one);
  }
  return [...found.values()].sort((a, b) => compareSpans(a.at, b.at));
}
