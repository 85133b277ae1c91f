import { limits } from "../../core/limits";
import { kept } from "../../core/map";
import { lengthOf } from "../../core/text";
import { guardrailsOf } from "./guardrails";
import type { Model } from "../model";
import type { PatternItem, Statement } from "../iam/policy";
import type { Standing } from "./standing";

/**
 * What it takes to answer the questions about users, one after the other, as a number of comparisons of short patterns:
 * more than it will be, so that what is below the limit ends in time. What users share is counted once.
 */
export function effortIn(model: Model): { tooMuchFor(standing: Standing): boolean } {
  const counted = new Map<string, Set<Statement>>();
  let effort = 0;
  return {
    tooMuchFor(standing) {
      const known = kept(counted, guardrailsOf(model, standing) ?? standing.user.address, () => new Set());
      const more = effortOf(standing, known);
      // A user that is too much leaves room for those after it.
      if (effort + more > limits.effort) return true;
      effort += more;
      for (const { policy, certainty } of standing.routes) {
        if (certainty === "maybe") continue; // What users have for certain is worked out once for all of them.
        for (const statement of policy.statements) known.add(statement);
      }
      return false;
    },
  };
}

function effortOf({ routes, boundaries }: Standing, known: ReadonlySet<Statement>): number {
  const statements = routes.flatMap((route) => route.policy.statements);
  const limiting = [
    ...statements.filter(({ effect }) => effect !== "allow"),
    ...boundaries.flatMap((boundary) => (boundary.kind === "policy" ? boundary.policy.statements : [])),
  ];
  const denied = sizeOf(limiting.flatMap((statement) => statement.resources.items));
  const failed = limiting.reduce((sum, statement) => sum + placesOf(statement), 0);
  const choices = limiting.filter(({ conditions }) => conditions.length > 1).length;
  let effort = 0;
  for (const statement of [...limiting, ...statements]) {
    if (known.has(statement)) continue;
    const { count, weight } = sizeOf(statement.actions.items);
    effort += (count * weight ** 2 + conditionsOf(statement)) * matchesAsked;
    if (statement.effect === "deny") continue;
    const allowed = sizeOf(statement.resources.items);
    const comparisons = Math.min(allowed.count * denied.count, limits.comparisons);
    const steps = Math.min((placesOf(statement) + failed) * (1 + choices) ** 2, limits.conditionSteps);
    effort += (comparisons * allowed.weight * denied.weight + targetsTold + steps * stepWeight) * outcomesTold;
  }
  return effort;
}

function conditionsOf({ conditions }: Statement): number {
  return conditions.reduce((sum, { values }) => sum + 1 + values.length, 0);
}

/** In the patterns of conditions: a text is in several at once where there are several wildcards. */
function placesOf({ conditions }: Statement): number {
  return conditions.reduce((sum, { values }) => sum + values.reduce((all, one) => all + wildcardsOf(one) ** 2, 1), 0);
}

function wildcardsOf({ value }: PatternItem): number {
  if (value.kind !== "text") return 1;
  return value.pieces.reduce((sum, piece) => sum + (piece.kind === "known" ? piece.text.split("*").length - 1 : 1), 1);
}

interface Size {
  readonly count: number;
  /** Of one of them, on the average: a long pattern takes longer to compare. */
  readonly weight: number;
}

function sizeOf(items: readonly PatternItem[]): Size {
  const weight = items.reduce((sum, { value }) => {
    const length = value.kind === "text" ? lengthOf(value.pieces) : 0;
    return sum + Math.max(1, Math.min(length, limits.patternLength) / shortPattern);
  }, 0);
  return { count: items.length, weight: items.length === 0 ? 1 : weight / items.length };
}

const shortPattern = 100;

/** The actions of SES and IAM, and one or two of some other services; most names differ early. */
const matchesAsked = 100;

/** Resources of the service that each is asked on, and what it takes to do so. */
const targetsTold = 30;

/** For questions on different resources and with different condition keys, the same is worked out again. */
const outcomesTold = 25;

/** To look at one place in a pattern, beside comparing two short ones. */
const stepWeight = 0.2;
