import { addAll } from "../../core/add-all";
import { allAtOnce, always, both, type Guard } from "../../core/guard";
import { decodeJson } from "../../core/json";
import { limits } from "../../core/limits";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import { firstUnknown, knownText, optionsOf, text } from "../../core/text";
import type { Definite, Entry, MapValue, Text, Unknown, Value } from "../../core/value";
import type { Condition, PatternItem, Patterns, Policy, Principals, Rest, Statement } from "./policy";
import { everywhere, tooMany, without } from "../../core/worlds";

/** What a document says: it is read once, however many users have it and rules ask for it. */
export function documentOf(document: Value): Policy {
  return kept(documents, document, readPolicy);
}

const documents = new WeakMap<Value, Policy>();

/** What a policy on a resource says, with its principals; read once, too. */
export function resourceDocumentOf(document: Value): Policy {
  return kept(resourceDocuments, document, () => readPolicy(document, "resource"));
}

const resourceDocuments = new WeakMap<Value, Policy>();

/**
 * Reads a document given as a map, as JSON text, or as what `jsonencode` was given. Never throws. What is not a legal
 * policy is a rest with reason "invalid": AWS refuses the whole document, or reads it in a way that we do not know.
 */
export function readPolicy(document: Value, on: Reading["on"] = "principal"): Policy {
  const into: Reading = { on, version: {}, statements: [], rest: [] };
  for (const option of optionsOf(document)) readDocument(option.value, option.guard, into);
  const { statements, rest } = into;
  return { at: document.at, statements, rest };
}

interface Reading {
  /** What the policy stands on: only that of a resource names principals. */
  readonly on: "principal" | "resource";
  readonly version: Version;
  readonly statements: Statement[];
  readonly rest: Rest[];
}

/** What the document's version makes of its resources and the values of its conditions. */
type Version = Pick<PatternItem, "literal">;

/** "Variables such as ${aws:username} are not recognized as variables" in a document without the version of 2012. */
function versionOf(document: MapValue): Version {
  const given = elements(document, "Version").flatMap((entry) => optionsOf(entry.value));
  const isOther = given.every(({ value }) => (knownText(value) ?? "2012-10-17") !== "2012-10-17");
  return document.rest === undefined && isOther ? { literal: true } : {};
}

function readDocument(document: Definite, guard: Guard, into: Reading): void {
  switch (document.kind) {
    case "null":
      return; // No document: nothing is granted.
    case "unknown":
      into.rest.push(restOf(document, guard));
      return;
    case "text":
      readJsonDocument(document, guard, into);
      return;
    case "map":
      if (document.rest) into.rest.push(restOf(document.rest, guard));
      for (const entry of elements(document, "Statement")) {
        const under = both(guard, entry.guard);
        if (under !== undefined) readStatements(entry.value, under, { ...into, version: versionOf(document) });
      }
      return;
    case "list":
    case "bool":
    case "number":
      into.rest.push(invalid("policy document", document.at, guard));
      return;
  }
}

function readJsonDocument(document: Text, guard: Guard, into: Reading): void {
  const decoded = decodeJson(document);
  if (decoded.kind === "failed") {
    into.rest.push(invalid("policy document", decoded.at, guard));
    return;
  }
  for (const option of optionsOf(decoded.value)) {
    const under = both(guard, option.guard);
    if (under === undefined) continue; // The two exclude each other: it is never this.
    if (option.value.kind === "text") into.rest.push(invalid("policy document", option.value.at, under));
    else readDocument(option.value, under, into);
  }
}

function readStatements(value: Value, guard: Guard, into: Reading): void {
  const list = flatItems(value, guard);
  addAll(into.rest, list.rest);
  for (const item of list.items) {
    if (item.value.kind === "map") readStatement(item.value, item.guard, into);
    else if (item.value.kind === "unknown") into.rest.push(restOf(item.value, item.guard));
    else into.rest.push(invalid("Statement", item.value.at, item.guard));
  }
}

/**
 * A statement whose elements are choices is one statement for every combination; what an element means where it is
 * missing (no Condition: always) is one of them.
 */
function readStatement(map: MapValue, guard: Guard, into: Reading): void {
  const rest = statementRest(map, into.on);
  const principals = into.on === "resource" ? { principals: principalsOf(map) } : {};
  const effects = alternatives(elements(map, "Effect"));
  const actions = patternElements(map, "Action", {}, rest);
  const resources = patternElements(map, "Resource", into.version, rest);
  const conditions = alternatives(elements(map, "Condition"));
  const combinations = effects.length * actions.length * resources.length * conditions.length;
  if (combinations > limits.options) {
    into.rest.push({ guard, because: tooMany(map.at) });
    return;
  }
  for (const effect of effects) {
    const [kind, why] = effectOf(effect.value, map.at);
    for (const action of actions) {
      for (const resource of resources) {
        for (const condition of conditions) {
          const under = allAtOnce([guard, effect.guard, action.guard, resource.guard, condition.guard]);
          if (under === undefined) continue; // The choices exclude each other.
          const read = readConditions(condition.value, into.version);
          into.statements.push({
            at: map.at,
            guard: under,
            effect: kind,
            effectAt: effect.keyAt ?? action.patterns.at,
            actions: action.patterns,
            resources: resource.patterns,
            ...principals,
            conditions: read.conditions,
            rest: [...rest, ...why, ...read.rest],
          });
        }
      }
    }
  }
}

