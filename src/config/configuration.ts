import type { Level } from "../core/finding";
import type { RuleOptions } from "../model/rule";

/** What a configuration says, as it is written. Its schema is `docs/schema/configuration-v1.json`. */
export interface Configuration extends Partial<RuleOptions> {
  readonly $schema?: string;
  /** What is linted where the command line names nothing. */
  readonly paths?: readonly string[];
  /** Patterns as in `.gitignore`. */
  readonly exclude?: readonly string[];
  readonly failOn?: Level | "never";
  /** By the ids of rules. */
  readonly rules?: Readonly<Record<string, RuleLevel | { readonly level: RuleLevel }>>;
}

/** "on": the rule runs, with the levels that it gives its findings itself. */
export type RuleLevel = Level | "on" | "off";
