import { Secret } from "../core/secret";
import type { Model } from "./model";

/** Is it what a variable is given when Terraform runs? A plan tells it, and it stands nowhere in the source. */
export function isSupplied({ supplied = [] }: Model, characters: string): boolean {
  const secret = new Secret(characters);
  return supplied.some((one) => one.equals(secret));
}
