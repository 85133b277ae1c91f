import type { Diagnostic } from "../core/diagnostic";
import type { Because, Finding } from "../core/finding";
import type { FileOutcome, Principal, Report, Tool } from "../core/report";
import type { RuleInfo } from "../core/rule-info";
import type { Source } from "../core/source";

/** What the rules and the dialects found, before anything of it is reported. */
export interface Evidence {
  readonly tool: Tool;
  readonly findings: readonly Found[];
  readonly principals: readonly Principal[];
  /** What the units refer to and the input does not hold: their gaps. Those of open findings need not be repeated. */
  readonly unresolved: readonly Because[];
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileOutcome[];
  /** All rules, in the order of the rule list. */
  readonly rules: readonly RuleInfo[];
  readonly configuration: Report["configuration"];
  /** The texts that spans point into, by path. A span into a file that is not here is reported without its line. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** A finding of one rule in one unit. */
export interface Found {
  readonly rule: RuleInfo;
  /** The unit's path. */
  readonly unit: string;
  readonly finding: Finding;
  /** The CDK construct path of the finding's subject, where there is one. */
  readonly construct?: string;
}
