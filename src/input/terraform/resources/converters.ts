import type { ResourceType } from "./type";

/**
 * Programs that make something else of what they are handed: a credential that goes in does not come out, and their
 * arguments are settings of nothing.
 */
export const converters: readonly ResourceType[] = [
  "aws_lambda_invocation",
  "data.aws_lambda_invocation",
  "data.external",
  "null_resource",
  "terraform_data",
  "random_password",
  "random_string",
  "random_id",
  "random_pet",
  "time_rotating",
  "time_sleep",
].map((type) => ({ type, settings: "none" }));
