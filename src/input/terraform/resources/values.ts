import { both } from "../../../core/guard";
import { concat, firstUnknown, knownText, text, unknown, withRef } from "../../../core/text";
import type { CredentialForm, Piece, ReasonKind, Text, Trace, Unknown, Value } from "../../../core/value";
import { attributeRef } from "../../attribute-ref";
import type { BlockInstance, ResourceInstance } from "../modules/unit-tree";
import type { Collected } from "../../collected";
import { uncovered } from "../functions/distribute";
import type { Attribute } from "./type";

/** An attribute that nobody knows before the resource exists, or outside the account that has it. */
export function unknownAttribute(
  instance: ResourceInstance,
  attribute: string,
  canonical = attribute,
  traces: readonly Trace[] = [],
): Unknown {
  const kind: ReasonKind = instance.mode === "managed" ? "after-apply" : "data-source";
  const id = `${instance.address}.${attribute}`;
  const ref = attributeRef(instance.type, instance.address, canonical);
  return unknown(kind, id, instance.at, { id, ref, traces });
}

/** An attribute under its name in the model: `aws_iam_user.x.id` is the user's name. */
export function computedAs(canonical: string): Attribute {
  return (instance, attribute) => unknownAttribute(instance, attribute, canonical);
}

/** An attribute that is what another argument is set to, under that argument's name in the model. */
export function sameAs(argument: string, canonical = argument): Attribute {
  return (instance, attribute) => linked(instance, argument, attribute, canonical);
}

/** A resource's name, linked to it, so that who refers to it is recognised even where AWS picks the name. */
export function nameOf(instance: ResourceInstance, argument = "name"): Value {
  return linked(instance, argument, argument, "name");
}

/** What an argument is set to, as an attribute of the resource; where it is not set, AWS fills the attribute in. */
function linked(instance: ResourceInstance, argument: string, attribute: string, canonical: string): Value {
  const value = instance.argument(argument);
  return value === undefined
    ? unknownAttribute(instance, attribute, canonical)
    : withRef(value, { address: instance.address, attribute: canonical });
}

/** A default of the provider. */
export function defaultText(characters: string): Attribute {
  return (instance) => text(characters, instance.at);
}

/** A credential's text. It is not known, and where it goes is followed. */
export function credential(form: CredentialForm, canonical?: string): Attribute {
  return (instance, attribute) =>
    unknownAttribute(instance, attribute, canonical, [traceOf(instance, attribute, form, "is")]);
}

export function traceOf(
  instance: ResourceInstance,
  attribute: string,
  form: CredentialForm,
  certainty: Trace["certainty"],
): Trace {
  const what = `${instance.type}.${instance.name}.${attribute}`;
  return { credential: instance.address, form, certainty, path: { at: instance.at, what } };
}

/** `arn:<partition>:<service>:<region>:<account>:<resource>`, with what is not known as holes, as the attribute `arn`. */
export function arn(
  instance: ResourceInstance,
  service: string,
  where: { region?: Piece; account?: Piece },
  resource: readonly (string | Value)[],
): Text {
  const { at } = instance;
  const colon = text(":", at);
  const piece = (one: Piece | undefined): Text => ({ kind: "text", at, pieces: one ? [one] : [] });
  const head = [text("arn:", at), piece(partition(instance)), text(`:${service}:`, at), piece(where.region), colon];
  const tail = resource.map((part) => (typeof part === "string" ? text(part, at) : textOf(part)));
  const ref = { address: instance.address, attribute: "arn" };
  return { ...concat([...head, piece(where.account), colon, ...tail], at), ref };
}

/** The ARN of a user, group or policy of the account, by its path and the argument that names it. */
export function iamArn(instance: ResourceInstance, kind: "user" | "group" | "policy", name = "name"): Text {
  const path = instance.argument("path") ?? "/";
  return arn(instance, "iam", { account: account(instance) }, [kind, path, nameOf(instance, name)]);
}

/** A value as a part of a text. */
function textOf(value: Value): Text {
  if (value.kind === "text") return value;
  const hole = value.kind === "unknown" ? value : unknownIn(value);
  return { kind: "text", at: value.at, pieces: [{ kind: "hole", unknown: hole }] };
}

function unknownIn(value: Value): Unknown {
  const found = firstUnknown(value);
  return unknown(found?.reason.kind ?? "unsupported", found?.reason.what ?? "a condition", value.at);
}

/** The partition, the account and the region of the resource's provider; equal for all resources of one provider. */
export function partition(instance: ResourceInstance): Piece {
  return outside(instance, "partition");
}

export function account(instance: ResourceInstance): Piece {
  return outside(instance, "account");
}

/** Since version 6 of the provider most resources and data sources have an argument for it. */
export function region(instance: ResourceInstance): Value {
  return instance.argument("region") ?? providerRegion(instance);
}

/** What is global in AWS has no such argument: the provider's region counts. */
export function providerRegion(instance: ResourceInstance): Value {
  const provider = instance.provider();
  const given = provider && unlessEmpty(provider, "region");
  if (given !== undefined) return given;
  return instance.ofProvider("region", provider?.at ?? instance.at);
}

export function regionPiece(instance: ResourceInstance): Piece {
  const value = region(instance);
  const [only] = value.kind === "text" ? value.pieces : [];
  if (only !== undefined && value.kind === "text" && value.pieces.length === 1) return only;
  return { kind: "hole", unknown: value.kind === "unknown" ? value : unknownIn(value) };
}

function outside(instance: ResourceInstance, what: "partition" | "account"): Piece {
  return { kind: "hole", unknown: instance.ofProvider(what, instance.at) };
}

/** An argument that the provider takes to be not set where it is the empty text. */
export function unlessEmpty(block: BlockInstance, argument: string): Value | undefined {
  const value = block.argument(argument);
  if (value?.kind !== "choice") return knownText(value) === "" ? undefined : value;
  const options = value.options.filter((option) => knownText(option.value) !== "");
  return options.length === 0 ? undefined : { ...value, options };
}

/**
 * An argument that the provider asks for. Where it is not written, the input is wrong there, and what it is unknown. Where
 * it is null only if something is so, Terraform refuses the configuration then.
 */
export function required(block: BlockInstance, argument: string, into?: Pick<Collected, "refused">): Value {
  const value = block.argument(argument) ?? unknown("invalid", `${block.type} without ${argument}`, block.at);
  if (value.kind !== "choice" || into === undefined) return value;
  for (const isNull of uncovered(value.options.map((option) => option.guard))) {
    const guard = both(block.guard, isNull);
    if (guard !== undefined) into.refused.push(guard);
  }
  return value;
}
