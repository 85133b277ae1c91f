import type { Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { unknown } from "../../../core/text";
import type { Truth } from "../../../core/truth";
import type { Definite, Known, Unknown, Value } from "../../../core/value";
import { invalid } from "../functions/context";
import type { FileLog } from "../file-log";
import type { Expression, Node } from "../parse/syntax";

/** Where an expression stands: what its names mean, and where its nodes are. */
export interface Scope {
  readonly evaluation: Evaluation;
  readonly names: Names;
  readonly at: (node: Node) => Span;
  /** `each`, `count`, `self`, iterators and `for` variables, the innermost first. */
  readonly bindings: Bindings | undefined;
}

/** Names with a value each, in the same order: one or two, so that lists of them are smaller and faster than a map. */
export interface Bound {
  readonly names: readonly string[];
  readonly values: readonly Value[];
}

/** `label` tells two bindings of one place apart, the same in every run: an index or a key. */
interface Bindings extends Bound {
  readonly label: string;
  readonly outer: Bindings | undefined;
}

/** The variables that a template is handed. */
export interface Handed {
  readonly values: ReadonlyMap<string, Value>;
  /** What any other name is worth, where it is not known which there are. */
  readonly others?: Unknown;
  /** The template's file. */
  readonly label: string;
}

/** What the names of one module instance mean. undefined: nothing of that name is declared. */
export interface Names {
  /** Address of the module instance; "" for the root module. */
  readonly address: string;
  /** What is no module, and declares nothing. */
  readonly outside?: "template" | "variable file";
  readonly handed?: Handed;
  variable(name: string): Value | undefined;
  local(name: string): Value | undefined;
  /** `path.module`, `path.root`, `path.cwd` */
  path(name: string): Value | undefined;
  /** Is a variable marked as sensitive? "maybe" where a caller sets it. */
  isMarked(variable: string): Truth;
  /** The expression of a local value. */
  written(local: string): Written | undefined;
  call(name: string): Group | undefined;
  /** `aws_iam_user.mail`, `data.aws_region.here` */
  resource(address: string): Group | undefined;
  /** Is there such a resource? Its instances are not worked out for it. */
  hasResource(address: string): boolean;
  /** Values of expressions that hang on no binding, so that all instances share them. */
  readonly shared: Map<Node, Value>;
  /** Pieces of texts that are written, likewise. */
  readonly pieces: Map<Node, Known>;
}

/** An expression, and where it stands. */
export interface Written {
  readonly value: Expression;
  readonly scope: Scope;
}

/** Where nothing is declared: a template sees the variables that it is handed, and a variable file sees nothing. */
export function noNames(address: string, outside?: Names["outside"]): Names {
  return {
    address,
    ...(outside && { outside }),
    variable: () => undefined,
    local: () => undefined,
    path: () => undefined,
    isMarked: () => "maybe",
    written: () => undefined,
    call: () => undefined,
    resource: () => undefined,
    hasResource: () => false,
    shared: new Map(),
    pieces: new Map(),
  };
}

/** The instances of one resource or module call. */
export interface Group {
  readonly repetition: "single" | "enabled" | "count" | "for_each";
  readonly members: readonly Instance[];
  /** Stands for all instances that are not known. */
  readonly others: Instance | undefined;
  /** The instances that can have the key, which is an index or a text. */
  withKey(key: string): readonly Instance[];
  readonly at: Span;
}

export interface Instance {
  /** The index or key; undefined for the one that stands for others, and for a single one. */
  readonly key: string | undefined;
  /** A key that is not known, of an instance that is. */
  readonly unknownKey: Definite | undefined;
  readonly guard: Guard;
  readonly address: string;
  /** `at` is the reference. */
  attribute(name: string, at: Span): Value;
  /** The whole instance as a value. */
  object(at: Span): Value;
}

/** The state of a unit's evaluation. */
export interface Evaluation {
  readonly files: FileLog;
  /** The root module's directory: relative paths start here. */
  readonly workingDir: string;
  /** A resource instance by its address: an Unknown with a ref to the attribute "" stands for it as a whole. */
  instance(address: string): Instance | undefined;
  readonly budget: { steps: number; depth: number };
  /** Where Terraform refuses the configuration, as far as it has been worked out: it deploys nothing then. */
  readonly refused: Guard[];
}

export function bind({ evaluation, names, at, bindings: outer }: Scope, bound: Bound, label: string): Scope {
  return { evaluation, names, at, bindings: { names: bound.names, values: bound.values, label, outer } };
}

export function bound(scope: Scope, name: string): Value | undefined {
  for (let bindings = scope.bindings; bindings !== undefined; bindings = bindings.outer) {
    const index = bindings.names.indexOf(name);
    if (index >= 0) return bindings.values[index];
  }
  const { handed } = scope.names;
  return handed && (handed.values.get(name) ?? handed.others);
}

/** The scope of the module, without what instances and loops bind. */
export function unbound(scope: Scope): Scope {
  return scope.bindings === undefined ? scope : { ...scope, bindings: undefined };
}

/** An error of the input: what Terraform refuses. `try` and `can` catch it; a diagnostic reports it where nothing does. */
export function failure(what: string, node: Node, scope: Scope): Unknown {
  return invalid(what, scope.at(node));
}

/** May evaluation go a step further and deeper? Every `enter` that says yes is followed by a `leave`. */
export function enter(budget: Evaluation["budget"]): "yes" | "steps" | "evaluationDepth" {
  if (budget.steps >= limits.steps) return "steps";
  if (budget.depth >= limits.evaluationDepth) return "evaluationDepth";
  budget.steps++;
  budget.depth++;
  return "yes";
}

/** What is made for every element, a block or an instance, costs as much as many steps. May another be made? */
export function makes(budget: Evaluation["budget"]): boolean {
  return spends(budget, stepsOfInstance);
}

/** May work be done that costs as much as so many steps? */
export function spends(budget: Evaluation["budget"], steps: number): boolean {
  if (budget.steps >= limits.steps) return false;
  budget.steps += steps;
  return true;
}

const stepsOfInstance = 20;

export function leave(budget: Evaluation["budget"]): void {
  budget.depth--;
}

export function overLimit(
  limit: "steps" | "evaluationDepth" | "textLength" | "items" | "valueSize",
  at: Span,
): Unknown {
  return unknown("limit", limit, at);
}
