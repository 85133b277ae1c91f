import { choose, type Alternative } from "../../../core/choice";
import { distribute } from "../../../core/distribute";
import { both, when, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { kept } from "../../../core/map";
import type { Span } from "../../../core/source";
import { knownText, tracesOf, unknown } from "../../../core/text";
import type { Definite, ListValue, MapValue, NullValue, Unknown, Value } from "../../../core/value";
import { certainValue } from "../functions/by-key";
import { consequence, invalid, isError } from "../functions/context";
import { uncovered } from "../functions/distribute";
import { sameValue } from "../functions/equal";
import { idOf } from "../functions/same-when";
import type { Expression, GetAttribute, Index, Variable } from "../parse/syntax";
import { asText } from "./convert";
import { evaluate } from "./expression";
import { bound, boundAttribute, failure, type Group, type Instance, type Scope } from "./scope";
import { capital } from "./settled";
import { attributeOf, elementOf } from "./traversal";

/**
 * What a traversal denotes on its way: names lead to resources and module calls, whose instances need not all become
 * values when one attribute of one is asked for.
 */
type Target =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "namespace"; readonly path: string }
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "instances"; readonly options: readonly InstanceOption[] };

/** An instance that is meant when the guard holds, or what there is instead. */
interface InstanceOption {
  readonly guard: Alternative["guard"];
  readonly instance: Instance | Unknown | NullValue;
}

type Traversal = Variable | GetAttribute | Index;

export function evaluateTraversal(e: Traversal, scope: Scope): Value {
  return valueOfTarget(resolve(e, scope), e, scope);
}

/** The parser limits how long a traversal can be; what stands at its root is evaluated with limits of its own. */
function resolve(e: Expression, scope: Scope): Target {
  switch (e.kind) {
    case "variable": {
      const known = bound(scope, e.name);
      return known === undefined ? { kind: "namespace", path: e.name } : value(known);
    }
    case "get-attribute": {
      const known = e.of.kind === "variable" ? boundAttribute(scope, e.of.name, e.name.text) : undefined;
      return known === undefined ? attributeOfTarget(resolve(e.of, scope), e, scope) : value(known);
    }
    case "index":
      return indexOfTarget(resolve(e.of, scope), e, scope);
    case "parentheses":
      return resolve(e.value, scope);
    case "literal":
    case "template":
    case "splat":
    case "splat-item":
    case "call":
    case "unary":
    case "binary":
    case "conditional":
    case "tuple":
    case "object":
    case "for-tuple":
    case "for-object":
    case "invalid":
      return value(evaluate(e, scope));
  }
}

function valueOfTarget(target: Target, e: Expression, scope: Scope): Value {
  switch (target.kind) {
    case "value":
      return target.value;
    case "namespace":
      return failure(meaningless(target.path, scope) ?? `the name ${target.path} is no value by itself`, e, scope);
    case "group":
      return valueOfGroup(target.group, scope.at(e));
    case "instances":
      return ofInstances(target.options, scope.at(e), (instance, at) => instance.object(at));
  }
}

function attributeOfTarget(target: Target, e: GetAttribute, scope: Scope): Target {
  const name = e.name.text;
  switch (target.kind) {
    case "value": {
      const certain = target.value.kind === "map" ? certainValue(target.value, name) : undefined;
      return value(certain ?? attributeOf(target.value, name, scope.at(e), scope.evaluation));
    }
    case "namespace":
      return inNamespace(target.path, name, e, scope);
    case "group": {
      const at = scope.at(e);
      const [single] = target.group.members;
      if (target.group.repetition === "single") {
        return value(single?.attribute(name, at) ?? unknown("missing", "a resource that is not there", at));
      }
      if (target.group.repetition === "enabled") {
        const options = whereEnabled(target.group, invalid(`null has no attribute ${name}`, at));
        return value(ofInstances(options, at, (instance) => instance.attribute(name, at)));
      }
      return value(failure(`an index is needed before .${name}, since there may be several`, e, scope));
    }
    case "instances":
      return value(ofInstances(target.options, scope.at(e), (instance, at) => instance.attribute(name, at)));
  }
}

function ofInstances(
  options: readonly InstanceOption[],
  at: Span,
  ask: (instance: Instance, at: Span) => Value,
): Value {
  const alternatives = options.map(({ guard, instance }) => ({
    guard,
    value: "kind" in instance ? instance : ask(instance, at),
  }));
  return choose(alternatives, at);
}

