import type { ResourceValues } from "../stack";
import { calledKey } from "./called-key";
import { consolePasswords } from "./console-password";
import { converter } from "./converter";
import { iamTypes, otherIam } from "./iam";
import { identityCenter } from "./identity-center";
import { madeKey } from "./made-key";
import { organizations } from "./organizations";
import { sesTypes } from "./ses";
import { storedValue, storeTypes } from "./stores";
import type { ResourceType } from "./type";
import { addGap, unknownAttribute } from "./values";

/** A stack, module or extension whose template is not in the input may hold anything. */
const holder: ResourceType = {
  type: "AWS::CloudFormation::Stack",
  adapt(resource, into) {
    if (resource.nested() === undefined) addGap(resource, into);
  },
  settings: "handed-on",
};

const types: ReadonlyMap<string, ResourceType> = new Map([
  ...[...iamTypes, ...identityCenter, ...organizations, ...sesTypes, ...storeTypes, madeKey, calledKey].map(
    (type) => [type.type, type] as const,
  ),
  ["AWS::CloudFormation::CustomResource", converter],
  ["AWS::CloudFormation::Stack", holder],
  ["AWS::CloudFormation::StackSet", holder],
  ["AWS::Serverless::Application", holder],
]);

/** What is known of a type; undefined for one that nobody describes. */
export function typeOf({ type }: { readonly type: string }): ResourceType | undefined {
  const known = types.get(type);
  if (known !== undefined) return known;
  if (type.startsWith("AWS::IAM::")) return otherIam;
  if (type.startsWith("Custom::")) return converter;
  return type.endsWith("::MODULE") ? holder : undefined;
}

export const resourceValues: ResourceValues = {
  ref: (resource, at) => typeOf(resource)?.ref?.(resource, at) ?? unknownAttribute(resource, at, "Ref", resource.name),
  attribute(resource, attribute, at) {
    const type = typeOf(resource);
    const described = type?.attributes;
    const make = described && Object.hasOwn(described, attribute) ? described[attribute] : undefined;
    const value = make?.(resource, at) ?? type?.attribute?.(resource, attribute, at);
    return value ?? unknownAttribute(resource, at, attribute);
  },
  credentials: consolePasswords,
  stored: storedValue,
};
