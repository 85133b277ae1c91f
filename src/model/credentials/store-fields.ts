import type { Guard } from "../../core/guard";
import { kept, put } from "../../core/map";
import { optionsOf, refOf } from "../../core/text";
import type { Piece, Ref, Value } from "../../core/value";
import type { Model, Setting, SettingGroup } from "../model";
import { perModel } from "../per-model";

export interface StoreField {
  readonly store: SettingGroup;
  readonly field: Setting;
}

/** The fields of stores that a value names: an ECS `valueFrom`, a dynamic reference, the ARN of a parameter. */
export function fieldsRead(model: Model, value: Value): readonly (StoreField & { readonly guard: Guard })[] {
  const stores = storesOf(model);
  if (stores.byAddress.size === 0) return [];
  return optionsOf(value).flatMap(({ guard, value: option }) => {
    const reading = readingOf(option);
    if (reading === undefined) return [];
    return [...storesRead(stores, reading)].flatMap((store) =>
      fieldsNamed(store, reading.field).map((field) => ({ store, field, guard })),
    );
  });
}

/** The stores of the unit by what values name them by: there may be thousands of both. */
interface Stores {
  /** Of the store itself, and of what its names and ARNs are attributes of. */
  readonly byAddress: ReadonlyMap<string, ReadonlySet<SettingGroup>>;
  /** By names and ARNs, as `nameOf` writes them. */
  readonly byName: ReadonlyMap<string, readonly SettingGroup[]>;
}

const storesOf = perModel((model): Stores => {
  const byAddress = new Map<string, Set<SettingGroup>>();
  const byName = new Map<string, SettingGroup[]>();
  for (const store of model.settings) {
    if (store.kind !== "store") continue; // What others hold nobody reads by their name.
    const { address, readAs = [] } = store;
    for (const one of [address, ...readAs.map((known) => refOf(known)?.address)]) {
      if (one !== undefined) kept(byAddress, one, () => new Set()).add(store);
    }
    for (const one of new Set(readAs.map(nameOf))) if (one !== undefined) put(byName, one, store);
  }
  return { byAddress, byName };
});

/** What of a store a value reads. `field` is undefined where it reads the whole. */
interface Reading {
  readonly ref: Ref | undefined;
  /** The store's name or ARN, as `nameOf` writes it. */
  readonly text: string;
  readonly field: string | undefined;
}

/**
 * `<arn>:<field>::` of ECS, `{{resolve:secretsmanager:<name>:SecretString:<field>}}` of CloudFormation, `<name>:<field>` of
 * CodeBuild.
 */
function readingOf(value: Value): Reading | undefined {
  if (value.kind === "unknown") return value.ref && { ref: value.ref, text: "", field: undefined };
  if (value.kind !== "text") return undefined;
  const refs = value.pieces.map(refOfPiece);
  const index = refs.findIndex((ref) => ref !== undefined);
  const ref = value.ref ?? refs[index];
  const tail = charactersOf(value.pieces.slice(index + 1));
  if (ref !== undefined) return { ref, text: "", field: fieldIn(tail) };
  return tail === "" ? undefined : { ref: undefined, text: tail, field: fieldOfName(tail) };
}

function nameOf(value: Value): string | undefined {
  return value.kind === "text" && value.pieces.every(isTold) ? charactersOf(value.pieces) : undefined;
}

/** What is not known of a name stands there by what it is: one parameter is the same wherever it stands. */
function charactersOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === "known") return piece.text;
      return piece.kind === "hole" && piece.unknown.id !== undefined
        ? `\0${piece.unknown.id.replace(/[:/{}]/g, "\0")}\0`
        : "";
    })
    .join("");
}

function isTold(piece: Piece): boolean {
  return piece.kind === "known" || (piece.kind === "hole" && piece.unknown.id !== undefined);
}

function refOfPiece(piece: Piece): Ref | undefined {
  if (piece.kind === "encoded") return undefined;
  return piece.kind === "hole" ? piece.unknown.ref : piece.ref;
}

/** The field named after the ARN: `:password::`, `:SecretString:password}}`. One that is not known may be any. */
function fieldIn(tail: string): string | undefined {
  return /^:(?:SecretString:)?([^:{}\0]+)/.exec(tail)?.[1];
}

function fieldOfName(characters: string): string | undefined {
  const named = /:SecretString:([^:{}\0]+)/.exec(characters) ?? /:secret:[^:]+:([^:{}\0]+)/.exec(characters);
  return (named ?? /^(?!arn:)[^:{}]+:([^:{}\0]+)/.exec(characters))?.[1];
}

function storesRead({ byAddress, byName }: Stores, { ref, text }: Reading): Iterable<SettingGroup> {
  if (ref !== undefined) return byAddress.get(ref.address) ?? [];
  return new Set(namesIn(text).flatMap((name) => byName.get(name) ?? []));
}

/**
 * What may be a store's name or ARN in a text: all of it, what stands before a field, and what stands inside an ARN or a
 * dynamic reference. AWS adds a hyphen and six characters to the names of secrets (AWS Secrets Manager User Guide, "What's
 * in a Secrets Manager secret?").
 */
function namesIn(text: string): readonly string[] {
  const marks = [...text.matchAll(/:(?:parameter(?=[/]))?/g)];
  if (marks.length > mostMarks) return [text];
  const ends = [...text.matchAll(/-[A-Za-z0-9]{6}(?=[:}]|$)|[:}]|$/g)].map(({ index }) => index);
  return [
    text,
    ...marks.map(({ index }) => text.slice(0, index)),
    ...marks.flatMap(({ index, 0: mark }) => {
      const start = index + mark.length;
      return ends.filter((end) => end > start).map((end) => text.slice(start, end));
    }),
  ];
}

/** Colons of a text that names a store: an ARN with a field in a dynamic reference has ten. */
const mostMarks = 16;

/**
 * A field may be named after its store, too (`mail.password`). A store that is read as a whole gives what it holds
 * under one name; of several fields nobody knows which is meant.
 */
function fieldsNamed(store: SettingGroup, field: string | undefined): readonly Setting[] {
  const { whole, byLastPart } = kept(fieldsByStore, store, fieldsOf);
  if (field === undefined) return whole;
  const alike = byLastPart.get(lastPart(field)) ?? [];
  return alike.filter(({ name }) => name === field || name.endsWith(`.${field}`));
}

interface Fields {
  /** What the store gives that is read as a whole. */
  readonly whole: readonly Setting[];
  readonly byLastPart: ReadonlyMap<string, readonly Setting[]>;
}

const fieldsByStore = new WeakMap<SettingGroup, Fields>();

function fieldsOf({ settings }: SettingGroup): Fields {
  const byLastPart = new Map<string, Setting[]>();
  for (const setting of settings) put(byLastPart, lastPart(setting.name), setting);
  const isOne = settings.every(({ name }) => name === settings[0]?.name);
  return { whole: isOne ? settings : [], byLastPart };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
