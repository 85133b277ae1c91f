import { unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Collected } from "../../collected";
import type { BlockInstance, ResourceInstance } from "../modules/unit-tree";
import type { ResourceType } from "./type";

/**
 * Could a resource of a type that nobody describes create, grant, attach or add to a group? Types of IAM that are about
 * roles, providers or keys for other services cannot.
 */
export function couldGrant(type: string): boolean {
  if (type.startsWith("awscc_iam_")) return !/^awscc_iam_(?:role|instance_profile|oidc|saml|server|service)/.test(type);
  return type.startsWith("aws_iam_") && !harmless.has(type);
}

const harmless: ReadonlySet<string> = new Set([
  "aws_iam_account_alias",
  "aws_iam_account_password_policy",
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_organizations_features",
  "aws_iam_outbound_web_identity_federation",
  "aws_iam_role",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policy_attachments_exclusive",
  "aws_iam_saml_provider",
  "aws_iam_security_token_service_preferences",
  "aws_iam_server_certificate",
  "aws_iam_service_linked_role",
  "aws_iam_service_specific_credential",
  "aws_iam_signing_certificate",
  "aws_iam_user_ssh_key",
  "aws_iam_virtual_mfa_device",
]);

/** Other things that can hold IAM resources: templates of CloudFormation, resources of any type by Cloud Control. */
export const holders: readonly ResourceType[] = [
  "aws_cloudformation_stack",
  "aws_cloudformation_stack_set",
  "aws_cloudformation_stack_set_instance",
  "aws_cloudformation_stack_instances",
  "aws_serverlessapplicationrepository_cloudformation_stack",
  "aws_cloudcontrolapi_resource",
].map((type) => ({ type, adapt: addGap }));

/** The resource as something that is not analysed, with all that it is handed. */
export function addGap(instance: ResourceInstance, into: Collected): void {
  const { address, at, guard, type } = instance;
  into.gaps.push({ address, at, guard, unknown: unknown("unsupported", type, at), inputs: argumentValues(instance) });
}

/** The values of all arguments, of nested blocks too. */
export function argumentValues(block: BlockInstance): readonly Value[] {
  const own = block.arguments.flatMap((argument) => block.argument(argument.name) ?? []);
  return [...own, ...block.allBlocks().flatMap(argumentValues)];
}

/** Commands that may change who may do what: `aws iam attach-user-policy --user-name …`. */
export function addCommandGaps(instance: ResourceInstance, into: Collected): void {
  for (const provisioner of instance.blocks("provisioner")) {
    const command = provisioner.argument("command") ?? provisioner.argument("inline");
    if (command === undefined || !mentionsIam(command)) continue; // Other commands grant nothing.
    const { address, guard } = instance;
    const at = provisioner.at;
    const inputs = argumentValues(provisioner);
    into.gaps.push({ address, at, guard, unknown: unknown("unsupported", "a command of AWS IAM", at), inputs });
  }
}

function mentionsIam(command: Value): boolean {
  switch (command.kind) {
    case "text":
      return command.pieces.some((piece) => piece.kind === "known" && /\baws\s+iam\b/.test(piece.text));
    case "list":
      return command.items.some((item) => mentionsIam(item.value));
    case "choice":
      return command.options.some((option) => mentionsIam(option.value));
    case "null":
    case "bool":
    case "number":
    case "map":
    case "unknown":
      return false;
  }
}
