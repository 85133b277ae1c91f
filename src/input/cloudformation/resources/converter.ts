import type { Span } from "../../../core/source";
import { tracesOf } from "../../../core/text";
import type { Trace, Value } from "../../../core/value";
import { saysSmtpMaker } from "../../../model/credentials/credential-uses";
import type { StackResource } from "../stack";
import type { ResourceType } from "./type";
import { unknownAttribute } from "./values";

/**
 * Custom resources: programs that make something else of what they are handed. A credential that goes in does not come
 * out; what one that makes SMTP credentials calls a password is an SMTP password.
 */
export const converter: ResourceType = {
  type: "Custom::*",
  adapt(resource, into) {
    const { address, at, guard, type } = resource;
    const program = resource.property("ServiceToken");
    into.converters.push({ address, at, guard, type, inputs: inputsOf(resource), ...(program && { program }) });
  },
  attribute: madeBy,
  settings: "none",
};

function inputsOf(resource: StackResource): readonly Value[] {
  return resource.properties().entries.map((entry) => entry.value);
}

function madeBy(resource: StackResource, attribute: string, at: Span): Value {
  const { type, name, stack } = resource;
  const isPassword = stack.names.of(attribute)?.role === "smtp-password";
  const traces =
    isPassword && [type, name, attribute].some(saysSmtpMaker) ? [smtpPassword(resource, attribute, at)] : [];
  return unknownAttribute(resource, at, attribute, undefined, traces);
}

/** Of the key whose secret it is made from, where that is handed over; otherwise of a key that is not in the template. */
function smtpPassword(resource: StackResource, attribute: string, at: Span): Trace {
  const secrets = inputsOf(resource)
    .flatMap(tracesOf)
    .filter(({ form, certainty }) => form === "secret-access-key" && certainty === "is");
  const credential = secrets[0]?.credential ?? resource.address;
  const handed = resource.properties().entries.find(({ key }) => resource.stack.names.of(key)?.role === "aws-region");
  const region = handed && { region: handed.value };
  const path = { at, what: `${resource.name}.${attribute}` };
  return { credential, form: "smtp-password", certainty: "is", ...region, path };
}
