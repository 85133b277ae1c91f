import type { Because, Step } from "../core/finding";
import type { Guard } from "../core/guard";
import type { Message } from "../core/message";
import type { Span } from "../core/source";
import type { Model, User } from "./model";

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
      /** The Deny that takes it away, where one does. */
      readonly denied: Span | undefined;
    }
  | {
      readonly answer: "maybe";
      /** What is unknown. Never empty. */
      readonly because: readonly Because[];
      readonly steps: readonly Step[];
    };

/** What a user may do beyond what it should. */
export interface Excess {
  /** One a token (an action in a list), in the order of the source. */
  readonly items: readonly ExcessItem[];
  /** What is unknown and could hold more. */
  readonly because: readonly Because[];
}

export interface ExcessItem {
  /** The pattern as written: `ses:*`, `everything but iam:*` for a NotAction. */
  readonly pattern: Message;
  /** The token; of an AWS managed policy the attachment's ARN. */
  readonly at: Span;
  /** The excess is there when this holds; includes the user's own guard. */
  readonly guard: Guard;
  readonly reach: Reach;
  /** The actions of SES that are in excess, if these are all and few: lower case, sorted. Undefined beyond SES. */
  readonly actions: readonly string[] | undefined;
  /** user → membership → attachment → statement → action. */
  readonly steps: readonly Step[];
  /** The name of the AWS managed policy that it stands in. */
  readonly managedPolicy: string | undefined;
  /** From an Allow with NotAction. */
  readonly notAction: boolean;
}

export type Reach =
  | "everything" // all of SES and beyond: `*`, NotAction over more than SES, an administrator's policy
  | "other-service" // something outside SES
  | "all-ses" // every action of SES, nothing else
  | "ses"; // some actions of SES

/**
 * May the user do this, on any request? `ses:SendRawEmail` is asked as SMTP asks it; others as the API or the console.
 * The action's case does not matter.
 */
export function mayDo(_model: Model, user: User, action: string): Answer {
  return { answer: "maybe", because: [{ reason: { kind: "unsupported", what: action }, at: user.at }], steps: [] };
}

/** What is granted besides `allowed` (exact action names, any case), for certain, on a request that can happen. */
export function excess(_model: Model, _user: User, _allowed: readonly string[]): Excess {
  return { items: [], because: [] };
}

/** The action patterns that the user is allowed, as written, each once, in the order of the source. */
export function allowedPatterns(_model: Model, _user: User): readonly Message[] {
  return [];
}
