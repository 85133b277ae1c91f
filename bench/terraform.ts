import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { besideParsing } from "./beside-parsing";
import { bundled } from "./bundle";
import type { Measured, Memory } from "./measure";

const rounds = 9;

/**
 * Evaluation against parsing: a root module that calls 200 modules of 20 resources each; one in ten makes users that
 * send mail. The bar is on new processes, since a run of the tool is one, in which nothing is compiled yet.
 */
export function benchTerraform(): Measured {
  const cold = inNewProcesses(({ milliseconds }) => ({ parsed: milliseconds("parse"), all: milliseconds("adapt") }));
  return besideParsing("in a new process", cold);
}

/** Whether the time of a run grows as the instances do. */
export function benchInstances(): Measured {
  const [many, few] = ["10,000 instances", "1,000 instances"];
  const answers = inNewProcesses(({ instances }) => ({ many: instances(10_000), few: instances(1_000) }));
  return {
    what: "Terraform, users with keys by for_each, in a new process",
    times: [
      { name: many, milliseconds: answers.map((round) => round.many) },
      { name: few, milliseconds: answers.map((round) => round.few) },
    ],
    bars: [{ slow: many, fast: few, bound: "at most", times: 11 }],
  };
}

/** A process of its own each, since memory that is free again counts for nobody else. */
export function benchMemory(): Memory {
  const bytes = inNewProcesses(({ memory }) => memory(10_000) - memory(0));
  return { what: "Terraform, 10,000 users with keys by for_each, above an empty run", bytes, most: 200_000_000 };
}

interface NewProcess {
  readonly milliseconds: (work: "parse" | "adapt") => number;
  /** Milliseconds. */
  readonly instances: (count: number) => number;
  /** Bytes. */
  readonly memory: (instances: number) => number;
}

function inNewProcesses<T>(round: (run: NewProcess) => T): readonly T[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-terraform-"));
  const bundle = bundled("terraform-process.ts", directory);
  const run = (...args: readonly string[]) =>
    Number(spawnSync(process.execPath, [bundle, ...args], { encoding: "utf8" }).stdout);
  const answers = Array.from({ length: rounds }, () =>
    round({
      milliseconds: (work) => run(work),
      instances: (count) => run("instances", String(count)),
      memory: (instances) => run("memory", String(instances)),
    }),
  );
  rmSync(directory, { recursive: true });
  return answers;
}
