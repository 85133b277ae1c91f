import type { Step } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { label, say } from "../../core/message";
import type { Span } from "../../core/source";
import { knownText, optionsOf } from "../../core/text";
import type { Definite, Value } from "../../core/value";
import { fieldsRead } from "./flows";
import type { Model, Setting } from "../model";

/** What a setting is, or one of the values that it can be, and when. */
export interface SettingValue {
  readonly value: Definite;
  readonly guard: Guard;
  /** Where it is written: the setting itself, or the field of a store that it reads. */
  readonly written: Setting;
}

/**
 * The values of a setting, and those of the fields of stores that it reads. Base64 is taken off, as its readers do. The name
 * of what is kept elsewhere is no value: `{ name = "SMTP_PASSWORD", type = "SECRETS_MANAGER", value = "mail:password" }`.
 */
export function valuesOf(model: Model, setting: Setting, guard: Guard): readonly SettingValue[] {
  const read = fieldsRead(model, setting.value);
  const values = [
    { written: setting, guard },
    ...read.map(({ field, guard: when }) => ({ written: field, guard: when })),
  ];
  return values.flatMap(({ written, guard: when }) =>
    optionsOf(unwrapped(written.value)).flatMap((option): readonly SettingValue[] => {
      if (written.place === "secret-reference" && knownText(option.value) !== undefined) return [];
      const joined = both(guard, when);
      const all = joined && both(joined, option.guard);
      return all === undefined ? [] : [{ value: option.value, guard: all, written }];
    }),
  );
}

function unwrapped(value: Value): Value {
  const [only] = value.kind === "text" ? value.pieces : [];
  const wraps =
    value.kind === "text" && value.pieces.length === 1 && only?.kind === "encoded" && only.format === "base64";
  return wraps ? only.value : value;
}

/** The step from the store that holds a value to the setting that reads it; none where the setting has it itself. */
export function takenSteps(setting: Setting, { written }: SettingValue): readonly Step[] {
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
