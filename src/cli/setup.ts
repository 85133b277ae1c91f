import { rules } from "../../rules";
import type { Configuration, RuleLevel } from "../config/configuration";
import type { Level } from "../core/finding";
import type { Asked } from "../lint";
import {
  configurationFor,
  nameOf,
  pathsIn,
  type ConfigurationFile,
  type Configured,
  type Wrong,
} from "./configuration";
import type { Exclusion } from "./files";
import { expandGlobs } from "./globs";
import type { CheckRequest } from "./options";

/** The paths of a run, and its configuration. */
interface Settled {
  readonly kind: "settled";
  /** As typed, or absolute. Never empty. */
  readonly paths: readonly string[];
  readonly configured: Exclude<Configured, Wrong>;
}

/** What is linted: what the command line names, otherwise what the configuration does. */
export function settle({ paths, configuration }: CheckRequest, cwd: string): Settled | Wrong {
  const typed = expandGlobs(cwd, paths);
  const named = typed.length === 0 ? ["."] : typed;
  const configured = configurationFor(configuration, cwd, named);
  if (configured.kind === "wrong") return configured;
  const isNamed = typed.length > 0 || configured.kind === "none" || configured.configuration.paths === undefined;
  const linted = isNamed ? { kind: "paths" as const, paths: named } : pathsIn(configured);
  return linted.kind === "wrong" ? linted : { kind: "settled", paths: linted.paths, configured };
}

/** How it is linted. The command line outweighs the configuration. */
export interface Setup extends Asked {
  readonly exclusion?: Exclusion;
  readonly failOn: Level | "never";
}

export function setupOf(request: CheckRequest, configured: Settled["configured"], root: string): Setup {
  const { select, ignore, failOn } = request;
  const configuration = configured.kind === "none" ? {} : configured.configuration;
  const setLevels = new Map(rules.map(({ id }) => [id, levelOf(id, configuration)]));
  const isOn = ({ id, off }: (typeof rules)[number]): boolean => {
    if (ignore.includes(id)) return false;
    return select?.includes(id) ?? (setLevels.get(id) ?? (off === true ? "off" : "on")) !== "off";
  };
  const levels = [...setLevels].flatMap(([id, level]) =>
    level === undefined || level === "on" || level === "off" ? [] : [[id, level] as const],
  );
  return {
    rules: rules.filter(isOn),
    levels: Object.fromEntries(levels),
    options: configuration,
    failOn: failOn ?? configuration.failOn ?? "error",
    ...(configured.kind === "file" && sayingWhere(configured, root)),
  };
}

function levelOf(id: string, { rules: settings }: Configuration): RuleLevel | undefined {
  const setting = settings?.[id];
  return typeof setting === "object" ? setting.level : setting;
}

function sayingWhere(file: ConfigurationFile, root: string): Pick<Setup, "configuration" | "exclusion"> {
  const name = nameOf(file, root);
  // In `.gitignore`, `./examples` is nothing; whoever writes it means what `/examples` is there.
  const patterns = file.configuration.exclude?.map((pattern) => pattern.replace(/^(!?)[.][/]/, "$1/"));
  return { configuration: name, ...(patterns && { exclusion: { patterns, directory: file.directory, by: name } }) };
}
