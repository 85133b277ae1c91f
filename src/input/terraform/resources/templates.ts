import { choose } from "../../../core/choice";
import { both } from "../../../core/guard";
import { concat, optionsOf, text, tracesOf, unknown } from "../../../core/text";
import type { Text, Value } from "../../../core/value";
import type { ResourceInstance } from "../modules/instance";
import { required } from "./values";
import type { ResourceType } from "./type";

/** Data sources that render text. */
export const templateTypes: readonly ResourceType[] = [
  { type: "data.template_file", attributes: { rendered: renderedFile } },
  { type: "data.cloudinit_config", attributes: { rendered: renderedParts } },
  { type: "data.template_cloudinit_config", attributes: { rendered: renderedParts } },
  { type: "cloudinit_config", settings: "none", attributes: { rendered: renderedParts } },
];

function renderedFile(data: ResourceInstance): Value {
  const variables = data.argument("vars") ?? { kind: "map", entries: [], at: data.at };
  const alternatives = optionsOf(required(data, "template")).flatMap((source) =>
    optionsOf(variables).flatMap((vars) => {
      const guard = both(source.guard, vars.guard);
      return guard === undefined ? [] : [{ guard, value: rendered(data, source.value, vars.value) }];
    }),
  );
  return choose(alternatives, data.at);
}

function rendered(data: ResourceInstance, source: Value, variables: Value): Value {
  if (source.kind !== "text") return source;
  if (variables.kind === "map") return data.template(source, variables);
  const what = `${data.address}.rendered`;
  return unknown("unsupported", what, data.at, { traces: [...tracesOf(source), ...tracesOf(variables)] });
}

/** The parts one after the other. The MIME headers between them, and the compression around, are left out. */
function renderedParts(data: ResourceInstance): Value {
  const parts = data.blocks("part").map((part) => required(part, "content"));
  const all = parts.flatMap((part) => [part.kind === "text" ? part : hole(part), text("\n", part.at)]);
  return concat(all, data.at);
}

function hole(value: Value): Text {
  const inner =
    value.kind === "unknown" ? value : unknown("unsupported", "a condition", value.at, { traces: tracesOf(value) });
  return { kind: "text", pieces: [{ kind: "hole", unknown: inner }], at: value.at };
}
