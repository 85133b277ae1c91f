import type { Step } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { label, say } from "../../core/message";
import type { Span } from "../../core/source";
import { knownText, optionsOf } from "../../core/text";
import type { Definite, Value } from "../../core/value";
import { firstNamed } from "./first-named";
import { fieldsRead } from "./flows";
import type { MailSetting } from "./mail-settings";
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

/** The step from the store or output that has a value to the setting that reads it; none where the setting has it itself. */
export function takenSteps(setting: Setting, { written }: Pick<SettingValue, "written">): readonly Step[] {
  return written === setting ? [] : [{ at: setting.nameAt, message: say`${label(setting.name)} takes it from there.` }];
}

/**
 * Where a setting has a value: in the reference or text itself where a template has it there. Terraform's values have
 * the place where they were first written, which may be far from the expression that the setting has.
 */
export function placeOfValue(model: Model, { nameAt, valueAt }: Setting, { at }: Value): Span {
  if (valueAt !== undefined) return valueAt;
  const { dialect } = model.unit;
  const isTemplate = dialect === "cloudformation" || dialect === "cdk";
  return isTemplate && at.file === nameAt.file && at.start >= nameAt.start ? at : nameAt;
}
