import { both } from "../../../core/guard";
import type { BlockSource } from "./block-source";
import { derived, work } from "../evaluate/once";
import type { Group } from "../evaluate/scope";
import { groupOf } from "./group";
import type { ResourceInstance } from "./unit-tree";
import { isCounted, recordedCopies, repetitionOf, type Copy } from "./repetition";
import { declared, modeOf, resourceInstance, type Home, type Made } from "./resource-instance";

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
  const of = declared(source, local, home);
  const make = (copies: readonly Copy[]): readonly Made[] => {
    const result: Made[] = [];
    for (const copy of copies) {
      const guard = both(module.guard, copy.guard);
      if (guard === undefined) continue;
      const made = resourceInstance(of, copy, guard);
      unit.resources.set(made.address, made);
      result.push(made);
    }
    return result;
  };
  const made = work(
    () => {
      const keys = unit.overlay?.keys(module.address, local);
      const { kind, copies, others } = recordedCopies(repetitionOf(source, home.scopeIn), keys, source.at);
      return { kind, known: make(copies), others: others && make([others])[0] };
    },
    () => {
      const { files } = unit.evaluation;
      const message = `The number of instances of ${local} depends on the instances themselves.`;
      files.report({ kind: "invalid", file: source.file, at: source.at, message });
      return { kind: "single" as const, known: [], others: undefined };
    },
  );
  return {
    isCounted: () => isCounted(source, made),
    instances: derived(made, ({ known, others }) => (others === undefined ? known : [...known, others])),
    group: derived(made, ({ kind, known, others }) => groupOf(kind, known, others, source.at)),
  };
}
