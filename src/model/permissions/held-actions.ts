import type { Step } from "../../core/finding";
import { allAtOnce, type Guard } from "../../core/guard";
import { name, say, type Message } from "../../core/message";
import { refOf } from "../../core/text";
import type { Grant, Model, PolicySource, Resource } from "../model";
import { meaningsOf } from "../principals/name-index";
import type { PatternItem, Patterns, Policy, Statement } from "../iam/policy";
import { documentOf } from "../iam/read-policy";
import { policyNames, userNames } from "../principals/principals";

/** An action, as it stands in a policy that a user, a group or a permission set has. */
export interface HeldAction {
  readonly statement: Statement;
  readonly item: PatternItem;
  /** The address of the managed policy, or of the user, group or permission set that has the policy inline. */
  readonly subject: string;
  readonly guard: Guard;
  readonly steps: readonly Step[];
}

/** Each once, however many have the policy. Policies of roles, and of nobody, are none of these. */
export function* heldActions(model: Model): Generator<HeldAction> {
  const seen = new Set<Patterns>();
  for (const { policy, owner, how, subject } of heldPolicies(model)) {
    const steps: readonly Step[] = [{ at: owner.at, message: say`${name(owner.address)} ${how}.` }];
    for (const statement of policy.statements) {
      if (seen.has(statement.actions)) continue; // Told already: the policy of another, or another choice of it.
      seen.add(statement.actions);
      for (const item of statement.actions.items) {
        const guard = allAtOnce([owner.guard, statement.guard, item.guard]);
        if (guard !== undefined) yield { statement, item, subject, guard, steps };
      }
    }
  }
}

interface HeldPolicy {
  readonly policy: Policy;
  readonly owner: Resource;
  readonly how: Message;
  readonly subject: string;
}

function* heldPolicies(model: Model): Generator<HeldPolicy> {
  for (const grant of model.grants) yield* policiesOf(model, grant, grant.policy, holderOf(model, grant));
  for (const one of model.permissionSetPolicies) {
    yield* policiesOf(model, one, one.policy, refOf(one.set)?.address ?? one.address);
  }
}

/** Who has an inline policy: the grant itself where that is not sure. */
function holderOf(model: Model, { to, holder, address }: Grant): string {
  const known = refOf(holder)?.address;
  if (known !== undefined || to === "group") return known ?? address;
  return meaningsOf(userNames(model), holder).find(({ certainty }) => certainty === "yes")?.resource.address ?? address;
}

function policiesOf(model: Model, owner: Resource, source: PolicySource, holder: string): readonly HeldPolicy[] {
  if (source.kind === "inline") {
    const how = name("holds an inline policy");
    return [{ policy: documentOf(source.document), owner, how, subject: holder }];
  }
  return meaningsOf(policyNames(model), source.arn)
    .filter(({ certainty }) => certainty === "yes")
    .map(({ resource }) => {
      const how = name("is a policy that others have");
      return { policy: documentOf(resource.document), owner: resource, how, subject: resource.address };
    });
}
