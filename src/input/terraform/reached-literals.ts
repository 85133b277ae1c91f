import { put } from "../../core/map";
import { spanKey, type Span } from "../../core/source";
import type { MapValue, Value } from "../../core/value";
import type { CredentialLiteral } from "../../model/model";
import type { SettingNames } from "../../model/credentials/setting-names";
import { credentialsIn } from "../../model/credentials/shapes";
import { literalsIn } from "../literals";
import { settingsIn, type PlacedSetting } from "../settings";
import type { NamedValue, ProviderInstance, ResourceInstance, UnitTree } from "./modules/unit-tree";
import { blockValue } from "./setting-groups";
import { isLocalEndpoint } from "./unit-literals";

/**
 * Of the texts at `unnamed`, which no name says to be secret access keys where they stand, those that get to where one
 * does, through variables, locals and modules: `secret_key = var.deploy`. Only a unit with such texts is evaluated for it.
 */
export function reachedLiterals(
  unit: UnitTree,
  unnamed: readonly Span[],
  names: SettingNames,
): readonly CredentialLiteral[] {
  const places = new Set(unnamed.map(spanKey));
  const given = givenByFiles(unit);
  return takersIn(unit)
    .flatMap(({ address, values, name }) => {
      const start = { nameAt: values.at, ...(name !== undefined && { name }) };
      const groups = settingsIn(values, start).map((group) => group.flatMap((one) => [one, ...givenTo(one, given)]));
      const { literals } = literalsIn(groups, { address, profiles: false, names });
      return literals.map((literal) => ({ ...literal, takenAt: values.at }));
    })
    .filter(({ kind, at }) => kind === "secret-access-key" && places.delete(spanKey(at)));
}

/** What variable files that Terraform does not read by itself give the root module's variables, by `var.name`. */
function givenByFiles({ variableFiles }: UnitTree): ReadonlyMap<string, readonly Value[]> {
  const given = new Map<string, Value[]>();
  for (const { name, value } of variableFiles.flatMap(({ loaded, values }) => (loaded ? [] : values))) {
    put(given, `var.${name}`, value());
  }
  return given;
}

/** The setting with each of the values that its variable may be given. */
function givenTo(setting: PlacedSetting, given: ReadonlyMap<string, readonly Value[]>): readonly PlacedSetting[] {
  const id = setting.value.kind === "unknown" ? setting.value.id : undefined;
  return (given.get(id ?? "") ?? []).map((value) => ({ ...setting, value }));
}

/** Something that takes values under names of its own. */
interface Taker {
  readonly address: string;
  readonly values: MapValue;
  /** What stands before the names of its settings. */
  readonly name?: string;
}

/** What AWS itself or a program reads before what only has a name. */
function takersIn(unit: UnitTree): readonly Taker[] {
  const resources = unit.relevant({ instancesOf: () => "relevant", isRelevant: holdsSecretKey });
  return [
    ...unit.modules().flatMap(({ providers }) => providers().flatMap(takerOfProvider)),
    ...resources.flatMap(takersOfResource),
    ...unit.unresolved().map(({ address, inputs }) => ({ address, values: blockValue(inputs) })),
    ...unit.modules().flatMap(({ variables, locals }) => [...variables, ...locals].map(takerOfValue)),
  ];
}

function holdsSecretKey(text: string): boolean {
  return credentialsIn(text).some(({ shape }) => shape === "secret-access-key");
}

/** LocalStack takes any credentials: these open nothing. */
function takerOfProvider(provider: ProviderInstance): readonly Taker[] {
  const values = blockValue(provider);
  if (isLocalEndpoint(values)) return [];
  return [{ address: provider.address, values, name: `provider.${provider.type}` }];
}

function takersOfResource(instance: ResourceInstance): readonly Taker[] {
  const { address } = instance;
  return [instance, ...instance.blocks("provisioner")].map((block) => ({ address, values: blockValue(block) }));
}

function takerOfValue({ name, address, at, value }: NamedValue): Taker {
  const entry = { key: name, keyAt: at, guard: [], value: value() };
  return { address, values: { kind: "map", entries: [entry], at } };
}
