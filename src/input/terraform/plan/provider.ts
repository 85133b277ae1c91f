import { always } from "../../../core/guard";
import type { Entry, MapValue, Value } from "../../../core/value";
import { blocksInValue } from "../modules/block";
import type { ProviderInstance } from "../modules/unit-tree";
import { inModule } from "../modules/unit-context";
import { entriesIn, textField } from "../../fields";
import { isExpression } from "./merged";
import { expressionValue } from "./references";
import type { RecordedModule, Recording } from "./recording";

interface ManagingProvider {
  readonly address: string;
  readonly configuration: ProviderInstance | undefined;
}

/** By the plan's key: `aws`, `aws.east`, `module.mail:aws`. A state names providers, and does not configure them. */
export function providerOf(
  key: string | undefined,
  type: string,
  module: RecordedModule,
  recording: Recording,
): ManagingProvider {
  const config = key === undefined ? undefined : recording.provider(key);
  const configuration = config && providerInstance(config, module, recording);
  return configuration === undefined
    ? { address: `provider.${type.split("_")[0] ?? type}`, configuration: undefined }
    : { address: configuration.address, configuration };
}

/** `within` is the module that asks; what configures it is that module, or one around it. */
export function providerInstance(config: Value, within: RecordedModule, recording: Recording): ProviderInstance {
  const module = recording.module(textField(config, "module_address") ?? "") ?? within;
  const type = textField(config, "name") ?? "";
  const alias = textField(config, "alias");
  const address = inModule(module.address, ["provider", type, ...(alias === undefined ? [] : [alias])].join("."));
  const values = evaluated(config, module, address, recording);
  const [block] = blocksInValue(values, type, always);
  return {
    type,
    labels: [],
    at: config.at,
    guard: always,
    arguments: block?.arguments ?? [],
    argument: (name) => block?.argument(name),
    blocks: (name) => block?.blocks(name) ?? [],
    allBlocks: () => [],
    alias,
    module,
    address,
  };
}

function evaluated(config: Value, module: RecordedModule, address: string, recording: Recording): MapValue {
  const entries = entriesIn(config).find(({ key }) => key === "expressions")?.value;
  return {
    kind: "map",
    at: config.at,
    entries: entriesIn(entries).flatMap((entry): readonly Entry[] => {
      if (!isExpression(entry.value)) return []; // A block: it says nothing of regions and credentials.
      const asked = { module, suffix: module.suffix, id: `${address}.${entry.key}`, at: entry.keyAt };
      return [{ ...entry, value: expressionValue(entry.value, asked, recording) }];
    }),
  };
}
