import { addAll } from "./core/add-all";
import { version } from "../package.json";
import { rules as allRules } from "../rules";
import type { Diagnostic } from "./core/diagnostic";
import type { Because, Finding, Level, Step } from "./core/finding";
import type { GivenValue } from "./core/given-value";
import { kept } from "./core/map";
import { say } from "./core/message";
import { readSources, type ListResult, type Read, type TextResult } from "./core/read";
import type { Principal, Report, Tool } from "./core/report";
import { sameSpan, type Source } from "./core/source";
import { adapt } from "./input";
import type { Adapting } from "./input/dialect";
import { discover } from "./input/discover";
import { describe } from "./model/describe";
import type { Model, Stated } from "./model/model";
import { overLimits } from "./model/over-limits";
import { withOutsideUsers } from "./model/principals/outside-users";
import { settingNames } from "./model/credentials/setting-names";
import { defaultOptions, type Rule, type RuleOptions } from "./model/rule";
import type { Evidence, Found } from "./report/evidence";
import { makeReport } from "./report/report";

/** Lints sources in memory, as if they were the whole of a repository. Pure: the same sources give the same report. */
export function lintSources(sources: readonly Source[], asked: Asked = {}): Report {
  return lintTree(readSources(sources), [""], asked);
}

/** What may be asked of a run; the rules that are on and their usual options otherwise. */
export interface Asked {
  readonly rules?: readonly Rule[];
  readonly options?: Partial<RuleOptions>;
  /** Levels of findings, by the ids of their rules; those that the rules give them otherwise. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** The file that says so, as the report names it. */
  readonly configuration?: string;
  /** Values for parameters of templates, and files that hold some, by paths as those that are linted. */
  readonly parameters?: readonly GivenValue[];
  /** Values for variables of Terraform's root modules, and variable files; the last one counts. */
  readonly variables?: readonly GivenValue[];
}

/** The rules that run where none is selected. */
export const defaultRules: readonly Rule[] = allRules.filter((rule) => rule.off !== true);

/** Lints what is below the named paths, which are relative to the root of `read`; "" is the root itself. */
export function lintTree(read: Read, paths: readonly string[], asked: Asked = {}): Report {
  const { rules = defaultRules, levels = {}, configuration } = asked;
  const sources = new Map<string, Source>();
  const remembering = rememberSources(read, sources);
  const found = discover(remembering, paths);
  const options = { ...defaultOptions, ...asked.options };
  const stated: Stated = { ...options, settingNames: settingNames(options.settingNames) };
  const adapting = adapt(found.files, remembering, {
    parameters: asked.parameters ?? [],
    variables: asked.variables ?? [],
    names: stated.settingNames,
  });
  const { findings, principals, unresolved, diagnostics, files } = checkAll(adapting, stated, {
    rules,
    options,
    levels,
  });
  return makeReport({
    tool,
    findings,
    principals,
    unresolved,
    diagnostics: [...found.diagnostics, ...diagnostics],
    files: [...found.outcomes, ...files],
    rules: allRules,
    configuration: {
      ...(configuration !== undefined && { source: configuration }),
      off: allRules.filter((rule) => !rules.includes(rule)).map((rule) => rule.id),
      levels: rules.flatMap(({ id }) => {
        const level = levels[id];
        return level === undefined ? [] : [{ rule: id, level }];
      }),
    },
    sources,
  });
}

const tool: Tool = {
  name: "ses-cred-lint",
  version,
  url: "https://github.com/ses-cred-lint/ses-cred-lint",
};

/** What the rules are to do. */
interface Checks {
  readonly rules: readonly Rule[];
  readonly options: RuleOptions;
  readonly levels: Readonly<Record<string, Level>>;
}

type Checked = Pick<Evidence, "findings" | "principals" | "unresolved" | "diagnostics" | "files">;

/** Checks one model after the other. Of a model nothing is kept but what there is to say of it. */
function checkAll(adapting: Adapting, stated: Stated, { rules, options, levels }: Checks): Checked {
  const findings: Found[] = [];
  const principals: Principal[] = [];
  const unresolved: Because[] = [];
  const overLimit: Diagnostic[] = [];
  let step = adapting.next();
  for (; step.done !== true; step = adapting.next()) {
    const model = withOutsideUsers({ ...step.value, stated });
    // One by one: a call takes no hundred thousand arguments.
    for (const rule of rules) addAll(findings, check(model, rule, options, levels[rule.id]));
    addAll(principals, describe(model));
    for (const { unknown } of model.gaps) unresolved.push({ reason: unknown.reason, at: unknown.at });
    addAll(overLimit, overLimits(model));
  }
  const { diagnostics, files } = step.value;
  return { findings, principals, unresolved, diagnostics: [...diagnostics, ...overLimit], files };
}

function check(model: Model, rule: Rule, options: RuleOptions, level?: Level): readonly Found[] {
  const { unit } = model;
  return [...rule.check(model, options)].map((finding) => {
    const construct = model.constructOf(finding.subject) ?? unit.construct;
    const found = { unit: unit.path, finding: inSource(finding, model), ...(construct !== undefined && { construct }) };
    return level === undefined ? { ...found, rule } : withLevel({ ...found, rule }, level);
  });
}

/** A finding at a level that is set. An open question has the level of its rule. */
function withLevel({ rule, finding, ...found }: Found, level: Level): Found {
  return { ...found, rule: { ...rule, level }, finding: finding.verdict === "fail" ? { ...finding, level } : finding };
}

const inPlan = say`It is here in the plan.`;
const inTemplate = say`It is here in the synthesized template.`;

/** What a program makes is reported where the program makes it; the template, or the plan, is the last step before. */
function inSource(finding: Finding, { sourceOf, unit }: Model): Finding {
  const at = sourceOf?.(finding.at);
  if (at === undefined) return finding;
  const last = finding.steps.at(-1);
  const endsThere = last !== undefined && sameSpan(last.at, finding.at);
  const template: Step = { at: finding.at, message: unit.dialect === "terraform" ? inPlan : inTemplate };
  return { ...finding, at, steps: endsThere ? finding.steps : [...finding.steps, template] };
}

/** Every file is read once and every directory listed once, and the texts are kept for the report's places. */
function rememberSources(read: Read, sources: Map<string, Source>): Read {
  const results = new Map<string, TextResult>();
  const lists = new Map<string, ListResult>();
  return {
    list(path) {
      return kept(lists, path, () => read.list(path));
    },
    text(path) {
      return kept(results, path, () => {
        const result = read.text(path);
        if (result.kind === "text") sources.set(path, { path, text: result.text });
        return result;
      });
    },
  };
}
