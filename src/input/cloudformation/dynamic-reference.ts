import { distribute } from "../../core/distribute";
import { flatten, slice, spanOf } from "../../core/flat";
import { knownText, unknown } from "../../core/text";
import { through } from "../../core/trace";
import type { Text, Value } from "../../core/value";
import { piecesOf, textOf } from "./pieces";
import type { Reading } from "./stack";

/**
 * A text whose dynamic references are what they read: what `stored` finds in the unit, otherwise something unknown that
 * is kept elsewhere. (CloudFormation User Guide, "Get values stored in other services using dynamic references".)
 */
export function withReferences(of: Text, stored: (reading: Reading) => Value | undefined): Value {
  if (!hasReferences(of)) return of;
  const flat = flatten(of);
  const parts: Value[] = [];
  let from = 0;
  for (const match of flat.characters.matchAll(/\{\{resolve:(ssm-secure|ssm|secretsmanager):([^{}]*)\}\}/g)) {
    const [whole, service = "", content = ""] = match;
    const start = match.index + whole.length - 2 - content.length;
    const end = match.index + whole.length;
    const { length, field } = contentOf(service, content);
    const reading = { service, id: slice(flat, start, start + length), field };
    if (from < match.index) parts.push(slice(flat, from, match.index));
    const at = spanOf(flat, match.index, end);
    const what = `{{resolve:${service}}}`;
    const found = stored(reading);
    // What is not known of the reference has no width: it could be another one.
    const id = knownText(slice(flat, match.index, end));
    const kept = unknown("data-source", what, at, id === undefined ? {} : { id });
    parts.push(found === undefined ? kept : through(found, what, at));
    from = end;
  }
  const [only] = parts;
  if (only === undefined) return of;
  if (from < flat.characters.length) parts.push(slice(flat, from, flat.characters.length));
  else if (parts.length === 1) return only;
  return distribute(parts, of.at, (args) => textOf(args.flatMap(piecesOf), of.at));
}

export function hasReferences({ pieces }: Text): boolean {
  return pieces.some((piece) => piece.kind === "known" && piece.text.includes("{{resolve:"));
}

/**
 * How long the name or ARN is, and the field: `name:SecretString:field:stage:version`, `/path/of/parameter:version`.
 * An ARN has six colons, and what is not known of it has no width.
 */
function contentOf(service: string, content: string): { readonly length: number; readonly field: string | undefined } {
  const parts = content.split(":");
  const isArn = parts[0] === "arn" && service === "secretsmanager";
  const id = parts.slice(0, isArn ? 7 : 1).join(":");
  const [kind, field] = content.slice(id.length + 1).split(":");
  const named = service === "secretsmanager" && kind === "SecretString" && field !== undefined && field !== "";
  return { length: id.length, field: named ? field : undefined };
}
