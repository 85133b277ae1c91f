import { choose, type Alternative } from "../../../core/choice";
import { distribute } from "../../../core/distribute";
import { both } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { entriesOf, firstUnknown, optionsOf, text, unknown, withRef } from "../../../core/text";
import type { CredentialForm, Piece, Trace, Unknown, Value } from "../../../core/value";
import { attributeRef } from "../../attribute-ref";
import type { Collected } from "../../collected";
import { piecesOf, textOf } from "../pieces";
import type { StackResource } from "../stack";

/**
 * An attribute that nobody knows before the resource exists. `written` is the reference as the user wrote it,
 * `canonical` its name in the model.
 */
export function unknownAttribute(
  resource: StackResource,
  at: Span,
  canonical: string,
  written = `${resource.name}.${canonical}`,
  traces: readonly Trace[] = [],
): Unknown {
  const ref = attributeRef(resource.type, resource.address, canonical);
  return unknown("after-apply", written, at, { id: `${resource.address}.${canonical}`, ref, traces });
}

/** A credential's text. It is not known, and where it goes is followed. */
export function credential(resource: StackResource, at: Span, form: CredentialForm, attribute?: string): Unknown {
  const canonical = form === "access-key-id" ? "id" : "secret";
  const written = attribute === undefined ? resource.name : `${resource.name}.${attribute}`;
  const trace: Trace = { credential: resource.address, form, certainty: "is", path: { at, what: written } };
  return unknownAttribute(resource, at, canonical, written, [trace]);
}

/**
 * A property as an attribute; where it is not set, CloudFormation makes a value. As a whole it is where it is referred
 * to, its pieces are where they are written.
 */
export function named(resource: StackResource, property: string, at: Span, canonical = "name"): Value {
  const value = resource.property(property);
  if (value === undefined) return unknownAttribute(resource, at, canonical, resource.name);
  const attribute = withRef(value, { address: resource.address, attribute: canonical });
  return at === resource.at ? attribute : { ...attribute, at };
}

/** A property that CloudFormation asks for. Where it is not set, the input is wrong, and what it is is unknown. */
export function required(resource: StackResource, property: string): Value {
  return resource.property(property) ?? unknown("invalid", `${resource.type} without ${property}`, resource.at);
}

/** `arn:<partition>:iam::<account>:<kind><path><name>`, with what is not known as holes. */
export function iamArn(resource: StackResource, kind: "user" | "group" | "policy", name: Value, at: Span): Value {
  const { stack, address } = resource;
  const where = ["AWS::Partition", "AWS::AccountId"].map((pseudo) => stack.refer(pseudo, at));
  const path = resource.property("Path") ?? text("/", at);
  const made = distribute([...where, path, name], at, (parts) => {
    const [partition = [], account = [], ...tail] = parts.map(piecesOf);
    const head = [known("arn:", at), ...partition, known(":iam::", at), ...account];
    return textOf([...head, known(`:${kind}`, at), ...tail.flat()], at);
  });
  return withRef(made, { address, attribute: "arn" });
}

/** `arn:<partition>:ses:<region>:<account>:identity/<name>`, with what is not known as holes. */
export function identityArn(resource: StackResource, name: Value, at: Span): Value {
  const { stack } = resource;
  const where = ["AWS::Partition", "AWS::Region", "AWS::AccountId"].map((pseudo) => stack.refer(pseudo, at));
  return distribute([...where, name], at, (parts) => {
    const [partition = [], region = [], account = [], tail = []] = parts.map(piecesOf);
    const head = [known("arn:", at), ...partition, known(":ses:", at), ...region, known(":", at), ...account];
    return textOf([...head, known(":identity/", at), ...tail], at);
  });
}

function known(characters: string, at: Span): Piece {
  return { kind: "known", text: characters, at, traces: [] };
}

/** A field of a map that a property holds; a choice where the map is one, or has the field under a guard. */
export function field(value: Value, name: string): Value | undefined {
  const found = optionsOf(value).flatMap((option): readonly Alternative[] => {
    if (option.value.kind === "unknown") return [option];
    if (option.value.kind !== "map") return [];
    const entries = entriesOf(option.value, name);
    const { rest } = option.value;
    if (entries.length === 0) return rest === undefined ? [] : [{ guard: option.guard, value: rest }];
    return entries.flatMap((entry) => {
      const guard = both(option.guard, entry.guard);
      return guard === undefined ? [] : [{ guard, value: entry.value }];
    });
  });
  return found[0] && choose(found, found[0].value.at);
}

/** Something that is not analysed, with what it is handed. */
export function addGap(resource: StackResource, into: Collected, what = resource.type): void {
  const { address, at, guard } = resource;
  const properties = resource.properties();
  const inputs = properties.entries.map((entry) => entry.value);
  const reason = firstUnknown(properties.rest ?? properties);
  const kind = what === resource.type || reason === undefined ? "unsupported" : reason.reason.kind;
  into.gaps.push({ address, at, guard, unknown: unknown(kind, what, at), inputs });
}
