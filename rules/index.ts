import type { Rule } from "../src/model/rule";
import { consoleUserListUsers } from "./console-user-list-users";
import { credentialInOutput } from "./credential-in-output";
import { hardcodedAwsCredentials } from "./hardcoded-aws-credentials";
import { rootAccessKey } from "./root-access-key";
import { smtpPasswordIsSecretKey } from "./smtp-password-is-secret-key";
import { smtpUserCannotSend } from "./smtp-user-cannot-send";
import { smtpUserConsoleLogin } from "./smtp-user-console-login";
import { smtpUserExcessPermissions } from "./smtp-user-excess-permissions";

/** Every rule once: from the document, from the guide, beyond the text. */
export const rules: readonly Rule[] = [
  rootAccessKey,
  smtpPasswordIsSecretKey,
  consoleUserListUsers,
  smtpUserExcessPermissions,
  smtpUserCannotSend,
  smtpUserConsoleLogin,
  hardcodedAwsCredentials,
  credentialInOutput,
];
