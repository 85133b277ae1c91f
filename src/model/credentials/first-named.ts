import { kept } from "../../core/map";
import { sameSpan, spanKey, type Span } from "../../core/source";
import { optionsOf, refOf, tracesOf } from "../../core/text";
import type { Trace, Value } from "../../core/value";
import { flowsOf, pathSteps, placeInOutput, placeInSetting, type Flow } from "./flows";
import type { SettingName, SettingRole } from "./setting-names";
import { hostOf } from "./shapes";
import { settingNameIn } from "./stated-names";
import type { Model, Output, Setting, SettingGroup } from "../model";
import { perModel } from "../per-model";

/** A setting or output, and the address of what it belongs to. */
export interface Holder {
  readonly address: string;
  readonly setting: Pick<Setting, "name" | "value" | "nameAt" | "valueAt">;
}

/** An output of a module or nested stack, or an entry of one that is a map. */
export interface NamedOutput {
  readonly setting: Setting;
  readonly output: Output;
  /** The address of its module without keys, and with a dot behind it: what is inside has its value from elsewhere. */
  readonly module: string;
  /** Where it has the value. */
  readonly at: Span;
  /** The credential as it hands it out; undefined where it is another value. */
  readonly flow: Flow | undefined;
}

/**
 * The output through which a value came to whoever has it now, and which said what it is first: with a name of the same
 * role. What is wrong with the value under that name is wrong there, however many read it. `what` is the value, or the
 * credential that runs through it. Undefined: whoever has it named it so.
 */
export function firstNamed(model: Model, { address, setting }: Holder, what: Trace | Value): NamedOutput | undefined {
  const named = namedOutputs(model);
  if (named.size === 0) return undefined;
  const way = wayOf(what);
  const begunThere = named.get(way[0] ?? "");
  if (begunThere === undefined) return undefined;
  const role = saidOf(model, setting)?.role;
  const declared = withoutKeys(address);
  const found = begunThere.filter(
    (one) => one.role === role && !declared.startsWith(one.module) && isBefore(one.way, way),
  );
  return found.reduce<Candidate | undefined>(
    (first, one) => (first && !isEarlier(one, first) ? first : one),
    undefined,
  );
}

/** The same of two that are wrong together only: the output of the one, where one module hands out both. */
export function firstNamedTogether(
  model: Model,
  [one, other]: readonly [readonly [Holder, Trace | Value], readonly [Holder, Trace | Value]],
): NamedOutput | undefined {
  const first = firstNamed(model, ...one);
  return first !== undefined && firstNamed(model, ...other)?.module === first.module ? first : undefined;
}

/** Who has what flows into a setting: the setting, or the field of a store that it reads. */
export function holderOf({ address }: SettingGroup, setting: Setting, { through }: Pick<Flow, "through">): Holder {
  return through === undefined ? { address, setting } : { address: through.store.address, setting: through.field };
}

interface Candidate extends NamedOutput {
  readonly role: SettingRole;
  readonly way: readonly string[];
}

/** The outputs whose names say what they are, by where their values begin. */
const namedOutputs = perModel((model): ReadonlyMap<string, readonly Candidate[]> => {
  const found = new Map<string, Candidate[]>();
  const entries = new Map(model.handedOut.map((group) => [group.address, group.settings]));
  for (const output of [...model.innerOutputs, ...model.outputs]) {
    const module = moduleOf(output);
    // The root's own are read by nobody in the unit; a module that is not a part of the input stands at its call.
    if (module === "" || sameSpan(output.at, output.valueAt)) continue;
    const { name, value, valueAt: nameAt, guard } = output;
    const whole: Setting = { name, nameAt, value, place: "arguments", guard };
    for (const setting of [whole, ...(entries.get(output.address) ?? [])]) {
      const said = saidOf(model, setting);
      if (said?.specific !== true || said.foreign) continue; // It could be anybody's: who reads it says what it is.
      const { role } = said;
      for (const one of waysOf(setting, output)) {
        const candidates = kept(found, one.way[0] ?? "", () => []);
        if (!candidates.some((known) => known.module === module && sameSpan(known.at, one.at))) {
          candidates.push({ ...one, setting, output, module, role });
        }
      }
    }
  }
  return found;
});

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

function waysOf(setting: Setting, output: Output): readonly Pick<Candidate, "at" | "flow" | "way">[] {
  const { value, nameAt, valueAt, guard } = setting;
  const flows = flowsOf(value, guard).map((flow) => {
    const at = value === output.value ? placeInOutput(flow, output) : placeInSetting(flow, setting);
    return { at, flow, way: wayOf(flow.trace) };
  });
  const values = optionsOf(value).filter((option) => tracesOf(option.value).length === 0);
  return [...flows, ...values.map((one) => ({ at: valueAt ?? nameAt, flow: undefined, way: wayOf(one.value) }))];
}

/**
 * The places of a credential on its way, the first of them first; of what no credential runs through, where it begins. Each
 * with what it is of, since what is declared at one place may be many.
 */
function wayOf(what: Trace | Value): readonly string[] {
  const [steps, of = ""] = "path" in what ? [pathSteps(what.path), what.credential] : [[what], refOf(what)?.address];
  return steps.map(({ at }) => `${spanKey(at)} ${of}`);
}

function isBefore(first: readonly string[], then: readonly string[]): boolean {
  return first.length <= then.length && first.every((place, i) => place === then[i]);
}

/** Is it nearer to where the value begins: a shorter way, or a module further inside? */
function isEarlier(one: Candidate, other: Candidate): boolean {
  return (one.way.length - other.way.length || other.module.length - one.module.length) < 0;
}
