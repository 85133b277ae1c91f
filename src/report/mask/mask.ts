import { limits } from "../../core/limits";
import { masked } from "../../core/secret";
import type { Source } from "../../core/source";
import { maskCode, maskTemplate } from "./code";
import { maskData } from "./data";
import { hidingWithin, joinHidden, wholeOf, type Hidden, type Hiding, type Range } from "./hidden";
import { maskProgram } from "./program";
import { holdsSecret } from "./shapes";

/**
 * What of a source is not shown, sorted. HCL and programs are recognised by the file's name, since their words are
 * references; everything else is data, whose words are literals. A literal becomes a credential by its place, which a
 * reader of tokens cannot know: so each is hidden unless it is printable in its position.
 */
export function hiddenIn(source: Source): readonly Hidden[] {
  return hiddenWithin(source, [wholeOf(source.text)]);
}

/** What of some parts of a source is not shown: all of that, and little else. The parts are sorted and apart. */
export function hiddenWithin({ text, path }: Source, asked: readonly Range[]): readonly Hidden[] {
  if (text.length > limits.maskLength) return [{ ...wholeOf(text), as: masked, credential: true }];
  const hidden: Hidden[] = [];
  const into = hidingWithin(asked, hidden);
  if (/\.(?:tf|tofu|tfvars|hcl)$/.test(path)) maskCode(text, into);
  else if (/\.(?:[cm]?[jt]sx?|py)$/.test(path)) maskProgram(text, path.endsWith(".py"), into);
  else
    maskData(
      text,
      { ...wholeOf(text), code: [], key: "", ...(/\.(?:tf|tofu)\.json$/.test(path) && { maskTemplate }) },
      into,
    );
  hideRuns(text, asked, into);
  return joinHidden(hidden);
}

/** What looks like a credential is hidden wherever it stands, whatever its position was taken for. */
function hideRuns(text: string, asked: readonly Range[], into: Hiding): void {
  let done = 0;
  for (const { start, end } of asked) {
    // A run may reach out of the part that is asked for. One that several parts are in is walked once.
    let from = Math.max(start, done);
    while (from > done && isRunPart(text.charCodeAt(from - 1))) from--;
    done = Math.max(end, done);
    while (done < text.length && isRunPart(text.charCodeAt(done))) done++;
    for (const run of text.slice(from, done + 2).matchAll(/[A-Za-z0-9/+]{20,}={0,2}/g)) {
      const [words] = run;
      const place = from + run.index;
      if (holdsSecret(words)) into.hide({ start: place, end: place + words.length, as: masked, credential: true });
    }
  }
}

/** A letter, digit, slash or plus sign. */
function isRunPart(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 47 && code <= 57) || code === 43;
}
