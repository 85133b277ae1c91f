import { addAll } from "../../core/add-all";
import type { Diagnostic } from "../../core/diagnostic";
import { always, both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import type { Span } from "../../core/source";
import { unknown } from "../../core/text";
import type { MapValue, Value } from "../../core/value";
import type { Gap, Model, Output, PasswordProgram, SettingGroup, SettingPlace, Unit } from "../../model/model";
import type { SettingNames } from "../../model/credentials/setting-names";
import { nothingCollected, type Collected } from "../collected";
import { outputSettings } from "../output-settings";
import { passwordProgramsIn } from "../password-programs";
import { relevantSettings, storedName } from "../settings";
import { constructsOf, sourcesOf, type ConstructPaths } from "./constructs";
import { isExportedFrom, publishedBy, type RootTemplate } from "./exports";
import { distinct } from "./distinct";
import { givenTo, type GivenParameters } from "./given-parameters";
import { isLoop } from "./loops";
import type { LocalPath } from "./local-path";
import { makeStack } from "./make-stack";
import { nameIn } from "./names";
import { quickLookAt, type QuickLook } from "./quick-look";
import { refusalsOf } from "./refusals";
import { resourceValues, typeOf } from "./resources";
import type { ResourceType } from "./resources/type";
import type { Stack, StackResource } from "./stack";
import { goneWhere, nestingIn, type TemplateStore } from "./template-store";
import { fieldOf } from "../fields";
import { isAwsTransform, templateInText, type ResourceBody, type Template } from "./template";
import type { UnitContext } from "./unit-context";
import { literalsOf } from "./written-literals";

/** Templates that belong together, with the stacks that they nest, as a model, and what is wrong in them. */
interface AdaptedTemplates {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where templates come from, and how a resource names the one that it nests. */
interface TemplateSource {
  readonly store: TemplateStore;
  readonly given: GivenParameters;
  readonly dialect: Unit["dialect"];
  readonly nestedPath: (resource: StackResource) => LocalPath | undefined;
  readonly constructs: ConstructPaths;
  /** What names of settings say. */
  readonly names: SettingNames;
}

export function adaptTemplates(
  roots: readonly [RootTemplate, ...RootTemplate[]],
  source: TemplateSource,
): AdaptedTemplates {
  const { given, dialect, constructs, names } = source;
  const problems = problemLog();
  const unit = openUnit(source, problems);
  const stacks = stacksOf(roots, given, unit);
  const seen = stacks.map((stack) => ({ stack, look: quickLookAt(stack) }));
  const into: Into = { collected: nothingCollected(), settings: [], passwordPrograms: [] };
  const { collected, settings, passwordPrograms } = into;
  for (const { stack, look } of seen) {
    for (const body of stack.template.resources.values()) adaptResource(body, stack, look, into);
    addAll(collected.gaps, makerGaps(stack));
  }
  const isExported = isExportedFrom(roots);
  const outputs = stacks.flatMap((stack) => outputsOf(stack, isExported));
  const { literals, references } = literalsOf(seen);
  const [{ template }] = roots;
  const construct = constructs.stack(template.path);
  const constructOf = constructsOf(stacks, constructs);
  const model: Model = {
    unit: { path: template.path, kind: "root", dialect, ...(construct !== undefined && { construct }) },
    ...collected,
    refused: refusalsOf(collected),
    settings,
    outputs,
    innerOutputs: [], // Every stack prints its outputs, a nested one too.
    handedOut: outputSettings(outputs, names),
    namedInside: stacks.flatMap(nestingResources).flatMap(inputsOf),
    literals,
    references,
    passwordPrograms,
    defaults: distinct(unit.defaults, (at) => at),
    constructOf,
    ...(constructs.source && { sourceOf: sourcesOf(stacks, constructOf, constructs.source) }),
  };
  return { model, diagnostics: problems.diagnostics };
}

function openUnit({ store, nestedPath, names }: TemplateSource, problems: ProblemLog): UnitContext {
  return {
    values: resourceValues,
    nestedTemplate(resource) {
      const path = nestedPath(resource);
      if (path === undefined) return templateBody(resource);
      const [nested] = path.kind === "inside" ? store.load(path.path) : [];
      if (nested === undefined)
        problems.unresolved(resource.at, `The template that ${resource.address} nests ${goneWhere(path)}`);
      return nested;
    },
    fragment(path, at) {
      const value = path.kind === "inside" ? store.fragment(path.path) : undefined;
      if (value === undefined) problems.unresolved(at, `The file that is included here ${goneWhere(path)}`);
      return value;
    },
    invalid: problems.invalid,
    limit: problems.limit,
    published: () => undefined,
    defaults: [],
    noEcho: new Set(),
    allowed: new Map(),
    names,
    depth: 0,
    stacks: 0,
    flows: 0,
    loopNodes: 0,
  };
}

/** The stacks of the templates and those that they nest, in the order of the source. */
function stacksOf(roots: readonly RootTemplate[], given: GivenParameters, unit: UnitContext): readonly Stack[] {
  const whole = roots.map((root) => {
    const { template, pseudo, stackName } = root;
    const prefix = roots.length === 1 ? "" : `${root.label}.`;
    const parameters = givenTo(template, prefix, given);
    return { stack: makeStack({ template, prefix, guard: always, parameters, pseudo, within: [] }, unit), stackName };
  });
  unit.published = publishedBy(whole);
  // What nested stacks publish is known once they are made, which takes the parameters that they are handed.
  const all = whole.map(({ stack }) => withNested(stack));
  const nested = all.flatMap((stacks) => stacks.slice(1));
  unit.published = publishedBy([...whole, ...nested.map((stack) => ({ stack, stackName: undefined }))]);
  return all.flat();
}

/** A stack set may have its template in it. Its stacks are taken for one stack of the account. */
function templateBody(resource: StackResource): Template | undefined {
  const body = resource.type === "AWS::CloudFormation::StackSet" ? resource.property("TemplateBody") : undefined;
  return body?.kind === "text" ? templateInText(`${resource.stack.template.path}#${resource.name}`, body) : undefined;
}

interface ProblemLog extends Pick<UnitContext, "invalid" | "limit"> {
  readonly diagnostics: readonly Diagnostic[];
  readonly unresolved: (at: Span, what: string) => void;
}

/** Each problem is reported once a place. */
function problemLog(): ProblemLog {
  const diagnostics: Diagnostic[] = [];
  const reported = new Set<string>();
  const add = (diagnostic: Diagnostic, at: Span): void => {
    const key = `${at.file} ${at.start} ${diagnostic.message}`;
    if (reported.has(key)) return;
    reported.add(key);
    diagnostics.push(diagnostic);
  };
  return {
    diagnostics,
    invalid(at, what) {
      add({ kind: "invalid", file: at.file, at, message: `${what}.` }, at);
    },
    unresolved(at, what) {
      add({ kind: "unresolved", file: at.file, at, message: `${what}.` }, at);
    },
    limit(at, limit) {
      const message = `A value is over the limit "${limit}" (${limits[limit]}); it is unknown.`;
      add({ kind: "limit", limit, file: at.file, at, message }, at);
    },
  };
}

/** The stack, and behind it those that it nests, in the order of the source. */
function withNested(root: Stack): readonly Stack[] {
  const stacks: Stack[] = [];
  const waiting = [root];
  for (let stack = waiting.shift(); stack !== undefined; stack = waiting.shift()) {
    stacks.push(stack);
    addAll(
      waiting,
      nestingResources(stack).flatMap((resource) => resource.nested() ?? []),
    );
  }
  return stacks;
}

function nestingResources(stack: Stack): readonly StackResource[] {
  return nestingIn(stack.template).flatMap((body) => stack.resource(body) ?? []);
}

interface Into {
  readonly collected: Collected;
  readonly settings: SettingGroup[];
  readonly passwordPrograms: PasswordProgram[];
}

/** What a resource is, as far as a look at its text does not tell that it is nothing of that. */
function adaptResource(body: ResourceBody, stack: Stack, look: QuickLook, into: Into): void {
  const { collected, settings, passwordPrograms } = into;
  const type = typeOf(body);
  const isAdapted = type?.adapt !== undefined && !(type.adaptsWith && look.noneOf(body, type.adaptsWith));
  const namesActions = type?.rolePolicies !== undefined && !look.noActions(body);
  const speaksOfMail = !look.noSettings(body);
  // What a store keeps is read by the name of the resource, which stands outside of its text.
  const hasSettings = speaksOfMail || typeof type?.settings === "function";
  if (!isAdapted && !namesActions && !hasSettings) return;
  const resource = stack.resource(body);
  if (resource === undefined) return;
  if (isAdapted) type.adapt?.(resource, collected);
  if (namesActions) type.rolePolicies?.(resource, collected);
  if (hasSettings) addAll(settings, settingsOf(resource, type));
  if (speaksOfMail) addAll(passwordPrograms, passwordProgramsOf(resource));
}

function inputsOf(resource: StackResource): readonly SettingGroup[] {
  const { address, at, guard, stack } = resource;
  return resource.nested() === undefined
    ? []
    : groups({ address, at, guard }, resource.properties(), "handed-on", stack.names);
}

function settingsOf(resource: StackResource, type: ResourceType | undefined): readonly SettingGroup[] {
  const { address, at, guard, stack } = resource;
  const settings = type?.settings ?? "settings";
  const place = { address, at, guard };
  const { names } = stack;
  const metadata = groups(place, resource.metadata(), "metadata", names);
  if (settings === "none" || (settings === "handed-on" && resource.nested() !== undefined)) return metadata;
  if (settings === "handed-on") return [...groups(place, resource.properties(), "handed-on", names), ...metadata];
  if (settings === "settings")
    return [...groups(place, resource.properties(), type?.place ?? "arguments", names), ...metadata];
  const { name: whole, nameAt, value, readAs, place: kept } = settings(resource);
  const name = storedName(whole, names);
  const stored = value === undefined ? [] : relevantSettings(value, { name, nameAt, guard, place: kept }, names);
  return [...stored.map((one): SettingGroup => ({ ...place, kind: "store", settings: one, readAs })), ...metadata];
}

function groups(
  place: { readonly address: string; readonly at: Span; readonly guard: Guard },
  value: Value | undefined,
  kept: SettingPlace,
  names: SettingNames,
): readonly SettingGroup[] {
  if (value === undefined) return [];
  const found = relevantSettings(value, { nameAt: place.at, guard: place.guard, place: kept }, names);
  return found.map((settings) => ({ ...place, kind: "settings", settings }));
}

/** The code of functions, user data and files of metadata. */
function passwordProgramsOf(resource: StackResource): readonly PasswordProgram[] {
  const { address, at, guard } = resource;
  const values = [resource.properties(), resource.metadata()].filter((value) => value !== undefined);
  return passwordProgramsIn(values, { address, at, guard });
}

/** Loops, includes and macros make resources that nobody knows. */
function makerGaps(stack: Stack): readonly Gap[] {
  const { template, prefix } = stack;
  if (template.makers.length === 0 && template.transforms.every(isAwsTransform)) return [];
  const all = handedToMacros(stack);
  const makers = template.makers.map(({ name, at, value }): Gap => {
    const inputs = [stack.evaluate(value), ...(isLoop(name) && !makesIam(value) ? [] : all)];
    return { address: prefix + name, at, guard: always, unknown: unknown("unsupported", name, at), inputs };
  });
  const macros = template.transforms.filter((transform) => !isAwsTransform(transform));
  return [
    ...makers,
    ...macros.map(({ at }): Gap => {
      const reason = unknown("unsupported", "Transform", at);
      return { address: `${prefix}Transform`, at, guard: always, unknown: reason, inputs: all };
    }),
  ];
}

/** A macro is handed what stands around it, and may attach policies to any of it. */
function handedToMacros(stack: Stack): readonly Value[] {
  const handed = stack.resourcesOf(({ type }) => type.startsWith("AWS::IAM::"));
  return handed.map(({ name, at }) => stack.refer(name, at));
}

/** Could the resources of a loop be policies, or memberships? */
function makesIam(value: Value): boolean {
  if (value.kind === "text")
    return value.pieces.some((one) => one.kind === "known" && one.text.startsWith("AWS::IAM::"));
  if (value.kind === "list") return value.items.some((item) => makesIam(item.value));
  return value.kind === "map" && value.entries.some((entry) => makesIam(entry.value));
}

function outputsOf(stack: Stack, isExported: ReturnType<typeof isExportedFrom>): readonly Output[] {
  return [...stack.template.outputs.values()].flatMap((output): readonly Output[] => {
    const { name, at, value: body } = output;
    const written = body.kind === "map" ? fieldOf(body, "Value") : undefined;
    if (body.kind !== "map" || written === undefined) return []; // An output of a loop or macro has no value yet.
    const guard = outputGuard(body, stack);
    if (guard === undefined) return [];
    const value = stack.evaluate(written);
    const valueAt = written.at;
    const address = `${stack.prefix}Outputs.${name}`;
    return [{ address, at, guard, name, value, valueAt, sensitive: false, exported: isExported(output, stack) }];
  });
}

function outputGuard(body: MapValue, stack: Stack): Guard | undefined {
  const field = fieldOf(body, "Condition");
  const name = nameIn(field);
  if (field === undefined || name === undefined) return stack.guard;
  const condition = stack.condition(name, field.at);
  if (condition.kind === "open") return both(stack.guard, condition.holds);
  return condition.holds ? stack.guard : undefined;
}
