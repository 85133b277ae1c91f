import { isSpace } from "./characters";
import { dropStart, type Part, type Run } from "./template-part";

/**
 * Takes the indentation out of a `<<-` heredoc: as much as the least indented line has. As the reference does it, after
 * the trim markers, and looking at the first token of each line only: a blank line keeps its spaces and does not count.
 */
export function outdent(parts: readonly Part[]): void {
  let least = Infinity;
  let atLineStart = true;
  const indented: Run[] = [];
  for (const part of parts) {
    if (atLineStart) {
      atLineStart = false;
      if (part.kind !== "run") least = 0;
      else if (!isBlankLine(part)) {
        least = Math.min(least, indentation(part));
        indented.push(part);
      }
    }
    if (part.kind === "run" && endsLine(part)) atLineStart = true;
  }
  if (least === 0 || least === Infinity) return;
  for (const run of indented) {
    const [first, ...others] = run.texts;
    if (first !== undefined) run.texts = [dropStart(first, spacesOf(first.text, least)), ...others];
  }
}

function isBlankLine(run: Run): boolean {
  return endsLine(run) && run.texts.every((text) => leadingSpaces(text.text) === text.text.length);
}

function endsLine(run: Run): boolean {
  return run.texts[run.texts.length - 1]?.text.endsWith("\n") === true;
}

function leadingSpaces(text: string): number {
  let count = 0;
  while (count < text.length && isSpace(text.charCodeAt(count))) count++;
  return count;
}

/** In characters as a reader counts them: a carriage return with its line feed is one. */
function indentation(run: Run): number {
  const first = run.texts[0]?.text ?? "";
  const spaces = leadingSpaces(first);
  let count = 0;
  for (let i = 0; i < spaces; i++) if (!isLineFeedOfPair(first, i)) count++;
  return count;
}

/** The UTF-16 length of so many characters of indentation. */
function spacesOf(text: string, count: number): number {
  let units = 0;
  for (let left = count; left > 0; left--) units += isLineFeedOfPair(text, units + 1) ? 2 : 1;
  return units;
}

function isLineFeedOfPair(text: string, at: number): boolean {
  return text.charCodeAt(at) === 10 && text.charCodeAt(at - 1) === 13;
}
