import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readSources } from "../src/core/read";
import type { Source } from "../src/core/source";
import { terraform } from "../src/input/terraform";
import { parseConfig } from "../src/input/terraform/parse/parse";
import type { Measured, Memory } from "./measure";
import { instances, locals, moduleOf20, root } from "./terraform-corpus";

const rounds = 9;

/** Evaluation against parsing, instances against fewer of them, and locals that refer to each other. */
export function benchTerraform(): readonly Measured[] {
  return [benchModules(), benchInstances(), benchLocals()];
}

/** A root module that calls 200 modules of 20 resources each; one in ten makes users that send mail. */
function benchModules(): Measured {
  const sources = [root(200), ...Array.from({ length: 200 }, (_, i) => moduleOf20(i))];
  const parse = (): void => {
    for (const { path, text } of sources) parseConfig({ path, text });
  };
  const all = (): void => {
    adapt(sources);
  };
  for (let i = 0; i < 3; i++) [parse, all].forEach(time);
  const answers = Array.from({ length: rounds }, () => ({ parsed: time(parse), all: time(all) }));
  return {
    what: "Terraform, 200 modules of 20 resources",
    times: [
      { name: "parsed", milliseconds: answers.map((one) => one.parsed) },
      { name: "evaluated and adapted", milliseconds: answers.map((one) => one.all - one.parsed) },
    ],
    bars: [{ slow: "evaluated and adapted", fast: "parsed", bound: "at most", times: 3 }],
  };
}

function benchInstances(): Measured {
  return compared("Terraform, users with keys by for_each", "10,000 instances", "1,000 instances", 11, [
    instances(10_000),
    instances(1_000),
  ]);
}

/** Each local stands twice in the next. What doubles is over a limit soon, so the texts are of one length. */
function benchLocals(): Measured {
  return compared("Terraform, locals that refer twice to the one before", "40 deep", "20 deep", 3, [
    locals(40),
    locals(20),
  ]);
}

/** A process of its own each, since memory that is free again counts for nobody else. */
export function benchMemory(): Memory {
  const most = (count: number): number => {
    const args = ["-r", "tsx/cjs", join(__dirname, "instances-process.ts"), String(count)];
    return Number(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout);
  };
  const answers = Array.from({ length: 3 }, () => most(10_000) - most(0));
  return {
    what: "Terraform, 10,000 users with keys by for_each, above an empty run",
    bytes: answers,
    most: 200_000_000,
  };
}

function compared(
  what: string,
  slow: string,
  fast: string,
  times: number,
  [large, small]: readonly [Source, Source],
): Measured {
  for (const one of [large, small]) for (let i = 0; i < 3; i++) adapt([one]);
  const answers = Array.from({ length: rounds }, () => ({
    large: time(() => {
      adapt([large]);
    }),
    small: time(() => {
      adapt([small]);
    }),
  }));
  return {
    what,
    times: [
      { name: slow, milliseconds: answers.map((one) => one.large) },
      { name: fast, milliseconds: answers.map((one) => one.small) },
    ],
    bars: [{ slow, fast, bound: "at most", times }],
  };
}

function time(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function adapt(sources: readonly Source[]): void {
  const found = sources.map(({ path }) => ({ path, named: false }));
  terraform.adapt(found, readSources(sources), { parameters: [] });
}
