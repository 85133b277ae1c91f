import { always, both, type Guard } from "../core/guard";
import { limits } from "../core/limits";
import { put } from "../core/map";
import type { Span } from "../core/source";
import { charactersIn, concat, knownText, text, tracesOf } from "../core/text";
import type { Entry, MapValue, Text, Value } from "../core/value";
import type { Setting, SettingPlace } from "../model/model";
import type { SettingName, SettingNames } from "../model/credentials/setting-names";
import { hostOf } from "../model/credentials/shapes";
import { concernsMail } from "./quick-look";
import { placeInMap, placeUnder, plainWord } from "./setting-places";
import { contentsOf } from "./setting-text";

/** A setting and the map, block or text that it stands in. */
export interface PlacedSetting extends Setting {
  /** Settings with one container stand in the same map, block or text. */
  readonly container: string;
}

/**
 * The settings that a value holds, in groups of what is used together: every container of a list of containers, every
 * application of a values file. Names are the keys on the way, joined by dots, from the last word on that only says
 * "environment" or "data" (`environment.variables.SMTP_HOST` is SMTP_HOST). What is read: maps, lists of
 * `{ name, value }`, JSON and YAML texts, KEY=value lines, URLs with a user and a password.
 */
export function settingsIn(value: Value, start: Start): readonly (readonly PlacedSetting[])[] {
  const groups = new Map<string, PlacedSetting[]>();
  const { name, nameAt, guard = always, place: kept = "arguments" } = start;
  const names = name === undefined ? [] : [name];
  visit(value, { names, nameAt, path: "", container: "", group: "", kept, guard, depth: 0 }, groups);
  return [...groups.values()];
}

/** What is known of a value before it is looked into: its name, where it is kept, and the guard under which it is there. */
export interface Start {
  readonly name?: string;
  readonly nameAt: Span;
  readonly place?: SettingPlace;
  readonly guard?: Guard;
}

/**
 * The groups of settings that concern credentials or mail, without what stands in maps that do not: a credential's
 * text runs through one of them, one is named as a credential of SMTP or AWS, or one is a host of SES.
 */
export function relevantSettings(value: Value, start: Start, names: SettingNames): readonly (readonly Setting[])[] {
  if (!names.isExtended && !concernsMail(value)) return [];
  return settingsIn(value, start)
    .map((group) => onlyRelevant(group, names))
    .filter((group) => group.length > 0);
}

/** Is it worth a look what stands beside the setting? */
function isRelevant(setting: Setting, names: SettingNames): boolean {
  if (tracesOf(setting.value).length > 0 || isNamedRelevant(names.of(setting.name))) return true;
  const host = setting.value.kind === "text" ? hostOf(setting.value)?.kind : undefined;
  return host === "ses-smtp" || host === "ses-api" || host === "mail-manager";
}

function isNamedRelevant(said: SettingName | undefined): boolean {
  return said?.specific === true && said.role !== "aws-region";
}

function onlyRelevant(group: readonly PlacedSetting[], names: SettingNames): readonly Setting[] {
  const relevant = group.filter((setting) => isRelevant(setting, names));
  const containers = new Set(relevant.map((setting) => setting.container));
  return group
    .filter((setting) => containers.has(setting.container))
    .map(({ name, nameAt, value, valueAt, place, guard }) => {
      return { name, nameAt, value, ...(valueAt && { valueAt }), place, guard };
    });
}

interface Place {
  /** The keys on the way that name the setting. */
  readonly names: readonly string[];
  readonly nameAt: Span;
  readonly valueAt?: Span | undefined;
  /** The whole way, list indexes too. */
  readonly path: string;
  /** The path of the map, block or text that the setting stands in. */
  readonly container: string;
  /** The path of what is used together. */
  readonly group: string;
  readonly kept: SettingPlace;
  readonly guard: Guard;
  readonly depth: number;
}

type Groups = Map<string, PlacedSetting[]>;

function visit(value: Value, place: Place, groups: Groups): void {
  if (place.depth > limits.depth) {
    add(value, place, groups);
    return;
  }
  switch (value.kind) {
    case "null":
      return;
    case "bool":
    case "number":
    case "unknown":
      add(value, place, groups);
      return;
    case "choice":
      for (const option of value.options) visitUnder(option.guard, option.value, place, groups);
      return;
    case "list":
      value.items.forEach((item, index) => {
        visitUnder(item.guard, item.value, inItem(place, item.value, index), groups);
      });
      if (value.rest) add(value.rest, place, groups);
      return;
    case "map":
      visitMap(value, place, groups);
      return;
    case "text":
      visitText(value, place, groups);
  }
}

function visitUnder(guard: Guard, value: Value, place: Place, groups: Groups): void {
  const joined = both(place.guard, guard);
  if (joined !== undefined) visit(value, { ...place, guard: joined, depth: place.depth + 1 }, groups);
}

function visitMap(map: MapValue, outer: Place, groups: Groups): void {
  const place = { ...outer, kept: placeInMap(outer.kept, map) };
  const named = namedSetting(map);
  if (named) {
    // `environment_variable { name, value }`: the word before says what kind of thing it is, and names nothing.
    const beside = { ...place, names: place.names.slice(0, -1), kept: placeUnder(place.kept, named.value.key) };
    const at = { keyAt: named.nameAt, valueAt: named.value.valueAt };
    const value = keyOfSecret(named.value.value) ?? named.value.value;
    visitUnder(named.value.guard, value, inKey(beside, named.name, at, place.container), groups);
    return;
  }
  for (const entry of map.entries) {
    visitUnder(entry.guard, entry.value, inKey(place, entry.key, entry, place.path), groups);
  }
  if (map.rest) add(map.rest, place, groups);
}

