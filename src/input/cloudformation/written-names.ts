import { placesOf } from "../quick-look";

/**
 * What a text refers to, and where: an offset. `Queue`, `Queue.Arn`, `?IsProduction`; undefined where something is worked
 * out in another way than by putting together what is written, or where escapes hide letters.
 */
export interface Reference {
  readonly place: number;
  readonly name: string | undefined;
}

/** The references in a JSON template, in several lists, each in the order of places. */
export function referencesInJson(text: string): readonly (readonly Reference[])[] {
  return [
    unclearPlaces(text, unreadableJson),
    calls(text, /"(Ref|Fn::[^"]*)"\s*:\s*/g, jsonArguments),
    variables(text),
  ];
}

/** Stands before the name of a condition that decides between branches, which are looked at by themselves. */
export const conditionMark = "?";

/** The references in a YAML template. What an alias stands for is written elsewhere. */
export function referencesInYaml(text: string): readonly (readonly Reference[])[] {
  return [
    unclearPlaces(text, unreadableYaml),
    calls(text, /(?:^|[\s,[{(:-])!([A-Za-z]\w*)[ \t]*/g, yamlArguments),
    calls(text, /(?:^|[\s,[{])["']?(Ref|Fn::[\w:]+)["']?\s*:\s*/g, yamlArguments),
    variables(text),
  ];
}

/** Escapes that hide letters, dynamic references, and the names of loops. */
const unreadableJson = /\\[u/]|\{\{resolve:|&\{/;

/**
 * These, aliases, and tags in other spellings. Nearly any character may be in an alias, and one may follow the colon
 * after a quoted key at once (YAML 1.2.2, 6.9.2 and 7.4.2).
 */
const unreadableYaml =
  /\\[^nrt"\\' ]|\{\{resolve:|&\{|(?:^|[\s,[{]|["']:)\*[^\s,\]})]|(?:^|[\s,[{(:-])![^A-Za-z\s=]|!<|!!/;

/** The patterns of a name alone, of a condition before two branches, and of a resource with its attribute. */
interface Arguments {
  readonly name: RegExp;
  readonly condition: RegExp;
  readonly attribute: RegExp;
}

const jsonArguments: Arguments = {
  name: /"([^"\\]*)"/y,
  condition: /\[\s*"([^"\\]*)"/y,
  attribute: /\[\s*"([^"\\]*)"\s*,\s*"([^"\\]*)"\s*\]/y,
};

const yamlArguments: Arguments = {
  name: /["']?([\w:]+)["']?(?![^\s,}\]])/y,
  condition: /\s*(?:\[\s*|-\s+)["']?(\w+)["']?(?![^\s,])/y,
  attribute:
    /\s*(?:\[\s*["']?|-\s+["']?|["']?)(\w+)(?:["']?\s*,\s*["']?|["']?[^\S\n]*\n\s*-\s+["']?|\.)([\w.]+)["']?(?![^\s,}\]])/y,
};

function calls(text: string, pattern: RegExp, patternsOf: Arguments): readonly Reference[] {
  const found: Reference[] = [];
  for (let call = pattern.exec(text); call !== null; call = pattern.exec(text)) {
    const end = pattern.lastIndex;
    const name = nameOf(call[1] ?? "", text, end, patternsOf);
    if (name !== "") found.push({ place: end - 1, name });
    // What stands before the next call may end this one.
    pattern.lastIndex = Math.max(call.index + 1, end - 1);
  }
  return found;
}

/** Of `Fn::Sub`. */
function variables(text: string): readonly Reference[] {
  return [...text.matchAll(/\$\{([^}!]*)/g)].map(({ 1: name = "", index }) => ({ place: index, name: name.trim() }));
}

function unclearPlaces(text: string, pattern: RegExp): readonly Reference[] {
  return placesOf(text, pattern).map((place) => ({ place, name: undefined }));
}

/** The name that a call refers to; empty for a call whose arguments are looked at by themselves. */
function nameOf(call: string, text: string, start: number, patterns: Arguments): string | undefined {
  const { name, condition, attribute } = patterns;
  switch (call) {
    case "Ref":
      return groups(name, text, start);
    case "GetAtt":
    case "Fn::GetAtt":
      return groups(attribute, text, start);
    case "If":
    case "Fn::If": {
      const decides = groups(condition, text, start);
      return decides === undefined ? undefined : conditionMark + decides;
    }
    case "Sub": // Its variables are looked for in the whole text.
    case "Fn::Sub":
    case "Join":
    case "Fn::Join":
    case "Select":
    case "Fn::Select":
    case "GetAZs":
    case "Fn::GetAZs":
      return "";
    default:
      return undefined;
  }
}

function groups(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  const [, first, second] = pattern.exec(text) ?? [];
  return second === undefined ? first : `${first ?? ""}.${second}`;
}
