import { optionsOf } from "../core/text";
import type { Model, User } from "./model";
import { covers, literalPattern, patternOf } from "./pattern";
import { settingName, type SettingName, type SettingNames } from "./setting-names";
/** What a user of this program says of the infrastructure beside what is written in it. */
export interface Stated {
  /** IAM users that send by SMTP, as `isNamed` takes them. */
  readonly smtpUsers: readonly string[];
  /** What names of settings say, with those that it adds. */
  readonly settingNames: SettingNames;
}

/** What the name of a setting says. Undefined: nothing that concerns Amazon SES. */
export function settingNameIn({ stated }: Model, name: string): SettingName | undefined {
  return stated === undefined ? settingName(name) : stated.settingNames.of(name);
}

/**
 * Is an IAM user meant by its name, without case as IAM compares names, or by its address? `*` and `?` are as in policies.
 * A name that is not known in full is meant where it is whatever the unknown part is (`mail-${var.env}` by `mail-*`).
 */
export function isNamed(user: User, patterns: readonly string[]): boolean {
  const address = literalPattern(user.address.toLowerCase());
  return patterns.some((written) => {
    const pattern = literalPattern(written.toLowerCase());
    if (covers(pattern, address) === "yes") return true;
    return optionsOf(user.name).every(
      ({ value }) =>
        (value.kind === "text" || value.kind === "unknown") && covers(pattern, patternOf(value, "fold")) === "yes",
    );
  });
}
