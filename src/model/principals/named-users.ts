import { kept } from "../../core/map";
import { knownText, optionsOf } from "../../core/text";
import type { Definite } from "../../core/value";
import { literalPattern, patternOf, type Pattern } from "../iam/pattern";
import { covers, overlaps } from "../iam/pattern-relations";
import type { User } from "../model";

/**
 * Is an IAM user meant by its name, without case as IAM compares names, or by its address? `*` and `?` are as in policies.
 * A name that is not known in full is meant where it is whatever the unknown part is (`mail-${var.env}` by `mail-*`).
 */
export function isNamed(user: User, written: readonly string[]): boolean {
  if (written.length === 0) return false;
  const names = namesOf(written);
  return isAmong(names, user.address) || optionsOf(user.name).every(({ value }) => means(names, value));
}

/** What is written, in lower case: thousands of users may be compared with as many names. */
interface Names {
  readonly whole: ReadonlySet<string>;
  readonly patterns: readonly Pattern[];
}

const namesKnown = new WeakMap<readonly string[], Names>();

function namesOf(written: readonly string[]): Names {
  return kept(namesKnown, written, () => {
    const lower = written.map((name) => name.toLowerCase());
    return { whole: new Set(lower), patterns: lower.filter((name) => /[*?]/.test(name)).map(literalPattern) };
  });
}

function isAmong({ whole, patterns }: Names, name: string): boolean {
  const lower = name.toLowerCase();
  if (whole.has(lower)) return true;
  const characters = literalPattern(lower);
  return patterns.some((pattern) => overlaps(pattern, characters) === "yes");
}

function means(names: Names, value: Definite): boolean {
  const known = knownText(value);
  if (known !== undefined) return isAmong(names, known);
  if (value.kind !== "text" && value.kind !== "unknown") return false;
  const name = patternOf(value, "fold");
  return names.patterns.some((pattern) => covers(pattern, name) === "yes");
}
