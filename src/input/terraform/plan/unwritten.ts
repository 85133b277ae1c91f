import type { Diagnostic } from "../../../core/diagnostic";
import { limits } from "../../../core/limits";
import type { Secret } from "../../../core/secret";
import { knownText } from "../../../core/text";
import type { Entry, Value } from "../../../core/value";
import { once } from "../evaluate/once";
import { constantOf } from "./configuration";
import { entriesIn, fieldOf, itemsIn } from "../../fields";
import type { RecordedFile } from "./record";
import type { RecordedUnit } from "./unit";

/** Is a text one that nobody is known to have written? */
type IsUnwritten = (secret: Secret) => boolean;

type Report = (problem: Diagnostic) => void;

/**
 * Of a file that stands alone. The values of a plan are put together of what its configuration says, what its variables
 * are given, what data sources read and what providers make: a text that is in none of the last three is one of the
 * first. A state has no configuration, and tells nothing apart.
 */
export function unwrittenIn({ file, expression }: RecordedUnit, report: Report): IsUnwritten {
  const { configuration, resources } = file;
  if (configuration === undefined) return () => true;
  const written = listedOnce(() => textsIn(configuration, 0));
  const given = listedOnce(() => textsOfVariables(file));
  const made = listedOnce(() =>
    [...resources.values()].map(({ address, values }) => {
      const isSet = ({ key }: Entry): boolean => {
        const own = expression(address, key);
        // A constant that is the value stands in the configuration; one that is not is ignored (`ignore_changes`).
        return own !== undefined && constantOf(own) === undefined;
      };
      const textsOf = (entries: readonly Entry[]) => entries.flatMap(({ value }) => textsIn(value, 0));
      // Providers repeat what is set: `tags_all`, the metadata of a chart.
      return { set: textsOf(values.filter(isSet)), added: textsOf(values.filter((entry) => !isSet(entry))) };
    }),
  );
  return limited(file, report, (secret) => {
    if (isAmong(secret, written())) return false;
    if (isAmong(secret, given())) return true;
    return made().some(({ set, added }) => isAmong(secret, added) && !isAmong(secret, set));
  });
}

/** Of sources whose values a file decides: what it handed over to them, and no source has. */
export function unwrittenBeside(
  file: RecordedFile,
  { handed, sources }: { readonly handed: readonly Value[]; readonly sources: () => readonly string[] },
  report: Report,
): IsUnwritten {
  const written = listedOnce(sources);
  const given = listedOnce(() => textsOfVariables(file));
  return limited(file, report, (secret) => {
    if (isAmong(secret, written())) return false;
    return isAmong(secret, given()) || handed.some((value) => isAmong(secret, textsIn(value, 0)));
  });
}

function limited({ source: { path, text } }: RecordedFile, report: Report, isUnwritten: IsUnwritten): IsUnwritten {
  let left: number = limits.writtenTries;
  return (secret) => {
    const hadSome = left >= 0;
    left -= text.length;
    if (left >= 0) return isUnwritten(secret);
    const message = "The file has too many credentials to tell which of them are written in its sources.";
    if (hadSome) report({ kind: "limit", limit: "writtenTries", file: path, message });
    return true;
  };
}

function listedOnce<T>(list: () => readonly T[]): () => readonly T[] {
  return once(list, () => []);
}

function isAmong(secret: Secret, texts: readonly string[]): boolean {
  return texts.some((one) => secret.isIn(one));
}

function textsOfVariables({ variables }: RecordedFile): readonly string[] {
  return variables.flatMap(({ value }) => textsIn(fieldOf(value, "value"), 0));
}

function textsIn(value: Value | undefined, depth: number): readonly string[] {
  if (value === undefined || depth > limits.depth) return [];
  if (value.kind === "list") return itemsIn(value).flatMap((item) => textsIn(item, depth + 1));
  if (value.kind === "map") return entriesIn(value).flatMap((entry) => textsIn(entry.value, depth + 1));
  const text = knownText(value);
  return text === undefined ? [] : [text];
}
