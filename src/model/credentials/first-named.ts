import { kept } from "../../core/map";
import { encloses, sameSpan, spanKey, type Span } from "../../core/source";
import { optionsOf, refOf, tracesOf } from "../../core/text";
import type { Value } from "../../core/value";
import { flowsOf, pathSteps, placeInOutput, placeInSetting, unfollowed, type Flow } from "./flows";
import { mailSettings } from "./mail-settings";
import type { SettingName, SettingRole } from "./setting-names";
import { hostOf } from "./shapes";
import { settingNameIn } from "./stated-names";
import type { StoreField } from "./store-fields";
import type { Model, Output, Setting } from "../model";
import { perModel } from "../per-model";

/** A setting or output, and the address of what it belongs to. */
export interface Holder {
  readonly address: string;
  readonly setting: Pick<Setting, "name" | "value" | "nameAt" | "valueAt">;
}

/**
 * An output of a module or nested stack, an entry of one that is a map, what the call of one hands it, a local, or what a
 * store keeps for others to read.
 */
export interface FirstName {
  readonly setting: Setting;
  /** Undefined of all else. */
  readonly output: Output | undefined;
  /**
   * The address of its module or of the store, without keys and with a dot behind it: what is inside has its value from
   * elsewhere.
   */
  readonly within: string;
  /** The other way round, what is inside has it from there: it is handed to the module, or a local of it. */
  readonly isInside: boolean;
  /** Where it has the value. */
  readonly at: Span;
  /** The credential as it hands it out; undefined where it is another value. */
  readonly flow: Flow | undefined;
}

/**
 * The output, argument, local or store through which a value came to whoever has it now, and which said what it is first: with a
 * name of the same role. What is wrong with the value under that name is wrong there, however many read it. `what` is the value, or
 * the credential that flows into it. Undefined: whoever has it named it so.
 */
export function firstNamed(model: Model, { address, setting }: Holder, what: Flow | Value): FirstName | undefined {
  const named = firstNames(model);
  const passed = named.size === 0 ? [] : wayOf(what).flatMap((place) => named.get(place) ?? []);
  const stored = "trace" in what ? nameInStore(model, what) : [];
  const declared = `${withoutKeys(address)}.`;
  const candidates = [...passed, ...stored].filter((one) => declared.startsWith(one.within) === one.isInside);
  if (candidates.length === 0) return undefined;
  const role = saidOf(model, setting)?.role;
  const found = candidates.filter((one) => one.role === role);
  return found.reduce<Candidate | undefined>(
    (first, one) => (first && !isEarlier(one, first) ? first : one),
    undefined,
  );
}

/** The same of two that are wrong together only: that of the one, where one module or store hands out both. */
export function firstNamedTogether(
  model: Model,
  [one, other]: readonly [readonly [Holder, Flow | Value], readonly [Holder, Flow | Value]],
): FirstName | undefined {
  const first = firstNamed(model, ...one);
  const then = first && firstNamed(model, ...other);
  return then?.within === first?.within && then?.isInside === first?.isInside ? first : undefined;
}

interface Candidate extends FirstName {
  readonly role: SettingRole;
  readonly way: readonly string[];
}

/** What has a name that says what it is, by the whole way to it. */
const firstNames = perModel((model): ReadonlyMap<string, readonly Candidate[]> => {
  const found = new Map<string, Candidate[]>();
  for (const one of [...namesOfOutputs(model), ...namesInside(model), ...namesInStores(model)]) {
    const candidates = kept(found, one.way.at(-1) ?? "", () => []);
    const isKnown = candidates.some(
      ({ within, isInside, at }) => within === one.within && isInside === one.isInside && sameSpan(at, one.at),
    );
    if (!isKnown) candidates.push(one);
  }
  return found;
});

function* namesOfOutputs(model: Model): Iterable<Candidate> {
  const entries = new Map(model.handedOut.map((group) => [group.address, group.settings]));
  for (const output of [...model.innerOutputs, ...model.outputs]) {
    const within = moduleOf(output);
    // The root's own are read by nobody in the unit; a module that is not a part of the input stands at its call.
    if (within === "" || sameSpan(output.at, output.valueAt)) continue;
    const { name, value, valueAt: nameAt, guard } = output;
    const whole: Setting = { name, nameAt, value, place: "arguments", guard };
    for (const setting of [whole, ...(entries.get(output.address) ?? [])]) {
      const said = saidOf(model, setting);
      if (said?.specific !== true || said.foreign) continue; // It could be anybody's: who reads it says what it is.
      for (const one of waysOf(setting, output)) {
        yield { ...one, setting, output, within, isInside: false, role: said.role };
      }
    }
  }
}

