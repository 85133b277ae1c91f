import type { Read } from "../../../core/read";
import type { FoundFile } from "../../dialect";

/**
 * A plan (`terraform show -json plan.out`) or a state (`terraform show -json`, `terraform.tfstate`), by its name or a
 * quick look at the text: such files have any name. The reader tells for certain.
 */
export function looksRecorded({ path, named }: FoundFile, read: Read): boolean {
  if (!named && !/\.(?:json|tfstate|tfplan)$/i.test(path)) return false;
  const result = read.text(path);
  const isState = /\.tfstate$/i.test(path);
  // Who finds a plan that cannot be read has to learn so.
  if (result.kind === "failed") return isState || /(?:^|[/._-])(?:tf)?plan[^/]*\.json$/i.test(path);
  if (result.kind !== "text") return false;
  const { text } = result;
  if (isState && /^\s*\{/.test(text)) return true;
  return /"(?:format|terraform)_version"/.test(text) && (hasWordsOfOutput(text) || hasWordsOfState(text));
}

/** What `terraform show -json` writes; `terraform validate -json` and the schemas of providers have other sections. */
function hasWordsOfOutput(text: string): boolean {
  return text.includes('"format_version"') && /"(?:planned_values|resource_changes|prior_state|values)"\s*:/.test(text);
}

function hasWordsOfState(text: string): boolean {
  return text.includes('"terraform_version"') && text.includes('"resources"') && /"version"\s*:\s*4\b/.test(text);
}
