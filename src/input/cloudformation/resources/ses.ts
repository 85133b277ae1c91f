import type { ResourceType } from "./type";
import { field, identityArn, named, required } from "./values";

/** The identities that policies name. */
export const sesTypes: readonly ResourceType[] = [
  {
    type: "AWS::SES::EmailIdentity",
    adapt(identity, into) {
      const { address, at, guard } = identity;
      const name = required(identity, "EmailIdentity");
      const attributes = identity.property("ConfigurationSetAttributes");
      const set = attributes && field(attributes, "ConfigurationSetName");
      const arn = identityArn(identity, name, at);
      into.identities.push({ address, at, guard, name, arn, ...(set && { configurationSet: set }) });
    },
    ref: (identity, at) => named(identity, "EmailIdentity", at),
  },
  {
    type: "AWS::SES::ConfigurationSet",
    ref: (set, at) => named(set, "Name", at),
  },
];
