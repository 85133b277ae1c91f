import { knownText } from "../core/text";
import type { MapValue } from "../core/value";
import type { SettingPlace } from "../model/model";

/**
 * The place of what stands under a key: the words that services and charts use for user data, tags, environments and
 * secrets are the same in every dialect, but for how they are written. What is kept as a secret, or only names one,
 * stays so whatever stands above or below; so does what a module is handed, which puts it where nobody knows.
 */
export function placeUnder(outer: SettingPlace, key: string): SettingPlace {
  if (outer === "handed-on" || outer === "secret" || outer === "secret-reference") return outer;
  if (/^[A-Z0-9_]+$/.test(key)) return outer; // A variable of the user's own: `SECRETS`, `ENV`.
  const word = plainWord(key);
  const place = placeWords.get(word);
  if (place === "secret" || place === "secret-reference") return place;
  if (outer === "metadata") return initWords.get(word) ?? outer;
  // Charts make Kubernetes secrets of `backendSecrets`, `secretEnv`.
  if (outer === "chart-values" && /secret(?:s|env|envs|vars|data|values)$/.test(word)) return "secret";
  // A document has words of its own: what a file calls its environment is in the file all the same.
  return outer === "arguments" && place !== undefined ? place : outer;
}

/** The place of what stands in a map, where its other entries say it: the kind of a manifest, the type of a variable. */
export function placeInMap(outer: SettingPlace, map: MapValue): SettingPlace {
  if (outer === "handed-on" || outer === "secret" || outer === "secret-reference") return outer;
  if (textOf(map, "apiversion") !== undefined) {
    const kind = textOf(map, "kind");
    if (kind === "Secret" || kind === "SealedSecret") return "secret";
    if (kind === "ConfigMap") return outer === "arguments" ? "environment" : outer;
  }
  const type = textOf(map, "type");
  // CodeBuild: the value is the name of a parameter or secret. (API reference, EnvironmentVariable.)
  if (type === "SECRETS_MANAGER" || type === "PARAMETER_STORE") return "secret-reference";
  // DigitalOcean keeps the variables of an app so that nobody reads them again. (Apps API reference, app variable.)
  if (type === "SECRET") return "secret";
  const namespace = textOf(map, "namespace");
  // Elastic Beanstalk keeps the variables of the environment among its options.
  if (namespace === "aws:elasticbeanstalk:application:environmentsecrets") return "secret-reference";
  if (namespace === "aws:elasticbeanstalk:application:environment") return "environment";
  return outer;
}

function textOf(map: MapValue, key: string): string | undefined {
  const entry = map.entries.find((one) => plainWord(one.key) === key);
  return entry && knownText(entry.value);
}

/** A key without what dialects and providers write differently: case, underscores and hyphens. */
export function plainWord(key: string): string {
  return key.toLowerCase().replace(/[_-]/g, "");
}

/** What cfn-init writes and runs on the instance, as its user data does. (AWS::CloudFormation::Init.) */
const initWords: ReadonlyMap<string, SettingPlace> = new Map([
  ["files", "file"],
  ["commands", "command"],
]);

const placeWords: ReadonlyMap<string, SettingPlace> = new Map([
  ["userdata", "user-data"],
  ["userdatabase64", "user-data"],
  ["customdata", "user-data"],
  ["startupscript", "user-data"],
  ["metadatastartupscript", "user-data"],
  ["tag", "tag"],
  ["tags", "tag"],
  ["tagsall", "tag"],
  ["env", "environment"],
  ["envs", "environment"],
  ["envvars", "environment"],
  ["envvariables", "environment"],
  ["environment", "environment"],
  ["environmentvariable", "environment"],
  ["environmentvariables", "environment"],
  ["runtimeenvironmentvariables", "environment"],
  ["buildenvironmentvariables", "environment"],
  ["airflowconfigurationoptions", "environment"],
  ["defaultarguments", "environment"],
  ["nonoverridablearguments", "environment"],
  ["appsettings", "environment"],
  ["configvars", "environment"],
  // Whoever may describe a task reads all of its containers: their commands and labels, too.
  ["containerdefinitions", "environment"],
  ["containerproperties", "environment"],
  ["secrets", "secret"],
  ["secretdata", "secret"],
  ["environmentsecrets", "secret"],
  ["sensitiveconfigvars", "secret"],
  ["sensitivevars", "secret"],
  ["setsensitive", "secret"],
  ["runtimeenvironmentsecrets", "secret-reference"],
  ["secretoptions", "secret-reference"],
  ["secretkeyref", "secret-reference"],
  ["valuefrom", "secret-reference"],
]);
