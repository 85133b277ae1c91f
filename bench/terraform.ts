import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Source } from "../src/core/source";
import { parseConfig } from "../src/input/terraform/parse/parse";
import { bundled } from "./bundle";
import { takeTurns, timeOf, type Measured, type Memory } from "./measure";
import { adapt, instances, locals, modulesOf20 } from "./terraform-corpus";

const rounds = 9;

/** Evaluation against parsing, instances against fewer of them, and locals that refer to each other. */
export function benchTerraform(): readonly Measured[] {
  return [...benchModules(), benchInstances(), benchLocals()];
}

/**
 * A root module that calls 200 modules of 20 resources each; one in ten makes users that send mail. The bar is on new
 * processes, since a run of the tool is one, in which nothing is compiled yet. In a process that has done the work
 * before, parsing has gained more than evaluating: that is told too, and what it is beside parsing that throws each tree
 * away, as no run does, since that costs the garbage collector nothing.
 */
function benchModules(): readonly Measured[] {
  const cold = inNewProcesses(({ milliseconds }) => ({ parsed: milliseconds("parse"), all: milliseconds("adapt") }));
  const modules = modulesOf20();
  const round = () => ({
    thrown: timeOf(() => {
      for (const source of modules) parseConfig(source);
    }),
    parsed: timeOf(() => modules.map(parseConfig)),
    all: timeOf(() => adapt(modules)),
  });
  for (let i = 0; i < 3; i++) round();
  const warm = Array.from({ length: rounds }, round);
  return [
    besideParsing("in a new process", cold),
    besideParsing("in a process that has done it before", warm),
    besideParsing(
      "the same, its trees thrown away when parsed",
      warm.map(({ thrown, all }) => ({ parsed: thrown, all })),
    ),
  ];
}

function besideParsing(where: string, answers: readonly { readonly parsed: number; readonly all: number }[]): Measured {
  return {
    what: `Terraform, 200 modules of 20 resources, ${where}`,
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
  const bytes = inNewProcesses(({ memory }) => memory(10_000) - memory(0));
  return { what: "Terraform, 10,000 users with keys by for_each, above an empty run", bytes, most: 200_000_000 };
}

interface NewProcess {
  readonly milliseconds: (work: "parse" | "adapt") => number;
  /** Bytes. */
  readonly memory: (instances: number) => number;
}

function inNewProcesses<T>(round: (run: NewProcess) => T): readonly T[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-terraform-"));
  const bundle = bundled("terraform-process.ts", directory);
  const run = (...args: readonly string[]) =>
    Number(spawnSync(process.execPath, [bundle, ...args], { encoding: "utf8" }).stdout);
  const answers = Array.from({ length: rounds }, () =>
    round({ milliseconds: (work) => run(work), memory: (instances) => run("instances", String(instances)) }),
  );
  rmSync(directory, { recursive: true });
  return answers;
}

function compared(
  what: string,
  slow: string,
  fast: string,
  times: number,
  [large, small]: readonly [Source, Source],
): Measured {
  const works = {
    [slow]: () => adapt([large]),
    [fast]: () => adapt([small]),
  };
  return {
    what,
    times: takeTurns(works, { warm: 3, rounds }),
    bars: [{ slow, fast, bound: "at most", times }],
  };
}
