import type { Step } from "../core/finding";
import { guardKey, type Guard } from "../core/guard";
import { put } from "../core/map";
import { name, say } from "../core/message";
import type { Span } from "../core/source";
import type { Model, User } from "./model";
import { prefixOf } from "./iam/pattern";
import type { ExcessItem } from "./permissions/permissions";
import { actionPattern } from "./iam/item-pattern";
import { standingOf } from "./permissions/standings";
import { apiUses, smtpUsers, type Strength } from "./uses";
import { userStep } from "./principals/principals";

/** A user that sends mail, by SMTP or by the API. */
export interface Sender {
  readonly user: User;
  /** How sure it is that it sends by SMTP. Undefined: by the API alone. */
  readonly smtp: Strength | undefined;
  /** It sends by the API: its secret reaches a setting of AWS, and a statement of its names actions of SES. */
  readonly api: boolean;
  readonly guard: Guard;
  /** Why it is one. Starts at the user. */
  readonly steps: readonly Step[];
}

/** In the order of the source. */
export function senders(model: Model): readonly Sender[] {
  const smtp = new Map(smtpUsers(model, "weak").map((one) => [one.user, one]));
  return model.users.flatMap((user): readonly Sender[] => {
    const bySmtp = smtp.get(user);
    const [use] = apiUses(model, user);
    const api = use !== undefined && namesSes(model, user);
    if (bySmtp !== undefined) {
      const { strength, guard, steps } = bySmtp;
      return [{ user, smtp: strength, api, guard, steps }];
    }
    if (use === undefined || !api) return [];
    const step = {
      at: use.steps.at(-1)?.at ?? user.at,
      message: say`${name(user.address)} is used with the API: ${use.because}.`,
    };
    return [{ user, smtp: undefined, api, guard: use.guard, steps: [userStep(user), step] }];
  });
}

/** Does an Allow of the user name actions of SES? */
function namesSes(model: Model, user: User): boolean {
  return standingOf(model, user).routes.some(
    ({ policy, certainty }) =>
      certainty === "yes" &&
      policy.statements.some(
        ({ effect, actions }) =>
          effect === "allow" && actions.items.some((item) => prefixOf(actionPattern(item)).startsWith("ses:")),
      ),
  );
}

/**
 * Is it what administrators have: everything, or what lets one have it? `*` in a list of other actions is, too: the
 * excess of a statement is one thing.
 */
export function isAdminLike(statement: readonly ExcessItem[]): boolean {
  return statement.some(({ reach, managedPolicy }) => {
    return reach === "everything" || (managedPolicy !== undefined && adminPolicies.has(managedPolicy));
  });
}

/** Policies of AWS's own for administrators, those aside that allow everything by their text. */
const adminPolicies: ReadonlySet<string> = new Set(["IAMFullAccess", "SystemAdministrator"]);

/** What is in excess, which is in the order of the source: a list for each statement. */
export function byStatement(items: readonly ExcessItem[]): readonly (readonly ExcessItem[])[] {
  const statements = new Map<string, ExcessItem[]>();
  for (const item of items) {
    const { file, start } = statementOf(item);
    put(statements, [file, start, guardKey(item.guard)].join("\n"), item);
  }
  return [...statements.values()];
}

/** The last step of an item is its action, the one before the statement; a policy of AWS's own stands at its ARN. */
function statementOf({ steps, at, managedPolicy }: ExcessItem): Span {
  return managedPolicy === undefined ? (steps.at(-2)?.at ?? at) : at;
}
