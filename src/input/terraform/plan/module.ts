import { always } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Entry } from "../../../core/value";
import type { ConfiguredModule } from "./configuration";
import { fieldOf } from "../../fields";
import type { OutputInstance, ProviderInstance, ResourceInstance } from "../modules/unit-tree";
import { inModule } from "../modules/unit-context";
import { isSensitive } from "./record";
import { expressionValue, variableValue } from "./references";
import type { Calling, RecordedModule, Recording } from "./recording";

/** What a module instance gets from the unit that it is in. */
interface Parts {
  readonly dir: string;
  readonly resources: () => readonly ResourceInstance[];
  readonly providers: () => readonly ProviderInstance[];
}

export function recordedModule(
  { address, suffix, calling }: { address: string; suffix: string; calling: Calling | undefined },
  configured: ConfiguredModule | undefined,
  parts: Parts,
  recording: Recording,
): RecordedModule {
  const module: RecordedModule = {
    address,
    suffix,
    calling,
    configured,
    dir: parts.dir,
    guard: always,
    call: calling && recording.start,
    inputs: undefined, // Of a plan there is one place of all, which names nothing first.
    parent: calling?.parent,
    get variables() {
      return [...(configured?.variables.values() ?? [])].map(({ key, keyAt, value }) => ({
        name: key,
        address: inModule(address, `var.${key}`),
        at: keyAt,
        value: () => variableValue(key, module, keyAt, recording) ?? ({ kind: "null", at: keyAt } as const),
        default: () => fieldOf(value, "default"),
      }));
    },
    locals: [],
    get outputs() {
      return [...(configured?.outputs.values() ?? [])].map((output) => configuredOutput(output, module, recording));
    },
    resources: parts.resources,
    providers: parts.providers,
  };
  return module;
}

/** An output of which only the expression is known: what a module hands to the one around it. */
export function configuredOutput(
  { key, keyAt, value }: Entry,
  module: RecordedModule,
  recording: Recording,
): OutputInstance {
  const address = inModule(module.address, `output.${key}`);
  const expression = fieldOf(value, "expression");
  const asked = { module, suffix: module.suffix, id: address, at: keyAt };
  return {
    name: key,
    address,
    at: keyAt,
    value: () => expressionValue(expression, asked, recording),
    valueAt: expression?.at ?? keyAt,
    sensitive: () => isSensitive(value),
  };
}

export interface ModuleStep {
  readonly address: string;
  readonly name: string;
  readonly suffix: string;
}

/** `module.a["x"].module.b` as the modules that lead there, outermost first; undefined where it is no such address. */
export function stepsTo(address: string): readonly ModuleStep[] | undefined {
  const steps: ModuleStep[] = [];
  const pattern = /(?:^|\.)module\.([^.[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/gy;
  let end = 0;
  for (let match = pattern.exec(address); match !== null; match = pattern.exec(address)) {
    const [, name = "", suffix = ""] = match;
    end = pattern.lastIndex;
    steps.push({ address: address.slice(0, end), name, suffix });
    if (steps.length > limits.moduleDepth) return undefined;
  }
  return end === address.length ? steps : undefined;
}