/** Elements of a statement that the policy of a user must not have, and what of the map is not known. */
function statementRest(map: MapValue, on: Reading["on"]): Rest[] {
  const rest: Rest[] = map.rest ? [restOf(map.rest, always)] : [];
  if (on === "resource") return rest;
  for (const key of ["Principal", "NotPrincipal"]) {
    for (const entry of elements(map, key)) {
      if (entry.value.kind !== "null") rest.push(invalid(`${key} in an identity policy`, entry.keyAt, entry.guard));
    }
  }
  return rest;
}

/** `"*"`, or names and ARNs under `AWS`. */
function principalsOf(map: MapValue): Principals {
  const listed = elements(map, "Principal");
  const entries = listed.length > 0 ? listed : elements(map, "NotPrincipal");
  const items: PatternItem[] = [];
  const rest: Rest[] = [];
  for (const entry of entries) {
    for (const option of optionsOf(entry.value)) {
      const guard = both(entry.guard, option.guard);
      if (guard === undefined || option.value.kind === "null") continue; // It is not there.
      if (option.value.kind === "unknown") rest.push(restOf(option.value, guard));
      else if (option.value.kind !== "map") addPrincipals(option.value, guard, items, rest);
      else {
        if (option.value.rest) rest.push(restOf(option.value.rest, guard));
        for (const one of elements(option.value, "AWS")) {
          const under = both(guard, one.guard);
          if (under !== undefined) addPrincipals(one.value, under, items, rest);
        }
      }
    }
  }
  if (entries.length === 0) rest.push(invalid("statement without Principal", map.at, always));
  return { negated: listed.length === 0 && entries.length > 0, items, rest };
}

function addPrincipals(value: Value, guard: Guard, items: PatternItem[], rest: Rest[]): void {
  const list = flatItems(value, guard);
  addAll(rest, list.rest);
  for (const { value: item, guard: under } of list.items) {
    if (item.kind === "text" || item.kind === "unknown") items.push({ value: item, at: item.at, guard: under });
    else rest.push(invalid("principal", item.at, under));
  }
}

/** The elements of a name, in any case: IAM does not tell them apart by it. */
function elements(map: MapValue, key: string): readonly Entry[] {
  const lower = key.toLowerCase();
  return map.entries.filter((entry) => entry.key.toLowerCase() === lower);
}

interface Alternative {
  /** Undefined: the element is not there. */
  readonly value: Definite | undefined;
  readonly keyAt: Span | undefined;
  readonly guard: Guard;
}

/** The values that an element can have, and that it may be missing. */
function alternatives(entries: readonly Entry[]): readonly Alternative[] {
  const found: Alternative[] = [];
  for (const entry of entries) {
    for (const option of optionsOf(entry.value)) {
      const guard = both(entry.guard, option.guard);
      if (guard === undefined || option.value.kind === "null") continue; // Not there: what remains is "missing".
      found.push({ guard, value: option.value, keyAt: entry.keyAt });
    }
  }
  const guards = found.map((one) => one.guard);
  const missing = without(everywhere, guards) ?? [];
  return [...found, ...missing.map((guard) => ({ guard, value: undefined, keyAt: undefined }))];
}

function effectOf(value: Definite | undefined, at: Span): readonly [Statement["effect"], readonly Rest[]] {
  if (value?.kind === "unknown") return ["unknown", [restOf(value, always)]];
  const word = knownText(value);
  if (word === "Allow") return ["allow", []];
  if (word === "Deny") return ["deny", []];
  const hole = value && firstUnknown(value);
  return ["unknown", [hole ? restOf(hole, always) : invalid("Effect", value?.at ?? at, always)]];
}

interface PatternElement {
  readonly patterns: Patterns;
  readonly guard: Guard;
}

/** `Action` and `NotAction` (`Resource` and `NotResource`): one of them, or more under guards. */
function patternElements(map: MapValue, key: string, version: Version, rest: Rest[]): readonly PatternElement[] {
  const found = [
    ...elements(map, key).map((entry) => patternElement(entry, false, version)),
    ...elements(map, `Not${key}`).map((entry) => patternElement(entry, true, version)),
  ].filter((element) => element !== undefined);
  if (found.length > 0) return found;
  rest.push(invalid(`statement without ${key}`, map.at, always));
  return [{ guard: always, patterns: { negated: false, items: [], rest: [], at: map.at } }];
}

