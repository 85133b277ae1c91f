import { unknown } from "../../../core/text";
import type { Piece, Text, Value } from "../../../core/value";
import type { ResourceInstance } from "../modules/unit-tree";
import { account, computedAs, partition, region } from "./values";
import type { ResourceType } from "./type";

/** Where Terraform runs: the account, the partition and the region of a provider. */
export const accountTypes: readonly ResourceType[] = [
  {
    type: "data.aws_caller_identity",
    // A configuration only asks who runs it; a plan or state has the answer.
    adapt(instance, into) {
      const { address, at, guard } = instance;
      const arn = instance.attribute("arn");
      if (arn.kind === "text") into.callers.push({ address, at, guard, arn });
    },
    attributes: {
      account_id: (data) => textOf(data, account(data)),
      id: (data) => textOf(data, account(data)),
      arn: computedAs("arn"),
      user_id: computedAs("user_id"),
    },
  },
  {
    type: "data.aws_partition",
    attributes: {
      partition: (data) => textOf(data, partition(data)),
      id: (data) => textOf(data, partition(data)),
      dns_suffix: dnsSuffix,
      reverse_dns_prefix: computedAs("reverse_dns_prefix"),
    },
  },
  {
    type: "data.aws_region",
    attributes: { name: region, region, id: region, description: computedAs("description") },
  },
];

function textOf(data: ResourceInstance, piece: Piece): Text | Value {
  return piece.kind === "hole" ? piece.unknown : { kind: "text", pieces: [piece], at: data.at };
}

function dnsSuffix(data: ResourceInstance): Value {
  const id = `${data.address}.dns_suffix`;
  return unknown("data-source", id, data.at, { id });
}
