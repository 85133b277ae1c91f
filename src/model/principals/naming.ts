import type { Truth } from "../../core/truth";
import { charactersIn, knownText, refOf } from "../../core/text";
import type { Definite, Ref, Unknown, Value } from "../../core/value";
import { colon, slash } from "../iam/arn-pattern";
import type { Group, ManagedPolicy, User } from "../model";
import { folded, hasHoles, patternOf, prefixOf, sameToken, type Pattern } from "../iam/pattern";
import { overlaps } from "../iam/pattern-relations";

/** What can be named: its kind is what stands in its ARN. */
type Named =
  | { readonly kind: "user"; readonly resource: User }
  | { readonly kind: "group"; readonly resource: Group }
  | { readonly kind: "policy"; readonly resource: ManagedPolicy };

export type NamedKind = Named["kind"];

/** Is a resource meant by such an attribute of it? Attributes are called the same in all dialects. */
export function isNaming({ attribute }: Ref): boolean {
  return naming.has(attribute);
}

const naming = new Set(["name", "arn", "id"]);

/** The address of the resource that a value surely means, recognised by reference. */
export function meantByRef(value: Definite): string | undefined {
  const ref = refOf(value);
  return ref !== undefined && isNaming(ref) ? ref.address : undefined;
}

/**
 * Does a name or ARN mean the resource of this name? IAM compares names without case, so that names which differ in
 * case alone are one; whether a reference in the other case works is not sure.
 */
export function namesResource(value: Definite, kind: NamedKind, name: Value): Truth {
  const wanted = nameTokens(value, kind);
  if (wanted === undefined || (name.kind !== "text" && name.kind !== "unknown")) return "no";
  if (name.kind === "unknown" && pickedByAws(name) && !hasHoles(wanted)) return "no";
  return sameName(wanted, patternOf(name, "keep"));
}

/** A quick no to most names that a name or ARN with unknown parts does not mean: its known ends are not theirs. */
export function nameFilter(value: Definite, kind: NamedKind): (name: Definite) => boolean {
  const wanted = nameTokens(value, kind);
  if (wanted === undefined) return () => false;
  const [start, end] = [prefixOf(wanted), prefixOf([...wanted].reverse())];
  const tail = Array.from(end).reverse().join("");
  return (name) => {
    const known = knownText(name);
    return known === undefined || (known.startsWith(start) && known.endsWith(tail));
  };
}

/** Do two values mean the same thing, whatever that is (a group that the unit does not manage)? */
export function sameThing(a: Definite, b: Definite, kind: NamedKind): Truth {
  const refs = [refOf(a), refOf(b)] as const;
  if (refs[0] !== undefined && refs[1] !== undefined && sameRef(refs[0], refs[1])) return "yes";
  const names = [nameTokens(a, kind), nameTokens(b, kind)] as const;
  return names[0] === undefined || names[1] === undefined ? "no" : sameName(names[0], names[1]);
}

/** The name in a known name or ARN. Undefined: a part is not known, or it is the ARN of something else. */
export function literalName(value: Value | undefined, kind: NamedKind): string | undefined {
  const known = knownText(value);
  if (known === undefined) return undefined;
  return known.startsWith("arn:") ? arnTail(known, kind) : known;
}

/**
 * One text for a name of which a part is not known, to find others by that are put together from the same. Undefined:
 * nobody knows what a part is the same as, or it is the ARN of something else.
 */
export function openName(value: Definite, kind: NamedKind): string | undefined {
  const tokens = nameTokens(value, kind);
  const isNamed = tokens?.every((token) => typeof token === "number" || token.id !== undefined) === true;
  return isNamed ? tokens.map((token) => (typeof token === "number" ? token : token.id)).join("\n") : undefined;
}

/** The name at the end of an ARN of the kind, in an account: `arn:aws:iam::aws:policy/…` is none that anybody creates. */
function arnTail(arn: string, kind: NamedKind): string | undefined {
  const fields = arn.split(":");
  if (fields[4] === "aws") return undefined;
  const resource = fields.slice(5).join(":");
  return resource.startsWith(`${kind}/`) ? resource.slice(resource.lastIndexOf("/") + 1) : undefined;
}

/** The tokens of the name in a name or ARN; undefined where it is the ARN of something else or no name at all. */
function nameTokens(value: Definite, kind: NamedKind): Pattern | undefined {
  if (value.kind === "unknown") return patternOf(value, "keep");
  if (value.kind !== "text" || value.pieces.length === 0) return undefined;
  const tokens = patternOf(value, "keep");
  if (!prefixOf(tokens).startsWith("arn:")) return tokens;
  const fields = charactersIn(value.pieces).split(":");
  if (fields[4] === "aws") return undefined; // One of AWS's own policies, whatever its name.
  if (!mayBeOf(fields, kind)) return undefined;
  const lastSlash = tokens.lastIndexOf(slash);
  if (lastSlash < 0) return hasHoles(tokens) ? tokens.slice(tokens.lastIndexOf(colon) + 1) : undefined;
  return tokens.slice(lastSlash + 1);
}

/** Does the resource of an ARN start with the kind, or is it not known where that stands? */
function mayBeOf(fields: readonly string[], kind: NamedKind): boolean {
  const resource = fields.slice(5).join(":");
  const [start = "", ...more] = resource.split("\u0000");
  return start.startsWith(`${kind}/`) || (more.length > 0 && `${kind}/`.startsWith(start)) || resource === "";
}

function sameName(a: Pattern, b: Pattern): Truth {
  if (a.length === b.length && a.every((token, i) => sameToken(token, b[i] ?? token))) return "yes";
  if (hasHoles(a) || hasHoles(b)) return overlaps(a, b) === "no" ? "no" : "maybe";
  return a.length === b.length && a.every((token, i) => folded(token) === folded(b[i] ?? token)) ? "maybe" : "no";
}

function sameRef(a: Ref, b: Ref): boolean {
  return a.address === b.address && isNaming(a) && isNaming(b);
}

/** AWS makes the name up when the resource is created: no literal can have meant it. */
function pickedByAws(name: Unknown): boolean {
  return name.reason.kind === "after-apply" && name.ref !== undefined;
}
