import { limits } from "../../core/limits";
import { looksSecret } from "../../core/message";
import { masked } from "../../core/secret";
import type { Source } from "../../core/source";
import { maskCode, maskTemplate } from "./code";
import { maskData } from "./data";
import { joinHidden, wholeOf, type Hidden } from "./hidden";
import { maskProgram } from "./program";
import { holdsSecret } from "./shapes";

/**
 * What of a source is not shown, sorted. HCL and programs are recognised by the file's name, since their words are
 * references; everything else is data, whose words are literals. A literal becomes a credential by its place, which a
 * reader of tokens cannot know: so each is hidden unless it is printable in its position.
 */
export function hiddenIn(source: Source): readonly Hidden[] {
  const { text, path } = source;
  if (text.length > limits.maskLength) return [{ ...wholeOf(text), as: masked, credential: true }];
  const hidden: Hidden[] = [];
  if (/\.(?:tf|tofu|tfvars|hcl)$/.test(path)) maskCode(text, hidden);
  else if (/\.(?:[cm]?[jt]sx?|py)$/.test(path)) maskProgram(text, path.endsWith(".py"), hidden);
  else
    maskData(
      text,
      { ...wholeOf(text), code: [], key: "", ...(/\.(?:tf|tofu)\.json$/.test(path) && { maskTemplate }) },
      hidden,
    );
  if (looksSecret(text)) hideRuns(text, hidden);
  return joinHidden(hidden);
}

/** What looks like a credential is hidden wherever it stands, whatever its position was taken for. */
function hideRuns(text: string, hidden: Hidden[]): void {
  for (const run of text.matchAll(/[A-Za-z0-9/+]{20,}={0,2}/g)) {
    const [words] = run;
    if (holdsSecret(words))
      hidden.push({ start: run.index, end: run.index + words.length, as: masked, credential: true });
  }
}
