import type { Pattern } from "./pattern";

/**
 * A quick look at many texts, by the characters of a pattern that are known: false only where it surely does not match.
 * The characters before the first wildcard or hole start the text, further ones stand in it in their order.
 */
export function mayMatch(pattern: Pattern): (text: string) => boolean {
  const [start = "", ...runs] = knownRuns(pattern);
  return (text) => {
    if (!text.startsWith(start)) return false;
    let from = start.length;
    return runs.every((run) => {
      const at = text.indexOf(run, from);
      from = at + run.length;
      return at >= 0;
    });
  };
}

/** What stands before, between and after wildcards and holes; `*a` starts with an empty run. */
function knownRuns(pattern: Pattern): readonly string[] {
  const runs: string[] = [];
  let run = "";
  for (const token of pattern) {
    if (typeof token === "number" && token >= 0) {
      run += String.fromCodePoint(token);
    } else {
      runs.push(run);
      run = "";
    }
  }
  return [...runs, run];
}
