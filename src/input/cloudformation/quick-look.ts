import { jsonText } from "../../core/json";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import type { Value } from "../../core/value";
import { namesRoot } from "../../model/setting-names";
import { concernsMail, holdsLiteral, literalsAmong, speaksOfMail } from "../quick-look";
import { yamlText } from "../yaml";
import { typeOf } from "./resources";
import type { Stack } from "./stack";
import type { ResourceBody } from "./template";
import { conditionMark, namesInJson, namesInYaml } from "./written-names";

/** What a resource surely does not have, by a look at its text. */
export interface QuickLook {
  /** A setting that concerns credentials or mail. */
  readonly noSettings: boolean;
  /** A credential that is written down, or something named after root, in a part of the resource. */
  readonly noLiteralsIn: (part: Value) => boolean;
}

const nothingKnown: QuickLook = { noSettings: false, noLiteralsIn: () => false };
const noLiteralsIn = (): boolean => true;

/**
 * Looks at the text that a resource of a large template was read from, so that most of them are never worked out. It
 * counts what every name that the text refers to is worth, too.
 */
export function quickLooks(stack: Stack): (body: ResourceBody) => QuickLook {
  const { template } = stack;
  const json = jsonText(template.root);
  const whole = json ?? yamlText(template.root) ?? "";
  const namesIn = json === undefined ? namesInYaml : namesInJson;
  const mayHold = literalsAmong(whole);
  const textOf = ({ at: { file, start, end } }: Value): string =>
    file === template.path ? whole.slice(start, end) : "";
  const looks = new Map<ResourceBody, QuickLook>();
  const silent = new Map<string, boolean>();
  const isSilent = (name: string, at: Span): boolean => kept(silent, name, () => namesNothing(name, at, stack));
  return (body) => {
    const known = looks.get(body);
    if (known !== undefined) return known;
    const text = textOf(body.value);
    const names = namesIn(text);
    // What a template says for all its functions of SAM stands elsewhere.
    const isAlone = !body.type.startsWith("AWS::Serverless::");
    const isSeen = text !== "" && isAlone && names?.every((name) => isSilent(name, body.at)) === true;
    const look = isSeen
      ? {
          noSettings: !stack.names.isExtended && !speaksOfMail(text),
          noLiteralsIn: mayHold(text) ? (part: Value) => !mayHold(textOf(part)) : noLiteralsIn,
        }
      : nothingKnown;
    looks.set(body, look);
    return look;
  };
}

/** Is what a name stands for known to hold nothing that matters? A name that is wrong is told where it is worked out. */
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

/** Is there such a condition? It is worked out all the same, so that what is wrong with it is told. */
function decides(name: string, at: Span, stack: Stack): boolean {
  if (!stack.template.conditions.has(name)) return false;
  stack.condition(name, at);
  return true;
}
