import { placesOf } from "../quick-look";

/**
 * What a text refers to, and where: an offset. `Queue`, `Queue.Arn`, `?IsProduction`; undefined where something is worked
 * out in another way than by putting together what is written, or where escapes hide letters.
 */
type Found = (place: number, name: string | undefined) => void;

/** Goes through a text once, in the order of places. */
export type Pass = (found: Found) => void;

/** All references in a JSON template. */
export function referencesInJson(text: string): readonly Pass[] {
  return [
    (found) => {
      findUnclear(text, unreadableJson, found);
    },
    (found) => {
      findCalls(text, /"(Ref|Fn::[^"]*)"\s*:\s*/g, jsonArguments, found);
    },
    (found) => {
      findVariables(text, found);
    },
  ];
}

/** Stands before the name of a condition that decides between branches, which are looked at by themselves. */
export const conditionMark = "?";

/** All references in a YAML template. What an alias stands for is written elsewhere. */
export function referencesInYaml(text: string): readonly Pass[] {
  return [
    (found) => {
      findUnclear(text, unreadableYaml, found);
    },
    (found) => {
      findCalls(text, /(?:^|[\s,[{(:-])!([A-Za-z]\w*)[ \t]*/g, yamlArguments, found);
    },
    (found) => {
      findCalls(text, /(?:^|[\s,[{])["']?(Ref|Fn::[\w:]+)["']?\s*:\s*/g, yamlArguments, found);
    },
    (found) => {
      findVariables(text, found);
    },
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

function findCalls(text: string, pattern: RegExp, patternsOf: Arguments, found: Found): void {
  for (let call = pattern.exec(text); call !== null; call = pattern.exec(text)) {
    const end = pattern.lastIndex;
    const name = nameOf(call[1] ?? "", text, end, patternsOf);
    if (name !== "") found(end - 1, name);
    // What stands before the next call may end this one.
    pattern.lastIndex = Math.max(call.index + 1, end - 1);
  }
}

/** Of `Fn::Sub`. */
function findVariables(text: string, found: Found): void {
  for (const { 1: name = "", index } of text.matchAll(/\$\{([^}!]*)/g)) found(index, name.trim());
}

function findUnclear(text: string, pattern: RegExp, found: Found): void {
  for (const place of placesOf(text, pattern)) found(place, undefined);
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
  const match = pattern.exec(text);
  if (match === null) return undefined;
  return match[2] === undefined ? match[1] : `${match[1] ?? ""}.${match[2]}`;
}
