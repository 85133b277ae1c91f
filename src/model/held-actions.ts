import type { Step } from "../core/finding";
import type { Guard } from "../core/guard";
import { name, say, type Message } from "../core/message";
import type { Model, PolicySource, Resource } from "./model";
import { meaningsOf } from "./name-index";
import { documentOf, type Patterns, type PatternItem, type Policy, type Statement } from "./policy";
import { policyNames } from "./principals";
import { allAtOnce } from "./worlds";

/** An action, as it stands in a policy that a user, a group or a permission set has. */
export interface HeldAction {
  readonly statement: Statement;
  readonly item: PatternItem;
  /** The address of the policy, or of what holds it. */
  readonly subject: string;
  readonly guard: Guard;
  readonly steps: readonly Step[];
}

/** Each once, however many have the policy. Policies of roles, and of nobody, are none of these. */
export function* heldActions(model: Model): Generator<HeldAction> {
  const seen = new Set<Patterns>();
  for (const { policy, owner, how } of heldPolicies(model)) {
    const steps: readonly Step[] = [{ at: owner.at, message: say`${name(owner.address)} ${how}.` }];
    for (const statement of policy.statements) {
      if (seen.has(statement.actions)) continue; // Told already: the policy of another, or another choice of it.
      seen.add(statement.actions);
      for (const item of statement.actions.items) {
        const guard = allAtOnce([owner.guard, statement.guard, item.guard]);
        if (guard !== undefined) yield { statement, item, subject: owner.address, guard, steps };
      }
    }
  }
}

interface HeldPolicy {
  readonly policy: Policy;
  readonly owner: Resource;
  readonly how: Message;
}

function* heldPolicies(model: Model): Generator<HeldPolicy> {
  for (const one of [...model.grants, ...model.permissionSetPolicies]) yield* policiesOf(model, one, one.policy);
}

function policiesOf(model: Model, owner: Resource, source: PolicySource): readonly HeldPolicy[] {
  if (source.kind === "inline") {
    return [{ policy: documentOf(source.document), owner, how: name("holds an inline policy") }];
  }
  return meaningsOf(policyNames(model), source.arn)
    .filter(({ certainty }) => certainty === "yes")
    .map(({ resource }) => {
      return { policy: documentOf(resource.document), owner: resource, how: name("is a policy that others have") };
    });
}
