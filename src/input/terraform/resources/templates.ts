import { choose } from "../../../core/choice";
import { both } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { concat, optionsOf, text, tracesOf, unknown } from "../../../core/text";
import type { Entry, MapValue, Text, Value } from "../../../core/value";
import type { BlockInstance, ResourceInstance } from "../modules/unit-tree";
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
  const variables = data.argument("vars") ?? blockOfVariables(data);
  const alternatives = optionsOf(required(data, "template")).flatMap((source) =>
    optionsOf(variables).flatMap((vars) => {
      const guard = both(source.guard, vars.guard);
      return guard === undefined ? [] : [{ guard, value: rendered(data, source.value, vars.value) }];
    }),
  );
  return choose(alternatives, data.at);
}

/** Until Terraform 0.12 a map could be written as a block: `vars { host = "…" }`. */
function blockOfVariables(data: ResourceInstance): MapValue {
  const entries = data.blocks("vars").flatMap((block) =>
    block.arguments.flatMap(({ name, at, valueAt }): readonly Entry[] => {
      const value = block.argument(name);
      return value === undefined
        ? []
        : [{ key: name, keyAt: at, guard: block.guard, value, ...(valueAt && { valueAt }) }];
    }),
  );
  return { kind: "map", entries, at: data.at };
}

function rendered(data: ResourceInstance, source: Value, variables: Value): Value {
  if (source.kind !== "text") return source;
  if (variables.kind === "map") return data.template(source, variables);
  const what = `${data.address}.rendered`;
  return unknown("unsupported", what, data.at, { traces: [...tracesOf(source), ...tracesOf(variables)] });
}

/** The parts one after the other. The MIME headers between them, and the compression around, are left out. */
function renderedParts(data: ResourceInstance): Value {
  const parts = data.blocks("part");
  const contents = parts.map((part) => required(part, "content"));
  const all = contents.flatMap((part) => [part.kind === "text" ? part : hole(part), text("\n", part.at)]);
  return concat(all, toEndOf(parts, data.at));
}

/** From the head of a block to the last of the expressions in its parts. */
function toEndOf(parts: readonly BlockInstance[], at: Span): Span {
  const written = parts.flatMap((part) => part.arguments.flatMap(({ valueAt }) => valueAt ?? []));
  const end = written.reduce((last, one) => (one.file === at.file ? Math.max(last, one.end) : last), at.end);
  return { ...at, end };
}

function hole(value: Value): Text {
  const inner =
    value.kind === "unknown" ? value : unknown("unsupported", "a condition", value.at, { traces: tracesOf(value) });
  return { kind: "text", pieces: [{ kind: "hole", unknown: inner }], at: value.at };
}
