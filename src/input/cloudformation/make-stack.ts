import { choose } from "../../core/choice";
import { both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import { knownText, text, tracesOf, unknown } from "../../core/text";
import { through, withTraces } from "../../core/trace";
import type { Entry, MapValue, Trace, Unknown, Value } from "../../core/value";
import { conditionOf, opaqueNamed } from "./conditions";
import { evaluator, present } from "./evaluator";
import { expanded, isMaker } from "./expand";
import { withGlobals } from "./globals";
import { keyNamed, nameIn } from "./names";
import { parameterValue } from "./parameters";
import { wholeReference } from "./references";
import type { Condition, Stack, StackResource } from "./stack";
import { fieldOf } from "../fields";
import { isFunction, type ResourceBody, type Template } from "./template";
import type { UnitContext } from "./unit-context";

/** How a stack comes to be. */
interface Deployment {
  readonly template: Template;
  readonly prefix: string;
  readonly guard: Guard;
  /** The entries that give each parameter its value: several, or one under a guard, where conditions decide. */
  readonly parameters: ReadonlyMap<string, readonly Entry[]>;
  /** The account and the region that it is deployed to, where they are known, by the names of pseudo parameters. */
  readonly pseudo: ReadonlyMap<string, string> | undefined;
  /** Paths of the templates that it is nested in. */
  readonly within: readonly string[];
}

export function makeStack(deployment: Deployment, unit: UnitContext): Stack {
  const { prefix, guard: outer } = deployment;
  const conditions = new Map<string, Condition | "waiting">();
  const made = new Map<string, StackResource>();
  /** Guards of the resources that have a condition; undefined of one that cannot exist. */
  const guards = new Map<string, Guard | undefined>();
  const guardOf = ({ name, condition }: ResourceBody): Guard | undefined =>
    condition === undefined ? outer : guards.get(name);
  const resource = (body: ResourceBody): StackResource | undefined => {
    const guard = guardOf(body);
    return guard && kept(made, body.name, () => makeResource(body, guard, stack, deployment, unit));
  };
  const named = (name: string): StackResource | undefined => {
    const body = stack.template.resources.get(name);
    return body && resource(body);
  };
  const keyOf = (name: string): string =>
    keyNamed(name, () => [...stack.template.parameters.keys(), ...stack.template.resources.keys()]);
  const stack: Opening = {
    template: deployment.template,
    prefix,
    guard: outer,
    noEcho: unit.noEcho,
    allowed: unit.allowed,
    names: unit.names,
    resourcesOf: (wanted) =>
      [...stack.template.resources.values()].filter(wanted).flatMap((body) => resource(body) ?? []),
    resource,
    deeper(at, work, over) {
      if (unit.depth >= limits.depth) {
        unit.limit(at, "depth");
        return over();
      }
      unit.depth++;
      const result = work();
      unit.depth--;
      return result;
    },
    evaluate: (value) => evaluateIn(value),
    condition(asked, at) {
      const name = keyNamed(asked, () => stack.template.conditions.keys());
      const known = conditions.get(name);
      // A condition that hangs on itself is wrong; it is reported where it is found.
      if (known === "waiting") unit.invalid(at, `The condition ${name} refers to itself`);
      if (known !== undefined) return known === "waiting" ? opaqueNamed(`${prefix}${name}`) : known;
      conditions.set(name, "waiting");
      const condition = conditionNamed(name, at, stack, unit);
      conditions.set(name, condition);
      return condition;
    },
    refer: (name, at) => refer(keyOf(name), at, { stack, named, deployment, unit }),
    published: (asked) => unit.published(asked),
    attribute: (name, attribute, at) => attributeOf(keyOf(name), attribute, at, { stack, named, deployment, unit }),
  };
  const evaluateIn = evaluator(stack, unit);
  stack.template = expanded(stack, unit);
  for (const { name, condition } of stack.template.resources.values()) {
    if (condition !== undefined) guards.set(name, guardUnder(condition, stack));
  }
  return stack;
}

/** Loops are expanded by the stack itself. */
interface Opening extends Stack {
  template: Template;
}

/** Undefined where the resource cannot exist. */
function guardUnder(written: Value, stack: Stack): Guard | undefined {
  const { guard: outer } = stack;
  const name = nameIn(written);
  if (name === undefined) return outer;
  const condition = stack.condition(name, written.at);
  if (condition.kind === "decided") return condition.holds ? outer : undefined;
  return both(outer, condition.holds);
}

function conditionNamed(name: string, at: Span, stack: Stack, unit: UnitContext): Condition {
  const written = stack.template.conditions.get(name);
  if (written === undefined) {
    unit.invalid(at, `There is no condition ${name}`);
    return opaqueNamed(`${stack.prefix}${name}`);
  }
  return conditionOf(written.value, stack);
}

function makeResource(
  body: ResourceBody,
  guard: Guard,
  stack: Stack,
  deployment: Deployment,
  unit: UnitContext,
): StackResource {
  let nested: Stack | "waiting" | undefined;
  // Nobody looks into most resources: their parts are not even read.
  const written = (): Value | undefined => withGlobals(stack.template, body);
  /** The properties as they are written, where that is possible: one that nobody asks for is not worked out. */
  const propertiesMap = (): MapValue => {
    const properties = written();
    return properties?.kind === "map" && !isMade(properties) ? properties : resource.properties();
  };
  const resource: StackResource = {
    stack,
    name: body.name,
    type: body.type,
    address: stack.prefix + body.name,
    at: body.at,
    guard,
    propertyAt: (name) => propertiesMap().entries.find((entry) => entry.key === name)?.keyAt ?? body.at,
    property(name) {
      const map = propertiesMap();
      const alternatives = map.entries
        .filter((entry) => entry.key === name)
        .flatMap((entry) => present(entry.guard, stack.evaluate(entry.value)));
      const [only] = alternatives;
      if (only === undefined) return map.rest && isMade(written()) ? map.rest : undefined;
      return alternatives.length === 1 && only.guard.length === 0 ? only.value : choose(alternatives, only.value.at);
    },
    properties() {
      const properties = written();
      const value = properties && stack.evaluate(properties);
      if (value === undefined || value.kind === "null") return { kind: "map", entries: [], at: body.at };
      if (value.kind === "map") return value;
      const rest = unknown("unsupported", "properties", value.at, { traces: tracesOf(value) });
      return { kind: "map", entries: [], rest, at: value.at };
    },
    metadata() {
      const metadata = fieldOf(body.value, "Metadata");
      return metadata && stack.evaluate(metadata);
    },
    nested() {
      if (nested === undefined) {
        nested = "waiting";
        nested = nestedStack(resource, deployment, unit);
      }
      return nested === "waiting" ? undefined : nested;
    },
  };
  return resource;
}

/** Does a function, a loop or an included file make the properties, or some of them? */
function isMade(properties: Value | undefined): boolean {
  return properties?.kind === "map" && (isFunction(properties) || properties.entries.some(isMaker));
}

/** The nested stack with the parameters that it is given. Stacks that nest themselves end where they do. */
function nestedStack(resource: StackResource, deployment: Deployment, unit: UnitContext): Stack | undefined {
  const template = unit.nestedTemplate(resource);
  if (template === undefined) return undefined;
  const within = [...deployment.within, deployment.template.path];
  if (within.includes(template.path)) {
    unit.invalid(resource.at, `The stack ${resource.address} nests itself`);
    return undefined;
  }
  const limit = within.length > limits.moduleDepth ? "moduleDepth" : unit.stacks > limits.moduleCalls && "moduleCalls";
  if (limit !== false) {
    unit.limit(resource.at, limit);
    return undefined;
  }
  unit.stacks++;
  const written = writtenProperty(resource, "Parameters");
  const entries = givenParameters(resource.property("Parameters")).map((entry) => {
    const own = written?.kind === "map" ? fieldOf(written, entry.key) : undefined;
    return { ...entry, value: (own && wholeReference(own, resource.stack)) ?? entry.value };
  });
  const names = new Set(entries.map((entry) => entry.key));
  const parameters = new Map([...names].map((name) => [name, entries.filter((entry) => entry.key === name)]));
  const prefix = `${resource.address}.`;
  // The stacks of a set are deployed to other accounts and regions.
  const pseudo = resource.type === "AWS::CloudFormation::StackSet" ? undefined : deployment.pseudo;
  return makeStack({ template, prefix, guard: resource.guard, parameters, pseudo, within }, unit);
}

function writtenProperty({ stack, name }: StackResource, property: string): Value | undefined {
  const body = stack.template.resources.get(name);
  const properties = body && fieldOf(body.value, "Properties");
  return properties?.kind === "map" ? fieldOf(properties, property) : undefined;
}

/** `{ Name: value }`, or `[{ ParameterKey, ParameterValue }]` as stack sets have it. */
function givenParameters(given: Value | undefined): readonly Entry[] {
  if (given?.kind === "map") return given.entries;
  if (given?.kind !== "list") return [];
  return given.items.flatMap(({ guard, value }): readonly Entry[] => {
    const key = value.kind === "map" ? fieldOf(value, "ParameterKey") : undefined;
    const name = knownText(key);
    const own = value.kind === "map" ? fieldOf(value, "ParameterValue") : undefined;
    return key === undefined || name === undefined || own === undefined
      ? []
      : [{ key: name, keyAt: key.at, guard, value: own }];
  });
}

interface Place {
  readonly stack: Stack;
  readonly named: (name: string) => StackResource | undefined;
  readonly deployment: Deployment;
  readonly unit: UnitContext;
}

function refer(name: string, at: Span, place: Place): Value {
  const { stack, named, unit } = place;
  if (name === "AWS::NoValue") return { kind: "null", at };
  if (name.startsWith("AWS::")) {
    const known = place.deployment.pseudo?.get(name);
    if (known !== undefined) return text(known, at);
    const id = name.startsWith("AWS::Stack") ? `${stack.prefix}${name}` : name;
    return unknown("data-source", name, at, { id });
  }
  const parameter = stack.template.parameters.get(name);
  if (parameter !== undefined) {
    const given = place.deployment.parameters.get(name) ?? [];
    const value = parameterValue(parameter, given, at, stack, unit);
    const passed = given.length > 0 ? through(value, name, at) : value;
    return withTraces(passed, credentialsOf(name, at, stack, unit));
  }
  const resource = named(name);
  return resource === undefined ? noSuch(name, name, at, place) : unit.values.ref(resource, at);
}

/** The credentials that a parameter hands over. Of one that thousands of users share, each reference is all of theirs. */
function credentialsOf(parameter: string, at: Span, stack: Stack, unit: UnitContext): readonly Trace[] {
  const credentials = unit.values.credentials(parameter, at, stack);
  unit.flows += credentials.length;
  if (unit.flows <= limits.flows) return credentials;
  if (credentials.length > 0) unit.limit(at, "flows");
  return [];
}

function attributeOf(name: string, attribute: string, at: Span, place: Place): Value {
  const resource = place.named(name);
  if (resource === undefined) return noSuch(name, `${name}.${attribute}`, at, place);
  const output = attribute.startsWith("Outputs.") ? attribute.slice("Outputs.".length) : undefined;
  const nested = output === undefined ? undefined : resource.nested();
  if (output === undefined || nested === undefined) return place.unit.values.attribute(resource, attribute, at);
  const written = nested.template.outputs.get(output)?.value;
  const value = written?.kind === "map" ? fieldOf(written, "Value") : undefined;
  const what = `${name}.${attribute}`;
  return value === undefined ? noSuch(what, what, at, place) : through(nested.evaluate(value), what, at);
}

/** A name that the template does not have. A macro may make what it names; a condition may take it away. */
function noSuch(name: string, what: string, at: Span, { stack, unit }: Place): Unknown {
  const { template } = stack;
  if (template.resources.has(name)) return unknown("missing", what, at);
  if (kept(withMadeResources, template, hasMadeResources)) return unknown("unsupported", what, at);
  unit.invalid(at, `There is no parameter or resource ${name}`);
  return unknown("invalid", what, at);
}

/** Kept, since it is asked for each name that is not there. */
const withMadeResources = new WeakMap<Template, boolean>();

/** Can there be resources that are not written down: by macros, loops, SAM or modules? */
function hasMadeResources(template: Template): boolean {
  const isMaking = template.transforms.some((transform) => knownText(transform) !== "AWS::LanguageExtensions");
  if (isMaking || template.isExtended || template.makers.length > 0) return true;
  return [...template.resources.values()].some(
    ({ type }) => type.startsWith("AWS::Serverless::") || type.endsWith("::MODULE"),
  );
}
