import type { Step } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { label, say } from "../../core/message";
import { encloses, type Span } from "../../core/source";
import { knownText, optionsOf, refOf, tracesOf, writtenAt } from "../../core/text";
import type { Definite, Value } from "../../core/value";
import { isTerraform } from "../dialect";
import { firstNamed } from "./first-named";
import type { MailSetting } from "./mail-settings";
import { fieldsRead } from "./store-fields";
import type { Model, Setting } from "../model";

/** What a setting is, or one of the values that it can be, and when. */
export interface SettingValue {
  readonly value: Definite;
  readonly guard: Guard;
  /** Where it is written: the setting itself, the field of a store that it reads, or a module's output by such a name. */
  readonly written: Setting;
}

/**
 * The values of a setting, and those of the fields of stores that it reads. Base64 is taken off, as its readers do. The name
 * of what is kept elsewhere is no value: `{ name = "SMTP_PASSWORD", type = "SECRETS_MANAGER", value = "mail:password" }`.
 */
export function valuesOf(
  model: Model,
  { group, setting, guard }: Pick<MailSetting, "group" | "setting" | "guard">,
): readonly SettingValue[] {
  const read = fieldsRead(model, setting.value).map(({ store, field, guard: when }) => {
    return { address: store.address, written: field, when };
  });
  return [{ address: group.address, written: setting, when: guard }, ...read].flatMap(({ address, written, when }) =>
    optionsOf(unwrapped(written.value)).flatMap((option): readonly SettingValue[] => {
      if (written.place === "secret-reference" && knownText(option.value) !== undefined) return [];
      const joined = both(guard, when);
      const all = joined && both(joined, option.guard);
      if (all === undefined) return [];
      const first = firstNamed(model, { address, setting: written }, option.value);
      return [{ value: option.value, guard: all, written: first?.setting ?? written }];
    }),
  );
}

function unwrapped(value: Value): Value {
  const [only] = value.kind === "text" ? value.pieces : [];
  const wraps =
    value.kind === "text" && value.pieces.length === 1 && only?.kind === "encoded" && only.format === "base64";
  return wraps ? only.value : value;
}

/** The step from where a value is wrong to the setting that takes it; none where the setting has it itself. */
export function takenSteps(setting: Setting, { written }: Pick<SettingValue, "written">, at: Span): readonly Step[] {
  if (written === setting && isWithin(setting, at)) return [];
  return [{ at: setting.nameAt, message: say`${label(setting.name)} takes it from there.` }];
}

/** Is a place in what is written of a setting? Where that ends is not always known; what it takes stands before it then. */
function isWithin({ nameAt, valueAt }: Setting, at: Span): boolean {
  return valueAt === undefined ? at.file === nameAt.file && at.start >= nameAt.start : encloses(valueAt, at);
}

/**
 * What is wrong with a setting's value: a text where it is written, wherever the setting takes it from; what a resource
 * makes, and what is not known, where the setting takes it, since it is right in itself.
 */
export function placeOfValue(model: Model, setting: Setting, value: Value): Span {
  const isWritten = value.kind === "text" && refOf(value) === undefined && tracesOf(value).length === 0;
  return isWritten ? writtenAt(value) : placeOfTaking(model, setting, value);
}

/**
 * Where a setting takes its value: in the reference or text itself where a template has it there. Terraform's values have
 * the place where they were first written, which may be far from the expression that the setting has.
 */
export function placeOfTaking(model: Model, { nameAt, valueAt }: Setting, { at }: Value): Span {
  if (valueAt !== undefined) return valueAt;
  return !isTerraform(model.unit) && at.file === nameAt.file && at.start >= nameAt.start ? at : nameAt;
}
