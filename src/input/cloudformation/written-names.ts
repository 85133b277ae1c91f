/**
 * The names that a part of a JSON template refers to: `Queue`, `Queue.Arn`, `?IsProduction`. Undefined where something in it is worked out
 * in another way than by putting together what is written, or where escapes hide letters.
 */
export function namesInJson(text: string): readonly string[] | undefined {
  if (unreadableJson.test(text)) return undefined;
  return namesOf(text, [[/"(Ref|Fn::[^"]*)"\s*:\s*/g, jsonArguments]]);
}

/** Stands before the name of a condition that decides between branches, which are looked at by themselves. */
export const conditionMark = "?";

/** The same of a part of a YAML template. What an alias stands for is written elsewhere. */
export function namesInYaml(text: string): readonly string[] | undefined {
  if (unreadableYaml.test(text)) return undefined;
  return namesOf(text, [
    [/(?:^|[\s,[{(:-])!([A-Za-z]\w*)[ \t]*/g, yamlArguments],
    [/(?:^|[\s,[{])["']?(Ref|Fn::[\w:]+)["']?\s*:\s*/g, yamlArguments],
  ]);
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
    /\s*(?:\[\s*["']?|-\s+["']?|["']?)(\w+)(?:["']?\s*,\s*["']?|["']?\s*\n\s*-\s+["']?|\.)([\w.]+)["']?(?![^\s,}\]])/y,
};

function namesOf(text: string, patterns: readonly (readonly [RegExp, Arguments])[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const [calls, patternsOf] of patterns) {
    for (let call = calls.exec(text); call !== null; call = calls.exec(text)) {
      const name = nameOf(call[1] ?? "", text, calls.lastIndex, patternsOf);
      if (name === undefined) return undefined;
      if (name !== "") names.push(name);
      // What stands before the next call may end this one.
      calls.lastIndex = Math.max(call.index + 1, calls.lastIndex - 1);
    }
  }
  if (!text.includes("${")) return names;
  for (const { 1: name = "" } of text.matchAll(/\$\{([^}!]*)/g)) names.push(name.trim());
  return names;
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
  return pattern.exec(text)?.slice(1).join(".");
}
