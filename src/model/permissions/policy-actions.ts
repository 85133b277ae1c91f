import type { Step } from "../../core/finding";
import { allAtOnce, type Guard } from "../../core/guard";
import { name, say, type Message } from "../../core/message";
import { refOf } from "../../core/text";
import type { ControlPolicy, Grant, ManagedPolicy, Model, PolicySource, Resource, RolePolicy } from "../model";
import { meaningsOf } from "../principals/name-index";
import type { PatternItem, Patterns, Policy, Statement } from "../iam/policy";
import { documentOf, resourceDocumentOf } from "../iam/read-policy";
import { userNames } from "../principals/principals";

/** An action, as it stands in a policy. */
export interface PolicyAction {
  readonly statement: Statement;
  readonly item: PatternItem;
  /** The address of the policy, or of the user, group, role or permission set that has it inline. */
  readonly subject: string;
  readonly guard: Guard;
  readonly steps: readonly Step[];
}

/** In all policies that are written, whoever has them: each once, however many that are. */
export function* actionsInPolicies(model: Model): Generator<PolicyAction> {
  const seen = new Set<Patterns>();
  for (const { policy, owner, how, subject } of writtenPolicies(model)) {
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

interface WrittenPolicy {
  readonly policy: Policy;
  readonly owner: Resource;
  readonly how: Message;
  readonly subject: string;
}

function* writtenPolicies(model: Model): Generator<WrittenPolicy> {
  for (const grant of model.grants) yield* inlinePolicy(grant, grant.policy, holderOf(model, grant));
  for (const one of model.permissionSetPolicies) {
    yield* inlinePolicy(one, one.policy, refOf(one.set)?.address ?? one.address);
  }
  for (const one of model.rolePolicies) yield withDocument(one, holdsInline);
  for (const one of model.policies) yield withDocument(one, name("is a managed policy"));
  for (const one of model.controlPolicies) yield withDocument(one, name("is a service control policy"));
  for (const owner of model.identityPolicies) {
    const how = name("is a policy on an identity");
    yield { policy: resourceDocumentOf(owner.document), owner, how, subject: owner.address };
  }
}

function withDocument(owner: RolePolicy | ManagedPolicy | ControlPolicy, how: Message): WrittenPolicy {
  return { policy: documentOf(owner.document), owner, how, subject: owner.address };
}

const holdsInline = name("holds an inline policy");

function* inlinePolicy(owner: Resource, source: PolicySource, subject: string): Generator<WrittenPolicy> {
  if (source.kind === "inline") yield { policy: documentOf(source.document), owner, how: holdsInline, subject };
}

/** Who has an inline policy: the grant itself where that is not sure. */
function holderOf(model: Model, { to, holder, address }: Grant): string {
  const known = refOf(holder)?.address;
  if (known !== undefined || to === "group") return known ?? address;
  return meaningsOf(userNames(model), holder).find(({ certainty }) => certainty === "yes")?.resource.address ?? address;
}
