import type { CredentialForm } from "../../core/value";

/** Does its text open something? A key's id opens nothing by itself, nor what only the holder of a PGP key can read. */
export function isSecretForm(form: CredentialForm): boolean {
  return form !== "access-key-id" && form !== "encrypted-secret-access-key" && form !== "encrypted-smtp-password";
}

/** Is it an SMTP password, of whichever version, encrypted or not? */
export function isSmtpForm(form: CredentialForm): boolean {
  return form === "smtp-password" || form === "encrypted-smtp-password" || form === "smtp-password-v2";
}

/** Is it a secret access key, encrypted or not? */
export function isSecretKeyForm(form: CredentialForm): boolean {
  return form === "secret-access-key" || form === "encrypted-secret-access-key";
}
