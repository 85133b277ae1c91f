import { addAll } from "../../core/add-all";
import type { Diagnostic } from "../../core/diagnostic";
import type { Read } from "../../core/read";
import type { FileOutcome } from "../../core/report";
import { tableNames } from "../../model/credentials/setting-names";
import type { Adapting, FoundFile, Given } from "../dialect";
import { adaptTemplates } from "./adapt";
import { noConstructPaths } from "./constructs";
import { givenTexts, nobodysParameters, readGiven } from "./given-parameters";
import { tiedTemplates, type RootTemplate } from "./exports";
import { isServiceProgram } from "./recognise";
import { nestedPaths, partPaths, templateStore, writtenNestedPath, type TemplateStore } from "./template-store";
import type { Template } from "./template";

/** The models of templates that stand for themselves, and of what they nest. */
export function* adaptFiles(files: readonly FoundFile[], read: Read, asked?: Given): Adapting {
  const given = readGiven(asked, read);
  const programs = files.filter(({ path }) => isServiceProgram(path));
  const store = templateStore(read, "cloudformation", false);
  const dialect = "cloudformation";
  const names = asked?.names ?? tableNames;
  const source = { store, given, dialect, nestedPath: writtenNestedPath, constructs: noConstructPaths, names } as const;
  const templates = files.filter((file) => !programs.includes(file));
  const whole = roots(templates, store);
  const diagnostics: Diagnostic[] = [];
  for (const tied of tiedTemplates(labelled(whole, store, givenTexts(given)))) {
    const adapted = adaptTemplates(tied, source);
    addAll(diagnostics, adapted.diagnostics);
    yield adapted.model;
  }
  return {
    diagnostics: [...given.diagnostics, ...nobodysParameters(given, whole), ...store.diagnostics(), ...diagnostics],
    files: [...store.files(diagnostics), ...programs.map(skipped), ...given.files],
  };
}

/** What becomes of `serverless.ts` and its kin: a program, and nothing that is scanned is executed. */
function skipped({ path }: FoundFile): FileOutcome {
  const reason = "a program, which is not executed; `serverless print` writes what it makes as YAML";
  return { path, status: "skipped", reason, dialect: "cloudformation" };
}

/** The templates that no other one nests. Where stacks nest each other in a circle, the first of them. */
function roots(files: readonly FoundFile[], store: TemplateStore): readonly Template[] {
  const templates = files.flatMap((file) => store.load(file.path));
  const nested = new Set(templates.flatMap((template) => [...nestedPaths(template), ...partPaths(template)]));
  const result = templates.filter(({ path }) => !nested.has(path) && !store.isPart(path));
  const reached = new Set<string>();
  for (const template of result) reach(template, store, reached);
  for (const template of templates) {
    if (reached.has(template.path) || store.isPart(template.path)) continue;
    result.push(template);
    reach(template, store, reached);
  }
  return result;
}

/** Named after their files: what the stacks will be called is not written down. */
function labelled(
  templates: readonly Template[],
  store: TemplateStore,
  given: ReadonlyMap<string, string>,
): readonly RootTemplate[] {
  const stems = templates.map(({ path }) => path.slice(path.lastIndexOf("/") + 1).replace(/\..*$/, ""));
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return templates.map((template, i) => {
    const stem = stems[i] ?? "";
    const label = counts.get(stem) === 1 ? stem : `${template.path}#${i}`;
    return { template, label, nested: nestedIn(template, store), given };
  });
}

function nestedIn(root: Template, store: TemplateStore): readonly Template[] {
  const found = new Set([root]);
  for (const template of found) {
    for (const path of nestedPaths(template)) for (const one of store.load(path).slice(0, 1)) found.add(one);
  }
  return [...found].slice(1);
}

function reach(from: Template, store: TemplateStore, reached: Set<string>): void {
  const waiting = [from];
  for (let template = waiting.pop(); template !== undefined; template = waiting.pop()) {
    if (reached.has(template.path)) continue;
    reached.add(template.path);
    for (const path of nestedPaths(template)) addAll(waiting, store.load(path).slice(0, 1));
  }
}
