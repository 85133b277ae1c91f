import { any, hasHoles, isLiteral, prefixOf, type Pattern, type Token } from "./pattern";

/** What divides an ARN, as tokens. */
export const colon = 58;
export const slash = 47;

/**
 * An ARN pattern with the n-th field (0 is `arn`) widened to `*`, all six fields written out. Others stay as they are:
 * in `arn:*:identity/a` it is not known which fields the star stands for.
 */
export function widenField(pattern: Pattern, n: number): Pattern {
  const fields = startsAsArn(pattern) ? fieldsOf(pattern) : undefined;
  if (fields === undefined) return pattern;
  return fields.flatMap((field, i) => [...(i > 0 ? [colon] : []), ...(i === n ? [any] : field)]);
}

/** Where the sixth field of an ARN pattern starts. */
export function resourceStart(pattern: Pattern): number {
  let fields = 0;
  return pattern.findIndex((token) => token === colon && ++fields === 5) + 1;
}

/** The service field of an ARN pattern, where it is known. */
export function serviceField(pattern: Pattern): string | undefined {
  const field = fieldsOf(pattern)?.[2];
  if (field === undefined || !isLiteral(field)) return undefined;
  return prefixOf(field);
}

/** The fields of two patterns side by side, where both can be read as ARNs and one is written as one. */
export function fieldPairs(a: Pattern, b: Pattern): readonly (readonly [Pattern, Pattern])[] | undefined {
  if (!startsAsArn(a) && !startsAsArn(b)) return undefined;
  const fieldsA = fieldsOf(a);
  const fieldsB = fieldsOf(b);
  if (fieldsA === undefined || fieldsB === undefined) return undefined;
  return fieldsA.map((field, i) => [field, fieldsB[i] ?? []]);
}

function startsAsArn(pattern: Pattern): boolean {
  return pattern[0] === 97 && pattern[1] === 114 && pattern[2] === 110 && pattern[3] === colon;
}

/**
 * The six fields of an ARN pattern; the last may hold colons. A `*` at the end stands for all fields that are missing,
 * where no other `*` or hole could.
 */
function fieldsOf(pattern: Pattern): readonly Pattern[] | undefined {
  const fields: Token[][] = [[]];
  for (const token of pattern) {
    if (token === colon && fields.length < 6) fields.push([]);
    else fields.at(-1)?.push(token);
  }
  if (fields.length === 6) return fields;
  if (pattern.at(-1) !== any || pattern.indexOf(any) < pattern.length - 1 || hasHoles(pattern)) return undefined;
  while (fields.length < 6) fields.push([any]);
  return fields;
}
