import { knownText } from "../../../core/text";
import type { ResourceInstance } from "../modules/unit-tree";
import { unknownAttribute } from "./values";
import type { Attribute, ResourceType } from "./type";

/**
 * Credentials that Vault makes when it is asked for them: those of a session of STS, or of an IAM user of its own, as the
 * argument `type` says. (Vault provider, "vault_aws_access_credentials": the default is `creds`, an IAM user.)
 */
export const sessionCredentials: readonly ResourceType[] = [
  {
    type: "data.vault_aws_access_credentials",
    settings: "none",
    attributes: {
      access_key: ofSession("access_key_id"),
      secret_key: ofSession("secret_access_key"),
      security_token: ofSession("token"),
    },
  },
];

/** The attribute's name in the model says whose credential it is: `session.…`, or `maybe_session.…`. */
function ofSession(what: string): Attribute {
  return (instance, attribute) => {
    const owner = ownerOf(instance);
    return unknownAttribute(instance, attribute, owner === "user" ? attribute : `${owner}.${what}`);
  };
}

function ownerOf(credentials: ResourceInstance): "session" | "user" | "maybe_session" {
  const type = credentials.argument("type");
  if (type === undefined) return "user";
  const known = knownText(type);
  if (known === undefined) return type.kind === "null" ? "user" : "maybe_session";
  return known === "sts" ? "session" : "user";
}
