import { decodeJson } from "../../../core/json";
import { knownText, optionsOf, refOf } from "../../../core/text";
import { choose } from "../../../core/choice";
import type { Definite, Value } from "../../../core/value";
import { nameText, storedName } from "../../settings";
import type { Reading, Stack, StackResource } from "../stack";
import type { ResourceType } from "./type";
import { named, unknownAttribute } from "./values";

/** Where secrets are kept for others to read. What is read back in the same stack is what was put in. */
export const storeTypes: readonly ResourceType[] = [
  {
    type: "AWS::SecretsManager::Secret",
    settings: (secret) => store(secret, "SecretString"),
    ref: (secret, at) => unknownAttribute(secret, at, "arn", secret.name),
    attributes: { Id: (secret, at) => unknownAttribute(secret, at, "arn", `${secret.name}.Id`) },
  },
  { type: "AWS::SecretsManager::SecretTargetAttachment", settings: "none" },
  {
    type: "AWS::SSM::Parameter",
    settings: (parameter) => store(parameter, "Value"),
    ref: (parameter, at) => named(parameter, "Name", at),
    attributes: {
      Value: (parameter, at) => parameter.property("Value") ?? unknownAttribute(parameter, at, "Value"),
    },
  },
];

function store(
  resource: StackResource,
  property: string,
): ReturnType<Exclude<ResourceType["settings"], string | undefined>> {
  const name = resource.property("Name");
  return {
    name: storedName((name && nameText(name)) ?? resource.name),
    nameAt: name?.at ?? resource.at,
    value: resource.property(property),
    readAs: name === undefined ? [] : [name],
  };
}

/** The value that a dynamic reference reads, where a resource of the stack puts it there. */
export function storedValue({ service, id, field }: Reading, stack: Stack): Value | undefined {
  const type = service === "secretsmanager" ? "AWS::SecretsManager::Secret" : "AWS::SSM::Parameter";
  const found = stack.resources.find((resource) => resource.type === type && isNamed(id, resource));
  const value = found?.property(service === "secretsmanager" ? "SecretString" : "Value");
  if (value === undefined || field === undefined) return value;
  const options = optionsOf(value).map((option) => ({ guard: option.guard, value: fieldIn(option.value, field) }));
  const known = options.flatMap((option) => (option.value === undefined ? [] : [{ ...option, value: option.value }]));
  return known.length < options.length ? undefined : choose(known, value.at);
}

/** The field of a secret whose text is a JSON object. */
function fieldIn(value: Definite, field: string): Value | undefined {
  if (value.kind !== "text") return undefined;
  const decoded = decodeJson(value);
  if (decoded.kind === "failed" || decoded.value.kind !== "map") return undefined;
  return decoded.value.entries.find((entry) => entry.key === field)?.value;
}

/** By reference, or by the literal name, of a secret also inside an ARN. */
function isNamed(id: Value, resource: StackResource): boolean {
  const ref = refOf(id);
  if (ref !== undefined) return ref.address === resource.address;
  const written = knownText(id);
  const name = knownText(resource.property("Name"));
  if (written === undefined || name === undefined) return false;
  return written === name || (written.startsWith("arn:") && written.includes(`:secret:${name}`));
}
