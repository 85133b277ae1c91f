import assert from "node:assert/strict";
import { readSources } from "../../src/core/read";
import type { Source } from "../../src/core/source";
import { cloudformation } from "../../src/input/cloudformation";
import { whole, type Whole } from "./whole";
import type { Model } from "../../src/model/model";

/** A template with the lines of its sections. */
export function template(parameters: readonly string[], resources: readonly string[]): string {
  const section = (name: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `${name}:\n${lines.map((line) => `  ${line}\n`).join("")}`;
  return section("Parameters", parameters) + section("Resources", resources);
}

/** What becomes of templates that are the whole of a repository. */
export function adapt(...sources: readonly Source[]): Whole {
  const files = sources.map(({ path }) => ({ path, named: true }));
  return whole(cloudformation.adapt(files, readSources(sources)));
}

/** The one unit that there is. */
export function only({ models }: Whole): Model {
  const [model] = models;
  assert.ok(model !== undefined && models.length === 1);
  return model;
}

export function messages({ diagnostics }: Whole): readonly string[] {
  return diagnostics.map((one) => one.message);
}
