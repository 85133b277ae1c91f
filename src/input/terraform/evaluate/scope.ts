import { always, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { kept } from "../../../core/map";
import type { Span } from "../../../core/source";
import { text, unknown } from "../../../core/text";
import type { Truth } from "../../../core/truth";
import type { Definite, Entry, Known, MapValue, Unknown, Value } from "../../../core/value";
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

type Bound = BoundNames | Turn;

/** Names with a value each, in the same order: one or two, so that lists of them are smaller and faster than a map. */
export interface BoundNames {
  readonly kind: "names";
  readonly names: readonly string[];
  readonly values: readonly Value[];
}

/**
 * `each` or what a `dynamic` block calls it, and `count`: objects. An expression asks for an attribute of one, so that the
 * object is made only where it stands by itself.
 */
export type Turn =
  | { readonly kind: "each"; readonly name: string; readonly key: ElementKey; readonly value: Value; readonly at: Span }
  | { readonly kind: "count"; readonly index: Value; readonly at: Span };

/** The key of an element: that of a map's is a text where an expression asks for it, and until then its entry. */
export type ElementKey = Value | Entry;

export function valueOfKey(key: ElementKey): Value {
  return "kind" in key ? key : text(key.key, key.keyAt);
}

/** `label` tells two bindings of one place apart, the same in every run: an index or a key. */
interface Bindings {
  readonly bound: Bound;
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
  /** Pieces of texts that are written, and places of what is, likewise. */
  readonly pieces: Map<Node, Known>;
  readonly places: Map<Node, Span>;
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
    places: new Map(),
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
  readonly copy: Keyed;
  readonly address: string;
  /** `at` is the reference. */
  attribute(name: string, at: Span): Value;
  /** The whole instance as a value. */
  object(at: Span): Value;
}

/** Which of the instances of one resource or module call it is, and when that is there, where its module is. */
export interface Keyed {
  /** The index or key; undefined for the one that stands for others, and for a single one. */
  readonly key: string | undefined;
  /** A key that is not known, of an instance that is. */
  readonly unknownKey: Definite | undefined;
  readonly guard: Guard;
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
  return { evaluation, names, at, bindings: { bound, label, outer } };
}

export function bound(scope: Scope, name: string): Value | undefined {
  const found = binding(scope, name);
  if (found === undefined) return handedAs(name, scope);
  return found.kind === "names" ? found.values[found.names.indexOf(name)] : objectOfTurn(found);
}

export function isBound(scope: Scope, name: string): boolean {
  return (binding(scope, name) ?? handedAs(name, scope)) !== undefined;
}

/** `each.key`, `count.index`: an attribute of what is bound as an object. */
export function boundAttribute(scope: Scope, name: string, attribute: string): Value | undefined {
  const found = binding(scope, name);
  return found === undefined || found.kind === "names" ? undefined : attributeOf(found, attribute);
}

function binding({ bindings: innermost }: Scope, name: string): Bound | undefined {
  for (let bindings = innermost; bindings !== undefined; bindings = bindings.outer) {
    if (binds(bindings.bound, name)) return bindings.bound;
  }
  return undefined;
}

export function binds(bound: Bound, name: string): boolean {
  switch (bound.kind) {
    case "names":
      return bound.names.includes(name);
    case "each":
      return bound.name === name;
    case "count":
      return name === "count";
  }
}

function handedAs(name: string, { names: { handed } }: Scope): Value | undefined {
  return handed && (handed.values.get(name) ?? handed.others);
}

function attributeOf(turn: Turn, name: string): Value | undefined {
  if (turn.kind === "count") return name === "index" ? turn.index : undefined;
  return name === "key" ? valueOfKey(turn.key) : name === "value" ? turn.value : undefined;
}

export function objectOfTurn(turn: Turn): MapValue {
  const { at } = turn;
  const entry = (key: string, value: Value): Entry => ({ key, keyAt: at, guard: always, value });
  const entries =
    turn.kind === "count"
      ? [entry("index", turn.index)]
      : [entry("key", valueOfKey(turn.key)), entry("value", turn.value)];
  return { kind: "map", entries, at };
}

/** The place of a node. Of what instances and loops go over again and again one is enough. */
export function placeOf(node: Node, { names, at, bindings }: Scope): Span {
  return bindings === undefined ? at(node) : kept(names.places, node, at);
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
