import type { Span } from "../../../core/source";
import type { Evaluation, Instance, Names, Scope } from "../evaluate/scope";
import type { Attributes, UnitResources } from "./unit-tree";
import type { BlockSource } from "./block-source";
import type { ModuleSource } from "./module-source";
import type { Overlay } from "./overlay";
import type { Made } from "./resource-instance";
import type { Node } from "../parse/syntax";

/** What the module instances of one unit share. */
export interface UnitContext extends UnitResources {
  readonly kind: "root" | "library";
  readonly evaluation: Evaluation;
  readonly attributes: Attributes;
  /** The root module's directory. */
  readonly dir: string;
  /** The module in a directory. One that `terraform init` has put there is placed at the call. */
  load(dir: string, call: BlockSource): ModuleSource | undefined;
  /** The built-in module that a source and a version mean, as far as it has the variables that the call sets. */
  builtIn(call: BlockSource, source: string, version: string | undefined): ModuleSource | undefined;
  /** The directory that `terraform init` put a module into, by the names of the calls that lead to it. */
  installed(calls: readonly string[]): string | undefined;
  /** Resource instances by address, as far as they are worked out. */
  readonly resources: Map<string, Made>;
  /** Module instances by address, as references see them. */
  readonly modules: Map<string, Instance>;
  /** What a plan or state says of the unit. */
  readonly overlay: Overlay | undefined;
  /** Module calls so far. */
  readonly calls: { count: number };
}

/** `module.a.` before what stands in the module; nothing in the root module. */
export function inModule(address: string, name: string): string {
  return address === "" ? name : `${address}.${name}`;
}

/** Scopes over the files of a module. */
export function scopesOf(evaluation: Evaluation, names: Names): (file: string) => Scope {
  const scopes = new Map<string, Scope>();
  return (file) => {
    const known = scopes.get(file);
    if (known !== undefined) return known;
    const at = (node: Node): Span => ({ file, start: node.start, end: node.end });
    const scope: Scope = { evaluation, names, at, bindings: undefined };
    scopes.set(file, scope);
    return scope;
  };
}
