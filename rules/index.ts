import type { Rule } from "../src/model/rule";
import { consoleSelfProvisionIncomplete } from "./console-self-provision-incomplete";
import { consoleSelfProvisionUnscoped } from "./console-self-provision-unscoped";
import { consoleUserListUsers } from "./console-user-list-users";
import { credentialInOutput } from "./credential-in-output";
import { credentialInPlaintext } from "./credential-in-plaintext";
import { credentialInState } from "./credential-in-state";
import { credentialPairMismatch } from "./credential-pair-mismatch";
import { hardcodedAwsCredentials } from "./hardcoded-aws-credentials";
import { hardcodedConsolePassword } from "./hardcoded-console-password";
import { hardcodedSmtpPassword } from "./hardcoded-smtp-password";
import { rootAccessKey } from "./root-access-key";
import { rootCallerIdentity } from "./root-caller-identity";
import { senderAdminPermissions } from "./sender-admin-permissions";
import { sesEndpointMismatch } from "./ses-endpoint-mismatch";
import { smtpConditionNeverMatches } from "./smtp-condition-never-matches";
import { smtpPasswordAsSecretKey } from "./smtp-password-as-secret-key";
import { smtpPasswordIsSecretKey } from "./smtp-password-is-secret-key";
import { smtpPasswordLegacy } from "./smtp-password-legacy";
import { smtpPasswordRegionMismatch } from "./smtp-password-region-mismatch";
import { smtpPolicyOnUser } from "./smtp-policy-on-user";
import { smtpResourceScopeGap } from "./smtp-resource-scope-gap";
import { smtpTemporaryCredentials } from "./smtp-temporary-credentials";
import { smtpUserCannotSend } from "./smtp-user-cannot-send";
import { smtpUserConsoleLogin } from "./smtp-user-console-login";
import { smtpUserExcessPermissions } from "./smtp-user-excess-permissions";
import { smtpUserNotDedicated } from "./smtp-user-not-dedicated";
import { smtpUsernameNotAccessKeyId } from "./smtp-username-not-access-key-id";
import { unknownSesAction } from "./unknown-ses-action";

/** Every rule once: from the document, from the guide, beyond the text. */
export const rules: readonly Rule[] = [
  rootAccessKey,
  rootCallerIdentity,
  smtpPasswordIsSecretKey,
  smtpPasswordAsSecretKey,
  consoleUserListUsers,
  senderAdminPermissions,
  smtpUserExcessPermissions,
  smtpUserCannotSend,
  smtpUserNotDedicated,
  smtpUserConsoleLogin,
  consoleSelfProvisionIncomplete,
  consoleSelfProvisionUnscoped,
  smtpUsernameNotAccessKeyId,
  smtpPasswordRegionMismatch,
  smtpPasswordLegacy,
  smtpTemporaryCredentials,
  hardcodedAwsCredentials,
  hardcodedSmtpPassword,
  credentialInOutput,
  credentialInPlaintext,
  credentialInState,
  smtpConditionNeverMatches,
  smtpResourceScopeGap,
  unknownSesAction,
  smtpPolicyOnUser,
  credentialPairMismatch,
  sesEndpointMismatch,
  hardcodedConsolePassword,
];
