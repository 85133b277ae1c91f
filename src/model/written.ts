import type { Secret } from "../core/secret";
import type { Model } from "./model";

/** Is it known that somebody wrote it? Everything that is read from sources is written; a plan or state has more. */
export function isWritten({ isUnwritten }: Model, secret: Secret): boolean {
  return isUnwritten?.(secret) !== true;
}