function inNamespace(path: string, name: string, e: GetAttribute, scope: Scope): Target {
  const { names } = scope;
  switch (path) {
    case "var":
      return value(names.variable(name) ?? undeclared(`var.${name}`, e, scope));
    case "local":
      return value(names.local(name) ?? undeclared(`local.${name}`, e, scope));
    case "path":
      return value(names.path(name) ?? undeclared(`path.${name}`, e, scope));
    case "resource":
      return { kind: "namespace", path: name };
    case "terraform":
    case "tofu":
      return value(unknown("unsupported", `${path}.${name}`, scope.at(e), { id: `${path}.${name}` }));
    case "module":
      return group(names.call(name), `module.${name}`, e, scope);
    case "data":
    case "ephemeral":
      return { kind: "namespace", path: `${path}.${name}` };
    case "each":
    case "count":
    case "self":
      return value(failure(`${path}.${name} has no meaning here`, e, scope));
    default:
      return group(names.resource(`${path}.${name}`), `${path}.${name}`, e, scope);
  }
}

function value(of: Value): Target {
  return { kind: "value", value: of };
}

function group(found: Group | undefined, address: string, e: Expression, scope: Scope): Target {
  return found === undefined ? value(undeclared(address, e, scope)) : { kind: "group", group: found };
}

/** Why a name has no meaning outside of modules; undefined in one. */
function meaningless(name: string, { names: { outside } }: Scope): string | undefined {
  if (outside === undefined) return undefined;
  return outside === "template"
    ? `this template is not handed ${name}`
    : `a variable file takes values only, and ${name} is a reference`;
}

/** Terraform refuses the whole module, so `try` does not catch it. */
function undeclared(what: string, e: Expression, scope: Scope): Unknown {
  const at = scope.at(e);
  const message = `${capital(meaningless(what, scope) ?? `${what} is not declared in this module`)}.`;
  scope.evaluation.files.report({ kind: "invalid", file: at.file, at, message });
  return unknown("missing", what, at);
}

function indexOfTarget(target: Target, e: Index, scope: Scope): Target {
  const at = scope.at(e);
  switch (target.kind) {
    case "value":
      return value(elementOf(target.value, evaluate(e.key, scope), at, scope.evaluation));
    case "namespace":
      return value(failure(`the name ${target.path} has no elements`, e, scope));
    case "instances": {
      const whole = valueOfTarget(target, e.of, scope);
      return value(elementOf(whole, evaluate(e.key, scope), at, scope.evaluation));
    }
    case "group":
      return fromGroup(target.group, evaluate(e.key, scope), e, scope);
  }
}

function fromGroup(group: Group, key: Value, e: Index, scope: Scope): Target {
  if (group.repetition === "single" || group.repetition === "enabled") {
    return key.kind === "number" || isInstanceKey(e)
      ? value(failure("an index needs count or for_each on what it is taken from", e, scope))
      : value(elementOf(valueOfGroup(group, scope.at(e)), key, scope.at(e), scope.evaluation));
  }
  const options: InstanceOption[] = [];
  for (const option of key.kind === "choice" ? key.options : [{ guard: [], value: key }]) {
    for (const found of withKey(group, option.value, scope.at(e))) {
      const guard = both(option.guard, found.guard);
      if (guard !== undefined) options.push({ guard, instance: found.instance });
    }
  }
  return { kind: "instances", options };
}

/**
 * A key that stands in the reference to a resource is that of an instance; any other is the name of an attribute, as in
 * `aws_iam_access_key.mail[local.name]`, `(aws_iam_access_key.mail)["id"]` and `module.mail["password"]`.
 */
function isInstanceKey({ of, key }: Index): boolean {
  const isWritten = key.kind === "template" && key.parts.every((part) => part.kind === "text");
  return isWritten && of.kind === "get-attribute" && !(of.of.kind === "variable" && of.of.name === "module");
}

function withKey(group: Group, key: Definite, at: Span): readonly InstanceOption[] {
  if (isError(key)) return [{ guard: [], instance: key }];
  const by = asText(key, "a key", at);
  if (isError(by)) return [{ guard: [], instance: by }];
  const known = knownText(by);
  if (known === undefined) return withUnknownKey(group, key, at);
  const { options, left } = firstThere(group, known);
  if (left.length === 0) return options;
  const vague = group.members.filter(({ copy }) => copy.unknownKey !== undefined);
  const otherwise = maybeOneOf(vague, at);
  return [...options, ...left.map((guard) => ({ guard, instance: otherwise }))];
}

interface Found {
  readonly options: readonly InstanceOption[];
  /** Where none of them is there. */
  readonly left: readonly Guard[];
}

/** The first instance with a key that is there, or the one that stands for those that are not known. */
function firstThere(group: Group, key: string): Found {
  const byKey = kept(foundByKey, group, () => new Map<string, Found>());
  return kept(byKey, key, () => findFirst(group, key));
}

