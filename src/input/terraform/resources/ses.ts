import type { ResourceInstance } from "../modules/unit-tree";
import type { Value } from "../../../core/value";
import { account, arn, regionPiece, required, sameAs, unlessEmpty } from "./values";
import type { ResourceType } from "./type";

/** Amazon SES: the ARNs that policies name, and the policies that name principals. */
export const sesTypes: readonly ResourceType[] = [
  identity("aws_ses_domain_identity", "domain"),
  identity("aws_ses_email_identity", "email"),
  identity("aws_sesv2_email_identity", "email_identity"),
  sesResource("aws_ses_configuration_set", "configuration-set", "name"),
  sesResource("aws_sesv2_configuration_set", "configuration-set", "configuration_set_name"),
  sesResource("aws_ses_template", "template", "name"),
  sesResource("data.aws_ses_domain_identity", "identity", "domain"),
  sesResource("data.aws_ses_email_identity", "identity", "email"),
  sesResource("data.aws_sesv2_email_identity", "identity", "email_identity"),
  {
    type: "aws_ses_domain_identity_verification",
    attributes: { id: sameAs("domain"), arn: sesArn("identity", "domain") },
  },
  identityPolicy("aws_ses_identity_policy", "identity"),
  identityPolicy("aws_sesv2_email_identity_policy", "email_identity"),
];

function sesResource(type: string, kind: string, argument: string): ResourceType {
  return { type, attributes: { id: sameAs(argument), arn: sesArn(kind, argument) } };
}

function identity(type: string, argument: string): ResourceType {
  return {
    ...sesResource(type, "identity", argument),
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const set = unlessEmpty(instance, "configuration_set_name");
      const name = required(instance, argument, into);
      const configurationSet = set && { configurationSet: set };
      // What a plan or state has recorded says account and partition, which no configuration does.
      const arn = instance.attribute("arn");
      into.identities.push({ address, at, guard, name, arn, ...configurationSet });
    },
  };
}

function sesArn(kind: string, argument: string): (instance: ResourceInstance) => Value {
  return (instance) => {
    const where = { region: regionPiece(instance), account: account(instance) };
    return arn(instance, "ses", where, [`${kind}/`, required(instance, argument)]);
  };
}

/** A policy on an identity lets the principals that it names send from it, or keeps them from it. */
function identityPolicy(type: string, argument: string): ResourceType {
  return {
    type,
    settings: "none",
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const [on, document] = [required(instance, argument, into), required(instance, "policy", into)];
      into.identityPolicies.push({ address, at, guard, identity: on, document });
    },
  };
}
