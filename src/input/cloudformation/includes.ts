import { knownText } from "../../core/text";
import type { Entry, Value } from "../../core/value";
import { localPath, type LocalPath } from "./local-path";
import type { Stack } from "./stack";
import { fieldOf, textField } from "../fields";
import type { Template } from "./template";
import type { UnitContext } from "./unit-context";
import { writtenText } from "./written-text";

/**
 * What `Fn::Transform: { Name: AWS::Include, Parameters: { Location } }` puts beside what stands there: the entries of a
 * file of the input. Undefined where it is another macro, an object in S3, or not there. (CloudFormation User Guide,
 * "AWS::Include transform"; `aws cloudformation package` uploads local paths.)
 */
export function entriesOfInclude(call: Value, stack: Stack, unit: UnitContext): readonly Entry[] | undefined {
  const location = includedLocation(call);
  const path = location && localPath(stack.template.path, knownText(stack.evaluate(location)));
  const fragment = path && unit.fragment(path, call.at);
  return fragment?.kind === "map" ? fragment.entries : undefined;
}

/** The files that a template includes, as far as they are written down. */
export function includedPaths(template: Template): readonly LocalPath[] {
  if (!template.hasIncludes) return [];
  const found: LocalPath[] = [];
  const waiting: Value[] = [template.root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value.kind === "list") for (const item of value.items) waiting.push(item.value);
    if (value.kind !== "map") continue;
    const location = includedLocation(value);
    const path = location && localPath(template.path, writtenText(location, { template }));
    if (path === undefined) for (const entry of value.entries) waiting.push(entry.value);
    else found.push(path);
  }
  return found;
}

function includedLocation(call: Value): Value | undefined {
  return textField(call, "Name") === "AWS::Include" ? fieldOf(fieldOf(call, "Parameters"), "Location") : undefined;
}
