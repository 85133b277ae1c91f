import type { Unit } from "./model";

/** Is a unit Terraform's, be it that a CDK wrote it? Any other is made of CloudFormation's templates. */
export function isTerraform({ dialect }: Unit): boolean {
  switch (dialect) {
    case "terraform":
    case "cdktf":
      return true;
    case "cloudformation":
    case "cdk":
      return false;
  }
}
