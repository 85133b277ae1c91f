import type { Guard } from "../../src/core/guard";
import { when } from "../../src/core/guard";
import { text, unknown } from "../../src/core/text";
import type { Choice, Definite, Entry, Value } from "../../src/core/value";
import type { Grant, Group, ManagedPolicy, Membership, Model, User } from "../../src/model/model";
import { modelWith, span } from "./build";

/** A system of one user in plain data, from which a model is made and which the brute-force evaluator reads. */
export interface System {
  readonly policies: readonly Attached[];
  /** The user is in the group when the toggle of this name is on. */
  readonly member?: string;
  readonly boundary?: Document;
  /** Service control policies at the root of the organization. */
  readonly control?: readonly Document[];
  /** Policies on the identity a.org. */
  readonly onIdentities?: readonly Document[];
}

export interface Attached {
  readonly route: Route;
  readonly document: Document;
  /** It is there when the toggle of this name is on. */
  readonly toggle?: string;
}

export type Route = "inline" | "attached" | "group-inline" | "group-attached" | "literal-name" | "literal-arn";
export const routes: readonly Route[] = [
  "inline",
  "attached",
  "group-inline",
  "group-attached",
  "literal-name",
  "literal-arn",
];

/** As IAM's JSON has it. */
export interface Document {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  /** In the policy of a resource. */
  readonly Principal?: Principal;
  readonly NotPrincipal?: Principal;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

export type Principal = "*" | { readonly AWS: string | readonly string[] };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How a document is written: as structured data, or as JSON text. */
export type Writing = "data" | "json";

let places = 0;

/** Every value has a place of its own, so that evidence can be told apart. */
export function place() {
  return span(++places);
}

export function valueOf(json: unknown): Value {
  const at = place();
  if (typeof json === "string") return text(json, at);
  if (typeof json === "number") return { kind: "number", value: json, at };
  if (typeof json === "boolean") return { kind: "bool", value: json, at };
  if (Array.isArray(json)) {
    return { kind: "list", shape: "list", items: json.map((item) => ({ guard: [], value: valueOf(item) })), at };
  }
  if (typeof json !== "object" || json === null) return { kind: "null", at };
  const entries = Object.entries(json).map(([key, value]): Entry => {
    return { key, keyAt: place(), guard: [], value: valueOf(value) };
  });
  return { kind: "map", entries, at };
}

export function open(id: string) {
  return unknown("no-default", id, place(), { id });
}

export function on(toggle: string | undefined): Guard {
  return toggle === undefined ? [] : when(`var.${toggle}`, "true");
}

/** One of two values, by a condition that nothing decides. */
export function eitherOf(one: Definite, other: Definite, condition = "var.x"): Choice {
  return {
    kind: "choice",
    at: span(0),
    options: [
      { guard: when(condition, true), value: one },
      { guard: when(condition, false), value: other },
    ],
  };
}

export const mail: User = {
  address: "aws_iam_user.mail",
  at: span(0),
  guard: [],
  name: text("mail", span(0)),
  tags: valueOf({ Room: "post" }),
};
export const senders: Group = {
  address: "aws_iam_group.senders",
  at: span(0),
  guard: [],
  name: text("senders", span(0)),
};

/** The model of a system, written in one way or another. */
export function modelOf(system: System, writing: Writing = "data"): Model {
  const written = (document: Document) =>
    writing === "json" ? text(JSON.stringify(document), place()) : valueOf(document);
  const grants: Grant[] = [];
  const policies: ManagedPolicy[] = [];
  const add = (to: "user" | "group", holder: Value, policy: Grant["policy"], guard: Guard) => {
    grants.push({ address: `grant.${grants.length}`, at: place(), guard, to, holder, policy });
  };
  const managed = (document: Document, literal: boolean): Grant["policy"] => {
    const number = policies.length;
    const address = `aws_iam_policy.p${number}`;
    policies.push({ address, at: place(), guard: [], name: text(`p${number}`, place()), document: written(document) });
    const arn = `arn:aws:iam::123456789012:policy/mail/p${number}`;
    return { kind: "managed", arn: literal ? text(arn, place()) : referenceTo(address, "arn") };
  };
  for (const { route, document, toggle } of system.policies) {
    const guard = on(toggle);
    const inline: Grant["policy"] = { kind: "inline", name: undefined, document: written(document) };
    if (route === "inline") add("user", referenceTo(mail.address, "name"), inline, guard);
    if (route === "literal-name") add("user", text("mail", place()), inline, guard);
    if (route === "attached") add("user", referenceTo(mail.address, "name"), managed(document, false), guard);
    if (route === "literal-arn") add("user", text("mail", place()), managed(document, true), guard);
    if (route === "group-inline") add("group", referenceTo(senders.address, "name"), inline, guard);
    if (route === "group-attached") add("group", text("senders", place()), managed(document, false), guard);
  }
  const membership: Membership = {
    address: "aws_iam_user_group_membership.mail",
    at: place(),
    guard: on(system.member),
    user: referenceTo(mail.address, "name"),
    group: referenceTo(senders.address, "name"),
  };
  const boundary = system.boundary;
  const bounds: ManagedPolicy[] =
    boundary === undefined
      ? []
      : [
          {
            address: "aws_iam_policy.b",
            at: place(),
            guard: [],
            name: text("b", place()),
            document: written(boundary),
          },
        ];
  const user = boundary === undefined ? mail : { ...mail, boundary: referenceTo("aws_iam_policy.b", "arn") };
  return modelWith({
    users: [user],
    groups: [senders],
    policies: [...policies, ...bounds],
    grants,
    memberships: [membership],
    ...outerPolicies(system, written),
  });
}

/** What policies say of the user that it does not have itself. */
function outerPolicies({ control = [], onIdentities = [] }: System, written: (document: Document) => Value) {
  const addressOf = (number: number) => `aws_organizations_policy.c${number}`;
  return {
    controlPolicies: control.map((document, number) => {
      return { address: addressOf(number), at: place(), guard: [], document: written(document) };
    }),
    controlAttachments: control.map((_, number) => {
      const policy = referenceTo(addressOf(number), "id");
      return { address: `attachment.${number}`, at: place(), guard: [], policy, target: text("r-ab12", place()) };
    }),
    identityPolicies: onIdentities.map((document, number) => {
      const identity = text("arn:aws:ses:eu-west-1:111111111111:identity/a.org", place());
      const address = `aws_ses_identity_policy.i${number}`;
      return { address, at: place(), guard: [], identity, document: written(document) };
    }),
  };
}

export function referenceTo(address: string, attribute: string) {
  return unknown("after-apply", `${address}.${attribute}`, place(), {
    id: `${address}.${attribute}`,
    ref: { address, attribute },
  });
}

export function theUser(model: Model): User {
  const [user] = model.users;
  if (user === undefined) throw new Error("The system has a user.");
  return user;
}