/** Kept, since loops refer to one instance again and again. */
const foundByKey = new WeakMap<Group, Map<string, Found>>();

function findFirst(group: Group, key: string): Found {
  const same = group.withKey(key);
  const options: InstanceOption[] = [];
  for (const instance of group.others === undefined ? same : [...same, group.others]) {
    for (const free of uncovered(options.map((option) => option.guard))) {
      const guard = both(free, instance.copy.guard);
      if (guard !== undefined) options.push({ guard, instance });
    }
  }
  return { options, left: uncovered(options.map((option) => option.guard)) };
}

/** A key that no instance has for certain may be that of one whose key is not known. */
function maybeOneOf(vague: readonly Instance[], at: Span): Instance | Unknown {
  const [only, second] = vague;
  if (only === undefined) return invalid("no instance has this key", at);
  return second === undefined ? only : consequence([only.copy.unknownKey ?? only.object(at)], at);
}

/**
 * The keys of instances that are not known are unknown in the same way wherever they come from, so they lead to the
 * instance that stands for them. Another key that is not known may be that of any instance.
 */
function withUnknownKey(group: Group, key: Definite, at: Span): readonly InstanceOption[] {
  const { members, others } = group;
  const same = members.find(
    ({ copy: { unknownKey } }) => unknownKey !== undefined && sameValue(unknownKey, key) === "yes",
  );
  if (same !== undefined) return [{ guard: [], instance: same }];
  const id = idOf(key);
  if (others !== undefined && (members.length === 0 || id?.endsWith(othersKey) === true)) {
    return [{ guard: [], instance: others }];
  }
  if (id === undefined || others !== undefined || members.length >= limits.options) {
    return [{ guard: [], instance: consequence([key], at) }];
  }
  const found = members.flatMap((instance): readonly InstanceOption[] => {
    const guard = both(instance.copy.guard, when(id, instance.copy.key ?? ""));
    return guard === undefined ? [] : [{ guard, instance }];
  });
  const none = invalid("no instance has this key", at);
  const guards = uncovered(found.map((option) => option.guard));
  return [...found, ...guards.map((guard) => ({ guard, instance: none }))];
}

/** How the id of the key of instances that are not known ends. */
const othersKey = "[*].key";

/** What is there only where it is enabled, and what stands for it elsewhere. */
function whereEnabled({ members }: Group, otherwise: Unknown | NullValue): readonly InstanceOption[] {
  const there = members.map((instance) => ({ guard: instance.copy.guard, instance }));
  const left = uncovered(there.map(({ guard }) => guard));
  return [...there, ...left.map((guard) => ({ guard, instance: otherwise }))];
}

/** All instances as a value: one object, a list by `count`, a map by `for_each`. */
function valueOfGroup(group: Group, at: Span): Value {
  switch (group.repetition) {
    case "single":
      return group.members[0]?.object(at) ?? unknown("missing", "a resource that is not there", at);
    case "enabled":
      return ofInstances(whereEnabled(group, { kind: "null", at }), at, (instance) => instance.object(at));
    case "count":
      return listOf(group, at);
    case "for_each":
      return mapOf(group, at);
  }
}

function listOf(group: Group, at: Span): ListValue {
  const { others } = group;
  const instances = others === undefined ? group.members : [...group.members, others];
  const items = instances.map((instance) => ({ guard: instance.copy.guard, value: instance.object(at) }));
  return { kind: "list", shape: "list", items, at, ...(others && { rest: restOf(others, at) }) };
}

function mapOf(group: Group, at: Span): MapValue {
  const { others } = group;
  const entries = group.members.map((instance) => ({
    key: instance.copy.key ?? "",
    keyAt: group.at,
    guard: instance.copy.guard,
    value: instance.object(at),
  }));
  // An entry needs a key: what stands for the others, whose keys are not known, is reported with the rest.
  return { kind: "map", entries, at, ...(others && { rest: { ...restOf(others, at), each: others.object(at) } }) };
}

/** There may be more of what is not known than the one that stands for it, and is there where there are any. */
function restOf(others: Instance, at: Span): Unknown {
  const object = others.object(at);
  if (object.kind === "unknown") return { ...object, any: others.copy.guard };
  const ref = { address: others.address, attribute: "" };
  return { ...consequence([object], at, tracesOf(object)), id: others.address, ref, any: others.copy.guard };
}

/** Distributes a question about two values over the choices in them. */
export function overBoth(a: Value, b: Value, at: Span, ask: (a: Definite, b: Definite) => Value): Value {
  return distribute([a, b], at, ([one, other]) =>
    one === undefined || other === undefined ? consequence([a, b], at) : ask(one, other),
  );
}
