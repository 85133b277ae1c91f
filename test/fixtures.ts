import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Report } from "../src/core/report";
import type { Source } from "../src/core/source";
import { rules } from "../rules";
import { lintSources } from "../src/lint";

interface FixtureSources {
  readonly sources: readonly Source[];
  /** Undefined where the fixture is one file. */
  readonly folder: string | undefined;
}

export interface Fixture extends FixtureSources {
  readonly report: Report;
}

/** Lints a file or a folder with the rules that are on and the named one. */
export function lintFixture(path: string, rule?: string): Fixture {
  const fixture = sourcesAt(path);
  const run = rules.filter(({ id, off }) => off !== true || id === rule);
  return { ...fixture, report: lintSources(fixture.sources, { rules: run }) };
}

/** A file or a folder as if it were a repository of its own. `want.txt` is no part of it. */
export function sourcesAt(path: string): FixtureSources {
  const folder = statSync(path).isDirectory() ? path : undefined;
  const files = folder === undefined ? [basename(path)] : filesBelow(path, "");
  const base = folder ?? dirname(path);
  const sources = files.map((file) => ({ path: file, text: readFileSync(join(base, file), "utf8") }));
  return { sources, folder };
}

function filesBelow(root: string, path: string): readonly string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .flatMap((entry) => {
      const own = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(root, own);
      return entry.name === "want.txt" ? [] : [own];
    })
    .sort();
}
