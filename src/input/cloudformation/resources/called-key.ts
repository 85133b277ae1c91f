import { decodeJson } from "../../../core/json";
import type { CredentialForm, Value } from "../../../core/value";
import { fieldOf, textField } from "../../fields";
import type { StackResource } from "../stack";
import { converter } from "./converter";
import type { ResourceType } from "./type";
import { credential, unknownAttribute } from "./values";

/**
 * One call of AWS's API by the CDK's `AwsCustomResource`, which hands out what AWS answers. The call for an access key
 * makes one. (AWS CDK API Reference, "AwsSdkCall".)
 */
export const calledKey: ResourceType = {
  type: "Custom::AWS",
  settings: "none",
  adapt(resource, into) {
    const user = userOfKey(resource);
    if (user === undefined) {
      converter.adapt?.(resource, into);
      return;
    }
    const { address, at, guard } = resource;
    into.keys.push({ address, at, guard, user, userAt: user.at });
  },
  ref(resource, at) {
    const path = textField(fieldOf(callOf(resource), "physicalResourceId"), "responsePath");
    return userOfKey(resource) !== undefined && path === idPath
      ? credential(resource, at, "access-key-id")
      : unknownAttribute(resource, at, "Ref", resource.name);
  },
  attribute(resource, attribute, at) {
    const form = userOfKey(resource) === undefined ? undefined : answers.get(attribute);
    if (form !== undefined) return credential(resource, at, form, attribute);
    return converter.attribute?.(resource, attribute, at) ?? unknownAttribute(resource, at, attribute);
  },
};

const idPath = "AccessKey.AccessKeyId";

/** What of the answer is a credential, by its path. */
const answers: ReadonlyMap<string, CredentialForm> = new Map([
  [idPath, "access-key-id"],
  ["AccessKey.SecretAccessKey", "secret-access-key"],
]);

/** Undefined of any other call. */
function userOfKey(resource: StackResource): Value | undefined {
  const call = callOf(resource);
  const service = textField(call, "service") ?? "";
  const action = textField(call, "action") ?? "";
  const isMaking = /^(?:@aws-sdk\/client-)?iam$/i.test(service) && /^createAccessKey(?:Command)?$/i.test(action);
  return isMaking ? fieldOf(fieldOf(call, "parameters"), "UserName") : undefined;
}

/** JSON in a text; of old versions of the CDK a map. */
function callOf(resource: StackResource): Value | undefined {
  const written = resource.property("Create");
  if (written?.kind !== "text") return written;
  const decoded = decodeJson(written);
  return decoded.kind === "value" ? decoded.value : undefined;
}
