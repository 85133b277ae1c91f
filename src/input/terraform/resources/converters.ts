import type { Value } from "../../../core/value";
import type { Collected } from "../../collected";
import type { ResourceInstance } from "../modules/unit-tree";
import { argumentValues } from "./gaps";
import type { ResourceType } from "./type";
import { unknownAttribute } from "./values";

/**
 * Programs that make something else of what they are handed: a credential that goes in does not come out, and their
 * arguments are settings of nothing.
 */
export const converters: readonly ResourceType[] = [
  ...["aws_lambda_invocation", "data.aws_lambda_invocation", "data.external", "null_resource", "shell_script"].map(
    (type): ResourceType => ({ type, settings: "none", adapt: addConverter }),
  ),
  {
    type: "terraform_data",
    settings: "none",
    adapt: addConverter,
    // Kept as it was put in (Terraform: "The terraform_data Managed Resource Type").
    attributes: { output: (data, attribute) => data.argument("input") ?? unknownAttribute(data, attribute) },
  },
  // These make values of nothing but chance and time.
  ...["random_password", "random_string", "random_id", "random_pet", "time_rotating", "time_sleep"].map(
    (type): ResourceType => ({ type, settings: "none" }),
  ),
];

function addConverter(instance: ResourceInstance, into: Collected): void {
  const { address, at, guard, type } = instance;
  const inputs = argumentValues(instance).map(decoded);
  if (inputs.length > 0) into.converters.push({ address, at, guard, type, inputs });
}

/** What is handed over as JSON counts as what it holds. */
function decoded(value: Value): Value {
  const [only] = value.kind === "text" ? value.pieces : [];
  return value.kind === "text" && value.pieces.length === 1 && only?.kind === "encoded" ? only.value : value;
}
