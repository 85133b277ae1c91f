import type { Span } from "../../../core/source";
import type { Trace, Value } from "../../../core/value";
import type { StackResource } from "../stack";
import { converter } from "./converter";
import type { ResourceType } from "./type";
import { credential, unknownAttribute } from "./values";

/**
 * A custom resource that many accounts have installed: it makes an access key for a user, and works out its SMTP password.
 * (github.com/binxio/cfn-secret-provider, docs/AccessKey.md.) One without a user is some other resource of that name.
 */
export const madeKey: ResourceType = {
  type: "Custom::AccessKey",
  settings: "none",
  adapt(resource, into) {
    const user = resource.property("UserName");
    if (user === undefined) {
      converter.adapt?.(resource, into);
      return;
    }
    const { address, at, guard } = resource;
    const status = resource.property("Status");
    const region = resource.property("SMTPRegion") ?? resource.stack.refer("AWS::Region", at);
    into.keys.push({ address, at, guard, user, userAt: user.at, region, ...(status && { status }) });
  },
  ref: (resource, at) =>
    isKey(resource) ? credential(resource, at, "access-key-id") : unknownAttribute(resource, at, "Ref", resource.name),
  attribute: attributeOf,
};

function isKey(resource: StackResource): boolean {
  return resource.property("UserName") !== undefined;
}

function attributeOf(resource: StackResource, attribute: string, at: Span): Value {
  if (isKey(resource) && attribute === "SecretAccessKey") {
    return credential(resource, at, "secret-access-key", attribute);
  }
  if (isKey(resource) && attribute === "SMTPPassword") {
    const path = { at, what: `${resource.name}.${attribute}` };
    const trace: Trace = { credential: resource.address, form: "smtp-password", certainty: "is", path };
    return unknownAttribute(resource, at, "ses_smtp_password_v4", path.what, [trace]);
  }
  return converter.attribute?.(resource, attribute, at) ?? unknownAttribute(resource, at, attribute);
}
