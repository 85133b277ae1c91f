import { jsonText } from "../../core/json";
import type { Span } from "../../core/source";
import { namesRoot } from "../../model/setting-names";
import { concernsMail, speaksOfMail } from "../settings";
import { typeOf } from "./resources";
import type { Stack } from "./stack";
import type { ResourceBody } from "./template";
import { holdsLiteral, literalsAmong } from "./written-literals";

/** What a resource surely does not have, by a look at its text. */
export interface QuickLook {
  /** A setting that concerns credentials or mail. */
  readonly noSettings: boolean;
  /** A credential that is written down, or something named after root. */
  readonly noLiterals: boolean;
}

const nothingKnown: QuickLook = { noSettings: false, noLiterals: false };

/**
 * Looks at the text that a resource of a large template was read from, so that most of them are never worked out. It
 * counts what every name that the text refers to is worth, too.
 */
export function quickLooks(stack: Stack): (body: ResourceBody) => QuickLook {
  const { template } = stack;
  const whole = jsonText(template.root) ?? "";
  const mayHold = literalsAmong(whole);
  const looks = new Map<ResourceBody, QuickLook>();
  const silent = new Map<string, boolean>();
  const isSilent = (name: string, at: Span): boolean => {
    const known = silent.get(name);
    if (known !== undefined) return known;
    const found = namesNothing(name, at, stack);
    silent.set(name, found);
    return found;
  };
  return (body) => {
    const known = looks.get(body);
    if (known !== undefined) return known;
    const { file, start, end } = body.value.at;
    const text = file === template.path ? whole.slice(start, end) : "";
    const names = namesIn(text);
    // What a template says for all its functions of SAM stands elsewhere.
    const isAlone = !body.type.startsWith("AWS::Serverless::");
    const isSeen = text !== "" && isAlone && names?.every((name) => isSilent(name, body.at)) === true;
    const look = isSeen ? { noSettings: !speaksOfMail(text), noLiterals: !mayHold(text) } : nothingKnown;
    looks.set(body, look);
    return look;
  };
}

/**
 * The names that a text refers to: `Queue`, `Queue.Arn`. Undefined where something in it is worked out in another way
 * than by putting together what is written, or where escapes hide letters.
 */
function namesIn(text: string): readonly string[] | undefined {
  if (unreadable.test(text)) return undefined;
  const names: string[] = [];
  const calls = /"(Ref|Fn::[^"]*)"\s*:\s*/g;
  for (let call = calls.exec(text); call !== null; call = calls.exec(text)) {
    const name = nameOf(call[1] ?? "", text, calls.lastIndex);
    if (name === undefined) return undefined;
    if (name !== "") names.push(name);
  }
  if (!text.includes("${")) return names;
  for (const { 1: name = "" } of text.matchAll(/\$\{([^}!]*)/g)) names.push(name.trim());
  return names;
}

/** Escapes that hide letters, dynamic references, and the names of loops. */
const unreadable = /\\[u/]|\{\{resolve:|&\{/;

/** The name that a call refers to; empty for a call whose arguments are looked at by themselves. */
function nameOf(call: string, text: string, argument: number): string | undefined {
  switch (call) {
    case "Ref":
      return firstGroup(/"([^"\\]*)"/y, text, argument);
    case "Fn::GetAtt": {
      const parts = firstGroup(/\[\s*("[^"\\]*"\s*,\s*"[^"\\]*")\s*\]/y, text, argument);
      return parts?.replace(/"\s*,\s*"/, ".").replace(/"/g, "");
    }
    case "Fn::Sub": // Its variables are looked for in the whole text.
    case "Fn::Join":
    case "Fn::Select":
    case "Fn::GetAZs":
      return "";
    default:
      return undefined;
  }
}

function firstGroup(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[1];
}

/** Is what a name stands for known to hold nothing that matters? A name that is wrong is told where it is worked out. */
function namesNothing(name: string, at: Span, stack: Stack): boolean {
  if (name.startsWith("AWS::")) return true;
  const dot = name.indexOf(".");
  const [owner, attribute] = dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
  const { parameters, resources } = stack.template;
  const resource = resources.get(owner);
  if (resource === undefined && (attribute !== undefined || !parameters.has(owner))) return false;
  // What nobody describes is known after it is made.
  if (resource !== undefined && typeOf(resource) === undefined) return !namesRoot(name);
  if (attribute?.startsWith("Outputs.") === true) return false; // A nested stack may lack it.
  const value = attribute === undefined ? stack.refer(owner, at) : stack.attribute(owner, attribute, at);
  return !concernsMail(value) && !holdsLiteral(value);
}
