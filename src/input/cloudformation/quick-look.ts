import { jsonText } from "../../core/json";
import { kept } from "../../core/map";
import { once } from "../../core/once";
import type { Span } from "../../core/source";
import type { Value } from "../../core/value";
import { namesRoot } from "../../model/credentials/setting-names";
import { concernsMail, glanceAt, holdsLiteral, placesOf, within, type Within } from "../quick-look";
import { yamlText } from "../yaml";
import { typeOf } from "./resources";
import type { Stack } from "./stack";
import { fieldOf } from "../fields";
import type { ResourceBody } from "./template";
import { conditionMark, referencesInJson, referencesInYaml, type Pass } from "./written-names";

/** What a resource surely does not have, by a look at its text. */
export interface QuickLook {
  /** A setting that concerns credentials or mail. */
  noSettings(body: ResourceBody): boolean;
  /** An action of SES, or what looks like one. */
  noActions(body: ResourceBody): boolean;
  /** A credential that is written down, or something named after root. */
  noLiterals(body: ResourceBody): boolean;
  /** Any of some properties. */
  noneOf(body: ResourceBody, properties: readonly string[]): boolean;
}

/** Where literals of a resource stand. */
export const literalSections = ["Properties", "Metadata"];

const nothingKnown: QuickLook = {
  noSettings: () => false,
  noActions: () => false,
  noLiterals: () => false,
  noneOf: () => false,
};

/**
 * Looks at the text that a large template was read from, so that most of its resources are never worked out. What every
 * name that the text refers to is worth counts, too.
 */
export function quickLookAt(stack: Stack): QuickLook {
  const { template, names } = stack;
  const json = jsonText(template.root);
  const text = json ?? yamlText(template.root);
  if (text === undefined) return nothingKnown;
  const glance = once(() => glanceAt(text, names));
  const relevant = once(() =>
    relevantBodies(json === undefined ? referencesInYaml(text) : referencesInJson(text), stack),
  );
  const named = new Map<readonly string[], Within>();
  const placesOfAny = (words: readonly string[]): Within => within(placesOf(text, new RegExp(words.join("|"))));
  const lacks = ({ at }: Value, what: Within): boolean => !what(at.start, at.end);
  // What a template says for all its functions of SAM stands elsewhere.
  const isSeen = (body: ResourceBody): boolean =>
    body.value.at.file === template.path && !body.type.startsWith("AWS::Serverless::") && !relevant().has(body);
  return {
    noSettings: (body) => isSeen(body) && lacks(body.value, glance().mail),
    noActions: (body) => isSeen(body) && lacks(body.value, glance().actions),
    noLiterals(body) {
      if (!isSeen(body)) return false;
      const { literals } = glance();
      if (lacks(body.value, literals)) return true;
      const sections = literalSections.map((name) => fieldOf(body.value, name));
      return sections.every((section) => section === undefined || lacks(section, literals));
    },
    noneOf: (body, properties) => isSeen(body) && lacks(body.value, kept(named, properties, placesOfAny)),
  };
}

/** The resources that refer to something that may hold what matters, or that has to be worked out to be known. */
function relevantBodies(passes: readonly Pass[], stack: Stack): ReadonlySet<ResourceBody> {
  const { path, resources } = stack.template;
  const here = [...resources.values()].filter(({ value }) => value.at.file === path);
  const bodies = here.sort((a, b) => a.value.at.start - b.value.at.start);
  const verdicts = new Map<string, boolean>();
  const relevant = new Set<ResourceBody>();
  for (const pass of passes) {
    let next = 0;
    pass((place, name) => {
      let body = bodies[next];
      while (body !== undefined && body.value.at.end <= place) body = bodies[++next];
      // What a loop writes has the places of the loop, all of it the same.
      for (let i = next; body !== undefined && body.value.at.start <= place; body = bodies[++i]) {
        const { at } = body;
        if (name === undefined || !kept(verdicts, name, () => namesNothing(name, at, stack))) relevant.add(body);
      }
    });
  }
  return relevant;
}

/**
 * Is what a name stands for known to hold nothing that matters? A name that is wrong is reported where it is worked out.
 */
function namesNothing(name: string, at: Span, stack: Stack): boolean {
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
  const value = attribute === undefined ? stack.refer(owner, at) : stack.attribute(owner, attribute, at);
  return !concernsMail(value) && !holdsLiteral(value);
}

/** Is there such a condition? It is worked out all the same, so that what is wrong with it is reported. */
function decides(name: string, at: Span, stack: Stack): boolean {
  if (!stack.template.conditions.has(name)) return false;
  stack.condition(name, at);
  return true;
}
