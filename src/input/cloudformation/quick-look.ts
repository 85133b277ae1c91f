import { jsonText } from "../../core/json";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import type { Value } from "../../core/value";
import { namesRoot } from "../../model/credentials/setting-names";
import { concernsMail, glanceAt, holdsLiteral, type Glance } from "../quick-look";
import { yamlText } from "../yaml";
import { typeOf } from "./resources";
import type { Stack } from "./stack";
import { fieldOf } from "../fields";
import type { ResourceBody } from "./template";
import { conditionMark, referencesInJson, referencesInYaml, type Reference } from "./written-names";

/** What a resource surely does not have, by a look at its text. */
export interface QuickLook {
  /** A setting that concerns credentials or mail. */
  readonly noSettings: boolean;
  /** An action of SES, or what looks like one. */
  readonly noActions: boolean;
  /** A credential that is written down, or something named after root. */
  readonly noLiterals: boolean;
}

/** Where literals of a resource stand. */
export const literalSections = ["Properties", "Metadata"];

const nothingKnown: QuickLook = { noSettings: false, noActions: false, noLiterals: false };

/**
 * Looks at the text that a large template was read from, so that most of its resources are never worked out. What every
 * name that the text refers to is worth counts, too.
 */
export function quickLooks(stack: Stack): (body: ResourceBody) => QuickLook {
  const { template, names } = stack;
  const json = jsonText(template.root);
  const text = json ?? yamlText(template.root);
  if (text === undefined) return () => nothingKnown;
  let seen: { readonly glance: Glance; readonly relevant: ReadonlySet<ResourceBody> } | undefined;
  return (body) => {
    const { type, value } = body;
    const { file, start, end } = value.at;
    // What a template says for all its functions of SAM stands elsewhere.
    if (file !== template.path || type.startsWith("AWS::Serverless::")) return nothingKnown;
    seen ??= {
      glance: glanceAt(text),
      relevant: relevantBodies(json === undefined ? referencesInYaml(text) : referencesInJson(text), stack),
    };
    if (seen.relevant.has(body)) return nothingKnown;
    const { mail, actions, literals } = seen.glance;
    const holdsLiterals = (part: Value | undefined): boolean =>
      part !== undefined && literals(part.at.start, part.at.end);
    return {
      noSettings: !names.isExtended && !mail(start, end),
      noActions: !actions(start, end),
      noLiterals: !literals(start, end) || !literalSections.some((part) => holdsLiterals(fieldOf(value, part))),
    };
  };
}

/** The resources that refer to something that may hold what matters, or that has to be worked out to be known. */
function relevantBodies(lists: readonly (readonly Reference[])[], stack: Stack): ReadonlySet<ResourceBody> {
  const { path, resources } = stack.template;
  const here = [...resources.values()].filter(({ value }) => value.at.file === path);
  const bodies = here.sort((a, b) => a.value.at.start - b.value.at.start);
  const workedOut = new Map<string, boolean>();
  const relevant = new Set<ResourceBody>();
  for (const references of lists) {
    let next = 0;
    for (const body of bodies) {
      const { start, end } = body.value.at;
      while ((references[next]?.place ?? start) < start) next++;
      for (let i = next; i < references.length && (references[i]?.place ?? end) < end; i++) {
        const name = references[i]?.name;
        if (name === undefined || !namesNothing(name, body.at, stack, workedOut)) relevant.add(body);
      }
    }
  }
  return relevant;
}

/**
 * Is what a name stands for known to hold nothing that matters? A name that is wrong is reported where it is worked
 * out. `workedOut`: the answers that took working out.
 */
function namesNothing(name: string, at: Span, stack: Stack, workedOut: Map<string, boolean>): boolean {
  if (name.startsWith("AWS::")) return true;
  if (name.startsWith(conditionMark)) return decides(name.slice(conditionMark.length), at, stack);
  const dot = name.indexOf(".");
  const [owner, attribute] = dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
  const { parameters, resources } = stack.template;
  const resource = resources.get(owner);
  if (resource === undefined && (attribute !== undefined || !parameters.has(owner))) return false;
  if (attribute?.startsWith("Outputs.") === true) return false; // A nested stack may lack it.
  const type = resource && typeOf(resource);
  // What nobody describes is known after it is made.
  if (resource !== undefined && !type?.ref && !type?.attributes && !type?.attribute) return !namesRoot(name);
  return kept(workedOut, name, () => {
    const value = attribute === undefined ? stack.refer(owner, at) : stack.attribute(owner, attribute, at);
    return !concernsMail(value) && !holdsLiteral(value);
  });
}

/** Is there such a condition? It is worked out all the same, so that what is wrong with it is reported. */
function decides(name: string, at: Span, stack: Stack): boolean {
  if (!stack.template.conditions.has(name)) return false;
  stack.condition(name, at);
  return true;
}
