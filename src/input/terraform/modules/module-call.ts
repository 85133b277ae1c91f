import { both } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { unknown } from "../../../core/text";
import type { MapValue, Unknown, Value } from "../../../core/value";
import { argumentsIn, blockOf } from "./block";
import { spanOfName, type BlockSource } from "./block-source";
import { derived, work } from "../evaluate/once";
import type { Group, Instance } from "../evaluate/scope";
import { groupOf } from "./group";
import type { UnresolvedCall } from "./unit-tree";
import type { ModuleSource } from "./module-source";
import { openModule, type Calling, type Module } from "./module-instance";
import { printableSource, sourceKind } from "./call-source";
import { inCopy, isCounted, recordedCopies, repetitionOf, type Copy } from "./repetition";
import type { Home } from "./resource-instance";
import { inModule } from "./unit-context";
import { plainText } from "./variable";

/** A module call with its instances: modules of the input, or calls that nobody can look into. */
export interface Call {
  readonly name: string;
  /** Is it known how often it is called, or does that hang on no value of the input? */
  readonly isCounted: () => boolean;
  readonly group: () => Group;
  readonly modules: () => readonly Module[];
  readonly unresolved: () => readonly UnresolvedCall[];
}

interface Caller {
  readonly home: Home;
  readonly module: Module;
  readonly calling: Calling | undefined;
}

export function callOf(block: BlockSource, name: string, caller: Caller): Call {
  const { home } = caller;
  const made = work(
    () => {
      const keys = home.unit.overlay?.keys(home.module.address, `module.${name}`);
      const { kind, copies, others } = recordedCopies(repetitionOf(block, home.scopeIn), keys, block.at);
      const source = sourceOf(block, name, caller);
      const make = (copy: Copy) => copyOf(copy, block, name, source, caller);
      return { kind, known: copies.flatMap(make), others: others && make(others)[0] };
    },
    () => {
      const message = `The number of instances of module.${name} depends on its own outputs.`;
      home.unit.evaluation.files.report({ kind: "invalid", file: block.file, at: block.at, message });
      return { kind: "single" as const, known: [], others: undefined };
    },
  );
  return {
    name,
    isCounted: () => isCounted(block, made),
    group: derived(made, ({ kind, known, others }) => {
      const members = known.map(({ instance }) => instance);
      return groupOf(kind, members, others?.instance, block.at);
    }),
    modules: derived(made, (copies) => allOf(copies).flatMap((one) => (one.kind === "module" ? [one.module] : []))),
    unresolved: derived(made, (copies) =>
      allOf(copies).flatMap((one) => (one.kind === "unresolved" ? [one.call] : [])),
    ),
  };
}

type Source =
  | { readonly kind: "module"; readonly source: ModuleSource }
  | { readonly kind: "unresolved"; readonly text: string | undefined };

/** What the call's source leads to. Where it leads to nothing that is in the input, that is reported. */
function sourceOf(block: BlockSource, name: string, { home, module, calling }: Caller): Source {
  const written = plainText(block, "source", home.scopeIn);
  const at = block.attributes.get("source")?.value;
  const place = at === undefined ? block.at : { file: block.file, start: at.start, end: at.end };
  const { unit } = home;
  const unresolved = (kind: "unresolved" | "invalid", message: string): Source => {
    unit.evaluation.files.report({ kind, file: place.file, at: place, message });
    return { kind: "unresolved", text: written };
  };
  if (written === undefined) return unresolved("unresolved", `The source of module.${name} is not known.`);
  const where = sourceKind(written, module.dir);
  if (where.kind === "outside") {
    return unresolved("unresolved", `module.${name} is outside of what is linted; it is not read.`);
  }
  const names = [...(calling?.names ?? []), name];
  const dir = where.kind === "local" ? where.dir : unit.installed(names);
  const builtIn =
    dir === undefined ? unit.builtIn(block, written, plainText(block, "version", home.scopeIn)) : undefined;
  if (dir === undefined && builtIn === undefined) {
    // A plan that knows the module is read by itself.
    if (unit.overlay?.keys(home.module.address, `module.${name}`)) return { kind: "unresolved", text: written };
    const shown = printableSource(written);
    const what = shown === undefined ? `The source of module.${name}` : `The module ${shown}`;
    return unresolved("unresolved", `${what} is not in the input.`);
  }
  const target = dir ?? builtIn?.dir ?? "";
  if (target === module.dir || calling?.around.includes(target) === true) {
    return unresolved("invalid", `module.${name} calls a module that it is a part of.`);
  }
  if (names.length > limits.moduleDepth) {
    const message = `module.${name} is called more than ${limits.moduleDepth} modules deep; it is not analysed.`;
    unit.evaluation.files.report({ kind: "limit", limit: "moduleDepth", file: place.file, at: place, message });
    return { kind: "unresolved", text: written };
  }
  const source = builtIn ?? unit.load(target, block);
  if (source === undefined) {
    return unresolved("unresolved", `The directory of module.${name} is not there or holds no configuration.`);
  }
  reportUndeclared(block, name, source, home);
  return { kind: "module", source };
}

