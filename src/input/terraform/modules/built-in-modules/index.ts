import { iamPolicy } from "./iam-policy";
import { iamUser } from "./iam-user";
import { label } from "./label";
import { ses } from "./ses";
import { systemUser } from "./system-user";

/**
 * Modules of the registry that make users and keys in many configurations, so that these can be judged without them being
 * installed. Each is written down here as a configuration of our own, with what a rule can see of it: which resources it
 * makes of which variables, and what it gives. A call with a variable that is not in it is of a version that nobody looked at.
 * `builtInModuleWords` has to see a source that means one of them: until it does, this is not loaded.
 */
export const builtInModules: Readonly<Record<string, (major: number | undefined) => string>> = {
  "terraform-aws-modules/iam/aws//modules/iam-user": iamUser,
  "terraform-aws-modules/iam/aws//modules/iam-policy": iamPolicy,
  "cloudposse/label/null": label,
  "cloudposse/iam-system-user/aws": systemUser,
  "cloudposse/ses/aws": ses,
};

export interface BuiltInModule {
  /** Its address in the registry. */
  readonly address: string;
  /** The configuration that stands for it. */
  readonly text: string;
}

/** The module that a call's `source` and `version` mean, if it is one of those. */
export function builtInModule(source: string, version: string | undefined): BuiltInModule | undefined {
  const { address, ref } = addressOf(source);
  const make = Object.hasOwn(builtInModules, address) ? builtInModules[address] : undefined;
  return make && { address, text: make(majorOf(version ?? ref)) };
}

/** A source as an address of the registry: GitHub's repositories are named after it. */
function addressOf(source: string): { readonly address: string; readonly ref?: string } {
  const found = repository.exec(source);
  if (found === null) return { address: source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "") };
  const [, owner = "", provider = "", name = "", folder = "", ref] = found;
  return { address: `${owner}/${name}/${provider}${folder}`, ...(ref !== undefined && { ref }) };
}

const repository =
  /github\.com[/:]([\w-]+)\/terraform-([a-z]+)-([\w-]+)(?:\.git)?(\/\/[\w/-]+)?(?:\?ref=(?:tags\/)?([\w.-]+))?$/;

/** The major version that a constraint allows only: `>=` allows the newest. */
function majorOf(version: string | undefined): number | undefined {
  const found = /^\s*(?:~>|=)?\s*v?(\d{1,4})\./.exec(version ?? "");
  return found === null ? undefined : Number(found[1]);
}
