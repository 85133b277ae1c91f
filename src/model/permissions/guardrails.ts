import { guardKey } from "../../core/guard";
import { kept } from "../../core/map";
import type { Model } from "../model";
import { perModel } from "../per-model";
import type { Policy, Rest, Statement } from "../iam/policy";
import type { Standing } from "./standing";

/**
 * What limits a user's policies (boundaries, statements that deny), as a text: the same for users of whom every item says
 * the same. Undefined where that hangs on the user itself.
 */
export function guardrailsOf(model: Model, { user, routes, boundaries }: Standing): string | undefined {
  const ids = idsOf(model);
  const idOf = ({ statements, rest }: Policy) =>
    [...statements, ...rest].map((one) => kept(ids, one, () => ids.size)).join("+");
  const parts = [guardKey(user.guard)];
  for (const boundary of boundaries) {
    if (boundary.kind === "unknown" || (boundary.kind === "policy" && boundary.aws !== undefined)) return undefined;
    parts.push(`within ${boundary.kind === "policy" ? idOf(boundary.policy) : ""} ${guardKey(boundary.guard)}`);
  }
  for (const { policy, guard, certainty } of routes) {
    if (policy.statements.every(({ effect }) => effect === "allow")) continue; // It limits nothing.
    if (certainty === "maybe") return undefined;
    parts.push(`without ${idOf(policy)} ${guardKey(guard)}`);
  }
  return parts.join();
}

const idsOf = perModel(() => new Map<Statement | Rest, number>());
