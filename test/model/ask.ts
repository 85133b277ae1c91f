import { guardText } from "../../src/core/guard";
import { text } from "../../src/core/text";
import type { Definite, Text, Value } from "../../src/core/value";
import type { Grant, Model } from "../../src/model/model";
import { excess, mayDo, type Answer } from "../../src/model/permissions/permissions";
import { mail, modelOf, place, referenceTo, theUser, type Statement, type System } from "./system";

/** Short ways to write a system, and to ask whether its user may send. */

export const send: Statement = { Effect: "Allow", Action: "ses:SendRawEmail", Resource: "*" };

export function inline(...Statement: readonly Statement[]): System {
  return { policies: [{ route: "inline", document: { Statement } }] };
}

export function allow(Action: string | readonly string[], Resource = "*", Condition?: Statement["Condition"]): System {
  return inline({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
}

export function maySend(model: Model): Answer {
  return mayDo(model, theUser(model), "ses:SendRawEmail");
}

/** `yes`, `no`, `no if …`, `maybe: the first reason`. */
export function told(answer: Answer): string {
  if (answer.answer === "yes") return "yes";
  if (answer.answer === "maybe") return `maybe: ${answer.because[0]?.reason.what ?? ""}`;
  return answer.guard.length === 0 ? "no" : `no if ${guardText(answer.guard)}`;
}

export function grant(holder: Value, policy: Grant["policy"]): Grant {
  return { address: "aws_iam_user_policy_attachment.x", at: place(), guard: [], to: "user", holder, policy };
}

export function attached(arn: Value): Grant {
  return grant(referenceTo(mail.address, "name"), { kind: "managed", arn });
}

export function withGrants(system: System, ...grants: readonly Grant[]): Model {
  const model = modelOf(system);
  return { ...model, grants: [...model.grants, ...grants] };
}

export const nothing: System = { policies: [] };

/** A map of values, as the evaluator gives it. */
export function mapOf(entries: Readonly<Record<string, Value>>): Definite {
  const at = place();
  return {
    kind: "map",
    at,
    entries: Object.entries(entries).map(([key, value]) => ({ key, keyAt: place(), guard: [], value })),
  };
}

/** The user with a policy whose statements are made of values, known or not. */
export function withStatements(...statements: readonly Readonly<Record<string, Value>>[]): Model {
  const items = statements.map((one) => ({ guard: [], value: mapOf(one) }));
  return withDocument(mapOf({ Statement: { kind: "list", shape: "list", items, at: place() } }));
}

export function withDocument(document: Value): Model {
  return withGrants(nothing, grant(referenceTo(mail.address, "name"), { kind: "inline", name: undefined, document }));
}

/** A policy of AWS's own, by its ARN. */
export function ofAws(name: string): Text {
  return text(`arn:aws:iam::aws:policy/${name}`, place());
}

/** The document with another value for an element of its statements. */
export function withUnknown(value: Value, key: string, unknown: Value): Value {
  if (value.kind !== "map") return value;
  const entries = value.entries.map((entry) => {
    return { ...entry, value: entry.key === key ? unknown : withUnknown(entry.value, key, unknown) };
  });
  return { ...value, entries };
}

/** What the user has in excess, an item a line, and why there may be more. */
export function items(model: Model, allowed = ["ses:SendRawEmail"]): readonly string[] {
  const found = excess(model, theUser(model), allowed);
  const more = found.because.map(({ reason }) => `open: ${reason.what}`);
  const lines = found.items.map(({ pattern, reach, actions, managedPolicy, guard }) => {
    const few = actions !== undefined && actions.length <= 10 ? actions.join(" ") : undefined;
    const parts = [pattern.text, reach, few, managedPolicy, guardText(guard)];
    return parts.filter((part) => part !== undefined && part !== "").join(", ");
  });
  return [...lines, ...more];
}
