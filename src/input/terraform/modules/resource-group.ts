import { both } from "../../../core/guard";
import type { BlockSource } from "./block-source";
import { derived, work } from "../evaluate/once";
import type { Group, Instance } from "../evaluate/scope";
import { groupOf } from "./group";
import type { ResourceInstance } from "./unit-tree";
import { isCounted, recordedCopies, repetitionOf, type Copy } from "./repetition";
import { modeOf, referable, resourceInstance, type Home } from "./resource-instance";

/** A resource as it is declared, with its instances. */
export interface Resource extends Opened {
  /** The address within the module, without keys: `aws_iam_user.mail`, `data.aws_region.here`. */
  readonly local: string;
  readonly type: string;
  readonly mode: ResourceInstance["mode"];
  readonly source: BlockSource;
}

interface Opened {
  /** Is it known how many instances there are, or does that hang on no value of the input? */
  readonly isCounted: () => boolean;
  readonly instances: () => readonly ResourceInstance[];
  readonly group: () => Group;
}

interface Made {
  readonly resource: ResourceInstance;
  readonly instance: Instance;
}

/** Nobody asks for the instances of most resources of a large unit. */
export function resourceOf(source: BlockSource, local: string, home: Home): Resource {
  let opened: Opened | undefined;
  const open = (): Opened => (opened ??= openResource(source, local, home));
  return {
    local,
    type: source.labels[0]?.text ?? "",
    mode: modeOf(source),
    source,
    isCounted: () => open().isCounted(),
    instances: () => open().instances(),
    group: () => open().group(),
  };
}

function openResource(source: BlockSource, local: string, home: Home): Opened {
  const { unit, module } = home;
  const make = (copy: Copy): readonly Made[] => {
    const guard = both(module.guard, copy.guard);
    if (guard === undefined) return [];
    const resource = resourceInstance(source, local, copy, guard, home);
    const made = { resource, instance: referable(resource, local, copy, unit) };
    unit.resources.set(resource.address, made);
    return [made];
  };
  const made = work(
    () => {
      const keys = unit.overlay?.keys(module.address, local);
      const { kind, copies, others } = recordedCopies(repetitionOf(source, home.scopeIn), keys, source.at);
      return { kind, known: copies.flatMap(make), others: others && make(others)[0] };
    },
    () => {
      const { files } = unit.evaluation;
      const message = `How many instances of ${local} there are depends on themselves.`;
      files.tell({ kind: "invalid", file: source.file, at: source.at, message });
      return { kind: "single" as const, known: [], others: undefined };
    },
  );
  return {
    isCounted: () => isCounted(source, made),
    instances: derived(made, ({ known, others }) =>
      [...known, ...(others === undefined ? [] : [others])].map(({ resource }) => resource),
    ),
    group: derived(made, ({ kind, known, others }) =>
      groupOf(
        kind,
        known.map(({ instance }) => instance),
        others?.instance,
        source.at,
      ),
    ),
  };
}
