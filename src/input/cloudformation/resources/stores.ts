import { decodeJson } from "../../../core/json";
import { knownText, optionsOf, refOf } from "../../../core/text";
import { choose } from "../../../core/choice";
import type { Definite, Value } from "../../../core/value";
import type { SettingPlace } from "../../../model/model";
import { nameText } from "../../settings";
import type { Reading, Stack, StackResource } from "../stack";
import type { ResourceType, Store } from "./type";
import { field, named, unknownAttribute } from "./values";

const secretType = "AWS::SecretsManager::Secret";
const parameterType = "AWS::SSM::Parameter";

/** Where secrets are kept for others to read. What is read back in the same stack is what was put in. */
export const storeTypes: readonly ResourceType[] = [
  {
    type: secretType,
    settings: (secret) => store(secret, secretValue, "secret"),
    ref: (secret, at) => unknownAttribute(secret, at, "arn", secret.name),
    attributes: { Id: (secret, at) => unknownAttribute(secret, at, "arn", `${secret.name}.Id`) },
  },
  { type: "AWS::SecretsManager::SecretTargetAttachment", settings: "none" },
  { type: "AWS::SSM::Document", place: "document" },
  {
    type: parameterType,
    // CloudFormation makes no parameters of type SecureString.
    settings: (parameter) => store(parameter, parameterValue, "ssm-string"),
    ref: (parameter, at) => named(parameter, "Name", at),
    attributes: {
      Value: (parameter, at) => parameter.property("Value") ?? unknownAttribute(parameter, at, "Value"),
    },
  },
];

function store(
  resource: StackResource,
  valueOf: (resource: StackResource) => Value | undefined,
  place: SettingPlace,
): Store {
  const name = resource.property("Name");
  return {
    name: (name && nameText(name)) ?? resource.name,
    nameAt: name?.at ?? resource.at,
    value: valueOf(resource),
    readAs: name === undefined ? [] : [name],
    place,
  };
}

/** What is written of it: of one that AWS generates, the fields that stand beside the generated one. */
function secretValue(secret: StackResource): Value | undefined {
  const generated = secret.property("GenerateSecretString");
  const template = generated && field(generated, "SecretStringTemplate");
  return secret.property("SecretString") ?? (template && withoutField(template, field(generated, "GenerateStringKey")));
}

/** What stands in the template for the generated field is a stand-in. */
function withoutField(template: Value, key: Value | undefined): Value {
  const name = knownText(key);
  const decoded = template.kind === "text" ? decodeJson(template) : undefined;
  if (decoded?.kind !== "value" || decoded.value.kind !== "map" || name === undefined) return template;
  const entries = decoded.value.entries.filter((entry) => entry.key !== name);
  if (entries.length === decoded.value.entries.length) return template;
  const { at } = template;
  return { kind: "text", pieces: [{ kind: "encoded", format: "json", value: { ...decoded.value, entries }, at }], at };
}

function parameterValue(parameter: StackResource): Value | undefined {
  return parameter.property("Value");
}

/** The value that a dynamic reference reads, where a resource of the stack puts it there. */
export function storedValue({ service, id, field }: Reading, stack: Stack): Value | undefined {
  const isSecret = service === "secretsmanager";
  const found = storesOf(stack).get(`${isSecret ? secretType : parameterType} ${nameIn(id) ?? ""}`);
  const value = found && (isSecret ? secretValue(found) : parameterValue(found));
  if (value === undefined || field === undefined) return value;
  const options = optionsOf(value).map((option) => ({ guard: option.guard, value: fieldIn(option.value, field) }));
  const known = options.flatMap((option) => (option.value === undefined ? [] : [{ ...option, value: option.value }]));
  return known.length < options.length ? undefined : choose(known, value.at);
}

/** The secrets and parameters of a stack, by their types with their addresses and names. */
function storesOf(stack: Stack): ReadonlyMap<string, StackResource> {
  const known = stores.get(stack);
  if (known !== undefined) return known;
  const found = new Map<string, StackResource>();
  stores.set(stack, found);
  for (const resource of stack.resourcesOf(({ type }) => type === secretType || type === parameterType)) {
    found.set(`${resource.type} @${resource.address}`, resource);
    const name = nameKey(resource.property("Name"));
    if (name !== undefined) found.set(`${resource.type} ${name}`, resource);
  }
  return found;
}

const stores = new WeakMap<Stack, ReadonlyMap<string, StackResource>>();

/** The key of a store: its address where it is referred to, otherwise its name, which may stand in an ARN. */
function nameIn(id: Value): string | undefined {
  const ref = refOf(id);
  if (ref !== undefined) return `@${ref.address}`;
  const written = nameKey(id);
  return written?.startsWith("arn:") === true ? /:secret:(.*?)(?:-[A-Za-z0-9]{6})?$/.exec(written)?.[1] : written;
}

/** A name, with what is not known of it by what that is: one parameter is the same wherever it stands. */
function nameKey(name: Value | undefined): string | undefined {
  if (name?.kind === "unknown") return name.id === undefined ? undefined : `\0${name.id}\0`;
  if (name?.kind !== "text") return undefined;
  const parts = name.pieces.map((piece) => {
    if (piece.kind === "known") return piece.text;
    return piece.kind === "hole" ? nameKey(piece.unknown) : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join("");
}

/** The field of a secret whose text is a JSON object. */
function fieldIn(value: Definite, field: string): Value | undefined {
  if (value.kind !== "text") return undefined;
  const decoded = decodeJson(value);
  if (decoded.kind === "failed" || decoded.value.kind !== "map") return undefined;
  return decoded.value.entries.find((entry) => entry.key === field)?.value;
}
