import type { Because } from "../../core/finding";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import { colon, resourceStart, serviceField, slash, widenField } from "./arn-pattern";
import {
  hasWildcards,
  isPolicyVariable,
  literalPattern,
  patternOf,
  type Pattern,
  type PatternHole,
  type Token,
} from "./pattern";
import type { PatternItem } from "./policy";

/** What the items of a statement's lists are as patterns. Each is worked out once: hundreds of questions ask for it. */

/** The action pattern of an item, in lower case. */
export function actionPattern(item: PatternItem): Pattern {
  return kept(actionPatterns, item, () => patternOf(item.value, "fold"));
}

/** The resource pattern of an item. Which partition it names does not matter: a unit is in one. */
export function resourcePattern(item: PatternItem): Pattern {
  return kept(resourcePatterns, item, () =>
    wildTypeAsHole(widenField([...arnStart(item), ...valuePattern(item)], 1), item.at),
  );
}

/** Of an ARN that is known only once it is applied, all but the resource: what its own hole stands for is that. */
function arnStart({ value }: PatternItem): Pattern {
  const [first] = value.kind === "text" ? value.pieces : [{ kind: "hole" as const, unknown: value }];
  if (first?.kind !== "hole" || first.unknown.ref?.service === undefined) return [];
  const { id, at, reason, ref } = first.unknown;
  const field = (name: string): PatternHole => ({ id: id && `${id} ${name}`, because: { reason, at } });
  return [...literalPattern(`arn:*:${ref.service}:`), field("region"), colon, field("account"), colon];
}

/** A value of a condition, or a resource as it is written. */
export function valuePattern({ value, literal, principal }: PatternItem): Pattern {
  const pattern = patternOf(value, "keep", literal !== true);
  return principal === undefined ? pattern : pattern.flatMap((token) => principal.get(variableIn(token)) ?? [token]);
}

/** The name of a policy variable, in lower case. */
export function variableIn(token: Token): string {
  if (typeof token === "number" || !isPolicyVariable(token)) return "";
  return token.id?.slice("${".length, -1).toLowerCase() ?? "";
}

/**
 * A wildcard in the type of a resource (`arn:aws:ses:*:*:id*` + `/a.org`) is "incorrect wildcard usage" to the IAM User
 * Guide, and nothing says what it matches: the type becomes a hole. ARNs of SES and IAM have a type, others need not.
 */
function wildTypeAsHole(pattern: Pattern, at: Span): Pattern {
  const service = serviceField(pattern);
  if (service !== "ses" && service !== "iam") return pattern;
  const start = resourceStart(pattern);
  const end = pattern.indexOf(slash, start);
  if (!hasWildcards(pattern.slice(start, Math.max(start, end)))) return pattern;
  const because: Because = { reason: { kind: "unsupported", what: "a wildcard in the type of a resource" }, at };
  return [...pattern.slice(0, start), { id: undefined, because }, ...pattern.slice(end)];
}

const actionPatterns = new WeakMap<PatternItem, Pattern>();
const resourcePatterns = new WeakMap<PatternItem, Pattern>();