function patternElement(entry: Entry, negated: boolean, version: Version): PatternElement | undefined {
  if (entry.value.kind === "null") return undefined;
  const { items, rest } = patternItems(entry.value, version);
  return { guard: entry.guard, patterns: { negated, items, rest, at: entry.keyAt } };
}

function patternItems(
  value: Value,
  version: Version,
): { readonly items: readonly PatternItem[]; readonly rest: readonly Rest[] } {
  const list = flatItems(value, always);
  const items: PatternItem[] = [];
  const rest: Rest[] = [...list.rest];
  for (const { value: item, guard } of list.items) {
    if (item.kind === "text" || item.kind === "unknown") items.push({ ...version, value: item, at: item.at, guard });
    else rest.push(invalid("pattern", item.at, guard));
  }
  return { items, rest };
}

/** Operator → key → values. A condition element that is not known is a rest of the statement. */
function readConditions(
  value: Definite | undefined,
  version: Version,
): {
  readonly conditions: readonly Condition[];
  readonly rest: readonly Rest[];
} {
  if (value === undefined) return { conditions: [], rest: [] };
  if (value.kind === "unknown") return { conditions: [], rest: [restOf(value, always)] };
  if (value.kind !== "map") return { conditions: [], rest: [invalid("Condition", value.at, always)] };
  const conditions: Condition[] = [];
  const rest: Rest[] = value.rest ? [restOf(value.rest, always)] : [];
  for (const operator of value.entries) {
    for (const option of optionsOf(operator.value)) {
      const guard = both(operator.guard, option.guard);
      if (guard === undefined || option.value.kind === "null") continue; // It is not there.
      if (option.value.kind === "unknown") rest.push(restOf(option.value, guard));
      else if (option.value.kind !== "map") rest.push(invalid("Condition", option.value.at, guard));
      else readOperator(operator.key, option.value, guard, { version, conditions, rest });
    }
  }
  return { conditions, rest };
}

interface ConditionsRead {
  readonly version: Version;
  readonly conditions: Condition[];
  readonly rest: Rest[];
}

function readOperator(operator: string, keys: MapValue, guard: Guard, into: ConditionsRead): void {
  if (keys.rest) into.rest.push(restOf(keys.rest, guard));
  for (const entry of keys.entries) {
    const under = both(guard, entry.guard);
    if (under === undefined) continue; // The two exclude each other.
    const list = flatItems(entry.value, always);
    const values: PatternItem[] = [];
    const more: Rest[] = [...list.rest];
    for (const { value, guard: itemGuard } of list.items) {
      const item = scalarText(value);
      if (item === undefined) more.push(invalid("condition value", value.at, itemGuard));
      else values.push({ ...into.version, value: item, at: value.at, guard: itemGuard });
    }
    into.conditions.push({ operator, key: entry.key, at: entry.keyAt, guard: under, values, rest: more });
  }
}

/** Numbers and booleans are legal as condition values: `true` and `"true"` are the same. */
function scalarText(value: Definite): Text | Unknown | undefined {
  if (value.kind === "text" || value.kind === "unknown") return value;
  return value.kind === "bool" || value.kind === "number" ? text(String(value.value), value.at) : undefined;
}

interface FlatItem {
  readonly value: Definite;
  readonly guard: Guard;
}

/** One value or a list of them, choices resolved: every item with the guard under which it is there. */
function flatItems(value: Value, guard: Guard): { readonly items: FlatItem[]; readonly rest: Rest[] } {
  const into = { items: new Array<FlatItem>(), rest: new Array<Rest>() };
  collectItems(value, guard, into, 0);
  return into;
}

function collectItems(value: Value, guard: Guard, into: { items: FlatItem[]; rest: Rest[] }, depth: number): void {
  for (const option of optionsOf(value)) {
    const under = both(guard, option.guard);
    if (under === undefined || option.value.kind === "null") continue; // It is not there.
    if (option.value.kind !== "list") into.items.push({ value: option.value, guard: under });
    else if (depth > limits.depth) {
      into.rest.push({ guard: under, because: { reason: { kind: "limit", what: "depth" }, at: option.value.at } });
    } else {
      if (option.value.rest) into.rest.push(restOf(option.value.rest, under));
      for (const item of option.value.items) {
        const inside = both(under, item.guard);
        if (inside !== undefined) collectItems(item.value, inside, into, depth + 1);
      }
    }
  }
}

function restOf(value: Unknown, guard: Guard): Rest {
  return { guard, because: { reason: value.reason, at: value.at } };
}

function invalid(what: string, at: Span, guard: Guard): Rest {
  return { guard, because: { reason: { kind: "invalid", what }, at } };
}