function visitText(value: Value & { kind: "text" }, place: Place, groups: Groups): void {
  const contents = contentsOf(value, place.names.at(-1) ?? "");
  switch (contents.kind) {
    case "plain":
      add(value, place, groups);
      return;
    case "document":
      visit(contents.value, { ...place, depth: place.depth + 1 }, groups);
      return;
    case "parts": {
      const container = `${place.path}/text`;
      for (const part of contents.parts) {
        const { name, nameAt } = part;
        add(part.value, { ...place, names: [name], nameAt, valueAt: undefined, container, group: container }, groups);
      }
      if (contents.others) add(value, place, groups);
    }
  }
}

function add(value: Value, place: Place, groups: Groups): void {
  const { nameAt, valueAt, container, kept, guard } = place;
  const name = place.names.length > 0 ? place.names.join(".") : lastKey(place.path);
  const setting = { name, nameAt, value, ...(valueAt && { valueAt }), place: kept, guard, container };
  put(groups, place.group, setting);
}

function inKey(outer: Place, key: string, { keyAt: nameAt, valueAt }: EntryPlaces, container: string): Place {
  const path = `${outer.path}/${key}`;
  const place = { ...outer, kept: placeUnder(outer.kept, key) };
  if (!isEnvironment(key)) return { ...place, names: [...place.names, key], nameAt, valueAt, path, container };
  // What stands in an environment is used together with what stands beside it (`environment` and `secrets`).
  const group = place.names.length === 0 ? place.group : place.path;
  return { ...place, names: [], nameAt, valueAt, path, container, group };
}

interface EntryPlaces {
  readonly keyAt: Span;
  readonly valueAt?: Span | undefined;
}

/** Maps of a list are things of their own; `{ name, value }` and plain items belong to the list. */
function inItem(place: Place, item: Value, index: number): Place {
  if (item.kind !== "map" || namedSetting(item)) return place.depth === 0 ? place : { ...place, container: place.path };
  const path = `${place.path}/${index}`;
  return { ...place, path, container: path, group: path };
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `{ name = "SMTP_HOST", value = … }` in the spellings of the providers. */
function namedSetting(map: MapValue): { name: string; nameAt: Span; value: Entry } | undefined {
  if (map.entries.length < 2) return undefined;
  const value = map.entries.find((entry) => valueKeys.has(plainWord(entry.key)) && entry.value.kind !== "null");
  if (value === undefined) return undefined;
  const key = map.entries.find((entry) => entry !== value && nameKeys.has(plainWord(entry.key)));
  const name = key && nameText(key.value);
  return name === undefined ? undefined : { name, nameAt: key?.value.at ?? value.keyAt, value };
}

const nameKeys: ReadonlySet<string> = new Set([
  "name",
  "key",
  "secretname",
  "variable",
  "variablename",
  "variablekey",
  "optionname",
  "parameterkey",
]);

const valueKeys: ReadonlySet<string> = new Set([
  "value",
  "val",
  "plaintextvalue",
  "encryptedvalue",
  "secretvalue",
  "secrettext",
  "stringvalue",
  "valuefrom",
  "parametervalue",
]);

/** `{ secret_key_ref = { name = "mail", key = "password" } }` of Kubernetes as `secret/mail:password`. */
function keyOfSecret(value: Value): Text | undefined {
  const reference = fieldByWord(value, "secretkeyref");
  const [secret, key] = [fieldByWord(reference, "name"), fieldByWord(reference, "key")];
  if (secret?.kind !== "text" || key?.kind !== "text") return undefined;
  return concat([text(secretPrefix, secret.at), secret, text(":", key.at), key], key.at);
}

/** What a secret of Kubernetes is read as, without its namespace: others may have the same name. */
export const secretPrefix = "secret/";

/** A field by the plain word of its name, of a map or of the one block that a plan has as a list. */
function fieldByWord(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind === "list") return value.items.length === 1 ? fieldByWord(value.items[0]?.value, key) : undefined;
  return value?.kind === "map" ? value.entries.find((entry) => plainWord(entry.key) === key)?.value : undefined;
}

/** A name as written; what is not known of it is `${…}`. */
export function nameText(value: Value): string | undefined {
  const known = knownText(value);
  if (known !== undefined || value.kind !== "text") return known === "" ? undefined : known;
  const shown = charactersIn(value.pieces, "${…}");
  return /[A-Za-z]/.test(shown) ? shown : undefined;
}

/** Of `/prod/app/SMTP_PASSWORD` the last part, unless only the whole says what is stored, or what its fields are: `/smtp/eu`. */
export function storedName(name: string, names: SettingNames): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const says = [last, name].find((one) => names.of(one)?.specific === true);
  const fieldsSay = [last, name].find((one) => names.of(`${one}.password`)?.specific === true);
  return says ?? fieldsSay ?? (last === "" ? name : last);
}

function isEnvironment(key: string): boolean {
  return environmentWords.has(plainWord(key));
}

/** Keys that say that settings follow, and not what they are for. */
const environmentWords: ReadonlySet<string> = new Set([
  "appsettings",
  "binarydata",
  "buildenvironmentvariables",
  "configvars",
  "containerdefinitions",
  "containers",
  "content",
  "data",
  "env",
  "environment",
  "environmentsecrets",
  "environmentvariable",
  "environmentvariables",
  "envs",
  "envvariables",
  "envvars",
  "inputs",
  "parameters",
  "runtimeenvironmentsecrets",
  "runtimeenvironmentvariables",
  "secretdata",
  "secrets",
  "secretstring",
  "sensitivevalue",
  "sensitiveconfigvars",
  "sensitivevars",
  "set",
  "setsensitive",
  "stringdata",
  "userdata",
  "userdatabase64",
  "value",
  "values",
  "variables",
  "vars",
]);
