import type { Model } from "../model";
import { settingName, type SettingName } from "./setting-names";

/** What the name of a setting says. Undefined: nothing that concerns Amazon SES. */
export function settingNameIn({ stated }: Model, name: string): SettingName | undefined {
  return stated === undefined ? settingName(name) : stated.settingNames.of(name);
}

/** Does the name say by itself that it is an SMTP password, and of no other provider? */
export function saysSmtpPassword(model: Model, name: string): boolean {
  const said = settingNameIn(model, name);
  return said?.role === "smtp-password" && said.specific && !said.foreign;
}
