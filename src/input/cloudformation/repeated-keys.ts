import { label } from "../../core/message";
import type { Source } from "../../core/source";
import type { YamlProblem } from "../yaml-builder";

/** Characters: CloudFormation takes no larger template. What programs write has no key twice. */
const largestTemplate = 1_000_000;

/** The keys that stand twice in a map of a JSON text, which is known to be right. Of equal keys the last counts. */
export function repeatedKeys({ path: file, text }: Source): readonly YamlProblem[] {
  if (text.length > largestTemplate) return [];
  const problems: YamlProblem[] = [];
  // For each list or map around: the keys so far, with their offsets; none for a list.
  const around: (Map<string, number> | undefined)[] = [];
  for (const { 0: token, index: start } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "{" || token === "[") around.push(token === "{" ? new Map() : undefined);
    else if (token === "}" || token === "]") around.pop();
    else {
      const keys = around.at(-1);
      const end = start + token.length;
      if (keys === undefined || !isFollowedByColon(text, end)) continue;
      const first = keys.get(token);
      if (first === undefined) {
        keys.set(token, start);
        continue;
      }
      const at = { file, start: start + 1, end: end - 1 };
      const message = `has the key ${label(token.slice(1, -1)).text} twice`;
      problems.push({ message, at, first: { file, start: first + 1, end: first + token.length - 1 } });
    }
  }
  return problems;
}

function isFollowedByColon(text: string, end: number): boolean {
  colon.lastIndex = end;
  return colon.test(text);
}

const colon = /\s*:/y;
