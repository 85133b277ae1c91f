import type { Because } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { kept, put } from "../../core/map";
import { firstUnknown, optionsOf, refOf } from "../../core/text";
import type { Definite, Unknown, Value } from "../../core/value";
import { literalName, meantByRef, nameFilter, namesResource, openName, type NamedKind } from "./naming";

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
  /** Those by their names, where each part that is not known has a name of its own. */
  readonly byOpenName: ReadonlyMap<string, readonly T[]>;
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
  const byOpenName = new Map<string, T[]>();
  for (const resource of resources) {
    const options = optionsOf(resource.name).map((option) => literalName(option.value, kind));
    if (options.some((known) => known === undefined)) {
      openNames.push(resource);
      for (const key of new Set(optionsOf(resource.name).map(({ value }) => openName(value, kind)))) {
        if (key !== undefined) put(byOpenName, key, resource);
      }
    }
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
    byOpenName,
    joins,
  };
}

/** Does it mean, or may it mean, any of them? Where too many were compared, it may. */
export function meansAny<T extends Nameable>(index: NameIndex<T>, value: Value): boolean {
  return optionsOf(value).some(({ value: option, guard }) => {
    if (option.kind === "null") return false;
    if (index.byAddress.has(meantByRef(option) ?? "") || namedSo(index, option, guard).length > 0) return true;
    const found = candidates(index, option).some((one) => compare(index.kind, one, option, guard).length > 0);
    return found || index.joins.count > limits.joins;
  });
}

/** All that a name or ARN means, over all its values. */
export function meaningsOf<T extends Nameable>(index: NameIndex<T>, value: Value): readonly Meaning<T>[] {
  return meantBy(index, value).flatMap((meant) => meant.meanings);
}

/** What it means for certain. Nothing is compared one by one. */
export function surelyMeant<T extends Nameable>(index: NameIndex<T>, value: Value): readonly Meaning<T>[] {
  return optionsOf(value).flatMap((option) => {
    const found = referredTo(index, option.value, option.guard) ?? namedSo(index, option.value, option.guard);
    return found.filter(({ certainty }) => certainty === "yes");
  });
}

/** What each value of a name or ARN means. */
export function meantBy<T extends Nameable>(index: NameIndex<T>, value: Value): readonly Meant<T>[] {
  return optionsOf(value).map((option) => {
    return { value: option.value, guard: option.guard, meanings: definiteMeanings(index, option.value, option.guard) };
  });
}

function definiteMeanings<T extends Nameable>(
  index: NameIndex<T>,
  value: Definite,
  guard: Guard,
): readonly Meaning<T>[] {
  const referred = referredTo(index, value, guard);
  if (referred !== undefined) return referred;
  const named = namedSo(index, value, guard);
  // One name is one resource: where the one that has it is always there, no other can be meant.
  const sure = named.filter((one) => one.certainty === "yes");
  if (sure.some(({ resource }) => resource.guard.length === 0 && resource.name.kind !== "choice")) return sure;
  const known = new Set(named.map(({ resource }) => resource));
  const others = candidates(index, value).filter((one) => !known.has(one));
  return [...named, ...others.flatMap((one) => compare(index.kind, one, value, guard))];
}

/** The resource of which it is an attribute; nothing for null. */
function referredTo<T extends Nameable>(
  { byAddress }: NameIndex<T>,
  value: Definite,
  guard: Guard,
): readonly Meaning<T>[] | undefined {
  if (value.kind === "null") return [];
  const resource = byAddress.get(meantByRef(value) ?? "");
  return resource && meaning(resource, guard, "yes", value);
}

/** The resources of the same name, known or not. */
function namedSo<T extends Nameable>(index: NameIndex<T>, value: Definite, guard: Guard): readonly Meaning<T>[] {
  const { kind, byFoldedName, byOpenName } = index;
  const known = literalName(value, kind);
  const found =
    known === undefined ? byOpenName.get(openName(value, kind) ?? "") : byFoldedName.get(known.toLowerCase());
  return (found ?? []).flatMap((one) => compare(kind, one, value, guard));
}

/** The resources that a value could mean at all: comparing every name with every resource would not be linear. */
function candidates<T extends Nameable>(
  { kind, byAddress, openNames, joins }: NameIndex<T>,
  value: Definite,
): readonly T[] {
  if (literalName(value, kind) !== undefined) return joinsMore(joins, openNames.length) ? openNames : [];
  if (firstUnknown(value) === undefined) return []; // No name of this kind.
  if (!joinsMore(joins, byAddress.size)) return [];
  const mayMean = nameFilter(value, kind);
  return [...byAddress.values()].filter(({ name }) => optionsOf(name).some((option) => mayMean(option.value)));
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
