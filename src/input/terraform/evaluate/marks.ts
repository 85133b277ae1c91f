import { anyOf, or, type Truth } from "../../../core/truth";
import type {
  Call,
  Conditional,
  Expression,
  ForObject,
  ForTuple,
  GetAttribute,
  Index,
  Name,
  TemplatePart,
} from "../parse/syntax";
import { isBound, type Scope, type Written } from "./scope";

/**
 * Is the value of an expression marked as sensitive, as `issensitive` answers? Marks are Terraform's own: they come
 * from `sensitive()` and from what is declared sensitive, and end with `nonsensitive()`. No value carries them: they
 * are found from how it is written. What a resource, a module or a caller marks is not seen. Lists and objects are not
 * marked for what is in them; each part has its own.
 */
export function isMarked(e: Expression, scope: Scope): Truth {
  return marked(e, { scope, of: "whole", left: { steps: stepsKept } });
}

/** Expressions that are looked at for one answer: locals may refer to each other in ever more ways. Over it: maybe. */
const stepsKept = 1_000;

interface Walk {
  readonly scope: Scope;
  /** "parts": is anything in it marked? */
  readonly of: "whole" | "parts";
  readonly left: { steps: number };
}

function marked(e: Expression, walk: Walk): Truth {
  if (walk.left.steps-- <= 0) return "maybe";
  switch (e.kind) {
    case "literal":
    case "invalid":
    case "splat-item":
      return "no";
    case "parentheses":
      return marked(e.value, walk);
    case "template":
      return anyOf(e.parts.map((part) => markedPart(part, walk)));
    case "unary":
      return marked(e.operand, walk);
    case "binary":
      return or(marked(e.left, walk), marked(e.right, walk));
    case "conditional":
      return markedConditional(e, walk);
    case "tuple":
      return walk.of === "whole" ? "no" : anyOf(e.items.map((item) => marked(item, walk)));
    case "object": {
      const keys = e.items.flatMap(({ key }) => (key.kind === "expression" ? [key.value] : []));
      const values = walk.of === "whole" ? [] : e.items.map((item) => item.value);
      return anyOf([...keys, ...values].map((part) => marked(part, walk)));
    }
    case "for-tuple":
    case "for-object":
      return derived([e.collection], partsOfFor(e, walk), walk);
    case "splat":
      return derived([e.of], walk.of === "whole" ? [] : [e.each], walk);
    case "get-attribute":
    case "index":
      return markedReference(e, walk);
    case "variable":
      // What is bound inside of the expression is a part of a collection in it, which counts.
      return e.name !== "count" && isBound(walk.scope, e.name) ? "maybe" : "no";
    case "call":
      return markedCall(e, walk);
  }
}

/** What is made of marked values is marked; of others it may be where a part of them is. */
function derived(from: readonly Expression[], others: readonly Expression[], walk: Walk): Truth {
  const whole = anyOf([...from, ...others].map((part) => marked(part, walk)));
  if (whole !== "no" || walk.of === "parts") return whole;
  const parts = anyOf(from.map((part) => marked(part, { ...walk, of: "parts" })));
  return parts === "no" ? "no" : "maybe";
}

/** The whole is marked for its keys and its condition, not for its values. */
function partsOfFor(e: ForTuple | ForObject, { of }: Walk): readonly Expression[] {
  const keys = e.kind === "for-object" ? [e.keyValue] : [];
  const values = of === "whole" ? [] : [e.value];
  return [...keys, ...values, ...(e.condition === undefined ? [] : [e.condition])];
}

function markedPart(part: TemplatePart, walk: Walk): Truth {
  switch (part.kind) {
    case "text":
      return "no";
    case "interpolation":
      return marked(part.value, walk);
    case "if":
    case "for": {
      const inside = part.kind === "if" ? [...part.then, ...part.otherwise] : part.body;
      const over = part.kind === "if" ? part.condition : part.collection;
      const text = anyOf(inside.map((one) => markedPart(one, walk)));
      return or(marked(over, walk), text === "yes" ? "maybe" : text);
    }
  }
}

/** The arm that counts decides, where it is the condition that does not. */
function markedConditional(e: Conditional, walk: Walk): Truth {
  const [then, otherwise] = [marked(e.then, walk), marked(e.otherwise, walk)];
  const either = then === otherwise ? then : "maybe";
  return or(marked(e.condition, walk), either);
}

function markedReference(e: GetAttribute | Index, walk: Walk): Truth {
  const { scope } = walk;
  const found = written({ value: e, scope }, walk);
  if (found !== undefined) return marked(found.value, { ...walk, scope: found.scope });
  if (e.kind === "index") return derived([e.of, e.key], [], walk);
  if (e.of.kind !== "variable" || isBound(scope, e.of.name)) return derived([e.of], [], walk);
  const [kind, name] = [e.of.name, e.name.text];
  if (kind === "var") return scope.names.isMarked(name);
  const isNamed = kind === "module" || kind === "data" || scope.names.hasResource(`${kind}.${name}`);
  return isNamed ? "maybe" : "no";
}

/** The expression that a reference leads to: that of a local value, and a part of a list or object that is written out. */
function written({ value: e, scope }: Written, walk: Walk): Written | undefined {
  if (walk.left.steps-- <= 0 || (e.kind !== "get-attribute" && e.kind !== "index")) return undefined;
  if (e.kind === "get-attribute" && e.of.kind === "variable")
    return e.of.name === "local" ? scope.names.written(e.name.text) : undefined;
  const of = written({ value: e.of, scope }, walk) ?? { value: e.of, scope };
  const whole = written(of, walk) ?? of;
  const part = partOf(whole.value, e.kind === "index" ? e.key : e.name);
  return part && { value: part, scope: whole.scope };
}

function partOf(whole: Expression, by: Expression | Name): Expression | undefined {
  if (whole.kind === "tuple") return whole.items.find((_, i) => keyOf(by) === String(i));
  if (whole.kind !== "object" || whole.items.some((item) => item.key.kind === "expression")) return undefined;
  return whole.items.findLast(({ key }) => key.kind === "name" && key.name.text === keyOf(by))?.value;
}

/** A key that is written as it is; undefined for any other. */
function keyOf(by: Expression | Name): string | undefined {
  if (!("kind" in by)) return by.text;
  if (by.kind === "literal") return by.value.kind === "number" ? by.value.text : undefined;
  const [only, second] = by.kind === "template" ? by.parts : [];
  return only?.kind === "text" && second === undefined ? only.text : undefined;
}

function markedCall(e: Call, walk: Walk): Truth {
  const [first] = e.args;
  switch (e.name.text) {
    case "sensitive":
      return "yes";
    case "nonsensitive":
      return first === undefined || walk.of === "whole" || marked(first, walk) === "no" ? "no" : "maybe";
    case "issensitive":
    case "can":
      return "no";
    case "try": {
      const all = e.args.map((arg) => marked(arg, walk));
      return all.every((one) => one === all[0]) ? (all[0] ?? "no") : "maybe";
    }
    default:
      return derived(e.args, [], walk);
  }
}
