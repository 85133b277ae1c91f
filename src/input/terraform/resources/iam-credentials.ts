import { Secret } from "../../../core/secret";
import { firstUnknown, knownText } from "../../../core/text";
import type { CredentialForm, Trace } from "../../../core/value";
import type { AccessKey, InState } from "../../../model/model";
import type { ResourceInstance } from "../modules/unit-tree";
import { computedAs, credential, defaultText, providerRegion, required, traceOf, unknownAttribute } from "./values";
import type { Attribute, ResourceType } from "./type";

/** Access keys and console passwords. */
export const iamCredentials: readonly ResourceType[] = [
  accessKey("aws_iam_access_key"),
  // Of Cloud Posse's provider: a key that is made anew when it is too old.
  accessKey("awsutils_expiring_iam_access_key"),
  {
    type: "aws_iam_user_login_profile",
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      // The provider takes no password, and many write one, as CloudFormation has it: it stands in the source all the same.
      const password = isWritten(instance, "password") ? instance.argument("password") : undefined;
      const user = required(instance, "user", into);
      into.logins.push({ address, at, guard, user, ...(password && { password }), inState: inState(instance) });
    },
    attributes: { password: plain("console-password"), encrypted_password: computedAs("encrypted_password") },
    traces: (login) => plainTraces(login, "password", "console-password"),
  },
];

function accessKey(type: string): ResourceType {
  return {
    type,
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const status = instance.argument("status");
      const user = required(instance, "user", into);
      const userAt = instance.arguments.find(({ name }) => name === "user")?.valueAt;
      const known = { ...(userAt && { userAt }), ...(status && { status }), ...knownSecrets(instance) };
      into.keys.push({
        address,
        at,
        guard,
        user,
        region: providerRegion(instance),
        inState: inState(instance),
        ...known,
      });
    },
    attributes: {
      id: credential("access-key-id"),
      secret: plain("secret-access-key"),
      ses_smtp_password_v4: plain("smtp-password"),
      // Removed from the provider in version 3; what still refers to it means a password that SES no longer takes.
      ses_smtp_password: plain("smtp-password-v2"),
      encrypted_secret: credential("encrypted-secret-access-key"),
      // Whoever decrypts it holds the SMTP password: it is published for that.
      encrypted_ses_smtp_password_v4: credential("encrypted-smtp-password"),
      status: defaultText("Active"),
    },
    traces: (key) => [
      traceOf(key, "id", "access-key-id", "is"),
      ...plainTraces(key, "secret", "secret-access-key"),
      ...plainTraces(key, "ses_smtp_password_v4", "smtp-password"),
    ],
  };
}

/** Is it an argument? A plan and a state have what AWS made under the same name. */
function isWritten(instance: ResourceInstance, argument: string): boolean {
  return instance.arguments.some(({ name }) => name === argument);
}

/** What a plan or state has of a key that is there, or somebody writes: it is no argument, and is one all the same. */
function knownSecrets(key: ResourceInstance): Pick<AccessKey, "secret" | "smtpPassword"> {
  const known = (name: string) => (key.isRecorded || isWritten(key, name) ? knownText(key.attribute(name)) : undefined);
  const secret = known("secret");
  const password = known("ses_smtp_password_v4");
  return {
    ...(secret !== undefined && { secret: new Secret(secret) }),
    ...(password !== undefined && { smtpPassword: new Secret(password) }),
  };
}

/** An attribute that is there only where the resource has no `pgp_key`: with one, there is only the encrypted text. */
function plain(form: CredentialForm): Attribute {
  return (instance, attribute) => {
    if (isEncrypted(instance) === "yes") return { kind: "null", at: instance.at };
    return unknownAttribute(instance, attribute, undefined, plainTraces(instance, attribute, form));
  };
}

function plainTraces(instance: ResourceInstance, attribute: string, form: CredentialForm): readonly Trace[] {
  const encrypted = isEncrypted(instance);
  return encrypted === "yes" ? [] : [traceOf(instance, attribute, form, encrypted === "no" ? "is" : "may")];
}

function inState(instance: ResourceInstance): InState {
  const pgp = instance.argument("pgp_key");
  const encrypted = isEncrypted(instance);
  const missing = pgp && firstUnknown(pgp);
  if (encrypted === "maybe" && missing) return { kind: "unknown", unknown: missing };
  return encrypted === "no" ? inPlain : asEncrypted;
}

const inPlain: InState = { kind: "plain" };
const asEncrypted: InState = { kind: "encrypted" };

function isEncrypted(instance: ResourceInstance): "yes" | "no" | "maybe" {
  const pgp = instance.argument("pgp_key");
  if (pgp === undefined || knownText(pgp) === "") return "no";
  return pgp.kind === "text" ? "yes" : "maybe";
}
