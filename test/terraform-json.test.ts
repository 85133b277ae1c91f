import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Source } from "../src/core/source";
import { parseConfig } from "../src/input/terraform/parse/parse";
import { rules } from "../rules";
import { lintSources } from "../src/lint";
import { sourcesAt } from "./fixtures";
import { jsonOfBody } from "./input/hcl-json";

const root = join(__dirname, "../fixtures/rules");

const inMarks = /^\$\{(.*)\}$/;
const typeInMarks = /^\$\{((?:any|bool|number|string|(?:list|map|object|set|tuple)\(.*\)))\}$/s;

const withoutThem: ReadonlySet<string> = new Set(["provider", "to", "when", "on_failure"]);

/** What is written in native syntax says the same in Terraform JSON syntax. */
describe("Terraform JSON syntax", () => {
  for (const rule of readdirSync(root).sort()) {
    for (const name of readdirSync(join(root, rule)).sort()) {
      const { sources } = sourcesAt(join(root, rule, name));
      const inJson = sources.map(inJsonSyntax);
      if (inJson.every((source, i) => source === sources[i])) continue; // Nothing of it is Terraform's native syntax.
      it(`${rule}: ${name} has the same findings`, () => {
        assert.deepEqual(told(inJson), told(sources));
      });
    }
  }
});

/** The source itself where it is none in native syntax, or where JSON does not tell what is written. */
function inJsonSyntax(source: Source): Source {
  const { path, text } = source;
  const body = path.endsWith(".tf") ? jsonOfBody(parseConfig({ path, text }).file.body, text) : undefined;
  if (body === undefined) return source;
  return { path: `${path}.json`, text: JSON.stringify(body, withoutMarks, 2) };
}

/** References to providers and resources, words of the language and types stand in strings without `${}`. */
function withoutMarks(key: string, value: unknown): unknown {
  const pattern = withoutThem.has(key) ? inMarks : key === "type" ? typeInMarks : undefined;
  return typeof value === "string" && pattern !== undefined ? value.replace(pattern, "$1") : value;
}

/** Rules and what they are about. Lines are others, and so is what is merged on one. */
function told(sources: readonly Source[]): readonly string[] {
  const { findings, undecided, diagnostics } = lintSources(sources, { rules });
  const all = [...findings, ...undecided].flatMap(({ rule, subjects }) =>
    subjects.map((one) => `${rule} ${one.address}`),
  );
  return [...new Set(all), ...diagnostics.map(({ kind }) => kind)].sort();
}
