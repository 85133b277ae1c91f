import type { Because } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { kept, put } from "../../core/map";
import { firstUnknown, optionsOf, refOf } from "../../core/text";
import type { Definite, Unknown, Value } from "../../core/value";
import { literalName, meantByRef, nameFilter, namesResource, type NamedKind } from "./naming";

/** What names and ARNs can mean, for many questions: resources of one kind by address and by name. */
export interface NameIndex<T extends Nameable> {
  readonly kind: NamedKind;
  readonly byAddress: ReadonlyMap<string, T>;
  /** Resources whose whole name is known, by that name. */
  readonly byName: ReadonlyMap<string, readonly T[]>;
  /** Resources by their names in lower case, since IAM does not tell names apart by case. */
  readonly byFoldedName: ReadonlyMap<string, readonly T[]>;
  /** Resources a part of whose name is not known. */
  readonly openNames: readonly T[];
  readonly joins: Joins;
}

/** How often things of one unit were compared one by one. Over the limit no more are. */
export interface Joins {
  count: number;
}

/** Is there room for so many more? */
export function joinsMore(joins: Joins, more: number): boolean {
  joins.count += more;
  return joins.count <= limits.joins;
}

interface Nameable {
  readonly address: string;
  readonly guard: Guard;
  readonly name: Value;
}

/** A resource that a value means, or may mean. `guard` includes that the resource is there. */
export interface Meaning<T> {
  readonly resource: T;
  readonly guard: Guard;
  readonly certainty: "yes" | "maybe";
  readonly because: readonly Because[];
}

/** One of the values that a name can be, and what it means in the unit. */
interface Meant<T> {
  readonly value: Definite;
  readonly guard: Guard;
  readonly meanings: readonly Meaning<T>[];
}

export function nameIndex<T extends Nameable>(
  kind: NamedKind,
  resources: readonly T[],
  joins: Joins = { count: 0 },
): NameIndex<T> {
  const byName = new Map<string, T[]>();
  const byFoldedName = new Map<string, T[]>();
  const openNames: T[] = [];
  for (const resource of resources) {
    const options = optionsOf(resource.name).map((option) => literalName(option.value, kind));
    if (options.some((known) => known === undefined)) openNames.push(resource);
    for (const known of new Set(options)) {
      if (known === undefined) continue; // It is among the open names.
      put(byName, known, resource);
      put(byFoldedName, known.toLowerCase(), resource);
    }
  }
  return {
    kind,
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    byName,
    byFoldedName,
    openNames,
    joins,
  };
}

/** Does it mean, or may it mean, any of them? Where too many were compared, it may. */
export function meansAny<T extends Nameable>(index: NameIndex<T>, value: Value): boolean {
  return optionsOf(value).some(({ value: option, guard }) => {
    if (option.kind === "null") return false;
    if (index.byAddress.has(meantByRef(option) ?? "")) return true;
    const known = literalName(option, index.kind);
    if (known === undefined && firstUnknown(option) === undefined) return false; // No name of this kind.
    const found = candidates(index, option, known).some((one) => compare(index.kind, one, option, guard).length > 0);
    return found || index.joins.count > limits.joins;
  });
}

/** All that a name or ARN means, over all its values. */
export function meaningsOf<T extends Nameable>(index: NameIndex<T>, value: Value): readonly Meaning<T>[] {
  return meantBy(index, value).flatMap((meant) => meant.meanings);
}

/** What each value of a name or ARN means. */
export function meantBy<T extends Nameable>(index: NameIndex<T>, value: Value): readonly Meant<T>[] {
  return optionsOf(value).map((option) => {
    return { value: option.value, guard: option.guard, meanings: definiteMeanings(index, option.value, option.guard) };
  });
}

function definiteMeanings<T extends Nameable>(index: NameIndex<T>, value: Definite, guard: Guard): Meaning<T>[] {
  if (value.kind === "null") return [];
  const referred = meantByRef(value);
  const resource = referred === undefined ? undefined : index.byAddress.get(referred);
  if (resource !== undefined) return meaning(resource, guard, "yes", value);
  const known = literalName(value, index.kind);
  if (known === undefined && firstUnknown(value) === undefined) return []; // No name of this kind.
  const found = candidates(index, value, known).flatMap((one) => compare(index.kind, one, value, guard));
  // One name is one resource: where the one that has it is always there, no other can be meant.
  const sure = found.filter((one) => one.certainty === "yes");
  return sure.some(({ resource }) => resource.guard.length === 0 && resource.name.kind !== "choice") ? sure : found;
}

/** The resources that a value could mean at all: comparing every name with every resource would not be linear. */
function candidates<T extends Nameable>(
  { kind, byAddress, byFoldedName, openNames, joins }: NameIndex<T>,
  value: Definite,
  known: string | undefined,
): readonly T[] {
  if (known === undefined) {
    if (!joinsMore(joins, byAddress.size)) return [];
    const mayMean = nameFilter(value, kind);
    return [...byAddress.values()].filter(({ name }) => optionsOf(name).some((option) => mayMean(option.value)));
  }
  const same = byFoldedName.get(known.toLowerCase()) ?? [];
  if (openNames.length === 0 || !joinsMore(joins, openNames.length)) return same;
  return [...new Set([...same, ...openNames])];
}

function compare<T extends Nameable>(kind: NamedKind, resource: T, value: Definite, guard: Guard): Meaning<T>[] {
  return optionsOf(resource.name).flatMap((name) => {
    const answer = namesResource(value, kind, name.value);
    const under = both(guard, name.guard);
    if (answer === "no" || under === undefined) return [];
    return meaning(resource, under, answer, firstUnknown(value) === undefined ? name.value : value);
  });
}

function meaning<T extends Nameable>(
  resource: T,
  guard: Guard,
  certainty: "yes" | "maybe",
  value: Definite,
): Meaning<T>[] {
  const under = both(resource.guard, guard);
  if (under === undefined) return [];
  return [{ resource, guard: under, certainty, because: certainty === "yes" ? [] : [whyOpen(value)] }];
}

/** Why a name could mean one thing or another. One that could mean thousands is asked as often. */
export function whyOpen(value: Value): Because {
  return kept(reasons, value, reasonOf);
}

const reasons = new WeakMap<Value, Because>();

function reasonOf(value: Value): Because {
  const hole = lastHole(value) ?? firstUnknown(value);
  if (hole !== undefined) return { reason: hole.reason, at: value.at };
  const ref = refOf(value);
  return { reason: { kind: "invalid", what: ref?.address ?? "a name in another case" }, at: value.at };
}

/** Of an ARN the last hole decides most: whatever the partition and the account are, it says which resource is meant. */
function lastHole(value: Value): Unknown | undefined {
  if (value.kind !== "text") return undefined;
  return value.pieces.flatMap((piece) => (piece.kind === "hole" ? [piece.unknown] : [])).at(-1);
}