function* namesInside(model: Model): Iterable<Candidate> {
  for (const { address, settings } of model.namedInside) {
    const within = address === "" ? "" : `${withoutKeys(address)}.`;
    for (const setting of settings) {
      const said = saidOf(model, setting);
      if (said?.specific !== true || said.foreign) continue; // As of an output.
      for (const one of waysOf(setting)) {
        yield { ...one, setting, output: undefined, within, isInside: true, role: said.role };
      }
    }
  }
}

/** Of credentials alone: any other text is the same wherever it is used, and that a store has it, too, says nothing. */
function* namesInStores(model: Model): Iterable<Candidate> {
  for (const store of model.settings.filter(({ kind }) => kind === "store")) {
    for (const field of store.settings.filter((setting) => !unfollowed(model).has(setting))) {
      const role = roleInStore(model, field);
      if (role === undefined) continue;
      for (const flow of flowsOf(field.value, field.guard)) {
        // What a store has of a local, say, others may have on the same way without the store.
        if (encloses(field.valueAt ?? field.value.at, flow.trace.path.at)) yield stored({ store, field }, flow, role);
      }
    }
  }
}

/** The field of a store that a flow was read from, where it has a name that says what it is. */
function nameInStore(model: Model, { through, ...flow }: Flow): readonly Candidate[] {
  if (through === undefined) return [];
  const role = roleInStore(model, through.field);
  return role === undefined ? [] : [stored(through, { ...flow, through: undefined }, role)];
}

function stored({ store, field }: StoreField, flow: Flow, role: SettingRole): Candidate {
  const within = `${withoutKeys(store.address)}.`;
  const at = placeInSetting(flow, field);
  return { setting: field, output: undefined, within, isInside: false, at, flow, role, way: wayOf(flow) };
}

/** A host beside a field says of a password whose it is. */
function roleInStore(model: Model, field: Setting): SettingRole | undefined {
  const said = settingNameIn(model, field.name);
  if (said === undefined || said.foreign) return undefined;
  return said.specific || besideHosts(model).has(field) ? said.role : undefined;
}

const besideHosts = perModel(
  (model): ReadonlySet<Setting> =>
    new Set(mailSettings(model).flatMap(({ host, setting }) => (host === undefined ? [] : [setting]))),
);

/** What a setting is: a host of SES whatever it is called, otherwise what its name says. */
function saidOf(model: Model, { name, value }: Holder["setting"]): SettingName | undefined {
  const isHost = optionsOf(value).some((option) => hostOf(option.value)?.kind === "ses-smtp");
  return isHost ? { role: "smtp-host", specific: true, foreign: false } : settingNameIn(model, name);
}

/** `module.mail["a"].output.smtp_password` → `module.mail.`; `Mail.Outputs.Password` → `Mail.` */
function moduleOf({ address, name }: Output): string {
  const outputs = withoutKeys(address.slice(0, -name.length - 1));
  return outputs.slice(0, outputs.lastIndexOf(".") + 1);
}

/** What is declared once is one, however many are made of it. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function waysOf(setting: Setting, output?: Output): readonly Pick<Candidate, "at" | "flow" | "way">[] {
  const { value, nameAt, valueAt, guard } = setting;
  const flows = flowsOf(value, guard).map((flow) => {
    const at = output?.value === value ? placeInOutput(flow, output) : placeInSetting(flow, setting);
    return { at, flow, way: wayOf(flow) };
  });
  const values = optionsOf(value).filter((option) => tracesOf(option.value).length === 0);
  return [...flows, ...values.map((one) => ({ at: valueAt ?? nameAt, flow: undefined, way: wayOf(one.value) }))];
}

/**
 * The ways of a credential up to each of its places, the first of them first; of what no credential runs through, where it
 * begins. Each with what it is of, since what is declared at one place may be many.
 */
function wayOf(what: Flow | Value): readonly string[] {
  const [steps, of = ""] =
    "trace" in what ? [pathSteps(what.trace.path), what.trace.credential] : [[what], refOf(what)?.address];
  let way = of;
  return steps.map(({ at }) => (way += ` ${spanKey(at)}`));
}

/**
 * Is it nearer to where the value begins: a shorter way, an output before an argument or local, the output of a module further
 * inside, what is inside of one further outside?
 */
function isEarlier(one: Candidate, other: Candidate): boolean {
  if (one.way.length !== other.way.length) return one.way.length < other.way.length;
  if (one.isInside !== other.isInside) return other.isInside;
  const deeper = one.within.length - other.within.length;
  return (one.isInside ? deeper : -deeper) < 0;
}