function reportUndeclared(block: BlockSource, name: string, source: ModuleSource, { unit }: Home): void {
  for (const { name: argument, file } of argumentsIn(block)) {
    if (source.variables.has(argument.text)) continue;
    const message = `module.${name} has no variable ${argument.text}.`;
    unit.evaluation.files.report({ kind: "invalid", file, at: spanOfName(argument, file), message });
  }
}

type Made =
  | { readonly kind: "module"; readonly instance: Instance; readonly module: Module }
  | { readonly kind: "unresolved"; readonly instance: Instance; readonly call: UnresolvedCall };

function allOf({ known, others }: { known: readonly Made[]; others: Made | undefined }): readonly Made[] {
  return others === undefined ? known : [...known, others];
}

function copyOf(copy: Copy, block: BlockSource, name: string, source: Source, caller: Caller): readonly Made[] {
  const { home, module: parent, calling } = caller;
  const { unit } = home;
  const guard = both(parent.guard, copy.guard);
  if (guard === undefined) return [];
  const local = `module.${name}${copy.suffix}`;
  const address = inModule(parent.address, local);
  const inFile = (file: string) => inCopy(copy, home.scopeIn(file));
  const inputs = blockOf(block, { address, guard, inFile });
  if (source.kind === "unresolved" || isOverCalls(block, home)) {
    const base = unknown("remote-module", `module.${name}`, block.at, { id: address });
    const version = plainText(block, "version", home.scopeIn);
    const text = source.kind === "unresolved" ? source.text : undefined;
    const call = { name, address, at: block.at, guard, source: text, version, unknown: base, inputs, module: parent };
    return [{ kind: "unresolved", instance: { copy, address, ...unresolvedOutputs(base) }, call }];
  }
  const names = [...(calling?.names ?? []), name];
  const around = [...(calling?.around ?? []), parent.dir];
  const module = openModule(
    source.source,
    unit,
    { kind: "call", inputs, guard },
    { parent, block, inputs, guard, local, names, around },
  );
  const instance = { copy, address, ...outputsOf(module, `module.${name}`, home) };
  unit.modules.set(address, instance);
  return [{ kind: "module", instance, module }];
}

function isOverCalls(block: BlockSource, { unit }: Home): boolean {
  unit.calls.count++;
  if (unit.calls.count <= limits.moduleCalls) return false;
  const message = `There are more than ${limits.moduleCalls} module calls; the others are not analysed.`;
  unit.evaluation.files.report({ kind: "limit", limit: "moduleCalls", file: block.file, at: block.at, message });
  return true;
}

function unresolvedOutputs(base: Unknown): Pick<Instance, "attribute" | "object"> {
  return {
    attribute: (name, at) => unknown("remote-module", base.reason.what, at, { id: `${base.id ?? ""}.${name}` }),
    object: () => base,
  };
}

function outputsOf(module: Module, what: string, home: Home): Pick<Instance, "attribute" | "object"> {
  const undeclared = (name: string, at: MapValue["at"]): Value => {
    // Of a version that has more outputs than the built-in model.
    if (module.source.origin === "built-in") return unknown("remote-module", `${what}.${name}`, at);
    const message = `${what} has no output ${name}.`;
    home.unit.evaluation.files.report({ kind: "invalid", file: at.file, at, message });
    return unknown("missing", `${what}.${name}`, at);
  };
  return {
    attribute: (name, at) => module.output(name) ?? undeclared(name, at),
    object: (at) => ({
      kind: "map",
      entries: module.outputs.map(({ name, at: keyAt }) => ({
        key: name,
        keyAt,
        guard: [],
        value: module.output(name) ?? { kind: "null", at },
      })),
      at,
    }),
  };
}
