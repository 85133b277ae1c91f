import type { Diagnostic } from "../core/diagnostic";
import type { DecodeFailure } from "../core/json";

/** What is reported of a file that cannot be decoded. `what`: what the message calls it. */
export function failureDiagnostic(path: string, { limit, at, message }: DecodeFailure, what = "file"): Diagnostic {
  const said = { file: path, at, message: `The ${what} ${message}.` };
  return limit === undefined ? { kind: "syntax", ...said } : { kind: "limit", limit, ...said };
}
